"""A month's sick leave as it may leave the system, beside all that was published of it before.

A unit whose change would tell of too few counts as it was published, or not at all, in every sum.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.rules.delivered import Delivered
from tasks.rules.json_values import Json, fingerprint
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.published_sums import Atom, Published, Sum, sums_to_show
from tasks.rules.signals.sick_leave_shown import (
    PlaceOfSex,
    Row,
    Sums,
    hidden_together,
    sick_leave_places,
    sick_leave_sums,
    whole_units,
)
from tasks.rules.signals.sick_leave_told import ToldMonth, Version, as_lists, atom_of, sizes_of
from tasks.rules.small_groups import Size, is_small

Groups = Collection[frozenset[str]]


@dataclass(frozen=True)
class Telling:
    """Whose sick leave is told: by the units of a register as they are in a month, of `fewest` or more."""

    register: Register
    period: Period
    fewest: int

    def mark(self, rows: Sequence[Delivered]) -> str:
        """Return what tells a version of a month from every other one."""
        as_rows = self.as_rows(rows)
        places = sick_leave_places(as_rows, self.register, self.period)
        return fingerprint([self.fewest, places, sorted(row["atom"] for row in as_rows)])

    def as_rows(self, rows: Iterable[Delivered]) -> list[Row]:
        """Return rows of the units of today, each with its atom."""
        return [
            {**row.as_row, "unit": self.register.heir(row.unit or "", self.period), "atom": atom_of(row)}
            for row in rows
        ]


@dataclass
class SickLeaveToTell:
    """Months of sick leave as they may be told: the versions that were kept of each, and what is new."""

    telling: Telling
    kept: Mapping[Period, Sequence[Version]]
    months: dict[Period, ToldMonth] = field(default_factory=dict)
    new: list[Version] = field(default_factory=list)

    def of_rows(self, rows: Iterable[Delivered]) -> list[Delivered]:
        """Return the rows of each month as they may be told; what is decided of a version stays so."""
        by_month: dict[Period, list[Delivered]] = defaultdict(list)
        for row in rows:
            by_month[row.period].append(row)
        return [row for period, month in by_month.items() for row in self._month(period, month).rows]

    def leaves_out(self, rows: Iterable[Delivered], period: Period) -> bool:
        """Tell whether what was delivered of a month isn't all told: a change would tell of too few."""
        month = self.months.get(period)
        return month is not None and bool(_changed_units(rows, month.rows))

    def hidden_in(self, periods: Collection[Period]) -> frozenset[PlaceOfSex]:
        """Return the places that are hidden in any of some months: a sum of all would tell of that one."""
        return frozenset[PlaceOfSex]().union(
            *(month.hidden for period, month in self.months.items() if period in periods)
        )

    def hidden_units(self, period: Period) -> set[str]:
        """Return the codes of what is hidden in a month, both sexes together."""
        return {code for code, sex in self.months[period].hidden if code is not None and sex is None}

    def hidden_groups(self, groups: Groups, periods: Collection[Period]) -> frozenset[frozenset[str]]:
        """Return the groups of units that are hidden in any of some months."""
        hidden = frozenset[frozenset[str]]()
        for period, month in self.months.items():
            if groups and period in periods:
                told, of_month = groups_to_tell(month, self.telling, groups, self._published(period))
                self._keep(Version(period, fingerprint(_groups_mark(told)), None, told))
                hidden |= of_month
        return hidden

    def _month(self, period: Period, rows: Sequence[Delivered]) -> ToldMonth:
        mark, versions = self.telling.mark(rows), self._versions(period)
        kept = [each.month for each in versions if each.mark == mark and each.month is not None]
        if kept:
            self.months[period] = kept[-1]
        else:
            told = [each.month for each in versions if each.month is not None]
            groups = [each.groups for each in versions if each.groups is not None]
            self.months[period] = month_to_tell(rows, self.telling, told, groups)
            self._keep(Version(period, mark, self.months[period], None))
        return self.months[period]

    def _versions(self, period: Period) -> list[Version]:
        return [*self.kept.get(period, ()), *(each for each in self.new if each.period == period)]

    def _published(self, period: Period) -> list[Published]:
        return [told for each in self._versions(period) for told in each.published]

    def _keep(self, version: Version) -> None:
        if all(each.mark != version.mark for each in self._versions(version.period)):
            self.new.append(version)


def _groups_mark(told: Published) -> Json:
    return {"shown": as_lists(told.shown), "hidden": as_lists(told.hidden)}


def month_to_tell(
    rows: Sequence[Delivered], telling: Telling, told: Sequence[ToldMonth], groups: Sequence[Published] = ()
) -> ToldMonth:
    """Decide what of a month may be told, beside what was told of it, oldest first.

    groups: what was told of units together.
    """
    published = (*(each.published for each in told), *groups)
    decision = _decided(rows, telling, published)
    while told and (back := decision.units_to_put_back(told[-1].rows)):
        rows = _put_back(rows, told[-1].rows, back)  # fewer have changed each time
        decision = _decided(rows, telling, published)
    return decision.told


@dataclass(frozen=True)
class _Decision:
    told: ToldMonth
    telling: Telling
    sums: Sequence[Sums]

    def units_to_put_back(self, before: Sequence[Delivered]) -> set[str]:
        """Return the units that changed in the smallest wholes that an earlier version hides."""
        changed = _changed_units(self.told.rows, before)
        heirs = {unit: self.telling.register.heir(unit, self.telling.period) for unit in changed}
        of_places = [
            frozenset(unit for unit in changed if heirs[unit] in each.units)
            for each in self.sums
            if each.place[1] is None and each.place in self.told.refused
        ]
        several = {units for units in of_places if units}
        smallest = [units for units in several if not any(other < units for other in several)]
        return {unit for units in smallest for unit in units}


def _decided(rows: Sequence[Delivered], telling: Telling, published: Sequence[Published]) -> _Decision:
    """Show what the version itself would and no earlier one forbids; wholes before the sexes."""
    as_rows, sizes = telling.as_rows(rows), sizes_of(rows)
    sums = sick_leave_sums(as_rows, telling.register, telling.period, telling.fewest)
    members = _members(as_rows, sums)
    hidden = {each.place for each in sums if each.is_hidden}
    if published:
        in_turn = sorted(
            (each for each in sums if not each.is_few),
            key=lambda each: (each.is_hidden, each.place[1] is not None),
        )
        few = [members[each.place] for each in sums if each.is_few]
        shown = sums_to_show([members[each.place] for each in in_turn], few, sizes, published, telling.fewest)
        hidden = {each.place for each in sums if each.is_few or members[each.place] not in shown}
    own = {each.place for each in sums if each.is_hidden}
    version = Published(
        sizes,
        frozenset(members[each.place] for each in sums if each.place not in hidden),
        frozenset(members[place] for place in hidden if members[place]),
    )
    told = ToldMonth(tuple(rows), frozenset(hidden), frozenset(hidden - own), version)
    return _Decision(told, telling, sums)


def groups_to_tell(
    month: ToldMonth, telling: Telling, groups: Groups, published: Sequence[Published]
) -> tuple[Published, frozenset[frozenset[str]]]:
    """Decide which groups of units may be told of together in a month: what is told, and what is hidden.

    published: all that was told of the month, this version of it too.
    """
    as_rows, sizes = telling.as_rows(month.rows), month.published.sizes
    whole = whole_units(as_rows)
    members: dict[frozenset[str], Sum] = {
        group: frozenset(row["atom"] for row in as_rows if row["unit"] in group & whole) for group in groups
    }
    told = frozenset[Sum]().union(*(each.shown | each.hidden for each in published))
    if all(each in told or not each for each in members.values()):
        hidden_before = frozenset[Sum]().union(*(each.hidden for each in published))
        shown = frozenset(members.values()) - hidden_before
    elif len(published) == 1:
        hidden = hidden_together(as_rows, telling.register, telling.period, groups, fewest=telling.fewest)
        shown = frozenset(members[group] for group in groups if group not in hidden)
    else:
        few = {each for each in members.values() if _is_few(each, sizes, telling.fewest)}
        large = [each for each in members.values() if each not in few]
        shown = sums_to_show(large, few, sizes, published, telling.fewest)
    kept = frozenset(each for each in members.values() if each and each not in shown)
    return Published({}, shown, kept), frozenset(group for group in groups if members[group] not in shown)


def _is_few(members: Sum, sizes: Mapping[Atom, Size | None], fewest: int) -> bool:
    known = [sizes[atom] for atom in members]
    return None in known or is_small(sum(size or 0 for size in known), fewest)


def _members(rows: Sequence[Row], sums: Iterable[Sums]) -> dict[PlaceOfSex, Sum]:
    """Return the atoms that each place's sums are of: those of its units that lack no hours."""
    whole = whole_units(rows)
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["unit"] in whole:
            by_unit[row["unit"]].append(row)
    return {
        each.place: frozenset(
            row["atom"]
            for unit in each.units
            for row in by_unit.get(unit, ())
            if each.place[1] in {None, row["item"]}
        )
        for each in sums
    }


def _changed_units(rows: Iterable[Delivered], before: Iterable[Delivered]) -> set[str]:
    now, then = _by_unit(rows), _by_unit(before)
    return {unit for unit in now.keys() | then.keys() if now.get(unit) != then.get(unit)}


def _by_unit(rows: Iterable[Delivered]) -> dict[str, set[Atom]]:
    units: dict[str, set[Atom]] = defaultdict(set)
    for row in rows:
        units[row.unit or ""].add(atom_of(row))
    return units


def _put_back(
    rows: Sequence[Delivered], before: Sequence[Delivered], units: Collection[str]
) -> list[Delivered]:
    """Return the rows, but of some units those of before; of one that had none then, none."""
    return [
        *(row for row in rows if row.unit not in units),
        *(row for row in before if row.unit in units),
    ]
