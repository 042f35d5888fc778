"""Hours and minutes as hours with decimals."""

import pytest

from tasks.rules.hours_text import decimal_hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("152:30:00", "152,5"),
        ("152:30", "152,5"),
        ("07:45:00", "7,75"),
        ("0:00", "0"),
        ("-1:15", "-1,25"),
        ("0:20", "0,3333333333"),
        ("0:07:30", "0,1250"),  # else the comma could be one between thousands
        ("8:60", "8:60"),
        ("8:5", "8:5"),
        ("152,5", "152,5"),
        ("1900-01-01 06:30:00", "1900-01-01 06:30:00"),
        ("", ""),
    ],
)
def test_hours_and_minutes_are_hours_with_decimals(text, hours):
    assert decimal_hours(text) == hours
