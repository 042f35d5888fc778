from decimal import Decimal

import pytest

from tasks.rules.declaration import Volume
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.volumes.rows import counted_volumes
from tasks.rules.volumes.volumes import EVEN, NOTHING
from tests.rules.delivered_rows import LAST, delivered, register, unit

CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
DECLARED = {CHILDREN.name: CHILDREN}
REGISTER = register(unit("101"), unit("102"))


def count(month, outcome, planned=40, code="101", name=CHILDREN.name, year=2026, row=2, **others):
    return delivered(Period(year, month), code, name, row, utfall=outcome, planerat=planned, **others)


def volumes(*rows, known=REGISTER, period=LAST, tariffs=None):
    found = counted_volumes(rows, known, period, DECLARED, tariffs or {})
    return {code: {each.measured.name: each for each in counted} for code, counted in found.items()}


def one(*rows, **others):
    return volumes(*rows, **others)["101"][CHILDREN.name]


def twelve(**months):
    """Return twelve months of which some are known: m1=38."""
    return tuple(months.get(f"m{month}") for month in range(1, 13))


def test_a_measure_has_its_months_of_this_and_last_year():
    found = one(count(8, 37), count(9, 38, planned=41), count(9, 35, year=2025))
    assert found.measured.name == CHILDREN.name
    assert found.measured.declared is CHILDREN
    assert found.measured.outcome == found.readings == twelve(m8=37, m9=38)
    assert found.measured.planned == twelve(m8=40, m9=41)
    assert found.measured.last_year == twelve(m9=35)
    assert (found.measured.tariff, found.measured.season) == (None, None)


def test_last_years_mean_of_the_same_months_fills_those_that_nobody_delivered():
    found = one(count(9, 404, snitt_hittills=400, snitt_foregaende_ar=300))
    assert found.measured.last_year == (*[Decimal(300)] * 9, None, None, None)
    assert (found.mean_so_far, found.mean_before) == (400, 300)


def test_a_delivered_mean_is_that_of_every_unit_that_became_this_one():
    known = register(unit("101", replaces=("102",)))
    means = {"snitt_hittills": 40, "snitt_foregaende_ar": 30}
    found = one(count(9, 40, **means), count(9, 44, code="102", **means), known=known)
    assert (found.mean_so_far, found.mean_before) == (80, 60)
    assert one(count(9, 40), count(9, 44, code="102", **means), known=known).mean_so_far is None


def test_the_rows_of_both_years_are_told_in_their_order():
    found = one(count(9, 38, row=7), count(2, 36), count(9, 35, year=2025), count(9, 33, year=2024))
    assert found.rows == ((202509, 2, 2), (202602, 2, 2), (202609, 7, 7))


def test_a_tariff_is_the_measures():
    assert one(count(9, 38), tariffs={CHILDREN.name: Decimal(150_000)}).measured.tariff == 150_000
    assert one(count(9, 38), tariffs={"Annat": Decimal(1)}).measured.tariff is None


def test_an_unknown_measure_is_kept_without_a_declaration():
    assert volumes(count(9, 38, name="X"))["101"]["X"].measured.declared is None


def test_the_mean_so_far_fills_the_months_before_but_not_the_readings():
    found = one(count(9, 404, snitt_hittills=400))
    assert found.measured.outcome == (*[Decimal("399.5")] * 8, 404, None, None, None)
    assert found.readings == twelve(m9=404)


def test_a_mean_is_not_that_of_the_units_that_one_continues():
    merged = register(
        unit("a", valid_to=LAST.plus(-1).last_day), unit("101", valid_from=LAST.first_day, replaces=("a",))
    )
    rows = [count(8, 500, code="a"), count(9, 404, snitt_hittills=400)]
    assert one(*rows, known=merged).measured.outcome == twelve(m8=500, m9=404)


def test_two_units_that_have_become_one_are_added_up_and_half_of_them_is_missing():
    merged = register(
        unit("a", valid_to=LAST.plus(-1).last_day),
        unit("b", valid_to=LAST.plus(-1).last_day),
        unit("101", valid_from=LAST.first_day, replaces=("a", "b")),
    )
    rows = [
        count(7, 20, code="a"), count(7, 22, code="b"),
        count(8, 20, code="a"), count(8, None, code="b"),
        count(9, 43),
    ]  # fmt: skip
    found = one(*rows, known=merged)
    assert found.measured.outcome == twelve(m7=42, m9=43)
    assert len(found.rows) == 5


def test_a_closed_unit_counts_nothing_any_more():
    closed = register(unit("101", valid_to=LAST.plus(-1).last_day), unit("102"))
    assert set(volumes(count(8, 38), count(9, 38, code="102"), known=closed)) == {"102"}


def test_an_area_needs_no_register():
    assert set(volumes(count(9, 3800, code="Förskola"))) == {"Förskola"}
    assert set(volumes(count(9, 3800, code="Förskola"), known=Register([]))) == {"Förskola"}


def test_what_was_counted_last_year_only_is_not_told():
    assert volumes(count(9, 38, year=2025)) == {}


def test_a_month_does_not_know_what_came_after_it():
    rows = [count(8, 37), count(9, 38)]
    assert volumes(*rows, count(10, 80), period=LAST) == volumes(*rows, period=LAST)


def spring(code, year=2025, of=CHILDREN.name):
    """Make a year with a tenth more in the spring."""
    return [count(month, 44 if month < 7 else 36, code=code, year=year, name=of) for month in range(1, 13)]


def test_the_season_of_a_measure_is_that_of_all_who_counted_it_before():
    found = one(count(9, 38), *spring("102"), *spring("Förskola", 2024))
    assert found.measured.season == (Decimal("1.1"),) * 6 + (Decimal("0.9"),) * 6
    assert one(count(9, 38), *spring("102", of="Annat")).measured.season is None
    assert one(count(9, 38), *spring("102", year=2026)).measured.season is None


def test_a_season_is_of_nobody_who_is_hidden_whose_months_would_follow_from_it():
    rows = [count(9, 38), *spring("102")]
    hidden = counted_volumes(rows, REGISTER, LAST, DECLARED, {}, {("102", CHILDREN.name)})
    assert hidden["101"][0].measured.season is None


def test_a_year_that_is_even_has_no_season():
    even = [count(month, 40, code="102", year=2025) for month in range(1, 13)]
    assert one(count(9, 38), *even).measured.season == EVEN


@pytest.mark.parametrize("rows", [[], [count(10, 38)]])
def test_nothing_is_counted_where_nothing_is_delivered(rows):
    assert volumes(*rows) == {}


def test_a_row_without_figures_has_a_missing_month_and_not_zero():
    found = one(count(9, None, planned=None))
    assert (found.measured.outcome, found.measured.planned) == (NOTHING, NOTHING)
