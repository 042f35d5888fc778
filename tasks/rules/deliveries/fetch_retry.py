"""When a fetch that met a temporary failure is tried again."""

import re
from datetime import datetime

DELAYS = (2.0, 10.0, 30.0)
"""Seconds after the first, second and third try where the server doesn't say; the fourth is the last."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    rf"[A-Z][a-z]{{2}}, (\d\d) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII
)


def seconds_asked(retry_after: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110, 10.2.3); None for what is neither.

    `now` knows its zone. A date that has passed is 0 seconds.
    """
    said = (retry_after or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    if found := _DATE.fullmatch(said):
        day, month, year, hour, minute, second = found.groups()
        written = f"{year}-{_MONTHS.index(month) + 1:02d}-{day}T{hour}:{minute}:{second}+00:00"
        try:
            when = datetime.fromisoformat(written)
        except ValueError:
            return None
        return max(0.0, (when - now).total_seconds())
    return None


def wait_before_next(tried: int, asked: float | None, *, longest: float) -> float | None:
    """Return the seconds to wait after so many tries (from 1), at most `longest`; None to give up.

    What the server `asked` for goes before the own delay.
    """
    if tried > len(DELAYS):
        return None
    return min(DELAYS[tried - 1] if asked is None else asked, longest)
