"""The measures of a plan that go on in the next one."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure


def renewed(measures: Sequence[Measure], period: Period) -> tuple[Measure, ...]:
    """Return measures as a plan of a later month takes them up: what has begun goes on from the first month
    that is left.
    """
    first = period.plus(1)
    return tuple(
        replace(each, from_month=max(each.from_month, first)) if each.from_month else each
        for each in measures
    )
