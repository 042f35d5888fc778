"""Two years of social assistance with revisions: neither a month, a version nor a mean gives few away."""

import random
from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.signals.assistance_month import SO_FAR
from tasks.rules.signals.assistance_told import AssistanceToTell
from tests.rules.delivered_rows import delivered
from tests.worlds.attack import recovered
from tests.worlds.examples import examples

COUNTS = ("hushall", "vuxna", "barn", "unga_18_24")


class Years:
    """Two years of months, now and then revised, and all that was told of them."""

    def __init__(self, seed, *, remember=True):
        self.draw, self.remember = random.Random(seed), remember
        self.rows, self.kept, self.told = {}, {}, []
        for number in range(24):
            month = Period(2025, 1).plus(number)
            self.rows[month] = self.counts()
            self.publish(month)
            for revised in self.draw.sample(sorted(self.rows), min(len(self.rows), 2)):
                self.revise(revised)
                self.publish(self.draw.choice([month, revised]))

    def counts(self):
        young, older = self.draw.choice([2, 3, 6, 9, 20]), self.draw.choice([3, 12, 30])
        children = self.draw.choice([0, 3, 8])
        households = self.draw.choice([4, 30, 31, 33, 60])
        return dict(zip(COUNTS, (households, young + older, children, young), strict=True))

    def revise(self, month):
        """Let a count be few more or fewer, or another."""
        name = self.draw.choice(COUNTS)
        counts = self.rows[month] | {name: self.rows[month][name] + self.draw.choice([-3, -1, 2, 4, 7])}
        self.rows[month] = {each: max(count, 0) for each, count in counts.items()}

    def publish(self, month):
        """Tell of a month as a run does, with the means that its file would have."""
        so_far = [self.rows[each] for each in self.rows if each.year == month.year and each <= month]
        means = {
            f"{name}{SO_FAR}": Decimal(sum(each[name] for each in so_far)) / len(so_far) for name in COUNTS
        }
        rows = [
            delivered(each, **counts, **(means if each == month else {}))
            for each, counts in self.rows.items()
            if each <= month
        ]
        telling = AssistanceToTell(rows, self.kept if self.remember else {})
        for told in telling.new:
            self.kept.setdefault(told.period, []).append(told)
        hidden, told = telling.hidden_columns(month), telling.months[month]
        figures = {
            name: count
            for name, count in told.row.figures.items()
            if count is not None and name not in hidden
        }
        self.told.append((month, figures, told, self.rows[month]))

    def found(self):
        """Return what somebody who keeps it all finds: a few, as a difference, or by solving."""
        found = []
        for month in self.rows:
            versions = [each for each in self.told if each[0] == month]
            for name in COUNTS:
                counts = {figures[name] for _, figures, _, _ in versions if name in figures}
                found += [(name, a, b) for a in counts for b in counts if 0 < a - b < 5]
                found += [(name, a) for a in counts if 0 < a < 5]
                found += self.by_means(month, name)
            sums = {each for _, _, told, _ in versions for each in told.published.shown if each}
            hidden = {each for _, _, told, _ in versions for each in told.published.hidden}
            found += recovered(list(sums), [*hidden])
        return found

    def by_means(self, month, name):
        """Take the other months' counts from the means; what is left is this one's, or a change of it."""
        for period, figures, _, _ in self.told:
            if period.year != month.year or period < month or f"{name}{SO_FAR}" not in figures:
                continue
            whole = round(figures[f"{name}{SO_FAR}"] * period.month)
            for others in self.others(month, period, name):
                left = whole - sum(others)
                own = {each[name] for of, each, _, _ in self.told if of == month and name in each}
                true = {counts[name] for of, _, _, counts in self.told if of == month}
                if left in true and (0 < left < 5 or any(0 < abs(left - count) < 5 for count in own)):
                    yield (name, month, left)

    def others(self, month, last, name):
        """Yield the counts of the year's other months, all as they were told first or last."""
        months = [each for each in self.rows if each.year == last.year and each <= last and each != month]
        for which in (0, -1):
            told = [[f[name] for of, f, _, _ in self.told if of == each and name in f] for each in months]
            if all(told):
                yield [counts[which] for counts in told]


@pytest.mark.parametrize("seed", range(examples(24)))
def test_two_years_of_revised_months_and_their_means_give_nobody_away(seed):
    assert Years(seed).found() == []


def test_the_attack_finds_few_where_nothing_is_remembered():
    assert all(Years(seed, remember=False).found() for seed in range(5))
