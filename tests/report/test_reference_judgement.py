"""Published indicators, kept outside: each is judged as it was by hand, row by row."""

import csv
from collections import Counter
from datetime import date

import pytest

from tasks.deliveries.tables.read_csv import read_csv
from tasks.rules.deliveries.check import check_delivery
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.goals.indicators import Indicators, IndicatorSettings, indicator_rows
from tasks.rules.swedish import number
from tasks.sources import all_sources
from tests.conftest import REFERENCE
from tests.rules.report.goals.rows import delivered_of

FOLDER = REFERENCE / "tertial"
DIRECTIONS = {"högre": "hogre", "lägre": "lagre", "högst": "lagre", "inom": "inom", "oklar": ""}
VERDICTS = {"ja": "nas", "nej": "nas_inte", "går inte att bedöma: inte mätt": "ej_matt"}

pytestmark = pytest.mark.reference


def by_hand(month):
    """Return the rows of what was judged by hand."""
    with (FOLDER / month / f"bedomning_{month}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def judged(month, path):
    """Judge the indicators of a file, with the directions in the settings."""
    source = all_sources()["indikatorer"]
    raw = read_csv((FOLDER / path).read_bytes(), max_rows=1000)
    checked = check_delivery(raw, source, Period.parse(month), None, today=date(2026, 10, 7))
    settings = {row["indikator"]: IndicatorSettings(DIRECTIONS[row["riktning"]]) for row in by_hand(month)}
    return indicator_rows(Indicators(delivered_of(checked), settings=settings), Register([]))


@pytest.mark.parametrize("printed", ["", "som_tryckt/"])
def test_each_indicator_of_2021_is_judged_as_it_was_by_hand(printed):
    rows = judged("2021-04", f"2021-04/{printed}indikatorer_2021-04.csv")
    wanted = by_hand("2021-04")
    assert [row.indicator for row in rows] == [row["indikator"] for row in wanted]
    for row, hand in zip(rows, wanted, strict=True):
        assert row.verdict == VERDICTS[hand["nar_arsmal"]], row
        assert (row.judged_on or "inget") == hand["bedoms_pa"]
        value = {"prognos": row.forecast, "utfall": row.outcome, None: None}[row.judged_on]
        assert value is None or float(value) == float(hand["varde"].replace(",", "."))
    assert Counter(row.verdict for row in rows) == {"nas": 29, "nas_inte": 6, "ej_matt": 49}


def test_the_whole_citys_targets_of_2021_are_marked_and_others_are_judged_as_by_hand():
    rows = judged("2021-04", "2021-04/som_tryckt/indikatorer_2021-04.csv")
    assert [number(row.city_target) for row in rows if row.of_the_city] == [
        "800",
        "9\u00a0000",
        "1\u00a0945",
    ]
    for row, hand in zip(rows, by_hand("2021-04"), strict=True):
        if hand["nar_kf_arsmal"] in {"ja", "nej"} and not row.of_the_city:
            assert row.city_verdict == VERDICTS[hand["nar_kf_arsmal"]], row


def test_each_indicator_of_a_unit_in_2020_is_judged_as_it_was_by_hand():
    rows = judged("2020-12", "2020-12/som_tryckt/indikatorer_2020-12.csv")
    for row, hand in zip(rows, by_hand("2020-12"), strict=True):
        assert row.verdict == VERDICTS[hand["nar_arsmal"]], row
