"""Goals, indicators, activities, risks and the tables of the tertial report as they are delivered."""

from decimal import Decimal

import pytest

from tests.rules.delivered_files import check

GOALS = "kod;namn;niva;overordnad;bedomning\n"
INDICATORS = "period;indikator;mal;enhet;utfall;arsmal\n"
PRINTED = "period;indikator;utfall;arsmal\n"
ACTIVITIES = "aktivitet;mal;startdatum;slutdatum;avvikelse\n"
RISKS = "indikator;risk;sannolikhet;konsekvens;enhet\n"
DAYS = "2026-01-01;2026-12-31;"

# what is delivered of which source
ACCEPTED = {
    "goals are written as the planning system does": (
        "mal",
        GOALS
        + "1;Hållbart;KF:s inriktningsmål;;\n1.1;Stöd;KF:s mål för verksamhetsområdet;1;Uppfylls helt\n",
    ),
    "an indicator stands under two goals": (
        "indikatorer",
        INDICATORS + "2026-09;Trygga;1;;1;\n2026-09;Trygga;2;;1;\n",
    ),
    "an indicator is of the board and of a unit": (
        "indikatorer",
        INDICATORS + "2026-09;Trygga;1;;1;\n2026-09;Trygga;1;E1;1;\n2026-09;Trygga;1;Solhemmet;1;\n",
    ),
    "an activity stands under two goals": ("aktiviteter", ACTIVITIES + f"Rutin;1;{DAYS}\nRutin;2;{DAYS}\n"),
    "an activity stands twice, precisely the same": (
        "aktiviteter",
        ACTIVITIES + f"Rutin;;{DAYS}\nRutin;;{DAYS}\n",
    ),
    "a name has 200 characters": ("mal", GOALS + f"1;{'n' * 200};namndmal;;\n"),
    "there is no goal but its own": ("indikatorer", INDICATORS + "2026-09;Trygga;9.9;;1;blå\n"),
    "a budget adjustment": ("budgetjusteringar", "namn;belopp_mnkr;slag;lage\nSommarlov;1,5;Drift;Ansökt\n"),
    "costs and incomes": ("driftbudget", "slag;budget_mnkr;prognos_mnkr\nKostnader;10;11\nIntäkter;-2;-3\n"),
    "an investment without forecast": ("investeringar", "investering;budget_mnkr\nPark;4,0\n"),
    "costs with their own incomes": (
        "omslutning",
        "verksamhetsomrade;ingar_i;kostnader_mnkr;intakter_mnkr\nVård;;7;-7\nVuxen;Vård;2;-2\n",
    ),
    "a risk of a unit that the register lacks": (
        "risker",
        RISKS + "Trygga;Fel;3 - Möjlig;5 – Mycket allvarlig;Annat\n",
    ),
}


@pytest.mark.parametrize(("source", "file"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_has_one_meaning_is_taken_in(source, file):
    assert check(source, file).problems == ()


# (source, file, (row, column, value), words of the rule)
REFUSED = {
    "goals in a ring": (
        "mal",
        GOALS + "1;A;namndmal;2;\n2;B;namndmal;1;\n",
        (2, "overordnad", "2"),
        "ingår i sig själv genom en ring",
    ),
    "a goal twice": ("mal", GOALS + "1;A;namndmal;;\n1;B;namndmal;;\n", (3, "kod", "1"), "samma sak"),
    "a level that is none": ("mal", GOALS + "1;A;vision;;\n", (2, "niva", "vision"), "tillåtna värdena"),
    "a judgement that is none": (
        "mal",
        GOALS + "1;A;namndmal;;kanske\n",
        (2, "bedomning", "kanske"),
        "tillåtna",
    ),
    "an indicator twice under one goal": (
        "indikatorer",
        INDICATORS + "2026-09;Trygga;1;;1;\n2026-09;Trygga;1;;2;\n",
        (3, "enhet", "2026-09, Trygga, 1, "),
        "samma sak",
    ),
    "an activity twice with other days": (
        "aktiviteter",
        ACTIVITIES + f"Rutin;1;{DAYS}\nRutin;1;2026-02-01;2026-12-31;\n",
        (3, "mal", "Rutin, 1"),
        "samma sak",
    ),
    "an outcome of two numbers": (
        "indikatorer",
        PRINTED + "2026-09;Trygga;28 av 30;\n",
        (2, "utfall", "28 av 30"),
        "Det är inget tal",
    ),
    "a likelihood beyond five": (
        "risker",
        RISKS + "Trygga;Fel;6 - Säker;1;\n",
        (2, "sannolikhet", "6"),
        "får inte vara större än 5",
    ),
}


@pytest.mark.parametrize(("source", "file", "where", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_has_two_meanings_or_none_is_refused(source, file, where, rule):
    problem, *_ = check(source, file).problems
    assert (problem.row, problem.column, problem.value) == where
    assert rule in problem.rule


# (source, file, words of the rule and the remedy)
WARNED = {
    "a goal above is of another file": (
        "mal",
        GOALS + "1.1;A;namndmal;1;\n",
        "Raden som den ingår i finns inte",
    ),
    "a target is misspelt": ("indikatorer", PRINTED + "2026-09;Trygga;1;minksa\n", "Menas minska?"),
    "a target is none": ("indikatorer", PRINTED + "2026-09;Trygga;1;blå\n", "Målet går inte att förstå"),
    "a printed table says an indicator twice": (
        "indikatorer",
        PRINTED + "2026-09;Trygga;65 %;\n2026-09;Trygga;86 %;\n2026-09;Nöjda;1;\n",
        "båda är kvar och visas var för sig Skilj dem åt med en kolumn för mal eller enhet.",
    ),
}


@pytest.mark.parametrize(("source", "file", "words"), WARNED.values(), ids=WARNED)
def test_what_is_taken_in_all_the_same_is_told(source, file, words):
    checked = check(source, file)
    assert checked.problems == ()
    (warning,) = checked.warnings
    assert words in f"{warning.rule} {warning.remedy}"


def test_a_row_that_stands_twice_is_noted_where_a_column_could_tell_it_apart():
    checked = check("aktiviteter", ACTIVITIES + f"Rutin;;{DAYS}\nRutin;;{DAYS}\n")
    assert [note.row for note in checked.notes] == [3]
    assert "precis detsamma" in checked.notes[0].rule
    assert check("aktiviteter", ACTIVITIES + f"Rutin;1;{DAYS}\nRutin;2;{DAYS}\n").notes == ()


def test_a_grade_is_read_without_its_words():
    checked = check("risker", RISKS + "Trygga;Fel;3 - Möjlig;4;\n")
    assert checked.notes[0].value == "3 - Möjlig → 3"
    values = {row["measure"]: row["value"] for row in checked.figures.iter_rows(named=True)}
    assert (values["sannolikhet"], values["konsekvens"]) == ("3", "4")


def test_numbers_are_stored_as_numbers_beside_their_text():
    row = "period;indikator;utfall;prognos_helar;arsmal\n2026-09;Barn;13,1 barn/avd.;16 st;Max 16\n"
    stored = check("indikatorer", row).figures.select("measure", "value", "note").rows()
    assert stored == [
        ("utfall", "13.1", "13,1 barn/avd."),
        ("prognos_helar", "16", "16 st"),
        ("arsmal", None, "Max 16"),
    ]


def test_amounts_of_parts_are_not_added_again():
    file = "verksamhetsomrade;ingar_i;kostnader_mnkr;intakter_mnkr\nVård;;7;-7\nVuxen;Vård;2;-2\n"
    totals = {total.measure: total.total for total in check("omslutning", file).totals}
    assert totals == {"kostnader": Decimal(7_000_000), "intakter": Decimal(-7_000_000)}
