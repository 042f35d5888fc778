"""The month's report as data. As JSON (tasks.rules.json_keys) it is the contract's.

Amounts are kr; None is missing, `doldt` is of too few people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from tasks.rules.assessment.backtest import Measures
from tasks.rules.assessment.forecast_accuracy import AccuracyRow
from tasks.rules.assessment.month_warnings import AssessedArea, AssessedCount, UnitWarning
from tasks.rules.delivered import Delivered
from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.json_keys import BESIDE, Key
from tasks.rules.periods import Period
from tasks.rules.plans.reach import MonthReach
from tasks.rules.plans.reported import ReportedPlan
from tasks.rules.report.activity import VolumeRow, volume_rows
from tasks.rules.report.driftbudget import BudgetLine, BudgetTotal, Driftbudget, ForecastRow, driftbudget
from tasks.rules.report.goals.activities import ActivityRow, activity_rows
from tasks.rules.report.goals.goals import GoalRow, goal_rows
from tasks.rules.report.goals.indicators import IndicatorRow, Indicators, indicator_rows
from tasks.rules.report.goals.own_figures import OWN_FIGURES, own_figures, signed_error
from tasks.rules.report.goals.risks import RiskRow, risk_rows
from tasks.rules.report.key_figures.assistance_cost import assistance_figure
from tasks.rules.report.key_figures.key_figures import key_figures
from tasks.rules.report.key_figures.row import KeyFigure
from tasks.rules.report.line_sentence import line_sentence
from tasks.rules.report.month_figures import BoardSettings, Correction, MonthFigures, Tried
from tasks.rules.report.people import AssistanceRow, SickLeaveRow, ToldSickLeave, assistance_rows
from tasks.rules.report.programme import with_programme
from tasks.rules.report.reconciliation import (
    Reconciliation,
    ReconciliationSettings,
    reconciliations,
)
from tasks.rules.report.result_units import ResultUnit, ResultUnits, ResultUnitSettings, result_units
from tasks.rules.report.signals import SignalRow, signal_row
from tasks.rules.report.since_last_month import SinceLastMonth, since_last_month
from tasks.rules.report.tertial_tables import (
    Adjustment,
    BudgetSide,
    Investment,
    Turnover,
    adjustments,
    budget_sides,
    investments,
    turnovers,
)
from tasks.rules.report.unit_curves import UnitCurve
from tasks.rules.signals.assistance_told import AssistanceToTell
from tasks.rules.signals.sick_leave_telling import Telling, month_to_tell
from tasks.rules.signals.watched import Watched
from tasks.rules.small_groups import FEWEST_EMPLOYEES, FEWEST_PERSONS


@dataclass(frozen=True)
class LackingUnits:
    """The units that a source lacks, by code and name: `count` of the `of` that it should have."""

    source: Annotated[str, Key("kalla")]
    count: Annotated[int, Key("antal")]
    of: Annotated[int, Key("av")]
    units: Annotated[tuple[str, ...], Key("enheter")]
    names: Annotated[tuple[str, ...], Key("namn")]


@dataclass(frozen=True, kw_only=True)
class MonthReport:
    """A month's report. What has a default lacks in reports that were kept before there was such a thing.

    missing: required sources. held: sources of which a newer delivery waits for somebody's word, None where
    none does. sick_leave: the whole administration first. sick_leave_left_out, assistance_left_out: a change
    since an earlier version is of too few to be told. tried: None before old years were. months: by source
    the month of its figures, or that is missing, where that isn't the report's; None where none is.
    """

    period: Period
    complete: bool
    missing: tuple[str, ...]
    held: Annotated[tuple[str, ...] | None, Key("hallna", left_out=True)] = None
    months: Annotated[Mapping[str, Period] | None, Key("kallornas_manad", left_out=True)] = None
    units: Annotated[AssessedCount, Key("enheter")]
    lacking: Annotated[tuple[LackingUnits, ...], Key("saknade_enheter")]
    budget: Annotated[Driftbudget, BESIDE]
    result_units: Annotated[ResultUnits, BESIDE]
    volumes: Annotated[tuple[VolumeRow, ...], Key("prestationer")]
    assistance: Annotated[tuple[AssistanceRow, ...], Key("bistand")]
    assistance_left_out: Annotated[bool | None, Key("bistand_andring_utelamnad", left_out=True)] = None
    sick_leave: Annotated[tuple[SickLeaveRow, ...], Key("sjukfranvaro")]
    sick_leave_left_out: Annotated[bool | None, Key("sjukfranvaro_andring_utelamnad", left_out=True)] = None
    key_figures: Annotated[tuple[KeyFigure, ...], Key("nyckeltal")] = ()
    goals: Annotated[tuple[GoalRow, ...], Key("mal")] = ()
    indicators: Annotated[tuple[IndicatorRow, ...], Key("indikatorer")]
    activities: Annotated[tuple[ActivityRow, ...], Key("aktiviteter")] = ()
    risks: Annotated[tuple[RiskRow, ...], Key("risker")] = ()
    budget_sides: Annotated[tuple[BudgetSide, ...], Key("driftbudget_slag")] = ()
    investments: Annotated[tuple[Investment, ...], Key("investeringar")] = ()
    turnovers: Annotated[tuple[Turnover, ...], Key("omslutning")] = ()
    adjustments: Annotated[tuple[Adjustment, ...], Key("budgetjusteringar")] = ()
    warnings: Annotated[tuple[UnitWarning, ...], Key("avvikelser")]
    curves: Annotated[tuple[UnitCurve, ...], Key("kurvor")] = ()
    areas: Annotated[tuple[AssessedArea, ...], Key("omraden")] = ()
    signals: Annotated[tuple[SignalRow, ...], Key("signaler")] = ()
    plans: Annotated[tuple[ReportedPlan, ...], Key("atgardsplaner")] = ()
    reach: Annotated[MonthReach | None, Key("atgarder_racker")] = None
    accuracy: Annotated[tuple[AccuracyRow, ...], Key("prognossakerhet")] = ()
    tried: Annotated[Tried | None, Key("provning")] = None
    reconciliations: Annotated[tuple[Reconciliation, ...], Key("avstamningar")] = ()
    corrections: Annotated[tuple[Correction, ...], Key("andrat_sedan_forra")]
    since: Annotated[SinceLastMonth | None, Key("sedan_forra_manaden", left_out=True)] = None

    def month_of(self, source: str) -> Period:
        """Return the month of a source's figures: the report's own, or one before where the source lags."""
        return (self.months or {}).get(source, self.period)


def month_report(
    figures: MonthFigures,
    settings: ResultUnitSettings,
    named_areas: Sequence[str],
    *,
    fewest_employees: int = FEWEST_EMPLOYEES,
    fewest_persons: int = FEWEST_PERSONS,
    reconciled: ReconciliationSettings = ReconciliationSettings(),  # noqa: B008 - it can't be changed
    board: BoardSettings = BoardSettings(),  # noqa: B008 - it can't be changed
) -> MonthReport:
    """Make the report of a month.

    named_areas: those that are summed apart beside the total. Hidden is sick leave of fewer employees than
    fewest_employees, and what is of fewer persons or households than fewest_persons.
    """
    period, register = figures.period, figures.register

    def delivered(source: str) -> Sequence[Delivered]:
        return figures.rows.get(source, ())

    of_sick_leave = figures.month_of("sjukfranvaro")
    sick_leave = figures.sick_leave or ToldSickLeave(
        month_to_tell(delivered("sjukfranvaro"), Telling(register, of_sick_leave, fewest_employees), ())
    )
    signals = tuple(signal_row(series) for series in figures.signals)
    budget = _driftbudget(delivered("prognos"), named_areas, figures, signals)
    carried = result_units([_result_unit(row) for row in delivered("resultatenheter")], settings)
    telling = figures.assistance or AssistanceToTell(delivered("bistand"), fewest=fewest_persons)
    assistance = assistance_rows(delivered("bistand"), figures.month_of("bistand"), telling)
    month = next((row for row in assistance if row.period == figures.month_of("bistand")), None)
    error = signed_error(figures.forecast_before, budget.total.amounts.forecast_after)
    own = own_figures(budget.compliance, error, signals, month)
    indicators = indicator_rows(
        Indicators(
            delivered("indikatorer"), figures.earlier_indicators, own, {**OWN_FIGURES, **board.indicators}
        ),
        register,
    )
    activities = activity_rows(delivered("aktiviteter"), period)
    few = {(series.code, series.indicator) for series in figures.signals if _is_few_volume(series)}
    few |= figures.hidden_volumes
    return MonthReport(
        period=period,
        complete=figures.complete,
        missing=tuple(figures.missing),
        held=tuple(source for source in figures.held if source not in figures.missing) or None,
        months=figures.months or None,
        units=AssessedCount(figures.assessed, figures.units),
        lacking=tuple(_lacking(coverage, figures) for coverage in figures.absent if coverage.absent),
        budget=budget,
        result_units=carried,
        volumes=volume_rows(delivered("prestationer"), register, few),
        assistance=assistance,
        assistance_left_out=telling.leaves_out(figures.month_of("bistand")) or None,
        sick_leave=sick_leave.rows(register, of_sick_leave),
        sick_leave_left_out=sick_leave.leaves_out or None,
        key_figures=key_figures(figures.counted, figures.month_of("prestationer").month)
        + (() if month is None else (assistance_figure(month, signals),)),
        goals=goal_rows(delivered("mal"), indicators, activities),
        indicators=indicators,
        activities=activities,
        risks=risk_rows(figures.risks, figures.subjects, board.risk),
        budget_sides=budget_sides(delivered("driftbudget")),
        investments=investments(delivered("investeringar")),
        turnovers=turnovers(delivered("omslutning")),
        adjustments=adjustments(delivered("budgetjusteringar")),
        warnings=tuple(figures.warnings),
        curves=tuple(figures.curves),
        areas=tuple(figures.areas),
        signals=signals,
        plans=tuple(figures.plans),
        reach=figures.reach,
        accuracy=tuple(figures.accuracy),
        tried=figures.tried,
        reconciliations=reconciliations(
            figures.ledger,
            budget.total,
            carried.total,
            month,
            reconciled,
        ),
        corrections=tuple(figures.corrections),
        since=_since(figures, budget.total),
    )


def _since(figures: MonthFigures, total: BudgetTotal) -> SinceLastMonth | None:
    """Hold the month against the one before; None where that has no report."""
    if figures.before is None:
        return None
    return since_last_month(figures.period.plus(-1), figures.before, (total, figures.warnings))


def tried_forecasts(learnt_on: date, measures: Measures, stays: Sequence[float | None]) -> Tried:
    """Tell of a replay what the report shows of it."""
    return Tried(
        learnt_on=learnt_on,
        first_year=measures.first_year,
        last_year=measures.last_year,
        errors=measures.errors,
        coverage=measures.coverage,
        stays=tuple(stays),
        alarms=measures.alarms,
    )


def _is_few_volume(series: Watched) -> bool:
    """Tell whether the counts of a volume are hidden, since its signal is."""
    return series.source == "prestationer" and series.is_hidden


def _driftbudget(
    rows: Sequence[Delivered],
    named_areas: Sequence[str],
    figures: MonthFigures,
    signals: Sequence[SignalRow],
) -> Driftbudget:
    section = driftbudget([forecast_row(row) for row in rows], named_areas)
    is_over = figures.period.month == 12
    lines = [_named(line, figures) for line in section.lines]
    told = [line_sentence(line, signals, is_whole_year=is_over) for line in lines]
    lines = [replace(line, sentence=said or None) for line, said in zip(lines, told, strict=True)]
    return with_programme(replace(section, lines=tuple(lines)), figures.areas, figures.forecasts, named_areas)


def forecast_row(row: Delivered) -> ForecastRow:
    """Read a delivered row of the source prognos."""
    return ForecastRow(
        area=row.unit or "",
        budget=row.figure("budget"),
        forecast_before=row.figure("prognos_fore_resultatoverforing"),
        forecast_after=row.figure("prognos_efter_resultatoverforing"),
        requested_adjustments=row.figure("begarda_budgetjusteringar"),
        volume_changes=row.figure("prestationsforandringar"),
        part_of=row.text("ingar_i"),
        reason=row.text("orsak"),
    )


def _named(line: BudgetLine, figures: MonthFigures) -> BudgetLine:
    """Name a line that is of a unit, and keep its code."""
    unit = figures.register.unit(line.area, figures.period)
    return line if unit is None else replace(line, area=unit.name, unit=unit.code)


_YES_NO = {"true": True, "false": False}
"""How a yes or no is stored."""


def _result_unit(row: Delivered) -> ResultUnit:
    unit = row.unit or ""
    return ResultUnit(
        unit=unit,
        name=row.text("namn") or unit,
        gross_budget=row.figure("bruttobudget"),
        carried_in=row.figure("overforing_fran_foregaende_ar"),
        result=row.figure("resultat"),
        own_action=_YES_NO.get(row.text("eget_handlande") or ""),
        group=row.text("grupp"),
    )


def _lacking(coverage: Coverage, figures: MonthFigures) -> LackingUnits:
    """Name the units that a source lacks; one that the register lacks too is called by its code."""
    month = figures.month_of(coverage.source)
    units = {code: figures.register.unit(code, month) for code in coverage.absent}
    return LackingUnits(
        source=coverage.source,
        count=len(coverage.absent),
        of=coverage.expected,
        units=coverage.absent,
        names=tuple(code if unit is None else unit.name for code, unit in units.items()),
    )
