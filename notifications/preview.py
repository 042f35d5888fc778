"""A mail's HTML outside of a mail program: its pictures come from files beside it, or stand in it."""

import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

_PICTURE = re.compile(r'(<img src=")cid:([A-Za-z0-9._-]+)(?=")')


def with_pictures(html: str, pictures: Mapping[str, bytes | str]) -> str:
    """Return a rendered mail whose pictures a browser finds.

    `pictures` maps content-ids to PNG bytes, which are put into the page, or to file names relative to it.
    Raises KeyError for a picture of the mail that isn't among them.
    """
    return _PICTURE.sub(lambda found: found[1] + _address(pictures[found[2]]), html)


def _address(picture: bytes | str) -> str:
    if isinstance(picture, str):
        return escape(quote(picture))
    return f"data:image/png;base64,{b64encode(picture).decode()}"
