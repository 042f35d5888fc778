"""Figures that should say the same are held against each other, and nothing is forced to add up."""

from decimal import Decimal

import pytest

from tasks.rules.json_keys import HIDDEN
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import BudgetAmounts, BudgetTotal
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.reconciliation import (
    WHAT,
    KnownDifference,
    LedgerSums,
    Reconciliation,
    ReconciliationSettings,
    reconciliations,
)
from tasks.rules.report.result_units import CarriedAmounts, CarriedTotal
from tasks.rules.thresholds import UnusableThresholdError

APRIL = Period(2021, 4)


def kr(amount):
    return None if amount is None else Decimal(amount)


def total(decided="100", before="90", after="88.4", counted=2, of=2):
    amounts = BudgetAmounts(kr(decided), kr(decided), kr(before), kr(after), None, None)
    return BudgetTotal(amounts, counted=counted, of=of)


def carried(into="-39.6", out="38", counted=1, of=1):
    return CarriedTotal(CarriedAmounts(None, None, kr(into), None, kr(out)), counted=counted, of=of)


def ledger(budget="100", outcome="30", units_budget="100", units_outcome="30"):
    return LedgerSums(kr(budget), kr(outcome), kr(units_budget), kr(units_outcome))


def assistance(paid="1000400", households="100", mean="10004"):
    figures = {"utbetalt": paid, "hushall": households, "medelbidrag": mean}
    return AssistanceRow(
        APRIL, {name: value if value == HIDDEN else kr(value) for name, value in figures.items()}
    )


def held(of_ledger=None, of_total=None, of_carried=None, row=None, settings=None):
    found = reconciliations(
        of_ledger or ledger(),
        of_total or total(),
        of_carried or carried(),
        row or assistance(),
        settings or ReconciliationSettings(),
    )
    return {each.code: each for each in found}


def test_every_pair_that_is_there_is_told_with_its_two_figures():
    found = held()
    assert set(found) == set(WHAT)
    assert all(each.agrees and each.what == WHAT[code] for code, each in found.items())
    assert found["resultatoverforing"] == Reconciliation(
        "resultatoverforing", WHAT["resultatoverforing"], kr("-1.6"), kr("-1.6"), kr("0.0"), agrees=True
    )


@pytest.mark.parametrize(
    ("code", "differing", "difference"),
    [
        ("utfall_enheter", {"of_ledger": ledger(outcome="32")}, "2"),
        ("budget_enheter", {"of_ledger": ledger(budget="102", units_budget="100")}, "2"),
        ("budget_beslutad", {"of_total": total(decided="107")}, "-7"),
        ("resultatoverforing", {"of_carried": carried(out="41")}, "-3.0"),
        ("bistand_utbetalt", {"row": assistance(paid="1000452")}, "52"),
    ],
)
def test_what_differs_is_told_in_kronor(code, differing, difference):
    found = held(**differing)[code]
    assert (found.agrees, found.difference) == (False, kr(difference))


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        ("utfall_enheter", {"of_ledger": ledger(outcome=None)}),
        ("budget_enheter", {"of_ledger": ledger(units_budget=None)}),
        ("budget_beslutad", {"of_total": total(counted=1)}),
        ("resultatoverforing", {"of_total": total(after=None)}),
        ("resultatoverforing", {"of_total": total(before=None)}),
        ("resultatoverforing", {"of_carried": carried(into=None)}),
        ("resultatoverforing", {"of_carried": carried(counted=0)}),
        ("bistand_utbetalt", {"row": assistance(paid=None)}),
        ("bistand_utbetalt", {"row": assistance(households=HIDDEN)}),
        ("bistand_utbetalt", {"row": assistance(mean=None)}),
    ],
)
def test_a_figure_that_is_missing_partly_there_or_hidden_is_held_against_nothing(code, lacking):
    assert code not in held(**lacking)


def test_without_a_ledger_and_assistance_only_the_carry_over_is_left():
    found = reconciliations(None, total(), carried(), None, ReconciliationSettings())
    assert [each.code for each in found] == ["resultatoverforing"]


@pytest.mark.parametrize(("paid", "agrees"), [("1000451", True), ("1000451.01", False), ("1000349", True)])
def test_a_mean_in_whole_kronor_is_half_a_krona_off_for_each_household(paid, agrees):
    assert held(row=assistance(paid=paid))["bistand_utbetalt"].agrees is agrees


@pytest.mark.parametrize(
    ("decided", "agrees", "reason"),
    [("107", True, "Centrala medel"), ("108", True, "Centrala medel"), ("110", False, None)],
)
def test_a_known_difference_agrees_with_its_reason_and_another_does_not(decided, agrees, reason):
    settings = ReconciliationSettings(known={"budget_beslutad": KnownDifference(kr("-7"), "Centrala medel")})
    found = held(of_total=total(decided=decided), settings=settings)["budget_beslutad"]
    assert (found.agrees, found.reason) == (agrees, reason)


def test_rounding_is_tolerated_as_the_settings_say():
    settings = ReconciliationSettings(tolerance_kr=kr("10"))
    assert held(of_total=total(decided="107"), settings=settings)["budget_beslutad"].agrees


@pytest.mark.parametrize(
    "make",
    [
        lambda: KnownDifference(kr("1"), " "),
        lambda: ReconciliationSettings(tolerance_kr=kr("-1")),
        lambda: ReconciliationSettings(known={"budget": KnownDifference(kr("1"), "Skäl")}),
    ],
)
def test_settings_that_say_nothing_are_refused(make):
    with pytest.raises(UnusableThresholdError):
        make()
