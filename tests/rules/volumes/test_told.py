"""Which volumes are hidden: those of too few, and what they would follow from, of a month or its versions."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from tasks.rules.declaration import Volume
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.published_counts import CountsToTell, KeptCounts
from tasks.rules.volumes.told import hidden_volumes
from tests.rules.delivered_rows import delivered
from tests.worlds.attack import recovered
from tests.worlds.examples import examples

MONTH = Period(2026, 9)
CHILDREN = Volume("Barn", "niva", one="barn", many="barn")
DECLARED = {
    each.name: each
    for each in (
        CHILDREN,
        replace(CHILDREN, name="Små", part_of="Barn"),
        replace(CHILDREN, name="Stora", part_of="Barn"),
        replace(CHILDREN, name="Allmän", part_of="Barn"),
        Volume("Timmar", "flode", one="timme", many="timmar"),
    )
}
PLACES = [
    UnitVersion("D", "D", "avdelning"),
    UnitVersion("V", "V", "verksamhetsomrade", "D"),
    *(UnitVersion(f"u{number}", "Enhet", "enhet", "V") for number in range(3)),
]
REGISTER = Register([(MONTH, PLACES)])


def rows(text, period=MONTH):
    """Return rows of `u1 Barn 30, V Barn 60`; `-` is a missing figure."""
    given = [each.split() for each in text.split(", ") if each]
    return [
        delivered(period, code, measure, utfall=None if count == "-" else int(count))
        for code, measure, count in given
    ]


def hidden(*texts, before=(), period=MONTH, fewest=5):
    telling = CountsToTell({}, fewest)
    for text in texts:
        telling = CountsToTell({MONTH: [*telling.kept.get(MONTH, ()), *telling.new]}, fewest)
        found = hidden_volumes([*rows(text), *before], REGISTER, period, DECLARED, telling)
    return {" ".join(name) for name in found}


# versions of a month; what is hidden of the last
TABLE = {
    "five and more": (["u1 Barn 30, u2 Barn 5"], ""),
    "four of one unit": (["u1 Barn 30, u2 Barn 4"], "u2 Barn"),
    "nobody": (["u1 Barn 30, u2 Barn 0"], ""),
    "a missing one": (["u1 Barn 30, u2 Barn -"], ""),
    "hours are nobody": (["u1 Timmar 3"], ""),
    "an unknown measure": (["u1 Annat 3"], ""),
    "an area that is the sum of its units": (["u1 Barn 30, u2 Barn 4, V Barn 34"], "u1 Barn, u2 Barn"),
    "an area that isn't": (["u1 Barn 30, u2 Barn 4, V Barn 40"], "u2 Barn"),
    "a department of an area of units": (
        ["u1 Barn 30, u2 Barn 4, V Barn 34, D Barn 34"], "u1 Barn, u2 Barn"
    ),
    "a unit's whole and its parts": (["u1 Barn 40, u1 Små 37, u1 Stora 3"], "u1 Små, u1 Stora"),
    "a part that is of another kind": (
        ["u1 Barn 40, u1 Små 37, u1 Stora 3, u1 Allmän 12"], "u1 Små, u1 Stora"
    ),
    "a late unit of four in an area": (
        ["u1 Barn 30, V Barn 30", "u1 Barn 30, u2 Barn 4, V Barn 34"], "V Barn, u2 Barn"
    ),
    "the same twice": (["u1 Barn 30, u2 Barn 4", "u1 Barn 30, u2 Barn 4"], "u2 Barn"),
    "thirty that were four, which a mean may still be of": (
        ["u1 Barn 40, u2 Barn 4", "u1 Barn 40, u2 Barn 30"], "u2 Barn"
    ),
    "four that were six": (
        ["u1 Barn 30, u2 Barn 6, V Barn 36", "u1 Barn 30, u2 Barn 4, V Barn 34"], "V Barn, u2 Barn"
    ),
    "six that were four": (
        ["u1 Barn 30, u2 Barn 4, V Barn 34", "u1 Barn 30, u2 Barn 6, V Barn 36"], "u1 Barn, u2 Barn"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("versions", "expected"), TABLE.values(), ids=TABLE)
def test_what_is_hidden(versions, expected):
    assert hidden(*versions) == {each for each in expected.split(", ") if each}


def test_a_month_of_four_hides_the_others_of_the_year_and_the_next():
    text, few = "u1 Barn 30, u2 Barn 30", "u2 Barn 4"
    assert hidden(text, before=rows(few, Period(2026, 2))) == {"u2 Barn"}
    assert hidden(text, before=rows(few, Period(2025, 1))) == {"u2 Barn"}
    assert hidden(text, before=rows(few, Period(2024, 12))) == set()
    assert hidden(text, before=rows(few, Period(2026, 10))) == set()


def test_how_few_is_a_setting():
    assert hidden("u1 Barn 30, u2 Barn 9", fewest=10) == {"u2 Barn"}


def test_what_was_told_is_kept_as_it_was():
    telling = CountsToTell({})
    hidden_volumes(rows("u1 Barn 30, u2 Barn 4, V Barn 34"), REGISTER, MONTH, DECLARED, telling)
    (kept,) = telling.new
    assert KeptCounts.of_data(MONTH, kept.mark, kept.as_data()) == kept


@pytest.mark.parametrize("seed", range(examples(200)))
def test_no_version_and_no_difference_of_versions_gives_a_hidden_count(seed):
    draw = random.Random(seed)
    published, wanted, kept = [], set(), []
    counts = {f"u{number}": draw.choice([2, 4, 6, 30, 40]) for number in range(3)}
    for _ in range(4):
        area = [f"V Barn {sum(counts.values())}", f"D Barn {sum(counts.values())}"]
        text = ", ".join([*(f"{code} Barn {count}" for code, count in counts.items()), *area])
        telling = CountsToTell({MONTH: kept})
        hidden_volumes(rows(text), REGISTER, MONTH, DECLARED, telling)
        kept = [*kept, *telling.new]
        counts[draw.choice([*counts])] = draw.choice([2, 4, 6, 30, 40])
    for each in kept:
        published += [shown for shown in each.published.shown if shown]
        wanted |= each.published.hidden
        wanted |= {frozenset({atom}) for atom, size in each.published.sizes.items() if 0 < size < Decimal(5)}
    assert recovered(list(set(published)), [*wanted]) == []
