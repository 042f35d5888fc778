"""A receipt's advice never makes other figures of the same file."""

import pytest

from tests.rules.delivered_files import EKONOMI, FORECAST, SICK, check

ADD, RENAME, OWN = "Lägg till en kolumn", "Byt rubriken", "Lämna månadens egna belopp"


def advice(source, header):
    """Return what the one problem of a file's header row advises."""
    [problem] = check(source, header + ";".join("1" for _ in header.split(";")) + "\n").problems[:1]
    return problem


@pytest.mark.parametrize(
    ("heading", "remedy"),
    [
        ("utfal", RENAME),
        ("utfalll", RENAME),
        ("Ut-fall", RENAME),
        ("Periodutfal", RENAME),  # of an alias
        ("utfall_ack", OWN),
        ("Ack utfall", OWN),
        ("ackutfall", OWN),
        ("Ackumulerat utfall", OWN),
        ("utfall_hittills", OWN),
        ("Helårsutfall", OWN),
        ("Utfall helår", OWN),
        ("utfall_2026", OWN),
        ("utfall YTD", OWN),
        ("utfallsprognos", ADD),
        ("Utfall föregående", ADD),
        ("prognos", ADD),
        ("avvikelse", ADD),
    ],
)
def test_what_is_advised_where_the_outcome_is_missing_beside(heading, remedy):
    problem = advice("ekonomi", EKONOMI.replace("utfall", heading))
    assert "Kolumnen utfall saknas" in problem.rule
    assert problem.remedy.startswith(remedy)
    assert problem.value == (None if remedy == ADD else heading)


def test_a_year_s_budget_is_never_advised_to_be_called_the_month_s():
    problem = advice("ekonomi", EKONOMI.replace("budget", "budget_2026"))
    assert "”budget_2026” ser ut att vara ackumulerad eller hela årets" in problem.rule
    assert problem.remedy.startswith(OWN)


def test_a_forecast_s_budget_is_the_year_s_anyway():
    problem = advice("prognos", FORECAST.replace("budget", "arsbudget_belopp"))
    assert (problem.rule, problem.remedy[:10]) == ("Kolumnen budget saknas", "Lägg till ")


def test_sick_leave_in_per_cent_is_told_why_hours_are_needed():
    text = "Period;Ansvar;Kön;Antal anställda;Sjukfrånvaro %;varav dag 1-14 %\n2026-09;E1;K;20;5,6;1,9\n"
    [problem] = check("sjukfranvaro", text).problems
    assert problem.rule == "Frånvaron står i procent, men timmar behövs"
    assert "kan inte läggas ihop" in problem.remedy
    assert problem.value == "Sjukfrånvaro % och varav dag 1-14 %"


def test_hours_that_are_missing_without_any_per_cent_are_told_each():
    checked = check("sjukfranvaro", SICK.replace("ordinarie_timmar;", "") + "2026-09;E1;K;1;1;1;1\n")
    assert [problem.rule for problem in checked.problems] == ["Kolumnen ordinarie_timmar saknas"]


def test_a_header_that_a_problem_tells_of_is_not_told_as_unknown_too():
    checked = check("ekonomi", EKONOMI.replace("utfall", "utfall_ack;Text") + "2026-09;E1;A;1;1;x\n")
    assert [problem.value for problem in checked.problems] == ["utfall_ack"]
    assert [warning.column for warning in checked.warnings] == ["Text"]


def test_many_unknown_columns_are_one_warning():
    checked = check("ekonomi", EKONOMI.replace("\n", ";Motpart;Text\n") + "2026-09;E1;A;1;1;x;y\n")
    [warning] = checked.warnings
    assert (warning.rule, warning.value) == ("2 kolumner är okända och har inte lästs in", "Motpart och Text")


@pytest.mark.parametrize(
    ("rows", "empty"),
    [
        ("2026-09;E1;A;;1\n2026-10;E1;A;5;\n", ["budget"]),
        ("2026-09;E1;A;1;\n", ["utfall"]),
        ("2026-09;E1;A;1;1\n2026-10;E1;A;1;\n", []),
        ("2026-10;E1;A;1;\n", []),  # no closed month at all
    ],
)
def test_a_ledger_without_budget_or_outcome_is_warned_of(rows, empty):
    warnings = check("ekonomi", EKONOMI + rows).warnings
    assert [warning.column for warning in warnings if "är tom på alla rader" in warning.rule] == empty
