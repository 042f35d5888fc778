"""What happens to a unit in a year, drawn once and kept as the truth, and the paths that it makes."""

from dataclasses import dataclass

import numpy as np

from demo import parameters as p
from demo.draws import Draws, Floats


@dataclass(frozen=True)
class Disturbance:
    """One thing in one year.

    `start` is the month (1–12; 0 for nothing), `size` its share of the year's budget (+ costs more; for
    late invoices the share of invoices booked late), `stays` the share of a shift that never fades.
    """

    kind: str
    start: int = 0
    size: float = 0.0
    stays: float = 1.0

    def shift(self) -> Floats:
        """Return the level shift by month, relative to budget: whole at first, then fading to what stays."""
        age = np.arange(1, 13) - self.start
        path = np.zeros(12)
        if self.kind == "nivaskifte":
            left = self.stays + (1 - self.stays) * _powers(p.FADE)
            path[age >= 0] = self.size * left[age[age >= 0]]
        return path

    def drift(self) -> Floats:
        """Return the volume drift by month, relative to budget: a line that reaches `size` in December."""
        months = np.arange(1, 13)
        path = np.maximum(0, months - self.start + 1) / (13 - self.start) * self.size
        return path if self.kind == "volymdrift" else np.zeros(12)

    def one_off(self) -> Floats:
        """Return the one-off by month as a share of the year's budget."""
        path = np.zeros(12)
        if self.kind == "engang":
            path[self.start - 1] = self.size
        return path

    def late(self) -> Floats:
        """Return the extra share of invoices that slips to the next month, by month."""
        return np.where((self.kind == "sena_fakturor") & (np.arange(1, 13) >= self.start), self.size, 0.0)


def draw_disturbance(draws: Draws, scale: float) -> Disturbance:
    """Draw a year's disturbance for a unit whose type has shifts of this scale."""
    kind = draws.weighted(p.KINDS)
    start = 1 + int(draws.number(0, 11))
    if kind == "nivaskifte":
        start = 1 if draws.chance(p.FROM_JANUARY) else start
        return Disturbance(kind, start, _size(draws) * scale, draws.number(p.STAYS_LOW, 1.0))
    if kind == "volymdrift":
        return Disturbance(kind, 1 + start // 2, _size(draws) * scale)
    if kind == "engang":
        sign = -1 if draws.chance(p.ONE_OFF_REFUND) else 1
        return Disturbance(kind, start, sign * draws.number(p.ONE_OFF_LOW, p.ONE_OFF_HIGH))
    if kind == "sena_fakturor":
        return Disturbance(kind, start, draws.number(p.LATE_LOW, p.LATE_HIGH))
    return Disturbance(kind)


def _size(draws: Draws) -> float:
    over = draws.chance(p.OVERSPEND)
    return draws.number(p.SHIFT_LOW, p.SHIFT_HIGH) * (1 if over else -p.SURPLUS_SIZE)


def _powers(base: float) -> Floats:
    """Return base to the powers 0–11 by multiplying: the same on every platform."""
    return np.multiply.accumulate(np.array([1.0] + [base] * 11))
