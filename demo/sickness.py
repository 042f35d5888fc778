"""Sick leave: ordinary hours and hours absent by unit, sex and span of days."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from demo import parameters as p
from demo.draws import Draws, Floats
from demo.economy import YEARS, Economy
from demo.profiles import PERSONAL
from demo.register import Unit
from demo.tables import columns, tenths, whole
from tasks.rules.periods import Period

HEADER = columns(
    "period;enhet;kon;anstallda;ordinarie_timmar;franvarotimmar_1_14;franvarotimmar_15_90;franvarotimmar_91"
)
TOPIC = 30
LEAST, MOST = 0.005, 0.35
"""Bounds of a month's sick leave: never nobody, never half the staff."""


class Hours(NamedTuple):
    """A group's month: employees, ordinary hours, and tenths of hours absent in the three spans."""

    sex: str
    employees: int
    ordinary: int
    absent: tuple[int, int, int]


@dataclass(frozen=True)
class Sickness:
    """A unit's sick leave by month, with the truth: level, step (fractions) and its first month."""

    months: dict[Period, list[Hours]]
    level: float
    step: float
    step_from: Period | None


def simulate_sickness(seed: int, unit: Unit, economy: Economy, months: list[Period]) -> Sickness:
    """Simulate whole years from the first month; the same months come out whichever is the last."""
    draws = Draws(seed, TOPIC, unit.index)
    cost = int(economy.budget[economy.groups.index(PERSONAL), YEARS - 1].sum())
    posts = cost / p.COST_PER_POST
    staff = max(3, round(posts / p.DEGREE))
    men = min(staff, max(0, round(staff * unit.profile.men * (1 + p.SICK_SPREAD * draws.normal()))))
    level = unit.profile.sick * (1 + p.SICK_SPREAD * draws.normal())
    step = draws.number(p.SICK_STEP_LOW, p.SICK_STEP_HIGH) if draws.chance(p.SICK_STEP) else 0.0
    step_at = int(draws.number(p.HISTORY_MONTHS / 2, p.HISTORY_MONTHS + 9))
    spread = p.SICK_NOISE * (25 / posts) ** 0.5
    noise = draws.normals(p.HISTORY_MONTHS + 12) * spread
    lumps = 1 + p.SICK_LUMPS * draws.normals(p.HISTORY_MONTHS + 12, 2, 3)
    by_month: dict[Period, list[Hours]] = {}
    for at, period in enumerate(months):
        noise[at] += p.NOISE_MEMORY * noise[at - 1] if at else 0.0
        now = level + (step if at >= step_at else 0.0)
        rate = now * p.SICK_SEASON[period.month - 1] + float(noise[at])
        rate = min(max(rate, LEAST), MOST)
        by_month[period] = _by_sex(period, {"K": staff - men, "M": men}, rate, lumps[at])
    return Sickness(by_month, level, step, months[0].plus(step_at) if step else None)


def sickness_rows(sickness: list[tuple[Unit, Sickness]], period: Period) -> Iterator[list[str]]:
    """Yield a month's rows; a sex without employees has none."""
    for unit, truth in sickness:
        for hours in truth.months[period]:
            figures = (hours.employees, hours.ordinary, *hours.absent)
            parts = [unit.split(period, figure) for figure in figures]
            for row in zip(*parts, strict=True):
                employees, ordinary, *absent = (value for _, value in row)
                if employees:
                    shown = [str(employees), whole(ordinary), *map(tenths, absent)]
                    yield [str(period), row[0][0], hours.sex, *shown]


def _by_sex(period: Period, employees: dict[str, int], rate: float, lumps: Floats) -> list[Hours]:
    day_hours = p.HOURS_A_DAY * p.DEGREE * _weekdays(period)
    rows = []
    # Short spells are the ones that follow infections; what they don't take is long.
    short = p.SICK_SPANS[0] * p.SICK_SEASON[period.month - 1]
    middle = (1 - short) * p.SICK_SPANS[1] / (p.SICK_SPANS[1] + p.SICK_SPANS[2])
    for (sex, count), lump in zip(employees.items(), lumps, strict=True):
        ordinary = round(count * day_hours)
        absent = ordinary * rate * (p.SICK_MEN if sex == "M" else 1.0)
        shares = np.array((short, middle, 1 - short - middle)) * np.maximum(lump, 0.0)
        spans = [round(float(share) * absent * 10) for share in shares]
        rows.append(Hours(sex, count, ordinary, (spans[0], spans[1], spans[2])))
    return rows


@cache
def _weekdays(period: Period) -> int:
    """Count Mondays to Fridays; public holidays are ordinary hours of round-the-clock staff."""
    weeks = calendar.Calendar().itermonthdays2(period.year, period.month)
    return sum(1 for day, weekday in weeks if day and weekday < 5)
