"""The month's report as a page: what is the matter in one line, what is missing, then section by section."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from notifications.page import render_page
from notifications.reports.month import Cell, MonthPage, ReportRow, ReportTable, Section
from tasks.report.accuracy import accuracy_section, backtest_section
from tasks.report.activity import volume_gaps, volumes_section
from tasks.report.assistance import assistance_section
from tasks.report.budget import areas_section, budget_section, sentences_section
from tasks.report.cells import lagging_words, tkr_cell
from tasks.report.first_screen import changes, page_curves, page_figures
from tasks.report.goals import goals_section
from tasks.report.indicators import indicators_section
from tasks.report.key_figures import key_figures_section
from tasks.report.plans import plans_section, reach_sentence
from tasks.report.reconciliation import reconciliation_section
from tasks.report.risks import risks_section
from tasks.report.sick_leave import sick_leave_section
from tasks.report.signals import signals_section
from tasks.report.tertial_tables import tertial_section
from tasks.report.units import (
    no_warnings,
    result_units_section,
    unit_gaps,
    warnings_section,
)
from tasks.rules.deliveries.completeness import with_month
from tasks.rules.plans.words import late_words
from tasks.rules.report.driftbudget import BudgetTotal
from tasks.rules.report.month_figures import Correction
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import MISSING, counted, date_words, joined, mnkr, number
from tasks.rules.wording import amount, deviation_words, expected, is_nothing, side_of
from tasks.sources import all_sources

ELSE = "Controllern följer upp att planerna kommer in."
FOLDED = frozenset(
    {"resultatenheter", "indikatorer", "risker", "tertialtabeller", "prognossakerhet", "provning"}
    | {"avstamningar", "rattade", "sjukfranvaro", "prestationer", "nyckeltal", "mal", "omraden"}
)
"""Sections that say nothing of what is to be done this month: on a screen they are opened by who asks."""
MOST_CORRECTIONS = 20
"""Corrections beyond these, the smallest ones, are counted and not listed."""


def report_page(report: MonthReport, version: int, administration: str) -> str:
    """Return the report of a month as one page of HTML."""
    return render_page("month", page_values(report, version, administration))


def page_values(report: MonthReport, version: int, administration: str) -> MonthPage:
    """Return what the report of a month tells, as ready strings with the figures behind them."""
    return MonthPage(
        administration=administration,
        month=report.period.swedish,
        headline=_headline(report),
        lead=tuple(_lead(report)),
        is_whole=report.complete and not (_gaps(report) or unit_gaps(report)),
        state=_state(report),
        gaps=(_delivered(report), *lagging_words(report), *unit_gaps(report), *_gaps(report)),
        sections=_sections(report),
        figures=page_figures(report),
        curves=page_curves(report),
        changes=tuple(changes(report.since, len(report.corrections))),
        foot=_foot(version),
    )


def _sections(report: MonthReport) -> tuple[Section, ...]:
    """Return the sections that there are, each with its code, by which other documents pick them."""
    sections: dict[str, Section | None] = {
        "avvikelser": warnings_section(report),
        "atgardsplaner": plans_section(report),
        "driftbudget": budget_section(report),
        "omradenas_meningar": sentences_section(report),
        "omraden": areas_section(report),
        "tidiga_signaler": signals_section(report),
        "resultatenheter": result_units_section(report),
        "prestationer": volumes_section(report),
        "nyckeltal": key_figures_section(report),
        "bistand": assistance_section(report),
        "sjukfranvaro": sick_leave_section(report),
        "mal": goals_section(report),
        "indikatorer": indicators_section(report),
        "risker": risks_section(report),
        "tertialtabeller": tertial_section(report),
        "prognossakerhet": accuracy_section(report),
        "provning": backtest_section(report),
        "avstamningar": reconciliation_section(report),
        "rattade": _corrections_section(report, _names(report)),
    }
    return tuple(
        replace(section, code=code, is_folded=code in FOLDED)
        for code, section in sections.items()
        if section is not None
    )


def _headline(report: MonthReport) -> str:
    """Say in one line what is the matter, and whose forecast says so.

    `Befarat underskott 8,3 mnkr enligt verksamheten och 21,8 mnkr enligt programmet, 6 larm och 13 bevaka`.
    """
    total = report.budget.total
    managers, programme = total.amounts.deviation_after, total.programme.deviation
    if managers is None and programme is None:
        words = f"Helårsprognos för hela förvaltningen: {MISSING}"
        return f"{words}. {_warnings(report)}" if report.warnings else words
    words = _both_deviations(managers, programme, is_whole_year=report.period.month == 12)
    words = f"{words[0].upper()}{words[1:]}"
    return f"{words}, {_warnings(report)}" if report.warnings else words


def _both_deviations(managers: Decimal | None, programme: Decimal | None, *, is_whole_year: bool) -> str:
    """Say the managers' deviation and the programme's (kr), one of which is there: a shared word once."""
    own, ours = (_expected(kr, is_whole_year=is_whole_year) for kr in (managers, programme))
    if managers is None:
        return f"{ours} enligt programmet, verksamhetens prognos saknas"
    if programme is None:
        return own
    if side_of(managers) != side_of(programme):
        return f"{own} enligt verksamheten men {ours} enligt programmet"
    if is_nothing(programme):
        return f"{own} enligt både verksamheten och programmet"
    return f"{own} enligt verksamheten och {amount(abs(programme))} enligt programmet"


def _expected(kr: Decimal | None, *, is_whole_year: bool) -> str:
    words = expected(kr, deviation_words(kr), is_whole_year=is_whole_year)
    return f"helårsprognos {words}" if kr is not None and is_nothing(kr) else words


def _warnings(report: MonthReport) -> str:
    levels = [warning.level for warning in report.warnings]
    return f"{number(levels.count('larm'))} larm och {number(levels.count('bevaka'))} bevaka"


def _lead(report: MonthReport) -> Iterator[str]:
    total = report.budget.total
    budget, forecast = total.amounts.budget, total.amounts.forecast_after
    programme = total.programme.forecast
    if budget is not None and forecast is not None:
        of = f" för {_areas(total)}" if total.counted < total.of else ""
        whose = "Helårsprognosen" if programme is None else "Verksamhetens helårsprognos"
        yield f"{whose}{of} är {mnkr(forecast)} mot budget {mnkr(budget)}, efter resultatöverföring."
    if programme is not None:
        yield f"Programmets, räknad på enheternas utfall, är {mnkr(programme)}, före resultatöverföring."
    if budget is not None and forecast is not None:
        yield _named(report)
    if not report.warnings:
        yield no_warnings(report)
    yield from _plans(report)


def _named(report: MonthReport) -> str:
    """Say what of the total is ekonomiskt bistånd and arbetsmarknad, by both where the programme knows."""
    named = report.budget.named
    managers, programme = named.amounts.deviation_after, named.programme.deviation
    words = deviation_words(managers)
    if managers is not None and programme is not None:
        words += f" enligt verksamheten, {deviation_words(programme)} enligt programmet"
    return f"Varav ekonomiskt bistånd och arbetsmarknad: {words}."


def _plans(report: MonthReport) -> Iterator[str]:
    """Say how many plans are still to come by when, what happens else, and how far approved ones reach."""
    waited_for = [warning for warning in report.warnings if warning.plan_awaited is not None]
    if waited_for:
        plans = counted(len(waited_for), "åtgärdsplan", "åtgärdsplaner")
        days = {warning.plan_awaited for warning in waited_for if warning.plan_awaited is not None}
        late = late_words(sum(warning.plan_late is not None for warning in waited_for))
        yield f"{plans} ska lämnas{_due(days)}{late}. {ELSE}"
    if report.reach is not None and report.reach.whole.effect:
        yield reach_sentence(report.reach.whole, report.period)


def _due(days: set[date]) -> str:
    first = date_words(min(days))
    return f" senast {first}" if len(days) == 1 else f", den första senast {first}"


def _state(report: MonthReport) -> str:
    if not report.complete:
        return "INTE KOMPLETT."
    if unit_gaps(report):
        return "UPPGIFTER SAKNAS."
    return "KOMPLETT, MEN ENSTAKA UPPGIFTER SAKNAS." if _gaps(report) else "KOMPLETT."


def _delivered(report: MonthReport) -> str:
    if report.missing:
        titles = [with_month(_title(source), (report.months or {}).get(source)) for source in report.missing]
        return f"Det saknas leverans av {joined(titles)}."
    if report.complete:
        return f"Alla obligatoriska {'källor' if unit_gaps(report) else 'uppgifter'} är levererade."
    return "En del enheter saknar uppgifter."


def _gaps(report: MonthReport) -> tuple[str, ...]:
    """Say which totals lack some of their parts, and which newer figures are held."""
    total = report.budget.total
    areas = f"Totalen räknar {_areas(total)}."
    held = [f"En nyare fil för {_title(source)} är hållen och räknas inte." for source in report.held or ()]
    return (*held, *([areas] if total.counted < total.of else []), *volume_gaps(report))


def _areas(total: BudgetTotal) -> str:
    return f"{number(total.counted)} av {number(total.of)} områden"


def _title(source: str) -> str:
    known_sources = all_sources()
    return known_sources[source].title.lower() if source in known_sources else source


def _corrections_section(report: MonthReport, names: Mapping[str, str]) -> Section:
    """List earlier months' outcomes that were corrected, the largest change first."""
    title, corrections = "Rättade uppgifter sedan förra rapporten", report.corrections
    if not corrections:
        return Section(title=title, sentences=("Inga uppgifter om tidigare månader har rättats.",))
    largest = sorted(corrections, key=_size_of_change, reverse=True)
    heads = ("Enhet", "Månad", "Utfall före", "Utfall nu", "Ändring", "Rad i leveransen")
    rows = tuple(_correction(change, names) for change in largest[:MOST_CORRECTIONS])
    left = len(largest) - len(rows)
    return Section(
        title=title,
        sentences=(f"{counted(len(largest), 'rättad uppgift', 'rättade uppgifter')}, störst ändring först.",),
        tables=(ReportTable(caption="Månadens utfall, tkr", heads=heads, rows=rows),),
        notes=(f"Ytterligare {number(left)} med mindre ändring visas inte här.",) if left else (),
    )


def _correction(change: Correction, names: Mapping[str, str]) -> ReportRow:
    cells = (
        Cell(text=change.period.swedish),
        tkr_cell(change.outcome_before),
        tkr_cell(change.outcome),
        Cell(text=_change_words(change)),
        Cell(text="" if change.row is None else str(change.row)),
    )
    return ReportRow(name=Cell(text=names.get(change.unit, change.unit)), cells=cells)


def _difference(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if before is None or now is None else now - before


def _size_of_change(change: Correction) -> Decimal:
    differences = (
        _difference(change.outcome_before, change.outcome),
        _difference(change.budget_before, change.budget),
    )
    return max(abs(kr or Decimal(0)) for kr in differences)


def _change_words(change: Correction) -> str:
    if change.outcome_before == change.outcome:
        return f"budget {_size_words(change.budget_before, change.budget)}"
    return _size_words(change.outcome_before, change.outcome)


def _size_words(before: Decimal | None, now: Decimal | None) -> str:
    change = _difference(before, now)
    if change is None:
        return "ny uppgift" if before is None else "uppgift borttagen"
    if is_nothing(change):
        return "mindre än 1"
    return f"{number(abs(change).scaleb(-3))} {'högre' if change > 0 else 'lägre'}"


def _names(report: MonthReport) -> Mapping[str, str]:
    """Return the units' names that the report tells somewhere."""
    names = {line.unit: line.area for line in report.budget.lines if line.unit}
    names |= {unit.unit: unit.name for unit in report.result_units.units}
    return names | {warning.code: warning.name for warning in report.warnings}


def _foot(version: int) -> tuple[str, ...]:
    return (
        f"Rapportens version: {version}. Varje siffra kan följas till den levererade filen och raden.",
        "Summor räknas på oavrundade belopp, så avrundade delar och summa kan skilja 0,1.",
        "Rättas en uppgift senare ändras inte den här rapporten: nästa rapport säger ”rättad uppgift”.",
    )
