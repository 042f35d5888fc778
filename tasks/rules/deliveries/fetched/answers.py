"""What a server's answer means when a source is fetched over HTTP, and when a busy one is asked again."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, get_args

Format = Literal["csv", "xlsx", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
Meaning = Literal["file", "unchanged", "absent", "refused"]
BUSY = (429, 500, 502, 503, 504)
"""What a server answers that may well answer otherwise in a while."""
REDIRECTS = (301, 302, 303, 307, 308)
HEAD = 1000
"""So many of the first bytes are enough."""
DELAYS = (2.0, 10.0, 30.0)
"""Seconds after the first, second and third try where the server doesn't say; the fourth is the last."""
_TYPES: dict[str, Format] = {
    "text/csv": "csv",
    "application/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/json": "json",
    "text/json": "json",
}
_PAGES = ("text/html", "application/xhtml+xml")
_ZIP = b"PK\x03\x04"
_BEFORE_TEXT = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""Byte order marks, the zeros of UTF-16, and white space."""


@dataclass(frozen=True)
class Judged:
    """What an answer is: a file in a format, or something else that `text` tells in Swedish."""

    meaning: Meaning
    format: Format | None = None
    text: str = ""


def judge_answer(
    status: int,
    content_type: str | None,
    first_bytes: bytes,
    *,
    wanted: Format | None = None,
    ending: str = "",
    was_conditional: bool = True,
) -> Judged:
    """Say what an answer means. `wanted` is the format as configured, `ending` what the address ends in.

    `was_conditional`: the question was for a newer version than the one that was fetched last.
    """
    if status == 200:
        return _judge_body(_bare(content_type), first_bytes[:HEAD], wanted, ending)
    if status == 304 and was_conditional:
        return Judged("unchanged", text="oförändrad sedan förra hämtningen")
    if status in (204, 404, 410):
        return Judged("absent", text=f"finns inte där än (svar {status}). Hämta igen senare.")
    return Judged("refused", text=_refusal(status))


def seconds_asked(retry_after: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110, 10.2.3); None for what is neither.

    `now` knows its zone. A date that has passed is 0 seconds.
    """
    header = (retry_after or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", header):
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    if when.tzinfo is None:  # of the oldest form, which names no zone: HTTP's dates are in UTC
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def wait_before_next(tried: int, asked: float | None, *, longest: float) -> float | None:
    """Return the seconds to wait after so many tries (from 1), at most `longest`; None to give up.

    What the server `asked` for goes before the own delay.
    """
    if tried > len(DELAYS):
        return None
    return min(DELAYS[tried - 1] if asked is None else asked, longest)


def _bare(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _judge_body(kind: str, head: bytes, wanted: Format | None, ending: str) -> Judged:
    text = head.lstrip(_BEFORE_TEXT)
    if not text:
        return Judged(
            "refused", text="svaret är tomt. Kontrollera exporten i systemet som adressen går till."
        )
    if kind in _PAGES or text.startswith(b"<"):
        return Judged(
            "refused",
            text="svaret är en webbsida, ofta en inloggning eller ett felmeddelande. "
            "Kontrollera adressen och behörigheten.",
        )
    form = wanted or _TYPES.get(kind) or _json_like(kind) or _named(ending)
    if form is None:
        return Judged(
            "refused",
            text="det syns inte om svaret är csv, xlsx eller json. Skriv format för källan i manad.toml.",
        )
    if form != _looks_like(text):
        return Judged(
            "refused",
            text=f"svaret är inte {form} fast det skulle vara det. "
            "Kontrollera adressen, och format för källan i manad.toml.",
        )
    return Judged("file", form)


def _json_like(kind: str) -> Format | None:
    return "json" if kind.endswith("+json") else None


def _named(ending: str) -> Format | None:
    return next((form for form in FORMATS if form == ending), None)


def _looks_like(text: bytes) -> Format:
    if text.startswith(_ZIP):
        return "xlsx"
    return "json" if text.startswith((b"{", b"[")) else "csv"


def _refusal(status: int) -> str:
    if status in (401, 403):
        return (
            f"servern nekar oss (svar {status}). Kontrollera källans hemlighet: att den är rätt, gäller än "
            "och ger rätt att läsa."
        )
    if status in BUSY:
        return f"servern svarade {status} hela tiden. Hämta igen senare; säg till den som sköter servern."
    return f"servern svarade {status}. Kontrollera adressen i manad.toml."
