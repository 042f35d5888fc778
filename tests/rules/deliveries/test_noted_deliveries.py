"""What is written otherwise but can mean one thing only is read, and the receipt says how."""

import pytest

from tests.rules.delivered_files import ACTIVITIES, EKONOMI, TREE, VOLUMES, check

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
