from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_shown import HOURS, hidden_together, sick_leave_tree
from tests.worlds.examples import examples

MONTH = Period(2026, 9)


def register(*units):
    """Return a register of departments A and B, areas A1 and A2 in A, and the units by what they lie in."""
    above = [
        UnitVersion("A", "Vård", "avdelning"),
        UnitVersion("A1", "Boende", "verksamhetsomrade", "A"),
        UnitVersion("A2", "Hemtjänst", "verksamhetsomrade", "A"),
        UnitVersion("B", "Skola", "avdelning"),
    ]
    below = [UnitVersion(code, f"Enhet {code}", "enhet", parent) for code, parent in units]
    return Register([(MONTH, [*above, *below])])


REGISTER = register(("u1", "A1"), ("u2", "A1"), ("u3", "A2"), ("u4", "B"))
NO_REGISTER = Register([])


def rows(**employees):
    """Return rows of units' women and men: each has 100 ordinary hours and is absent an hour of each span."""
    return [
        row(unit, sex, count, 100 * count, count, count, count)
        for unit, counts in employees.items()
        for sex, count in zip("KM", counts, strict=True)
        if count is not None
    ]


def row(unit, sex, count, *hours):
    figures = dict(zip(HOURS, hours, strict=True)) | {"anstallda": count}
    return {"unit": unit, "item": sex} | {
        name: None if value is None else Decimal(value) for name, value in figures.items()
    }


def employees(groups, **of):
    """Return what is told of the employees by place and sex: None for missing, "-" for hidden."""
    return {
        f"{group.code or 'alla'} {group.sex or ''}".strip(): "-"
        if group.figures.is_hidden
        else group.figures.sums["anstallda"]
        for group in groups
        if all(getattr(group, name) == value for name, value in of.items())
    }


def test_everybody_stands_first_and_then_each_place_above_what_lies_in_it():
    groups = sick_leave_tree(rows(u1=(20, 15), u2=(30, 25), u3=(40, 12), u4=(50, 11)), REGISTER, MONTH)
    assert employees(groups) == {
        "alla": 203, "alla K": 140, "alla M": 63,
        "A": 142, "A K": 90, "A M": 52,
        "A1": 90, "A1 K": 50, "A1 M": 40, "u1": 35, "u2": 55,
        "A2": 52, "A2 K": 40, "A2 M": 12, "u3": 52,
        "B": 61, "B K": 50, "B M": 11, "u4": 61,
    }  # fmt: skip
    assert list(employees(groups)) == [
        "alla", "alla K", "alla M", "A", "A K", "A M", "A1", "A1 K", "A1 M", "u1", "u2",
        "A2", "A2 K", "A2 M", "u3", "B", "B K", "B M", "u4",
    ]  # fmt: skip
    area = next(group for group in groups if group.code == "A1")
    assert (area.name, area.level, area.parent) == ("Boende", "verksamhetsomrade", "A")
    assert [area.figures.sums[name] for name in HOURS] == [9000, 90, 90, 90]
    assert (area.figures.counted, area.figures.of) == (2, 2)


# women and men by unit; what is hidden
TABLE = {
    "eleven everywhere": ({"u1": (11, 11), "u3": (11, 11), "u4": (11, 11)}, ""),
    "ten men in one area: the women beside them, and the same in the other area": (
        {"u1": (20, 10), "u3": (30, 12), "u4": (50, 20)},
        "A1 K|A1 M|A2 K|A2 M",
    ),
    "a unit of ten, and the other one that its area would tell it from": (
        {"u1": (5, 5), "u2": (30, 20), "u3": (30, 12), "u4": (50, 20)},
        "u1|u2",
    ),
    "units of five and five are together ten": (
        {"u1": (3, 2), "u2": (3, 2), "u3": (30, 12), "u4": (50, 20)},
        "A1|A1 K|A1 M|u1|u2|A2|A2 K|A2 M|u3",
    ),
    "no men in one department": ({"u1": (20, 15), "u3": (20, 15), "u4": (30, None)}, ""),
    "nobody, without hours": ({"u1": (20, 15), "u3": (20, 15), "u4": (30, 0)}, ""),
    "everybody is few": ({"u1": (5, None)}, "alla|alla K|A|A K|A1|A1 K|u1"),
}


@pytest.mark.parametrize(("given", "hidden"), TABLE.values(), ids=TABLE)
def test_small_groups_are_hidden_by_sex_and_by_place(given, hidden):
    found = employees(sick_leave_tree(rows(**given), REGISTER, MONTH))
    assert "|".join(sorted(name for name, told in found.items() if told == "-")) == "|".join(
        sorted(filter(None, hidden.split("|")))
    )


def test_the_fewest_that_are_shown_is_a_setting():
    delivered = rows(u1=(20, 15), u3=(30, 12), u4=(50, 20))
    assert "-" not in employees(sick_leave_tree(delivered, REGISTER, MONTH, fewest=12)).values()
    assert employees(sick_leave_tree(delivered, REGISTER, MONTH, fewest=13))["A2 M"] == "-"


def test_hours_of_nobody_known_are_hidden():
    delivered = [*rows(u1=(20, 15), u3=(30, 12), u4=(50, None)), row("u4", "M", 0, 80, 8, 0, 0)]
    found = employees(sick_leave_tree(delivered, REGISTER, MONTH))
    hidden = [name for name, told in found.items() if told == "-"]
    assert hidden == ["A K", "A M", "A1 K", "A1 M", "B K", "B M"]


def test_a_unit_that_lacks_hours_is_missing_and_nothing_is_hidden_for_it():
    delivered = [
        *rows(u1=(20, 15), u2=(30, 20), u3=(30, 12), u4=(50, 20)),
        row("u5", "K", 3, None, 1, 1, 1),
    ]
    lacking = register(("u1", "A1"), ("u2", "A1"), ("u3", "A2"), ("u4", "B"), ("u5", "B"), ("u6", "B"))
    groups = sick_leave_tree(delivered, lacking, MONTH)
    told = employees(groups)
    assert "-" not in told.values()
    assert (told["u5"], told["u6"], told["B"]) == (None, None, 70)
    counts = {group.code: (group.figures.counted, group.figures.of) for group in groups if group.sex is None}
    assert (counts["u5"], counts["u6"], counts["B"], counts[None]) == ((0, 1), (0, 1), (1, 3), (4, 6))


def test_units_beside_areas_are_hidden_as_what_is_left_of_the_department():
    """Three men lie in no area: all the department's less those of its areas."""
    beside = register(("u1", "A1"), ("u3", "A2"), ("u4", "B"), ("u5", "A"))
    groups = sick_leave_tree(rows(u1=(20, 15), u3=(30, 12), u4=(50, 20), u5=(30, 3)), beside, MONTH)
    told = employees(groups)
    assert [name for name, each in told.items() if each == "-"] == ["A2 K", "A2 M"]
    assert told["u5"] == 33
    assert "u5 M" not in told


def test_units_beside_areas_keep_a_small_area_since_they_are_not_shown_by_sex():
    beside = register(("u1", "A1"), ("u3", "A2"), ("u4", "B"), ("u5", "A"))
    told = employees(sick_leave_tree(rows(u1=(20, 10), u3=(30, 12), u4=(50, 20), u5=(30, 13)), beside, MONTH))
    assert [name for name, each in told.items() if each == "-"] == ["A1 K", "A1 M"]


def test_units_beside_areas_that_are_many_need_nothing_hidden():
    beside = register(("u1", "A1"), ("u3", "A2"), ("u4", "B"), ("u5", "A"))
    groups = sick_leave_tree(rows(u1=(20, 15), u3=(30, 12), u4=(50, 20), u5=(30, 13)), beside, MONTH)
    assert "-" not in employees(groups).values()


def test_rows_of_an_area_itself_are_counted_in_it():
    groups = sick_leave_tree(rows(A1=(20, 15), u1=(30, 20), u4=(50, 20)), REGISTER, MONTH)
    assert employees(groups, sex=None) == {
        "alla": 155, "A": 85, "A1": 85, "u1": 50, "u2": None, "A2": None, "u3": None, "B": 70, "u4": 70,
    }  # fmt: skip


def test_without_a_register_each_unit_stands_directly_below_everybody():
    groups = sick_leave_tree(rows(Norr=(20, 15), Sör=(4, 3), Öst=(50, 20)), NO_REGISTER, MONTH)
    assert employees(groups) == {
        "alla": 112, "alla K": 74, "alla M": 38, "Norr": "-", "Sör": "-", "Öst": 70,
    }  # fmt: skip
    assert {(group.name, group.level, group.parent) for group in groups} == {
        (None, None, None), ("Norr", "enhet", None), ("Sör", "enhet", None), ("Öst", "enhet", None),
    }  # fmt: skip


def test_areas_that_lie_in_each_other_end():
    circle = Register(
        [
            (
                MONTH,
                [
                    UnitVersion("A", "A", "avdelning", "B"),
                    UnitVersion("B", "B", "verksamhetsomrade", "A"),
                    UnitVersion("u1", "Ett", "enhet", "B"),
                ],
            )
        ]
    )
    groups = sick_leave_tree(rows(u1=(20, 15)), circle, MONTH)
    assert employees(groups, sex=None) == {"alla": 35, "A": 35, "B": 35, "u1": 35}


COUNTS = st.one_of(st.none(), st.integers(0, 12), st.integers(0, 40))
PARENTS = st.sampled_from(["A", "A1", "A2", "B", None])


@given(st.lists(st.tuples(PARENTS, COUNTS, COUNTS), min_size=1, max_size=8))
@example([("A", 0, 0), ("A2", None, 1), ("A1", 11, 12)])  # a unit of nobody beside the areas
@settings(max_examples=examples(150))
def test_no_small_group_is_shown_or_left_over_by_subtraction(drawn):
    units = {f"u{at}": counts for at, (_, *counts) in enumerate(drawn)}
    tree = register(*((f"u{at}", parent) for at, (parent, *_) in enumerate(drawn)))
    groups = sick_leave_tree(rows(**units), tree, MONTH)
    told = {(group.code, group.sex): group for group in groups}
    for group in told.values():
        assert group.figures.is_hidden or not 0 < group.figures.size < 11
    for (code, sex), group in told.items():
        inside = [each for each in told.values() if each.parent == code and each.sex == sex and each.code]
        if sex is None:
            assert not leaks(group, [told[code, each] for each in "KM" if (code, each) in told])
        if inside and all(each.level != "enhet" for each in inside):
            left = group.figures.size - sum(each.figures.size for each in inside)
            assert not leaks(group, inside, left)


def leaks(total, parts, left=0):
    """Tell whether what the shown parts leave of a shown total is of too few to be shown."""
    hidden = [part.figures.size for part in parts if part.figures.is_hidden]
    return not total.figures.is_hidden and (left or hidden) and 0 < left + sum(hidden) < 11


# --- units that are told of as one group

MANY = register(*((f"u{at}", "A1") for at in range(1, 6)), ("u9", "B"))
# employees of u1–u5; the group; whether it is hidden
TOGETHER = {
    "nobody is hidden": ((30, 30, 30, 30, 30), "u1 u2", False),
    "two hidden ones are sixteen": ((8, 8, 30, 30, 30), "u1 u2", False),
    "and so they are beside a shown one": ((8, 8, 30, 30, 30), "u1 u2 u3", False),
    "a hidden one beside shown ones": ((8, 8, 30, 30, 30), "u1 u3 u4", True),
    "the group is of ten": ((5, 5, 30, 30, 30), "u1 u2", True),
    "a unit that has nobody yet": ((30, 30, 30, 30, 30), "u1 u2 u8", False),
    "a unit without known employees": ((None, 30, 30, 30, 30), "u1 u2", True),
}


@pytest.mark.parametrize(("counts", "group", "is_hidden"), TOGETHER.values(), ids=TOGETHER)
def test_units_together_are_hidden_where_a_hidden_one_would_follow(counts, group, is_hidden):
    told = {f"u{at}": (count, None) for at, count in enumerate(counts, 1)} | {"u9": (40, None)}
    delivered = [row(unit, "K", count, 3000, 30, 30, 30) for unit, (count, _) in told.items()]
    together = frozenset(group.split())
    found = hidden_together(delivered, MANY, MONTH, [together])
    assert found == ({together} if is_hidden else set())


def test_no_group_hides_none():
    assert hidden_together(rows(u1=(20, 15)), REGISTER, MONTH, []) == set()
