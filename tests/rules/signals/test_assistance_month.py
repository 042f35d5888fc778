from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.signals.assistance_month import MEASURES, PLACES, hidden_columns
from tasks.sources.bistand import SOURCE

SEPTEMBER = Period(2026, 9)
ALL = " ".join(sorted(MEASURES))


def month(**figures):
    return {"unit": None, "item": ""} | {
        name: None if value is None else Decimal(str(value)) for name, value in figures.items()
    }


def of_all(span):
    return " ".join(f"{name}{span}" for name in MEASURES)


EVERY_OWN = f"{ALL} {of_all('_snitt_hittills')} {of_all('_snitt_foregaende_ar')}"
# figures, the columns that are hidden
TABLE = {
    "many": ({"hushall": 900, "medelbidrag": 9153, "vuxna": 1200, "barn": 700, "unga_18_24": 100}, ""),
    "nothing is known": ({"hushall": None, "vuxna": None}, ""),
    "no households": ({"hushall": 0, "medelbidrag": 0, "vuxna": 0, "barn": 0}, ""),
    "one household": ({"hushall": 1, "vuxna": 12}, EVERY_OWN),
    "four households": ({"hushall": 4, "hushall_staden": 16000, "hushall_snitt_hittills": 900}, EVERY_OWN),
    "five households": ({"hushall": 5, "medelbidrag": 9153, "vuxna": 6}, ""),
    "four adults, households unknown": ({"hushall": None, "vuxna": 4, "medelbidrag": 9153}, EVERY_OWN),
    "few children": ({"hushall": 900, "barn": 4}, "barn barn_snitt_hittills"),
    "few young": (
        {"hushall": 900, "vuxna": 1200, "unga_18_24": 3},
        "unga_18_24 unga_18_24_snitt_hittills",
    ),
    "few adults who are older": (
        {"hushall": 900, "vuxna": 1200, "unga_18_24": 1196},
        "unga_18_24 unga_18_24_snitt_hittills",
    ),
    "five adults who are older": ({"hushall": 900, "vuxna": 1200, "unga_18_24": 1195}, ""),
    "no adults who are older": ({"hushall": 900, "vuxna": 1200, "unga_18_24": 1200}, ""),
    "more young than adults": ({"hushall": 900, "vuxna": 1200, "unga_18_24": 1201}, ""),
    "few in the mean so far": (
        {"hushall": 900, "hushall_snitt_hittills": 4.9, "medelbidrag_snitt_hittills": 9000},
        of_all("_snitt_hittills"),
    ),
    "few in the mean of last year": (
        {"hushall": 900, "hushall_snitt_foregaende_ar": 0.5},
        of_all("_snitt_foregaende_ar"),
    ),
    "few in the whole city": (
        {"hushall": 900, "hushall_staden": 3},
        f"{of_all('_staden')} {of_all('_staden_snitt_hittills')} {of_all('_staden_snitt_foregaende_ar')}",
    ),
    "few children in the whole city": (
        {"hushall": 900, "hushall_staden": 901, "barn_staden": 2},
        "barn_staden barn_staden_snitt_hittills",
    ),
}


@pytest.mark.parametrize(("figures", "hidden"), TABLE.values(), ids=TABLE)
def test_what_is_of_few_households_or_persons_is_hidden(figures, hidden):
    assert hidden_columns(month(**figures), SEPTEMBER, {}) == set(hidden.split())


# an earlier month, its figures, the columns of September that are hidden for it
EARLIER = {
    "few this year": (Period(2026, 3), {"hushall": 3}, of_all("_snitt_hittills")),
    "few children this year": (Period(2026, 1), {"hushall": 900, "barn": 3}, "barn_snitt_hittills"),
    "few last year": (Period(2025, 12), {"hushall": 3}, of_all("_snitt_foregaende_ar")),
    "few in the city this year": (
        Period(2026, 3),
        {"hushall": 9, "unga_18_24_staden": 2},
        "unga_18_24_staden_snitt_hittills",
    ),
    "few the year before last": (Period(2024, 12), {"hushall": 3}, ""),
    "enough": (Period(2026, 3), {"hushall": 5}, ""),
    "none": (Period(2026, 3), {"hushall": 0}, ""),
}


@pytest.mark.parametrize(("period", "figures", "hidden"), EARLIER.values(), ids=EARLIER)
def test_a_mean_is_hidden_with_a_month_that_would_follow_from_it(period, figures, hidden):
    before = {Period(2026, 8): month(hushall=800), period: month(**figures)}
    assert hidden_columns(month(hushall=900), SEPTEMBER, before) == set(hidden.split())


def test_the_fewest_that_are_shown_is_a_setting():
    figures = month(hushall=900, barn=9)
    assert hidden_columns(figures, SEPTEMBER, {}, 10) == {"barn", "barn_snitt_hittills"}
    assert hidden_columns(figures, SEPTEMBER, {}, 9) == frozenset()


def test_every_column_of_the_source_is_hidden_with_few_households_of_its_place():
    few = month(hushall=1, hushall_staden=1)
    declared = {column.name for column in SOURCE.columns} - {"period"}
    assert hidden_columns(few, SEPTEMBER, {}) == declared
    assert all(any(place in column for column in declared) for place in PLACES)
