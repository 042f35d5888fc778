"""What a month's report tells otherwise than the month before it: the forecasts, and which units are warned.

It is held against the newest report of the month before, as it stood when this one was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from tasks.rules.assessment.deviation_facts import Level
from tasks.rules.assessment.month_warnings import UnitWarning
from tasks.rules.json_keys import Key
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import BudgetTotal
from tasks.rules.wording import is_nothing


@dataclass(frozen=True)
class ChangedUnit:
    """A unit that is warned now or was: its signal and deviation (kr, underskott −) then and now.

    None of a month in which it wasn't warned.
    """

    code: Annotated[str, Key("enhet")]
    name: Annotated[str, Key("namn")]
    level_before: Annotated[Level | None, Key("niva_signal_fore")]
    level: Annotated[Level | None, Key("niva_signal")]
    deviation_before: Annotated[Decimal | None, Key("avvikelse_fore")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]

    @property
    def change(self) -> Decimal | None:
        """Return how the deviation moved (kr, − is worse); None where it is known of one month alone."""
        if self.deviation is None or self.deviation_before is None:
            return None
        return self.deviation - self.deviation_before


@dataclass(frozen=True)
class SinceLastMonth:
    """The whole administration's deviation after carry-over by the managers, and the programme's (kr).

    units: those whose signal or deviation is another one, the largest change for the worse first, then those
    that are new, then those that are warned no more.
    """

    period: Period
    managers_before: Annotated[Decimal | None, Key("avvikelse_fore")]
    managers: Annotated[Decimal | None, Key("avvikelse")]
    programme_before: Annotated[Decimal | None, Key("program_avvikelse_fore")]
    programme: Annotated[Decimal | None, Key("program_avvikelse")]
    units: Annotated[tuple[ChangedUnit, ...], Key("enheter")]


def since_last_month(
    period: Period,
    before: tuple[BudgetTotal, Sequence[UnitWarning]],
    now: tuple[BudgetTotal, Sequence[UnitWarning]],
) -> SinceLastMonth:
    """Hold a month's total and warnings against those of the month before. period: that month."""
    then, units = {each.code: each for each in before[1]}, {each.code: each for each in now[1]}
    changed = [_unit(known, then.get(code), units.get(code)) for code, known in {**then, **units}.items()]
    return SinceLastMonth(
        period=period,
        managers_before=before[0].amounts.deviation_after,
        managers=now[0].amounts.deviation_after,
        programme_before=before[0].programme.deviation,
        programme=now[0].programme.deviation,
        units=tuple(sorted((unit for unit in changed if _is_told(unit)), key=_worst_first)),
    )


def _unit(known: UnitWarning, before: UnitWarning | None, now: UnitWarning | None) -> ChangedUnit:
    return ChangedUnit(
        code=known.code,
        name=known.name,
        level_before=before.level if before else None,
        level=now.level if now else None,
        deviation_before=before.deviation if before else None,
        deviation=now.deviation if now else None,
    )


def _is_told(unit: ChangedUnit) -> bool:
    moved = unit.change is not None and not is_nothing(unit.change)
    return moved or unit.level != unit.level_before


def _worst_first(unit: ChangedUnit) -> tuple[int, Decimal, str]:
    if unit.level is None:
        return 2, Decimal(0), unit.name
    if unit.change is None:
        return 1, unit.deviation or Decimal(0), unit.name
    return 0, unit.change, unit.name
