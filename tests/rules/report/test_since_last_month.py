"""What is told otherwise than a month ago: forecasts, and units that came, went, or moved."""

from decimal import Decimal

import pytest

from tasks.rules.json_keys import of_json
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import BudgetTotal
from tasks.rules.report.month_figures import MonthFigures
from tasks.rules.report.month_report import MonthReport, month_report
from tasks.rules.report.result_units import ResultUnitSettings
from tasks.rules.report.since_last_month import since_last_month
from tests.worlds.report_content import CONTENT, changed, warning

AUGUST = Period(2026, 8)


def warned(*units):
    """Return warnings of (name, level, deviation in kr; None where it has none)."""
    rows = [
        warning(name, level, 10_000_000, 10_000_000) | {"avvikelse": deviation}
        for name, level, deviation in units
    ]
    read = of_json(MonthReport, changed(avvikelser=[{**row, "plan_vantas_senast": None} for row in rows]))
    return read.warnings


def total(deviation=-500_000, programme=None):
    content = CONTENT["totalt"] | {"avvikelse_efter": deviation, "program_avvikelse": programme}
    return of_json(BudgetTotal, content)


# (warned before, warned now, units in the order told)
UNITS = {
    "nothing": ((), (), []),
    "the same again": ([("A", "larm", -500_000)], [("A", "larm", -500_000)], []),
    "less than a thousand is no change": ([("A", "larm", -500_000)], [("A", "larm", -500_400)], []),
    "worse, the largest change first": (
        [("A", "larm", -500_000), ("B", "larm", -500_000)],
        [("A", "larm", -600_000), ("B", "larm", -900_000)],
        [("B", Decimal(-400_000)), ("A", Decimal(-100_000))],
    ),
    "another signal alone": ([("A", "bevaka", -500_000)], [("A", "larm", -500_000)], [("A", Decimal(0))]),
    "new ones after those that moved, gone ones last": (
        [("A", "larm", -500_000), ("C", "larm", -300_000)],
        [("A", "larm", -400_000), ("B", "bevaka", -200_000), ("D", "larm", -900_000)],
        [("A", Decimal(100_000)), ("D", None), ("B", None), ("C", None)],
    ),
    "a deviation that is missing": ([("A", "larm", None)], [("A", "larm", -500_000)], []),
    "new without a deviation": ([], [("A", "larm", None)], [("A", None)]),
}


@pytest.mark.parametrize(("before", "now", "told"), UNITS.values(), ids=UNITS)
def test_the_units_that_changed(before, now, told):
    found = since_last_month(AUGUST, (total(), warned(*before)), (total(), warned(*now)))
    assert [(unit.name, unit.change) for unit in found.units] == told


def test_both_forecasts_are_kept_beside_those_of_the_month_before():
    found = since_last_month(AUGUST, (total(-1, -2), ()), (total(-3, -4), ()))
    assert (found.managers_before, found.programme_before, found.managers, found.programme) == (
        -1,
        -2,
        -3,
        -4,
    )
    assert found.period == AUGUST


def test_a_month_is_held_against_the_one_before_where_that_has_a_report():
    figures = MonthFigures(
        period=Period(2026, 9),
        missing=(),
        complete=True,
        rows={},
        register=Register([]),
        before=(total(), warned(("A", "larm", -500_000))),
    )
    found = month_report(figures, ResultUnitSettings(), ()).since
    assert found.period == AUGUST
    assert [(unit.name, unit.level) for unit in found.units] == [("A", None)]
