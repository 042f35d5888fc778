"""To a manager or to personnel, every third month: time to meet about sick leave."""

from dataclasses import dataclass

from notifications.mails import MailValues

QUESTIONS = (
    "Vad har förändrats sedan förra mötet, i korta och i långa sjukfall?",
    "Vilka orsaker i arbetet kan vi påverka: schema, bemanning, introduktion, arbetsbelastning?",
    "Vad ska göras till nästa möte, av vem, och hur märker vi att det hjälper?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SickLeaveUnit:
    """One unit. A group that is too small has "färre än 10, visas inte" as `rolling`, and nothing more."""

    unit: str
    rolling: str  # the latest twelve months: "8,4 %"
    change: str = ""  # "0,6 procentenheter högre än för ett år sedan"
    signal: str = ""  # "Över sin vanliga nivå sedan juli."


@dataclass(frozen=True, slots=True, kw_only=True)
class SjukfranvaroMote(MailValues):
    """The units of one reader, highest sick leave first, at least one.

    `meet` says whom to meet: "din HR-konsult Bo Exempel", or "chefen för varje enhet".
    """

    period: str  # "september 2026"
    quarter: str  # "tredje kvartalet 2026"
    meet: str
    book_by: str  # "30 oktober"
    units: tuple[SickLeaveUnit, ...]
    until: str = ""  # "till och med juli 2026", where the months don't end with the period
    sources: tuple[str, ...]
    next_step: str  # "Nästa underlag kommer i januari 2027."
    why_you: str  # "Du får det här som chef för enheterna." / "… som HR-konsult för enheterna."
    questions: tuple[str, ...] = QUESTIONS
