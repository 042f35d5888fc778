"""A unit of a month as its assessment kept it: the year in figures and words, and what they stand on.

Amounts are kr of the year, costs +, None where missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from tasks.rules.assessment.deviation_facts import Level, Method
from tasks.rules.delivered import RowRange
from tasks.rules.json_keys import Key
from tasks.rules.json_values import Json
from tasks.rules.periods import Period
from tasks.rules.swedish import counted, number
from tasks.rules.wording import YearRow, year_headline, year_row

Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True)
class KeptYear:
    """A warned unit's year by month (kr): all budgets, the outcomes so far, and what is expected ahead.

    Empty of a unit without a warning; `ahead` is also empty where nothing can be told of it.
    """

    budget: Amounts = ()
    outcome: Amounts = ()
    ahead: tuple[Decimal, ...] = ()

    @classmethod
    def of_data(cls, kept: Json) -> "KeptYear":
        """Read a year out of an assessment's evidence."""
        return cls(
            budget=tuple(_amount(kr) for kr in kept.get("budget", ())),
            outcome=tuple(_amount(kr) for kr in kept.get("outcome", ())),
            ahead=tuple(Decimal(kr) for kr in kept.get("ahead", ())),
        )


@dataclass(frozen=True)
class OwnVersion:
    """A unit's own forecast of the year as it was told in a month; change: from the one before."""

    period: Period
    kr: Annotated[Decimal | None, Key("prognos")]
    change: Annotated[Decimal | None, Key("andring")]
    sentence: Annotated[str, Key("mening")]


@dataclass(frozen=True)
class OwnForecast:
    """A unit's own forecast that counts, told in a month, the one that it replaced, and every version.

    adjusted_budget: what it is to be held against. mixed: the rule's and the unit's weighed together, with
    the reason for it or against it. All is missing in an assessment that was made before these were kept.
    """

    kr: Annotated[Decimal | None, Key("chefens_prognos")] = None
    before: Annotated[Decimal | None, Key("chefens_prognos_forra")] = None
    told_in: Annotated[Period | None, Key("chefens_prognos_period")] = None
    adjusted_budget: Annotated[Decimal | None, Key("chefens_justerade_budget")] = None
    versions: Annotated[tuple[OwnVersion, ...], Key("chefens_prognoser")] = ()
    sentence: Annotated[str | None, Key("chefens_mening")] = None
    mixed: Annotated[Decimal | None, Key("vagd_prognos")] = None
    mixed_reason: Annotated[str | None, Key("vagd_prognos_skal")] = None

    @classmethod
    def of_data(cls, kept: Json) -> "OwnForecast":
        """Read a unit's own forecast out of an assessment's evidence."""
        told_in = kept.get("told_in")
        return cls(
            kr=_amount(kept.get("kr")),
            before=_amount(kept.get("before")),
            told_in=None if told_in is None else Period.parse(told_in),
            adjusted_budget=_amount(kept.get("adjusted_budget")),
            versions=tuple(
                OwnVersion(
                    Period.parse(version["period"]),
                    _amount(version["kr"]),
                    _amount(version["change"]),
                    version["sentence"],
                )
                for version in kept.get("versions", ())
            ),
            sentence=kept.get("sentence"),
            mixed=_amount(kept.get("mixed")),
            mixed_reason=kept.get("mixed_reason"),
        )


@dataclass(frozen=True)
class ClosedFigures:
    """How an earlier year of a unit ended, and what was forecast of it."""

    year: int
    outturn: Decimal | None
    budget: Decimal | None
    rule: Decimal | None
    manager: Decimal | None
    run_rate: Decimal | None


@dataclass(frozen=True)
class Evidence:
    """What stands behind a unit's words: delivered rows, limits (kr, % of the budget), months, forecasts."""

    rows: tuple[RowRange, ...] = ()
    floor_kr: Decimal = Decimal(0)
    bar_percent: Decimal = Decimal(0)
    year: KeptYear = KeptYear()
    own: OwnForecast = OwnForecast()
    closed_years: tuple[ClosedFigures, ...] = ()

    @classmethod
    def of_data(cls, kept: Json) -> "Evidence":
        """Read the evidence of an assessment; one that was made by an older version lacks parts of it."""
        return cls(
            rows=_row_ranges(kept.get("rows", ())),
            floor_kr=Decimal(kept.get("floor_kr", 0)),
            bar_percent=Decimal(kept.get("bar_percent", 0)),
            year=KeptYear.of_data(kept.get("year", {})),
            own=OwnForecast.of_data(kept.get("own_forecast", {})),
            closed_years=tuple(
                ClosedFigures(
                    year=closed["year"],
                    outturn=_amount(closed["outturn"]),
                    budget=_amount(closed["budget"]),
                    rule=_amount(closed["rule"]),
                    manager=_amount(closed["manager"]),
                    run_rate=_amount(closed["run_rate"]),
                )
                for closed in kept.get("closed_years", ())
            ),
        )


class Compared(NamedTuple):
    """A forecast that could be held against a budget (kr): deviation = budget − forecast."""

    budget: Decimal
    forecast: Decimal
    deviation: Decimal


@dataclass(frozen=True)
class AssessedUnit:
    """A unit of an assessment: deviation = budget − forecast (kr), and in % of |budget|.

    outcome: so far. lower, upper: the forecast's 80 % interval. rule, sentence: what its readers are told.
    plan_due: where a plan is required; plan_effect (kr): what is counted of the approved plan with that
    number, 0 without one.
    """

    code: str
    name: str
    method: Method
    outcome: Decimal | None
    budget: Decimal | None
    forecast: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    deviation: Decimal | None
    deviation_percent: Decimal | None
    volume_effect: Decimal | None
    price_effect: Decimal | None
    signal: Level | None
    rule: str
    sentence: str
    plan_required: bool
    plan_due: date | None
    plan_effect: Decimal
    plan_id: int | None
    evidence: Evidence

    @property
    def compared(self) -> Compared:
        """Return the figures of a unit that has a deviation, as every warned one. Raises LookupError."""
        if self.budget is None or self.forecast is None or self.deviation is None:
            raise LookupError(f"unit {self.code} has no deviation")
        return Compared(self.budget, self.forecast, self.deviation)

    @property
    def row(self) -> YearRow:
        """Return how the unit's year is written."""
        return year_row(self.budget, self.forecast)

    def headline(self, period: Period) -> str:
        """Say what is expected of the unit's year: `befarat underskott 0,8 mnkr`."""
        return year_headline(self.budget, self.forecast, is_whole_year=period.month == 12)


@dataclass(frozen=True)
class AssessmentResult:
    """How many of a month's units an assessment could hold against their budgets, and warns of."""

    assessment: int
    alarms: int
    watched: int
    assessed: int
    units: int

    @property
    def sentence(self) -> str:
        """Say how many could be assessed."""
        return assessed_sentence(self.assessed, self.units)

    def as_data(self) -> Json:
        """Return what the step assess_units stores, and `manad status --json` shows."""
        return {
            "assessment": self.assessment,
            "larm": self.alarms,
            "bevaka": self.watched,
            "bedomda": self.assessed,
            "enheter": self.units,
        }

    @classmethod
    def of_data(cls, data: Json) -> "AssessmentResult":
        """Read what the step has stored."""
        return cls(data["assessment"], data["larm"], data["bevaka"], data["bedomda"], data["enheter"])


def assessed_sentence(assessed: int, units: int) -> str:
    """Say how many of a month's units could be held against their budgets: `12 av 14 enheter bedömda`."""
    if not units:
        return "Inga enheter har bedömts: organisationsregister saknas"
    if not assessed:
        return f"Inga enheter har kunnat bedömas: uppgifter saknas för {counted(units, 'enhet', 'enheter')}"
    return f"{number(assessed)} av {counted(units, 'enhet', 'enheter')} bedömda"


def _amount(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


def _row_ranges(kept: Sequence[Mapping[str, int]]) -> tuple[RowRange, ...]:
    return tuple((rows["delivery"], rows["first"], rows["last"]) for rows in kept)
