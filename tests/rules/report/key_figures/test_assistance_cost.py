"""What a household costs: the same figures as the report's other tables have of it."""

from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.report.key_figures.assistance_cost import assistance_figure
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.signals import signal_row
from tasks.rules.signals.watched import Watched

SEPTEMBER = Period(2026, 9)


def month(**figures):
    return AssistanceRow(SEPTEMBER, figures)


def signal(series, compared=None, *, hidden=False, **figures):
    return signal_row(
        Watched(
            source="bistand",
            indicator="",
            series_code=series,
            scope="hela förvaltningen",
            code="",
            name="Ekonomiskt bistånd",
            measured_in="kr",
            value=Decimal(1),
            compared=compared,
            signal=None,
            regel="",
            mening="",
            months_lacking=0,
            figures=figures,
            is_hidden=hidden,
        )
    )


FORECAST = {"planerade_hushall": Decimal(100), "medelbidrag_hittills": Decimal(9_100)}
SIGNALS = (
    signal("helar", Decimal(12_000_000), **FORECAST),
    signal("medelbidrag", Decimal(8_800)),
    signal("hushall", Decimal(95)),
)


def test_a_households_grant_beside_the_appropriation_and_last_year():
    found = assistance_figure(
        month(medelbidrag_snitt_hittills=Decimal(9_200), hushall_snitt_hittills=Decimal(99)), SIGNALS
    )
    assert (found.costs.each, found.costs.planned_each, found.costs.each_before) == (9_200, 10_000, 8_800)
    assert (found.counts.mean, found.counts.planned, found.counts.mean_before) == (99, 100, 95)
    assert (found.over_plan, found.is_grant, found.is_monthly, found.one) == (-8, True, True, "hushåll")


def test_without_a_delivered_mean_it_is_the_one_of_the_years_forecast():
    assert assistance_figure(month(), SIGNALS).costs.each == 9_100


def test_what_nobody_knows_is_missing():
    found = assistance_figure(month(), ())
    assert (found.costs.each, found.costs.planned_each, found.costs.each_before) == (None, None, None)
    assert (found.counts.mean, found.counts.planned, found.counts.mean_before) == (None, None, None)


@pytest.mark.parametrize(("budget", "households"), [(None, 100), (100, None), (0, 100), (100, 0)], ids=str)
def test_without_an_appropriation_and_its_households_nothing_is_budgeted(budget, households):
    planned = None if households is None else Decimal(households)
    made = signal("helar", None if budget is None else Decimal(budget), planerade_hushall=planned)
    assert assistance_figure(month(), (made,)).costs.planned_each is None


def test_few_households_hide_every_figure():
    few = month(medelbidrag_snitt_hittills="doldt", hushall_snitt_hittills="doldt")
    series = [signal(code, Decimal(9), hidden=True) for code in ("helar", "medelbidrag", "hushall")]
    found = assistance_figure(few, series)
    assert (found.costs.each, found.costs.planned_each, found.costs.each_before) == ("doldt",) * 3
    assert (found.counts.mean, found.counts.planned, found.counts.mean_before) == ("doldt",) * 3


def test_signals_of_other_sources_are_not_looked_at():
    assert assistance_figure(month(), [signal("helar")]).costs.planned_each is None
