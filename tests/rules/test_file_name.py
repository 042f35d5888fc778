import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.declaration import DeliveryName, parse_file_name
from tasks.rules.periods import Period

SEPTEMBER = Period(2026, 9)


@pytest.mark.parametrize(
    ("name", "source", "extension"),
    [
        ("ekonomi_2026-09.csv", "ekonomi", "csv"),
        ("EKONOMI_2026-09.CSV", "ekonomi", "csv"),
        ("ekonomi_2026-09_rättad version 2.xlsx", "ekonomi", "xlsx"),
        ("ekonomi_2026-09_.csv", "ekonomi", "csv"),
        ("ekonomi_2026-09_a.b.csv", "ekonomi", "csv"),  # a dot in the free part
        ("ekonomi_2026-09_2026-10.csv", "ekonomi", "csv"),  # the first period counts
        ("Sjukfrånvaro_2026-09.xlsx", "sjukfranvaro", "xlsx"),
        ("bistånd_2026-09.xml", "bistand", "xml"),
        ("ÅÄÖ_2026-09.se", "aao", "se"),
        (unicodedata.normalize("NFD", "sjukfrånvaro_2026-09.si"), "sjukfranvaro", "si"),  # from a Mac
    ],
)
def test_a_delivery_is_recognised_by_its_name(name: str, source: str, extension: str) -> None:
    assert parse_file_name(name) == DeliveryName(source, SEPTEMBER, extension)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ekonomi.csv",
        "ekonomi_2026-13.csv",
        "ekonomi_2026-00.csv",
        "ekonomi_0026-09.csv",
        "ekonomi_202609.csv",
        "ekonomi-2026-09.csv",
        "ekonomi_2026-09.txt",
        "ekonomi_2026-09",
        "ekonomi_2026-09.csv.part",  # still being written
        "ekonomi_2026-09.csv\n",
        "ekonomi_2026-09 (1).csv",  # a browser's second copy
        "~$ekonomi_2026-09.xlsx",  # a spreadsheet's lock file
        "_2026-09.csv",
        "ekonomi 2026-09.csv",
        "ekonomi2_2026-09.csv",
        "mapp/ekonomi_2026-09.csv",
        "ekonomi_2026-09_../x.csv",
        "ekonomi_2026-09_..\\x.csv",
        "ekonomi_٢٠٢٦-٠٩.csv",  # digits of another alphabet
    ],
)
def test_other_names_are_ignored(name: str) -> None:
    assert parse_file_name(name) is None


@given(st.text())
def test_no_name_raises(name: str) -> None:
    parse_file_name(name)


@given(
    source=st.from_regex(r"[a-z]+", fullmatch=True),
    year=st.integers(1000, 2999),
    month=st.integers(1, 12),
    rest=st.text(st.characters(exclude_characters="/\\", min_codepoint=32)).map(lambda text: f"_{text}")
    | st.just(""),
    extension=st.sampled_from(["csv", "xlsx", "se", "si", "xml"]),
)
def test_every_name_of_the_agreed_form_is_read_back(
    source: str, year: int, month: int, rest: str, extension: str
) -> None:
    period = Period(year, month)
    assert parse_file_name(f"{source}_{period}{rest}.{extension}") == DeliveryName(source, period, extension)
