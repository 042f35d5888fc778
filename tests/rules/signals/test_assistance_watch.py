"""Social assistance put together of delivered months: what is told, on which rows, and what is not shown."""

from decimal import Decimal

import pytest

from tasks.rules.signals.assistance_told import AssistanceToTell
from tasks.rules.signals.assistance_watch import CHANGE, FORECAST, Appropriation, watch_assistance
from tasks.rules.signals.chart_signal import DEFAULT_CHART
from tests.rules.delivered_rows import LAST, delivered

PLAN = Appropriation(Decimal(108_000_000), Decimal(900), ((9, 4, 5),))


def months(count=33, households=None, grant=10_000, **others):
    """Make the latest months, by turns with ten households more and less."""
    households = households or [890, 910] * 18
    return [
        delivered(
            LAST.plus(place + 1 - count),
            hushall=households[place - count],
            medelbidrag=grant,
            **{name: values[place - count] for name, values in others.items()},
        )
        for place in range(count)
    ]


def watch(rows, plan=PLAN, fewest=5):
    found = watch_assistance(AssistanceToTell(rows, fewest=fewest), LAST, plan, DEFAULT_CHART)
    return {each.indicator: each for each in found}


def test_the_month_is_told_by_chart_comparison_and_forecast():
    found = watch(months())
    assert list(found) == [CHANGE, "Hushåll", "Medelbidrag per hushåll", FORECAST]
    assert {each.source for each in found.values()} == {"bistand"}
    assert {(each.scope, each.code, each.name) for each in found.values()} == {
        ("hela förvaltningen", "", "Ekonomiskt bistånd")
    }
    assert [each.measured_in for each in found.values()] == ["antal", "antal", "kr", "kr"]
    assert [each.signal for each in found.values()] == [None] * 4
    assert [each.months_lacking for each in found.values()] == [0, None, None, None]
    assert [each.value for each in found.values()][:3] == [910, 910, 10_000]


def test_more_households_than_chance_gives_are_something_to_watch_with_the_chart_s_numbers():
    found = watch(months(households=[890, 910] * 17 + [890, 1100]))[CHANGE]
    assert (found.signal, found.value) == ("bevaka", 1100)
    assert found.figures["kanda_manader"] == 33
    assert found.figures["nedre_grans"] < found.compared < found.figures["ovre_grans"] < 1100
    assert found.figures["nedre_grans_senaste_tre"] < found.figures["senaste_tre"]
    assert len(found.rows) == 33


def test_the_comparison_has_both_years_and_the_city_and_their_rows():
    rows = months(hushall_staden=[16_000] * 36)
    found = watch(rows)["Hushåll"]
    assert (found.value, round(found.compared, 2)) == (910, Decimal("901.11"))  # five of nine months had 910
    assert round(found.figures["forandring_procent"], 2) == Decimal("0.99")
    assert (found.figures["staden"], found.figures["staden_forra_aret"]) == (16_000, 16_000)
    assert found.figures["staden_forandring_procent"] == 0
    last_year = [row for row in rows if row.period.year == 2025 and row.period.month <= LAST.month]
    assert found.rows == (*(row.range for row in last_year), rows[-1].range)


def test_the_forecast_is_held_against_the_appropriation_with_every_number_of_its_sentence():
    found = watch(months(grant=10_500))[FORECAST]
    assert found.compared == PLAN.budget
    assert found.figures["avvikelse"] == PLAN.budget - found.value < 0
    assert found.figures["volymeffekt"] + found.figures["priseffekt"] == -found.figures["avvikelse"]
    assert found.figures["utfall"] == sum(row.figure("hushall") for row in months()[-9:]) * 10_500
    assert (found.figures["planerade_hushall"], found.figures["medelbidrag_hittills"]) == (900, 10_500)
    assert found.figures["arstid_kand"] is True
    assert found.rows[-1] == (9, 4, 5)
    assert len(found.rows) == 33 + 1


def test_without_an_appropriation_the_year_is_forecast_and_not_judged():
    found = watch(months(), Appropriation())[FORECAST]
    assert found.value is not None
    assert (found.compared, found.figures["avvikelse"], found.figures["volymeffekt"]) == (None, None, None)


@pytest.mark.parametrize(("count", "lacking"), [(1, 11), (11, 1), (12, 0)])
def test_how_many_months_the_chart_lacks_is_told(count, lacking):
    assert watch(months(count))[CHANGE].months_lacking == lacking


def test_a_month_that_is_not_delivered_lacks_itself_and_stops_nothing():
    found = watch(months()[:-1])
    assert (found[CHANGE].value, found[CHANGE].months_lacking) == (None, 1)
    assert found["Hushåll"].value is None
    assert "uppgift saknas" in found["Hushåll"].mening
    assert found[FORECAST].value is None


def test_nothing_delivered_at_all_is_missing():
    found = watch([])
    assert list(found) == [CHANGE, FORECAST]
    assert (found[CHANGE].months_lacking, found[FORECAST].value) == (12, None)
    assert not any(each.is_hidden for each in found.values())


def test_a_month_does_not_know_what_came_after_it():
    later = delivered(LAST.plus(1), hushall=2000, medelbidrag=20_000)
    assert watch([*months(), later]) == watch(months())


# --- what is not shown


def hidden(found):
    return {name for name, each in found.items() if each.is_hidden}


def with_month(back, households, **others):
    """Make months of which one has other figures."""
    rows = months(**{name: [900] * 36 for name in others})
    at = len(rows) - 1 - back
    rows[at] = delivered(LAST.plus(-back), hushall=households, medelbidrag=10_000, **others)
    return rows


EVERY = {CHANGE, "Hushåll", "Medelbidrag per hushåll", FORECAST}
# months back, its households; what is hidden
FEW = {
    "the month has four": (0, 4, EVERY),
    "the month has five": (0, 5, set()),
    "the month has none": (0, 0, set()),
    "an earlier month of the year has four": (3, 4, {CHANGE, FORECAST}),
    "a month of last year has four": (10, 4, EVERY),  # the forecast's season would tell of it
    "a month of the chart has four": (30, 4, {CHANGE, FORECAST}),
}


@pytest.mark.parametrize(("back", "households", "expected"), FEW.values(), ids=FEW)
def test_what_would_tell_of_one_to_four_households_is_not_shown(back, households, expected):
    assert hidden(watch(with_month(back, households))) == expected


def test_few_young_people_are_not_shown_and_the_households_are():
    rows = with_month(0, 900, unga_18_24=4)
    assert hidden(watch(rows)) == {"Unga 18–24 år"}


def test_the_fewest_households_are_a_setting():
    assert hidden(watch(months(), fewest=911)) == EVERY
    assert hidden(watch(months(), fewest=891)) == {CHANGE, "Hushåll", "Medelbidrag per hushåll", FORECAST}
    assert hidden(watch(months(), fewest=890)) == set()
