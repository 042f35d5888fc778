"""Figures that should say the same though they come from different places, held against each other.

Nothing is forced to add up: a difference is told in kronor; one that is known is declared with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal, get_args

from tasks.rules.json_keys import Key
from tasks.rules.report.driftbudget import BudgetTotal
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.result_units import CarriedTotal
from tasks.rules.thresholds import UnusableThresholdError, check_between

PairCode = Literal[
    "utfall_enheter", "budget_enheter", "budget_beslutad", "resultatoverforing", "bistand_utbetalt"
]
WHAT: Mapping[PairCode, str] = {
    "utfall_enheter": "Utfall hittills: hela huvudboken mot de enheter som följs",
    "budget_enheter": "Årets budget: hela huvudboken mot de enheter som följs",
    "budget_beslutad": "Årets budget: huvudboken mot den beslutade",
    "resultatoverforing": "Resultatöverföring: prognos efter minus före mot resultatenheterna",
    "bistand_utbetalt": "Utbetalt bistånd mot hushåll gånger medelbidrag",
}
HALF_A_KRONA = Decimal("0.5")
"""A mean that is written in whole kronor is at most so far from the one that was paid."""


@dataclass(frozen=True)
class KnownDifference:
    """A difference that is as it should be: kr (the first figure minus the second), and why.

    Raises UnusableThresholdError without a reason.
    """

    kr: Decimal = Decimal(0)
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UnusableThresholdError("reason", self.reason, "en text som säger varför")


@dataclass(frozen=True)
class ReconciliationSettings:
    """From where a difference is one (kr), and which are known, by the pair's code.

    Raises UnusableThresholdError.
    """

    tolerance_kr: Decimal = Decimal(1)
    known: Mapping[str, KnownDifference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_between("tolerance_kr", self.tolerance_kr, 0)
        for code in self.known:
            if code not in get_args(PairCode):
                raise UnusableThresholdError("known", code, ", ".join(get_args(PairCode)))


@dataclass(frozen=True)
class LedgerSums:
    """The ledger's sums (kr, None where a month is missing): of all its rows, and of the units that are
    followed; budgets of the whole year, outcomes so far.
    """

    budget: Decimal | None
    outcome: Decimal | None
    units_budget: Decimal | None
    units_outcome: Decimal | None


@dataclass(frozen=True)
class Reconciliation:
    """Two figures (kr) that should be the same, and their difference: the first minus the second.

    reason: of a known difference, None where none is declared or it isn't the one that was.
    """

    code: Annotated[PairCode, Key("kod")]
    what: Annotated[str, Key("vad")]
    one: Annotated[Decimal, Key("ena")]
    other: Annotated[Decimal, Key("andra")]
    difference: Annotated[Decimal, Key("skillnad")]
    agrees: Annotated[bool, Key("stammer")]
    reason: Annotated[str | None, Key("kand_orsak", left_out=True)] = None


@dataclass(frozen=True)
class _Pair:
    code: PairCode
    one: Decimal | None
    other: Decimal | None
    more_tolerance: Decimal = Decimal(0)


def reconciliations(
    ledger: LedgerSums | None,
    total: BudgetTotal,
    carried: CarriedTotal,
    assistance: AssistanceRow | None,
    settings: ReconciliationSettings,
) -> tuple[Reconciliation, ...]:
    """Hold a month's figures against each other, where both are there and may be told.

    total, carried: of areas and result units, compared only where every one of them counts.
    """
    pairs = (*_of_ledger(ledger, total), _of_carry_over(total, carried), _of_assistance(assistance))
    return tuple(_held(pair, settings) for pair in pairs if not (pair.one is None or pair.other is None))


def _of_ledger(ledger: LedgerSums | None, total: BudgetTotal) -> Iterator[_Pair]:
    if ledger is None:
        return
    decided = total.amounts.decided if total.counted == total.of else None
    yield _Pair("utfall_enheter", ledger.outcome, ledger.units_outcome)
    yield _Pair("budget_enheter", ledger.budget, ledger.units_budget)
    yield _Pair("budget_beslutad", ledger.budget, decided)


def _of_carry_over(total: BudgetTotal, carried: CarriedTotal) -> _Pair:
    """Return what the forecast carries over beside what the units do: out minus in, överskott as published.

    Source: the tertial report of April 2021, whose 1,6 mnkr are the units' 39,6 in and 37,95 out.
    """
    before, after = total.amounts.forecast_before, total.amounts.forecast_after
    into, out = carried.amounts.carried_in, carried.amounts.carried_out
    is_whole = total.counted == total.of and carried.counted == carried.of
    return _Pair(
        "resultatoverforing",
        after - before if is_whole and after is not None and before is not None else None,
        into + out if is_whole and into is not None and out is not None else None,
    )


def _of_assistance(row: AssistanceRow | None) -> _Pair:
    """Return what was paid beside the households' mean; the mean's rounding grows with the households."""
    figures = {} if row is None else row.figures
    paid, households, mean = (figures.get(name) for name in ("utbetalt", "hushall", "medelbidrag"))
    if not (isinstance(paid, Decimal) and isinstance(households, Decimal) and isinstance(mean, Decimal)):
        return _Pair("bistand_utbetalt", None, None)
    return _Pair("bistand_utbetalt", paid, households * mean, households * HALF_A_KRONA)


def _held(pair: _Pair, settings: ReconciliationSettings) -> Reconciliation:
    one, other = pair.one or Decimal(0), pair.other or Decimal(0)
    difference, known = one - other, settings.known.get(pair.code)
    tolerance = settings.tolerance_kr + pair.more_tolerance
    is_known = known is not None and abs(difference - known.kr) <= tolerance
    return Reconciliation(
        code=pair.code,
        what=WHAT[pair.code],
        one=one,
        other=other,
        difference=difference,
        agrees=is_known or abs(difference) <= tolerance,
        reason=known.reason if known is not None and is_known else None,
    )
