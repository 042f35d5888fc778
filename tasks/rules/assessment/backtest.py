"""Old years replayed month by month: what the rule would have said then, from what was known then alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

import numpy as np

from tasks.rules.assessment.deviation import signal
from tasks.rules.assessment.deviation_facts import DeviationFacts, DeviationSettings
from tasks.rules.assessment.forecast import as_decimal
from tasks.rules.assessment.learning import learn
from tasks.rules.assessment.learnt import NOTHING_LEARNT, Learnt
from tasks.rules.assessment.naive_forecasts import naive_forecasts
from tasks.rules.assessment.replayed import MONTHS, Replayed
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY, Booleans, Floats, UnitYears, Words
from tasks.rules.assessment.year_outlook import YearOutlook, probability, year_outlooks
from tasks.rules.periods import Period

SettingsOf = Callable[[str], DeviationSettings]
"""From where the deviations of units of a type are signalled."""


@dataclass(frozen=True)
class OldYears:
    """Some units' calendar years: n units, Y years from `first_year` on; kr, NaN where absent.

    outcome, budget: (n, Y, 12), the months' own amounts. unit, unit_type: (n,).
    """

    first_year: int
    unit: Words
    unit_type: Words
    outcome: Floats
    budget: Floats

    def up_to(self, year: int, chosen: Booleans) -> UnitYears:
        """Return some units' years up to the one at this place, as a forecast reads them."""
        first = max(0, year - YEARS_OF_HISTORY)
        budget = self.budget[chosen, first : year + 1]
        whole = budget.sum(axis=2)
        return UnitYears(
            outcome=self.outcome[chosen, first : year + 1],
            budget=whole,
            in_force=np.repeat(whole[:, -1:], 12, axis=1),
            phasing=budget[:, -1],
            unit_type=self.unit_type[chosen],
        )

    def began_before(self, year: int) -> Booleans:
        """Tell which units have figures of the years that a forecast reads before the one at this place."""
        before = self.outcome[:, max(0, year - YEARS_OF_HISTORY) : year]
        return np.asarray(np.isfinite(before).any(axis=(1, 2)))


def replay(years: OldYears, settings_of: SettingsOf, start: Learnt = NOTHING_LEARNT) -> Iterator[Replayed]:
    """Replay every year that has a year before it, oldest first; each learns from the ones before it."""
    done: list[Replayed] = []
    for year in range(1, years.outcome.shape[1]):
        began = years.began_before(year)
        if not began.any():
            continue
        one = _replay_year(years, year, began, settings_of, learn(done) if done else start)
        if len(one.unit):
            done.append(one)
            yield one


def _replay_year(
    years: OldYears, year: int, began: Booleans, settings_of: SettingsOf, learnt: Learnt
) -> Replayed:
    """Replay the year of all units that began before it, and keep those that have figures of it.

    Who has figures of the year isn't known before it is over, so it mustn't decide who is read together.
    """
    units = years.up_to(year, began)
    outlooks = list(islice(year_outlooks(units, learnt), len(MONTHS)))
    calendar_year = years.first_year + year
    everybody = Replayed(
        year=calendar_year,
        unit=years.unit[began],
        unit_type=units.unit_type,
        outcome=units.outcome[:, -1],
        budget=units.budget[:, -1],
        forecast=np.stack([one.forecast.forecast for one in outlooks], axis=1),
        lower=_by_month(outlooks, "lower"),
        upper=_by_month(outlooks, "upper"),
        expected=np.stack([one.forecast.expected for one in outlooks], axis=1),
        miss=_by_month(outlooks, "miss"),
        years_known=np.isfinite(units.history[:, :, 0]).sum(axis=1),
        naive=naive_forecasts(units),
        signals=_signals(units, outlooks, calendar_year, settings_of),
    )
    return everybody.of(np.asarray(np.isfinite(units.outcome[:, -1]).any(axis=1)))


def _by_month(outlooks: Sequence[YearOutlook], name: str) -> Floats:
    return np.stack([getattr(one, name) for one in outlooks], axis=1)


def _signals(units: UnitYears, outlooks: Sequence[YearOutlook], year: int, settings_of: SettingsOf) -> Words:
    """Return what each unit would have been told of an underskott, by month closed: (n, 11)."""
    signals = np.full((len(units.budget), len(outlooks)), "", dtype="<U6")
    for column, (month, outlook) in enumerate(zip(MONTHS, outlooks, strict=True)):
        so_far = units.outcome[:, -1, :month].sum(axis=1)
        over = outlook.forecast.forecast > units.budget[:, -1]
        for row in np.flatnonzero(over & np.isfinite(so_far)):
            facts = _facts(units, outlook, Period(year, month), int(row), so_far[row])
            signals[row, column] = signal(facts, settings_of(str(units.unit_type[row]))) or ""
    return signals


def _facts(units: UnitYears, outlook: YearOutlook, period: Period, row: int, so_far: float) -> DeviationFacts:
    budget: Decimal | None = as_decimal(units.budget[row, -1])
    return DeviationFacts(
        period=period,
        outcome=as_decimal(so_far),
        budget=budget,
        forecast=as_decimal(outlook.forecast.forecast[row]),
        method="pattern",
        probability=probability(outlook.certainty[row]),
        probability_before=probability(outlook.certainty_before[row]),
    )
