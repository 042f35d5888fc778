"""How far from its expected cost a unit runs now, and how much of that will go on.

No single memory fits every unit: where invoices come late the newest month says little, where a placement
began it says everything. So several are tried on the unit's own months, each is weighed by how well it
foretold the months that followed, and the weighed mean is the answer (docs/adr/0009).
"""

from dataclasses import dataclass

import numpy as np

from tasks.rules.assessment.unit_years import Booleans, Floats, Integers, mean_of_type

RECORD_MONTHS = 24
"""The months whose foretelling makes the record: two years hold every season twice."""
SLOW_MEMORY = 0.4
"""A memory that keeps this much of the month before is meant to smooth: to it a one-off is no news."""
ONE_OFF_SLOW, ONE_OFF_FAST = 3.0, 5.0
"""So many times its usual wobble a month may move a slow or a fast memory: one-offs count but don't repeat.
"""
ALWAYS_BELIEVED = 0.3
"""A fast memory believes a month that differs from the expected by up to 30 %."""
BELIEVED_AT_FIRST = 4.0
"""A unit begins as if so many months had gone as expected: a new unit's first month says little (in the
fictional administrations a new unit's error after January is 1,6 % with these and 2,2 % without)."""
OF_TYPE = 0.7
"""The part of a record that is the mean of the unit's type: one unit's two years are few."""
UNKNOWN_WOBBLE = 0.1
"""The step from month to month (of an even month) of a unit that has shown none yet."""
NO_ERROR = 1e-8
"""Added to a squared error (of the mean month): a unit without wobble has a perfect record of everything."""


@dataclass(frozen=True)
class Family:
    """The memories that are tried on a kind of expectation.

    memories: the part of the weight that is left a month later. carried: the part of a deviation that is left
    when a new budget begins. kept: the part that goes on in the months to come. ahead: months that are
    foretold at a time. of_type, at_first: as OF_TYPE and BELIEVED_AT_FIRST. always: a slow memory believes a
    month that differs from the expected by up to this part, however steady the unit was.
    """

    memories: tuple[float, ...]
    carried: tuple[float, ...]
    kept: tuple[float, ...]
    ahead: int
    of_type: float = OF_TYPE
    at_first: float = BELIEVED_AT_FIRST
    always: float = 0.0


TO_BUDGET = Family((0.0, 0.4, 0.65, 0.85, 0.97), (0.0, 0.5), (0.6, 1.0), 3)
"""Against a budget part of a deviation goes back: measures are taken, and the next budget takes part of it
in."""
TO_GROSS = Family((0.0, 0.4, 0.65, 0.85, 0.97), (0.0, 0.5), (1.0,), 3, at_first=1.0, always=0.1)
"""Where incomes are to cover the costs, what they don't cover each month goes on until somebody acts; and
there is no net that it could be a small part of, so that it is news from the second month on."""
TO_TREND = Family((0.0, 0.4, 0.65, 0.85, 0.97), (1.0,), (1.0,), 2, 0.3)
"""Against its own past years a unit goes on where it is."""


@dataclass(frozen=True)
class Candidates:
    """What each memory says of n units: the deviation to come, relative to the expected, and its record."""

    deviation: Floats
    record: Floats


def candidates(actual: Floats, expected: Floats, family: Family, groups: Integers) -> Candidates:
    """Try a family's memories on months up to now: (n, T) kr, NaN where absent, from a January on.

    groups: (n,) numbers of the units' types. expected: never 0, the sign of the unit's net.
    """
    deviation, record = _foretell(_Months(actual, expected, family.ahead), family)
    shared = mean_of_type(record.T, groups).T
    return Candidates(deviation=deviation, record=(1 - family.of_type) * record + family.of_type * shared)


def weights(records: Floats) -> Floats:
    """Return how much each candidate is believed: (c, n) log likelihoods → (c, n), adding up to 1."""
    believed = np.exp(records - records.max(axis=0))
    shares: Floats = believed / believed.sum(axis=0)
    return shares


class _Months:
    """The months of n units, (T, n) in each one's own mean month, and how much they usually wobble.

    coming, foreseen_coming: the mean of the months that are foretold from each on, and of the expected.
    """

    def __init__(self, actual: Floats, expected: Floats, ahead: int) -> None:
        by_month = expected.T / expected.mean(axis=1)
        known = np.isfinite(actual.T)
        self.count, self.units = by_month.shape
        self.known: Booleans = np.ascontiguousarray(known)
        self.expected: Floats = np.where(known, by_month, 0.0)
        of_unit: Floats = np.where(known, actual.T / expected.mean(axis=1), 0.0)
        self.ratio: Floats = np.where(known, of_unit / by_month, np.nan)
        self.coming = _mean_ahead(of_unit, ahead)
        self.foreseen_coming = _mean_ahead(self.expected, ahead)
        self.wobble = _wobble(self.ratio)


def _mean_ahead(values: Floats, ahead: int) -> Floats:
    """Return the mean of each month and those after it, at most `ahead` of them: (T, n) → (T, n)."""
    sums = np.concatenate([np.zeros((1, values.shape[1])), values.cumsum(axis=0)])
    start = np.arange(len(values))
    end = np.minimum(start + ahead, len(values))
    mean: Floats = (sums[end] - sums[start]) / (end - start)[:, np.newaxis]
    return mean


def _wobble(ratio: Floats) -> Floats:
    """Return the usual step of a unit's ratio from month to month, a standard deviation: (T, n) → (n,)."""
    steps = np.sort(np.abs(np.diff(ratio, axis=0)), axis=0)  # what is missing comes last
    counts = np.isfinite(steps).sum(axis=0)
    middle = np.take_along_axis(steps, np.maximum(counts - 1, 0)[np.newaxis] // 2, axis=0)[0]
    wobble: Floats = 1.4826 * np.where(counts > 0, middle, UNKNOWN_WOBBLE) + NO_ERROR**0.5
    return wobble


def _foretell(months: _Months, family: Family) -> tuple[Floats, Floats]:
    """Walk through the months with every memory of a family, m of them with what each carries over.

    Return the deviation to come and its record: (m · parts kept, n) each.
    """
    each = np.array([(memory, carried) for memory in family.memories for carried in family.carried])
    memory, carried = each[:, :1], each[:, 1:]
    kept = np.array(family.kept)[:, np.newaxis]
    noticed = np.maximum(ONE_OFF_FAST * months.wobble, ALWAYS_BELIEVED)
    slow = np.maximum(ONE_OFF_SLOW * months.wobble, family.always)
    believed = np.where(memory >= SLOW_MEMORY, slow, noticed)
    seen, foreseen = np.full(believed.shape, family.at_first), np.full(believed.shape, family.at_first)
    errors = np.zeros((len(each), *np.broadcast_shapes(kept.shape, months.wobble.shape)))
    for at in range(months.count):
        level = seen / foreseen
        if at % 12 == 0:
            level = np.where(carried < 1, 1 + carried * (level - 1), level)
            seen = np.where(carried < 1, foreseen * level, seen)
        if at >= months.count - RECORD_MONTHS:
            errors += _errors(months, at, kept, level, noticed)
        moved = _bounded(months.ratio[at] - level, believed)
        known = months.known[at]
        seen = np.where(known, memory * seen + months.expected[at] * (level + moved), seen)
        foreseen = np.where(known, memory * foreseen + months.expected[at], foreseen)
    level = seen / foreseen
    counted = np.maximum(months.known[-RECORD_MONTHS:].sum(axis=0), 1)
    record = -counted / (2 * family.ahead) * np.log(errors / counted + NO_ERROR)
    deviation = kept * (level[:, np.newaxis] - 1)
    return deviation.reshape(-1, months.units), record.reshape(-1, months.units)


def _errors(months: _Months, at: int, kept: Floats, level: Floats, noticed: Floats) -> Floats:
    """Return the squared error of what is foretold of the next months: (m, n) levels → (m, parts kept, n)."""
    expected = months.foreseen_coming[at]
    error = months.coming[at] - expected * (1 + kept * (level[:, np.newaxis] - 1))
    squared: Floats = _bounded(error, noticed * expected) ** 2
    return squared


def _bounded(values: Floats, limit: Floats) -> Floats:
    """Return values of which none is further from 0 than its limit; one that is missing is missing."""
    bounded: Floats = np.minimum(np.maximum(values, -limit), limit)
    return bounded
