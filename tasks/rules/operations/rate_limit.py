"""How often somebody may ask: a bucket of tokens for each caller, filled again as time passes."""

import math
from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Allowance:
    """How many may come at once, and how many a second (> 0) in the long run."""

    at_once: int
    per_second: float


@dataclass(frozen=True)
class Bucket:
    """What a caller had left at a time (seconds of any clock that only goes forward)."""

    left: float
    at: float


def take(bucket: Bucket | None, allowance: Allowance, now: float) -> tuple[Bucket, float]:
    """Take one from a caller's bucket (None: a new caller's, which is full).

    Returns what is left, and how many seconds to wait before there is one: 0 where there was.
    """
    full = float(allowance.at_once)
    left = full if bucket is None else min(full, bucket.left + _filled(bucket, allowance, now))
    if left >= 1:
        return Bucket(left - 1, now), 0.0
    return Bucket(left, now), (1 - left) / allowance.per_second


@dataclass
class RateLimit:
    """The buckets of all callers. The one that was silent longest is forgotten when there are too many."""

    allowance: Allowance
    most_callers: int = 10_000
    _buckets: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    def wait(self, caller: str, now: float) -> int:
        """Count one more of a caller; return how many whole seconds it must wait, 0 for go on."""
        self._buckets[caller], wait = take(self._buckets.get(caller), self.allowance, now)
        self._buckets.move_to_end(caller)
        if len(self._buckets) > self.most_callers:
            self._buckets.popitem(last=False)
        return math.ceil(wait)


def _filled(bucket: Bucket, allowance: Allowance, now: float) -> float:
    return max(0.0, now - bucket.at) * allowance.per_second
