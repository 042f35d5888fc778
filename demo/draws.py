"""Random numbers that are the same on every machine: one stream per unit and topic, uniform doubles only."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
T = TypeVar("T")


class Draws:
    """One independent stream.

    Only `Generator.random()` is used (53 bits of PCG64), and a normal is twelve uniforms added up: neither
    numpy's version nor the platform's maths library can change a byte of the files.
    """

    def __init__(self, seed: int, *key: int) -> None:
        # The key makes the child that SeedSequence(seed).spawn() would: more units never move the others.
        sequence = np.random.SeedSequence(seed, spawn_key=key)
        self._random = np.random.Generator(np.random.PCG64(sequence))

    def number(self, low: float = 0.0, high: float = 1.0) -> float:
        """Draw one number, low ≤ x < high."""
        return low + (high - low) * float(self._random.random())

    def chance(self, probability: float) -> bool:
        """Draw yes with this probability."""
        return self.number() < probability

    def normal(self) -> float:
        """Draw one number of mean 0 and standard deviation 1, within ±6."""
        return float(self.normals(1)[0])

    def normals(self, *shape: int) -> Floats:
        """Draw such numbers in an array of this shape."""
        total: Floats = np.add.reduce(self._random.random((12, *shape)), axis=0) - 6.0
        return total

    def pick(self, options: Sequence[T]) -> T:
        """Draw one of the options, each as likely."""
        return options[int(self.number() * len(options))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """Draw one of (option, weight); the weights add up to 1."""
        left = self.number()
        for option, weight in options:
            left -= weight
            if left < 0:
                return option
        return options[-1][0]
