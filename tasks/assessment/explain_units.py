"""Why units deviate, in words: what their volumes explain, and which account groups and months carry it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sql.database import Transaction
from tasks.figures.unit_months import MonthsOfUnit, group_years
from tasks.rules.assessment.causes import DeviationCauses, Expected, GroupYears, deviation_causes, spread
from tasks.rules.assessment.deviation import Deviation
from tasks.rules.assessment.deviation_facts import DeviationFacts
from tasks.rules.assessment.deviation_sentences import causes_sentence
from tasks.rules.assessment.month_pattern import month_weights, year_patterns
from tasks.rules.assessment.unit_years import Floats, UnitYears
from tasks.rules.delivered import RowRange, row_ranges
from tasks.rules.periods import Period, months_of
from tasks.rules.swedish import round_half_up
from tasks.rules.volumes.effects import (
    MeasureEffect,
    VolumeEffects,
    is_of_few,
    until_words,
    volume_effects,
)
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.volumes import MeasuredVolume, VolumeSettings

DECIMALS = 4
"""Volumes are kept with so many decimals."""


@dataclass(frozen=True)
class YearsVolumes:
    """What each unit has counted in the year, until a month: that of the money, or one before where it lags.

    fewest_persons: volumes of fewer are not told of.
    """

    counted: Mapping[str, Sequence[CountedVolume]]
    until: Period
    fewest_persons: int


@dataclass(frozen=True)
class Explanation:
    """Why a unit deviates.

    volume_rows: where its volumes stand; volumes_until: the month where that is one before the money's.
    is_few: they are of too few to be told of. causes: of a warned one.
    expected: what its closed months were held against. weights: how the rest of the year is spread over the
    months that are left.
    """

    volumes: VolumeEffects
    volume_rows: tuple[RowRange, ...] = ()
    volumes_until: Period | None = None
    is_few: bool = False
    causes: DeviationCauses | None = None
    expected: Expected | None = None
    weights: tuple[Decimal, ...] = ()

    def ahead(self, facts: DeviationFacts) -> tuple[Decimal, ...]:
        """Return what the forecast expects of each month left (kr); nothing where that can't be told."""
        if facts.forecast is None or facts.outcome is None or not self.weights:
            return ()
        return spread(facts.forecast - facts.outcome, self.weights)

    def explained(self, deviation: Deviation) -> Deviation:
        """Add what explains a warned unit's deviation to the sentence that its manager reads."""
        if deviation.signal is None:
            return deviation
        sentences = [deviation.mening]
        if not self.is_few:
            sentences.append(until_words(self.volumes.sentence, self.volumes_until))
        if self.causes is not None:
            sentences.append(causes_sentence(deviation.facts, self.causes))
        return replace(deviation, mening=" ".join(filter(None, sentences)))

    def as_data(self) -> dict[str, object]:
        """Return every number behind the words, to be kept as evidence."""
        return {
            "volumes": [_measure(measure) for measure in self.volumes.measures],
            "volume_rows": row_ranges(self.volume_rows),
            "causes": self._causes(),
        }

    def _causes(self) -> dict[str, object] | None:
        if self.causes is None or self.expected is None:
            return None
        return {
            "expected_months": list(self.expected.months),
            "months": list(self.causes.months),
            "groups": [
                {"group": group.name, "difference": group.difference, "is_income": group.is_income}
                for group in self.causes.groups
            ],
            "rest": self.causes.rest,
            "is_straight_twelfth": self.causes.is_straight_twelfth,
        }


def explain_units(
    transaction: Transaction,
    deviations: Mapping[str, Deviation],
    months: Mapping[str, MonthsOfUnit],
    units: UnitYears,
    volumes: YearsVolumes,
    period: Period,
) -> dict[str, Explanation]:
    """Explain every assessed unit by its volumes, and the warned ones by their account groups and months.

    units: the years of `deviations`' units, in its order.
    """
    patterns = year_patterns(units, period.month)
    weights = month_weights(units, patterns)
    expected = _expected(deviations, patterns, weights, period.month)
    warned = {
        code: months[code] for code, deviation in deviations.items() if deviation.signal and code in expected
    }
    groups = group_years(transaction, period, warned) if warned else {}
    explained = {}
    for at, (code, deviation) in enumerate(deviations.items()):
        counted = volumes.counted.get(code, ())
        effects = _effects([volume.measured for volume in counted], deviation.facts, volumes.until)
        explained[code] = Explanation(
            volumes=effects,
            volume_rows=tuple(rows for volume in counted for rows in volume.rows),
            volumes_until=None if volumes.until == period else volumes.until,
            is_few=is_of_few(effects, volumes.fewest_persons),
            causes=_causes(groups[code], months[code], expected[code], period) if code in warned else None,
            expected=expected.get(code),
            weights=_decimals(weights[at, period.month :]),
        )
    return explained


def _effects(volumes: Sequence[MeasuredVolume], facts: DeviationFacts, until: Period) -> VolumeEffects:
    """Divide a deviation; the months after the last one with volumes are expected like the coming ones."""
    forecast = None if facts.deviation is None else facts.forecast
    return volume_effects(volumes, facts.budget, forecast, until.month, VolumeSettings())


def _expected(
    deviations: Mapping[str, Deviation], patterns: Floats, weights: Floats, month: int
) -> dict[str, Expected]:
    """Return what the closed months of each unit were held against; when the year is over, its budget."""
    expected = {}
    for at, (code, deviation) in enumerate(deviations.items()):
        facts = deviation.facts
        so_far = facts.budget if month == 12 else facts.expected
        if facts.budget is not None and facts.expected is not None and so_far is not None:
            closed = spread(so_far, _decimals(weights[at, :month]))
            expected[code] = Expected(closed, _decimals(patterns[at]), facts.budget, facts.is_near_zero)
    return expected


def _decimals(values: Floats) -> tuple[Decimal, ...]:
    return tuple(Decimal(float(value)) for value in values)


def _causes(
    groups: Sequence[GroupYears], own: MonthsOfUnit, expected: Expected, period: Period
) -> DeviationCauses:
    year = months_of(period.year)
    closed = (own[month].outcome for month in year[: period.month])
    budget = tuple(own[month].budget if month in own else None for month in year)
    return deviation_causes(groups, [kr for kr in closed if kr is not None], budget, expected)


def _measure(effect: MeasureEffect) -> dict[str, object]:
    year = effect.year
    return {
        "measure": effect.volume.name,
        "expected": None if year is None else round_half_up(year.expected, DECIMALS),
        "planned": None if year is None else round_half_up(year.planned, DECIMALS),
        "known_months": None if year is None else year.known,
        "price": None if effect.price is None else round_half_up(effect.price, DECIMALS),
        "effect": effect.effect,
        "note": effect.note,
    }
