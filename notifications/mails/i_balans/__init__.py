"""To a manager: all units are assessed, and none of them deviates."""

from dataclasses import dataclass

from notifications.mails import ManagerMail


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInBalance:
    """One unit, amounts with their unit: "23,5 mnkr", "överskott 0,1 mnkr (0,4 %)" or "i balans"."""

    unit: str
    budget: str
    forecast: str
    deviation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IBalans(ManagerMail):
    """The units of one manager, at least one."""

    period: str  # "september 2026"
    year: str  # "2026"
    units: tuple[UnitInBalance, ...]
    sources: tuple[str, ...]  # "ekonomi levererad 2026-10-06, rad 412–423"
    next_step: str  # a sentence with a date: "Nästa besked, om oktober, kommer omkring den 9 november."
