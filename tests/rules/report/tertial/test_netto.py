"""The first table of the tertial report."""

from dataclasses import replace
from decimal import Decimal

from tasks.rules.report.driftbudget import ForecastRow, driftbudget
from tasks.rules.report.result_units import CarriedAmounts
from tasks.rules.report.tertial.netto import netto_table
from tasks.rules.report.tertial_tables import BudgetSide

COSTS = BudgetSide("kostnader", Decimal(2252), None, Decimal(51), Decimal(2294), Decimal(9))
INCOMES = BudgetSide("intakter", Decimal(-223), None, Decimal(-78), Decimal(-301), Decimal(0))
NOTHING = CarriedAmounts(None, None, None, None, None)
CARRIED = replace(NOTHING, carried_in=Decimal(-40), carried_out=Decimal(38))


def total(before=None, after=None):
    rows = [] if after is None else [ForecastRow("A", Decimal(100), Decimal(before), Decimal(after))]
    return driftbudget(rows).total


def test_the_net_is_of_costs_and_incomes_and_nobody_asked_is_not_zero():
    table = netto_table([COSTS, INCOMES], total(), NOTHING)
    assert table.net == BudgetSide("netto", Decimal(2029), None, Decimal(-27), Decimal(1993), Decimal(9))
    assert (table.before, table.carried_in, table.carried_out, table.after) == (Decimal(9), None, None, None)


def test_dispositions_are_what_the_areas_say_else_what_the_units_bring_and_take():
    by_areas = netto_table([COSTS, INCOMES], total(before=95, after=93), CARRIED)
    by_units = netto_table([COSTS, INCOMES], total(), replace(CARRIED, carried_out=Decimal(37)))
    assert (by_areas.before, by_areas.after) == (9, 11)
    assert (by_units.carried_in, by_units.carried_out, by_units.after) == (40, 37, 12)


def test_a_side_without_forecast_leaves_the_net_unknown():
    table = netto_table([COSTS, replace(INCOMES, forecast=None, deviation=None)], total(95, 93), CARRIED)
    assert (table.net.forecast, table.before, table.after) == (None, None, None)


def test_without_costs_and_incomes_there_is_no_table():
    assert netto_table([], total(95, 93), CARRIED) is None
