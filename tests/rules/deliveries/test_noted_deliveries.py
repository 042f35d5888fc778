"""What is written otherwise but can mean one thing only is read, and the receipt says how."""

import pytest

from tasks.rules.organisation import Register, UnitVersion
from tests.rules.delivered_files import ACTIVITIES, EKONOMI, FORECAST, SEPTEMBER, SICK, TREE, VOLUMES, check

TOTAL = "Summaraden är lika med summan av sina rader"
SPELLING = "Namnet är skrivet på mer än ett sätt"
MONTH = "Månaden är skriven på ett annat sätt"
# (source, file, (row, column, value), words of the rule)
NOTED = {
    "a month is a day of it": (
        "ekonomi",
        EKONOMI + "2026-09-30;E1;Personal;1;1\n",
        (2, "period", "2026-09-30 → 2026-09"),
        MONTH,
    ),
    "a month is in words": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;1\nsep-26;E2;Personal;1;1\n",
        (3, "period", "sep-26 → 2026-09"),
        MONTH,
    ),
    "hours are hours and minutes": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;10;152:30:00;1;0;0\n",
        (2, "ordinarie_timmar", "152:30:00 → 152,5"),
        "timmar med decimaler",
    ),
    "an end is until further notice": (
        "organisation",
        TREE + "A;Ett;enhet;;;;;9999-12-31\n",
        (2, "giltig_till", "9999-12-31"),
        "tills vidare",
    ),
    "a beginning is a spreadsheet's day 0": (
        "organisation",
        TREE + "A;Ett;enhet;;;;1899-12-30;\n",
        (2, "giltig_fran", "1899-12-30"),
        "tills vidare",
    ),
    "a day has the time of a database": (
        "organisation",
        TREE + "A;Ett;enhet;;;;2026-01-01 00:00:00.000;\n",
        (2, "giltig_fran", "2026-01-01 00:00:00.000 → 2026-01-01"),
        "Klockslaget efter datumet",
    ),
    "an address has a name": (
        "organisation",
        TREE + "A;Ett;enhet;;Anna Ek <anna@example.se>;;;\n",
        (2, "chef_epost", "Anna Ek <anna@example.se> → anna@example.se"),
        "Adressen har tagits ur texten",
    ),
    "a post is vacant": (
        "organisation",
        TREE + "A;Ett;enhet;;Vakant;;;\n",
        (2, "chef_epost", "Vakant"),
        "Ingen har platsen",
    ),
    "nobody is responsible for an activity": (
        "aktiviteter",
        ACTIVITIES + "Kurs;vakant;2026-01-01;2026-12-31\n",
        (2, "ansvarig_epost", "vakant"),
        "Ingen har platsen",
    ),
    "a total equals its rows": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1;2\n2026-09;E2;A;3;4\n2026-09;Summa;;4;6\n",
        (4, "enhet", "Summa"),
        TOTAL,
    ),
    "a total stands in the month's column": (
        "ekonomi",
        EKONOMI + "2026-08;E1;A;1;2\n2026-09;E2;A;3;4\nTotalt;;;4;6\n",
        (4, "period", "Totalt"),
        TOTAL,
    ),
    "a total is of one unit's month": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1;2\n2026-09;E1;B;3;4\n2026-09;E2;A;3;4\n2026-09;E1;Summa;4;6\n",
        (5, "kontogrupp", "Summa"),
        TOTAL,
    ),
    "a subtotal is of the rows above it": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1;2\n2026-09;E2;A;3;4\n2026-09;Summa Barn;A;4;6\n2026-09;E3;A;1;1\n",
        (4, "enhet", "Summa Barn"),
        TOTAL,
    ),
    "a total lacks one of its sums": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;0,1;2\n2026-09;E2;A;0,2;4\n2026-09;Summa;;0,3;\n",
        (4, "enhet", "Summa"),
        TOTAL,
    ),
    "a total is of what no other row contains": (
        "prognos",
        FORECAST + "2026-09;Äldreomsorg;;5;5\n2026-09;VO;Äldreomsorg;2;2\n2026-09;Totalt;;5;5\n",
        (4, "verksamhetsomrade", "Totalt"),
        TOTAL,
    ),
    "a row without unit is the sum of the others": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1;2\n2026-09;E2;A;3;4\n2026-09;;A;4;6\n",
        (4, "enhet", None),
        "Raden gäller ingen enhet, är summan av de andra raderna",
    ),
    "both sexes stand with their total": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;1;100;1;1;1\n2026-09;E1;M;1;100;1;1;1\n2026-09;E1;Totalt;2;200;2;2;2\n",
        (4, "kon", "Totalt"),
        TOTAL,
    ),
    "a source without units has a total": (
        "bistand",
        "period;hushall;utbetalt\n2026-09;900;9000000\nTotalt;900;9000000\n",
        (3, "period", "Totalt"),
        TOTAL,
    ),
    "a month to come has an outcome of 0": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1;0\n2026-10;E1;A;1;0,00\n",
        (3, "utfall", "0,00"),
        "0 i en månad efter filens",
    ),
    "rows of one account group are told apart by what isn't read": (
        "ekonomi",
        EKONOMI.replace("\n", ";Text;Motpart;Verksamhet\n")
        + "2026-09;E1;A;1;1;x;M1;7\n2026-09;E1;A;2;2;x;M1;\n2026-09;E1;A;2;2;x;M2;7\n"
        + "2026-09;E2;A;2;2;y;M2;7\n",
        (2, None, None),
        "har summerats. De skiljs åt av Motpart och Verksamhet",
    ),
    "an amount says its currency": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1\u00a0234,50 kr;1\n2026-09;E2;A;1;1\n",
        (2, "budget", "1\u00a0234,50 kr → 1234.50"),
        "Valutan i cellen",
    ),
    "an outcome is an accounting format's dash": (
        "ekonomi",
        EKONOMI + "2026-09;E1;A;1;–\n2026-09;E2;A;1;\n",
        (2, "utfall", "– → 0"),
        "Strecket har lästs som 0",
    ),
    "a measure has another dash": (
        "prestationer",
        VOLUMES + "2026-09;E1;inskrivna  barn 1–3 år;1\n",
        (2, "matt", "inskrivna  barn 1–3 år → Inskrivna barn 1-3 år"),
        SPELLING,
    ),
    "a measure of the settings has another case": (
        "prestationer",
        VOLUMES + "2026-09;E1;EGNA;1\n",
        (2, "matt", "EGNA → Egna"),
        SPELLING,
    ),
    "an account group has another case": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;1\n2026-09;E2;personal ;1;1\n2026-09;E2;Lokaler;1;1\n",
        (3, "kontogrupp", "personal → Personal"),
        SPELLING,
    ),
}


@pytest.mark.parametrize(("source", "text", "place", "rule"), NOTED.values(), ids=NOTED)
def test_a_delivery_is_read_with_a_note_where(source, text, place, rule):
    checked = check(source, text, volumes={"Egna"})
    [note] = checked.notes
    assert (note.row, note.column, note.value) == place
    assert rule in note.rule
    assert (note.remedy, checked.problems, checked.is_accepted) == ("", (), True)


def test_what_was_noted_is_stored_as_it_was_read():
    months = check("ekonomi", EKONOMI + "2026M08;E1;Personal;1;1\nsep-26;E1;PERSONAL;1;1\n").ledger
    assert [str(month) for month in months["period"]] == ["2026-08-01", "2026-09-01"]
    assert months["account_group"].to_list() == ["Personal", "Personal"]
    rows = (
        "A;Ett;enhet;;Anna Ek <anna@example.se>;;;9999-12-31\nB;Två;enhet;;vakant;;;2026-12-31 00:00:00.000\n"
    )
    units = check("organisation", TREE + rows).register_rows
    assert units["manager_email"].to_list() == ["anna@example.se", None]
    assert [day and str(day) for day in units["valid_to"]] == [None, "2026-12-31"]
    volumes = check("prestationer", VOLUMES + "2026-09;E1;inskrivna barn;1\n").figures
    assert volumes["item"].to_list() == ["Inskrivna barn"]


def test_what_was_left_out_is_neither_stored_nor_summed():
    text = EKONOMI + "2026-09;E1;A;1;2\n2026-09;E2;A;3;4\n2026-10;E2;A;3;0\n2026-09;Summa;;4;6\n"
    checked = check("ekonomi", text)
    assert checked.ledger.select("unit", "budget", "outcome").rows() == [
        ("E1", "1", "2"),
        ("E2", "3", "4"),
        ("E2", "3", None),
    ]
    assert [(total.period, total.measure, total.total) for total in checked.totals] == [
        ("2026-09", "budget", 4),
        ("2026-09", "utfall", 6),
        ("2026-10", "budget", 3),
        ("2026-10", "utfall", None),
    ]


def test_a_unit_that_is_called_a_total_is_a_unit():
    register = Register([(SEPTEMBER, [UnitVersion("T", "Totalt", "enhet")])])
    checked = check("ekonomi", EKONOMI + "2026-09;Totalt;A;1;2\n", register)
    assert (checked.notes, checked.ledger["unit"].to_list()) == ((), ["T"])


def test_a_measure_that_is_declared_is_known_however_it_is_spelt():
    assert check("prestationer", VOLUMES + "2026-09;E1;INSKRIVNA BARN 1–3 ÅR;1\n").warnings == ()


def test_notes_of_many_rows_are_one_note():
    checked = check("ekonomi", EKONOMI + "".join(f"2026M09;E1;K{n};1;1\n" for n in range(60)))
    [note] = checked.notes
    assert (note.count, [each.row for each in note.examples]) == (60, [2, 3, 4])


def test_a_unit_with_an_address_that_is_none_is_warned_of_and_has_no_address():
    rows = "A;Ett;enhet;;anna.example.se;;;\nB;Två;enhet;;b@example.se;;;\n"
    checked = check("organisation", TREE + rows, None)
    [warning] = checked.warnings
    assert (warning.row, warning.column, warning.value) == (2, "chef_epost", "anna.example.se")
    assert "så den används inte" in warning.rule
    assert "Skriv en enda adress" in warning.remedy
    assert checked.register_rows["manager_email"].to_list() == [None, "b@example.se"]


@pytest.mark.parametrize("month", ["202613", "2026-00"])
def test_a_period_of_the_closing_is_refused_and_told_what_it_is(month):
    [problem] = check("ekonomi", EKONOMI + f"{month};E1;Personal;1;1\n").problems
    assert (problem.row, problem.column, problem.value) == (2, "period", month)
    assert "bokslutets justeringar" in problem.rule
    assert "01–12" in problem.remedy
