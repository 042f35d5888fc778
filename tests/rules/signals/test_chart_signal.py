from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.signals.chart_signal import ChartSettings, latest_signal
from tasks.rules.signals.control_chart import control_chart
from tasks.rules.thresholds import UnusableThresholdError

EVERY = ("point", "two_of_three", "mean_of_three")
DEFAULT = ChartSettings()
CALM = [10.0, 12.0] * 6
"""Mean 11, moving ranges 2: plain limits 11 ± 5.32, widened 11 ± 6.384."""


def signal(*latest, rules=EVERY, base=CALM, **settings):
    """Read the chart of many calm months and some latest ones, so that these hardly move the limits."""
    return latest_signal([*base * 30, *latest], rules, ChartSettings(most_months=10_000, **settings))


@pytest.mark.parametrize(
    ("latest", "rule", "side"),
    [
        ([12, 10, 17.7], "point", 1),  # just over 11 + 6.4 and a little
        ([12, 10, 17.2], None, 0),  # over the plain limit, under the widened one
        ([10, 12, 4.3], "point", -1),
        ([16, 12, 16], "two_of_three", 1),  # the near line lies at 15.3
        ([6, 10, 6], "two_of_three", -1),
        ([16, 12, 15], None, 0),  # the month itself is not near
        ([16, 10, 16], None, 0),  # one of the three is on the other side
        ([15.2, 15.2, 15.2], "mean_of_three", 1),  # limit 11 + 0.62 · 6.4 = 15.0
        ([14.9, 14.9, 14.9], None, 0),
        ([6.8, 6.8, 6.8], "mean_of_three", -1),
        ([15.2, None, 15.2], None, 0),  # three known months in a row are needed
        ([12, 17.7, None], None, 0),  # only the latest month is assessed
    ],
)
def test_the_latest_month_is_held_against_widened_limits(latest, rule, side):
    found = signal(*latest)
    assert (found.rule, found.side) == (rule, side)


def test_only_the_rules_that_are_asked_for_are_met_and_the_first_is_told():
    assert signal(17.7, 17.7, 17.7).rule == "point"
    assert signal(17.7, 17.7, 17.7, rules=("mean_of_three",)).rule == "mean_of_three"
    assert signal(17.7, 17.7, 17.7, rules=()).rule is None


def test_a_mean_on_its_limit_is_inside_and_just_beside_it_is_not():
    even = {"base": [10.0, 12.0, 11.0], "mean_share": Decimal(0)}  # the limit lies on the mean itself
    assert signal(10, 12, 11, rules=("mean_of_three",), **even).side == 0
    assert signal(10, 12, 11.001, rules=("mean_of_three",), **even).side == 1
    assert signal(10, 12, 10.999, rules=("mean_of_three",), **even).side == -1


def test_the_figures_behind_a_signal_are_told():
    found = latest_signal([*CALM, 12.0], EVERY, DEFAULT)
    assert (found.months, found.latest, found.recent) == (13, 12, Decimal("11.3333"))
    assert found.usual == Decimal("11.0769")  # 144 / 13
    distance = Decimal("2.66") * Decimal("1.2") * Decimal(22) / 12  # eleven ranges of 2 and one of 0
    assert abs(found.limits.upper - found.usual - distance) < Decimal("0.001")
    assert abs(found.usual - found.limits.recent_lower - distance * Decimal("0.62")) < Decimal("0.001")
    assert found.limits.upper + found.limits.lower == pytest.approx(2 * found.usual, abs=Decimal("0.0002"))
    assert found.limits.recent_upper < found.limits.upper


@pytest.mark.parametrize(
    ("values", "months", "latest", "recent"),
    [
        ([], 0, None, None),
        ([5.0], 1, 5, None),
        ([5.0, 6.0, 7.0], 3, 7, 6),
        ([*CALM[:11]], 11, 10, Decimal("10.6667")),  # just too few
        ([None, *CALM[:11], None], 11, None, None),
    ],
)
def test_before_twelve_known_months_there_is_no_mean_to_compare_with(values, months, latest, recent):
    found = latest_signal(values, EVERY, DEFAULT)
    assert (found.months, found.latest, found.recent) == (months, latest, recent)
    assert (found.usual, found.limits, found.rule, found.side) == (None, None, None, 0)


def test_from_twelve_known_months_there_is_one_and_gaps_do_not_count():
    assert latest_signal(CALM, EVERY, DEFAULT).usual == 11
    assert latest_signal([*CALM[:6], None, *CALM[6:]], EVERY, DEFAULT).usual == 11


def test_a_constant_series_has_no_limits_and_gives_no_signal():
    found = latest_signal([7.0] * 20, EVERY, DEFAULT)
    assert (found.usual, found.limits, found.side) == (7, None, 0)


def test_the_oldest_months_are_left_out():
    found = latest_signal([1000.0, *CALM * 3], EVERY, DEFAULT)
    assert (found.months, found.usual) == (36, 11)


@pytest.mark.parametrize("values", [[float("nan")], [*CALM, float("inf")]])
def test_what_is_no_finite_number_is_refused(values):
    with pytest.raises(ValueError, match="finite number"):
        latest_signal(values, EVERY, DEFAULT)


@pytest.mark.parametrize(
    "settings",
    [
        {"limit_factor": Decimal(-1)},
        {"mean_share": Decimal("1.01")},
        {"fewest_months": 2},
        {"most_months": 11},
    ],
)
def test_settings_that_mean_nothing_are_refused(settings):
    with pytest.raises(UnusableThresholdError):
        ChartSettings(**settings)


@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=60))
def test_what_is_signalled_lies_beyond_the_limit_that_is_told(values):
    found = latest_signal(values, ("point", "mean_of_three"), DEFAULT)
    if found.rule == "point":
        assert found.latest >= found.limits.upper or found.latest <= found.limits.lower
    if found.rule == "mean_of_three":
        assert found.recent >= found.limits.recent_upper or found.recent <= found.limits.recent_lower
    if found.limits is not None:
        assert found.usual == pytest.approx(
            Decimal(control_chart(values[-36:]).mean[-1]), abs=Decimal("0.001")
        )
