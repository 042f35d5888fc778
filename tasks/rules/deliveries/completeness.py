"""Whether a month's deliveries suffice to assess it, and when a supplier is reminded of one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from tasks.rules.declaration import Source
from tasks.rules.deliveries.halves.needed import Halves, missing_sources, names_told
from tasks.rules.json_values import Json
from tasks.rules.periods import ONE_DAY, Period, add_working_days, is_working_day
from tasks.rules.swedish import joined, mid_sentence, weekday
from tasks.rules.thresholds import check_between

DayKind = Literal["before", "after"]


@dataclass(frozen=True)
class CompletenessSettings:
    """What a month needs: the sources, and how many of a source's units (%) may be absent.

    Raises UnusableThresholdError.
    """

    required_sources: tuple[str, ...] = ("ekonomi", "prestationer", "bistand", "sjukfranvaro")
    max_absent_percent: Decimal = Decimal(20)

    def __post_init__(self) -> None:
        check_between("max_absent_percent", self.max_absent_percent, 0, 100)

    def requires(self, source: Source) -> bool:
        """Tell whether a month needs a source, or the one that it is a half of."""
        return source.name in self.required_sources or source.whole in self.required_sources


@dataclass(frozen=True)
class Coverage:
    """The units that an accepted source doesn't name: `absent` (sorted codes) of `expected` units."""

    source: str
    absent: tuple[str, ...]
    expected: int

    @property
    def absent_percent(self) -> Decimal:
        """Return the share (%) of the expected units that is absent; 0 where none is expected."""
        return Decimal(len(self.absent) * 100) / self.expected if self.expected else Decimal(0)


@dataclass(frozen=True)
class Completeness:
    """What a month lacks. `reason` says in Swedish why it stops; empty when it doesn't.

    held: the sources of which a newer delivery waits for a person's word. months: by source the month that
    counts, or that is missing, where that isn't the month's own.
    """

    missing_sources: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    stops: bool
    reason: str
    held: tuple[str, ...] = ()
    months: Mapping[str, Period] = field(default_factory=dict)

    def called(self, source: str, title: str) -> str:
        """Return a source's title with the month, where that isn't the month's own: `ekonomi (juni)`."""
        return with_month(title, self.months.get(source))

    @property
    def partly(self) -> tuple[Coverage, ...]:
        """Return the accepted sources that lack some of their units."""
        return tuple(coverage for coverage in self.coverage if coverage.absent)

    def as_data(self) -> Json:
        """Return what the step check_month stores, and `manad status --json` shows."""
        return {
            "missing": list(self.missing_sources),
            "complete": not self.stops,
            "reason": self.reason,
            "coverage": [
                {"source": one.source, "absent": list(one.absent), "expected": one.expected}
                for one in self.coverage
            ],
            **({"held": list(self.held)} if self.held else {}),
            **(
                {"months": {source: str(month) for source, month in sorted(self.months.items())}}
                if self.months
                else {}
            ),
        }

    @classmethod
    def of_data(cls, data: Json) -> "Completeness":
        """Read what the step has stored."""
        coverage = (
            Coverage(one["source"], tuple(one["absent"]), one["expected"]) for one in data["coverage"]
        )
        return cls(
            tuple(data["missing"]),
            tuple(coverage),
            stops=not data["complete"],
            reason=data["reason"],
            held=tuple(data.get("held", ())),
            months={source: Period.parse(month) for source, month in data.get("months", {}).items()},
        )


NOTHING_LACKS = Completeness((), (), stops=False, reason="")


def month_completeness(
    accepted: Collection[str],
    present: Mapping[str, Collection[str]],
    valid_units: Collection[str],
    settings: CompletenessSettings,
    *,
    expected: Mapping[str, Collection[str]] | None = None,
    titles: Mapping[str, str] | None = None,
    held: Collection[str] = (),
    months: Mapping[str, Period] | None = None,
    halves: Halves | None = None,
) -> Completeness:
    """Hold the accepted sources of a month against what it needs.

    present: the units that each accepted source names; a source that isn't about units is not in it.
    expected: the valid units that a source should name, where it is not all of them (prestationer).
    titles: what a source is called, where that is not its name. held: the sources of which a delivery is.
    months: of the sources that lag, the month that counts or is missing.
    halves: the sources that a source may come in instead of whole.
    The month stops when a required source is missing, or lacks more than the allowed share of its units.
    """
    expected, titles, months, halves = expected or {}, titles or {}, months or {}, halves or {}
    missing = missing_sources(settings.required_sources, accepted, held, halves)
    named = {*settings.required_sources, *accepted, *missing}
    words = {
        source: with_month(mid_sentence(titles.get(source, source)), months.get(source)) for source in named
    }
    told = names_told(halves)
    held = {told.get(source, source) for source in held}
    coverage = tuple(
        _coverage(source, units, expected.get(source, valid_units)) for source, units in present.items()
    )
    too_thin = [
        one
        for one in coverage
        if one.source in settings.required_sources and one.absent_percent > settings.max_absent_percent
    ]
    absent = [words[source] for source in missing if source not in held]
    waiting = [words[source] for source in missing if source in held]
    reasons = [f"{joined(absent)} saknas"] if absent else []
    reasons += [held_sentence(waiting)] if waiting else []
    reasons += [absence_sentence(one, words[one.source]) for one in too_thin]
    return Completeness(
        missing,
        coverage,
        stops=bool(reasons),
        reason="; ".join(reasons),
        held=tuple(sorted(held)),
        months=months,
    )


def with_month(title: str, month: Period | None) -> str:
    """Name a source with the month that it lags to: `sjukfrånvaro (juni)`; None: it is the month's own."""
    return title if month is None else f"{title} ({month.month_name})"


def held_sentence(words: Sequence[str]) -> str:
    """Say that sources are held: `ekonomi hålls tills någon har sagt att siffrorna är rätt`."""
    return f"{joined(words)} hålls tills någon har sagt att siffrorna är rätt"


def absence_sentence(coverage: Coverage, word: str) -> str:
    """Say how many units lack a source: `sjukfrånvaro saknas för 5 av 14 enheter`."""
    return f"{word} saknas {absence_words(coverage)}"


def absence_words(coverage: Coverage) -> str:
    """Say of how many units a source lacks: `för 5 av 14 enheter`."""
    return f"för {len(coverage.absent)} av {coverage.expected} enheter"


def reminder_due(today: date, deadline: date, *, free_days: frozenset[date]) -> DayKind | None:
    """Return which reminder belongs to a day, None for none; free_days: those on which nothing is sent.

    A missed day is made up for: the first one until the deadline's own day, the second on any day after.
    """
    if not is_working_day(today, free_days=free_days):
        return None
    if today > deadline:
        return "after"
    return "before" if today >= day_before(deadline, free_days=free_days) else None


def day_before(deadline: date, *, free_days: frozenset[date]) -> date:
    """Return the working day before a deadline."""
    day = deadline - ONE_DAY
    while not is_working_day(day, free_days=free_days):
        day -= ONE_DAY
    return day


def day_after(deadline: date, *, free_days: frozenset[date]) -> date:
    """Return the working day after a deadline."""
    return add_working_days(deadline, 1, free_days=free_days)


def due_in_words(today: date, deadline: date) -> str:
    """Say how near a deadline is: `i dag`, `i morgon`, `på måndag`; empty when it has passed."""
    left = deadline - today
    if left < timedelta(0):
        return ""
    near = {timedelta(0): "i dag", ONE_DAY: "i morgon"}
    return near.get(left, f"på {weekday(deadline)}" if left < timedelta(7) else "")


def _coverage(source: str, present: Collection[str], expected: Collection[str]) -> Coverage:
    wanted = set(expected)
    return Coverage(source, tuple(sorted(wanted.difference(present))), len(wanted))
