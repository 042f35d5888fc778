from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.signals.assistance_forecast import AssistanceMonth, assistance_forecast, household_season
from tasks.rules.signals.assistance_signal import assistance_sentence
from tasks.rules.swedish import NBSP

GRANT = 9_000
HALF = [1.03, 1.0, 0.98, 0.97, 1.0, 1.02]
SEASON = [*HALF, *reversed(HALF)]
BUDGET, PLANNED = Decimal(108_000_000), Decimal(1000)
"""1 000 households at 9 000 kr a month."""


def month(households, grant=GRANT):
    count = None if households is None else Decimal(str(households))
    return AssistanceMonth(count, None if count is None else count * grant)


def year(*households):
    return [month(count) for count in households]


def plain(text):
    return text.replace(NBSP, " ")


def test_without_past_years_and_plan_the_year_goes_on_as_so_far():
    made = assistance_forecast([month(900), month(1000), month(1100, grant=9500)])
    assert made.forecast == 4 * made.outcome
    assert (made.basis.has_season, made.basis.recent_households, made.basis.stays) == (False, 1000, 1)


def test_the_coming_months_have_the_season_of_last_year():
    past = year(*(1000 * factor for factor in SEASON))
    made = assistance_forecast(year(*(1100 * factor for factor in SEASON[:4])), [past])
    whole = sum(1100 * factor for factor in SEASON) * GRANT
    assert abs(made.forecast - Decimal(str(whole))) < whole * 1e-4
    assert abs(made.basis.recent_households - 1100) < 5
    assert made.basis.has_season


def test_with_a_season_the_latest_three_months_are_the_level():
    past = year(*[1000] * 12)
    made = assistance_forecast(year(900, 900, 1000, 1010, 1020), [past])
    assert made.basis.recent_households == 1010
    assert made.forecast == (900 + 900 + 1000 + 1010 + 1020 + 7 * 1010) * GRANT
    assert assistance_forecast(year(900, 1000), [past]).basis.recent_households == 950  # no three yet


def test_the_grant_is_kronor_over_households_so_far():
    made = assistance_forecast([month(100, grant=8000), month(300, grant=10_000)])
    assert made.basis.grant == 9500


def test_a_difference_to_the_plan_is_drawn_towards_it_and_less_so_later():
    early = assistance_forecast(year(*[1100] * 4), [], BUDGET, PLANNED)
    assert (early.basis.stays, early.basis.coming_households) == (Decimal("0.5"), 1050)
    assert early.basis.coming_grant == GRANT
    assert early.forecast == (4 * 1100 + 8 * 1050) * GRANT
    late = assistance_forecast(year(*[1100] * 11), [], BUDGET, PLANNED)
    assert late.basis.stays == Decimal(11) / 15
    dearer = assistance_forecast([month(1000, grant=10_000)] * 4, [], BUDGET, PLANNED)
    assert dearer.basis.coming_grant == 9500


def test_a_whole_year_is_its_outcome():
    made = assistance_forecast(year(*[1100] * 12), [year(*[900] * 12)], BUDGET, PLANNED)
    assert made.forecast == made.outcome == 12 * 1100 * GRANT
    assert made.basis.households == 1100


EFFECTS = {
    # households and grant of every month: volume effect, price effect
    "as planned": (1000, 9000, 0, 0),
    "more households": (1100, 9000, 10_800_000, 0),
    "fewer households": (900, 9000, -10_800_000, 0),
    "a higher grant": (1000, 9900, 0, 10_800_000),
    "more households with a lower grant": (1100, 8100, 10_800_000, -11_880_000),
    "nothing paid": (1000, 0, 0, -108_000_000),
}


@pytest.mark.parametrize(("households", "grant", "volume", "price"), EFFECTS.values(), ids=EFFECTS)
def test_a_deviation_is_split_on_households_and_grant(households, grant, volume, price):
    made = assistance_forecast([month(households, grant=grant)] * 12, [], BUDGET, PLANNED)
    assert (made.volume_effect, made.price_effect) == (volume, price)
    assert made.deviation == -volume - price


KRONOR = st.decimals(0, 10**9, places=2)
MONTHS = st.lists(st.builds(AssistanceMonth, st.integers(0, 20_000).map(Decimal), KRONOR), max_size=12)
YEARS = st.lists(MONTHS, max_size=3)


@given(MONTHS, YEARS, KRONOR, st.decimals(0, 20_000, places=1))
def test_the_effects_add_up_to_the_deviation_to_the_last_ore(months, past_years, budget, planned):
    made = assistance_forecast(months, past_years, budget, planned)
    if made.volume_effect is not None:
        assert made.volume_effect + made.price_effect == -made.deviation
        assert -made.deviation == made.forecast - budget
    if made.forecast is not None:
        assert made.forecast.is_finite()
        assert made.forecast == round(made.forecast, 2)


MISSING = {
    "no months": [],
    "households of one month": [*year(900, 900), AssistanceMonth(None, Decimal(1))],
    "kronor of one month": [*year(900, 900), AssistanceMonth(Decimal(900), None)],
    "no number": [AssistanceMonth(Decimal("NaN"), Decimal(1))],
    "infinite kronor": [AssistanceMonth(Decimal(1), Decimal("Infinity"))],
    "no households at all": [AssistanceMonth(Decimal(0), Decimal(5000))],
}


@pytest.mark.parametrize("months", MISSING.values(), ids=MISSING)
def test_what_is_missing_makes_the_forecast_missing_and_never_smaller(months):
    made = assistance_forecast(months, [], BUDGET, PLANNED)
    assert (made.forecast, made.deviation, made.basis) == (None, None, None)
    assert (made.volume_effect, made.price_effect) == (None, None)


def test_the_outcome_is_told_where_it_is_known_though_the_forecast_is_not():
    assert assistance_forecast([AssistanceMonth(None, Decimal(5000))]).outcome == 5000
    assert assistance_forecast([AssistanceMonth(Decimal(5), None)]).outcome is None


@pytest.mark.parametrize(
    ("budget", "planned", "deviation"),
    [
        (None, 1000, None),
        (None, None, None),
        (BUDGET, None, 0),
        (BUDGET, 0, 0),
        (BUDGET, -1, 0),
        (Decimal(0), 1000, -BUDGET),  # no missing budget, but none to take a grant from
        (Decimal(-1), 1000, -1 - BUDGET),
    ],
)
def test_without_budget_and_planned_households_there_are_no_effects(budget, planned, deviation):
    made = assistance_forecast(year(*[1000] * 6), [], budget, None if planned is None else Decimal(planned))
    assert (made.forecast, made.deviation) == (BUDGET, deviation)
    assert (made.volume_effect, made.price_effect, made.basis.stays) == (None, None, 1)


def test_more_than_a_year_is_refused():
    with pytest.raises(ValueError, match="13 months of a year"):
        assistance_forecast(year(*[1000] * 13))


# --- season


def test_a_rise_within_a_year_is_no_season():
    season = household_season([[Decimal(1000 + 20 * place) for place in range(12)]])
    assert all(abs(factor - 1) < Decimal("1e-20") for factor in season)


def test_the_season_is_the_mean_of_the_latest_three_whole_years():
    flat, peak = [Decimal(1000)] * 12, [Decimal(1000)] * 12
    peak[5], peak[6] = Decimal(1100), Decimal(1100)
    one = household_season([peak])
    assert household_season([flat, flat, peak])[5] == (2 + one[5]) / 3
    assert household_season([peak, flat, flat, flat]) == [1] * 12  # the oldest is left out
    gap = [*flat[:11], None]
    assert household_season([peak, gap]) == one


@pytest.mark.parametrize(
    "past_years",
    [
        [],
        [[Decimal(5)] * 11],
        [[Decimal(5)] * 11 + [None]],
        [[Decimal(5)] * 11 + [Decimal(0)]],
        [[Decimal(5)] * 11 + [Decimal("NaN")]],
        [[Decimal(100)] + [Decimal("0.001")] * 11],  # its line passes zero
    ],
)
def test_without_a_whole_year_there_is_no_season(past_years):
    assert household_season(past_years) is None


# --- sentences

FLAT = [year(*[1000] * 12)]
SEEN = (
    "Till och med september har ekonomiskt bistånd kostat {}. De senaste månaderna, med årstiden borträknad, "
    "har i snitt {} hushåll i månaden fått bistånd, och årets bidrag har i snitt varit {} kronor per hushåll."
)
FADES = "Av en skillnad mot planen brukar 69 % finnas kvar: resten av året räknar vi med"
SO_THE_YEAR = "Helårsprognosen är därför"
UNKNOWN = "hushåll och utbetalningar är inte kända för alla månader hittills i år"
SENTENCES = {
    "more and dearer": (
        assistance_forecast([month(1100, grant=9500)] * 9, FLAT, BUDGET, PLANNED),
        SEEN.format("94,1 mnkr", "1 100", "9 500"),
        f"{FADES} 1 069 hushåll och 9 346 kronor.",
        f"{SO_THE_YEAR} 124,0 mnkr mot budget 108,0 mnkr: ett befarat underskott på 16,0 mnkr (14,8 %).",
        "Fler hushåll än planerat ökar kostnaden med 10,0 mnkr",
        "och högre bidrag per hushåll ökar kostnaden med 6,1 mnkr.",
    ),
    "fewer": (
        assistance_forecast([month(900)] * 9, FLAT, BUDGET, PLANNED),
        SEEN.format("72,9 mnkr", "900", "9 000"),
        f"{FADES} 931 hushåll och 9 000 kronor.",
        f"{SO_THE_YEAR} 98,0 mnkr mot budget 108,0 mnkr: ett väntat överskott på 10,0 mnkr (9,2 %).",
        "Färre hushåll än planerat minskar kostnaden med 10,0 mnkr.",
    ),
    "as planned": (
        assistance_forecast([month(1000)] * 9, FLAT, BUDGET, PLANNED),
        SEEN.format("81,0 mnkr", "1 000", "9 000"),
        f"{FADES} 1 000 hushåll och 9 000 kronor.",
        f"{SO_THE_YEAR} 108,0 mnkr mot budget 108,0 mnkr: i balans.",
    ),
    "no planned households": (
        assistance_forecast([month(1100)] * 9, FLAT, BUDGET),
        SEEN.format("89,1 mnkr", "1 100", "9 000"),
        "Så räknar vi resten av året.",
        f"{SO_THE_YEAR} 118,8 mnkr mot budget 108,0 mnkr: ett befarat underskott på 10,8 mnkr (10,0 %).",
    ),
    "no past year and no budget": (
        assistance_forecast([month(1100)] * 2),
        "Till och med februari har ekonomiskt bistånd kostat 19,8 mnkr.",
        "Hittills i år har i snitt 1 100 hushåll i månaden fått bistånd,",
        "och årets bidrag har i snitt varit 9 000 kronor per hushåll. Så räknar vi resten av året.",
        f"{SO_THE_YEAR} 118,8 mnkr. Budget saknas att jämföra med.",
    ),
    "a whole year": (
        assistance_forecast([month(1100, grant=8500)] * 12, FLAT, BUDGET, PLANNED),
        "Hela 2026 kostade ekonomiskt bistånd 112,2 mnkr mot budget 108,0 mnkr:",
        "ett underskott på 4,2 mnkr (3,9 %). Fler hushåll än planerat ökar kostnaden med 10,8 mnkr",
        "och lägre bidrag per hushåll minskar kostnaden med 6,6 mnkr.",
    ),
    "a budget of zero": (
        assistance_forecast([month(10)] * 12, FLAT, Decimal(0), PLANNED),
        "Hela 2026 kostade ekonomiskt bistånd 1,1 mnkr mot budget 0 tkr: ett underskott på 1,1 mnkr.",
    ),
    "missing": (
        assistance_forecast([month(None)] * 9, FLAT, BUDGET, PLANNED),
        f"Uppgift saknas: {UNKNOWN}, så ingen helårsprognos kan räknas för ekonomiskt bistånd.",
    ),
    "no month": (
        assistance_forecast([]),
        f"Uppgift saknas: {UNKNOWN}, så ingen helårsprognos kan räknas för ekonomiskt bistånd.",
    ),
}


@pytest.mark.parametrize("told", SENTENCES.values(), ids=SENTENCES)
def test_the_forecast_is_told_with_its_basis_and_what_drives_it(told):
    made, *sentences = told
    assert plain(assistance_sentence(made, 2026)) == " ".join(sentences)
