"""The page's section about the whole administration, its departments and their areas."""

from copy import deepcopy

from tests.worlds.read_page import rows, text
from tests.worlds.report_content import CONTENT, empty, place

TITLE = "Förvaltningen och dess områden"


def test_departments_come_with_their_areas_and_the_whole_comes_last():
    assert rows(CONTENT, TITLE) == [
        ["BEVAKA Förskola", "100,0", "101,5", "100,8–102,3", "underskott 1,5 (1,5 %)"],
        ["Förskola har en mening."],
        ["Norra 3 av 4 enheter", "40,0", "40,0", "39,6–40,4", "i balans (0,0 %)"],
        ["Äldreomsorg", "50,0", "49,4", "uppgift saknas", "överskott 0,6 (1,2 %)"],
        ["Kultur 0 av 1 enheter", *["uppgift saknas"] * 4],
        ["Hela förvaltningen 5 av 6 enheter", "150,0", "152,1", "151,2–153,0", "underskott 2,1 (1,4 %)"],
    ]


def test_what_an_areas_warning_is_about_is_told_where_there_is_one():
    told = "Ett område varnas bara för det som enheternas egna varningar inte redan säger."
    assert told in text(CONTENT)
    quiet = deepcopy(CONTENT) | {
        "omraden": [place("forvaltning", "Hela förvaltningen", 9_000_000, 9_100_000, 1)]
    }
    assert told not in text(quiet)


def test_without_assessed_units_there_is_no_table():
    assert f"{TITLE} Inga enheter har bedömts." in text(empty())


def test_a_report_kept_from_before_there_were_areas_can_be_shown():
    older = {name: part for name, part in CONTENT.items() if name != "omraden"}
    assert f"{TITLE} Inga enheter har bedömts." in text(older)
