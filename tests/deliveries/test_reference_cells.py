"""Real bad files, kept outside: those whose cells, rows, headers or letters are written otherwise."""

from datetime import date

import pytest

from tasks.deliveries.tables.read_table import read_table
from tasks.rules.deliveries.check import check_delivery
from tasks.rules.deliveries.file_names import parse_file_name
from tasks.rules.deliveries.halves.meant import HalvesToTake
from tasks.rules.deliveries.personal import holds_personal_number
from tasks.rules.deliveries.plausible import PlausibleSettings
from tasks.rules.deliveries.receipt import write_receipt
from tasks.rules.deliveries.receipt_text import receipt_text
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.organisation import Register, unit_versions
from tasks.rules.periods import Period
from tasks.sources import all_sources, halves_of
from tests.conftest import REFERENCE

FOLDER = REFERENCE / "deliveries"
TODAY = date(2026, 10, 7)
YEAR = ("216 rader, 6 av 6 enheter", "2026-09 Budget 4 680 000 kr", "2026-09 Utfall 4 687 800 kr")
"""What every file of the ledger says that holds the year's budget and nine months' outcome."""

pytestmark = pytest.mark.reference


def checked(path, register=None):
    name = parse_file_name(path.name)
    source = all_sources()[name.source]
    raw = read_table(path, max_bytes=10**7, wanted=Wanted(source, name.period))
    halves = HalvesToTake(halves_of(source.name), PlausibleSettings().nearly_all_percent)
    return check_delivery(raw, source, name.period, register, today=TODAY, halves=halves)


@pytest.fixture(scope="module")
def register():
    rows = checked(FOLDER / "organisation_2026-09.csv").register_rows
    return Register([(Period(2026, 9), unit_versions(rows.iter_rows(named=True)))])


def receipt_of(folder, register):
    """Return the check of a folder's file, and its receipt's text on one line."""
    (path,) = (FOLDER / folder).glob("*_*.*")
    found = checked(path, register)
    return found, " ".join(receipt_text(write_receipt(found, path.name)).split())


# (folder, what the receipt tells of the figures, its one note)
READ = {
    "02-period-as-month-end": (YEAR, "2026-01-31 → 2026-01"),
    "03a-2026M09": (YEAR, "2026M01 → 2026-01"),
    "03b-sep-26": (YEAR, "jan-26 → 2026-01"),
    "03d-2026-9": (YEAR, "2026-1 → 2026-01"),
    "03e-september": (YEAR, "januari 2026 → 2026-01"),
    "04-leading-zeros-lost": (YEAR, "101 → 0101"),
    "14b-currency-suffix-kr": (YEAR, "Valutan i cellen har tagits bort"),
    "21-several-rows-per-unit-and-account": (
        ("432 rader, 6 av 6 enheter", *YEAR[1:]),
        "De skiljs åt av Verksamhet och Motpart",
    ),
    "22-code-and-name-in-one-cell": (YEAR, "0101 Förskolan Asken → 0101"),
    "25-double-encoded-utf8": (YEAR, "har kodats två gånger"),
    "26-nfd-names": (YEAR, "→ 0101"),
    "28-sex-total-row": (
        ("6 av 6 enheter", "2026-09 Anställda, K 120"),
        "Summaraden är lika med summan av sina rader",
    ),
    "30a-name-and-address": (("8 rader",), "→ chef0101@example.se"),
    "30e-vakant": (("8 rader",), "Ingen har platsen"),
    "31a-9999-12-31": (("8 rader",), "tills vidare"),
    "31d-sqltime": (("8 rader",), "→ 2026-12-31"),
    "39-en-dash-in-measure": (("4 rader",), "inskrivna barn → Inskrivna barn"),
    "45-zero-outcome-for-future-months": (YEAR, "0 i en månad efter filens har lästs som tomt"),
}


@pytest.mark.parametrize("folder", READ)
def test_a_file_that_can_mean_one_thing_only_is_read_with_a_note(folder, register):
    figures, note = READ[folder]
    found, said = receipt_of(folder, register)
    assert found.is_accepted, said
    for words in (*figures, note):
        assert words in said
    assert len(found.notes) <= 2


# (folder, how many kinds of problems, what the receipt says)
REFUSED = {
    "16-accumulated-outcome-header": (2, "Lämna månadens egna belopp i en kolumn med rubriken utfall."),
    "29-sick-leave-in-percent": (1, "Frånvaron står i procent, men timmar behövs"),
    "38-personal-number-column": (3, "Filens innehåll har inte sparats."),
}


@pytest.mark.parametrize("folder", REFUSED)
def test_a_file_that_can_not_be_read_is_told_what_is_needed(folder, register):
    kinds, words = REFUSED[folder]
    found, said = receipt_of(folder, register)
    assert (found.is_accepted, len(found.problems)) == (False, kinds)
    assert words in said
    assert "Byt rubriken" not in said
    assert "Inget behöver göras" not in said
    assert not holds_personal_number([said])


def test_a_ledger_without_budget_is_taken_as_the_outcome_and_told_so(register):
    found, said = receipt_of("37-outcome-only-file", register)
    assert found.source.name == "utfall"
    assert "Kolumnen är tom i nästan alla avslutade månader: filen är läst som utfall" in said
    assert found.ledger["budget"].null_count() == found.ledger.height


def test_what_was_read_of_a_register_is_what_it_means(register):
    registers = [name for name in READ if name.startswith(("30", "31"))]
    rows = {name: receipt_of(name, register)[0].register_rows for name in registers}
    ends = {name: [str(day) for day in table["valid_to"].unique()] for name, table in rows.items()}
    assert ends["31a-9999-12-31"] == ["None"]
    assert ends["31d-sqltime"] == ["2026-12-31"]
    emails = {name: table["manager_email"][2] for name, table in rows.items()}
    assert (emails["30a-name-and-address"], emails["30e-vakant"]) == ("chef0101@example.se", None)
