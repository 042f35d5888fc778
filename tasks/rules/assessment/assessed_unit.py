"""A unit of a month as its assessment kept it: the year in figures and words, and what they stand on.

Amounts are kr of the year, costs +, None where missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from tasks.rules.assessment.deviation_facts import Level, Method, is_near_zero
from tasks.rules.delivered import RowRange, row_ranges
from tasks.rules.json_keys import Figure, Key
from tasks.rules.json_values import Json
from tasks.rules.periods import Period
from tasks.rules.swedish import percent
from tasks.rules.wording import YearRow, is_nothing, year_headline, year_row

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
    """What stands behind a unit's words, as an assessment keeps it: this is its one writer and reader.

    expected … gross: as in DeviationFacts. floor_kr, bar_percent (%): the limits that decided.
    rows: delivered ones that the outcome stands on. explained: how volumes, groups and months explain the
    deviation, kept for who asks; nothing reads it back. has_few_volumes: its effects are of too few to be
    told of. volumes_until: the month that the volumes end with, where it isn't the money's. own_rows: those
    behind each version of `own`.
    """

    expected: Decimal | None = None
    to_come: Decimal | None = None
    probability: Decimal | None = None
    probability_before: Decimal | None = None
    gross: Decimal | None = None
    floor_kr: Decimal = Decimal(0)
    bar_percent: Decimal = Decimal(0)
    rows: tuple[RowRange, ...] = ()
    explained: Json = field(default_factory=dict)
    has_few_volumes: bool = False
    volumes_until: Period | None = None
    own: OwnForecast = OwnForecast()
    own_rows: tuple[tuple[RowRange, ...], ...] = ()
    closed_years: tuple[ClosedFigures, ...] = ()
    year: KeptYear = KeptYear()

    def as_data(self) -> dict[str, object]:
        """Return it as JSON has it but for Decimals, which are kept as their text."""
        return {
            "expected": self.expected,
            "to_come": self.to_come,
            "probability": self.probability,
            "probability_before": self.probability_before,
            "gross": self.gross,
            "floor_kr": self.floor_kr,
            "bar_percent": self.bar_percent,
            "rows": row_ranges(self.rows),
            **self.explained,
            "has_few_volumes": self.has_few_volumes,
            **({} if self.volumes_until is None else {"volumes_until": str(self.volumes_until)}),
            "own_forecast": self._own_as_data(),
            "closed_years": [asdict(closed) for closed in self.closed_years],
            **({} if self.year == KeptYear() else {"year": asdict(self.year)}),
        }

    def _own_as_data(self) -> dict[str, object]:
        own = self.own
        return {
            "kr": own.kr,
            "before": own.before,
            "told_in": None if own.told_in is None else str(own.told_in),
            "adjusted_budget": own.adjusted_budget,
            "sentence": own.sentence,
            "versions": [
                {
                    "period": str(version.period),
                    "kr": version.kr,
                    "change": version.change,
                    "sentence": version.sentence,
                    "rows": row_ranges(rows),
                }
                for version, rows in zip(own.versions, self.own_rows, strict=True)
            ],
            "mixed": own.mixed,
            "mixed_reason": own.mixed_reason,
        }

    @classmethod
    def of_data(cls, kept: Json) -> "Evidence":
        """Read the evidence of an assessment; one that was made by an older version lacks parts of it."""
        own = kept.get("own_forecast", {})
        return cls(
            expected=_amount(kept.get("expected")),
            to_come=_amount(kept.get("to_come")),
            probability=_amount(kept.get("probability")),
            probability_before=_amount(kept.get("probability_before")),
            gross=_amount(kept.get("gross")),
            floor_kr=Decimal(kept.get("floor_kr", 0)),
            bar_percent=Decimal(kept.get("bar_percent", 0)),
            rows=_ranges(kept.get("rows", ())),
            has_few_volumes=kept.get("has_few_volumes", False),
            volumes_until=Period.parse(kept["volumes_until"]) if "volumes_until" in kept else None,
            own=OwnForecast.of_data(own),
            own_rows=tuple(_ranges(version.get("rows", ())) for version in own.get("versions", ())),
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
            year=KeptYear.of_data(kept.get("year", {})),
        )


class Compared(NamedTuple):
    """A forecast that could be held against a budget (kr): deviation = budget − forecast."""

    budget: Decimal
    forecast: Decimal
    deviation: Decimal


@dataclass(frozen=True)
class AssessedUnit:
    """A unit of an assessment: deviation = budget − forecast (kr), and in % of |budget|.

    outcome: so far. lower, upper: the forecast's 80 % interval. The effects are hidden where they are of too
    few. rule, sentence: what its readers are told.
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
    volume_effect: Figure
    price_effect: Figure
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

    @property
    def deviation_words(self) -> str:
        """Say the deviation with its share of the budget: `underskott 0,8 mnkr (3,2 %)`."""
        words = self.row.deviation(self.deviation)
        if self.deviation is None or self.deviation_percent is None or is_nothing(self.deviation):
            return words
        if is_near_zero(self.budget, self.evidence.gross):  # a per cent of next to nothing says nothing
            return words
        return f"{words} ({percent(abs(self.deviation_percent))})"

    def headline(self, period: Period) -> str:
        """Say what is expected of the unit's year: `befarat underskott 0,8 mnkr`."""
        return year_headline(self.budget, self.forecast, is_whole_year=period.month == 12)


def _amount(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


def _ranges(kept: Sequence[Mapping[str, int]]) -> tuple[RowRange, ...]:
    return tuple((rows["delivery"], rows["first"], rows["last"]) for rows in kept)
