"""What a page's form sends: read whole, but never more than a form can hold."""

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

LARGEST_BODY = 300_000
"""Bytes. Twenty measures with every field full of å are 204 000 when they are sent."""
MOST_READ = 10 * LARGEST_BODY
"""Bytes of a larger one that are read and thrown away: a browser that still sends shows no answer."""
MOST_FIELDS = 120
"""Twenty measures have five fields each."""
FORM = "application/x-www-form-urlencoded"

# Control characters but the line break, marks that turn the writing direction, and halves of surrogate pairs.
_UNWANTED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


class TooLargeError(Exception):
    """More was sent than a form can hold."""


class UnreadableFormError(Exception):
    """What was sent is no form of ours."""


async def posted(request: Request) -> Mapping[str, str]:
    """Return the fields of a form. Raises TooLargeError and UnreadableFormError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise UnreadableFormError
    return read_fields(await _body(request))


Posted = Annotated[Mapping[str, str], Depends(posted)]


def read_fields(body: bytes) -> Mapping[str, str]:
    """Read a form's fields as they were typed, without characters that no text has; the first of a name.

    The standard library reads them: every form of ours is urlencoded, and no page takes a file, which is
    what python-multipart would add. Raises UnreadableFormError for more fields than any form of ours has.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UnreadableFormError from error
    return {name: _clean(value) for name, value in reversed(pairs)}


def _clean(text: str) -> str:
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


async def _body(request: Request) -> bytes:
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST_BODY:
            body += chunk
        if size > MOST_READ:
            break
    if size > LARGEST_BODY:
        raise TooLargeError
    return bytes(body)
