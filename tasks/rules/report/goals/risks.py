"""The report's risks: worst first, with their measures and the warnings that they concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from tasks.rules.assessment.risk_order import Risk, RiskSettings, Subject, concerning
from tasks.rules.json_keys import Key
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.goals.indicators import target_shown
from tasks.rules.swedish import sort_key


@dataclass(frozen=True)
class RiskRow:
    """A risk of the board's analysis; value: sannolikhet × konsekvens. warnings: codes of warned units."""

    indicator: Annotated[str, Key("indikator")]
    risk: str
    area: Annotated[str | None, Key("omrade")]
    unit: Annotated[str | None, Key("enhet")]
    unit_type: Annotated[str | None, Key("enhetstyp")]
    likelihood: Annotated[Decimal | None, Key("sannolikhet")]
    consequence: Annotated[Decimal | None, Key("konsekvens")]
    value: Annotated[Decimal | None, Key("varde")]
    measure: Annotated[str | None, Key("atgard")]
    target: Annotated[FigureOrText, Key("arsmal")]
    city_target: Annotated[FigureOrText, Key("kf_arsmal")]
    watched: Annotated[str | None, Key("bevakas")]
    warnings: Annotated[tuple[str, ...], Key("avvikelser")] = ()


def risk_rows(
    risks: Sequence[Risk], subjects: Sequence[Subject], settings: RiskSettings
) -> tuple[RiskRow, ...]:
    """Order risks by value, the largest first; one without a value comes last.

    subjects: the month's warnings in their order. A risk names those that it concerns.
    """
    concerned = {each.unit: concerning(each, risks, settings) for each in subjects}
    return tuple(
        _row(risk, tuple(unit for unit, own in concerned.items() if risk in own))
        for risk in sorted(risks, key=_worst_first)
    )


def _worst_first(risk: Risk) -> tuple[bool, Decimal, str, str]:
    value = risk.value
    return value is None, -(value or Decimal(0)), sort_key(risk.indicator), sort_key(risk.risk)


def _row(risk: Risk, warnings: tuple[str, ...]) -> RiskRow:
    return RiskRow(
        indicator=risk.indicator,
        risk=risk.risk,
        area=risk.area,
        unit=risk.unit,
        unit_type=risk.unit_type,
        likelihood=risk.likelihood,
        consequence=risk.consequence,
        value=risk.value,
        measure=risk.measure,
        target=target_shown(risk.target),
        city_target=target_shown(risk.city_target),
        watched=risk.watched,
        warnings=warnings,
    )
