from datetime import date

from tasks.calendar import swedish_free_days, working_calendar
from tasks.rules.periods import add_working_days


def test_a_year_has_sixteen_free_days_and_the_great_eves_are_among_them():
    days = swedish_free_days([2026])
    assert len(days) == 16
    assert {date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)} <= days


def test_half_days_and_ordinary_sundays_are_not_free_days():
    days = swedish_free_days([2026])
    assert not days & {date(2026, 1, 5), date(2026, 4, 2), date(2026, 4, 30), date(2026, 10, 30)}
    assert [day for day in sorted(days) if day.weekday() == 6] == [date(2026, 4, 5), date(2026, 5, 24)]


def test_several_years_are_one_calendar():
    assert swedish_free_days(range(2026, 2028)) == swedish_free_days([2026]) | swedish_free_days([2027])


def test_no_year_has_no_days():
    assert swedish_free_days([]) == frozenset()


def test_mute_days_are_no_working_days():
    free_days = working_calendar(("07-01--07-31",), date(2026, 6, 25))
    assert add_working_days(date(2026, 6, 30), 1, free_days=free_days) == date(2026, 8, 3)
