"""What the board is asked to decide, drafted of the figures (Förslag till beslut)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.goals.indicators import IndicatorRow
from tasks.rules.report.tertial.occasion import report_in_sentence
from tasks.rules.report.tertial_tables import Adjustment, Turnover
from tasks.rules.swedish import NBSP, number
from tasks.rules.totals import sum_known
from tasks.rules.wording import amount, is_nothing

KINDS_IN_WORDS = {"drift": "drift", "investering": "investering", "ombudgetering": "ombudgetering"}
ASKED_FOR = "ansokt"


def decisions(
    period: Period,
    indicators: Sequence[IndicatorRow],
    adjustments: Sequence[Adjustment],
    turnovers: Sequence[Turnover],
) -> tuple[str, ...]:
    """Return the decisions in the order that boards publish them, each a sentence.

    A target that was changed in the year's deliveries, an adjustment that is asked for, and turnovers over
    the whole are for the board to decide on; a granted adjustment has been.
    """
    return (
        f"Nämnden godkänner {report_in_sentence(period)} och överlämnar den till kommunstyrelsen.",
        *_targets(indicators),
        *_adjustments(adjustments),
        *_turnovers(turnovers),
    )


def _targets(indicators: Sequence[IndicatorRow]) -> Iterator[str]:
    for row in indicators:
        change = row.target_change
        if change is not None:
            unit = row.unit_of("arsmal")
            before, now = _told(change.before, unit), _told(change.now, unit)
            of_the_city = ", som är kommunfullmäktiges årsmål" if change.now == row.city_target else ""
            yield f"Nämnden justerar årsmålet för {row.indicator} från {before} till {now}{of_the_city}."


def _told(target: FigureOrText, unit: str) -> str:
    if not isinstance(target, Decimal):
        return f"”{target}”"
    shown = number(target, max(0, -int(target.normalize().as_tuple().exponent)))
    return f"{shown}{NBSP}{unit}" if unit else shown


def _adjustments(adjustments: Sequence[Adjustment]) -> Iterator[str]:
    for each in adjustments:
        if each.state == ASKED_FOR and each.amount is not None:
            about = ", ".join(filter(None, (each.name, KINDS_IN_WORDS.get(each.kind or "", ""))))
            yield f"Nämnden ansöker om budgetjustering om {amount(each.amount)} ({about})."


def _turnovers(turnovers: Sequence[Turnover]) -> Iterator[str]:
    costs = sum_known(each.costs for each in turnovers if each.part_of is None)
    if costs is not None and not is_nothing(costs):
        yield f"Nämnden anmäler omslutningar om {amount(costs)}."
