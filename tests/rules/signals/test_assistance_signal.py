from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.signals.assistance_month import Comparison, assistance_comparisons, grant, months_mean, paid
from tasks.rules.signals.assistance_signal import households_signal
from tasks.rules.swedish import NBSP

SEPTEMBER = Period(2026, 9)
CALM = [890, 910] * 18
"""Mean 900, moving ranges 20: limits 900 ± 2.66 · 20 · 1.2 = 836–964. They move with the latest month: when
it is 970, the mean is 902.2 and the mean range 21.14, so the upper limit is 902.2 + 67.5 = 969.7."""


def row(**figures):
    return {name: None if value is None else Decimal(str(value)) for name, value in figures.items()}


def plain(text):
    return text.replace(NBSP, " ")


# --- against last year and the city


def compared(measure="hushall", months=None, **figures):
    """Compare one measure of September."""
    found = assistance_comparisons({**(months or {}), SEPTEMBER: row(**figures)}, SEPTEMBER)
    return next((each for each in found if each.measure == measure), None)


def whole_year(**figures):
    return {Period(2025, month): row(**figures) for month in range(1, 13)}


@pytest.mark.parametrize(
    ("now", "mean", "change"),
    [
        (110, 100, 10),
        (90, 100, -10),
        (100, 100, 0),
        (0, 100, -100),
        (5, 0, None),
        (None, 100, None),
        (5, None, None),
    ],
)
def test_a_month_is_compared_with_last_years_mean_in_per_cent(now, mean, change):
    found = compared(hushall=now, hushall_snitt_foregaende_ar=mean)
    assert found.change_percent == change


def test_the_citys_change_is_set_beside_the_own():
    city = {"hushall_staden": 2040, "hushall_staden_snitt_foregaende_ar": 2000}
    found = compared(hushall=110, hushall_snitt_foregaende_ar=100, **city)
    assert (found.change_percent, found.city_change_percent, found.against_city) == (10, 2, 8)
    assert compared(hushall=110, hushall_snitt_foregaende_ar=100).against_city is None


def test_the_delivered_mean_goes_before_that_of_the_months():
    months = whole_year(hushall=200)
    assert compared(months=months, hushall=100, hushall_snitt_foregaende_ar=50).last_year == 50
    assert compared(months=months, hushall=100).last_year == 200


def test_the_mean_is_of_the_same_months_of_the_year_before():
    months = whole_year(hushall=200) | {Period(2025, month): row(hushall=900) for month in (10, 11, 12)}
    assert compared(months=months, hushall=100).last_year == 200


def test_a_mean_of_months_needs_all_of_them():
    months = whole_year(hushall=200)
    months[Period(2025, 5)] = row(hushall=None)
    assert compared(months=months, hushall=100).last_year is None
    del months[Period(2025, 5)]
    assert compared(months=months, hushall=100).last_year is None


def test_the_mean_grant_is_kronor_over_households_and_never_a_mean_of_means():
    months = whole_year(hushall=100, medelbidrag=9000)
    months[Period(2025, 1)] = row(hushall=400, medelbidrag=12000)
    found = compared("medelbidrag", months=months, medelbidrag=10000)
    assert found.last_year == 10000  # (8 · 900 000 + 4 800 000) / 1 200, not 9 333
    assert found.change_percent == 0


@pytest.mark.parametrize("measure", ["hushall", "vuxna", "barn", "unga_18_24", "medelbidrag"])
def test_every_measure_is_compared_and_one_that_nobody_delivers_is_left_out(measure):
    assert compared(measure, **{measure: 120, f"{measure}_snitt_foregaende_ar": 100}).change_percent == 20
    assert compared(measure) is None


def test_nothing_dated_after_the_month_is_looked_at():
    months = {**whole_year(hushall=200), Period(2026, 10): row(hushall=1)}
    assert compared(months=months, hushall=100) == compared(months=whole_year(hushall=200), hushall=100)


def test_what_is_no_number_is_missing():
    assert compared(hushall="NaN", hushall_snitt_foregaende_ar=100).value is None
    assert compared(hushall=5, hushall_snitt_foregaende_ar="Infinity").last_year is None


@pytest.mark.parametrize(
    ("figures", "expected_grant", "expected_paid"),
    [
        ({"hushall": 10, "medelbidrag": 9000}, 9000, 90_000),
        ({"hushall": 10, "utbetalt": 90_000}, 9000, 90_000),
        ({"hushall": 10, "medelbidrag": 9000, "utbetalt": 89_999}, 9000, 89_999),  # as delivered, both
        ({"hushall": 0, "utbetalt": 90_000}, None, 90_000),
        ({"hushall": 0, "medelbidrag": 9000}, 9000, 0),
        ({"medelbidrag": 9000}, 9000, None),
        ({"utbetalt": 90_000}, None, 90_000),
        ({"hushall": 10}, None, None),
    ],
)
def test_grant_and_kronor_follow_from_each_other(figures, expected_grant, expected_paid):
    assert (grant(row(**figures)), paid(row(**figures))) == (expected_grant, expected_paid)


def test_a_year_without_households_has_no_grant():
    year = [row(hushall=0, utbetalt=0)] * 12
    assert (months_mean("hushall", year), months_mean("medelbidrag", year)) == (0, None)


GRANT = "Medelbidrag per hushåll: 9 418 kronor i september 2026"
CITY = "I hela staden är det"
MEAN = "snittet januari–september 2025"
SENTENCES = {
    "more": (
        ("hushall", 110, 100, 2040, 2000),
        f"Hushåll: 110 i september 2026, 10,0 % fler än {MEAN}, 100. {CITY} 2,0 % fler.",
    ),
    "fewer": (
        ("unga_18_24", 66, "69.24", 100, 110),
        f"Unga 18–24 år: 66 i september 2026, 4,7 % färre än {MEAN}, 69,2. {CITY} 9,1 % färre.",
    ),
    "a higher grant": (
        ("medelbidrag", 9418, 9116, None, None),
        f"{GRANT}, 3,3 % högre än {MEAN}, 9 116 kronor.",
    ),
    "a grant, lower in the city": (
        ("medelbidrag", 9418, None, 9700, 9800),
        f"{GRANT}. Snittet januari–september 2025 saknas. {CITY} 1,0 % lägre.",
    ),
    "the same": (
        ("hushall", 1000, "1000.4", 10000, 10000),
        f"Hushåll: 1 000 i september 2026, i nivå med {MEAN}, 1 000. {CITY} oförändrat.",
    ),
    "no city": (
        ("barn", 540, 545, None, 100),
        f"Barn: 540 i september 2026, 0,9 % färre än {MEAN}, 545.",
    ),
    "nobody last year": (
        ("barn", 5, 0, None, None),
        f"Barn: 5 i september 2026 mot {MEAN}, 0.",
    ),
    "missing": (("vuxna", None, 5, 2, 1), "Vuxna: uppgift saknas för september 2026."),
}


@pytest.mark.parametrize(("given", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_comparison_says_the_figure_and_what_it_is_compared_with(given, sentence):
    measure, *figures = given
    found = Comparison(
        measure, SEPTEMBER, *(None if each is None else Decimal(str(each)) for each in figures)
    )
    assert plain(found.mening) == sentence


# --- control chart of households


def households(*latest, base=CALM):
    counts = [None if count is None else Decimal(count) for count in (*base, *latest)]
    return households_signal(counts, SEPTEMBER)


CHANCE = "Det är inom vad slumpen brukar ge"
CANNOT = "Det går inte att säga om antalet har förändrats"
MEAN = "De tre senaste månadernas snitt"
NEAR = "Två av de tre senaste månaderna ligger nära gränsen"
SIGNALS = {
    "just under the limit": ([969], None, 0, f"{CHANCE} (835–970)."),
    "just over it": ([970], "bevaka", 1, "Det är fler än slumpen brukar ge: gränsen går vid 969,7."),
    "just over the lower one": ([836], None, 0, f"{CHANCE} (835–962)."),
    "just under it": ([834], None, -1, "Det är färre än slumpen brukar ge: gränsen går vid 834,6."),
    "two of three near it": ([955, 905, 955], "bevaka", 1, f"{NEAR} 975. Det är sällan en slump."),
    "two of three not near": ([945, 905, 945], None, 0, f"{CHANCE} (834–972)."),
    "two of three near the lower one": ([845, 895, 845], None, -1, f"{NEAR} 824. Det är sällan en slump."),
    "a mean just over its limit": (
        [942] * 3, "bevaka", 1, f"{MEAN}, 942,0, är högre än slumpen brukar ge: gränsen går vid 941,8.",
    ),
    "a mean just under it": ([941] * 3, None, 0, f"{CHANCE} (842–965)."),
    "a mean under the lower one": (
        [855] * 3, None, -1, f"{MEAN}, 855,0, är lägre än slumpen brukar ge: gränsen går vid 857,2.",
    ),
    "missing": ([None], None, 0, f"{CANNOT}: månadens uppgift saknas."),
}  # fmt: skip


@pytest.mark.parametrize(("latest", "signal", "side", "sentence"), SIGNALS.values(), ids=SIGNALS)
def test_households_are_held_against_their_chart(latest, signal, side, sentence):
    found = households(*latest)
    assert (found.signal, found.chart.side, plain(found.regel)) == (signal, side, sentence)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (CALM[:11], f"{CANNOT}: 11 månader är kända, och 12 behövs."),
        (CALM[:1], f"{CANNOT}: 1 månad är känd, och 12 behövs."),
        ([900] * 20, f"{CANNOT}: det har aldrig varierat."),
        ([1, 40] * 18, f"{CHANCE} (0–145)."),  # never fewer than nobody
    ],
)
def test_what_cannot_be_told_of_households_is_said(counts, sentence):
    assert plain(households(base=counts).regel) == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (CALM, "910 hushåll fick ekonomiskt bistånd i september 2026, mot 900 i snitt under 36 månader."),
        (CALM[:2], "910 hushåll fick ekonomiskt bistånd i september 2026."),
        ([*CALM, None], "Antal hushåll: uppgift saknas för september 2026."),
        ([], "Antal hushåll: uppgift saknas för september 2026."),
    ],
)
def test_the_households_of_the_month_are_told(counts, sentence):
    assert plain(households(base=counts).mening) == sentence
