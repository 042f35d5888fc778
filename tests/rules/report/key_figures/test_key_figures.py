"""The key figures of the whole administration and of its areas."""

from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.report.key_figures.row import Costs, KeyFigure, LeftOut
from tasks.rules.signals.volume_signal import VolumeSignalSettings, unit_cost_signal
from tests.rules.report.key_figures.counting import (
    BEDS,
    CHILDREN,
    GRANTED,
    HOURS,
    ROOMS,
    counted,
    figures,
    money,
    months,
    place,
    volume,
    year,
)

WHOLE = "Hela förvaltningen"
NORTH, SOUTH = ("Norr", CHILDREN.name), ("Söder", CHILDREN.name)
EVERYBODY = (WHOLE, CHILDREN.name)


def unit(code, count=10, kr=1000, **others):
    return place(code, volume(count, **others), kr=money(kr))


def test_an_area_is_its_units_and_the_whole_is_all_of_them():
    found = figures(unit("n1", 10, 1000), unit("n2", 30, 5000), unit("s1", 10, 4000))
    assert {area: each.costs.each for (area, _), each in found.items()} == {
        WHOLE: 200, "Norr": 150, "Söder": 400,
    }  # fmt: skip
    assert [(each.code, each.area) for each in found.values()] == [
        (None, WHOLE), ("V1", "Norr"), ("V2", "Söder"),
    ]  # fmt: skip
    whole = found[EVERYBODY]
    assert (whole.costs.counted, whole.of, whole.one, whole.is_monthly) == (3, 3, "barn", True)
    assert whole.costs.planned_each == 120
    assert (whole.counts.mean, whole.counts.planned, whole.counts.mean_before) == (50, 30, 24)


def test_children_are_never_added_to_hours():
    found = figures(unit("n1"), place("n2", volume(50, HOURS, planned=40), kr=money(2000)))
    assert found[NORTH].costs.each == 100
    assert found["Norr", HOURS.name].costs.each == 40
    assert found["Norr", HOURS.name].is_monthly is False
    assert found["Norr", HOURS.name].counts.planned == 40


def test_the_cost_is_the_one_that_the_signals_of_the_unit_tell():
    of = volume(year(9, 9, 9, None, 9, 9, 9, 12, 11), planned=year(*[10] * 9), before=months(8))
    kr = money(year(*range(900, 1800, 100)), months(1200), months(800))
    signal = unit_cost_signal(of.measured, kr.months, 9, VolumeSignalSettings()).reading
    costs = figures(place("n1", of, kr=kr))[NORTH].costs
    assert (costs.each, costs.planned_each, costs.each_before) == (
        signal.figure, signal.planned, signal.last_year,
    )  # fmt: skip


def test_of_a_whole_year_the_budgeted_cost_is_a_twelfth_of_the_volume_effects_price():
    december = Period(2026, 12)
    of = volume(months(9, 12), planned=months(10, 12), before=months(8, 12))
    kr = money(months(1000, 12), months(1200, 12), months(800, 12))
    (line,) = [
        each for (area, _), each in figures(place("n1", of, kr=kr), month=december).items() if area == "Norr"
    ]
    price = kr.year_budget / 10  # as tasks.rules.volumes.effects has it
    assert line.costs.planned_each * 12 == price


def test_who_has_no_cost_is_counted_and_still_has_volumes():
    found = figures(unit("n1"), unit("n2", year(10)), place("s1", volume(10), volume(9, HOURS), kr=money()))
    whole = found[EVERYBODY]
    assert (whole.costs.each, whole.costs.counted, whole.of) == (100, 1, 3)
    assert whole.left_out == (LeftOut("flera_matt", 1), LeftOut("utan_antal", 1))
    assert (found[SOUTH].costs.each, found[SOUTH].counts.mean) == (None, 10)
    assert whole.counts.mean == 20  # n2 counted only one month of nine


@pytest.mark.parametrize(
    ("absent", "costs", "counts"),
    [
        ({"planned": ()}, (100, None, 100, 1, 0, 1), (10, None, 8)),
        ({"before": ()}, (100, 120, None, 1, 1, 0), (10, 10, None)),
        ({"count": 0}, (None, None, None, 0, 0, 0), (0, 10, 8)),
        ({"count": ()}, (None, None, None, 0, 0, 0), (None, 10, 8)),
    ],
    ids=["no plan", "no last year", "nobody", "no volumes"],
)
def test_what_is_missing_is_missing_and_not_zero(absent, costs, counts):
    absent = {name: year(*value) if value == () else value for name, value in absent.items()}
    line = figures(place("n1", volume(**{"count": 10, **absent}), kr=money()))[NORTH]
    of = line.costs
    assert (
        of.each, of.planned_each, of.each_before, of.counted, of.with_plan, of.with_before,
    ) == costs  # fmt: skip
    assert (line.counts.mean, line.counts.planned, line.counts.mean_before) == counts


def test_a_delivered_mean_goes_before_the_months():
    line = figures(place("n1", volume(10, mean_so_far=Decimal("10.4"), mean_before=Decimal(9)), kr=money()))
    assert (line[NORTH].counts.mean, line[NORTH].counts.mean_before) == (Decimal("10.4"), 9)


@pytest.mark.parametrize("few", [1, 4])
def test_too_few_persons_are_in_no_figure_whatever_they_are(few):
    rest = [unit("n2", 20), unit("s1", 30)]
    hidden = figures(unit("n1", few, kr=700), *rest)
    assert hidden == figures(unit("n1", 3, kr=700), *rest)
    assert hidden[NORTH].costs.each == 50
    assert hidden[NORTH].left_out == (LeftOut("fa_personer", 1),)
    assert hidden[EVERYBODY].counts.mean == 50


def test_an_area_of_few_alone_is_hidden_but_for_its_plan():
    hidden = figures(unit("n1", 3), unit("s1", 30))[NORTH]
    assert (hidden.costs.each, hidden.costs.planned_each, hidden.costs.each_before) == ("doldt",) * 3
    assert (hidden.counts.mean, hidden.counts.planned, hidden.counts.mean_before) == ("doldt", 10, "doldt")
    assert (hidden.over_plan, hidden.over_before) == (None, None)


def test_how_far_the_cost_is_from_plan_and_last_year():
    line = figures(unit("n1", 10, 1320))[NORTH]
    assert (line.over_plan, line.over_before) == (10, 32)
    assert _line(Costs(Decimal(1), Decimal(0))).over_plan is None


def _line(costs):
    of = figures(unit("n1"))[NORTH]
    return KeyFigure(of.area, of.code, of.measure, of.one, True, costs, of.counts, of.use, 1)


# places: occupancy, empty, carried out
USES = {
    "children in places": ([(volume(9), volume(12, ROOMS))], 75, 3, None),
    "two units are added up": (
        [(volume(9), volume(10, ROOMS)), (volume(21), volume(20, ROOMS))], 100, 0, None,
    ),
    "more children than places": ([(volume(12), volume(10, ROOMS))], 120, -2, None),
    "planned places where no others are told": ([(volume(9, BEDS, planned=10),)], 90, 1, None),
    "places without a plan": ([(volume(9, BEDS, planned=year()),)], None, None, None),
    "hours of those granted": ([(volume(80, HOURS), volume(100, GRANTED))], None, None, 80),
    "no places": ([(volume(9),)], None, None, None),
    "no places in any month": ([(volume(9), volume(0, ROOMS))], None, None, None),
    "only the months that both are known in": (
        [(volume(year(*[9] * 5, 99)), volume(year(*[10] * 5), ROOMS))], 90, 1, None,
    ),
    "less than half of them": (
        [(volume(year(*[9] * 5)), volume(year(*[None] * 4, *[10] * 5), ROOMS))], None, None, None,
    ),
    "few places": ([(volume(6), volume(4, ROOMS))], None, None, None),
    "few children": ([(volume(4), volume(10, ROOMS))], None, None, None),
}  # fmt: skip


@pytest.mark.parametrize(("units", "occupancy", "empty", "carried_out"), USES.values(), ids=USES)
def test_how_much_is_used_of_what_there_is(units, occupancy, empty, carried_out):
    places = [place(code, *of, kr=money()) for code, of in zip(("n1", "n2"), units, strict=False)]
    use = next(iter(figures(*places).values())).use
    assert (use.occupancy, use.empty, use.carried_out) == (occupancy, empty, carried_out)


def test_what_is_used_says_how_many_units_it_is_of():
    found = figures(place("n1", volume(9), volume(12, ROOMS), kr=money()), unit("n2"))[EVERYBODY]
    assert (found.use.occupancy, found.use.counted, found.of) == (75, 1, 2)


def test_no_key_figures_of_nothing():
    assert figures() == {}
    assert counted() == []


def test_a_unit_in_no_area_is_only_in_the_whole():
    assert [area for area, _ in figures(unit("x1"))] == [WHOLE]
