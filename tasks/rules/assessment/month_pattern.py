"""How a unit's year is spread over its months, learnt from its own past years and from units like it.

Where no years have taught it, the budget's months say it, and where they say nothing every month is the same.
A share of few years is uncertain, so a unit's own is drawn towards its type's as far as the unit's years
differ among themselves more than the type's units do (empirical Bayes). A type of one or two units has no
pattern of its own: there the even month takes the type's place.
"""

from typing import NamedTuple

import numpy as np

from tasks.rules.assessment.unit_years import (
    STEADY_SHARE,
    Booleans,
    Floats,
    Integers,
    UnitYears,
    Words,
    capped,
    divided,
    mean_of_type,
    type_numbers,
)

PATTERN, TYPE, BUDGET = "pattern", "type", "budget"
EVEN = 1 / 12
FEWEST_OF_TYPE = 3
"""Fewer units than this don't make a type."""
CENTRED = (np.arange(12) - 5.5) / 12
"""The months' distance (years) from the middle of the year."""
SMALLEST_SHARE = 1e-4
"""A month where next to nothing falls can't carry a comparison."""
UNKNOWN_SPREAD = 0.012**2
"""The variance of a month's share between a unit's years where no unit has two: 14 % of an even month."""


class Pattern(NamedTuple):
    """The shares of n units' year by month, (n, 12) and adding up to 1, and what each unit's say it by, (n,).

    origin: `pattern` (the unit's own past years), `type` (those of its type) or `budget` (its months).
    """

    shares: Floats
    origin: Words


def pattern_of(known: UnitYears) -> Pattern:
    """Return how the year of at least one unit is spread over its months, by what is known of it."""
    history = known.history
    learnt = month_pattern(history, known.unit_type)
    has_years = np.isfinite(history[:, :, 0]).any(axis=1)
    has_pattern = np.isfinite(learnt[:, 0])
    origin = np.where(has_years, PATTERN, np.where(has_pattern, TYPE, BUDGET))
    return Pattern(np.where(has_pattern[:, np.newaxis], learnt, _budget_months(known)), origin)


def year_patterns(units: UnitYears, month: int) -> Floats:
    """Return each unit's shares of the year by month, as a forecast of that month (1–12) has it: (n, 12)."""
    known = units.known_at(month)
    return pattern_of(known).shares if len(known.budget) else np.empty((0, 12))


def month_weights(units: UnitYears, patterns: Floats) -> Floats:
    """Return what each month weighs of what was expected: (n, 12).

    A month's share of the budget of its day; of a budget of another sign than the year's, or none, its share.
    """
    budget = units.budget[:, -1:]
    in_force = np.where(np.sign(units.in_force) == np.sign(budget), units.in_force, budget)
    usable = np.isfinite(in_force) & (in_force != 0)
    weights: Floats = patterns * np.where(usable, in_force, 1.0)
    return weights


def _budget_months(known: UnitYears) -> Floats:
    """Return the budget's shares by month; even ones of a budget that is too near zero to take shares of."""
    phased = known.phasing.sum(axis=1, keepdims=True)
    steady = np.abs(phased) > STEADY_SHARE * np.abs(known.phasing).sum(axis=1, keepdims=True)
    return divided(known.phasing, phased, steady, EVEN)


def month_pattern(history: Floats, unit_type: Words, growth: Floats | None = None) -> Floats:
    """Return the share of a year that falls in each month: (n, K, 12) kr → (n, 12), adding up to 1.

    history: whole past years, NaN in every month of a year that can't be used. growth: (n,), the yearly
    growth (log) that is taken out of the shares, so that a pattern doesn't hold it. NaN where neither the
    unit nor its type has a year.
    """
    shares = _shares(history, growth)
    years = np.isfinite(shares[:, :, 0]).sum(axis=1)
    own = _mean(shares, axis=1)
    groups = type_numbers(unit_type)
    spread = _spread_between_years(shares, own, years, groups)
    noise = spread / np.maximum(years, 1)
    aim, closeness = _type_pattern(own, noise, years, groups)
    trust = np.where(years > 0, closeness, 0.0)[:, np.newaxis]
    pattern = np.where(years[:, np.newaxis] > 0, aim + trust * (np.nan_to_num(own) - aim), aim)
    pattern = np.maximum(pattern, SMALLEST_SHARE)
    whole: Floats = pattern / pattern.sum(axis=1, keepdims=True)
    return whole


def _shares(history: Floats, growth: Floats | None) -> Floats:
    if growth is not None:
        history = history / np.exp(growth[:, np.newaxis, np.newaxis] * CENTRED)
    totals = history.sum(axis=2, keepdims=True)
    return divided(history, totals, np.abs(totals) > 0)


def _spread_between_years(shares: Floats, own: Floats, years: Integers, groups: Integers) -> Floats:
    """Return the variance of one month's share between a unit's years: half its own, half its type's."""
    squares = np.nansum((shares - own[:, np.newaxis, :]) ** 2, axis=(1, 2))
    spread = np.where(years > 1, squares / (np.maximum(years - 1, 1) * 11), np.nan)
    overall = np.nanmean(spread) if np.isfinite(spread).any() else UNKNOWN_SPREAD
    of_type = mean_of_type(capped(spread, groups), groups)
    of_type = np.where(np.isfinite(of_type), of_type, overall)
    return np.where(np.isfinite(spread), (spread + of_type) / 2, of_type)


def _type_pattern(own: Floats, noise: Floats, years: Integers, groups: Integers) -> tuple[Floats, Floats]:
    """Return what a unit's own shares are drawn towards (n, 12), and the part of its own that it keeps."""
    counts = np.bincount(groups[years > 0], minlength=int(groups.max(initial=-1)) + 1)[groups]
    middle = _median_of_type(own, groups)
    is_type = counts >= FEWEST_OF_TYPE
    of_type = np.where(years > 0, noise, np.nan)
    noise_of_type = np.nan_to_num(mean_of_type(capped(of_type, groups), groups))
    true_shape = _kept(_distance(middle, EVEN), noise_of_type / np.maximum(counts, 1))
    aim = EVEN + np.where(is_type, true_shape, 1.0)[:, np.newaxis] * (middle - EVEN)
    aim = np.where((is_type | (years == 0))[:, np.newaxis], aim, EVEN)
    apart = mean_of_type(_distance(own, middle), groups) * counts / np.maximum(counts - 1, 1)
    within_type = np.nan_to_num(np.maximum(0.0, apart - noise_of_type))
    kept_in_type = within_type / np.maximum(within_type + noise, 1e-12)
    return aim, np.where(is_type, kept_in_type, _kept(_distance(own, EVEN), noise))


def _kept(distance: Floats, noise: Floats) -> Floats:
    """Return the part of a squared distance that isn't noise, 0–1."""
    kept: Floats = np.maximum(0.0, 1 - noise / np.maximum(np.nan_to_num(distance), 1e-12))
    return kept


def _distance(shares: Floats, other: Floats | float) -> Floats:
    distance: Floats = ((shares - other) ** 2).sum(axis=1) / 11
    return distance


def _median_of_type(own: Floats, groups: Integers) -> Floats:
    """Return the type's median share by month, adding up to 1; NaN for a type without a year."""
    middle = np.full_like(own, np.nan)
    for group in range(int(groups.max(initial=-1)) + 1):
        members = own[groups == group]
        whole: Booleans = np.isfinite(members[:, 0])
        if whole.any():
            shares = np.median(members[whole], axis=0)
            middle[groups == group] = shares / shares.sum()
    return middle


def _mean(values: Floats, axis: int) -> Floats:
    known = np.isfinite(values)
    counts = known.sum(axis=axis)
    sums = np.where(known, values, 0.0).sum(axis=axis)
    return divided(sums, counts, counts > 0)
