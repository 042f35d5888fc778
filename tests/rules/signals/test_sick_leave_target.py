from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_watch import Target, target_percent, years_target
from tests.rules.delivered_rows import delivered


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("7,0 %", "7.0"),
        ("7\u00a0%", "7"),
        ("7.25%", "7.25"),
        (" 7 ", "7"),
        ("Max 6,5 %", "6.5"),
        ("högst 8 %", "8"),
        ("0 %", "0"),
        ("minska", None),
        ("+/- 1 %", None),
        ("Max 10 personer", None),
        ("fastställs 2027", None),
        ("107 %", None),
        ("-1 %", None),
        ("", None),
        (None, None),
    ],
)
def test_a_target_is_read_as_it_is_published(text, percent):
    assert target_percent(text) == (None if percent is None else Decimal(percent))


def indicator(month, target, name="Sjukfrånvaro", row=2):
    return delivered(Period(2026, month), item=name, row=row, arsmal=target)


def test_the_newest_target_that_is_a_figure_is_the_years():
    rows = [
        indicator(3, "7,2 %"),
        indicator(6, "7,0 %", row=5),
        indicator(8, "minska"),
        indicator(9, "5,0 %", "Annat"),
    ]
    assert years_target(rows, "Sjukfrånvaro") == Target(Decimal("7.0"), ((202606, 5, 5),))


@pytest.mark.parametrize("rows", [[], [indicator(9, "minska")], [indicator(9, "7 %", "Annat")]])
def test_without_a_figure_there_is_no_target(rows):
    assert years_target(rows, "Sjukfrånvaro") == Target()
