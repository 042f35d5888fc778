import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.signals.control_chart import (
    SpecialCause,
    control_chart,
    near_limits,
    outside_limits,
    part_of_seven,
    part_of_two_of_three,
    seven_on_one_side,
    seven_point_trend,
    sides_of_mean,
    two_of_three,
)

FOLDER = Path(__file__).parents[2] / "reference" / "spc"
CALM = [9, 11, 10, 9, 11, 10, 9, 11, 10, 9, 11, 10]
NUMBERS = st.floats(-1e9, 1e9)


def rows_of(name):
    with (FOLDER / f"xmr_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES, POINTS, EXPECTED = rows_of("cases"), rows_of("input"), rows_of("expected")
WORDS = {
    "Above UCL": SpecialCause("outside", 1),
    "Below LCL": SpecialCause("outside", -1),
    "7 Point Trend (Increasing)": SpecialCause("trend", 1),
    "7 Point Trend (Decreasing)": SpecialCause("trend", -1),
    "2 in 3 Above CL": SpecialCause("two_of_three", 1),
    "2 in 3 Below CL": SpecialCause("two_of_three", -1),
    "7 Points Above CL": SpecialCause("one_side", 1),
    "7 Points Below CL": SpecialCause("one_side", -1),
    "Common Cause": None,
}


@pytest.mark.parametrize("case", CASES, ids=[case["case_id"] for case in CASES])
def test_every_point_of_the_reference_comes_out_equal(case):
    points = [row for row in POINTS if row["case_id"] == case["case_id"]]
    expected = [row for row in EXPECTED if row["case_id"] == case["case_id"]]
    chart = control_chart(
        [float(row["y"]) for row in points],
        improvement=case["improvement_direction"],
        screen_outliers=case["screen_outliers"] == "TRUE",
        rebase_at=[place for place, row in enumerate(points) if row["rebase"] == "1"],
        fix_after=int(case["fix_after_n"]) if case["fix_after_n"] else None,
    )
    assert len(expected) == int(case["n"])
    for figures, column in ((chart.mean, "mean"), (chart.lower, "lpl"), (chart.upper, "upl")):
        assert figures == pytest.approx([float(row[column]) for row in expected], abs=1e-9, rel=0)
    assert list(chart.point_type) == [row["point_type"] for row in expected]
    assert list(chart.cause) == [WORDS[row["special_cause_type"]] for row in expected]
    assert sum(cause is not None for cause in chart.cause) == int(case["n_special"])


def test_the_reference_holds_every_kind_of_cause_but_two():
    seen = {row["special_cause_type"] for row in EXPECTED}
    assert WORDS.keys() - seen == {"7 Point Trend (Decreasing)", "7 Points Below CL"}  # tested by their rules


HELPERS = {  # the reference answers two of them without a side
    "seven_one_side": lambda row: map(abs, seven_on_one_side(row["v"])),
    "part_of_seven": lambda row: map(abs, part_of_seven(row["v"])),
    "seven_trend": lambda row: seven_point_trend(row["v"]),
    "two_in_three": lambda row: map(abs, two_of_three(row["v"], row["rtm"])),
}


@pytest.mark.parametrize("row", rows_of("rule_helpers"), ids=lambda row: f"{row['fn']} {row['v']}")
def test_the_rules_answer_as_the_reference_helpers(row):
    numbers = {name: [int(each) for each in row[name].split()] for name in ("v", "rtm", "expected")}
    assert list(HELPERS[row["fn"]](numbers)) == numbers["expected"]


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        ([10.01, 9.99, 10], [1, -1, 0]),  # just over, just under, exactly
        ([None, 5], [0, -1]),
        ([], []),
    ],
)
def test_a_point_on_the_mean_is_on_neither_side(values, sides):
    assert sides_of_mean(values, 10.0) == sides


OUTSIDE = {
    "just over the upper": (8.01, 1),
    "exactly on the upper": (8, 0),
    "exactly on the lower": (2, 0),
    "just under the lower": (1.99, -1),
    "missing": (None, 0),
}


@pytest.mark.parametrize(("value", "side"), OUTSIDE.values(), ids=OUTSIDE)
def test_a_point_beyond_a_limit_is_outside(value, side):
    assert outside_limits([value], (2, 8)) == [side]
    assert outside_limits([value], None) == [0]


@pytest.mark.parametrize(
    ("value", "outside", "side"),
    [(7.01, 0, 1), (7, 0, 0), (2.99, 0, -1), (3, 0, 0), (9, 1, 0), (None, 0, 0)],
)
def test_a_point_beyond_a_near_line_is_near_unless_it_is_outside(value, outside, side):
    assert near_limits([value], (3, 7), [outside]) == [side]


TRENDS = {
    "seven up": ([1, 2, 3, 4, 5, 6, 7], [0] * 6 + [1]),
    "eight down": ([8, 7, 6, 5, 4, 3, 2, 1], [0] * 6 + [-1, -1]),
    "six up": ([1, 2, 3, 4, 5, 6], [0] * 6),
    "a tie breaks it": ([1, 2, 3, 4, 4, 5, 6, 7], [0] * 8),
    "a gap breaks it": ([1, 2, 3, None, 5, 6, 7, 8], [0] * 8),
    "a turn breaks it": ([1, 2, 3, 4, 5, 6, 5], [0] * 7),
}


@pytest.mark.parametrize(("values", "ends"), TRENDS.values(), ids=TRENDS)
def test_seven_points_that_rise_or_fall_all_the_way_are_a_trend(values, ends):
    assert seven_point_trend(values) == ends


@pytest.mark.parametrize(
    ("sides", "ends"),
    [
        ([1] * 7, [0] * 6 + [1]),
        ([-1] * 8, [0] * 6 + [-1, -1]),
        ([1] * 6, [0] * 6),
        ([1] * 3 + [0] + [1] * 4, [0] * 8),  # one on the mean, or missing
        ([1] * 6 + [-1], [0] * 7),
    ],
)
def test_seven_points_on_one_side_are_a_run(sides, ends):
    assert seven_on_one_side(sides) == ends


def test_all_seven_points_of_a_trend_are_marked_by_its_direction_and_the_later_one_at_a_turn():
    up_and_down = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert part_of_seven(seven_point_trend(up_and_down)) == [1] * 6 + [-1] * 7
    assert part_of_seven([0] * 7 + [1]) == [0] + [1] * 7


TWO_OF_THREE = {
    "two near and one between": ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
    "two near on the low side": ([-1, -1, 0], [-1, -1, -1], [-1, -1, 0]),
    "one near": ([0, 1, 0], [1, 1, 1], [0, 0, 0]),
    "the third is on the other side": ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
    "the third is missing": ([1, 0, 1], [1, 0, 1], [0, 0, 0]),
    "only two points": ([1, 1], [1, 1], [0, 0]),
}


@pytest.mark.parametrize(("near", "sides", "marked"), TWO_OF_THREE.values(), ids=TWO_OF_THREE)
def test_two_of_three_near_a_limit_on_one_side_are_marked(near, sides, marked):
    assert part_of_two_of_three(near, sides) == marked


@pytest.mark.parametrize(
    ("improvement", "high", "low"),
    [
        ("increase", "special_cause_improvement", "special_cause_concern"),
        ("decrease", "special_cause_concern", "special_cause_improvement"),
        ("neutral", "special_cause_neutral_high", "special_cause_neutral_low"),
    ],
)
def test_a_cause_is_good_or_bad_by_the_direction_of_improvement(improvement, high, low):
    chart = control_chart([*CALM, 20, 10, 0], improvement=improvement)
    assert (chart.point_type[12], chart.point_type[13], chart.point_type[14]) == (high, "common_cause", low)


def test_the_highest_ranked_rule_is_told_in_words():
    rising = control_chart([*CALM, 9, 9.3, 9.6, 9.9, 10.2, 10.5, 30])
    assert rising.cause[-1].words == "värdet ligger över den övre gränsen"  # and part of a trend
    assert rising.cause[-2].words == "sju värden i rad stiger"
    runs = control_chart([*CALM, 9.5, 9.4, 9.5, 9.4, 9.5, 9.4, 9.5], fix_after=12)
    assert runs.cause[-1].words == "sju värden i rad ligger under medelvärdet"
    low = control_chart([*CALM, 7, 9, 7], fix_after=12)
    assert low.cause[-1].words == "två av tre värden i rad ligger nära den nedre gränsen"


def test_a_new_chart_starts_at_each_rebase():
    raised = [value + 10 for value in CALM]
    chart = control_chart([*CALM, *raised], rebase_at=[12])
    alone = control_chart(CALM)
    assert chart.mean == alone.mean + tuple(mean + 10 for mean in alone.mean)
    assert chart.upper[12:] == pytest.approx([upper + 10 for upper in alone.upper])
    assert set(chart.point_type) == {"common_cause"}
    assert {cause.rule for cause in control_chart([*CALM, *raised]).cause} == {"outside"}


def test_no_trend_or_run_goes_over_a_rebase():
    rising = [1, 2, 3, 4, 5, 6, 7, 8]
    assert control_chart(rising).cause[-1] is not None
    assert set(control_chart(rising, rebase_at=[4]).cause) == {None}


def test_the_order_and_number_of_rebases_and_a_first_one_make_no_difference():
    values = [*CALM, *CALM, *CALM]
    assert control_chart(values, rebase_at=[24, 0, 12, 24]) == control_chart(values, rebase_at=(12, 24))


def test_limits_are_locked_after_the_first_points_of_each_chart():
    later = [14, 15, 14, 15]
    locked = control_chart([*CALM, *later], fix_after=12)
    assert (locked.mean[-1], locked.upper[-1]) == (control_chart(CALM).mean[0], control_chart(CALM).upper[0])
    twice = control_chart([*CALM, *later, *CALM, *later], rebase_at=[16], fix_after=12)
    assert twice.mean == locked.mean * 2
    assert control_chart(CALM, fix_after=13) == control_chart(CALM)  # not so many yet


def test_screening_drops_a_large_range_from_the_limits_once_and_its_value_never_from_the_mean():
    values = [*CALM, 40, *CALM]
    screened, whole = control_chart(values), control_chart(values, screen_outliers=False)
    assert screened.mean == whole.mean
    assert screened.upper[0] < whole.upper[0]


@pytest.mark.parametrize("screen", [True, False])
@given(value=NUMBERS, count=st.integers(1, 30))
def test_a_constant_series_has_its_value_as_mean_no_limits_and_only_common_causes(screen, value, count):
    chart = control_chart([value] * count, screen_outliers=screen)
    assert chart.mean == (value,) * count
    assert set(chart.lower) == set(chart.upper) == {None}
    assert set(chart.point_type) == {"common_cause"}


def test_what_leaves_a_constant_first_part_can_still_be_a_run():
    chart = control_chart([10] * 12 + [11] * 7, fix_after=12)
    assert (chart.mean[-1], chart.upper[-1]) == (10, None)
    assert chart.cause[-1] == SpecialCause("one_side", 1)


def test_an_empty_series_is_an_empty_chart():
    chart = control_chart([])
    assert chart.mean == chart.lower == chart.upper == chart.point_type == chart.cause == ()


def test_a_missing_value_is_a_gap_and_never_zero():
    chart = control_chart([10, None, 12, 11, 12])
    assert chart.mean == (11.25,) * 5
    assert chart.upper[0] == pytest.approx(11.25 + 2.66)  # of the ranges 1 and 1, none of them over the gap
    assert (chart.point_type[1], chart.cause[1]) == (None, None)


def test_nothing_but_missing_values_has_neither_mean_nor_types():
    chart = control_chart([None, None])
    assert chart.mean == chart.lower == chart.upper == chart.point_type == (None, None)


def test_decimals_are_taken_as_numbers():
    assert control_chart([Decimal("1.5"), Decimal("2.5")]) == control_chart([1.5, 2.5])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e101, Decimal("NaN")])
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(ValueError, match=r"value 1 is .*: a missing value is None"):
        control_chart([1.0, value])


@pytest.mark.parametrize("rebase_at", [[-1], [3], [1, 7]])
def test_a_rebase_beside_the_values_is_refused(rebase_at):
    with pytest.raises(ValueError, match="lies beside the 3 values"):
        control_chart([1, 2, 3], rebase_at=rebase_at)


@pytest.mark.parametrize("fix_after", [1, 0, -1])
def test_limits_of_fewer_than_two_points_are_refused(fix_after):
    with pytest.raises(ValueError, match=f"fix_after is {fix_after}"):
        control_chart([1, 2, 3], fix_after=fix_after)
    assert control_chart([1, 2, 3], fix_after=2).upper[0] == pytest.approx(1.5 + 2.66)


def test_another_direction_of_improvement_is_refused():
    with pytest.raises(ValueError, match="improvement is 'up'"):
        control_chart([1, 2, 3], improvement="up")


@given(st.lists(st.none() | NUMBERS, max_size=40), st.data())
def test_every_figure_is_finite_and_every_known_point_has_a_type(values, data):
    edges = data.draw(st.lists(st.integers(0, max(0, len(values) - 1)), max_size=3)) if values else []
    chart = control_chart(values, rebase_at=edges, fix_after=data.draw(st.none() | st.integers(2, 12)))
    for figures in (chart.mean, chart.lower, chart.upper):
        assert all(figure is None or abs(figure) < 1e12 for figure in figures)
    assert [each is None for each in chart.point_type] == [value is None for value in values]


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=40))
def test_a_chart_upside_down_has_its_causes_on_the_other_side(values):
    up, down = control_chart(values), control_chart([-value for value in values])
    flipped = [cause and SpecialCause(cause.rule, -cause.side) for cause in up.cause]
    assert list(down.cause) == flipped
