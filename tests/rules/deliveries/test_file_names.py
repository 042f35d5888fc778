import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.file_names import (
    NO_DELIVERY,
    DeliveryName,
    meant_name,
    name_advice,
    parse_file_name,
)
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
    read = parse_file_name(f"{source}_{period}{rest}.{extension}")
    assert read is not None
    assert (read.source, read.period, read.extension) == (source, period, extension)


COPIES = [
    "ekonomi_2026-09 (1).csv",
    "ekonomi_2026-09 (12).CSV",
    "ekonomi_2026-09 - kopia.csv",
    "ekonomi_2026-09 - Kopia (2).csv",
    "Kopia av ekonomi_2026-09.csv",
    "Copy of ekonomi_2026-09.csv",
    "ekonomi_2026-09 - Copy.csv",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_by_what_windows_and_browsers_put_around_its_name(name: str) -> None:
    assert parse_file_name(name) == DeliveryName("ekonomi", SEPTEMBER, "csv", is_copy=True)


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("prestationer_2025.csv", False),
        ("Prestationer_2025.CSV", False),
        ("prestationer_2025_rättad.csv", False),
        ("prestationer_2025 (1).csv", True),
    ],
)
def test_a_name_without_a_month_is_of_a_year_whose_last_month_stands_for_it(name: str, is_copy: bool) -> None:
    read = parse_file_name(name)
    assert read == DeliveryName("prestationer", Period(2025, 12), "csv", is_copy=is_copy, is_year=True)
    assert str(read) == "prestationer_2025.csv"


@pytest.mark.parametrize("name", ["bistand_202509.csv", "bistand_2025_09.csv", "bistand_0025.csv"])
def test_a_month_with_a_wrong_sign_is_no_year(name: str) -> None:
    assert parse_file_name(name) is None


SOURCES = ("bistand", "ekonomi")
NEARLY = "har nästan rätt namn: döp om den till ekonomi_2026-09.csv"
ADVICE = {
    "ekonomi_202609.csv": NEARLY,
    "ekonomi_2026_09.csv": NEARLY,
    "Ekonomi 2026-09.csv": NEARLY,
    "ekonomi-2026-09.csv": NEARLY,
    "ekonomi_2026-09.CSV.txt": NEARLY,
    "ekonomi_2026-09.xls": "är av typen .xls: spara den som Excelarbetsbok (.xlsx) som ekonomi_2026-09.xlsx",
    "ekonomi_2026-09.ods": "är av typen .ods: spara den som Excelarbetsbok (.xlsx) som ekonomi_2026-09.xlsx",
    "budget.xls": "är av typen .xls: spara den som Excelarbetsbok (.xlsx)",
    "ekonomi 2026 09.xlsx": "har nästan rätt namn: döp om den till ekonomi_2026-09.xlsx",
    "ekonomi_202613.csv": NO_DELIVERY,
    "personal_202609.csv": NO_DELIVERY,
    "läs mig.txt": NO_DELIVERY,
    "ekonomi": NO_DELIVERY,
    "personal_2026-09.csv": "har en källa som inte finns, personal: välj bland bistand, ekonomi",
    "ekonomi_2026.csv": "har rader utan månad och kan inte gälla ett helt år: döp den efter sin månad, som "
    "ekonomi_2026-12.csv",
    "~$ekonomi_2026-09.xlsx": "är Excels låsfil: stäng arbetsboken och lämna den i stället",
}


@pytest.mark.parametrize(("name", "advice"), ADVICE.items())
def test_a_file_of_another_name_is_told_what_it_is_and_what_to_do(name: str, advice: str) -> None:
    assert name_advice(name, SOURCES) == advice


@given(st.text(max_size=60))
def test_what_a_nearly_right_name_means_is_a_right_name(name: str) -> None:
    meant = meant_name(name, SOURCES)
    if meant is not None:
        assert parse_file_name(str(meant)) == meant
