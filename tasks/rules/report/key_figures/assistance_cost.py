"""What a household with social assistance costs a month, of what the report tells of it anyhow."""

from collections.abc import Sequence

from tasks.rules.json_keys import HIDDEN, Figure
from tasks.rules.organisation import WHOLE_NAME
from tasks.rules.report.key_figures.row import Costs, Counts, KeyFigure, Use
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.assistance_month import GRANT, HOUSEHOLDS, MONTHS, SO_FAR

MEASURE = "Medelbidrag, ekonomiskt bistånd"


def assistance_figure(month: AssistanceRow, signals: Sequence[SignalRow]) -> KeyFigure:
    """Return the grant of a household and month: so far as delivered, else as the year's forecast has it.

    The budgeted one is the year's appropriation over the households that it was made for, the year before the
    mean that the signals compare with.
    """
    of_assistance = {row.series_code: row for row in signals if row.source == "bistand"}
    forecast = of_assistance.get("helar")
    planned: Figure = None if forecast is None else forecast.part("planerade_hushall")
    budget: Figure = None if forecast is None else forecast.compared
    grant: Figure = None if forecast is None else forecast.part("medelbidrag_hittills")
    delivered = month.figures.get(f"{GRANT}{SO_FAR}")
    return KeyFigure(
        area=WHOLE_NAME,
        code=None,
        measure=MEASURE,
        one="hushåll",
        is_monthly=True,
        costs=Costs(
            each=grant if delivered is None else delivered,
            planned_each=_appropriated(budget, planned),
            each_before=_compared(of_assistance.get(GRANT)),
        ),
        counts=Counts(
            mean=month.figures.get(f"{HOUSEHOLDS}{SO_FAR}"),
            planned=planned,
            mean_before=_compared(of_assistance.get(HOUSEHOLDS)),
        ),
        use=Use(),
        of=0,
        is_grant=True,
    )


def _compared(signal: SignalRow | None) -> Figure:
    return None if signal is None else signal.compared


def _appropriated(budget: Figure, households: Figure) -> Figure:
    """Return kr a household and month."""
    if budget == HIDDEN or households == HIDDEN:
        return HIDDEN
    if budget is None or households is None or budget <= 0 or households <= 0:
        return None
    return budget / households / MONTHS
