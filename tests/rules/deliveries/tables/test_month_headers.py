"""Headers that are months."""

import pytest

from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.tables.month_headers import is_wide, month_headers, month_of_name
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.sources import all_sources

EKONOMI = Wanted(all_sources()["ekonomi"], Period(2026, 9))


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("jan", "2026-01"),
        ("Januari", "2026-01"),
        ("Maj", "2026-05"),
        ("sept", "2026-09"),
        ("October", "2026-10"),
        ("dec-25", "2025-12"),
        ("dec 2025", "2025-12"),
        ("2026-03", "2026-03"),
        ("202603", "2026-03"),
        ("2026M03", "2026-03"),
        ("2026-03-01", "2026-03"),
        ("2026-03-31", "2026-03"),
        ("2026-13", None),
        ("2026", None),
        ("jan-mar", None),
        ("Januarius", None),
        ("summa", None),
        ("", None),
    ],
)
def test_a_header_is_read_as_a_month(header, month):
    read = month_of_name(column_name(header), 2026)
    assert (None if read is None else str(read)) == month


@pytest.mark.parametrize(
    ("header", "figure"),
    [("jan", None), ("Budget jan", "budget"), ("jan Utfall", "utfall"), ("Budget_tkr 2026-01", "budget_tkr")],
)
def test_a_header_may_tell_the_figure_beside_the_month(header, figure):
    assert [(str(one.month), one.figure) for one in month_headers([header], EKONOMI)] == [("2026-01", figure)]


@pytest.mark.parametrize("header", ["Enhet jan", "Prognos jan", "Budget", "Budget helår", "ack jan"])
def test_a_month_beside_what_is_no_figure_is_no_month(header):
    assert month_headers([header], EKONOMI) == []


@pytest.mark.parametrize(
    ("headers", "wide"),
    [
        (["enhet", "kontogrupp", "typ", "jan", "feb"], True),
        (["enhet", "kontogrupp", "budget jan", "budget feb"], True),
        (["enhet", "kontogrupp", "typ", "jan"], False),  # one month is no row of months
        (["enhet", "kontogrupp", "jan", "januari"], False),
        (["enhet", "jan", "feb"], False),  # no account group
        (["period", "enhet", "kontogrupp", "jan", "feb"], False),
    ],
)
def test_a_table_is_wide_where_months_stand_in_for_the_period(headers, wide):
    assert is_wide(headers, EKONOMI) is wide


def test_a_source_without_months_has_no_wide_table():
    assert not is_wide(
        ["aktivitet", "start", "slut", "jan", "feb"], Wanted(all_sources()["risker"], Period(2026, 9))
    )
