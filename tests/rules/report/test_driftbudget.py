from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.report.driftbudget import (
    ForecastRow,
    adjusted_budget,
    budget_compliance,
    driftbudget,
)
from tasks.rules.swedish import round_half_up
from tests.rules.published_month import EXPECTED, in_mnkr, kr, rows_of

APART = ("Ekonomiskt bistånd", "Arbetsmarknadsåtgärder")


def amount(value):
    return None if value is None else Decimal(value)


def row(area, budget, before, after=None, part_of=None, adjustments=None, volume=None):
    return ForecastRow(area, *map(amount, (budget, before, after, adjustments, volume)), part_of=part_of)


@pytest.fixture(scope="module")
def published():
    rows = [
        ForecastRow(
            area=each["verksamhetsomrade"],
            budget=kr(each["budget_mnkr"]),
            requested_adjustments=kr(each["begarda_budgetjusteringar_mnkr"]),
            volume_changes=kr(each["prestationsforandringar_mnkr"]),
            forecast_before=kr(each["prognos_fore_resultatoverforing_mnkr"]),
            forecast_after=kr(each["prognos_efter_resultatoverforing_mnkr"]),
            part_of=each["ingar_i"] or None,
        )
        for each in rows_of("prognos")
    ]
    return driftbudget(rows, APART)


def test_the_published_deviations_come_out_as_printed(published):
    expected = EXPECTED["driftbudget"]
    assert [line.area for line in published.lines] == list(expected)
    for line in published.lines:
        printed = expected[line.area]
        assert in_mnkr(line.amounts.deviation_after) == printed["avvikelse"]
        before = printed.get("avvikelse_fore", printed["avvikelse"])
        assert in_mnkr(line.amounts.deviation_before) == before


def test_the_published_total_comes_out_as_printed(published):
    amounts, printed = published.total.amounts, EXPECTED["totalt"]
    assert in_mnkr(amounts.budget) == printed["budget"]
    assert in_mnkr(amounts.forecast_before) == printed["prognos_fore"]
    assert in_mnkr(amounts.forecast_after) == printed["prognos_efter"]
    assert in_mnkr(amounts.deviation_before) == printed["avvikelse_fore"]
    assert in_mnkr(amounts.deviation_after) == printed["avvikelse_efter"]
    assert (published.total.counted, published.total.of) == (11, 11)  # four rows are parts of another


def test_the_published_compliance_comes_out_as_printed(published):
    printed = EXPECTED["budgetfoljsamhet"]
    assert round_half_up(published.compliance.before, 1) == printed["fore_resultatoverforingar"]
    assert round_half_up(published.compliance.after, 1) == printed["efter_resultatoverforingar"]


def test_social_assistance_and_labour_market_stand_apart(published):
    assert in_mnkr(published.named.amounts.budget) == Decimal("166.0")  # 145,2 + 20,8
    assert in_mnkr(published.named.amounts.deviation_after) == Decimal("2.5")
    assert (published.named.counted, published.named.of) == (2, 2)


@pytest.mark.parametrize(
    ("budget", "adjustments", "volume", "adjusted"),
    [
        (100, None, None, 100),  # an empty change is nothing
        (100, 10, -3, 107),  # + is more budget
        (0, 10, None, 10),
        (None, 10, 5, None),  # an empty budget is missing
    ],
)
def test_the_budget_is_adjusted_by_what_was_asked_for_and_by_volumes(budget, adjustments, volume, adjusted):
    assert adjusted_budget(row("A", budget, 0, adjustments=adjustments, volume=volume)) == amount(adjusted)


@pytest.mark.parametrize(
    ("budget", "before", "after", "deviations"),
    [
        (100, 110, 105, (-10, -5)),  # a deficit is negative
        (100, 90, None, (10, 10)),  # one forecast stands for both
        (100, None, 90, (10, 10)),
        (-100, -90, None, (-10, -10)),  # net income that doesn't come in
        (100, None, None, (None, None)),
        (None, 90, 90, (None, None)),
        (0, 0, None, (0, 0)),  # zero is not missing
    ],
)
def test_a_line_deviates_by_budget_less_forecast(budget, before, after, deviations):
    amounts = driftbudget([row("A", budget, before, after)]).lines[0].amounts
    assert (amounts.deviation_before, amounts.deviation_after) == tuple(map(amount, deviations))


def test_decided_and_adjusted_budget_are_both_shown():
    amounts = driftbudget([row("A", 100, 100, adjustments=20)]).total.amounts
    assert (amounts.decided, amounts.budget, amounts.deviation_after) == (100, 120, 20)


def test_a_part_is_not_added_to_its_whole():
    total = driftbudget([row("A", 100, 90), row("a1", 60, 50, part_of="A")]).total
    assert (total.amounts.budget, total.amounts.deviation_after, total.of) == (100, 10, 1)


def test_a_total_counts_only_lines_whose_budget_and_forecast_are_known():
    total = driftbudget([row("A", 100, 90), row("B", 50, None), row("C", None, 70)]).total
    assert (total.amounts.budget, total.amounts.forecast_after) == (100, 90)
    assert (total.counted, total.of) == (1, 3)


def test_a_total_of_nothing_known_is_missing():
    section = driftbudget([row("A", 100, None)])
    assert set(vars(section.total.amounts).values()) == {None}
    assert (section.total.counted, section.compliance.before, section.compliance.after) == (0, None, None)


def test_a_named_area_is_counted_once_and_an_absent_one_is_told():
    rows = [row("A", 100, 90), row("a1", 60, 50, part_of="A"), row("B", 10, 10)]
    named = driftbudget(rows, ["A", "a1", "not delivered"]).named
    assert (named.amounts.budget, named.counted, named.of) == (100, 1, 3)


def test_a_part_can_be_named_apart():
    rows = [row("A", 100, 90), row("a1", 60, 50, part_of="A")]
    assert driftbudget(rows, ["a1"]).named.amounts.budget == 60


@pytest.mark.parametrize(
    ("budget", "forecast", "compliance"),
    [(200, 150, 75), (200, -10, -5), (0, 10, None), (-5, 10, None), (None, 10, None), (200, None, None)],
)
def test_compliance_needs_a_budget_above_zero(budget, forecast, compliance):
    assert budget_compliance(amount(budget), amount(forecast)) == amount(compliance)


KRONOR = st.none() | st.decimals(-(10**10), 10**10, places=2)


@given(st.lists(st.builds(ForecastRow, st.text(max_size=3), KRONOR, KRONOR, KRONOR, KRONOR, KRONOR)))
def test_the_totals_figures_belong_together(rows):
    amounts = driftbudget(rows).total.amounts
    if amounts.budget is None:
        assert amounts.deviation_after is None
    else:
        assert amounts.deviation_before == amounts.budget - amounts.forecast_before
        assert amounts.deviation_after == amounts.budget - amounts.forecast_after
