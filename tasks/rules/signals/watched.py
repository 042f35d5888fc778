"""A leading signal as it is kept: whose series it is, what it came to, and what it was held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from tasks.rules.delivered import RowRange
from tasks.rules.json_values import Json
from tasks.rules.swedish import counted, number

Scope = Literal["enhet", "små enheter", "verksamhetsområde", "avdelning", "hela förvaltningen"]
Measured = Literal["%", "antal", "kr"]

UNIT: Scope = "enhet"
SMALL_UNITS: Scope = "små enheter"
AREA: Scope = "verksamhetsområde"
DEPARTMENT: Scope = "avdelning"
EVERYBODY: Scope = "hela förvaltningen"
ADMINISTRATION = "hela förvaltningen"
"""What all units together are called."""


@dataclass(frozen=True)
class Watched:
    """A series when a month is closed; None is missing.

    scope, code: a unit, or what it lies in; small units that are seen together carry the code of the place
    they lie in, all units none. value, compared: the figure and what it is held against. months_lacking: how
    many more known months a rule needs that looks for change; 0 where it has them, None where there is no
    such rule. figures: every other number of the sentences. is_hidden: too few people to be shown, or a group
    that such a one would follow from; hidden_figures: those of the figures that are. series_code: of one
    that the program makes itself; None of one that is of a delivered measure, and known by its name.
    """

    source: str
    indicator: str
    scope: Scope
    code: str
    name: str
    measured_in: Measured
    value: Decimal | None
    compared: Decimal | None
    signal: Literal["bevaka"] | None
    regel: str
    mening: str
    months_lacking: int | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[RowRange, ...] = ()
    is_hidden: bool = False
    hidden_figures: frozenset[str] = frozenset()
    series_code: str | None = None


@dataclass(frozen=True)
class WatchedCount:
    """How many series are shown: those to watch, those that could be judged, and those that couldn't yet.

    months_lacking: by source, the most months that one of its series lacks.
    """

    signals: int
    judged: int
    months_lacking: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """Say how many series are to be watched."""
        return watched_sentence(self.signals, self.judged)

    def as_data(self) -> Json:
        """Return what the step watch_signals stores, and `manad status --json` shows."""
        lacking = dict(self.months_lacking)
        return {"bevaka": self.signals, "serier": self.judged, "saknar_manader": lacking}

    @classmethod
    def of_data(cls, data: Json) -> "WatchedCount":
        """Read what the step has stored."""
        return cls(data["bevaka"], data["serier"], data["saknar_manader"])


def count_watched(series: Iterable[Watched]) -> WatchedCount:
    """Count the series of which a signal may come; a hidden one isn't told of, not even as a number."""
    looked_at = [each for each in series if each.months_lacking is not None and not each.is_hidden]
    lacking: dict[str, int] = {}
    for each in looked_at:
        if each.months_lacking:
            lacking[each.source] = max(lacking.get(each.source, 0), each.months_lacking)
    return WatchedCount(
        signals=sum(each.signal is not None for each in looked_at),
        judged=sum(each.months_lacking == 0 for each in looked_at),
        months_lacking=lacking,
    )


def watched_sentence(signals: int, judged: int) -> str:
    """Say how many series are to be watched: `3 att bevaka av 41 serier`."""
    if not judged:
        return "inga serier kan bedömas än"
    return f"{number(signals) if signals else 'inget'} att bevaka av {counted(judged, 'serie', 'serier')}"


def history_sentence(title: str, months: int) -> str:
    """Say how much more history it takes: `sjukfrånvaro: 11 månader till behövs för att se förändring`."""
    return f"{title}: {counted(months, 'månad', 'månader')} till behövs för att se förändring"
