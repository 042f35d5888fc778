"""Real bad files, kept outside: those whose table isn't all that the file holds."""

import re
from decimal import Decimal

import pytest

from tests.conftest import REFERENCE

FOLDER = REFERENCE / "deliveries"

pytestmark = pytest.mark.reference

YEAR = ("216 rader, 6 av 6 enheter", "2026-09 Budget 4 680 000 kr", "2026-09 Utfall 4 687 800 kr")
"""What every file of the ledger says that holds the year's budget and nine months' outcome."""

# (folder, what the receipt tells of the figures, how the file was read)
READ = {
    "06-title-rows": (YEAR, "Rubrikerna står på rad 4. Det som står ovanför är inte läst"),
    "08-group-cells-merged-down": (YEAR, "Sammanslagna celler i period och enhet gäller alla rader"),
    "09b-source-footer": (YEAR, "Rad 219: ”Källa: ekonomisystemet, uttag 2026-10-05” Raden under tabellen"),
    "10-div0-in-unused-column": (YEAR, "1 cell i kolumnen visar felet #DIV/0!; den läses inte"),
    "12-readme-sheet-first": (YEAR, "Bladet ”Utfall” är läst, inte bladet ”Läs mig”"),
    "23-wide-months": (YEAR, "varje månad är läst som en egen rad"),
    "44-one-sheet-a-month": (("18 rader", *YEAR[1:]), "Bladet ”Sep” är läst, inte bladet ”Aug”"),
    "50-targets-saved-by-excel": (("11 rader",), "i procent: arsmal och kf_arsmal"),
}


def plain(text):
    return re.sub(r"\s+", " ", text)


def deliver(world, folder):
    (path,) = (FOLDER / folder).glob("*_*.*")
    register = FOLDER / "organisation_2026-09.csv"
    answer = world.manad("deliver", register, path, "--today", "2026-10-07")
    return answer.code, plain(answer.out)


@pytest.mark.parametrize("folder", READ)
def test_a_file_whose_table_is_found_is_taken_in_with_a_note(world, folder):
    figures, note = READ[folder]
    code, said = deliver(world, folder)
    assert code == 0, said
    for words in (*figures, note):
        assert words in said


def test_targets_that_a_spreadsheet_saved_as_per_cent_keep_their_value(world):
    deliver(world, "50-targets-saved-by-excel")
    rows = world.rows(
        "select item, measure, value, note from figure where measure in ('arsmal', 'kf_arsmal')"
    )
    targets = {(item, measure): (value, note) for item, measure, value, note in rows}
    assert targets["Sjukfrånvaro", "arsmal"] == (7, "7 %")
    assert targets["Sjukfrånvaro", "kf_arsmal"] == (Decimal("7.3"), "7,3 %")
    assert targets["Sjukfrånvaro dag 1–14", "arsmal"] == (None, "minska")
    assert targets["Andel vuxna med ekonomiskt bistånd av befolkningen", "arsmal"][0] == Decimal("2.15")
