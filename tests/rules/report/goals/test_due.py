import pytest

from tasks.rules.periods import Period
from tasks.rules.report.goals.due import is_due


@pytest.mark.parametrize(
    ("often", "month", "due"),
    [
        ("månad", "2026-03", True),
        ("Tertial", "2026-04", True),
        ("tertial", "2026-05", False),
        ("Halvår", "2026-06", True),
        ("kvartal", "2026-06", True),
        ("År", "2026-11", False),
        ("år", "2026-12", True),
        ("Tertial 1 2021", "2021-03", False),
        ("Tertial 1 2021", "2021-04", True),
        ("T2 2025", "2025-08", True),
        ("2021", "2021-04", False),
        ("2021", "2021-12", True),
        ("VB 2020", "2020-12", True),
        ("ibland", "2026-12", None),
        (None, "2026-12", None),
    ],
)
def test_an_indicator_is_due_in_the_months_that_its_periodicity_names(often, month, due):
    assert is_due(often, Period.parse(month)) is due
