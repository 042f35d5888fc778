"""The words of a deviation mail: an assessed unit becomes a part that a manager reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from notifications.charts import YearChart, alt_text
from notifications.mails.avvikelse import Avvikelse, DeviatingUnit, UnitFigures
from tasks.clock import STOCKHOLM
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.assessment.manager_forecast import own_forecast_in_mail
from tasks.rules.delivered import Delivery, RowRange
from tasks.rules.outbox.occasions import MailedWarning
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.periods import Period
from tasks.rules.swedish import day_words, percent, shortened
from tasks.rules.wording import year_row

RANGES_SHOWN = 3

STAND_INS = {"ersattare": "ersättare", "controller": "controller", "operator": "driftansvarig"}


@dataclass(frozen=True)
class PlanStanding:
    """What a mail says of a warned unit's plan.

    link: to its page, empty without web pages. due: the plan's day. escalates: the day on which the
    avdelningschef is told that a demanded plan is missing. told: what is to be said of a plan that is there
    already; next_step: what happens with it. told_only: nothing is demanded of the reader, who waits for
    somebody else.
    """

    link: str = ""
    link_text: str = "Lämna åtgärdsplan"
    due: date | None = None
    escalates: date | None = None
    told: str = ""
    next_step: str = ""
    effect: str = "ingen plan ännu"
    told_only: bool = False


NO_PLAN = PlanStanding()


@dataclass(frozen=True)
class Letter:
    """One receiver's mail before it is worded: the units, worst first, with what was told of them before.

    standings: of the units that have a plan, or are to have one. charts: the pictures of their years.
    """

    address: str
    units: Sequence[AssessedUnit]
    recipients: Mapping[str, Recipient]
    told: frozenset[str]
    second: bool
    standings: Mapping[str, PlanStanding]
    charts: Mapping[str, YearChart]

    @property
    def pictures(self) -> dict[str, YearChart]:
        """Return the charts that the mail shows, by content-id."""
        return {
            content_id(number): self.charts[unit.code]
            for number, unit in enumerate(self.units, start=1)
            if unit.code in self.charts
        }


def content_id(number: int) -> str:
    """Name the picture of a mail's part, counted from 1."""
    return f"diagram-{number}"


def deviation_mail(
    letter: Letter,
    period: Period,
    deliveries: Mapping[int, Delivery],
    *,
    organisation: str,
    would_have_gone_to: str,
) -> Avvikelse:
    """Word a receiver's mail."""
    return Avvikelse(
        organisation=organisation,
        would_have_gone_to=would_have_gone_to,
        period=period.swedish,
        year=str(period.year),
        parts=tuple(
            _part(unit, letter, period, deliveries, content_id(number))
            for number, unit in enumerate(letter.units, start=1)
        ),
        second_mail=letter.second,
    )


def _part(
    unit: AssessedUnit, letter: Letter, period: Period, deliveries: Mapping[int, Delivery], picture: str
) -> DeviatingUnit:
    recipient = letter.recipients[unit.code]
    standing = letter.standings.get(unit.code, NO_PLAN)
    chart = letter.charts.get(unit.code)
    compared, effect = unit.compared, unit.plan_effect
    row = year_row(compared.budget, compared.forecast, effect)
    budget, deviation = row.figure(compared.budget), row.deviation_figure(compared.deviation)
    return DeviatingUnit(
        unit=unit.name,
        signal="LARM" if unit.signal == "larm" else "BEVAKA",
        headline=unit.headline(period),
        amounts_in=row.unit,
        before=UnitFigures(
            budget=budget,
            forecast=row.figure(compared.forecast),
            deviation=f"{deviation}{_in_percent(unit)}",
        ),
        effect=UnitFigures(budget="", forecast=row.figure(-effect), deviation=_effect(unit, standing)),
        after=UnitFigures(
            budget=budget,
            forecast=row.figure(compared.forecast - effect),
            deviation=row.deviation_figure(compared.deviation + effect),
        ),
        why=unit.sentence,
        own_forecast=_own_forecast(unit, period, is_manager=recipient.role == "chef"),
        rule=unit.rule,
        sources=_sources(unit.evidence.rows, deliveries),
        plan_due=_due(unit, standing),
        escalates="" if standing.escalates is None else day_words(standing.escalates),
        change=_change(unit.code, letter),
        stand_in=STAND_INS.get(recipient.role, ""),
        lacking="mejladress till chefen" if recipient.role != "chef" else "",
        link=standing.link,
        link_text=standing.link_text,
        picture="" if chart is None else picture,
        picture_alt="" if chart is None else alt_text(chart),
        plan_standing=standing.told,
        next_step=standing.next_step,
    )


def _due(unit: AssessedUnit, standing: PlanStanding) -> str:
    if standing.told_only or not unit.plan_required:
        return ""
    due = standing.due or unit.plan_due
    return "" if due is None else day_words(due)


def _effect(unit: AssessedUnit, standing: PlanStanding) -> str:
    if unit.plan_effect:
        return "godkänd plan"
    return standing.effect if unit.plan_required else "ingen plan behövs"


def _own_forecast(unit: AssessedUnit, period: Period, *, is_manager: bool) -> str:
    own = unit.evidence.own
    if own.kr is None or own.told_in is None:
        return ""
    return own_forecast_in_mail(
        own.kr, own.told_in, period, unit.forecast, unit.evidence.floor_kr, is_manager=is_manager
    )


def _in_percent(unit: AssessedUnit) -> str:
    return "" if unit.deviation_percent is None else f" ({percent(abs(unit.deviation_percent))})"


def _sources(rows: Sequence[RowRange], deliveries: Mapping[int, Delivery]) -> tuple[str, ...]:
    ranges: dict[int, list[str]] = {}
    for delivery, first, last in rows:
        place = str(first) if first == last else f"{first}–{last}"
        ranges.setdefault(delivery, []).append(place)
    known = [(deliveries[key], places) for key, places in ranges.items() if key in deliveries]
    newest_first = sorted(known, key=lambda pair: pair[0].period, reverse=True)
    return tuple(
        f"{delivery.source} levererad {delivery.received_at.astimezone(STOCKHOLM):%Y-%m-%d}, "
        f"{delivery.file_name}, rad {_places(places)}"
        for delivery, places in newest_first
    )


def _places(places: Sequence[str]) -> str:
    """Name the first row ranges, and count the rest: a file that is sorted by month has one for each."""
    return shortened(places, RANGES_SHOWN, "ställen")


def _change(unit: str, letter: Letter) -> Literal["", "ny", "värre"]:
    if not letter.second:
        return ""
    return "värre" if unit in letter.told else "ny"


def warning_of(unit: AssessedUnit) -> MailedWarning:
    """Return what the outbox notes of an assessed unit's warning."""
    is_under = unit.compared.deviation < 0
    return MailedWarning(unit.code, unit.signal or "inget", "underskott" if is_under else "överskott")
