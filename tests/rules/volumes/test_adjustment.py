from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.declaration import Volume
from tasks.rules.swedish import NBSP
from tasks.rules.thresholds import UnusableThresholdError
from tasks.rules.volumes.adjustment import (
    LSS_READINGS,
    PRESCHOOL_READINGS,
    MeasureSettings,
    Settlement,
    adjustment_sentence,
    expected_adjustment,
    measures_known,
)
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume

CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")
TARIFF = Decimal(100_000)
READ_UNTIL_AUGUST = (1, 2, 3, 4, 5, 8)
PRESCHOOL = Settlement(READ_UNTIL_AUGUST, TARIFF)
WHOLE_YEAR = Settlement(PRESCHOOL_READINGS, TARIFF)
LSS = Settlement(LSS_READINGS, TARIFF)
SPRING = tuple(Decimal(share) for share in ("1.1",) * 6 + ("0.9",) * 6)
COUNTS = st.lists(st.none() | st.decimals(0, 500, places=1), min_size=12, max_size=12).map(tuple)


def year(*values):
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return figures + NOTHING[len(figures) :]


def children(outcome, planned=(80,) * 12, **changed):
    return replace(MeasuredVolume(CHILDREN.name, CHILDREN, year(*outcome), year(*planned)), **changed)


# volume, month, settlement: made, coming, mean of the readings, expected mean, kr
TABLE = {
    "more children than planned": (
        children([82] * 5 + [None, None, 88]), 9, PRESCHOOL, 6, 0, 83, 83, 300_000,
    ),
    "fewer": (children([78] * 5 + [None, None, 72]), 8, PRESCHOOL, 6, 0, 77, 77, -300_000),
    "as planned": (children([80] * 8), 8, PRESCHOOL, 6, 0, 80, 80, 0),
    "coming readings are as the latest month": (children([80, 86]), 2, PRESCHOOL, 2, 4, 83, 85, 500_000),
    "the first one alone": (children([82]), 1, PRESCHOOL, 1, 5, 82, 82, 200_000),
    "they follow the season": (
        children([88] * 5, season=SPRING), 5, PRESCHOOL, 5, 1, 88, "85.333", "533333.33",
    ),
    "a month without a season moves nothing": (
        children([82], season=(Decimal(0), *(Decimal(12) / 11,) * 11)), 1, PRESCHOOL, 1, 5, 82, 82, 200_000,
    ),
    "the latest month need be no reading": (
        children([80, 80, 80, 80, 86]), 5, LSS, 1, 1, 80, 83, 300_000,
    ),
    "other months aren't read": (
        children([99, 99, 80, 99, 99, 99, 99, 84]), 8, LSS, 2, 0, 82, 82, 200_000,
    ),
    "nothing after the last reading counts": (
        children([80] * 8 + [99] * 4), 12, PRESCHOOL, 6, 0, 80, 80, 0,
    ),
    "a missed reading is left out": (children([82, None, 82, 82, 82]), 5, PRESCHOOL, 4, 1, 82, 82, 200_000),
    "the latest plan is the year's": (
        children([80] * 8, [75] * 4 + [78] * 4), 8, PRESCHOOL, 6, 0, 80, 80, 200_000,
    ),
    "the autumn's readings count, though it was more children in spring": (
        children([100] * 5 + [None, None, 72, 72], [90] * 12), 9, WHOLE_YEAR, 7, 3, 92, 86, -400_000,
    ),
    "the year is settled by ten readings": (
        children([84] * 5 + [0, 0] + [76] * 5), 12, WHOLE_YEAR, 10, 0, 80, 80, 0,
    ),
    "nobody was planned": (children([1] * 8, [0] * 8), 8, PRESCHOOL, 6, 0, 1, 1, 100_000),
    "no plan": (children([82] * 8, []), 8, PRESCHOOL, 6, 0, 82, 82, None),
    "no reading yet": (children([80, 80]), 2, LSS, 0, 2, None, None, None),
    "the only reading was missed": (children([None]), 1, PRESCHOOL, 0, 5, None, None, None),
    "all readings were missed": (children([]), 9, PRESCHOOL, 0, 0, None, None, None),
}  # fmt: skip


@pytest.mark.parametrize(
    ("volume", "month", "settlement", "made", "coming", "mean", "expected", "kr"), TABLE.values(), ids=TABLE
)
def test_the_budget_follows_the_mean_of_the_readings(
    volume, month, settlement, made, coming, mean, expected, kr
):
    found = expected_adjustment(volume, month, settlement)
    assert (len(found.made), len(found.coming)) == (made, coming)
    assert found.reading_mean == (None if mean is None else Decimal(mean))
    if expected is not None:
        assert float(found.expected_mean) == pytest.approx(float(expected), abs=5e-4)
    else:
        assert found.expected_mean is None
    assert found.adjustment == (None if kr is None else Decimal(kr))


def test_the_measures_of_an_administration_are_known_beside_the_declared_ones():
    declared = (Volume("Barn", "niva", one="barn", many="barn"), Volume("Timmar", "flode"))
    own = {
        "Elevplatser": MeasureSettings(kind="niva"),
        "Timmar": MeasureSettings(kind="niva"),
        "Barn": MeasureSettings(tariff_kr=Decimal(1)),
        "Okänt": MeasureSettings(tariff_kr=Decimal(1)),
    }
    assert measures_known(declared, own) == {
        "Barn": declared[0],
        "Timmar": Volume("Timmar", "niva"),
        "Elevplatser": Volume("Elevplatser", "niva"),
    }


NOT_SETTLED = {
    "no tariff": (children([82] * 8), Settlement(READ_UNTIL_AUGUST)),
    "a flow": (children([82] * 8, declared=HOURS), PRESCHOOL),
    "an unknown measure": (children([82] * 8, declared=None), PRESCHOOL),
}


@pytest.mark.parametrize(("volume", "settlement"), NOT_SETTLED.values(), ids=NOT_SETTLED)
def test_a_measure_that_is_not_settled_has_no_adjustment(volume, settlement):
    assert expected_adjustment(volume, 8, settlement) is None


SENTENCES = {
    "all readings are made": (
        children(["82.4"] * 8), 8, PRESCHOOL,
        ("Förskolan Ek har i snitt 82,4 barn vid årets avläsningar mot planerade 80. "
        "Det ger 0,2_mnkr mer i budget."),
    ),
    "some are to come and would be the same": (
        children([78, 78]), 2, PRESCHOOL,
        ("Förskolan Ek har i snitt 78,0 barn vid årets avläsningar hittills (2 av 6) mot planerade 80. "
        "Det väntas ge 0,2_mnkr mindre i budget."),
    ),
    "the latest number changes the year": (
        children([80, 86], ["80.5"] * 12), 2, PRESCHOOL,
        ("Förskolan Ek har i snitt 83,0 barn vid årets avläsningar hittills (2 av 6) mot planerade 80,5. "
        "Om det senaste antalet står sig blir årets snitt 85,0. Det väntas ge 0,5_mnkr mer i budget."),
    ),
    "as planned, more to come": (
        children([80]), 1, PRESCHOOL,
        ("Förskolan Ek har i snitt 80,0 barn vid årets avläsningar hittills (1 av 6) mot planerade 80. "
        "Det väntas inte ändra budgeten."),
    ),
    "as planned": (
        children([80] * 8), 9, PRESCHOOL,
        ("Förskolan Ek har i snitt 80,0 barn vid årets avläsningar mot planerade 80. "
        "Det ändrar inte budgeten."),
    ),
    "a missed reading": (
        children([80, None, 80, 80, 80, None, None, 80]), 8, PRESCHOOL,
        ("Förskolan Ek har i snitt 80,0 barn vid årets avläsningar mot planerade 80. "
        "Det ändrar inte budgeten. Avläsningen i februari saknas och räknas inte."),
    ),
    "no reading yet": (
        children([80]), 1, LSS,
        "Förskolan Ek: årets första avläsning är i mars, så ingen ändring av budgeten väntas än.",
    ),
    "two missed readings": (
        children([]), 2, PRESCHOOL,
        ("Förskolan Ek: uppgift saknas om avläsningarna i januari och februari, "
        "så ingen ändring av budgeten kan räknas."),
    ),
    "no plan": (
        children([80], []), 1, PRESCHOOL,
        "Förskolan Ek: uppgift saknas om planerade barn, så ingen ändring av budgeten kan räknas.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("volume", "month", "settlement", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_adjustment_is_said_with_what_it_rests_on(volume, month, settlement, sentence):
    found = expected_adjustment(volume, month, settlement)
    assert adjustment_sentence("Förskolan Ek", "barn", found) == sentence.replace("_", NBSP)


@pytest.mark.parametrize(
    ("months", "tariff"),
    [((), None), ((0, 3), None), ((3, 13), None), ((8, 3), None), ((3, 3), None), ((3,), Decimal(-1))],
)
def test_a_settlement_that_makes_no_sense_is_refused(months, tariff):
    with pytest.raises(UnusableThresholdError):
        Settlement(months, tariff)


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 12))
def test_nothing_dated_after_the_month_changes_its_adjustment(outcome, planned, later, month):
    now = MeasuredVolume(CHILDREN.name, CHILDREN, outcome, planned)
    then = replace(now, outcome=outcome[:month] + later[month:], planned=planned[:month] + later[month:])
    assert expected_adjustment(now, month, PRESCHOOL) == expected_adjustment(then, month, PRESCHOOL)
