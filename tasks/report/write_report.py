"""The month's report: the step that makes and keeps it, and the newest for the one who asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from notifications.reports.month import MonthPage
from sql.database import Transaction
from tasks.assessment.assessed import assessed_areas, assessed_units, known_assessment, latest_assessment
from tasks.assessment.manager_forecasts import forecast_record
from tasks.assessment.warned_units import (
    UnknownMonthError,
    newest_analysis,
    unit_warnings,
    warned_subjects,
)
from tasks.deliveries.check_month import month_check
from tasks.deliveries.raw_files import write_whole
from tasks.figures.counting_places import counting_places
from tasks.figures.current_deliveries import months_told
from tasks.figures.delivered_rows import PEOPLE, delivered_by_source
from tasks.figures.ledger_sums import ledger_sums
from tasks.figures.tell_people import (
    ASSISTANCE,
    SICK_LEAVE,
    VOLUMES,
    tell_assistance,
    tell_months_volumes,
    telling_sick_leave,
)
from tasks.installation import Installation
from tasks.month import Month
from tasks.plans.month_plans import month_plans
from tasks.plans.reported_plans import reach_of, reported_plan
from tasks.register import read_register
from tasks.report.board_rows import PLANNED, earlier_indicators, forecast_before, planned_rows
from tasks.report.page import page_values, report_page
from tasks.rules.assessment.backtest import Measures
from tasks.rules.assessment.learning import ALL_TYPES, Learnt
from tasks.rules.assessment.month_warnings import UnitWarning
from tasks.rules.delivered import Delivered
from tasks.rules.deliveries.completeness import NOTHING_LACKS
from tasks.rules.json_keys import of_json, to_json
from tasks.rules.json_values import Json, fingerprint
from tasks.rules.operations.state import Step
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import BudgetTotal, ProgrammeForecast
from tasks.rules.report.key_figures.counted import counted_measures
from tasks.rules.report.month_figures import BoardSettings, Correction, MonthFigures, Tried
from tasks.rules.report.month_report import MonthReport, month_report, tried_forecasts
from tasks.rules.report.people import SickLeaveRow, ToldSickLeave
from tasks.rules.report.unit_curves import unit_curves
from tasks.rules.signals.watched import Watched
from tasks.sources import all_sources

STEP: Step = "write_report"
VERSION = 13
"""Changes when the report's form does, so that it is made anew."""


def write_report(month: Month) -> int:
    """Make and keep the report, unless it would be the same; write its page where it lacks.

    Returns the report's version. Raises StorageFullError, and then nothing is kept.
    """
    with month.saving() as transaction:
        report = _report(month, transaction)
        content, administration = to_json(report), month.installation.config.mail.administration
        mark = fingerprint([VERSION, _without_numbers(content), administration])
        before = month.made_before(transaction, STEP, mark)
        made = before is None
        version: int = _keep(month, transaction, content) if before is None else before["version"]
        if made:
            month.remember(transaction, STEP, mark, {"version": version})
        month.advance(transaction, STEP, "done", made=made)
        if not month.installation.rehearsal:  # before the commit: a page that can't be written is made again
            _write_page(month, KeptReport(version, content), anew=made)
    month.progress(f"version {version}" if made else "oförändrad")
    return version


@dataclass(frozen=True)
class KeptReport:
    """A version of a month's report as it was kept: content is its JSON by the contract."""

    version: int
    content: Json

    def page(self, administration: str) -> str:
        """Return the report as one page of HTML; it is made of what was kept, and so always the same."""
        return report_page(self.read(), self.version, administration)

    def page_values(self, administration: str) -> MonthPage:
        """Return what the report tells, for documents other than the page."""
        return page_values(self.read(), self.version, administration)

    def read(self) -> MonthReport:
        """Return the report as data."""
        return _read(self.content)

    @property
    def sick_leave(self) -> tuple[SickLeaveRow, ...]:
        """Return the rows of sick leave alone: the whole takes long to read."""
        return tuple(of_json(SickLeaveRow, row) for row in self.content["sjukfranvaro"])

    @property
    def warnings(self) -> tuple[UnitWarning, ...]:
        """Return the warnings alone."""
        return tuple(of_json(UnitWarning, row) for row in _demanded(self.content))


def _read(content: Json) -> MonthReport:
    return of_json(MonthReport, {**content, "avvikelser": _demanded(content)})


def _demanded(content: Json) -> list[Json]:
    """Return the warnings; one from before plans were followed waits for every plan that it demanded."""
    return [{"plan_vantas_senast": warning["plan_senast"]} | warning for warning in content["avvikelser"]]


def newest_report(transaction: Transaction, period: Period) -> KeptReport | None:
    """Return the newest report of a month; None before the first."""
    row = transaction.row("report/find_latest", period=period.first_day)
    return None if row is None else KeptReport(row.version, row.content)


def known_report(installation: Installation, period: Period) -> KeptReport:
    """Return the newest report of a month. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        report = newest_report(transaction, period)
    if report is None:
        raise UnknownMonthError(period)
    return report


def _keep(month: Month, transaction: Transaction, content: Json) -> int:
    day = month.period.first_day
    assessment = known_assessment(transaction, month.period)
    return int(
        transaction.value("report/insert_report", period=day, assessment=assessment.id, content=content)
    )


def _write_page(month: Month, report: KeptReport, *, anew: bool) -> None:
    path = month.installation.settings.report_path(str(month.period))
    if anew or not path.exists():
        write_whole(path, report.page(month.installation.config.mail.administration))


def _without_numbers(content: Json) -> Json:
    """Leave out the plans' numbers in the database, which say nothing about them."""
    return {**content, "atgardsplaner": [{**plan, "id": 0} for plan in content["atgardsplaner"]]}


def _report(month: Month, transaction: Transaction) -> MonthReport:
    config = month.installation.config
    return month_report(
        _figures(month, transaction),
        config.result_units,
        config.report.ekonomiskt_bistand_och_arbetsmarknad,
        fewest_employees=config.small_groups.fewest_employees,
        fewest_persons=config.small_groups.fewest_persons,
        reconciled=config.reconciliation,
        board=BoardSettings(config.indicators, config.risk),
    )


def _figures(month: Month, transaction: Transaction) -> MonthFigures:
    register, config = read_register(transaction, month.period), month.installation.config
    assessment = latest_assessment(transaction, month.period)
    units = [] if assessment is None else assessed_units(transaction, assessment.id)
    areas = [] if assessment is None else assessed_areas(transaction, assessment.id)
    plans = month_plans(transaction, month.installation.mail_mode, month.period, units)
    risks = newest_analysis(transaction, month.period)
    subjects = warned_subjects(transaction, units, month.period)
    checked = month_check(transaction, month.period) or NOTHING_LACKS
    told = months_told(transaction, PEOPLE, month.period, config.lags)
    fewest, last_year = config.small_groups.fewest_persons, Period(told[ASSISTANCE].year - 1, 1)
    volumes, hidden_volumes = tell_months_volumes(
        transaction, register, told[VOLUMES], config.measures, fewest
    )
    counting = counting_places(transaction, register, told[VOLUMES], month.period, config.measures, fewest)
    assistance = tell_assistance(transaction, last_year, told[ASSISTANCE], fewest)
    others = all_sources().keys() - PEOPLE - PLANNED
    rows = delivered_by_source(transaction, others, month.period, month.period) | {
        **planned_rows(transaction, month.period),
        VOLUMES: volumes,
        ASSISTANCE: assistance.rows_of(told[ASSISTANCE]),
    }
    return MonthFigures(
        period=month.period,
        missing=[] if assessment is None else assessment.missing,
        complete=assessment is not None and assessment.complete,
        rows={source: _with_every_column(source, of_source) for source, of_source in rows.items()},
        register=register,
        earlier_indicators=earlier_indicators(transaction, month.period),
        forecast_before=forecast_before(transaction, month.period),
        risks=risks,
        subjects=subjects,
        warnings=unit_warnings(units, plans, subjects, risks, config.risk),
        curves=unit_curves(units),
        corrections=_corrections(transaction, month.period),
        assessed=sum(unit.deviation is not None for unit in units),
        units=len(units),
        absent=checked.coverage,
        held=checked.held,
        areas=areas,
        forecasts={unit.code: ProgrammeForecast(unit.forecast, unit.deviation) for unit in units},
        plans=[reported_plan(plan) for plan in plans],
        reach=reach_of(register, month.period, units, plans),
        accuracy=forecast_record(transaction, units, register, month.period),
        signals=_signals(transaction, month.period),
        assistance=assistance,
        tried=_tried(transaction, month.period),
        sick_leave=_sick_leave(month, transaction, register, told[SICK_LEAVE]),
        ledger=ledger_sums(transaction, register, month.period),
        hidden_volumes=hidden_volumes,
        counted=tuple(counted_measures(counting.places, counting.money, register, told[VOLUMES], fewest)),
        before=_month_before(transaction, month.period),
        months={source: told[source] for source in sorted(checked.months) if told[source] != month.period},
    )


def _month_before(
    transaction: Transaction, period: Period
) -> tuple[BudgetTotal, Sequence[UnitWarning]] | None:
    """Return the total and the warnings of the month before, as its newest report tells them.

    None of a month that could assess nothing: who isn't warned there may have been.
    """
    kept = newest_report(transaction, period.plus(-1))
    if kept is None or not kept.content["enheter"]["bedomda"]:
        return None
    return of_json(BudgetTotal, kept.content["totalt"]), kept.warnings


def _sick_leave(
    month: Month, transaction: Transaction, register: Register, period: Period
) -> ToldSickLeave | None:
    """Decide what is told of a month's sick leave beside all that was, and keep that it is told."""
    fewest = month.installation.config.small_groups.fewest_employees
    with telling_sick_leave(transaction, register, period, period, fewest) as (rows, telling):
        if not rows:
            return None
        telling.of_rows(rows)
    before = newest_report(transaction, month.period)
    return ToldSickLeave(
        telling.months[period],
        leaves_out=telling.leaves_out(rows, period),
        before=() if before is None else before.sick_leave,
        version=0 if before is None else before.version,
    )


def _with_every_column(source: str, rows: Iterable[Delivered]) -> list[Delivered]:
    empty = dict.fromkeys(column.name for column in all_sources()[source].figure_columns)
    return [replace(row, cells={**empty, **row.cells}) for row in rows]


def _corrections(transaction: Transaction, period: Period) -> list[Correction]:
    return [
        Correction(
            unit=row.unit,
            period=Period.of(row.period),
            outcome_before=row.outcome_before,
            outcome=row.outcome_after,
            budget_before=row.budget_before,
            budget=row.budget_after,
            row=row.budget_first if row.outcome_before == row.outcome_after else row.outcome_first,
        )
        for row in transaction.rows("figures/list_changed_months", period=period.first_day)
    ]


def _signals(transaction: Transaction, period: Period) -> list[Watched]:
    """Return the leading signals of the month as they are kept, without the rows that they are made of."""
    return [
        Watched(
            source=row.source,
            indicator=row.indicator,
            series_code=row.series,
            scope=row.scope,
            code=row.code,
            name=row.name,
            measured_in=row.measured_in,
            value=row.value,
            compared=row.compared,
            signal=row.signal,
            regel=row.rule,
            mening=row.sentence,
            months_lacking=row.months_lacking,
            figures=row.evidence["figures"],
            is_hidden=row.is_hidden,
            hidden_figures=frozenset(row.evidence["hidden_figures"]),
        )
        for row in transaction.rows("signals/list_latest", period=period.first_day)
    ]


def _tried(transaction: Transaction, period: Period) -> Tried | None:
    """Return what a replay of old years measured, as known to the month."""
    row = transaction.row("assessment/find_learnt", period=period.first_day)
    if row is None:
        return None
    stays = Learnt.of_data(row.learnt).stays.get(ALL_TYPES, (None,) * 11)
    return tried_forecasts(row.learnt_on, of_json(Measures, row.measures), stays)
