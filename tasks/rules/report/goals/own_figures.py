"""The system's own figures, by what the settings of an indicator call them (`egen_uppgift`)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tasks.rules.json_keys import Figure
from tasks.rules.report.driftbudget import Compliance
from tasks.rules.report.goals.indicators import IndicatorSettings, OwnFigure
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.watched import EVERYBODY

SICK_LEAVE = "sjukfranvaro"
OWN_FIGURES: dict[str, IndicatorSettings] = {
    "Nämndens budgetföljsamhet före resultatöverföringar": IndicatorSettings(
        "lagre", "budgetfoljsamhet_fore"
    ),
    "Nämndens budgetföljsamhet efter resultatöverföringar": IndicatorSettings(
        "lagre", "budgetfoljsamhet_efter"
    ),
    "Nämndens prognossäkerhet T2": IndicatorSettings("inom", "prognossakerhet_t2"),
    "Sjukfrånvaro": IndicatorSettings("lagre", SICK_LEAVE),
    "Sjukfrånvaro dag 1-14": IndicatorSettings("lagre", f"{SICK_LEAVE}_1_14"),
}
"""Published indicators that the system counts itself; settings of the same name replace these."""


def signed_error(forecast: Decimal | None, outturn: Decimal | None) -> Decimal | None:
    """Return forecast − outturn in % of |outturn|: + is a forecast that was too high, None unknown."""
    if forecast is None or not outturn:
        return None
    return (forecast - outturn) / abs(outturn) * 100


def own_figures(
    compliance: Compliance,
    forecast_error: Decimal | None,
    signals: Sequence[SignalRow],
    assistance: AssistanceRow | None,
) -> dict[str, OwnFigure]:
    """Return every own figure that there is; those of people as they may be told, hidden ones not at all.

    Budget compliance is per cent of the year's budget, sick leave per cent over twelve months, social
    assistance the month's.
    """
    return {
        "budgetfoljsamhet_fore": OwnFigure(compliance.before),
        "budgetfoljsamhet_efter": OwnFigure(compliance.after),
        "prognossakerhet_t2": OwnFigure(forecast_error),
        **dict(_sick_leave(signals)),
        **dict(_assistance(assistance)),
    }


def _sick_leave(signals: Sequence[SignalRow]) -> Iterator[tuple[str, OwnFigure]]:
    for signal in signals:
        if signal.source == SICK_LEAVE and signal.scope == EVERYBODY:
            whole, short = _told(signal.value), _told(signal.part("dag_1_14"))
            yield SICK_LEAVE, OwnFigure(whole, signal.part("man"), signal.part("kvinnor"))
            yield f"{SICK_LEAVE}_1_14", OwnFigure(short)


def _assistance(month: AssistanceRow | None) -> Iterator[tuple[str, OwnFigure]]:
    for column, figure in () if month is None else month.figures.items():
        yield f"bistand_{column}", OwnFigure(_told(figure))


def _told(figure: Figure) -> Decimal | None:
    return figure if isinstance(figure, Decimal) else None
