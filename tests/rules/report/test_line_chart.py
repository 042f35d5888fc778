from itertools import pairwise

import pytest

from tasks.rules.report.line_chart import APART, BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, line_chart


def test_a_series_goes_from_left_to_right_and_zero_is_at_the_bottom():
    (line,) = line_chart({"a": [4.0, 2.0, 0.0]}).lines
    assert [point.x for point in line.points] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    assert line.points[-1].y == HEIGHT - BOTTOM
    assert line.points[0].y == TOP
    assert str(line.points[0]) == "44.0,16.0"


def test_names_stand_at_the_ends_of_their_lines_and_never_touch():
    chart = line_chart({"a": [1.0, 0.1], "b": [2.0, 0.11], "c": [3.0, 0.12]})
    heights = sorted(line.name_at.y for line in chart.lines)
    assert all(below - above >= APART for above, below in pairwise(heights))
    assert heights[-1] <= HEIGHT - BOTTOM
    assert {line.name_at.x for line in chart.lines} == {WIDTH - RIGHT + 10}


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0.0, 0.4), (0.4, 0.4), (0.41, 2.0), (2.0, 2.0), (2.1, 4.0), (4.4, 6.0), (17.0, 18.0)],
)
def test_the_grid_ends_at_an_even_figure(highest, top):
    grid = line_chart({"a": [highest]}).grid
    assert [value for value, _ in grid] == pytest.approx([top * part / 4 for part in range(5)])


def test_an_absent_month_is_passed_over_and_an_empty_series_is_not_drawn():
    chart = line_chart({"a": [1.0, None, 1.0], "b": [None, None, None]})
    assert [len(line.points) for line in chart.lines] == [2]
    assert [month for month, _ in chart.months] == [1, 2, 3]


def test_nothing_can_not_be_drawn():
    with pytest.raises(ValueError, match="no figure"):
        line_chart({"a": [None]})
