"""To a manager: what an earlier mail said has been corrected. It is no new warning."""

from dataclasses import dataclass

from notifications.mails import ManagerMail


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedFigure:
    """One figure as it was told and as it is now: "Helårsprognos", "24,3 mnkr", "23,8 mnkr"."""

    name: str
    told: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedUnit:
    """One unit whose figures were corrected."""

    unit: str
    change: str  # "befarat underskott 0,8 → 0,3 mnkr"
    figures: tuple[CorrectedFigure, ...]
    reason: str  # "Ekonomi rättades den 12 oktober: utfallet i september är 0,5 mnkr lägre."
    demand: str  # "Kravet på åtgärdsplan har fallit bort." / "Kravet på åtgärdsplan står kvar: …"
    sources: tuple[str, ...]  # "ekonomi levererad 2026-10-12, rad 412–423"
    link: str = ""  # to the plan, where one is still demanded


@dataclass(frozen=True, slots=True, kw_only=True)
class RattadUppgift(ManagerMail):
    """The corrected units of one manager, worst first, at least one part."""

    period: str  # "september 2026"
    told_on: str  # when the earlier mail was sent: "7 oktober 2026"
    parts: tuple[CorrectedUnit, ...]
    next_step: str  # "Nästa besked, om oktober, kommer omkring den 9 november."
