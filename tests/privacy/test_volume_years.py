"""Two years of volumes with revisions: no month, version, sum or mean of several gives few away."""

import random

import pytest

from tasks.rules.periods import Period
from tasks.rules.published_counts import CountsToTell
from tasks.rules.volumes.told import hidden_volumes
from tests.rules.delivered_rows import delivered
from tests.rules.volumes.test_told import CHILDREN, DECLARED, PLACES, REGISTER
from tests.worlds.attack import recovered
from tests.worlds.examples import examples

FIRST = Period(2026, 9)
UNITS = [each.code for each in PLACES if each.level == "enhet"]
ABOVE = [each.code for each in PLACES if each.level != "enhet"]


class Years:
    """Units that count children, the places above that are their sums, and all that was published of them."""

    def __init__(self, seed, *, remember=True):
        self.draw, self.remember = random.Random(seed), remember
        self.counts, self.means, self.kept, self.published, self.wanted = {}, {}, {}, [], set()
        for number in range(24):
            period = FIRST.plus(number)
            self.deliver(period, {unit: self.count() for unit in UNITS})
            self.publish(period)
            if self.draw.random() < 0.5:
                revised = max(FIRST, period.plus(-self.draw.randint(0, 3)))
                self.deliver(revised, self.counts[revised] | {self.draw.choice(UNITS): self.count()})
                self.publish(revised)
                self.publish(period)

    def count(self):
        """Return how many: few now and then, since a month of few hides two years."""
        return self.draw.choice([2, 3]) if self.draw.random() < 0.03 else self.draw.randint(30, 50)

    def deliver(self, period, counts):
        """Deliver a month, with the mean of the year as it is then: later revisions don't change the file."""
        self.counts[period] = counts
        year = [month for month in sorted(self.counts) if month.year == period.year and month <= period]
        self.means[period] = {code: self.members(year, code) for code in (*UNITS, *ABOVE)}

    def publish(self, period):
        """Publish each place's count of a month, and the mean of the year that its file has."""
        months = [each for each in self.counts if period.year - 1 <= each.year and each <= period]
        rows = [
            delivered(month, code, CHILDREN.name, utfall=self.of(month, code))
            for month in months
            for code in (*UNITS, *ABOVE)
        ]
        telling = CountsToTell(self.kept if self.remember else {})
        hidden = hidden_volumes(rows, REGISTER, period, DECLARED, telling)
        for told in telling.new:
            self.kept.setdefault(told.period, []).append(told)
        for code in (*UNITS, *ABOVE):
            if (code, CHILDREN.name) not in hidden:
                self.published.append(self.members([period], code))
                self.published.append(self.means[period][code])
        self.wanted |= {
            self.members([month], unit) for month in months for unit in UNITS if self.of(month, unit) < 5
        }

    def of(self, month, code):
        counts = self.counts[month]
        return counts[code] if code in counts else sum(counts.values())

    def members(self, months, code):
        units = [code] if code in UNITS else UNITS
        return frozenset((month, unit, self.counts[month][unit]) for month in months for unit in units)

    def found(self):
        return recovered(list(set(self.published)), [*self.wanted])


@pytest.mark.parametrize("seed", range(examples(24)))
def test_two_years_of_counts_and_means_give_nobody_away(seed):
    assert Years(seed).found() == []


def test_the_attack_finds_few_where_nothing_is_remembered():
    assert any(Years(seed, remember=False).found() for seed in range(5))


def test_most_is_shown_where_few_are_rare():
    assert sum(len(Years(seed).published) for seed in range(3)) > 300
