"""What a month's report is made of: delivered rows by source, and what was found of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated

from tasks.rules.assessment.backtest import Alarms
from tasks.rules.assessment.forecast_accuracy import AccuracyRow
from tasks.rules.assessment.month_warnings import AssessedArea, UnitWarning
from tasks.rules.assessment.risk_order import Risk, RiskSettings, Subject
from tasks.rules.delivered import Delivered
from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.json_keys import Key
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.plans.reach import MonthReach
from tasks.rules.plans.reported import ReportedPlan
from tasks.rules.report.driftbudget import BudgetTotal, ProgrammeForecast
from tasks.rules.report.goals.indicators import IndicatorSettings
from tasks.rules.report.key_figures.counted import CountedMeasure
from tasks.rules.report.people import ToldSickLeave
from tasks.rules.report.reconciliation import (
    LedgerSums,
)
from tasks.rules.report.unit_curves import UnitCurve
from tasks.rules.signals.assistance_told import AssistanceToTell
from tasks.rules.signals.watched import Watched


@dataclass(frozen=True)
class Tried:
    """What a replay of old years measured (see Measures), as known to the month.

    stays: the part of a difference so far that was left of it at the end of the year, by month closed (1–11),
    all units together.
    """

    learnt_on: Annotated[date, Key("larnt")]
    first_year: Annotated[int, Key("fran")]
    last_year: Annotated[int, Key("till")]
    errors: Annotated[Mapping[str, tuple[float | None, ...]], Key("fel")]
    coverage: Annotated[Mapping[str, tuple[float, int]], Key("inom")]
    stays: Annotated[tuple[float | None, ...], Key("kvar")]
    alarms: Annotated[Alarms, Key("larm")]


@dataclass(frozen=True)
class Correction:
    """An earlier month of a unit's ledger that was told otherwise since the report before (kr).

    row: the first row of the delivery that tells it now; None where it tells nothing any more.
    """

    unit: Annotated[str, Key("enhet")]
    period: Period
    outcome_before: Annotated[Decimal | None, Key("utfall_fore")]
    outcome: Annotated[Decimal | None, Key("utfall")]
    budget_before: Annotated[Decimal | None, Key("budget_fore")]
    budget: Decimal | None
    row: Annotated[int | None, Key("rad")]


@dataclass(frozen=True)
class MonthFigures:
    """What a report is made of: the month's delivered rows by source, and what was found of them.

    `earlier_indicators` are the rows of indicators of the year's months before, `forecast_before`
    what tertialrapport 2 forecast of a closed year. `risks` is the board's newest
    analysis, `subjects` what the warnings are about.
    `assessed` of `units` units could be held against their budgets; `absent` names those that a source lacks.
    `areas` are the places above the units with their years, the whole administration first, `forecasts` the
    programme's of the units by code.
    `plans` are the month's action plans and those that are followed, `reach` how far their measures reach.
    `accuracy` is the record of the forecasts of earlier years, `signals` are the leading signals as kept.
    `assistance` and `sick_leave` are what may be told of them beside earlier versions, `hidden_volumes` are
    the codes and measures that may not, `counted` is what each measure of a place has cost. `ledger` is None
    without one. `months` is by source the month of its figures, or that is missing, where that isn't the
    period. `before` is the total and the warnings of the report of the month before, None without one.
    """

    period: Period
    missing: Sequence[str]
    complete: bool
    rows: Mapping[str, Sequence[Delivered]]
    register: Register
    earlier_indicators: Sequence[Delivered] = ()
    forecast_before: Decimal | None = None
    risks: Sequence[Risk] = ()
    subjects: Sequence[Subject] = ()
    warnings: Sequence[UnitWarning] = ()
    curves: Sequence[UnitCurve] = ()
    corrections: Sequence[Correction] = ()
    assessed: int = 0
    units: int = 0
    absent: Sequence[Coverage] = ()
    held: Sequence[str] = ()
    areas: Sequence[AssessedArea] = ()
    forecasts: Mapping[str, ProgrammeForecast] = field(default_factory=dict)
    plans: Sequence[ReportedPlan] = ()
    reach: MonthReach | None = None
    accuracy: Sequence[AccuracyRow] = ()
    signals: Sequence[Watched] = ()
    tried: Tried | None = None
    assistance: AssistanceToTell | None = None
    sick_leave: ToldSickLeave | None = None
    ledger: LedgerSums | None = None
    hidden_volumes: frozenset[tuple[str, str]] = frozenset()
    counted: Sequence[CountedMeasure] = ()
    months: Mapping[str, Period] = field(default_factory=dict)
    before: tuple[BudgetTotal, Sequence[UnitWarning]] | None = None

    def month_of(self, source: str) -> Period:
        """Return the month of a source's figures."""
        return self.months.get(source, self.period)


@dataclass(frozen=True)
class BoardSettings:
    """What the settings say of the board's indicators and risks."""

    indicators: Mapping[str, IndicatorSettings] = field(default_factory=dict)
    risk: RiskSettings = field(default_factory=RiskSettings)
