"""Two years of sick leave with revisions: neither a month nor twelve of them give a hidden one."""

import random

import pytest

from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_shown import sick_leave_sums
from tasks.rules.signals.sick_leave_telling import SickLeaveToTell, Telling
from tests.rules.signals.test_sick_leave_told import FEWEST, MONTH, World, few
from tests.worlds.attack import recovered
from tests.worlds.whole import WHOLE

MONTHS, YEAR = 24, 12


class Years:
    """A random administration month by month: what it published, and what nobody may find."""

    def __init__(self, seed, *, remember=True):
        self.draw, self.remember = random.Random(seed), remember
        self.world = World(seed)
        self.delivered, self.kept, self.published, self.versions = {}, {}, [], {}
        for number in range(MONTHS):
            self.follow_up(MONTH.plus(number))

    def follow_up(self, period):
        """Deliver a month, now and then correct one of the year, and publish after each."""
        for unit in [*self.world.rows]:
            self.world.rows[unit] = self.world.of_unit(unit) if self.draw.random() < 0.2 else self.anew(unit)
        self.deliver(period)
        self.publish(period)
        if self.draw.random() < 0.5:
            self.world.revise()
            self.deliver(period)
            self.publish(period)
        if self.draw.random() < 0.3:
            self.world.revise()
            self.deliver(period.plus(-self.draw.randint(1, 6)))
            self.publish(period)

    def anew(self, unit):
        """Return a unit's rows with as many people and other hours."""
        return [self.world.row(unit, row.item, int(row.cells["anstallda"])) for row in self.world.rows[unit]]

    def deliver(self, period):
        if period >= MONTH:
            rows = self.world.delivered()
            self.delivered[period] = [type(row)(period, row.unit, row.item, row.cells) for row in rows]

    def publish(self, period):
        """Publish the month's sums, and those of twelve months, as a run does."""
        year = {period.plus(-back) for back in range(YEAR)}
        telling = SickLeaveToTell(self.world.telling, self.kept if self.remember else {})
        telling.of_rows(
            row for month in sorted(year & self.delivered.keys()) for row in self.delivered[month]
        )
        group = frozenset(self.draw.sample(self.world.units, min(3, len(self.world.units))))
        hidden_groups = telling.hidden_groups([group], year)
        hidden, told = telling.hidden_in(year), telling.months
        self.published += [of(period, each) for each in told[period].published.shown]
        for place, units in places(self.world.telling, told[period].rows).items():
            if place not in hidden:
                self.published.append(self.twelve_months(told, units, place[1]))
        if group not in hidden_groups:
            self.published.append(self.twelve_months(told, group, None))
        for version in telling.new:
            self.kept.setdefault(version.period, []).append(version)
        for month, version in told.items():
            self.versions.setdefault(month, []).append(version)

    def twelve_months(self, told, units, sex):
        return frozenset(
            (month, *atom)
            for month, version in told.items()
            for atom in version.published.sizes
            if atom[0] in units and sex in {None, atom[1]}
        )

    def found(self):
        wanted = {
            of(month, each)
            for month, versions in self.versions.items()
            for version in versions
            for each in few(version)
        }
        hidden = {
            of(month, each)
            for month, versions in self.versions.items()
            for version in versions
            for each in version.published.hidden
        }
        return recovered(list({each for each in self.published if each}), [*(wanted | hidden)])


def places(telling, rows):
    sums = sick_leave_sums(telling.as_rows(rows), telling.register, telling.period, telling.fewest)
    return {each.place: each.units for each in sums}


def of(month, members):
    return frozenset((month, *atom) for atom in members)


@pytest.mark.parametrize("seed", range(24 if WHOLE else 4))
def test_two_years_of_published_sums_give_nothing_hidden(seed):
    assert Years(seed).found() == []


def test_the_attack_finds_some_where_nothing_is_remembered():
    assert Years(0, remember=False).found() != []


def test_a_place_that_is_moved_to_is_not_told_from_what_it_was_before():
    world = World(3)
    first = SickLeaveToTell(world.telling, {})
    first.of_rows(world.delivered())
    moved = next(unit for unit in world.register.all_valid(MONTH) if unit.level == "enhet")
    others = [unit for unit in world.register.all_valid(MONTH) if unit.code != moved.code]
    parent = next(unit.code for unit in others if unit.level != "enhet" and unit.code != moved.parent)
    units = [*others, type(moved)(moved.code, moved.name, moved.level, parent)]
    later = Period(2026, 10)
    telling = SickLeaveToTell(Telling(Register([(MONTH, units)]), later, FEWEST), {MONTH: first.new})
    telling.of_rows(world.delivered())
    versions = [first.months[MONTH], telling.months[MONTH]]
    shown = list({each for version in versions for each in version.published.shown if each})
    wanted = {each for version in versions for each in (*version.published.hidden, *few(version))}
    assert recovered(shown, [*wanted]) == []
