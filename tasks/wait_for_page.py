"""Whether a server of ours answers yet."""

import requests

SECONDS = 2.0


def answers(address: str) -> bool:
    """Tell whether an address answers that all is well."""
    try:
        return requests.get(address, timeout=SECONDS, allow_redirects=False).ok
    except requests.RequestException:
        return False
