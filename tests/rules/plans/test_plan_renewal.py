from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure, renewed


@pytest.mark.parametrize(
    ("began", "goes_on"),
    [
        ((2026, 5), (2026, 10)),  # long ago
        ((2026, 9), (2026, 10)),  # in the plan's own month
        ((2026, 10), (2026, 10)),  # in the first month that is left
        ((2026, 12), (2026, 12)),  # it has not begun
    ],
)
def test_a_measure_that_has_begun_goes_on_from_the_first_month_that_is_left(began, goes_on):
    measure = Measure("Färre vikarier", "rektor", Period(*began), Decimal(60_000), "Sjukskrivningar")
    (found,) = renewed([measure], Period(2026, 9))
    assert found == Measure("Färre vikarier", "rektor", Period(*goes_on), Decimal(60_000), "Sjukskrivningar")


def test_a_draft_without_a_month_is_taken_up_as_it_is():
    draft = Measure("Färre vikarier", "rektor")
    assert renewed([draft], Period(2026, 9)) == (draft,)
