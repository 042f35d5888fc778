"""What replayed years show: errors beside other ways, how often the interval held, and what the alarms were
worth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tasks.rules.assessment.naive_forecasts import RUN_RATE
from tasks.rules.assessment.replayed import Replayed
from tasks.rules.assessment.unit_years import Booleans, Floats, Integers, divided

RULE = "regeln"
MEASURED_MONTHS = (2, 4, 6, 8, 10)
"""The closings that a method's mean error is taken of."""
EARLY = 6
"""An alarm by June leaves half of the year to act in."""


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

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


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
