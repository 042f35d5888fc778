"""What an assessment keeps of a unit is read back as it was written; an older version kept less."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.assessment.assessed_unit import (
    AssessedUnit,
    ClosedFigures,
    Evidence,
    KeptYear,
    OwnForecast,
    OwnVersion,
)
from tasks.rules.assessment.month_warnings import AssessmentResult, assessed_sentence
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tasks.rules.wording import year_headline, year_row

KEPT = {
    "rows": [{"delivery": 3, "first": 2, "last": 13}],
    "floor_kr": "150000",
    "volumes_until": "2026-08",
    "bar_percent": "2.5",
    "year": {"budget": ["100", None], "outcome": ["90.50"], "ahead": ["110"]},
    "own_forecast": {
        "kr": "1300",
        "before": "1200",
        "told_in": "2026-08",
        "adjusted_budget": "1250",
        "versions": [
            {
                "period": "2026-07",
                "kr": None,
                "change": None,
                "sentence": "Ingen prognos.",
                "rows": [{"delivery": 2, "first": 5, "last": 5}],
            }
        ],
        "sentence": "Enhetens egen prognos.",
        "mixed": "1280",
        "mixed_reason": "Den har träffat bättre.",
    },
    "closed_years": [
        {"year": 2025, "outturn": "990", "budget": "1000", "rule": "980", "manager": None, "run_rate": "970"}
    ],
}


def assessed_unit(**changed):
    """Return a unit of 12 mnkr whose year is forecast 1,2 mnkr over."""
    figures = {
        "code": "101",
        "name": "Norr",
        "method": "pattern",
        "outcome": Decimal(9_900_000),
        "budget": Decimal(12_000_000),
        "forecast": Decimal(13_200_000),
        "lower": Decimal(13_000_000),
        "upper": Decimal(13_400_000),
        "deviation": Decimal(-1_200_000),
        "deviation_percent": Decimal(-10),
        "volume_effect": None,
        "price_effect": None,
        "signal": "larm",
        "rule": "regel",
        "sentence": "mening",
        "plan_required": True,
        "plan_due": date(2026, 10, 14),
        "plan_effect": Decimal(0),
        "plan_id": None,
        "evidence": Evidence(),
    }
    return AssessedUnit(**figures | changed)


def test_all_that_stands_behind_a_unit_is_read_back():
    assert Evidence.of_data(KEPT) == Evidence(
        rows=((3, 2, 13),),
        floor_kr=Decimal(150_000),
        bar_percent=Decimal("2.5"),
        volumes_until=Period(2026, 8),
        year=KeptYear((Decimal(100), None), (Decimal("90.50"),), (Decimal(110),)),
        own=OwnForecast(
            kr=Decimal(1300),
            before=Decimal(1200),
            told_in=Period(2026, 8),
            adjusted_budget=Decimal(1250),
            versions=(OwnVersion(Period(2026, 7), None, None, "Ingen prognos."),),
            sentence="Enhetens egen prognos.",
            mixed=Decimal(1280),
            mixed_reason="Den har träffat bättre.",
        ),
        own_rows=(((2, 5, 5),),),
        closed_years=(ClosedFigures(2025, Decimal(990), Decimal(1000), Decimal(980), None, Decimal(970)),),
    )


@pytest.mark.parametrize("part", sorted(KEPT))
def test_a_part_that_an_older_version_did_not_keep_is_missing_and_the_others_are_not(part):
    everything, nothing = Evidence.of_data(KEPT), Evidence.of_data({})
    found = Evidence.of_data({name: kept for name, kept in KEPT.items() if name != part})
    changed = [name for name in vars(found) if getattr(found, name) != getattr(everything, name)]
    assert changed == (["own", "own_rows"] if part == "own_forecast" else [part])
    assert getattr(found, changed[0]) == getattr(nothing, changed[0])


def read_back(evidence):
    return Evidence.of_data(json.loads(json.dumps(evidence.as_data(), default=str)))


def test_evidence_is_read_back_to_the_last_digit():
    evidence = replace(Evidence.of_data(KEPT), expected=Decimal("9000000.01"), to_come=Decimal("-1.2345"))
    assert read_back(evidence) == evidence
    assert read_back(Evidence()) == Evidence()


def test_what_explains_a_deviation_is_kept_for_who_asks_and_read_by_nobody():
    explained = Evidence(explained={"causes": {"rest": Decimal("1.5")}, "volumes": []})
    assert explained.as_data()["causes"] == {"rest": Decimal("1.5")}
    assert read_back(explained) == Evidence()


def test_a_unit_without_a_warning_keeps_no_months():
    assert "year" in Evidence.of_data(KEPT).as_data()
    assert "year" not in Evidence().as_data()


def test_a_unit_without_a_forecast_of_its_own_has_none():
    assert Evidence.of_data({}) == Evidence()
    assert Evidence.of_data({"own_forecast": {}, "year": {}}) == Evidence()


def test_a_unit_with_a_deviation_can_be_compared():
    assert assessed_unit().compared == (Decimal(12_000_000), Decimal(13_200_000), Decimal(-1_200_000))


@pytest.mark.parametrize("missing", ["budget", "forecast", "deviation"])
def test_a_unit_without_one_of_its_figures_can_not_be_compared(missing):
    with pytest.raises(LookupError, match="101"):
        _ = assessed_unit(**{missing: None}).compared


@pytest.mark.parametrize(
    ("assessed", "units", "said"),
    [
        (14, 14, "14 av 14 enheter bedömda"),
        (1, 14, "1 av 14 enheter bedömda"),
        (1, 1, "1 av 1 enhet bedömda"),
        (0, 14, "Inga enheter har kunnat bedömas: uppgifter saknas för 14 enheter"),
        (0, 0, "Inga enheter har bedömts: organisationsregister saknas"),
    ],
)
def test_how_many_units_were_assessed_in_words(assessed, units, said):
    assert assessed_sentence(assessed, units).replace(NBSP, " ") == said


def test_a_units_year_is_written_as_one_row_and_one_headline():
    unit = assessed_unit()
    assert unit.row == year_row(unit.budget, unit.forecast)
    assert unit.headline(Period(2026, 9)) == year_headline(unit.budget, unit.forecast, is_whole_year=False)
    assert unit.headline(Period(2026, 12)) == year_headline(unit.budget, unit.forecast, is_whole_year=True)


def test_what_a_step_made_is_stored_and_read_back():
    made = AssessmentResult(assessment=7, alarms=2, watched=1, assessed=12, units=14)
    assert AssessmentResult.of_data(made.as_data()) == made
    assert made.sentence == assessed_sentence(12, 14)


@pytest.mark.parametrize(
    ("deviation", "share", "words"),
    [
        (-1_200_000, -10, "underskott 1,2 mnkr (10,0 %)"),
        (1_200_000, 10, "överskott 1,2 mnkr (10,0 %)"),
        (-1_200_000, None, "underskott 1,2 mnkr"),
        (0, 0, "i balans"),
        (None, None, "uppgift saknas"),
    ],
)
def test_a_deviation_is_said_with_its_share_of_the_budget(deviation, share, words):
    unit = assessed_unit(
        deviation=None if deviation is None else Decimal(deviation),
        deviation_percent=None if share is None else Decimal(share),
    )
    assert unit.deviation_words.replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("gross", "words"), [(10_000_000, "underskott 1,2 mnkr (120,0 %)"), (10_000_001, "underskott 1,2 mnkr")]
)
def test_a_share_of_a_budget_that_is_next_to_nothing_is_not_said(gross, words):
    unit = assessed_unit(
        budget=Decimal(1_000_000),
        deviation=Decimal(-1_200_000),
        deviation_percent=Decimal(-120),
        evidence=Evidence(gross=Decimal(gross)),
    )
    assert unit.deviation_words.replace(NBSP, " ") == words
