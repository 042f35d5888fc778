"""The sentence of a line of the operating budget, the same in every report."""

from collections.abc import Sequence
from decimal import Decimal

from tasks.rules.json_keys import Figure
from tasks.rules.name_text import name_key
from tasks.rules.report.area_sentence import NOT_EXPLAINED, Effects, area_sentence
from tasks.rules.report.driftbudget import BudgetLine
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.assistance_watch import NAME


def line_sentence(line: BudgetLine, signals: Sequence[SignalRow], *, is_whole_year: bool) -> str:
    """Say where a line's year ends; empty where that isn't known.

    Of social assistance, told apart by its name, also what households and grants do to the cost, where that
    may be told. is_whole_year: December is closed.
    """
    explained = line.part_of is None and name_key(line.area) == name_key(NAME)
    return area_sentence(
        line.area,
        line.amounts.deviation_before,
        line.amounts.deviation_after,
        reason=line.reason,
        effects=_effects(signals) if explained else NOT_EXPLAINED,
        is_whole_year=is_whole_year,
    )


def _effects(signals: Sequence[SignalRow]) -> Effects:
    """Return what households and grants change of the cost that the programme expects."""
    for row in signals:
        if row.source == "bistand" and row.series_code == "helar":
            return Effects(_told(row.part("volymeffekt")), _told(row.part("priseffekt")))
    return NOT_EXPLAINED


def _told(figure: Figure) -> Decimal | None:
    return figure if isinstance(figure, Decimal) else None
