"""The managers' own forecasts, summed to areas and the board's lines, and the preschools' carry-over."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from demo import parameters as p
from demo.draws import Draws, Integers
from demo.economy import YEARS, Economy
from demo.register import Register, Unit
from demo.tables import columns, whole
from tasks.rules.periods import Period

HEADER = columns(
    "period;verksamhetsomrade;enhet;ingar_i;budget;begarda_budgetjusteringar;prestationsforandringar;"
    "prognos_fore_resultatoverforing;prognos_efter_resultatoverforing"
)
RESULT_HEADER = columns("ar;enhet;namn;bruttobudget;overforing_fran_foregaende_ar;resultat")
SIDE_HEADER = columns("period;slag;budget;begarda_budgetjusteringar;prestationsforandringar;prognos")
FORECAST_TOPIC, FUND_TOPIC = 40, 41
NOW = YEARS - 1
STAYS = 0.7
"""A manager expects this share of a deviation to last (about what a deviation does: early warning)."""


@dataclass(frozen=True)
class Forecast:
    """A unit's forecast for the year, in kronor; `before` and `after` carry-over."""

    budget: int
    requested: int
    volume: int
    before: int
    after: int

    @property
    def result(self) -> int:
        """Return what the unit is over its adjusted budget before carry-over: + is underskott."""
        return self.before - self.budget - self.requested - self.volume

    def plus(self, other: "Forecast") -> "Forecast":
        """Add two forecasts, figure by figure."""
        return Forecast(
            self.budget + other.budget,
            self.requested + other.requested,
            self.volume + other.volume,
            self.before + other.before,
            self.after + other.after,
        )


def draw_forecast(
    seed: int, unit: Unit, economy: Economy, volumes: tuple[Integers, Integers], month: int
) -> Forecast:
    """Draw what the manager reports after a month: often the budget, seldom the whole of a deviation."""
    draws, budget = Draws(seed, FORECAST_TOPIC, unit.index), economy.year_budget(NOW)
    honest = draws.number(p.REACTION_LOW, p.REACTION_HIGH)
    reaction = 0.0 if draws.chance(p.REPORTS_BUDGET) else honest
    requested = 100_000 * int(draws.number(2, 7)) if draws.chance(p.BUDGET_REQUEST) else 0
    known = _known_deviation(economy, month)
    reported = _rounded(reaction * known, 100_000) if abs(known) > p.NOTICE * budget else 0
    before = budget + requested + reported
    volume = _volume_money(unit, volumes, month)
    result = before - budget - requested - volume
    limit = round(p.RESULT_LIMIT * economy.gross_budget(NOW)) if unit.profile.result_unit else 0
    return Forecast(budget, requested, volume, before, before - min(max(result, -limit), limit))


def forecast_rows(
    register: Register, forecasts: list[tuple[Unit, Forecast]], period: Period
) -> Iterator[list[str]]:
    """Yield the board's lines, then their areas and units, each a part of the row above.

    Only a row without ingar_i counts in the total. An area that is a line of its own has one row.
    """
    for line, area in _places(forecasts):
        inside = [(unit, forecast) for unit, forecast in forecasts if (area or line) in _where(unit)]
        total = inside[0][1]
        for _, forecast in inside[1:]:
            total = total.plus(forecast)
        yield _row(period, area or line, "", line if area else "", total)
        if (area or line) in register.areas:
            for unit, forecast in inside:
                yield _row(period, "", unit.code, unit.area, forecast)


def side_rows(
    forecasts: list[tuple[Unit, Forecast]], economies: list[Economy], period: Period
) -> Iterator[list[str]]:
    """Yield the board's costs and incomes before carry-over: what deviates is costs."""
    total = forecasts[0][1]
    for _, forecast in forecasts[1:]:
        total = total.plus(forecast)
    gross = sum(economy.gross_budget(NOW) for economy in economies)
    incomes = whole(total.budget - gross)
    asked = (whole(total.requested), whole(total.volume), whole(gross + total.before - total.budget))
    yield [str(period), "kostnader", whole(gross), *asked]
    yield [str(period), "intakter", incomes, "", "", incomes]


def result_unit_rows(
    seed: int, forecasts: list[tuple[Unit, Forecast]], economies: list[Economy], year: int
) -> Iterator[list[str]]:
    """Yield the preschools: gross budget, fund of last year (överskott −), forecast result (underskott +)."""
    for (unit, forecast), economy in zip(forecasts, economies, strict=True):
        if unit.profile.result_unit:
            fund = _fund(seed, unit, economy)
            figures = (economy.gross_budget(NOW), -fund, forecast.result)
            yield [str(year), unit.code, unit.name, *map(whole, figures)]


def _known_deviation(economy: Economy, month: int) -> float:
    """Return the year's deviation (kr) that the months so far show, read against the unit's own pattern."""
    pattern = economy.pattern[NOW]
    seen = float(economy.outcome[:, NOW, :month].sum()) / 100 - float(pattern[:month].sum())
    return seen * (1 + STAYS * float(pattern[month:].sum()) / float(pattern[:month].sum()))


def _volume_money(unit: Unit, volumes: tuple[Integers, Integers], month: int) -> int:
    """Return the budget that follows the children (kr, whole 10 000): preschools only, from 1 % off plan.

    The mean so far is read as the year's by the season: in spring there are more children than in autumn.
    """
    measure = unit.profile.measure
    planned, seen = (float(series[NOW, :month].mean()) for series in volumes)
    true = seen / float(np.mean(measure.season[:month])) * float(np.mean(measure.season))
    if not unit.profile.result_unit or abs(true / planned - 1) < 0.01:
        return 0
    return _rounded((true - planned) * measure.price * p.VOLUME_COST, 10_000)


def _fund(seed: int, unit: Unit, economy: Economy) -> int:
    """Return what the unit brings from last year (kr, + is överskott), by the rule for result units."""
    start = Draws(seed, FUND_TOPIC, unit.index).number(-0.01, 0.06)
    fund = round(start * economy.gross_budget(0))
    for year in range(NOW):
        gross = economy.gross_budget(year)
        result = economy.year_outcome(year) // 100 - economy.year_budget(year)
        limit = round(p.RESULT_LIMIT * gross)
        fund = min(fund + min(max(-result, -limit), limit), round(p.FUND_LIMIT * gross))
    return _rounded(fund, 1_000)


def _places(forecasts: list[tuple[Unit, Forecast]]) -> list[tuple[str, str]]:
    """Return (line, "") and (line, area) in the register's order; no area where it has the line's name."""
    seen: dict[tuple[str, str], None] = {}
    for unit, _ in sorted(forecasts, key=lambda pair: pair[0].code):
        seen.setdefault((unit.profile.line, ""))
        if unit.area != unit.profile.line:
            seen.setdefault((unit.profile.line, unit.area))
    return sorted(seen, key=lambda place: [line for line, _ in seen].index(place[0]))


def _where(unit: Unit) -> tuple[str, str]:
    return unit.profile.line, unit.area


def _row(period: Period, area: str, code: str, part_of: str, forecast: Forecast) -> list[str]:
    optional = [whole(value) if value else "" for value in (forecast.requested, forecast.volume)]
    figures = [whole(forecast.budget), *optional, whole(forecast.before), whole(forecast.after)]
    return [str(period), area, code, part_of, *figures]


def _rounded(value: float, step: int) -> int:
    return round(value / step) * step
