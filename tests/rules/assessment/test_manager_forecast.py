from decimal import Decimal

import pytest

from tasks.rules.assessment.forecast_accuracy import AccuracySettings
from tasks.rules.assessment.manager_forecast import (
    Record,
    forecast_versions,
    mixed_forecast,
    newest_known,
    own_forecast_in_mail,
    own_forecast_sentence,
    record,
)
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tests.rules.closed_years import unit

DEFAULT = AccuracySettings()
MILLION = Decimal(1_000_000)


def test_the_record_compares_the_two_over_the_same_units_in_kronor():
    years = [
        unit(outturn=100, rule=101, manager=104),
        unit(outturn=-300, rule=-303, manager=-300),
        unit(manager=None),
        unit(rule=None),
        unit(outturn=None),
        unit(manager=110, plan_approved=True),  # what a plan moved is no error of the forecast
        unit(rule=110, plan_approved=True),
    ]
    assert record(years, DEFAULT) == Record(2, Decimal(1), Decimal(1))


@pytest.mark.parametrize(("years", "measured"), [([], 0), ([unit(outturn=0)], 1)])
def test_a_record_of_nothing_has_no_errors(years, measured):
    assert record(years, DEFAULT) == Record(measured, None, None)


def test_half_the_rule_and_half_the_manager_in_ore():
    found = mixed_forecast(Decimal("100.01"), Decimal(102), Record(20, Decimal(2), Decimal("2.6")), DEFAULT)
    assert found.kr == Decimal("101.01")
    assert found.reason == (
        "Hälften är regelns och hälften chefens prognos: chefernas har missat utfallet med "
        "2,6_% mot regelns 2,0_%, och gränsen är 1,30 gånger regelns."
    ).replace("_", NBSP)


UNMIXED = {
    "too few unit-years": (
        100, 102, Record(19, Decimal(1), Decimal(1)),
        "Chefernas prognoser vägs inte in: deras träffsäkerhet är mätt på 19 av minst 20 enhetsår.",
    ),
    "none": (
        100, 102, Record(0, None, None),
        "Chefernas prognoser vägs inte in: deras träffsäkerhet är mätt på 0 av minst 20 enhetsår.",
    ),
    "just too bad": (
        100, 102, Record(20, Decimal(2), Decimal("2.601")),
        (
            "Chefernas prognoser vägs inte in: de har missat utfallet med 2,6_% mot regelns 2,0_%, "
            "och gränsen är 1,30 gånger regelns."
        ),
    ),
    "no manager's": (100, None, Record(20, Decimal(1), Decimal(1)), "Uppgift saknas: chefens prognos."),
    "no rule's": (None, 100, Record(20, Decimal(1), Decimal(1)), "Uppgift saknas: regelns prognos."),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "manager", "measured", "reason"), UNMIXED.values(), ids=UNMIXED)
def test_nothing_is_mixed_before_the_managers_record_is_good_enough(rule, manager, measured, reason):
    rule, manager = (None if kr is None else Decimal(kr) for kr in (rule, manager))
    found = mixed_forecast(rule, manager, measured, DEFAULT)
    assert (found.kr, found.reason) == (None, reason.replace("_", NBSP))


AUGUST, SEPTEMBER, JANUARY = Period(2026, 8), Period(2026, 9), Period(2027, 1)
VERSIONS = {
    "one": ([(AUGUST, 12)], [(None, "Augusti 2026: 12,0_mnkr, den första prognosen.")]),
    "higher": (
        [(AUGUST, 12), (SEPTEMBER, "12.2")],
        [
            (None, "Augusti 2026: 12,0_mnkr, den första prognosen."),
            ("0.2", "September 2026: 12,2_mnkr, 0,2_mnkr högre nettokostnad än i augusti."),
        ],
    ),
    "lower after a missing one, in any order": (
        [(SEPTEMBER, "11.95"), (Period(2026, 7), 12), (AUGUST, None)],
        [
            (None, "Juli 2026: 12,0_mnkr, den första prognosen."),
            (None, "Augusti 2026: uppgift saknas."),
            ("-0.05", "September 2026: 12,0_mnkr, 50_tkr lägre nettokostnad än i juli."),
        ],
    ),
    "unchanged, another year": (
        [(SEPTEMBER, 12), (JANUARY, "12.0004")],
        [
            (None, "September 2026: 12,0_mnkr, den första prognosen."),
            ("0.0004", "Januari 2027: 12,0_mnkr, oförändrat sedan september 2026."),
        ],
    ),
    "two versions of a month, with net income": (
        [(AUGUST, -12), (AUGUST, "-11.5")],
        [
            (None, "Augusti 2026: 12,0_mnkr i nettointäkt, den första prognosen."),
            (
                "0.5",
                (
                    "Augusti 2026: 11,5_mnkr i nettointäkt, "
                    "0,5_mnkr högre nettokostnad än i förra versionen samma månad."
                ),
            ),
        ],
    ),
    "a forecast of nothing is no income": (
        [(AUGUST, 0)],
        [(None, "Augusti 2026: 0_tkr, den första prognosen.")],
    ),
    "none": ([], []),
}


@pytest.mark.parametrize(("given", "told"), VERSIONS.values(), ids=VERSIONS)
def test_the_versions_of_a_forecast_tell_how_it_moved(given, told):
    versions = forecast_versions(
        (period, None if mnkr is None else Decimal(mnkr) * MILLION) for period, mnkr in given
    )
    changes = [None if change is None else Decimal(change) * MILLION for change, _ in told]
    assert [version.change for version in versions] == changes
    assert [version.sentence for version in versions] == [text.replace("_", NBSP) for _, text in told]


def mnkr(value):
    return None if value is None else Decimal(str(value)) * MILLION


def versions(*given):
    return forecast_versions((period, mnkr(value)) for period, value in given)


def test_each_version_says_which_earlier_one_it_is_compared_with():
    told = versions((Period(2026, 7), 12), (AUGUST, None), (SEPTEMBER, 13), (JANUARY, 13))
    assert [version.since for version in told] == [None, Period(2026, 7), Period(2026, 7), SEPTEMBER]


NEWEST = {
    "the last": ([(AUGUST, 12), (SEPTEMBER, 13)], SEPTEMBER),
    "an empty one takes nothing back": ([(AUGUST, 12), (SEPTEMBER, None)], AUGUST),
    "a zero is known": ([(AUGUST, 12), (SEPTEMBER, 0)], SEPTEMBER),
    "none is known": ([(AUGUST, None)], None),
    "none": ([], None),
}


@pytest.mark.parametrize(("given", "told_in"), NEWEST.values(), ids=NEWEST)
def test_the_newest_known_version_counts(given, told_in):
    found = newest_known(versions(*given))
    assert (None if found is None else found.period) == told_in


# versions, the rule's, the unit's budget, its adjusted budget (mnkr): sentence
BESIDE = {
    "first": ([(SEPTEMBER, 23.6)], 24.3, 23, 23, "Enhetens egen prognos: 23,6_mnkr; regelns: 24,3_mnkr."),
    "unchanged": (
        [(AUGUST, 23.6), (SEPTEMBER, "23.6004")], 24.3, 23, 23,
        "Enhetens egen prognos: 23,6_mnkr, oförändrad sedan augusti; regelns: 24,3_mnkr.",
    ),
    "higher": (
        [(AUGUST, 23.6), (SEPTEMBER, 24)], 24.3, 23, 23,
        "Enhetens egen prognos: 24,0_mnkr, 0,4_mnkr högre än i augusti; regelns: 24,3_mnkr.",
    ),
    "lower": (
        [(AUGUST, 24), (SEPTEMBER, "23.9995")], 24.3, 23, 23,
        "Enhetens egen prognos: 24,0_mnkr, 1_tkr lägre än i augusti; regelns: 24,3_mnkr.",
    ),
    "less net income": (
        [(AUGUST, -2), (SEPTEMBER, -1.5)], -1.8, -2, -2,
        (
            "Enhetens egen prognos: 1,5_mnkr i nettointäkt, 0,5_mnkr lägre nettointäkt än i augusti; "
            "regelns: 1,8_mnkr i nettointäkt."
        ),
    ),
    "more net income": (
        [(AUGUST, -1.5), (SEPTEMBER, -2)], -1.8, -2, -2,
        (
            "Enhetens egen prognos: 2,0_mnkr i nettointäkt, 0,5_mnkr högre nettointäkt än i augusti; "
            "regelns: 1,8_mnkr i nettointäkt."
        ),
    ),
    "of an earlier month": (
        [(Period(2026, 7), 23), (AUGUST, 23)], 24.3, 23, 23,
        "Enhetens egen prognos från augusti: 23,0_mnkr, oförändrad sedan juli; regelns: 24,3_mnkr.",
    ),
    "its budget is adjusted": (
        [(SEPTEMBER, 23.6)], 24.3, 23, 23.5,
        "Enhetens egen prognos: 23,6_mnkr mot justerad budget 23,5_mnkr; regelns: 24,3_mnkr.",
    ),
    "adjusted by less than shows": (
        [(SEPTEMBER, 23.6)], 24.3, 23, "23.0004", "Enhetens egen prognos: 23,6_mnkr; regelns: 24,3_mnkr.",
    ),
    "adjusted by as little as shows": (
        [(SEPTEMBER, 23.6)], 24.3, 23, "23.0005",
        "Enhetens egen prognos: 23,6_mnkr mot justerad budget 23,0_mnkr; regelns: 24,3_mnkr.",
    ),
    "no budget known to the rule": (
        [(SEPTEMBER, 23.6)], 24.3, None, 23,
        "Enhetens egen prognos: 23,6_mnkr mot justerad budget 23,0_mnkr; regelns: 24,3_mnkr.",
    ),
    "no adjusted budget": (
        [(SEPTEMBER, 23.6)], 24.3, 23, None, "Enhetens egen prognos: 23,6_mnkr; regelns: 24,3_mnkr.",
    ),
    "no forecast of the rule": ([(SEPTEMBER, 23.6)], None, 23, 23, "Enhetens egen prognos: 23,6_mnkr."),
    "none of its own": ([(SEPTEMBER, None)], 24.3, 23, 23, ""),
}  # fmt: skip


@pytest.mark.parametrize(("given", "rule", "budget", "adjusted", "said"), BESIDE.values(), ids=BESIDE)
def test_a_units_own_forecast_stands_beside_the_rules(given, rule, budget, adjusted, said):
    sentence = own_forecast_sentence(
        versions(*given)[-1], SEPTEMBER, mnkr(rule), budget=mnkr(budget), adjusted_budget=mnkr(adjusted)
    )
    assert sentence == said.replace("_", NBSP)


# own, rule, told in: sentence (floor 0,15 mnkr)
IN_MAIL = {
    "further than the floor": (23.5, 24.3, SEPTEMBER, "Din egen prognos är 23,5_mnkr."),
    "the other way": (24.5, 24.3, SEPTEMBER, "Din egen prognos är 24,5_mnkr."),
    "just over the floor": ("24.15000001", 24, SEPTEMBER, "Din egen prognos är 24,2_mnkr."),
    "exactly the floor": (24.15, 24, SEPTEMBER, ""),
    "just under the floor": ("23.85000001", 24, SEPTEMBER, ""),
    "of an earlier month": (23.5, 24.3, AUGUST, "Din egen prognos från augusti är 23,5_mnkr."),
    "net income": (-2, -1, SEPTEMBER, "Din egen prognos är 2,0_mnkr i nettointäkt."),
    "no rule": (23.5, None, SEPTEMBER, ""),
}


def in_mail(own, rule, told_in=SEPTEMBER, *, is_manager=True):
    floor = Decimal(150_000)
    return own_forecast_in_mail(mnkr(own), told_in, SEPTEMBER, mnkr(rule), floor, is_manager=is_manager)


@pytest.mark.parametrize(("own", "rule", "told_in", "said"), IN_MAIL.values(), ids=IN_MAIL)
def test_a_manager_is_reminded_of_a_forecast_that_is_far_from_the_rules(own, rule, told_in, said):
    assert in_mail(own, rule, told_in) == said.replace("_", NBSP)


def test_a_stand_in_is_not_told_that_the_forecast_is_theirs():
    assert in_mail(23.5, 25, is_manager=False) == f"Enhetens egen prognos är 23,5{NBSP}mnkr."
