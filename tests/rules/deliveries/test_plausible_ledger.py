"""Ledgers whose figures can't be right are doubted, whole or in part, and honest ones are not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.deliveries.plausible import DoubtfulUnit, PlausibleSettings, judge
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tests.rules.deliveries.ledgers import SEPTEMBER, TYPES, changed, delivery, forecast, kinds, known, rows

AUGUST, JANUARY, FEBRUARY, MARCH = (Period(2026, month) for month in (8, 1, 2, 3))
HONEST = rows()
BEFORE = known(rows(AUGUST), rows(Period(2025, 12)))
PRESCHOOLS = {unit for unit, kind in TYPES.items() if kind == "förskola"}
ALL_BUT_TWO = set(list(TYPES)[:10])
ALL_BUT_THREE = set(list(TYPES)[:9])


def so_far(month):
    return month


def flat(budget=1, outcome=1, **where):
    return changed(HONEST, budget, outcome, **where)


# (rows, what was known, kinds)
LEDGERS = {
    "an honest file, first of all": (HONEST, known(), []),
    "an honest file after others": (HONEST, BEFORE, []),
    "an honest file beside a forecast": (HONEST, forecast(9_360_000), []),
    "in tkr": (flat(0.001, 0.001), BEFORE, ["thousandfold"]),
    "in tkr beside a forecast only": (flat(0.001, 0.001), forecast(9_360_000), ["thousandfold"]),
    "in tkr, and nothing is known": (flat(0.001, 0.001), known(), ["thousandfold"]),
    "a thousand times too large": (flat(1000, 1000), BEFORE, ["thousandfold"]),
    "outcome in tkr": (flat(1, 0.001), BEFORE, ["thousandfold"]),
    "outcome in tkr, and nothing is known": (flat(1, 0.001), known(), ["thousandfold"]),
    "one type in tkr": (flat(0.001, 0.001, units=PRESCHOOLS), BEFORE, ["thousandfold"]),
    "one month in tkr": (flat(1, 0.001, months={9}), BEFORE, ["thousandfold"]),
    "one month in tkr, and nothing is known": (flat(0.001, 0.001, months={4}), known(), ["thousandfold"]),
    "nearly all in tkr": (flat(0.001, 0.001, units=ALL_BUT_TWO), BEFORE, ["thousandfold"]),
    "many in tkr, too few of them": (
        flat(0.001, 0.001, units=ALL_BUT_THREE),
        known(rows(AUGUST), unit_types={}),
        [],
    ),
    "two units in tkr": (flat(0.001, 0.001, units={"F1", "H1"}), BEFORE, []),
    "a hundred times smaller": (flat(0.01, 0.01), BEFORE, ["moved"]),
    "ten thousand times smaller": (flat(0.0001, 0.0001), BEFORE, ["moved"]),
    "outcome three times the budget": (flat(1, 3.2), BEFORE, ["apart"]),
    "outcome nearly three times the budget": (flat(1, 2.8), BEFORE, []),
    "a year's budget in each month": (flat(12, 1), known(), ["apart"]),
    "a year's budget in each month, beside others": (flat(12, 1), BEFORE, ["apart", "moved"]),
    "one type apart": (flat(1, 4, units=PRESCHOOLS), BEFORE, ["apart"]),
    "one month apart": (flat(1, 6, months={3}), BEFORE, ["apart"]),
    "a quarter's outcome in a month": (flat(1, 3, months={3}), BEFORE, ["accumulated"]),
    "accumulated outcome": (flat(1, so_far), BEFORE, ["accumulated"]),
    "accumulated outcome, and nothing is known": (flat(1, so_far), known(), ["accumulated"]),
    "accumulated outcome and budget": (flat(so_far, so_far), BEFORE, ["accumulated"]),
    "accumulated outcome and budget, and nothing is known": (
        flat(so_far, so_far),
        known(),
        ["accumulated"],
    ),
    "one type accumulated": (flat(1, so_far, units=PRESCHOOLS), BEFORE, ["accumulated"]),
    "one type accumulated, and nothing is known": (
        flat(1, so_far, units=PRESCHOOLS),
        known(),
        ["accumulated"],
    ),
    "one month accumulated": (flat(1, so_far, months={9}), BEFORE, ["accumulated"]),
    "one month accumulated, and nothing is known": (flat(1, so_far, months={5}), known(), ["accumulated"]),
    "an outcome that grows by a twentieth a month": (flat(1, lambda m: 1 + m / 20), known(), []),
    "nothing in the month": (flat(1, 0, months={9}), BEFORE, ["nothing"]),
    "an empty month": (flat(1, None, months={9}), BEFORE, ["nothing"]),
    "nothing at all": (flat(1, 0), known(), ["nothing"]),
    "one type has nothing in the month": (flat(1, 0, months={9}, units=PRESCHOOLS), BEFORE, ["nothing"]),
    "turned signs": (flat(-1, -1), BEFORE, ["turned"]),
    "turned signs beside a forecast": (flat(-1, -1), forecast(9_360_000), ["turned"]),
    "turned signs, and nothing is known": (flat(-1, -1), known(), ["turned"]),
    "turned outcome, and nothing is known": (flat(1, -1), known(), ["turned"]),
    "turned budget": (flat(-1, 1), BEFORE, ["turned"]),
    "one type turned": (flat(-1, -1, units=PRESCHOOLS), BEFORE, ["turned"]),
    "one type turned, and nothing is known": (flat(-1, -1, units=PRESCHOOLS), known(), ["turned"]),
    "one month turned": (flat(1, -1, months={9}), BEFORE, ["turned"]),
    "one month turned, and nothing is known": (flat(-1, -1, months={2}), known(), ["turned"]),
    "turned incomes only": (flat(-1, -1, groups={"Intäkter"}), BEFORE, ["moved"]),
    "a budget moved by a quarter": (flat(1.25, 1), BEFORE, ["moved"]),
    "a budget moved down by a quarter": (flat(0.75, 1), BEFORE, ["moved"]),
    "a budget moved by a sixth": (flat(1.17, 1), BEFORE, []),
    "one type's budget moved": (flat(1.25, 1, units=PRESCHOOLS), BEFORE, ["moved"]),
    "a budget that isn't of the same year": (flat(1.25, 1), known(rows(Period(2025, 12))), []),
    "a file without units": ([], BEFORE, []),
}


@pytest.mark.parametrize(("made", "before", "expected"), LEDGERS.values(), ids=LEDGERS)
def test_a_ledger_is_doubted_for_what_cannot_be_and_for_nothing_else(made, before, expected):
    assert kinds(made, before) == expected


def of_month(period, budget=1, outcome=1, own_month=False):
    """Return a file of a month whose figures are changed; of the month alone where `own_month`."""
    made = changed(rows(period), budget, outcome)
    return [row for row in made if row[0] == period.first_day] if own_month else made


BEFORE_THE_YEAR = known(rows(Period(2025, 12)))

# (rows, period, what was known, kinds)
MONTHS = {
    "an honest January": (of_month(JANUARY), JANUARY, BEFORE_THE_YEAR, []),
    "an honest January, first of all": (of_month(JANUARY), JANUARY, known(), []),
    "an honest month alone": (of_month(SEPTEMBER, own_month=True), SEPTEMBER, BEFORE, []),
    "January in tkr": (of_month(JANUARY, 0.001, 0.001), JANUARY, BEFORE_THE_YEAR, ["thousandfold"]),
    "January without outcome": (of_month(JANUARY, 1, 0), JANUARY, known(), ["nothing"]),
    "January turned": (of_month(JANUARY, -1, -1), JANUARY, BEFORE_THE_YEAR, ["turned"]),
    "February accumulated": (of_month(FEBRUARY, 1, so_far), FEBRUARY, BEFORE_THE_YEAR, ["accumulated"]),
    "February accumulated, first of all": (of_month(FEBRUARY, 1, so_far), FEBRUARY, known(), ["accumulated"]),
    "February half again as large": (of_month(FEBRUARY, 1, 1.5), FEBRUARY, BEFORE_THE_YEAR, []),
    "March accumulated with its budget": (
        of_month(MARCH, so_far, so_far),
        MARCH,
        known(),
        ["accumulated"],
    ),
    "a month alone, accumulated": (
        of_month(SEPTEMBER, 1, so_far, own_month=True),
        SEPTEMBER,
        BEFORE,
        ["accumulated"],
    ),
    "a month alone, accumulated with its budget": (
        of_month(SEPTEMBER, so_far, so_far, own_month=True),
        SEPTEMBER,
        BEFORE,
        ["accumulated"],
    ),
    "a month alone, accumulated, first of all": (
        of_month(SEPTEMBER, 1, so_far, own_month=True),
        SEPTEMBER,
        known(),
        ["accumulated"],
    ),
}


@pytest.mark.parametrize(("made", "period", "before", "expected"), MONTHS.values(), ids=MONTHS)
def test_every_month_of_the_year_is_judged_by_what_it_can_be_held_against(made, period, before, expected):
    assert kinds(made, before, period) == expected


INCOME_UNITS = rows(groups={"Personal": 800_000, "Intäkter": -900_000})
NET_ZERO = rows(groups={"Personal": 800_000, "Intäkter": -800_000})
OWN_GROUPS = rows(groups={"Blandat": 800_000, "Annat": 100_000})

UNUSUAL = {
    "units that have a net income": (INCOME_UNITS, known(INCOME_UNITS), []),
    "units that have a net income, first of all": (INCOME_UNITS, known(), []),
    "units whose budget is net 0": (NET_ZERO, known(NET_ZERO), []),
    "units whose budget is net 0, first of all": (NET_ZERO, known(), []),
    "nets near 0 that change their sign": (
        NET_ZERO,
        known(changed(NET_ZERO, 1, 1.01, groups={"Intäkter"})),
        [],
    ),
    "groups whose names tell nothing": (OWN_GROUPS, known(), []),
    "turned groups whose names tell nothing": (changed(OWN_GROUPS, -1, -1), known(), []),
    "an outcome without budget": (changed(HONEST, None), BEFORE, []),
    "an outcome without budget, first of all": (changed(HONEST, None), known(), []),
    "an outcome without budget, far from what was known": (
        changed(HONEST, None, 3.2),
        known(changed(rows(AUGUST), 1, 1.1)),
        ["apart"],
    ),
    "an outcome without budget, nothing in the month": (
        changed(changed(HONEST, None), 1, 0, months={9}),
        known(),
        ["nothing"],
    ),
    "nothing in a month without budget": (
        changed(HONEST, 0, 0, months={7}, units=PRESCHOOLS),
        known(),
        [],
    ),
    "a type that rested in the same month of the year before": (
        changed(HONEST, 1, 0, months={7}, units=PRESCHOOLS),
        known(changed(rows(Period(2025, 12)), 1, 0, months={7}, units=PRESCHOOLS)),
        [],
    ),
    "a group that is missing in a month": (
        changed(HONEST, 1, None, months={3}, groups={"Lokaler"}),
        known(),
        ["nothing"],
    ),
}


@pytest.mark.parametrize(("made", "before", "expected"), UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_unusual_and_true_is_not_doubted(made, before, expected):
    assert kinds(made, before) == expected


def test_account_classes_tell_costs_and_incomes():
    classes = rows(groups={"5010": 800_000, "30": -120_000})
    assert kinds(classes) == []
    assert kinds(changed(classes, -1, -1)) == ["turned"]


def test_a_source_without_declared_signs_is_not_judged_by_its_groups():
    turned = delivery(changed(HONEST, -1, -1))
    unsigned = replace(turned, source=replace(turned.source, signs=None))
    assert judge(unsigned, known(), PlausibleSettings()).doubts == ()


def test_limits_decide():
    settings = PlausibleSettings(nearly_all_percent=Decimal(60), moved_percent=Decimal(30))
    few = known(rows(AUGUST), unit_types={})
    assert kinds(flat(0.001, 0.001, units=ALL_BUT_THREE), few) == []
    assert kinds(flat(0.001, 0.001, units=ALL_BUT_THREE), few, settings=settings) == ["thousandfold"]
    assert kinds(flat(1.25), BEFORE, settings=settings) == []


def test_two_units_are_too_few_to_hold_a_file_for():
    two = rows(units=("F1", "F2"))
    assert kinds(changed(two, 0.001, 0.001), known(two)) == []
    settings = PlausibleSettings(fewest_units=2)
    assert kinds(changed(two, 0.001, 0.001), known(two), settings=settings) == ["thousandfold"]


SENTENCES = {
    "thousandfold": (
        flat(1, 0.001, months={9}),
        BEFORE,
        (
            "Utfallet är omkring 1 000 gånger mindre än tidigare i september 2026 för 12 av 12 "
            "enheter: 788 kronor mot 787 800 kronor (H8 Enheten H8)"
        ),
        "Lämna beloppen i kronor, eller låt rubriken sluta på _tkr om de är i tkr. Är siffrorna rätt",
    ),
    "too small": (
        flat(0.001, 0.001),
        known(),
        (
            "Budgeten är mindre än 50 000 kronor om året för 12 av 12 enheter: 12 240 kronor (H8 "
            "Enheten H8). Detsamma gäller utfallet för 12 av 12 enheter"
        ),
        "Lämna beloppen i kronor, eller",
    ),
    "apart": (
        flat(1, 6, units=PRESCHOOLS),
        BEFORE,
        (
            "Utfallet är 6,1 gånger större än budgeten för 4 av 4 enheter av typen förskola: 55 630 "
            "800 kronor mot 9 180 000 kronor (F3 Enheten F3), räknat utan tecken"
        ),
        "Lämna månadens egen budget",
    ),
    "running up": (
        flat(so_far, so_far),
        known(),
        (
            "Budgeten ser ut att vara årets summa hittills för 12 av 12 enheter: från 780 000 kronor "
            "till 9 360 000 kronor i december 2026 (H8 Enheten H8), högre varje månad. Detsamma "
            "gäller utfallet för 12 av 12 enheter"
        ),
        "Lämna varje månads egna siffror",
    ),
    "as many months": (
        flat(1, so_far, months={9}),
        BEFORE,
        (
            "Utfallet ser ut att vara årets summa hittills i september 2026 för 12 av 12 enheter: 7 "
            "300 800 kronor mot 787 800 kronor i en vanlig månad tidigare (H2 Enheten H2)"
        ),
        "Lämna varje månads egna siffror",
    ),
    "nothing": (
        flat(1, 0, months={8, 9}),
        BEFORE,
        (
            "Utfallet är 0 eller saknas i augusti 2026 för 12 av 12 enheter, mot sammanlagt "
            "12 240 000 kronor enligt budgeten, räknat utan tecken. Detsamma gäller utfallet i "
            "september 2026 för 12 av 12 enheter"
        ),
        "Lämna filen när",
    ),
    "nothing and no budget": (
        changed(changed(HONEST, None), 1, 0, months={9}),
        known(),
        ("Utfallet är 0 eller saknas i september 2026 för 12 av 12 enheter, men inte i andra månader"),
        "Lämna filen när",
    ),
    "turned": (
        flat(1, -1),
        BEFORE,
        (
            "Utfallet har omvänt tecken mot det som lämnats tidigare för 12 av 12 enheter: −811 200 "
            "kronor i juli 2026 mot 787 800 kronor (H8 Enheten H8)"
        ),
        "Vänd tecknen",
    ),
    "groups": (
        flat(-1, -1),
        known(),
        (
            "Budgeten har negativa kostnader och positiva intäkter för 12 av 12 enheter: kostnader "
            "−900 000 kronor och intäkter 120 000 kronor i december 2026 (H8 Enheten H8). Detsamma "
            "gäller utfallet för 12 av 12 enheter"
        ),
        "Vänd tecknen",
    ),
    "moved": (
        flat(1.25),
        BEFORE,
        (
            "Budgeten för året är en annan än i förra leveransen för 12 av 12 enheter: 11 700 000 "
            "kronor mot 9 360 000 kronor (H8 Enheten H8), +25 %"
        ),
        "Kontrollera att",
    ),
    "moved down": (
        flat(0.75),
        BEFORE,
        (
            "Budgeten för året är en annan än i förra leveransen för 12 av 12 enheter: 7 020 000 "
            "kronor mot 9 360 000 kronor (H8 Enheten H8), −25 %"
        ),
        "Kontrollera att",
    ),
}


@pytest.mark.parametrize(("made", "before", "rule", "remedy"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_compares_the_figures_and_says_what_to_do(made, before, rule, remedy):
    doubt = judge(delivery(made), before, PlausibleSettings()).doubts[0]
    assert doubt.rule.replace(NBSP, " ") == rule
    assert doubt.remedy.startswith(remedy)


def test_a_single_unit_a_thousand_times_off_is_told_by_itself():
    made = flat(0.001, 0.001, units={"F2"})
    assert kinds(made, BEFORE) == []
    (unit,) = judge(delivery(made), BEFORE, PlausibleSettings()).units
    assert replace(unit, sentence=unit.sentence.replace(NBSP, " ")) == DoubtfulUnit(
        "F2",
        (
            "F2 Enheten F2: utfallet är omkring 1 000 gånger mindre än tidigare, "
            "803 kronor i september 2026 mot 780 000 kronor"
        ),
    )


def test_a_unit_whose_last_month_alone_is_off_is_told_too():
    september = judge(delivery(flat(1, 1000, months={9}, units={"H1"})), BEFORE, PlausibleSettings()).units
    march = judge(delivery(flat(1, 1000, months={3}, units={"H1"})), BEFORE, PlausibleSettings()).units
    assert [unit.unit for unit in september] == ["H1"]
    assert march == ()


def test_honest_units_are_not_told():
    assert judge(delivery(HONEST), BEFORE, PlausibleSettings()).units == ()
    assert judge(replace(delivery(HONEST), ledger=None), BEFORE, PlausibleSettings()).units == ()
    assert judge(replace(delivery(HONEST), ledger=None), BEFORE, PlausibleSettings()).doubts == ()
