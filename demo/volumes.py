"""Volumes: children, places, hours and visits by unit and month, drifting with the cost that they cause."""

from collections.abc import Iterator

import numpy as np

from demo import parameters as p
from demo.draws import Draws, Floats, Integers
from demo.economy import YEARS, Economy
from demo.register import Unit
from demo.tables import whole
from tasks.rules.periods import Period

HEADER = ["period", "enhet", "matt", "planerat", "utfall", "snitt_hittills", "snitt_foregaende_ar"]
TOPIC = 20


def simulate_volumes(seed: int, unit: Unit, economy: Economy) -> tuple[Integers, Integers]:
    """Return planned and true volume by [year, month]; the plan of a niva is the year's in every month."""
    measure, draws = unit.profile.measure, Draws(seed, TOPIC, unit.index)
    price = measure.price * (1 + p.SHARE_SPREAD * draws.normal())
    plan = np.array([_year_plan(economy, year, price) for year in range(YEARS)])
    season = np.array(measure.season) / np.mean(measure.season)
    noise = _noise(draws, measure.noise)
    true = plan[:, None] * season * economy.volume * (1 + noise)
    if measure.kind == "flode":
        return _whole(plan[:, None] / 12 * season), _whole(true / 12)
    return _whole(np.repeat(plan[:, None], 12, axis=1)), _whole(true)


def volume_rows(
    volumes: list[tuple[Unit, tuple[Integers, Integers]]], period: Period, year: int
) -> Iterator[list[str]]:
    """Yield every unit's row of a month; `year` is the month's place among the simulated years."""
    for unit, (planned, true) in volumes:
        figures = (
            int(planned[year, period.month - 1]),
            int(true[year, period.month - 1]),
            round(float(true[year, : period.month].mean())),
            round(float(true[year - 1].mean())),
        )
        parts = [unit.split(period, figure) for figure in figures]
        for row in zip(*parts, strict=True):
            yield [str(period), row[0][0], unit.profile.measure.name, *(whole(value) for _, value in row)]


def _year_plan(economy: Economy, year: int, price: float) -> float:
    """Return the year's plan: the budget in the current year's prices over the price."""
    inflation = 1.0
    for _ in range(YEARS - 1 - year):
        inflation *= 1 + p.GROWTH
    return economy.year_budget(year) * inflation / price


def _noise(draws: Draws, spread: float) -> Floats:
    noise = draws.normals(YEARS * 12) * spread
    for month in range(1, len(noise)):
        noise[month] += p.NOISE_MEMORY * noise[month - 1]
    return noise.reshape(YEARS, 12)


def _whole(values: Floats) -> Integers:
    return np.rint(values).astype(np.int64)
