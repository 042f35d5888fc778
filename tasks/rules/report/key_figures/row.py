"""A line of the key figures (nyckeltal): what each child, place, hour or household has cost in an area."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from tasks.rules.json_keys import BESIDE, Figure, Key

Reason = Literal["fa_personer", "flera_matt", "nettointakt", "okant_matt", "utan_antal", "utan_kostnad"]
"""Why a unit stands outside of the cost."""
REASONS: Mapping[Reason, str] = {
    "fa_personer": "antalet visas inte (få personer)",
    "flera_matt": "räknar flera mått, så kostnaden går inte att dela",
    "nettointakt": "har ingen nettokostnad",
    "okant_matt": "måttet är okänt",
    "utan_antal": "antal saknas för mer än hälften av månaderna, eller är noll",
    "utan_kostnad": "utfall i kronor saknas",
}


@dataclass(frozen=True)
class LeftOut:
    """How many units stand outside of the cost, and why."""

    reason: Annotated[Reason, Key("skal")]
    count: Annotated[int, Key("antal")]


@dataclass(frozen=True)
class Costs:
    """Net kr for each (of a niva: and month) of the same months: so far, as budgeted and a year before.

    counted, with_plan, with_before: how many units each is of.
    """

    each: Annotated[Figure, Key("kostnad_per")] = None
    planned_each: Annotated[Figure, Key("plan")] = None
    each_before: Annotated[Figure, Key("foregaende_ar")] = None
    counted: Annotated[int, Key("enheter")] = 0
    with_plan: Annotated[int, Key("enheter_plan")] = 0
    with_before: Annotated[int, Key("enheter_foregaende_ar")] = 0


@dataclass(frozen=True)
class Counts:
    """How many: the mean of the months so far, planned, and the mean of the same months a year before.

    planned: of a niva the year's plan, of a flode the mean month's so far.
    """

    mean: Annotated[Figure, Key("snitt_hittills")] = None
    planned: Annotated[Figure, Key("planerat")] = None
    mean_before: Annotated[Figure, Key("snitt_foregaende_ar")] = None


@dataclass(frozen=True)
class Use:
    """How much (%) is used of what there is: of places (belaggning), of granted hours (utforandegrad).

    empty: places that nobody uses, the mean of the months. counted: how many units these are of.
    """

    occupancy: Annotated[Figure, Key("belaggning")] = None
    empty: Annotated[Figure, Key("tomma_platser")] = None
    carried_out: Annotated[Figure, Key("utforandegrad")] = None
    counted: Annotated[int, Key("enheter_anvandning")] = 0


NO_COSTS, NO_COUNTS, NO_USE = Costs(), Counts(), Use()


@dataclass(frozen=True)
class KeyFigure:
    """A measure in an area, or in the whole administration, which has no code.

    one: its noun (`barn`). is_monthly: its cost is for each and month. of: the units that count it.
    is_grant: of social assistance, whose cost is the grant alone.
    """

    area: Annotated[str, Key("verksamhetsomrade")]
    code: Annotated[str | None, Key("kod")]
    measure: Annotated[str, Key("matt")]
    one: Annotated[str, Key("sort")]
    is_monthly: Annotated[bool, Key("per_manad")]
    costs: Annotated[Costs, BESIDE]
    counts: Annotated[Counts, BESIDE]
    use: Annotated[Use, BESIDE]
    of: Annotated[int, Key("av_enheter")]
    left_out: Annotated[tuple[LeftOut, ...], Key("utelamnade")] = ()
    is_grant: Annotated[bool, Key("medelbidrag")] = False

    @property
    def over_plan(self) -> Decimal | None:
        """Return how much (%) the cost is over the budgeted one."""
        return _change(self.costs.each, self.costs.planned_each)

    @property
    def over_before(self) -> Decimal | None:
        """Return how much (%) the cost is over last year's."""
        return _change(self.costs.each, self.costs.each_before)


def _change(now: Figure, before: Figure) -> Decimal | None:
    if not isinstance(now, Decimal) or not isinstance(before, Decimal) or before <= 0:
        return None
    return (now - before) / before * 100
