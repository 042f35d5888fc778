"""What encoding a text file has: UTF-8 or Windows, and those that its own Swedish words prove."""

import re
from codecs import BOM_UTF8, getincrementaldecoder
from dataclasses import dataclass

from tasks.deliveries.tables.raw_table import refusal
from tasks.rules.deliveries.findings import Problem

_CHUNK = 1 << 20
# å ä ö Å Ä Ö of the old DOS encodings, between letters; in cp1252 these bytes are † „ ” Ž and the like.
_DOS_LETTERS = re.compile(rb"[A-Za-z][\x84\x86\x94][a-z]|[\x8e\x8f\x99][a-z]{2}")
# The same letters in MacRoman; in cp1252 these bytes are Œ Š š € … and one that is none.
_MAC_LETTERS = re.compile(rb"[A-Za-z][\x8c\x8a\x9a][a-z]|[\x80\x81\x85][a-z]{2}")
_CP1252_LETTERS = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")
_TWICE = "Ã".encode()
"""How each of å ä ö Å Ä Ö begins where UTF-8 was taken for Windows and written as UTF-8 once more."""
_TWICE_LETTER = re.compile("Ã[¤¥¶©…„–\u0084\u0085\u0096]")
_WORDS = re.compile(
    "intäkt|lön|övrig|ställe|förskol|försörj|hemtjänst|månad|hushåll|kön|mått|område|åtgärd|vård|äldre|"
    "överför|bistånd|nämnd|enheten för|anställ|frånvaro|utförd|föregående",
    re.IGNORECASE,
)
"""Words of deliveries with å, ä or ö in them: where one can be read, so can the rest."""
UNREADABLE = "Filens å, ä och ö kan inte läsas"
SAVE_AGAIN = "Spara den som CSV UTF-8 i systemet som den kommer från."
TWICE_NOTE = Problem("Filens å, ä och ö har kodats två gånger och har lästs som de bokstäver de är", "")
MAC_NOTE = Problem("Filen har den gamla Mackodningen (MacRoman) och har lästs så", "")


@dataclass(frozen=True)
class Decoded:
    """A file's text as UTF-8 bytes, the encoding that it had, and a note where that isn't an ordinary one."""

    data: bytes
    encoding: str
    notes: tuple[Problem, ...] = ()


def decoded(data: bytes) -> Decoded:
    """Read a file's bytes as text. Raises UnreadableTableError where å, ä and ö can't be told."""
    if data.isascii():
        return Decoded(data, "utf-8")
    if data.startswith(BOM_UTF8):
        data = data[len(BOM_UTF8) :]
        if not _is_utf8(data):
            raise refusal("Filen säger sig vara UTF-8 men är det inte", "Spara den igen som CSV UTF-8.")
        return _once(data)
    return _once(data) if _is_utf8(data) else _one_byte_a_letter(data)


def _once(data: bytes) -> Decoded:
    """Undo the second encoding of a text that has two."""
    if _TWICE not in data:
        return Decoded(data, "utf-8")
    text = data.decode()
    if not _TWICE_LETTER.search(text):
        return Decoded(data, "utf-8")
    try:
        once = b"".join(map(_byte, text)).removeprefix(BOM_UTF8)
        is_proved = _WORDS.search(once.decode()) is not None
    except UnicodeError:
        is_proved = False
    if not is_proved:
        raise refusal(UNREADABLE, SAVE_AGAIN)
    return Decoded(once, "utf-8", (TWICE_NOTE,))


def _byte(letter: str) -> bytes:
    """Return the byte that a letter was taken for: of Windows, or of Latin 1 where that has none."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _one_byte_a_letter(data: bytes) -> Decoded:
    if not _CP1252_LETTERS.search(data, 0, _CHUNK):
        if _MAC_LETTERS.search(data, 0, _CHUNK):
            text = data.decode("mac_roman")
            if _WORDS.search(text):
                return Decoded(text.encode(), "mac_roman", (MAC_NOTE,))
            raise refusal(UNREADABLE, SAVE_AGAIN)
        if _DOS_LETTERS.search(data, 0, _CHUNK):
            rule = "Filen har en gammal DOS-kodning: å, ä och ö går förlorade"
            raise refusal(rule, "Spara den som CSV UTF-8.")
    return Decoded(_from_cp1252(data), "cp1252")


def _is_utf8(data: bytes) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):  # in pieces: the text itself isn't needed
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _from_cp1252(data: bytes) -> bytes:
    pieces = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    try:
        return b"".join(piece.decode("cp1252").encode() for piece in pieces)
    except UnicodeDecodeError:
        raise refusal("Filens kodning är varken UTF-8 eller Windows (cp1252)", SAVE_AGAIN) from None
