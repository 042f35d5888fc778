"""One mail as bytes: the same input gives the same bytes, so that a resent mail is the same mail."""

import binascii
import re
from collections.abc import Mapping
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
) -> bytes:
    """Build a mail with a text part and an HTML part, in quoted-printable UTF-8 with CRLF line ends.

    `date` has a time zone, `message_id` is written `<left@right>`, `list_id` without angle brackets.
    Raises BadAddressError and BadHeaderError.
    """
    if not _MESSAGE_ID.fullmatch(message_id):
        raise BadHeaderError("Message-ID", message_id)
    if not _LIST_ID.fullmatch(list_id):
        raise BadHeaderError("List-Id", list_id)
    boundary = "=_" + sha256(message_id.encode()).hexdigest()[:32]
    headers = {
        "From": header_address(sender),
        "To": header_address(to),
        **({"Reply-To": header_address(reply_to)} if reply_to else {}),
        "Subject": _encoded("Subject", rendered.subject),
        "Date": _written(date),
        "Message-ID": message_id,
        "List-Id": f"<{list_id}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",  # Exchange doesn't read Auto-Submitted
        "Content-Language": "sv",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative;\r\n boundary="{boundary}"',
    }
    headers |= _extra(headers, extra_headers or {})
    top = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"".join((top.encode("ascii"), b"\r\n", *_body(rendered, boundary.encode())))


def _body(rendered: Rendered, boundary: bytes) -> list[bytes]:
    return [
        _part(boundary, b"plain", rendered.text),
        _part(boundary, b"html", rendered.html),
        b"--" + boundary + b"--\r\n",
    ]


def _part(boundary: bytes, subtype: bytes, text: str) -> bytes:
    unix = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")
    return (
        b"--" + boundary + b"\r\n"
        b"Content-Type: text/" + subtype + b"; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        + binascii.b2a_qp(unix).replace(b"\n", b"\r\n")
        + b"\r\n"
    )


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
