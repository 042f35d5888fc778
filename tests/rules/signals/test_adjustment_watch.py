"""What the readings of places are expected to give in budget, by place and by measure."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.declaration import Volume
from tasks.rules.signals.volume_watch import CountingPlace, watch_adjustments
from tasks.rules.swedish import NBSP
from tasks.rules.thresholds import UnusableThresholdError
from tasks.rules.volumes.adjustment import MeasureSettings
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume

CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn", reading_months=(1, 2, 3, 4, 5, 8))
PLACES = Volume("Platser", "niva", one="plats", many="platser")
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar", reading_months=(3, 8))
TARIFF = {CHILDREN.name: MeasureSettings(tariff_kr=Decimal(100_000))}
BUDGET = Decimal(8_000_000)


def counted(outcome, planned=80, declared=CHILDREN, measured=None):
    figures = tuple(None if value is None else Decimal(value) for value in outcome)
    readings = figures + NOTHING[len(figures) :]
    plan = (None if planned is None else Decimal(planned),) * 12
    volume = MeasuredVolume(declared.name, declared, measured or readings, plan)
    return CountedVolume(volume, readings, ((7, 2, 2),))


def place(*volumes, code="101", budget=BUDGET, scope="enhet"):
    return CountingPlace(code, f"Enhet {code}", scope, volumes, year_budget=budget)


def watch(*places, measures=TARIFF, month=9, fewest=5):
    return watch_adjustments(places, month, measures, fewest)


def plain(text):
    return text.replace(NBSP, " ")


def test_more_children_at_the_readings_give_more_budget_by_the_tariff():
    unit, total = watch(place(counted([82] * 9)))
    assert (unit.value, total.value) == (200_000, 200_000)
    assert (unit.indicator, unit.scope, unit.code) == (
        "Prestationsförändring, inskrivna barn", "enhet", "101",
    )  # fmt: skip
    assert (total.indicator, total.scope, total.code, total.name) == (
        unit.indicator, "hela förvaltningen", "", "Inskrivna barn",
    )  # fmt: skip
    assert (unit.measured_in, unit.months_lacking, unit.rows) == ("kr", None, ((7, 2, 2),))
    assert unit.figures == {
        "avlast_snitt": 82,
        "vantat_snitt": 82,
        "planerat": 80,
        "pris": 100_000,
        "pris_satt": True,
        "avlasta_manader": [1, 2, 3, 4, 5, 8],
        "missade_manader": [],
        "kommande_manader": [],
    }
    assert plain(unit.mening).endswith("Räknat med 100 000 kronor per barn och år: priset i inställningarna.")


def test_without_a_tariff_the_places_own_price_is_taken():
    unit, _ = watch(place(counted([82] * 9)), measures={})
    assert (unit.value, unit.figures["pris"], unit.figures["pris_satt"]) == (200_000, 100_000, False)
    assert plain(unit.mening).endswith("per barn och år: enhetens budget delad med planen.")


# place, settings; what comes of it
NOTHING_TOLD = {
    "no price: no budget": (place(counted([82] * 9), budget=None), {}),
    "no price: a net income": (place(counted([82] * 9), budget=Decimal(-1)), {}),
    "no price: nothing planned": (place(counted([82] * 9, 0)), {}),
    "no price: no plan": (place(counted([82] * 9, None)), {}),
    "no price: it counts several things": (
        place(counted([82] * 9), counted([9] * 9, 9, PLACES)), {},
    ),
    "no readings": (place(counted([82] * 9, declared=PLACES)), {PLACES.name: TARIFF[CHILDREN.name]}),
    "a flow": (place(counted([82] * 9, declared=HOURS)), {HOURS.name: TARIFF[CHILDREN.name]}),
    "an unknown measure": (
        place(CountedVolume(MeasuredVolume("X", None, NOTHING, NOTHING), NOTHING, ())), {},
    ),
    "nothing counted": (place(), {}),
}  # fmt: skip


@pytest.mark.parametrize(("counting", "measures"), NOTHING_TOLD.values(), ids=NOTHING_TOLD)
def test_nothing_is_told_where_the_budget_does_not_follow(counting, measures):
    assert watch(counting, measures=measures) == ()


def test_the_readings_are_a_setting():
    september = {PLACES.name: MeasureSettings(tariff_kr=Decimal(1000), reading_months=(9,))}
    unit, _ = watch(place(counted([80] * 8 + [90], declared=PLACES)), measures=september)
    assert unit.value == 10_000
    every = {CHILDREN.name: MeasureSettings(tariff_kr=Decimal(1000), reading_months=(9,))}
    unit, _ = watch(place(counted([80] * 8 + [90])), measures=every)
    assert unit.value == 10_000


def test_months_that_a_mean_fills_are_no_readings():
    filled = (Decimal(90),) * 9 + NOTHING[9:]
    unit, total = watch(place(counted([None] * 8 + [82], measured=filled)))
    assert (unit.value, total.value) == (None, None)
    assert "uppgift saknas om avläsningarna i januari" in unit.mening
    assert total.mening == (
        "Inskrivna barn: uppgift saknas om årets avläsningar, så ingen ändring av budgeten kan räknas."
    )


def test_the_sum_says_how_much_more_and_less_and_of_how_many():
    several = [
        place(counted([82] * 9)),
        place(counted([77] * 9), code="102"),
        place(counted([None] * 9), code="103"),
    ]
    *units, total = watch(*several)
    assert [each.value for each in units] == [200_000, -300_000, None]
    assert total.value == -100_000
    assert total.figures == {"enheter": 2, "av": 3, "mer": 200_000, "mindre": -300_000}
    assert plain(total.mening) == (
        "Inskrivna barn: årets avläsningar väntas ge 0,1 mnkr mindre i budget. Räknat på 2 av 3 enheter."
    )


def test_what_evens_out_changes_no_budget():
    *_, total = watch(place(counted([81] * 9)), place(counted([79] * 9), code="102"))
    assert plain(total.mening) == "Inskrivna barn: årets avläsningar väntas inte ändra budgeten."


def test_the_sum_is_of_units_and_of_areas_only_where_no_unit_counts():
    area = place(counted([820] * 9, 800), code="V", scope="verksamhetsområde")
    *_, both = watch(place(counted([82] * 9)), area)
    *_, alone = watch(area)
    assert (both.value, both.figures["av"]) == (200_000, 1)
    assert (alone.value, alone.figures["av"]) == (2_000_000, 1)


def test_of_few_children_nothing_is_shown_and_the_sum_does_not_tell():
    few = place(counted([3] * 9, 5), code="102")
    shown, hidden, total = watch(place(counted([82] * 9)), few)
    assert (shown.is_hidden, hidden.is_hidden, total.is_hidden) == (False, True, False)
    assert hidden.value == -200_000
    assert (total.value, total.figures["enheter"], total.figures["av"]) == (200_000, 1, 2)


def test_the_measures_are_added_up_each_for_itself():
    lss = replace(PLACES, name="LSS-insatser", reading_months=(3, 8))
    both = [place(counted([82] * 9)), place(counted([82] * 9, declared=lss), code="102")]
    found = watch(*both, measures={})
    assert [(each.indicator, each.code) for each in found] == [
        ("Prestationsförändring, inskrivna barn", "101"),
        ("Prestationsförändring, LSS-insatser", "102"),
        ("Prestationsförändring, inskrivna barn", ""),
        ("Prestationsförändring, LSS-insatser", ""),
    ]


@pytest.mark.parametrize("months", [(13,), (0,), (8, 3), (3, 3)])
def test_impossible_reading_months_are_refused(months):
    with pytest.raises(UnusableThresholdError, match="reading_months"):
        MeasureSettings(reading_months=months)


def test_a_negative_tariff_is_refused():
    with pytest.raises(UnusableThresholdError, match="tariff"):
        MeasureSettings(tariff_kr=Decimal(-1))


def test_a_measure_of_an_unknown_kind_is_refused():
    with pytest.raises(UnusableThresholdError, match="kind"):
        MeasureSettings(kind="snitt")
