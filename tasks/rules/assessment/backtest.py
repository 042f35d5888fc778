"""Old years replayed month by month: what the rule would have said, from what was known then alone.

Its errors are held beside those of the forecasts that an administration makes without a rule; of its interval
it is counted how often it held, and of its alarms what they were worth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import islice

import numpy as np

from tasks.rules.assessment.deviation import signal
from tasks.rules.assessment.deviation_facts import DeviationFacts, DeviationSettings
from tasks.rules.assessment.forecast import as_decimal
from tasks.rules.assessment.learning import MONTHS, NOTHING_LEARNT, Learnt, Replayed, learn
from tasks.rules.assessment.unit_years import (
    YEARS_OF_HISTORY,
    Booleans,
    Floats,
    Integers,
    UnitYears,
    Words,
    divided,
)
from tasks.rules.assessment.year_outlook import YearOutlook, probability, year_outlooks
from tasks.rules.periods import Period

RULE = "regeln"
MEASURED_MONTHS = (2, 4, 6, 8, 10)
"""The closings that a method's mean error is taken of."""
EARLY = 6
"""An alarm by June leaves half of the year to act in."""
RUN_RATE, BUDGET_PHASED, OWN_PATTERN = "takt", "budgetfördelad", "eget mönster"
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
            gross=np.full(len(whole), np.nan),
            in_force=np.repeat(whole[:, -1:], 12, axis=1),
            phasing=budget[:, -1],
            unit_type=self.unit_type[chosen],
        )

    def began_before(self, year: int) -> Booleans:
        """Tell which units have figures of the years that a forecast reads before the one at this place."""
        before = self.outcome[:, max(0, year - YEARS_OF_HISTORY) : year]
        return np.asarray(np.isfinite(before).any(axis=(1, 2)))


@dataclass(frozen=True)
class Alarms:
    """What larm was worth, in unit-years: overspends found by June, found later and missed; other alarms.

    turned: the unit was over its expected cost at the last alarm and spent less than the rest of its budget
    afterwards: the manager acted, or it passed. false: all other alarms of years that were no overspends.
    """

    unit_years: int
    overspends: int
    early: int
    late: int
    missed: int
    turned: int
    false: int

    @property
    def per_100(self) -> float:
        """Return the alarms of years that were no overspends, turned ones too, per 100 unit-years."""
        return 100 * (self.turned + self.false) / self.unit_years if self.unit_years else 0.0


@dataclass(frozen=True)
class Measures:
    """errors: mean absolute error (%) of the year by method and closing 1–11, None where there is none.

    coverage: the part (0–1) of the years that the interval held, by unit type, with the number of closings.
    """

    first_year: int
    last_year: int
    errors: Mapping[str, tuple[float | None, ...]]
    coverage: Mapping[str, tuple[float, int]]
    alarms: Alarms

    def mean_error(self, method: str) -> float | None:
        """Return a method's mean error (%) over the closings 2, 4, 6, 8 and 10."""
        found = [self.errors[method][month - 1] for month in MEASURED_MONTHS]
        known = [value for value in found if value is not None]
        return sum(known) / len(known) if len(known) == len(found) else None

    def as_data(self) -> dict[str, object]:
        """Return plain JSON values."""
        return asdict(self)


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


def measure(replays: Sequence[Replayed]) -> Measures:
    """Measure replayed years; a year that lacks months isn't measured. Raises ValueError for none."""
    methods = {RULE: [one.forecast for one in replays]}
    methods |= {name: [one.naive[name] for one in replays] for name in replays[0].naive}
    truths = [one.total for one in replays]
    both = np.isfinite(np.concatenate(methods[RULE])) & np.isfinite(np.concatenate(methods[RUN_RATE]))
    types = sorted({str(name) for one in replays for name in one.unit_type})
    return Measures(
        first_year=replays[0].year,
        last_year=replays[-1].year,
        errors={name: _errors(forecasts, truths, both) for name, forecasts in methods.items()},
        coverage={name: _coverage(replays, name) for name in types},
        alarms=_alarms(replays),
    )


def naive_forecasts(units: UnitYears) -> dict[str, Floats]:
    """Return other year forecasts of n units by name, at the closings 1–11: (n, 11) kr, NaN where impossible.

    Run-rate: the outcome so far / months · 12. Budget-phased: the outcome so far / the budget so far · the
    year's budget. Own pattern: the outcome so far / the mean share of it in the unit's own past years.
    """
    so_far = units.outcome[:, -1].cumsum(axis=1)[:, :11]
    months = np.arange(1, 12)
    phased = units.phasing.cumsum(axis=1)[:, :11]
    return {
        RUN_RATE: so_far / months * 12,
        BUDGET_PHASED: divided(so_far * units.budget[:, -1:], phased, phased != 0),
        OWN_PATTERN: _own_pattern(units, so_far),
    }


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


def _own_pattern(units: UnitYears, so_far: Floats) -> Floats:
    history = units.history
    totals = history.sum(axis=2, keepdims=True)
    shares = divided(
        history, np.broadcast_to(totals, history.shape), np.broadcast_to(totals != 0, history.shape)
    )
    known = np.isfinite(shares)
    counts = known.sum(axis=1)
    mean = divided(np.where(known, shares, 0.0).sum(axis=1), counts, np.greater(counts, 0))
    share = mean.cumsum(axis=1)[:, :11]
    return divided(so_far, share, share != 0)


def _errors(
    forecasts: Sequence[Floats], truths: Sequence[Floats], counted: Booleans
) -> tuple[float | None, ...]:
    """Return a method's mean errors, of the closings that both the rule and the run-rate have."""
    forecast, truth = np.concatenate(forecasts), np.concatenate(truths)[:, np.newaxis]
    error = divided(np.abs(forecast - truth), np.abs(truth), counted & np.isfinite(truth) & (truth != 0))
    return tuple(_mean(column) for column in error.T)


def _mean(errors: Floats) -> float | None:
    known = errors[np.isfinite(errors)]
    return round(100 * float(known.mean()), 3) if len(known) else None


def _coverage(replays: Sequence[Replayed], unit_type: str) -> tuple[float, int]:
    held = asked = 0
    for one in replays:
        total = one.total[:, np.newaxis]
        known = np.isfinite(total) & np.isfinite(one.lower) & (one.unit_type == unit_type)[:, np.newaxis]
        held += int((known & (total >= one.lower) & (total <= one.upper)).sum())
        asked += int(known.sum())
    return (round(held / asked, 3) if asked else 0.0), asked


def _alarms(replays: Sequence[Replayed]) -> Alarms:
    counted = [_alarms_of(one) for one in replays]
    sums = {name: sum(getattr(one, name) for one in counted) for name in Alarms.__dataclass_fields__}
    return Alarms(**sums)


def _alarms_of(one: Replayed) -> Alarms:
    known = np.isfinite(one.total) & np.isfinite(one.budget)
    alarmed = one.signals == "larm"
    over, early, ever = one.is_over & known, alarmed[:, :EARLY].any(axis=1), alarmed.any(axis=1)
    other = ever & known & ~over
    turned = other & _turned(one, _last(alarmed))
    return Alarms(
        unit_years=int(known.sum()),
        overspends=int(over.sum()),
        early=int((over & early).sum()),
        late=int((over & ever & ~early).sum()),
        missed=int((over & ~ever).sum()),
        turned=int(turned.sum()),
        false=int((other & ~turned).sum()),
    )


def _last(alarmed: Booleans) -> Integers:
    """Return the place of the last closing that was alarmed, 10 where none was."""
    return np.asarray(10 - alarmed[:, ::-1].argmax(axis=1), dtype=np.int64)


def _turned(one: Replayed, at: Integers) -> Booleans:
    """Tell which were over the expected at the last alarm, and then spent less than the budget had left."""
    rows = np.arange(len(at))
    so_far = one.outcome.cumsum(axis=1)[rows, at]
    expected = one.expected[rows, at]
    turned: Booleans = (so_far > expected) & (one.total - so_far < one.budget - expected)
    return turned
