"""The report's key figures as their reader sees them."""

from tests.worlds.read_page import read, rows, text
from tests.worlds.report_content import CONTENT, changed

CHILDREN = {
    "verksamhetsomrade": "Hela förvaltningen",
    "kod": None,
    "matt": "Inskrivna barn",
    "sort": "barn",
    "per_manad": True,
    "kostnad_per": 13_200.4,
    "plan": 13_300,
    "foregaende_ar": 13_000,
    "enheter": 3,
    "enheter_plan": 3,
    "enheter_foregaende_ar": 2,
    "snitt_hittills": 176.5,
    "planerat": 180,
    "snitt_foregaende_ar": 61.5,
    "belaggning": None,
    "tomma_platser": None,
    "utforandegrad": None,
    "enheter_anvandning": 0,
    "av_enheter": 4,
    "utelamnade": [{"skal": "flera_matt", "antal": 1}],
    "medelbidrag": False,
}
NORTH = {**CHILDREN, "verksamhetsomrade": "Norr", "kod": "V1", "utelamnade": []}
SOUTH = {**NORTH, "verksamhetsomrade": "Söder", "kod": "V2"}
HOURS = {**CHILDREN, "matt": "Hemtjänsttimmar", "sort": "timme", "per_manad": False, "utelamnade": []}
CHANGED = "Kostnaden per barn är 0,7 % lägre än budgeterat och 1,5 % högre än samma månader förra året."
LEFT_OUT = "1 enhet är inte med i kostnaden: räknar flera mått, så kostnaden går inte att dela."


def with_figures(*figures):
    return changed(nyckeltal=list(figures))


def test_a_measure_stands_beside_its_plan_and_last_year_with_its_areas_below():
    south = {**SOUTH, "kostnad_per": None, "plan": None, "foregaende_ar": None, "enheter": 0}
    assert rows(with_figures(CHILDREN, NORTH, south), "Nyckeltal") == [
        [
            "Inskrivna barn kronor per barn och månad 3 av 4 enheter",
            "13 200",
            "13 300",
            "13 000 2 av 3 enheter",
            "177",
            "180",
            "61,5",
        ],
        [f"{CHANGED} {LEFT_OUT}"],
        ["Norr 3 av 4 enheter", "13 200", "13 300", "13 000 2 av 3 enheter", "177", "180", "61,5"],
        ["Söder 0 av 4 enheter", *["uppgift saknas"] * 3, "177", "180", "61,5"],
    ]


def test_the_only_area_of_a_measure_is_named_beside_it():
    (first, *_) = rows(
        with_figures(HOURS, {**HOURS, "verksamhetsomrade": "Hemtjänst", "kod": "V4"}), "Nyckeltal"
    )
    assert first[0] == "Hemtjänsttimmar kronor per timme, Hemtjänst 3 av 4 enheter"


def test_what_is_of_few_persons_says_so():
    hidden = dict.fromkeys(
        ("kostnad_per", "plan", "foregaende_ar", "snitt_hittills", "snitt_foregaende_ar"), "doldt"
    )
    (first, *_) = rows(with_figures({**CHILDREN, **hidden, "enheter": 0}), "Nyckeltal")
    assert first[1:] == [*["visas inte (få personer)"] * 4, "180", "visas inte (få personer)"]


def test_every_figure_has_its_rule_below_the_table():
    words = text(with_figures(CHILDREN))
    assert "nettokostnad hittills delad med antalet i samma månader, för ett barn per månad." in words
    assert "Enligt budget: samma månaders budget delad med planerat antal." in words
    assert "Medelbidrag: utbetalt" not in words
    assert "Beläggning:" not in words
    assert "Medelbidrag: utbetalt" in text(with_figures({**CHILDREN, "medelbidrag": True}))


def test_places_and_hours_have_a_table_of_their_own_where_both_come():
    beds = {**CHILDREN, "belaggning": 97.5, "enheter_anvandning": 4, "tomma_platser": 4.5, "utelamnade": []}
    full = {**NORTH, "matt": "Platser", "belaggning": 102, "enheter_anvandning": 2, "tomma_platser": -2.0}
    done = {**HOURS, "utforandegrad": 91.25, "enheter_anvandning": 4}
    content = with_figures(beds, full, done)
    assert rows(content, "Nyckeltal")[-3:] == [
        ["Inskrivna barn", "97,5 %", "4,5", ""],
        ["Platser 2 av 4 enheter", "102,0 %", "inga 2,0 fler än platser", ""],
        ["Hemtjänsttimmar", "", "", "91,3 %"],
    ]
    assert "Utförandegrad: utförda timmar" in text(content)


def test_a_report_from_before_there_were_key_figures_has_no_section():
    assert "Nyckeltal" not in read(CONTENT).rows
