from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from notifications.charts import SHOWN_HEIGHT, SHOWN_WIDTH, YearChart, alt_text, draw, draw_all
from notifications.charts.canvas import Canvas, Ink
from notifications.charts.labels import LINE, Band, Point, Room, Words, apart, beside, wrapped
from notifications.charts.paper import GRID_LINES, HEIGHT, WIDTH, YEAR_BOTTOM, YEAR_TOP, middle, scale
from notifications.charts.picture import draw_figures, draw_frame
from notifications.charts.words import deficit_words, interval_words, number
from tests.worlds.examples import examples

OUTCOMES = (1.95, 1.87, 2.09, 1.95, 2.06, 2.19, 1.69, 1.88, 2.08)
BUDGETS = (1.9, 1.9, 2.0, 1.9, 2.0, 2.1, 1.7, 1.8, 2.0, 2.1, 2.0, 2.1)
ACCENT, BLUE, PALE, WHITE, AMBER = (
    (11, 61, 110),
    (11, 95, 174),
    (217, 230, 244),
    (255, 255, 255),
    (138, 90, 0),
)


def summed(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(value, 9) for value in accumulate(values))


NORR = YearChart(
    title="Ackumulerat underskott mot periodiserad budget",
    amounts_in="mnkr",
    decimals=1,
    month=9,
    outcomes=OUTCOMES,
    budgets=BUDGETS,
    outcome_to_date=summed(OUTCOMES),
    budget_to_date=summed(BUDGETS),
    forecast=24.32,
    lower=24.1,
    upper=24.5,
    limit=0.53,
    limit_text="gräns för larm vid årets slut 0,5 (2,25\u00a0%)",
)


def until(month: int, chart: YearChart = NORR, **changes: Any) -> YearChart:
    """Return a chart as it was when an earlier month closed."""
    series = {name: getattr(chart, name)[:month] for name in ("outcomes", "outcome_to_date")}
    return replace(chart, month=month, **(series | changes))


def times(factor: float, chart: YearChart = NORR, **changes: Any) -> YearChart:
    """Return a chart with every amount multiplied."""

    def each(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(each(one) for one in value)
        return None if value is None else value * factor

    names = (
        "outcomes",
        "budgets",
        "outcome_to_date",
        "budget_to_date",
        "forecast",
        "lower",
        "upper",
        "limit",
    )
    return replace(chart, **({name: each(getattr(chart, name)) for name in names} | changes))


YEAR = (*OUTCOMES, 2.2, 2.1, 2.25)
DECEMBER = replace(NORR, month=12, outcomes=YEAR, outcome_to_date=summed(YEAR))
SURPLUS = times(0.9, limit=None, budgets=BUDGETS, budget_to_date=summed(BUDGETS))
NOTHING = replace(NORR, outcomes=(None,) * 9, outcome_to_date=(None,) * 9)
CHARTS = {
    "deficit": NORR,
    "surplus": SURPLUS,
    "income unit": times(-1, limit=0.53),
    "january": until(1, lower=22.9, upper=25.6),
    "november": until(11, DECEMBER),
    "december": DECEMBER,
    "no interval": replace(NORR, lower=None, upper=None),
    "no forecast": replace(NORR, forecast=None),
    "no limit": replace(NORR, limit=None, limit_text=""),
    "in tkr": times(30, amounts_in="tkr", decimals=0),
    "two decimals": replace(NORR, decimals=2),
    "huge": times(4e6),
    "tiny": times(1e-7),
    "all zero": times(0),
    "long title": replace(NORR, title="Hur mycket har Förskolan Skogsbacken kostat " * 20),
    "one endless word": replace(NORR, title="å" * 5_000, limit_text="å" * 100),
    "line breaks and controls": replace(NORR, title="a\nb\x00c\ud800", limit_text="d\r\ne\u2028f"),
    "missing months": replace(NORR, outcome_to_date=(1.95, None, 5.91, None, None, None, 13.8, 15.68, 17.76)),
    "last month missing": replace(NORR, outcome_to_date=(*summed(OUTCOMES[:8]), None)),
    "no outcome": NOTHING,
    "no budget": replace(NORR, budgets=(None,) * 12, budget_to_date=(None,) * 12),
    "nothing at all": replace(NOTHING, budgets=(None,) * 12, budget_to_date=(None,) * 12, limit=None),
}


def picture(chart: YearChart) -> Image.Image:
    return Image.open(BytesIO(draw(chart)))


def colours(chart: YearChart) -> set[tuple[int, ...]]:
    return {colour for _, colour in picture(chart).convert("RGB").getcolors(1_000)}


def column(chart: YearChart, x: float, colour: tuple[int, ...]) -> list[int]:
    """Return the heights where the upper part's column has a colour."""
    pixels = np.asarray(picture(chart).convert("RGB"))[YEAR_TOP - 8 : YEAR_BOTTOM + 8, round(x)]
    return [int(y) + YEAR_TOP - 8 for y in np.flatnonzero((pixels == colour).all(axis=1))]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_chart_is_a_small_picture_with_a_palette_on_white(chart: YearChart) -> None:
    drawn = picture(chart)
    drawn.load()
    assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "P", (WIDTH, HEIGHT))
    assert drawn.size == (2 * SHOWN_WIDTH, 2 * SHOWN_HEIGHT)
    assert drawn.convert("RGB").getpixel((WIDTH - 1, HEIGHT - 1)) == WHITE
    assert len(draw(chart)) < 40_000


def test_the_same_chart_gives_the_same_bytes_alone_or_among_others() -> None:
    drawn = draw_all(CHARTS.values())
    assert drawn == {chart: draw(chart) for chart in CHARTS.values()}


def test_equal_charts_are_drawn_once() -> None:
    assert list(draw_all([NORR, DECEMBER, replace(NORR)])) == [NORR, DECEMBER]
    assert draw_all([]) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"month": 0},
        {"month": 13},
        {"outcomes": OUTCOMES[:8]},  # a closed month without a place
        {"outcome_to_date": (*OUTCOMES, 1.0)},
        {"budgets": BUDGETS[:11]},
        {"budget_to_date": ()},
        {"forecast": float("nan")},
        {"limit": float("inf")},
        {"budgets": (float("-inf"), *BUDGETS[1:])},
        {"upper": 1e9},  # a million milliards: an error somewhere
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(NORR, **changes)


# What the picture shows


def test_the_outcome_is_above_the_budget_for_a_deficit_and_below_for_a_surplus() -> None:
    deficit = column(NORR, middle(9), ACCENT)
    surplus = column(SURPLUS, middle(9), ACCENT)
    assert np.mean(deficit) == pytest.approx(YEAR_BOTTOM - (YEAR_BOTTOM - YEAR_TOP) * 0.46 / 1.0, abs=2)
    assert min(surplus) > YEAR_TOP + 20  # the budget is the topmost line


def test_an_income_unit_that_takes_in_too_little_has_a_deficit() -> None:
    poor = times(-1, limit=None, outcome_to_date=tuple(-value * 0.9 for value in summed(OUTCOMES)))
    assert min(column(poor, middle(9), ACCENT)) < YEAR_TOP + (YEAR_BOTTOM - YEAR_TOP) / 2


def test_a_missing_month_leaves_a_gap() -> None:
    assert column(NORR, middle(2), ACCENT)
    assert not column(CHARTS["missing months"], middle(2), ACCENT)
    assert not column(CHARTS["missing months"], middle(2) + 20, ACCENT)


def test_the_forecast_is_dashed_in_its_interval() -> None:
    start, end = round(middle(9)) + 12, round(middle(12))
    dashed = [bool(column(NORR, x, BLUE)) for x in range(start, end)]
    assert True in dashed
    assert False in dashed
    pale = column(NORR, end - 12, PALE)
    assert max(pale) - min(pale) == pytest.approx(0.4 * (YEAR_BOTTOM - YEAR_TOP), rel=0.15)


def test_what_is_not_known_is_not_drawn() -> None:
    assert PALE not in colours(CHARTS["no interval"])
    assert BLUE not in colours(CHARTS["no forecast"])
    assert AMBER not in colours(CHARTS["no limit"])
    assert not {PALE, BLUE} & colours(DECEMBER)
    assert {PALE, BLUE, AMBER, ACCENT} <= colours(NORR)


class Layers(Canvas):
    """Keeps each line of words and each line in a picture of its own."""

    def __init__(self) -> None:
        super().__init__(np.zeros((HEIGHT, WIDTH), np.uint8))
        self.written: list[tuple[str, np.ndarray]] = []

    def text(self, words: str, *place: Any, **how: Any) -> None:
        alone = Canvas.blank(WIDTH, HEIGHT)
        alone.text(words, *place, **how)
        self.written.append((words, alone._pixels > 0))

    @property
    def lines(self) -> np.ndarray:
        return self._pixels > 0


def crossings(chart: YearChart) -> list[str]:
    """Return the words that touch a line or other words, or leave the picture."""
    layers = Layers()
    draw_frame(layers, chart.amounts_in)
    draw_figures(layers, chart)
    taken, crossing = layers.lines.copy(), []
    for words, pixels in layers.written:
        if (taken & pixels).any() or pixels[:, -1].any():
            crossing.append(words)
        taken |= pixels
    return crossing


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_no_words_cross_a_line_or_other_words(chart: YearChart) -> None:
    assert crossings(chart) == []


amounts = st.floats(-3, 3).map(lambda value: round(value, 3))


@st.composite
def charts(draw_from: st.DrawFn) -> YearChart:
    month = draw_from(st.integers(1, 12))
    maybe = st.one_of(amounts, amounts, st.none())
    outcomes = draw_from(st.lists(maybe, min_size=month, max_size=month))
    budgets = draw_from(st.lists(amounts, min_size=12, max_size=12))
    sums = summed([value or 0 for value in outcomes])
    to_date = [None if value is None else total for value, total in zip(outcomes, sums, strict=True)]
    year = sum(budgets)
    return YearChart(
        title="Ackumulerat underskott mot periodiserad budget",
        **draw_from(
            st.sampled_from([{"amounts_in": "mnkr", "decimals": 2}, {"amounts_in": "tkr", "decimals": 0}])
        ),
        month=month,
        outcomes=tuple(outcomes),
        budgets=tuple(budgets),
        outcome_to_date=tuple(to_date),
        budget_to_date=summed(budgets),
        forecast=draw_from(st.none() | amounts.map(lambda value: year + value)),
        lower=draw_from(st.none() | amounts.map(lambda value: year + value - 3)),
        upper=draw_from(st.none() | amounts.map(lambda value: year + value + 3)),
        limit=draw_from(st.none() | st.floats(0, 2)),
        limit_text="gräns för larm vid årets slut 0,5 (2,25\u00a0%)",
    )


@settings(max_examples=examples(60))
@given(charts())
def test_in_any_chart_no_words_cross_a_line_or_other_words(chart: YearChart) -> None:
    assert crossings(chart) == []


# The axis


@pytest.mark.parametrize(
    ("values", "ticks", "decimals"),
    [
        ([], (0, 1), 0),
        ([0.0], (0, 1), 0),
        ([5e-324], (0, 1), 0),  # the smallest float
        ([1.0], (0, 0.5, 1.0), 1),
        ([0.82, 0.46], (0, 0.5, 1.0), 1),
        ([0.75], (0, 0.25, 0.5, 0.75), 2),
        ([1.1], (0, 0.5, 1.0, 1.5), 1),
        ([2.9], (0, 1, 2, 3), 0),
        ([3.0], (0, 1, 2, 3), 0),
        ([3.01], (0, 2, 4), 0),
        ([-0.3, 1.0], (-0.5, 0, 0.5, 1.0), 1),
        ([-1.5], (-1.5, -1.0, -0.5, 0), 1),
        ([14_510.0], (0, 5_000, 10_000, 15_000), 0),
        ([0.0004], (0, 0.0002, 0.0004), 4),
    ],
)
def test_an_axis_has_round_figures(values: list[float], ticks: tuple[float, ...], decimals: int) -> None:
    axis = scale(values, top=0, bottom=100)
    assert axis.ticks == pytest.approx(ticks)
    assert axis.decimals == decimals


@given(st.lists(st.floats(-1e9, 1e9), max_size=30))
def test_an_axis_spans_zero_and_all_values_with_few_lines(values: list[float]) -> None:
    axis = scale(values, top=0, bottom=100)
    assert 2 <= len(axis.ticks) <= GRID_LINES
    assert 0 in axis.ticks
    assert all(-1e-3 <= axis.y(value) <= 100.001 for value in (*values, 0))


# Where words stand


@given(
    st.lists(st.tuples(st.floats(0, 400), st.integers(1, 3)), max_size=4),
)
def test_labels_at_the_right_never_touch(wanted: list[tuple[float, int]]) -> None:
    tops = apart(wanted, Room(0, 100, 0, 400))
    boxes = sorted((top, top + lines * LINE) for top, (_, lines) in zip(tops, wanted, strict=True))
    assert all(below[0] >= above[1] for above, below in pairwise(boxes))
    assert all(bottom <= 400.001 for _, bottom in boxes)


def test_a_label_that_is_alone_stands_by_its_line() -> None:
    assert apart([(100, 2)], Room(0, 100, 0, 400)) == [100 - LINE]


def test_words_stand_to_the_right_and_below_where_nothing_is_in_the_way() -> None:
    place = beside(Point(100, 100), 50, [], Room(0, 400, 0, 400))
    assert place is not None
    assert place.x > 100
    assert place.y > 100


def test_words_have_no_place_where_everything_is_taken() -> None:
    everywhere = Band(0, 400, (0, 0), (400, 400))
    assert beside(Point(100, 100), 50, [everywhere], Room(0, 400, 0, 400)) is None
    assert beside(Point(100, 100), 500, [], Room(0, 400, 0, 400)) is None


def test_words_have_no_place_far_from_their_point() -> None:
    near = Band(0, 400, (0, 0), (160, 160))
    assert beside(Point(100, 100), 50, [near], Room(0, 400, 0, 400)) is not None
    far = Band(0, 400, (0, 0), (190, 190))
    assert beside(Point(100, 100), 50, [far], Room(0, 400, 0, 400)) is None


def test_words_are_broken_at_spaces_and_made_smaller_when_one_is_too_long() -> None:
    lines = wrapped(Words("prognos underskott 0,8", Ink.QUIET, 22), 200)
    assert [each.words for each in lines] == ["prognos", "underskott 0,8"]
    assert {each.size for each in lines} == {22}
    (long,) = wrapped(Words("e" * 30, Ink.QUIET, 22), 200)
    assert long.size < 22
    assert long.width <= 200
    assert wrapped(Words("", Ink.QUIET, 22), 200) == []


# Figures in words


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.85, 1, "0,9"),  # as a Decimal rounds half up, not as its binary neighbour
        (-0.85, 1, "−0,9"),
        (-0.04, 1, "0,0"),
        (1234567.0, 0, "1\u00a0234\u00a0567"),
        (2.5, 0, "3"),
    ],
)
def test_a_number_is_written_in_swedish(value: float, decimals: int, written: str) -> None:
    assert number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.82, "mnkr", "underskott 0,8"),
        (-0.82, "mnkr", "överskott 0,8"),
        (0.1, "mnkr", "underskott 0,1"),
        (0.0999, "mnkr", "underskott 0,1"),
        (0.0499, "mnkr", "underskott 50 tkr"),
        (0.0005, "mnkr", "underskott 1 tkr"),
        (0.00049, "mnkr", "i balans"),
        (0.0, "mnkr", "i balans"),
        (310.4, "tkr", "underskott 310"),
        (-0.5, "tkr", "överskott 1"),
        (0.49, "tkr", "i balans"),
    ],
)
def test_a_deficit_is_a_word_and_never_a_sign(value: float, unit: Any, said: str) -> None:
    chart = replace(NORR, amounts_in=unit, decimals=1 if unit == "mnkr" else 0)
    assert deficit_words(value, chart).replace("\u00a0", " ") == said


def test_a_half_is_rounded_as_in_the_mail_though_floats_are_subtracted() -> None:
    chart = replace(NORR, forecast=24.25, budget_to_date=(*NORR.budget_to_date[:11], 23.6))
    assert chart.year_deficit == 0.65  # 24.25 − 23.6 is 0.6499999999999986
    assert "underskott 0,7" in alt_text(chart).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("forecast", "lower", "upper", "said"),
    [
        (24.32, 24.1, 24.5, "troligen 0,6–1,0"),
        (22.7, 22.5, 23.0, "troligen 0,5–1,0"),  # a surplus too is told from the smaller
        (23.7, 23.2, 24.0, "troligen överskott 0,3 till underskott 0,5"),
        (23.54, 23.51, 23.58, "troligen 10–80 tkr"),
        (23.9, 23.54, 24.4, "troligen 40–900 tkr"),
        (23.6, 23.5, 24.0, "troligen i balans till underskott 0,5"),
        (23.5, 23.5, 23.5, "troligen i balans"),
        (24.32, None, 24.5, ""),
        (None, 24.1, 24.5, ""),
    ],
)
def test_an_interval_is_told_with_words_where_they_differ(
    forecast: float | None, lower: float | None, upper: float | None, said: str
) -> None:
    chart = replace(NORR, forecast=forecast, lower=lower, upper=upper)
    assert interval_words(chart).replace("\u00a0", " ") == said


TOLD = {
    "deficit": (
        "Diagram. Ackumulerat underskott mot periodiserad budget. "
        "Utfall till och med september 17,8 mnkr mot budget 17,3 mnkr: underskott 0,5 mnkr. "
        "Helårsprognos 24,3 mnkr mot budget 23,5 mnkr: underskott 0,8 mnkr, troligen 0,6–1,0 mnkr. "
        "Gräns för larm vid årets slut 0,5 (2,25 %). Utfall i september 2,1 mnkr mot budget 2,0 mnkr."
    ),
    "two decimals": (
        "Diagram. Ackumulerat underskott mot periodiserad budget. "
        "Utfall till och med september 17,76 mnkr mot budget 17,30 mnkr: underskott 0,46 mnkr. "
        "Helårsprognos 24,32 mnkr mot budget 23,50 mnkr: underskott 0,82 mnkr, troligen 0,60–1,00 mnkr. "
        "Gräns för larm vid årets slut 0,5 (2,25 %). Utfall i september 2,08 mnkr mot budget 2,00 mnkr."
    ),
    "no outcome": (
        "Diagram. Ackumulerat underskott mot periodiserad budget. "
        "Utfall mot periodiserad budget: uppgift saknas. "
        "Helårsprognos 24,3 mnkr mot budget 23,5 mnkr: underskott 0,8 mnkr, troligen 0,6–1,0 mnkr. "
        "Gräns för larm vid årets slut 0,5 (2,25 %). Utfall i september uppgift saknas mot budget 2,0 mnkr."
    ),
    "december": (
        "Diagram. Ackumulerat underskott mot periodiserad budget. "
        "Utfall till och med december 24,3 mnkr mot budget 23,5 mnkr: underskott 0,8 mnkr. "
        "Gräns för larm vid årets slut 0,5 (2,25 %). Utfall i december 2,3 mnkr mot budget 2,1 mnkr."
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_the_alt_text_tells_the_same_figures(name: str) -> None:
    assert alt_text(CHARTS[name]).replace("\u00a0", " ") == TOLD[name]
