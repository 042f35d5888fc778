"""The tertial report's economy: driftbudget, result units, investments, turnover, adjustments."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section, Text
from tasks.report.budget import NOTES, PROGRAMME_NOTE, asked_cell, beside_table, compliance_words
from tasks.report.cells import counted_name
from tasks.report.tertial.area_sections import area_sections
from tasks.report.tertial.budget_tables import budget_tables
from tasks.report.tertial_tables import adjustments_table, sums_table
from tasks.report.units import carried_cells
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.result_units import CarryOver
from tasks.rules.report.tertial.occasion import year_end_word
from tasks.rules.report.tertial_tables import Adjustment, Turnover
from tasks.rules.totals import sum_known, sum_of_all
from tasks.rules.wording import amount

OWN_ACTION_WORDS = {True: "JA", False: "NEJ", None: ""}
KIND_TITLES = {
    "drift": "Driftbudget",
    "investering": "Investeringsbudget",
    "ombudgetering": "Ombudgeteringar",
}


def economy_sections(report: MonthReport) -> Iterator[Section]:
    """Show the economy in the published order; what nothing was delivered of has no heading."""
    found = [section for section in _sections(report) if section is not None]
    if found:
        yield Section(title="Uppföljning av ekonomi", code="ekonomi")
        yield from found


def _sections(report: MonthReport) -> Iterator[Section | None]:
    yield _driftbudget(report)
    yield from area_sections(report)
    yield _result_units(report)
    yield _investments(report)
    yield _turnovers(report)
    yield _adjustments(report)


def _driftbudget(report: MonthReport) -> Section | None:
    tables = tuple(budget_tables(report))
    if not tables:
        return None
    has_lines = bool(report.budget.lines)
    has_programme = beside_table(report) is not None
    return Section(
        title="Uppföljning av driftbudget",
        code="driftbudget",
        level=3,
        sentences=(compliance_words(report.budget.compliance),) if has_lines else (),
        tables=tables,
        notes=(*(NOTES if has_lines else ()), *((PROGRAMME_NOTE,) if has_programme else ())),
    )


def _result_units(report: MonthReport) -> Section | None:
    section, year = report.result_units, report.period.year
    if not section.units:
        return None
    asks = any(unit.own_action is not None for unit in section.units)
    rows = list(_units_by_group(section.units, asks=asks))
    total = section.total
    rows.append(
        ReportRow(
            name=counted_name("Summa", total.counted, total.of, "enheter"),
            cells=(*carried_cells(total.amounts), *((Cell(text=""),) if asks else ())),
            kind="total",
        )
    )
    heads = (
        "Resultatenhetens namn",
        "Brutto\u00adbudget",
        "Varav årsgräns",
        f"Resultat\u00adöver\u00adföring från {year - 1}",
        "Resultat",
        f"Resultat\u00adöver\u00adföring till {year + 1}",
        *(("Eget handlande",) if asks else ()),
    )
    return Section(
        title="Resultatenheter",
        code="resultatenheter",
        level=3,
        tables=(ReportTable(caption=f"Resultatenheter {year}, mnkr", heads=heads, rows=tuple(rows)),),
        notes=("Årsgräns är det mesta av årets resultat, åt båda håll, som en enhet för med sig.",),
    )


def _units_by_group(units: Sequence[CarryOver], *, asks: bool) -> Iterator[ReportRow]:
    """Show units as they are delivered, those of a group below its name."""
    groups: dict[str | None, list[CarryOver]] = {}
    for unit in units:
        groups.setdefault(unit.group, []).append(unit)
    blank = tuple(Cell(text="") for _ in range(6 if asks else 5))
    for group, members in groups.items():
        if group is not None:
            yield ReportRow(name=Cell(text=group), cells=blank)
        for unit in members:
            own = (Cell(text=OWN_ACTION_WORDS[unit.own_action], mark="words"),) if asks else ()
            yield ReportRow(
                name=Cell(text=unit.name),
                cells=(*carried_cells(unit.amounts), *own),
                kind="" if group is None else "part",
            )


def _investments(report: MonthReport) -> Section | None:
    if not report.investments:
        return None
    lines = [
        (each.name, (each.budget, each.requested, each.forecast), each.deviation)
        for each in report.investments
    ]
    heads = (
        "Investeringar",
        "Budget",
        "Begärda budget\u00adjuste\u00adringar",
        year_end_word(report.period),
        "Avvikelse",
    )
    outcome = sum_known(each.outcome for each in report.investments)
    return Section(
        title="Investeringar",
        code="investeringar",
        level=3,
        sentences=() if outcome is None else (f"Utfallet hittills i år är {amount(outcome)}.",),
        texts=(Text(asks="[Skriv: vad investeringarna avser]"),),
        tables=(sums_table(f"Investeringar {report.period.year}, mnkr", heads, lines, "Totalt"),),
    )


def _turnovers(report: MonthReport) -> Section | None:
    if not report.turnovers:
        return None
    rows = [_turnover(each.area, [each], "part" if each.part_of else "") for each in report.turnovers]
    whole = [each for each in report.turnovers if each.part_of is None]
    rows.append(_turnover("Summa", whole, "total"))
    costs = sum_known(each.costs for each in whole)
    said = () if costs is None else (f"Nämnden anmäler omslutningar om {amount(costs)}.",)
    return Section(
        title="Omslutningsförändringar",
        code="omslutning",
        level=3,
        sentences=said,
        tables=(
            ReportTable(
                caption=f"Omslutningsförändringar {report.period.year}, mnkr",
                heads=("Verksamhetsområde", "Kostnader", "Intäkter", "Netto"),
                rows=tuple(rows),
            ),
        ),
    )


def _turnover(name: str, rows: Sequence[Turnover], kind: RowKind) -> ReportRow:
    costs, incomes = sum_known(each.costs for each in rows), sum_known(each.incomes for each in rows)
    net = sum_of_all((costs, incomes))
    return ReportRow(name=Cell(text=name), cells=tuple(map(asked_cell, (costs, incomes, net))), kind=kind)


def _adjustments(report: MonthReport) -> Section | None:
    if not report.adjustments:
        return None
    sums = [
        f"{KIND_TITLES[kind]}: {amount(kr)}."
        for kind in KIND_TITLES
        if (kr := _of_kind(report.adjustments, kind)) is not None
    ]
    return Section(
        title="Budgetjusteringar",
        code="budgetjusteringar",
        level=3,
        texts=(Text(words="Sökta och beviljade budgetjusteringar efter slag:", points=tuple(sums)),)
        if sums
        else (),
        tables=(adjustments_table(report),),
    )


def _of_kind(adjustments: Sequence[Adjustment], kind: str) -> Decimal | None:
    return sum_known(each.amount for each in adjustments if each.kind == kind)
