from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.json_keys import to_json
from tasks.rules.report.month_figures import MonthFigures
from tasks.rules.report.month_report import month_report
from tasks.rules.report.result_units import ResultUnit, ResultUnitSettings, carry_over, result_units
from tasks.rules.thresholds import UnusableThresholdError
from tests.rules.delivered_files import REGISTER, SEPTEMBER
from tests.rules.published_month import EXPECTED, in_mnkr, kr, rows_of
from tests.rules.report.goals.rows import delivered

DEFAULT = ResultUnitSettings()
KRONOR = st.decimals(-(10**9), 10**9, places=2)


@pytest.fixture(scope="module")
def published():
    units = [
        ResultUnit(
            unit=each["enhet"],
            name=each["namn"],
            gross_budget=kr(each["bruttobudget_mnkr"]),
            carried_in=kr(each["overforing_fran_foregaende_ar_mnkr"]),
            result=kr(each["resultat_mnkr"]),
        )
        for each in rows_of("resultatenheter")
    ]
    return result_units(units, DEFAULT)


def test_the_published_units_come_out_as_printed(published):
    for unit in published.units:
        printed = EXPECTED["resultatenheter"][unit.unit]
        assert in_mnkr(unit.amounts.yearly_limit) == printed["fem_procent"]
        assert in_mnkr(unit.amounts.carried_out) == printed["overforing_till_nasta_ar"]
    assert len(published.units) == len(EXPECTED["resultatenheter"]) - 1  # and the sum


def test_the_published_sum_comes_out_as_printed(published):
    printed, total = EXPECTED["resultatenheter"]["summa"], published.total.amounts
    assert in_mnkr(total.gross_budget) == printed["bruttobudget"]
    assert in_mnkr(total.yearly_limit) == printed["fem_procent"]
    assert in_mnkr(total.carried_in) == printed["overforing_fran_foregaende_ar"]
    assert in_mnkr(total.result) == printed["resultat"]
    assert in_mnkr(total.carried_out) == printed["overforing_till_nasta_ar"]
    assert published.total.counted == len(published.units)


@pytest.mark.parametrize(
    ("carried_in", "result", "carried_out"),
    [
        (0, 0, 0),
        (0, -50, 50),  # exactly 5 % of 1 000
        (0, -51, 50),  # a larger surplus stays with the board
        (0, 50, -50),
        (0, 51, -50),  # so does a larger deficit
        (-30, 10, 20),  # a deficit eats of what was saved
        (-60, -50, 100),  # 110 saved, but the fund holds 10 %
        (-100, 0, 100),
        (-101, 0, 100),
        (200, -10, -190),  # an old deficit has no ceiling
    ],
)
def test_a_unit_carries_its_result_within_the_limits(carried_in, result, carried_out):
    assert carry_over(Decimal(1000), Decimal(carried_in), Decimal(result), DEFAULT) == carried_out


def test_the_percentages_are_settings():
    settings = ResultUnitSettings(yearly_percent=Decimal(2), fund_percent=Decimal(3))
    assert carry_over(Decimal(1000), Decimal(0), Decimal(-90), settings) == 20
    assert carry_over(Decimal(1000), Decimal(-25), Decimal(-90), settings) == 30


@pytest.mark.parametrize("missing", ["gross_budget", "carried_in", "result"])
def test_a_unit_with_a_missing_figure_has_no_carry_over_and_is_not_summed(missing):
    known = {"gross_budget": Decimal(1000), "carried_in": Decimal(-10), "result": Decimal(5)}
    whole = ResultUnit("a", "A", **known)
    section = result_units([whole, ResultUnit("b", "B", **known | {missing: None})], DEFAULT)
    assert section.units[1].amounts.carried_out is None
    assert (section.total.amounts.carried_out, section.total.amounts.gross_budget, section.total.counted) == (
        5,
        1000,
        1,
    )


def test_the_yearly_limit_is_shown_even_where_the_result_is_missing():
    section = result_units([ResultUnit("a", "A", Decimal(1000), None, None)], DEFAULT)
    assert section.units[0].amounts.yearly_limit == 50
    assert section.total.amounts.yearly_limit is None


@pytest.mark.parametrize(("yearly", "fund"), [(-1, 10), (5, 101)])
def test_percentages_out_of_range_are_refused(yearly, fund):
    with pytest.raises(UnusableThresholdError):
        ResultUnitSettings(Decimal(yearly), Decimal(fund))


@given(st.decimals(0, 10**9, places=2), KRONOR, KRONOR)
def test_nobody_carries_more_than_the_fund_holds_or_moves_more_than_a_year_allows(budget, carried_in, result):
    carried_out = carry_over(budget, carried_in, result, DEFAULT)
    assert carried_out <= budget / 10
    assert carried_out >= min(-carried_in - budget / 20, budget / 10)
    assert carried_out <= -carried_in + budget / 20


def test_a_unit_tells_its_group_and_whether_its_own_doing_led_to_the_result():
    file = "ar;enhet;bruttobudget;overforing_fran_foregaende_ar;resultat;eget_handlande;grupp\n"
    rows = delivered(
        "resultatenheter", file + "2026;E1;100;0;1;ja;Förskolor\n2026;E2;100;0;1;nej;\n2026;E3;1;0;1;;\n"
    )
    made = MonthFigures(SEPTEMBER, [], True, {"resultatenheter": rows}, REGISTER)
    units = month_report(made, ResultUnitSettings(), []).result_units.units
    assert [(unit.own_action, unit.group) for unit in units] == [
        (True, "Förskolor"),
        (False, None),
        (None, None),
    ]
    assert "eget_handlande" not in to_json(units[2])
