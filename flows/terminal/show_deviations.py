"""A month's warnings, worst first, and the areas above the units, as text for a terminal."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flows.terminal.terminal import paragraph, table
from tasks.rules.assessment.manager_forecast import WEIGHED
from tasks.rules.assessment.month_warnings import AssessedArea, UnitWarning
from tasks.rules.assessment.risk_order import Order
from tasks.rules.periods import Period
from tasks.rules.plans.words import late_words
from tasks.rules.swedish import MISSING, counted, day_words, number, percent
from tasks.rules.wording import board_amount, deviation_words, net_amount, year_row

LEVEL_WORDS = {"larm": "LARM", "bevaka": "BEVAKA", None: ""}
AREAS_TITLE = "Förvaltningen och dess områden. Helår i mnkr."
AREAS_HEAD = ("", "Område", "Enheter", "Budget", "Prognos", "Troligen mellan", "Avvikelse", "")


def deviations_text(
    warnings: Sequence[UnitWarning],
    period: Period,
    *,
    short: bool = False,
    assessed: str = "",
    order: Order = "kronor",
) -> str:
    """Lay out warnings worst first; in full with the sentences of each. assessed: of how many units.

    order: what they are sorted by; by risk, each one's risk value is shown.
    """
    of = f" {assessed}." if assessed else ""
    if not warnings:
        return f"Inga varningar för {period.swedish}.{of}"
    alarms = sum(warning.level == "larm" for warning in warnings)
    title = (
        f"Varningar {period.swedish}: {alarms} larm, {len(warnings) - alarms} att bevaka.{of} Helår i mnkr."
    )
    by_risk = order == "risk"
    rows = [
        (
            LEVEL_WORDS[warning.level],
            *([_risk_value(warning)] if by_risk else []),
            warning.name,
            *_year(warning),
            _share(warning.deviation_percent),
            _plan(warning),
        )
        for warning in warnings
    ]
    head = ("", *(["Risk"] if by_risk else []), "Enhet", "Budget", "Prognos", "Avvikelse", "", "Åtgärdsplan")
    right, wide = ((1, 3, 4, 6), 2) if by_risk else ((2, 3, 5), 1)
    shown = [title, "", table(head, rows, right=right, wide=wide)]
    if not short:
        shown += [text for warning in warnings for text in ("", warning.name, *_sentences(warning))]
    return "\n".join(shown)


def _year(warning: UnitWarning) -> tuple[str, str, str]:
    """Write a unit's budget, forecast and deviation in one row; a unit of money that isn't mnkr is named."""
    row = year_row(warning.budget, warning.forecast)
    budget, forecast = row.in_mnkr_table(warning.budget), row.in_mnkr_table(warning.forecast)
    return budget, forecast, row.deviation(warning.deviation)


def _plan(warning: UnitWarning) -> str:
    """Say where the plan stands; in a month from before plans were kept, when it was demanded by."""
    due = "" if warning.plan_due is None else f"senast {day_words(warning.plan_due)}"
    return warning.plan_note or due


def _risk_value(warning: UnitWarning) -> str:
    return "" if warning.risk_value is None else number(warning.risk_value)


def _sentences(warning: UnitWarning) -> list[str]:
    """Say why a unit is warned, what its manager and both forecasts say, and which risk it touches."""
    said = (
        warning.sentence,
        _after(warning),
        warning.own.sentence,
        _weighed(warning.own.mixed),
        warning.risk_sentence,
        warning.rule,
    )
    return [paragraph(sentence, "  ") for sentence in said if sentence]


def _weighed(mixed: Decimal | None) -> str:
    return "" if mixed is None else f"{WEIGHED}: {net_amount(mixed)}."


def _after(warning: UnitWarning) -> str:
    """Say the forecast after measures where any are counted, in the words of the mails."""
    if not warning.plan_effect or warning.forecast_after is None:
        return ""
    row = year_row(warning.budget, warning.forecast, warning.plan_effect)
    after, left = row.net_amount(warning.forecast_after), row.deviation(warning.deviation_after)
    return f"Beräknad effekt av åtgärder: {row.amount(warning.plan_effect)}. Efter åtgärder: {after}, {left}."


def plans_line(warnings: Sequence[UnitWarning]) -> Iterator[str]:
    """Say how many plans are still to come, by when, and how many are late; nothing where none is."""
    days = sorted(warning.plan_awaited for warning in warnings if warning.plan_awaited is not None)
    if days:
        late = late_words(sum(warning.plan_late is not None for warning in warnings))
        demanded = counted(len(days), "åtgärdsplan krävs", "åtgärdsplaner krävs")
        first = "" if days[0] == days[-1] else ", den första"
        yield f"{demanded}{first} senast {day_words(days[0])}{late}."


def areas_text(areas: Sequence[AssessedArea]) -> str:
    """Lay out the places above the units in the tree's order, and the sentence of each that is warned."""
    if not areas:
        return ""
    rows = [
        (
            LEVEL_WORDS[area.signal],
            f"{'  ' if area.parent else ''}{area.name}",
            _units(area),
            _amount(area.budget),
            _amount(area.forecast),
            _interval(area),
            deviation_words(area.deviation),
            _share(area.deviation_percent),
        )
        for area in areas
    ]
    shown = [AREAS_TITLE, "", table(AREAS_HEAD, rows, right=(2, 3, 4, 5, 7), wide=1)]
    for area in areas:
        if area.signal is not None:
            shown += ["", area.name, paragraph(area.sentence, "  ")]
    return "\n".join(shown)


def _units(area: AssessedArea) -> str:
    """Say how many units were assessed; of how many, only where some were not."""
    assessed, of = area.units.assessed, area.units.of
    return number(of) if assessed == of else f"{number(assessed)} av {number(of)}"


def _interval(area: AssessedArea) -> str:
    if area.lower is None or area.upper is None:
        return ""
    return f"{board_amount(area.lower)}–{board_amount(area.upper)}"


def _share(deviation_percent: Decimal | None) -> str:
    return "" if deviation_percent is None else percent(abs(deviation_percent))


def _amount(kr: Decimal | None) -> str:
    return MISSING if kr is None else board_amount(kr)
