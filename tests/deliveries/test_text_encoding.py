"""A text is read in the encoding that it has, or that its words prove; else it is refused."""

import pytest

from tasks.deliveries.tables.raw_table import UnreadableTableError
from tasks.deliveries.tables.text_encoding import MAC_NOTE, TWICE_NOTE, decoded

TEXT = "period;enhet;kontogrupp\n2026-09;Förskolan Åsen;Intäkter\n2026-09;ÄBO;Övrigt\n"
NO_WORDS = "a;b\nBjörken;Ål\n"


def twice(text):
    """Encode as a program does that takes UTF-8 for Windows."""
    return text.encode().decode("cp1252").encode()


@pytest.mark.parametrize(
    ("data", "encoding", "notes"),
    [
        (TEXT.encode(), "utf-8", ()),
        (TEXT.encode("utf-8-sig"), "utf-8", ()),
        (TEXT.encode("cp1252"), "cp1252", ()),
        (twice(TEXT), "utf-8", (TWICE_NOTE,)),
        (twice("\ufeff" + TEXT), "utf-8", (TWICE_NOTE,)),
        (b"\xef\xbb\xbf" + twice(TEXT), "utf-8", (TWICE_NOTE,)),
        (TEXT.encode().decode("latin-1").encode(), "utf-8", (TWICE_NOTE,)),
        (TEXT.encode("mac_roman"), "mac_roman", (MAC_NOTE,)),
    ],
)
def test_the_letters_are_read_as_they_were_meant(data, encoding, notes):
    read = decoded(data)
    assert (read.data.decode(), read.encoding, read.notes) == (TEXT, encoding, notes)


@pytest.mark.parametrize(
    "data",
    [
        twice(NO_WORDS),
        (TEXT + "Förskolan\n").encode() + twice(TEXT),  # some lines twice, some once
        NO_WORDS.encode("mac_roman"),
        NO_WORDS.encode("cp850"),
    ],
)
def test_a_text_whose_letters_no_word_proves_is_refused(data):
    with pytest.raises(UnreadableTableError, match="å, ä och ö"):
        decoded(data)


def test_a_foreign_letter_alone_proves_nothing():
    assert decoded("São Paulo;Ã\n".encode()).data.decode() == "São Paulo;Ã\n"
