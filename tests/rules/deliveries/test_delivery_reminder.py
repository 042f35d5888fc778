from datetime import date

import pytest

from tasks.rules.deliveries.delivery_reminder import day_after, day_before, due_in_words, reminder_due

FREE = frozenset({date(2026, 1, 6), *(date(2026, 7, day) for day in range(1, 32))})
"""Trettondagen, and a mute July."""
WEDNESDAY = date(2026, 10, 7)
FRIDAY = date(2026, 11, 6)
AFTER_EPIPHANY = date(2026, 1, 7)
CASES = {
    "long before": (date(2026, 10, 1), WEDNESDAY, None),
    "two days before": (date(2026, 10, 5), WEDNESDAY, None),
    "the day before": (date(2026, 10, 6), WEDNESDAY, "before"),
    "made up for on the day itself": (WEDNESDAY, WEDNESDAY, "before"),
    "the day after": (date(2026, 10, 8), WEDNESDAY, "after"),
    "made up for later": (date(2026, 10, 20), WEDNESDAY, "after"),
    "Saturday after a Friday": (date(2026, 11, 7), FRIDAY, None),
    "Sunday after a Friday": (date(2026, 11, 8), FRIDAY, None),
    "Monday after a Friday": (date(2026, 11, 9), FRIDAY, "after"),
    "a holiday before": (date(2026, 1, 6), AFTER_EPIPHANY, None),
    "the working day before the holiday": (date(2026, 1, 5), AFTER_EPIPHANY, "before"),
    "the Sunday before that": (date(2026, 1, 4), AFTER_EPIPHANY, None),
    "in July nothing is sent": (date(2026, 7, 8), date(2026, 7, 7), None),
    "after July": (date(2026, 8, 3), date(2026, 7, 7), "after"),
}


@pytest.mark.parametrize(("today", "deadline", "due"), CASES.values(), ids=CASES)
def test_a_reminder_comes_the_working_day_before_a_deadline_and_the_one_after(today, deadline, due):
    assert reminder_due(today, deadline, free_days=FREE) == due


def test_the_days_around_a_deadline_are_working_days():
    assert day_before(date(2026, 11, 9), free_days=FREE) == FRIDAY
    assert day_after(FRIDAY, free_days=FREE) == date(2026, 11, 9)


WORDS = {
    "passed": (date(2026, 10, 8), WEDNESDAY, ""),
    "today": (WEDNESDAY, WEDNESDAY, "i dag"),
    "tomorrow": (date(2026, 10, 6), WEDNESDAY, "i morgon"),
    "over a weekend": (FRIDAY, date(2026, 11, 9), "på måndag"),
    "six days": (date(2026, 10, 1), WEDNESDAY, "på onsdag"),
    "a week": (date(2026, 9, 30), WEDNESDAY, ""),
}


@pytest.mark.parametrize(("today", "deadline", "words"), WORDS.values(), ids=WORDS)
def test_how_near_a_deadline_is_is_said_in_words(today, deadline, words):
    assert due_in_words(today, deadline) == words
