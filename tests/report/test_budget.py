"""The report's operating budget and areas: every line, total and gap in words."""

import re
from copy import deepcopy

from tests.worlds.read_page import page as page_of
from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import (
    CONTENT,
    area,
    changed,
    empty,
    place,
)


def test_parts_follow_what_they_are_part_of_and_units_below_an_area_are_left_out():
    assert [cells[0] for cells in rows(CONTENT, "Driftbudget")] == [
        "Förskola",
        "Norra",
        "Ekonomiskt bistånd",
        "Äldreomsorg",
        "Lekparker ingår i Stadsmiljö, som saknas; räknas inte i totalen",
        "Totalt 2 av 3 områden",
        "varav ekonomiskt bistånd och arbetsmarknad 1 av 2 områden",
    ]
    page = page_of(CONTENT)
    assert re.search(r'<tr role="row" class="part">\s*<th role="rowheader" scope="row">Norra<', page)


def test_a_unit_that_no_area_holds_is_shown_because_the_total_counts_it():
    alone = changed(driftbudget=[area("Bilan", 9_000_000, 9_500_000, enhet="bilan")])
    assert row(alone, "Driftbudget", "Bilan")[0] == "9,0"


def test_areas_that_are_part_of_each_other_are_all_shown_once():
    circle = changed(driftbudget=[area("A-dal", 1, 1, part_of="B-dal"), area("B-dal", 1, 1, part_of="A-dal")])
    assert [cells[0].split()[0] for cells in rows(circle, "Driftbudget")[:-2]] == ["A-dal", "B-dal"]


def test_amounts_are_in_mnkr_and_deviations_in_words():
    assert row(CONTENT, "Driftbudget", "Förskola") == [
        "100,0",
        "102,0",
        "101,5",
        "underskott 2,0",
        "underskott 1,5",
    ]
    assert rows(CONTENT, "Driftbudget")[4][-1] == "underskott 40 tkr"
    assert row(CONTENT, "Driftbudget", "Totalt 2 av 3 områden")[0] == "150,0 beslutad 149,0"


def test_what_was_asked_for_stands_between_the_decided_budget_and_the_forecast():
    asked = {"begarda_budgetjusteringar": 3_000_000, "prestationsforandringar": -1_000_000}
    lines = [
        area("Förskola", 102_000_000, 103_000_000, **asked, budget_beslutad=100_000_000),
        area("Omsorg", 50_000_000, 50_000_000),
    ]
    content = changed(driftbudget=lines, totalt=CONTENT["totalt"] | asked)
    assert row(content, "Driftbudget", "Förskola")[:4] == ["100,0", "3,0", "−1,0", "103,0"]
    assert row(content, "Driftbudget", "Omsorg")[:4] == ["50,0", "", "", "50,0"]  # as published
    assert row(content, "Driftbudget", "Totalt 2 av 3 områden")[:3] == ["149,0", "3,0", "−1,0"]


def test_the_programmes_own_forecast_stands_beside_the_managers():
    own = {"program_prognos": 102_900_000, "program_avvikelse": -2_900_000}
    lines = [area("Förskola", 100_000_000, 100_000_000, **own), area("Avskrivningar", 9_000_000, 9_000_000)]
    content = changed(driftbudget=lines, totalt=CONTENT["totalt"] | own)
    beside = rows(content, "Driftbudget")[-4:]
    assert beside[0] == ["Förskola", "i balans", "i balans", "102,9", "underskott 2,9"]
    assert beside[1][-2:] == ["uppgift saknas"] * 2
    assert beside[2] == [
        "Totalt 2 av 3 områden",
        "underskott 1,0",
        "underskott 0,5",
        "102,9",
        "underskott 2,9",
    ]
    assert "Programmets prognos" not in text(CONTENT)  # kept before it was told


def test_a_missing_figure_is_said_in_words_and_never_zero():
    assert row(CONTENT, "Driftbudget", "Äldreomsorg") == ["70,0", *["uppgift saknas"] * 4]
    assert "100,7 % före och uppgift saknas efter" in text(CONTENT)


def test_the_total_stands_beside_what_is_of_assistance_and_labour_market():
    total, named = rows(CONTENT, "Driftbudget")[-2:]
    assert (total[-1], named[-1]) == ("underskott 0,5", "överskott 1,0")
    assert "Varav ekonomiskt bistånd och arbetsmarknad: överskott 1,0 mnkr." in text(CONTENT)


TITLE = "Förvaltningen och dess områden"


def test_departments_come_with_their_areas_and_the_whole_comes_last():
    assert rows(CONTENT, TITLE) == [
        ["BEVAKA Förskola", "100,0", "101,5", "100,8–102,3", "underskott 1,5 (1,5 %)"],
        ["Förskola har en mening."],
        ["Norra 3 av 4 enheter", "40,0", "40,0", "39,6–40,4", "i balans"],
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


def test_what_is_written_of_an_area_stands_below_the_table_and_else_what_its_figures_say():
    lines = [
        area(
            "Förskola", 100_000_000, 102_000_000, mening="Förskola prognostiserar ett underskott om 2,0 mnkr."
        ),
        area("Norra", 50_000_000, 51_000_000, part_of="Förskola", mening="Norra är utkast till en del."),
        area("Södra", 50_000_000, 50_000_000, part_of="Förskola", mening="Vi väntar.", orsak="Vi väntar."),
        area("Omsorg", 9_000_000, 9_000_000, mening="Omsorg prognostiserar en budget i balans."),
    ]
    words = text(changed(driftbudget=lines))
    assert "Områdena i ord Förskola prognostiserar ett underskott om 2,0 mnkr. Vi väntar." in words
    assert "utkast" not in words
    assert "Omsorg prognostiserar" not in words
    assert "Områdena i ord" not in text(CONTENT)
