"""A unit's four years of budget and outcome by account group and month, with the truth behind them.

budget of a year    last year's · (1 + GROWTH) · the unit's own resizing, whole thousands
expected cost       budget / 12 · the unit's season · (1 + deviation), a deviation that is structural,
                    carried from last December, shifted or drifting, and lies in the groups that drive cost
outcome             expected · noise with memory + one-offs, some of it booked a month late, all by December
"""

from dataclasses import dataclass

import numpy as np

from demo import parameters as p
from demo.disturbances import Disturbance, draw_disturbance
from demo.draws import Draws, Floats, Integers
from demo.profiles import GROUPS, INCOME, MATERIAL, PERSONAL, PURCHASES, SEASONS, Profile

YEARS = p.PAST_YEARS + 1
MIX, NOISE, EVENTS = 10, 11, 12
"""Topics of the unit's streams."""


@dataclass(frozen=True)
class Economy:
    """A unit's four years, the current one last.

    By [group, year, month]: `budget` in whole kronor and `outcome` in öre, income negative.
    By [year, month]: `pattern`, the budget by the unit's true season (kr), and `volume` relative to plan.
    By [year]: `expected`, the cost without noise (kr), and `undisturbed`, without the disturbance too.
    """

    groups: tuple[str, ...]
    budget: Integers
    outcome: Integers
    pattern: Floats
    expected: Floats
    undisturbed: Floats
    volume: Floats
    disturbances: tuple[Disturbance, ...]

    def year_budget(self, year: int) -> int:
        """Return the net budget (kr) of a year, 0 being the oldest."""
        return int(self.budget[:, year].sum())

    def year_outcome(self, year: int) -> int:
        """Return the net outcome (öre) of the whole year, months that nobody has seen yet included."""
        return int(self.outcome[:, year].sum())

    def gross_budget(self, year: int) -> int:
        """Return the budget of costs (kr), before income."""
        costs = [group != INCOME for group in self.groups]
        return int(self.budget[costs, year].sum())


def simulate(seed: int, index: int, profile: Profile) -> Economy:
    """Simulate a unit. Its streams depend on seed and index alone, never on how many units there are."""
    mix, events = Draws(seed, MIX, index), Draws(seed, EVENTS, index)
    groups = (*profile.costs, INCOME)
    year_budget = _year_budgets(mix, profile, groups)
    typical, own = _seasons(mix, profile, groups)
    budget = _phased(year_budget, np.ones_like(typical) if mix.chance(p.FLAT_PHASING) else typical)
    disturbances = tuple(draw_disturbance(events, profile.scale) for _ in range(YEARS))
    level, disturbed, volume = _deviations(events, disturbances)
    planned = year_budget[:, :, None] / 12 * own[:, None, :]
    reach = _reach(groups, year_budget)
    one_offs = _one_offs(groups, year_budget, disturbances)
    expected = planned * (1 + reach * (level + disturbed)) + one_offs
    noisy = (expected - one_offs) * (1 + _noise(Draws(seed, NOISE, index), groups)) + one_offs
    booked = noisy + _slipped(groups, noisy, disturbances)
    undisturbed = planned * (1 + reach * level)
    return Economy(
        groups=groups,
        budget=budget,
        outcome=np.rint(booked * 100).astype(np.int64),
        pattern=planned.sum(axis=0),
        expected=expected.sum(axis=(0, 2)),
        undisturbed=undisturbed.sum(axis=(0, 2)),
        volume=volume,
        disturbances=disturbances,
    )


def _year_budgets(draws: Draws, profile: Profile, groups: tuple[str, ...]) -> Floats:
    """Return kronor by [group, year], whole thousands; the last year is in the profile's prices."""
    shares = np.array([*profile.costs.values(), -profile.income])
    shares = shares * (1 + p.SHARE_SPREAD * draws.normals(len(groups)))
    size = min(max(1 + p.SIZE_SPREAD * draws.normal(), p.SIZE_LOW), p.SIZE_HIGH)
    steps = (1 + p.GROWTH) * (1 + p.RESIZING * draws.normals(YEARS - 1))
    growth = np.multiply.accumulate(np.concatenate(([1.0], steps)))
    net = profile.budget * size * growth / np.multiply.accumulate([1.0] + [1 + p.GROWTH] * (YEARS - 1))[-1]
    budgets: Floats = np.rint(shares[:, None] / shares.sum() * net / 1000) * 1000
    return budgets


def _seasons(draws: Draws, profile: Profile, groups: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return the type's and the unit's own season by [group, month], each with mean 1."""
    tables = {**SEASONS, PERSONAL: profile.pay}
    typical = np.array([tables[group] for group in groups])
    typical = typical / typical.mean(axis=1, keepdims=True)
    own = typical * (1 + p.OWN_SEASON * draws.normals(12))
    return typical, own / own.mean(axis=1, keepdims=True)


def _phased(year_budget: Floats, season: Floats) -> Integers:
    """Return the budget by month in whole kronor; December takes what rounding leaves."""
    months = np.rint(year_budget[:, :, None] / 12 * season[:, None, :]).astype(np.int64)
    months[:, :, 11] += year_budget.astype(np.int64) - months.sum(axis=2)
    return months


def _deviations(draws: Draws, disturbances: tuple[Disturbance, ...]) -> tuple[Floats, Floats, Floats]:
    """Return by [year, month]: the undisturbed level, the disturbance, and the volume relative to plan."""
    level, disturbed, volume = np.zeros((YEARS, 12)), np.zeros((YEARS, 12)), np.ones((YEARS, 12))
    carried = 0.0
    for year, disturbance in enumerate(disturbances):
        shift, drift = disturbance.shift(), disturbance.drift()
        level[year] = p.CARRY * carried + p.STRUCTURAL * draws.normal()
        disturbed[year] = shift + drift
        volume[year] += (drift + p.SHIFT_VOLUME * shift) / p.VOLUME_COST
        carried = float(level[year, 11] + disturbed[year, 11])
    return level, disturbed, volume


def _reach(groups: tuple[str, ...], year_budget: Floats) -> Floats:
    """Return by [group, 1, 1] how much a group moves when the unit's net budget deviates by one.

    Premises and income don't follow a deviation, so the groups that do must move by more.
    """
    driver = np.array([GROUPS[group].driver for group in groups])
    reach = np.where(driver, year_budget.sum() / year_budget[driver].sum(), 0.0)
    return np.reshape(reach, (len(groups), 1, 1))


def _one_offs(groups: tuple[str, ...], year_budget: Floats, disturbances: tuple[Disturbance, ...]) -> Floats:
    """Return kronor by [group, year, month]: a one-off is booked as material and services."""
    amounts = np.zeros((len(groups), YEARS, 12))
    for year, disturbance in enumerate(disturbances):
        amounts[groups.index(MATERIAL), year] = disturbance.one_off() * year_budget[:, year].sum()
    return amounts


def _noise(draws: Draws, groups: tuple[str, ...]) -> Floats:
    """Return relative noise by [group, year, month] that remembers part of the month before."""
    fresh = draws.normals(len(groups), YEARS * 12) * np.array([[GROUPS[group].noise] for group in groups])
    for month in range(1, YEARS * 12):
        fresh[:, month] += p.NOISE_MEMORY * fresh[:, month - 1]
    return np.reshape(fresh, (len(groups), YEARS, 12))


def _slipped(groups: tuple[str, ...], cost: Floats, disturbances: tuple[Disturbance, ...]) -> Floats:
    """Return what late invoices move by [group, year, month]: into the next month, none over December."""
    moved = np.zeros_like(cost)
    for position, group in enumerate(groups):
        lapse = np.array([disturbance.late() for disturbance in disturbances])
        share = GROUPS[group].late + (lapse if group in (PURCHASES, MATERIAL) else 0.0)
        late = cost[position, :, :11] * np.broadcast_to(share, (YEARS, 12))[:, :11]
        moved[position, :, :11] -= late
        moved[position, :, 1:] += late
    return moved
