"""The report's key figures (nyckeltal): what each child, place, hour and household has cost, and how many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import (
    absent,
    counted_name,
    known,
    number_cell,
    percent_cell,
)
from tasks.rules.json_keys import Figure
from tasks.rules.report.key_figures.row import NO_USE, REASONS, KeyFigure, LeftOut
from tasks.rules.report.month_report import MonthReport
from tasks.rules.signals.assistance_month import FEW
from tasks.rules.swedish import counted, joined, number, percent, round_half_up

RULES = (
    "Kostnad: enheternas nettokostnad hittills delad med antalet i samma månader, för ett barn per månad.",
    "Enligt budget: samma månaders budget delad med planerat antal. Förra året: samma månader.",
    "Volymeffektens pris är hela årets budget delad med hela årets plan, eller ett pris som är satt.",
    "Planerat antal: årets plan för barn, platser och insatser, planens snitt hittills för timmar och besök.",
    "Olika mått läggs aldrig ihop: bara enheter som räknar ett enda mått är med i kostnaden.",
)
GRANT_RULE = (
    "Medelbidrag: utbetalt per hushåll och månad, utan handläggning och annat som enheterna kostar. "
    "Enligt budget: årets anslag delat med planerade hushåll."
)
USE_RULE = (
    "Beläggning: antalet i procent av platserna, planerade där inga andra är levererade. Tomma platser: "
    "snittet av månaderna. Utförandegrad: utförda timmar i procent av beviljade."
)


def key_figures_section(report: MonthReport) -> Section | None:
    """Show what each costs beside its plan, last year and how many they are; None of nothing."""
    figures = report.key_figures
    if not figures:
        return None
    tables = [_costs(report), *_use(report)]
    grant = (GRANT_RULE,) if any(figure.is_grant for figure in figures) else ()
    use = (USE_RULE,) if len(tables) > 1 else ()
    return Section(title="Nyckeltal", tables=tuple(tables), notes=(*RULES, *grant, *use))


def _costs(report: MonthReport) -> ReportTable:
    until = report.month_of("prestationer").year_so_far_short
    return ReportTable(
        caption=f"Kostnad per barn, plats, insats, timme och hushåll, {until}, kronor netto",
        heads=(
            "Mått och område",
            "Kostnad hittills",
            "Enligt budget",
            "Kostnad förra året",
            "Antal hittills",
            "Planerat antal",
            "Antal förra året",
        ),
        rows=tuple(
            ReportRow(
                name=name if kind else replace(name, note=_per(figure, name.note)),
                cells=(
                    _kronor(figure.costs.each),
                    replace(
                        _kronor(figure.costs.planned_each),
                        note=_of_some(figure.costs.with_plan, figure),
                    ),
                    replace(
                        _kronor(figure.costs.each_before),
                        note=_of_some(figure.costs.with_before, figure),
                    ),
                    _count(figure.counts.mean),
                    _count(figure.counts.planned),
                    _count(figure.counts.mean_before),
                ),
                kind=kind,
                detail="" if kind else " ".join(_said(figure)),
            )
            for figure, name, kind in _in_order(report.key_figures, lambda figure: figure.costs.counted)
        ),
    )


def _in_order(
    figures: Sequence[KeyFigure], units: Callable[[KeyFigure], int]
) -> Iterator[tuple[KeyFigure, Cell, RowKind]]:
    """Put a measure's areas below it; one that all lie in is named beside it. units: that the line is of."""
    for measure, lines in groupby(figures, key=lambda figure: figure.measure):
        whole, *areas = lines
        only = areas[0].area if len(areas) == 1 else ""
        name = counted_name(measure, units(whole), whole.of, "enheter")
        yield whole, replace(name, note=only, further=name.note), ""
        for area in areas if len(areas) > 1 else ():
            yield area, counted_name(area.area, units(area), area.of, "enheter"), "part"


def _per(figure: KeyFigure, area: str) -> str:
    """Say what the kronor are for: `kronor per barn och månad`, with the one area that counts it."""
    unit = f"kronor per {figure.one}{' och månad' if figure.is_monthly else ''}"
    return f"{unit}, {area}" if area else unit


def _said(figure: KeyFigure) -> Iterator[str]:
    """Say how far the cost is from plan and last year, and who is left out and why."""
    parts = [
        f"{percent(abs(share))} {'högre' if share > 0 else 'lägre'} än {what}"
        for share, what in (
            (figure.over_plan, "budgeterat"),
            (figure.over_before, "samma månader förra året"),
        )
        if share is not None and round_half_up(share, 1)
    ]
    if parts:
        yield f"Kostnaden per {figure.one} är {joined(parts)}."
    yield from map(_left_out, figure.left_out)


def _left_out(left: LeftOut) -> str:
    units = counted(left.count, "enhet", "enheter")
    return f"{units} är inte med i kostnaden: {REASONS[left.reason]}."


def _of_some(count: int, figure: KeyFigure) -> str:
    """Say of how many units a figure is, where it isn't of all that the cost is of."""
    return (
        f"{number(count)} av {number(figure.costs.counted)} enheter"
        if 0 < count < figure.costs.counted
        else ""
    )


def _use(report: MonthReport) -> Iterator[ReportTable]:
    rows = tuple(
        ReportRow(
            name=name,
            cells=(
                _share(figure.use.occupancy),
                _empty(figure.use.empty),
                _share(figure.use.carried_out),
            ),
            kind=kind,
        )
        for figure, name, kind in _in_order(
            [each for each in report.key_figures if each.use != NO_USE], lambda figure: figure.use.counted
        )
    )
    if rows:
        period = report.month_of("prestationer")
        yield ReportTable(
            caption=f"Beläggning och utförandegrad, {period.year_so_far_short}",
            heads=("Mått och område", "Beläggning", "Tomma platser", "Utförandegrad"),
            rows=rows,
        )


def _share(value: Figure) -> Cell:
    return Cell(text="") if value is None else percent_cell(value)


def _empty(value: Figure) -> Cell:
    """Say how many places are empty; that there are more than places by a word."""
    places = known(value)
    if places is None:
        return Cell(text="")
    if round_half_up(places, 1) < 0:
        return replace(
            number_cell(places, decimals=1), text="inga", note=f"{number(-places, 1)} fler än platser"
        )
    return number_cell(places, decimals=1)


def _kronor(value: Figure) -> Cell:
    kr = known(value)
    return absent(value) if kr is None else Cell(text=number(kr), kind="kr", value=kr)


def _count(value: Figure) -> Cell:
    """Show a mean; only of few by a decimal, which it has."""
    figure = known(value)
    has_decimal = figure is not None and figure < FEW and round_half_up(figure, 1) % 1
    return number_cell(value, decimals=1 if has_decimal else 0)
