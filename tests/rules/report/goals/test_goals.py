"""Goals and activities, from files as they are delivered, and what is proposed of them."""

import pytest

from tasks.rules.json_keys import of_json, to_json
from tasks.rules.report.goals.activities import ActivityRow, activity_rows
from tasks.rules.report.goals.goals import Evidence, GoalRow, goal_rows, propose
from tasks.rules.report.goals.indicators import Indicators, indicator_rows
from tests.rules.delivered_files import REGISTER, SEPTEMBER
from tests.rules.report.goals.rows import delivered

GOALS = "kod;namn;niva;overordnad;bedomning\n"
INDICATORS = "period;indikator;mal;utfall;arsmal\n"
ACTIVITIES = "aktivitet;mal;startdatum;slutdatum;avvikelse;lage\n"
REACHED, MISSED, UNMEASURED, UNJUDGED = "1;max 2", "3;max 2", ";max 2", "1;"


def goals(text, indicators=(), activities=()):
    rows = [f"2026-09;I{at};{mal};{figures}\n" for at, (mal, figures) in enumerate(indicators)]
    made = indicator_rows(
        Indicators(delivered("indikatorer", INDICATORS + "".join(rows)) if rows else ()), REGISTER
    )
    done = [f"A{at};{each}\n" for at, each in enumerate(activities)]
    acted = activity_rows(delivered("aktiviteter", ACTIVITIES + "".join(done)) if done else (), SEPTEMBER)
    found = goal_rows(delivered("mal", GOALS + text), made, acted)
    assert [of_json(GoalRow, to_json(row)) for row in found] == list(found)
    return found


# indicators, activities: the proposal and its sentence
PROPOSED = {
    "nothing": ([], [], None, "Inga indikatorer eller aktiviteter hör till målet."),
    "all reach": ([REACHED, REACHED], [], "helt", "2 av 2 bedömda indikatorer når årsmålet."),
    "some reach": ([REACHED, MISSED], [], "delvis", "1 av 2 bedömda indikatorer når årsmålet."),
    "none reaches": ([MISSED], [], "ej", "0 av 1 bedömd indikator når årsmålet."),
    "an activity deviates": (
        [REACHED, UNMEASURED, UNJUDGED],
        ["1;2026-01-01;2026-12-31;Försenad;", "1;2026-01-01;2026-12-31;;"],
        "delvis",
        (
            "1 av 1 bedömd indikator når årsmålet, 1 är inte mätt ännu, 1 går inte att bedöma "
            "och 1 av 2 aktiviteter avviker."
        ),
    ),
    "nothing is measured yet": (
        [UNMEASURED, UNMEASURED],
        ["1;2026-01-01;2026-12-31;;"],
        None,
        "2\u00a0indikatorer är inte mätta ännu och aktiviteten följer planen.",
    ),
    "nothing is measured, and what ended was done": (
        [UNJUDGED],
        ["1;2026-01-01;2026-06-30;;", "1;2026-10-01;2026-12-31;;"],
        "helt",
        "1\u00a0indikator går inte att bedöma och alla 2 aktiviteter följer planen.",
    ),
    "nothing is measured, and an activity deviates": (
        [],
        ["1;2026-01-01;2026-06-30;Avvikelse;"],
        "delvis",
        "1 av 1 aktivitet avviker.",
    ),
}


@pytest.mark.parametrize(("indicators", "activities", "proposal", "reason"), PROPOSED.values(), ids=PROPOSED)
def test_a_proposal_follows_from_what_lies_under_the_goal(indicators, activities, proposal, reason):
    (goal,) = goals("1;Trygg stad;namndmal;;\n", [("1", each) for each in indicators], activities)
    assert (goal.proposal, goal.reason) == (proposal, reason)


def test_what_lies_under_a_goal_below_counts_as_well():
    text = "1;Ett;inriktningsmal;;\n1.1;Under;verksamhetsomradesmal;1;\n"
    text += "2;Två;inriktningsmal;;helt\n9.1;Borta;namndmal;9;\n"
    found = goals(text, [("1", REACHED), ("1.1", MISSED), ("2", MISSED), ("7.7", MISSED)])
    assert {goal.code: goal.proposal for goal in found} == {
        "1": "delvis",
        "1.1": "ej",
        "2": "ej",
        "9.1": None,
    }


def test_a_persons_judgement_stands_and_says_where_it_differs():
    found = goals(
        "1;Ett;namndmal;;Uppfylls helt\n2;Två;namndmal;;\n3;Tre;namndmal;;delvis\n",
        [("1", MISSED), ("2", MISSED)],
    )
    assert [(goal.judgement, goal.proposal, goal.differs) for goal in found] == [
        ("helt", "ej", True),
        (None, "ej", False),
        ("delvis", None, False),
    ]


def test_no_goals_are_no_rows():
    assert goal_rows([], [], []) == ()


def test_a_ring_of_goals_ends_where_it_begins():
    rows = delivered("mal", GOALS + "1;Ett;namndmal;2;\n2;Två;namndmal;;\n")
    ring = [rows[0], type(rows[1])(**{**vars(rows[1]), "cells": {**rows[1].cells, "overordnad": "1"}})]
    assert [goal.code for goal in goal_rows(ring, [], [])] == ["1", "2"]


def test_a_goal_is_only_reached_when_no_indicator_misses():
    assert propose(Evidence(5, 1, 0, 0, 0, 0, 0)) == "delvis"
    assert Evidence(5, 1, 2, 0, 0, 0, 0).judged == 6


# end, deviation and läge: the state at the end of september
STATES = {
    "to begin": ("2026-10-01;2026-12-31;;", "ska_borja"),
    "going on": ("2026-01-01;2026-12-31;;", "pagar"),
    "ended on the last day": ("2026-01-01;2026-09-30;;", "genomford"),
    "deviating": ("2026-01-01;2026-06-30;Försenad;", "avviker"),
    "done, as the comment says": ("2026-01-01;2026-12-31;Klar 2026-08-30;", "genomford"),
    "done, as its state says": ("2026-01-01;2026-12-31;;Avslutad", "genomford"),
    "no deviation": ("2026-01-01;2026-12-31;Nej;", "pagar"),
    "without days": (";;;", "pagar"),
}


@pytest.mark.parametrize(("text", "state"), STATES.values(), ids=STATES)
def test_an_activity_tells_how_it_stands_at_the_end_of_the_month(text, state):
    (row,) = activity_rows(delivered("aktiviteter", f"{ACTIVITIES}Rutin;1.1;{text}\n"), SEPTEMBER)
    assert (row.state, row.goal) == (state, "1.1")
    assert of_json(ActivityRow, to_json(row)) == row
