"""One mail as bytes: the same input gives the same bytes, so that a resent mail is the same mail.

Written by hand: the standard library's EmailMessage takes many times as long.
"""

import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from hashlib import sha256

from notifications.address import has_unsafe, header_address
from notifications.errors import BadHeaderError
from notifications.render import Rendered

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._=+$-]+@[A-Za-z0-9.-]+>")
_LIST_ID = re.compile(r"[A-Za-z0-9._-]+")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_CONTENT_ID = re.compile(r"[A-Za-z0-9._=+$-]+(?:@[A-Za-z0-9.-]+)?")
_LINE = 76


def build_message(
    rendered: Rendered,
    *,
    sender: str,
    to: str,
    reply_to: str | None,
    message_id: str,
    date: datetime,
    list_id: str,
    extra_headers: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    thread: Sequence[str] = (),
) -> bytes:
    """Build a mail with a text part and an HTML part, in quoted-printable UTF-8 with CRLF line ends.

    `date` has a time zone, `message_id` is written `<left@right>`, `list_id` without angle brackets.
    `pictures` are PNG files that the HTML shows, each under the id that it refers to by `cid:`.
    `thread` are the Message-IDs of earlier mails that this one stands under, the oldest first.
    Raises BadAddressError and BadHeaderError.
    """
    _check(_MESSAGE_ID, "Message-ID", message_id)
    _check(_LIST_ID, "List-Id", list_id)
    boundary = "=_" + sha256(message_id.encode()).hexdigest()[:32]
    headers = {
        "From": header_address(sender),
        "To": header_address(to),
        **({"Reply-To": header_address(reply_to)} if reply_to else {}),
        "Subject": _encoded("Subject", rendered.subject),
        "Date": _written(date),
        "Message-ID": message_id,
        **_threading(thread),
        "List-Id": f"<{list_id}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",  # Exchange doesn't read Auto-Submitted
        "Content-Language": "sv",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative;\r\n boundary="{boundary}"',
    }
    headers |= _extra(headers, extra_headers or {})
    top = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    html = _text_part(b"html", rendered.html)
    if pictures:
        html = _related(html, pictures, b"=r_" + boundary.encode()[2:])
    text = _text_part(b"plain", rendered.text)
    return top.encode("ascii") + b"\r\n" + _joined(boundary.encode(), [text, html])


def _related(html: bytes, pictures: Mapping[str, bytes], boundary: bytes) -> bytes:
    """Put the HTML and its pictures into one part."""
    parts = [html, *(_picture(place, *picture) for place, picture in enumerate(pictures.items(), 1))]
    head = b'Content-Type: multipart/related; type="text/html";\r\n boundary="' + boundary + b'"\r\n\r\n'
    return head + _joined(boundary, parts)


def _joined(boundary: bytes, parts: Sequence[bytes]) -> bytes:
    """Join parts; none can hold a boundary, since what is encoded has neither `=_` nor `=r`."""
    opening = b"--" + boundary + b"\r\n"
    return b"".join(opening + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def _text_part(subtype: bytes, text: str) -> bytes:
    unix = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")
    return (
        b"Content-Type: text/" + subtype + b"; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + binascii.b2a_qp(unix).replace(b"\n", b"\r\n")
    )


def _picture(place: int, content_id: str, png: bytes) -> bytes:
    _check(_CONTENT_ID, "Content-ID", content_id)
    packed = binascii.b2a_base64(png, newline=False)
    lines = (packed[first : first + _LINE] for first in range(0, len(packed), _LINE))
    head = (
        "Content-Type: image/png\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{content_id}>\r\n"
        f'Content-Disposition: inline; filename="diagram-{place}.png"\r\n\r\n'
    )
    return head.encode("ascii") + b"\r\n".join(lines)


def _threading(thread: Sequence[str]) -> dict[str, str]:
    for earlier in thread:
        _check(_MESSAGE_ID, "References", earlier)
    return {"In-Reply-To": thread[-1], "References": "\r\n ".join(thread)} if thread else {}


def _check(form: re.Pattern[str], name: str, value: str) -> None:
    if not form.fullmatch(value):
        raise BadHeaderError(name, value)


def _encoded(name: str, value: str) -> str:
    """Fold a header's value, encoded when it isn't ASCII. Raises BadHeaderError."""
    if has_unsafe(value):
        raise BadHeaderError(name, value)
    if value.isascii() and len(name) + 2 + len(value) <= _LINE:
        return value
    return Header(value, maxlinelen=_LINE, header_name=name).encode(linesep="\r\n")


def _extra(fixed: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    """Check headers that the caller adds: none may replace one of ours. Raises BadHeaderError."""
    taken = {name.lower() for name in fixed} | {"cc", "bcc", "sender", "content-transfer-encoding"}
    for name, value in extra.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() in taken:
            raise BadHeaderError(name, value)
    return {name: _encoded(name, value) for name, value in extra.items()}


def _written(date: datetime) -> str:
    if date.tzinfo is None:
        raise BadHeaderError("Date", date.isoformat())
    return format_datetime(date)
