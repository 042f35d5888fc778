"""What a doubt about a delivery's figures is, and what it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import polars as pl

from tasks.rules.periods import Period
from tasks.rules.thresholds import check_between

DoubtKind = Literal["thousandfold", "apart", "accumulated", "nothing", "turned", "fractions", "moved"]


@dataclass(frozen=True)
class Doubt:
    """Why a delivery's figures can't be right, in Swedish.

    rule: the sentence that compares them, without its full stop. remedy: what to do.
    """

    kind: DoubtKind
    rule: str
    remedy: str


@dataclass(frozen=True)
class DoubtfulUnit:
    """A unit whose figures are a thousand times off, and the sentence about it without its full stop.

    period: of a year's file the month that they are off in, None of a month's.
    """

    unit: str
    sentence: str
    period: Period | None = None


@dataclass(frozen=True)
class KnownFigures:
    """What was accepted before a delivery; None where there was nothing.

    ledger: unit, period, budget, outcome (kr), this year's and the last year's months as they were known.
    other_half: of a file of budget or outcome alone, the other as it is known: unit, period, value (kr), size
    (kr without signs).
    forecasts: unit, budget, forecast_before (kr for the year). figures: unit, item, measure, value, note of
    the same source's newest delivery before this one, which was for `figures_period`.
    """

    ledger: pl.DataFrame | None = None
    other_half: pl.DataFrame | None = None
    forecasts: pl.DataFrame | None = None
    figures: pl.DataFrame | None = None
    unit_types: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)
    figures_period: Period | None = None


@dataclass(frozen=True)
class PlausibleSettings:
    """From where figures are doubted. The reason of each limit stands in `manad.toml`.

    nearly_all_percent: so many of the comparable figures must be off, of at least fewest_units. thousand_low,
    thousand_high: so many times larger or smaller is about a thousand. apart_factor: budget against outcome.
    accumulated_percent: so much of an ordinary month times the month's number, at least. solid_percent: a
    net's share of its gross from where its sign and size tell anything. hundred_low, hundred_high: so many
    times smaller is a fraction for a percentage. moved_percent: of the year's budget. smallest_year_kr,
    largest_year_kr: a unit's gross year. Raises UnusableThresholdError.
    """

    nearly_all_percent: Decimal = Decimal(80)
    fewest_units: int = 3
    thousand_low: Decimal = Decimal(200)
    thousand_high: Decimal = Decimal(5000)
    apart_factor: Decimal = Decimal(3)
    accumulated_percent: Decimal = Decimal(60)
    solid_percent: Decimal = Decimal(20)
    hundred_low: Decimal = Decimal(40)
    hundred_high: Decimal = Decimal(250)
    moved_percent: Decimal = Decimal(20)
    smallest_year_kr: Decimal = Decimal(50_000)
    largest_year_kr: Decimal = Decimal(2_000_000_000)

    def __post_init__(self) -> None:
        check_between("nearly_all_percent", self.nearly_all_percent, 51, 100)
        check_between("fewest_units", Decimal(self.fewest_units), 1)
        check_between("thousand_low", self.thousand_low, 20)
        check_between("thousand_high", self.thousand_high - self.thousand_low, 1)
        check_between("apart_factor", self.apart_factor, 2)
        check_between("accumulated_percent", self.accumulated_percent, 50, 100)
        check_between("solid_percent", self.solid_percent, 1, 100)
        check_between("hundred_low", self.hundred_low, 10)
        check_between("hundred_high", self.hundred_high - self.hundred_low, 1)
        check_between("moved_percent", self.moved_percent, 1)
        check_between("smallest_year_kr", self.smallest_year_kr, 0)
        check_between("largest_year_kr", self.largest_year_kr, 1)
