"""The year forecast per unit, for all units at once.

The first rule: a unit goes on at the level it has run at so far, measured against its own month pattern.
A better rule (patterns of unit types, a damped level, intervals) can replace the body behind the same names.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]

PATTERN, BUDGET, MISSING = "pattern", "budget", "missing"
YEARS_OF_PATTERN = 3
STEADY_SHARE = 0.5
"""A year whose net is less than half of its months' absolute sum is too near zero to take shares of."""
LEAST_PACE = 0.25
"""A pattern with less than a quarter of an even pace behind it multiplies noise by four or more."""


@dataclass(frozen=True)
class YearForecast:
    """The forecast of n units: every array has shape (n,), amounts in kr, NaN where there is none.

    method: `pattern` (the unit's own past years), `budget` (the budget's months) or `missing`.
    share_of_year: the part (0–1) of the year that the pattern or the budget puts in the months so far; NaN
    where the forecast is the outcome so far plus the rest of the budget, or missing.
    lower, upper: an 80 % interval; NaN until the rule has one.
    """

    forecast: Floats
    method: Words
    share_of_year: Floats
    lower: Floats
    upper: Floats


def year_forecast(outcome: Floats, month: int, history: Floats, budget: Floats) -> YearForecast:
    """Forecast the year's net per unit when `month` (1–12) is closed.

    outcome, budget: (n, 12) kr, the months' own amounts, NaN where absent; later outcome is not looked at.
    history: (n, K, 12) kr, the past years, oldest first; a year with an absent month is not used.
    Costs are positive; a unit with net income keeps its negative sign. An absent month of outcome makes the
    forecast missing, never smaller. Raises ValueError for other shapes or months.
    """
    _check_shapes(outcome, month, history, budget)
    outcome, history, budget = (_finite_or_nan(values) for values in (outcome, history, budget))
    with np.errstate(over="ignore", invalid="ignore"):
        so_far = outcome[:, :month].sum(axis=1)
        own_share = _share_so_far(history, month, so_far)
        budget_share = _share_so_far(budget[:, np.newaxis, :], month, so_far)
        rest_of_budget = budget[:, month:].sum(axis=1)
        share = np.where(np.isfinite(own_share), own_share, budget_share)
        forecast = np.where(np.isfinite(share), so_far / share, so_far + rest_of_budget)
    method = np.where(np.isfinite(own_share), PATTERN, BUDGET)
    return _without_infinities(forecast, method, share)


def as_decimal(value: float, decimals: int = 2) -> Decimal | None:
    """Return one of the arrays' figures as it is stored (kr with öre, by default); None for NaN."""
    return None if np.isnan(value) else Decimal(f"{value:.{decimals}f}")


def _share_so_far(years: Floats, month: int, so_far: Floats) -> Floats:
    """Return the mean share (0–1) of a year that falls in its first months: (n, K, 12) → (n,).

    NaN where the years can't carry a forecast: none is whole, the net passes zero (within a year, between
    years, or between them and this year), or so little falls in these months that its inverse is noise.
    """
    totals = years.sum(axis=2)
    usable = _latest(np.abs(totals) > STEADY_SHARE * np.abs(years).sum(axis=2))
    shares = np.divide(years[:, :, :month].sum(axis=2), totals, out=np.zeros_like(totals), where=usable)
    count = usable.sum(axis=1)
    mean = np.divide(shares.sum(axis=1), count, out=np.full(len(years), np.nan), where=count > 0)
    same_sign = np.all(~usable | (np.sign(totals) == np.sign(so_far)[:, np.newaxis]), axis=1)
    return np.where(same_sign & (mean >= LEAST_PACE * month / 12), mean, np.nan)


def _latest(usable: Booleans) -> Booleans:
    """Keep the last few of the usable years: (n, K) → (n, K)."""
    newer_or_same = np.cumsum(usable[:, ::-1], axis=1)[:, ::-1]
    return usable & (newer_or_same <= YEARS_OF_PATTERN)


def _without_infinities(forecast: Floats, method: Words, share: Floats) -> YearForecast:
    """Call every forecast missing that is not a number, whatever made it so."""
    known = np.isfinite(forecast)
    nothing = np.full(len(forecast), np.nan)
    return YearForecast(
        forecast=np.where(known, forecast, np.nan),
        method=np.where(known, method, MISSING),
        share_of_year=np.where(known, share, np.nan),
        lower=nothing,
        upper=nothing.copy(),
    )


def _finite_or_nan(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)


def _check_shapes(outcome: Floats, month: int, history: Floats, budget: Floats) -> None:
    units = len(outcome)
    if not 1 <= month <= 12:
        raise ValueError(f"month {month}")
    if outcome.shape != (units, 12) or budget.shape != (units, 12):
        raise ValueError(f"outcome {outcome.shape}, budget {budget.shape}")
    if history.ndim != 3 or (history.shape[0], history.shape[2]) != (units, 12):
        raise ValueError(f"history {history.shape}")
