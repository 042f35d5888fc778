"""Versions of a month of sick leave, in random administrations: what is hidden does not follow from them."""

import json
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.delivered import Delivered
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_shown import EMPLOYEES, HOURS
from tasks.rules.signals.sick_leave_telling import SickLeaveToTell, Telling, month_to_tell
from tasks.rules.signals.sick_leave_told import Version
from tests.worlds.attack import recovered
from tests.worlds.examples import examples

MONTH = Period(2026, 9)
FEWEST = 11


class World:
    """A random administration: departments with areas and units, and units beside the areas."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        versions, self.units = [], []
        for department in "AB":
            versions.append(UnitVersion(department, department, "avdelning"))
            areas = [f"{department}{number}" for number in range(self.draw.randint(0, 2))]
            versions += [UnitVersion(area, area, "verksamhetsomrade", department) for area in areas]
            for place in (*areas, department):
                for number in range(self.draw.randint(1, 4)):
                    code = f"{place}u{number}"
                    versions.append(UnitVersion(code, code, "enhet", place))
                    self.units.append(code)
        self.register = Register([(MONTH, versions)])
        self.telling = Telling(self.register, MONTH, FEWEST)
        self.rows = {unit: self.of_unit(unit) for unit in self.units if self.draw.random() < 0.8}

    def of_unit(self, unit):
        """Return a unit's women and men: often few, sometimes nobody."""
        counts = {"K": self.draw.choice([0, 3, 6, 8, 12, 20, 30]), "M": self.draw.choice([0, 2, 5, 9, 14])}
        return [self.row(unit, sex, count) for sex, count in counts.items()]

    def row(self, unit, sex, count):
        hours = [Decimal(self.draw.randint(1, 10**9)) if count else Decimal(0) for _ in HOURS]
        return Delivered(
            MONTH, unit, sex, dict(zip((EMPLOYEES, *HOURS), (Decimal(count), *hours), strict=True))
        )

    def revise(self):
        """Deliver some units late, take some away, and correct some."""
        for unit in self.draw.sample(self.units, min(self.draw.randint(1, 3), len(self.units))):
            if unit in self.rows and self.draw.random() < 0.3:
                del self.rows[unit]
            else:
                self.rows[unit] = self.of_unit(unit)

    def delivered(self):
        return [row for unit in sorted(self.rows) for row in self.rows[unit]]

    def versions(self, count, *, remember=True):
        """Return so many versions as they are told, each beside those before."""
        told = []
        for _ in range(count):
            told.append(month_to_tell(self.delivered(), self.telling, told if remember else []))
            self.revise()
        return told


def few(version):
    """Return what is of too few in a version: each sex of a unit, each unit, and each whole of the tree."""
    sizes = version.published.sizes
    units = {}
    for atom in sizes:
        units.setdefault(atom[0], set()).add(atom)
    groups = [*({atom} for atom in sizes), *units.values()]
    return [frozenset(each) for each in groups if 0 < sum(sizes[atom] for atom in each) < FEWEST]


def changes(versions):
    """Return how what is of too few in a version differs from an earlier one."""
    for number, version in enumerate(versions):
        for before in versions[:number]:
            earlier = {atom[:2]: atom for atom in before.published.sizes}
            for members in few(version):
                old = frozenset(earlier[atom[:2]] for atom in members if atom[:2] in earlier)
                if old - members:
                    yield {**dict.fromkeys(members - old, 1), **dict.fromkeys(old - members, -1)}


def found(versions):
    """Return what the attacker finds: hidden sums, what is of too few, and how that changed."""
    shown = list({each for version in versions for each in version.published.shown if each})
    wanted = {each for version in versions for each in (*version.published.hidden, *few(version))}
    return recovered(shown, [*wanted, *changes(versions)])


WORLDS = examples(400)


@pytest.mark.parametrize("part", range(4))
def test_no_version_and_no_difference_of_versions_gives_a_hidden_one(part):
    for seed in range(part, WORLDS, 4):
        assert found(World(seed).versions(4)) == [], seed


def test_the_attack_finds_some_where_versions_forget_those_before():
    assert sum(bool(found(World(seed).versions(4, remember=False))) for seed in range(20)) > 10


def test_a_single_version_gives_nothing():
    for seed in range(WORLDS):
        assert found(World(seed).versions(1)) == [], seed


def as_kept(version):
    """Return a version as the database gives it back."""
    return Version.of_data(version.period, version.mark, json.loads(json.dumps(version.as_data())))


def test_what_is_kept_is_read_back_as_it_was():
    world = World(5)
    telling = SickLeaveToTell(world.telling, {})
    telling.of_rows(world.delivered())
    telling.hidden_groups([frozenset(world.units[:2]), frozenset({"nowhere"})], {MONTH})
    assert [version.month is None for version in telling.new] == [False, True]
    assert [as_kept(version) for version in telling.new] == telling.new
    assert telling.new[1].published == (telling.new[1].groups,)


def test_what_was_told_is_told_again_and_tells_nothing_new():
    world = World(5)
    first = SickLeaveToTell(world.telling, {})
    first.of_rows(world.delivered())
    groups = [frozenset(world.units[:3])]
    hidden = first.hidden_groups(groups, {MONTH})
    again = SickLeaveToTell(world.telling, {MONTH: [as_kept(version) for version in first.new]})
    assert tuple(again.of_rows(world.delivered())) == first.months[MONTH].rows
    assert again.hidden_groups(groups, {MONTH}) == hidden
    assert (again.new, again.months) == ([], first.months)


def test_a_change_of_too_few_is_left_out_and_said_to_be():
    world = World(5)
    unit = world.units[0]
    world.rows = {code: [world.row(code, "K", 30), world.row(code, "M", 20)] for code in world.units}
    world.rows[unit] = [world.row(unit, "K", 5), world.row(unit, "M", 3)]
    first = SickLeaveToTell(world.telling, {})
    first.of_rows(row for row in world.delivered() if row.unit != unit)
    assert not first.leaves_out([row for row in world.delivered() if row.unit != unit], MONTH)
    later = SickLeaveToTell(world.telling, {MONTH: first.new})
    assert unit not in {row.unit for row in later.of_rows(world.delivered())}
    assert later.leaves_out(world.delivered(), MONTH)
    assert not later.leaves_out([], MONTH.plus(1))
    assert later.months[MONTH].published.shown == first.months[MONTH].published.shown


def test_units_that_are_told_of_together_later_are_held_against_what_was_told_before():
    world = World(5)
    small, beside = world.units[:2]
    large = frozenset(world.units[-3:])
    world.rows = {code: [world.row(code, "K", 30), world.row(code, "M", 20)] for code in world.units}
    world.rows[small] = [world.row(small, "K", 5), world.row(small, "M", 3)]
    first = SickLeaveToTell(world.telling, {})
    first.of_rows(world.delivered())
    world.rows[beside] = [world.row(beside, "K", 60), world.row(beside, "M", 50)]
    later = SickLeaveToTell(world.telling, {MONTH: first.new})
    later.of_rows(world.delivered())
    groups = [large, frozenset({small}), frozenset({small, beside})]
    assert later.hidden_groups(groups, {MONTH}) == {*groups[1:]}


def test_a_unit_that_lacks_hours_is_in_no_sum():
    world = World(5)
    world.rows = {code: [world.row(code, "K", 30), world.row(code, "M", 20)] for code in world.units}
    unit = world.units[0]
    world.rows[unit] = [replace(row, cells={**row.cells, HOURS[1]: None}) for row in world.rows[unit]]
    told = month_to_tell(world.delivered(), world.telling, [])
    assert {atom[0] for each in told.published.shown for atom in each} == {*world.units} - {unit}
