"""The board's risks beside the warnings that they concern, and the warnings in the order of the risks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sql.database import Transaction
from tasks.register import read_register
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.risk_order import Order, Risk, RiskSettings, Subject, risk_order
from tasks.rules.watched import UNIT

Warned = dict[str, Any]
"""A warning by the contract, with `enhet` and `avvikelse` (kr, a deficit is negative)."""


@dataclass(frozen=True)
class KnownRisks:
    """The newest analysis of risks up to a month, and what tells whom each risk concerns.

    indicators: by unit, those of its leading signals that may be shown.
    """

    risks: Sequence[Risk]
    indicators: Mapping[str, Sequence[str]]
    register: Register
    period: Period
    settings: RiskSettings


def known_risks(transaction: Transaction, period: Period, settings: RiskSettings) -> KnownRisks:
    """Read what a month knows of risks; nothing that was delivered for a later month."""
    indicators: dict[str, list[str]] = {}
    for signal in transaction.rows("watch/list_latest", period=period.first_day):
        if signal.signal is not None and signal.scope == UNIT and not signal.is_hidden:
            indicators.setdefault(signal.code, []).append(signal.indicator)
    return KnownRisks(
        risks=_newest_analysis(transaction, period),
        indicators=indicators,
        register=read_register(transaction, period),
        period=period,
        settings=settings,
    )


def with_risks(warnings: Sequence[Warned], known: KnownRisks, order: Order = "kronor") -> list[Warned]:
    """Add to each warning the worst risk's value and named measure, None where there is none, and a sentence.

    kronor: the warnings keep their order. risk: highest value first, largest deficit first within a value.
    """
    subjects = [_subject(warning, known) for warning in warnings]
    ranked = {each.subject.unit: each for each in risk_order(subjects, known.risks, known.settings, "risk")}
    beside = {
        warning["enhet"]: warning
        | {
            "riskvarde": ranked[warning["enhet"]].value,
            "riskatgard": next((risk.measure for risk in ranked[warning["enhet"]].risks), None),
            "riskmening": ranked[warning["enhet"]].sentence or None,
        }
        for warning in warnings
    }
    return [beside[unit] for unit in (ranked if order == "risk" else beside)]


def _newest_analysis(transaction: Transaction, period: Period) -> list[Risk]:
    rows: dict[int, dict[str, Any]] = {}
    for one in transaction.rows("figure/list_newest", source="risker", period=period.first_day):
        rows.setdefault(one.row_no, {})[one.measure] = one.note if one.value is None else one.value
    return [
        Risk(
            indicator=row["indikator"],
            risk=row["risk"],
            likelihood=row.get("sannolikhet"),
            consequence=row.get("konsekvens"),
            measure=row.get("atgard"),
        )
        for row in rows.values()
    ]


def _subject(warning: Warned, known: KnownRisks) -> Subject:
    """Say what a warning is about: its unit's signals and type, and the names of what it lies in."""
    code, deviation = warning["enhet"], warning["avvikelse"]
    unit = known.register.unit(code, known.period)
    kind = [] if unit is None or unit.unit_type is None else [unit.unit_type]
    return Subject(
        unit=code,
        deficit=None if deviation is None else -deviation,
        indicators=tuple(known.indicators.get(code, ())),
        belongs_to=(*kind, *(place.name for place in known.register.above(code, known.period))),
    )
