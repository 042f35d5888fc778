"""To a manager: one mail about all units that deviate, worst first."""

from dataclasses import dataclass
from typing import Literal

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """One row of the table, each cell as it is read: "23,5", "24,3", "underskott 0,8 (3,4 %)"."""

    budget: str
    forecast: str
    deviation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviatingUnit:
    """One unit.

    `plan_due` ("16 november") is empty when no plan is demanded, and then `escalates` is too.
    `own_forecast` ("Din egen prognos är 23,5 mnkr.") is empty where it is near the other, or not known.
    `stand_in` is who the reader is when it isn't the manager, and `lacking` then says
    what the register lacks ("chef", "mejladress till chefen"). `change` is empty in a month's first mail.

    `link` opens the plan's form, and `link_text` says what is done there. `picture` is the content-id of the
    chart ("diagram-1"), and `picture_alt` its figures in words; both are empty without one. `plan_standing`
    tells of a plan that the unit has ("Din plan från 12 oktober väntar på beslut; du behöver inte lämna någon
    ny."), and `next_step` what happens, where it isn't `escalates`.
    """

    unit: str
    signal: Literal["larm", "bevaka"]
    headline: str  # "befarat underskott 0,8 mnkr"
    amounts_in: str  # "mnkr" or "tkr"
    before: UnitFigures
    effect: UnitFigures
    after: UnitFigures
    why: str
    rule: str
    sources: tuple[str, ...]  # "ekonomi levererad 2026-10-06, rad 412–423"
    own_forecast: str = ""
    plan_due: str = ""
    escalates: str = ""  # "23 november"
    change: Literal["", "new", "worse"] = ""
    stand_in: str = ""  # "ersättare"
    is_for_controller: bool = False
    lacking: str = ""
    link: str = ""
    link_text: str = "Lämna åtgärdsplan"
    picture: str = ""
    picture_alt: str = ""
    plan_standing: str = ""
    next_step: str = ""  # "Avdelningschefen beslutar senast den 26 oktober."


@dataclass(frozen=True, slots=True, kw_only=True)
class Avvikelse(MailValues):
    """The deviations of one manager's units in one month, at least one part."""

    period: str  # "oktober 2026"
    year: str  # "2026"
    parts: tuple[DeviatingUnit, ...]
    second_mail: bool = False  # there was one before about the same month
