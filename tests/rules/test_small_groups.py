from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.rules.small_groups import (
    Equation,
    SmallGroupSettings,
    Table,
    hidden_beside,
    hidden_cells,
    is_small,
    with_complements,
)
from tasks.rules.thresholds import UnusableThresholdError
from tests.worlds.examples import examples


@pytest.mark.parametrize(
    ("count", "small"),
    [(0, False), (0.5, True), (1, True), (4, True), (4.5, True), (5, False), (-1, False)],
)
def test_one_to_four_persons_are_small_and_nobody_is_not(count, small):
    assert is_small(count) == small


@pytest.mark.parametrize(("count", "small"), [(0, False), (10, True), (11, False)])
def test_the_fewest_that_are_shown_is_a_setting(count, small):
    assert is_small(count, 11) == small


def sexes(women, men, total=None):
    return {"women": women, "men": men, "total": women + men if total is None else total}


BY_SEX = Equation("total", ("women", "men"))
UNITS = Equation("area", ("a", "b", "c", "d"))


def units(a, b, c, d):
    return {"a": a, "b": b, "c": c, "d": d, "area": sum((a, b, c, d))}


def house(a_sizes, b_sizes):
    """Return two areas' women, men and totals, and the whole's."""
    sizes = {("a", key): size for key, size in sexes(*a_sizes).items()}
    sizes |= {("b", key): size for key, size in sexes(*b_sizes).items()}
    sizes |= {("whole", key): sizes["a", key] + sizes["b", key] for key in ("women", "men", "total")}
    equations = [
        Equation((place, "total"), ((place, "women"), (place, "men"))) for place in ("a", "b", "whole")
    ]
    equations += [Equation(("whole", key), (("a", key), ("b", key))) for key in ("women", "men", "total")]
    return sizes, equations


# sizes, equations, hidden
TABLE = {
    "nothing is small": (sexes(40, 5), [BY_SEX], ""),
    "nobody is small": (sexes(40, 0), [BY_SEX], ""),
    "nobody at all": (sexes(0, 0), [BY_SEX], ""),
    "a small part takes the smallest other with it": (sexes(40, 4), [BY_SEX], "women men"),
    "a small one that adds up to nothing is hidden alone": (sexes(40, 4), [], "men"),
    "all is small": (sexes(2, 2), [BY_SEX], "women men total"),
    "two small parts of a large one": (sexes(4, 4), [BY_SEX], "women men"),
    "two small parts that together are exactly five": (units(2, 3, 30, 20), [UNITS], "a b"),
    "two small parts that together are just four": (units(2, 2, 30, 20), [UNITS], "a b d"),
    "of equal sizes the first is taken": (units(30, 20, 1, 20), [UNITS], "b c"),
    "one that is empty protects nothing": (units(30, 20, 1, 0), [UNITS], "b c"),
    "a small one beside only empty ones is its total too": (units(0, 0, 3, 0), [UNITS], "c area"),
    "an unknown number is hidden like a small one": ({**sexes(40, 0), "men": None}, [BY_SEX], "women men"),
    "an empty cell is taken where nothing else is left": (sexes(3, 0, total=0), [BY_SEX], "women men total"),
    "an equation without parts leaves nothing to hide": ({"a": 3}, [Equation("a", ())], "a"),
    "the same said twice": (sexes(40, 4), [BY_SEX, BY_SEX], "women men"),
    "a total of one part": ({"women": 3, "total": 3}, [Equation("total", ("women",))], "women total"),
    "a hidden total of one shown part": (
        {"a": 3, "women": 20, "b": 20, "c": 40, "area": 63},
        [Equation("b", ("women",)), Equation("area", ("a", "b", "c"))],
        "a women b",
    ),
}


@pytest.mark.parametrize(("sizes", "equations", "hidden"), TABLE.values(), ids=TABLE)
def test_small_groups_are_hidden_with_what_they_would_follow_from(sizes, equations, hidden):
    assert hidden_cells(Table(sizes, equations)) == set(hidden.split())


def test_a_small_one_beside_what_is_known_to_be_empty_follows_from_its_total():
    """The rest of the area isn't shown by sex, but nobody is in it: what is left is the small one alone."""
    sizes = {
        "men": 13,
        "large": 12,
        "small": 1,
        "rest": 0,
        "rest women": 0,
        "rest men": 0,
        "women": 11,
        "a": 11,
    }
    equations = [
        Equation("men", ("large", "small", "rest men")),
        Equation("women", ("a", "rest women")),
        Equation("rest", ("rest women", "rest men")),
    ]
    unshown = frozenset({"rest women", "rest men"})
    found = hidden_cells(Table(sizes, equations, 11, unshown))
    assert found == {"small", "large"}


def test_one_more_is_hidden_in_each_row_and_column():
    sizes, equations = house((60, 4), (40, 20))
    assert hidden_cells(Table(sizes, equations)) == {(a, sex) for a in "ab" for sex in ("women", "men")}


def test_the_limit_is_a_setting():
    sizes = units(10, 11, 30, 20)
    assert hidden_cells(Table(sizes, [UNITS], 11)) == {"a", "b"}
    assert hidden_cells(Table(sizes, [UNITS], 10)) == frozenset()


def test_what_several_equations_say_together_is_seen():
    # Without c the two areas, and so the two units, would be four people together.
    sizes = {"u1": 2, "A": 2, "u2": 2, "B": 2, "c": 50, "whole": 54}
    equations = [
        Equation("A", ("u1",)),
        Equation("B", ("u2",)),
        Equation("whole", ("A", "B", "c")),
    ]
    assert hidden_cells(Table(sizes, equations)) == {"u1", "A", "u2", "B", "c"}


def test_what_is_not_shown_keeps_a_small_group_beside_it():
    sizes = {"a": 3, "b": 20, "rest": 40, "all": 63}
    equations = [Equation("all", ("a", "b", "rest"))]
    assert hidden_cells(Table(sizes, equations)) == {"a", "b"}
    assert hidden_cells(Table(sizes, equations, unshown=frozenset({"rest"}))) == {"a"}


def test_what_is_not_shown_is_protected_when_small_and_never_hidden_in_anothers_stead():
    adults = [Equation("adults", ("young", "older"))]
    assert hidden_cells(
        Table({"adults": 50, "young": 47, "older": 3}, adults, unshown=frozenset({"older"}))
    ) == {"young"}
    assert (
        hidden_cells(Table({"adults": 50, "young": 40, "older": 10}, adults, unshown=frozenset({"older"})))
        == frozenset()
    )
    assert hidden_cells(
        Table({"adults": 50, "young": 3, "older": 47}, adults, unshown=frozenset({"older"}))
    ) == {"young"}


SIZES = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40))


@st.composite
def administrations(draw, sizes=SIZES):
    """Draw up to three areas of up to three units: each of them in women, men and both, and the whole."""
    areas = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    places = [(area, unit) for area, count in enumerate(areas) for unit in range(count)]
    found, equations = {}, []

    def total(cell, parts):
        found[cell] = sum(found[part] for part in parts)
        equations.append(Equation(cell, tuple(parts)))

    for place in places:
        for sex in "KM":
            found[*place, sex] = draw(sizes)
        total((*place, "T"), [(*place, "K"), (*place, "M")])
    for sex in "KMT":
        for area in range(len(areas)):
            total((area, sex), [(*place, sex) for place in places if place[0] == area])
        total(sex, [(area, sex) for area in range(len(areas))])
    equations += [Equation((area, "T"), ((area, "K"), (area, "M"))) for area in range(len(areas))]
    equations.append(Equation("T", ("K", "M")))
    return Table(found, equations)


def factors(table, cells):
    """Return the equations' factors of some cells: the others are shown."""
    return np.array(
        [[float(cell in each.parts) - (cell == each.total) for cell in cells] for each in table.equations]
    )


def follows(matrix, weights):
    """Tell whether a sum of the hidden cells follows from the equations, by the rank of their factors."""
    return np.linalg.matrix_rank(np.vstack([matrix, weights])) == np.linalg.matrix_rank(matrix)


@given(administrations())
@settings(max_examples=examples(150))
def test_no_hidden_cell_follows_from_the_shown_ones(table):
    hidden = sorted(hidden_cells(table), key=str)
    matrix = factors(table, hidden)
    assert not [cell for cell, one in zip(hidden, np.eye(len(hidden)), strict=True) if follows(matrix, one)]
    for equation in table.equations:
        assert sum(cell in hidden for cell in (equation.total, *equation.parts)) != 1


@given(administrations())
@settings(max_examples=examples(100))
def test_no_small_group_of_hidden_cells_follows_from_the_shown_ones(table):
    hidden = sorted(hidden_cells(table), key=str)
    matrix = factors(table, hidden)
    few = [cell for cell in hidden if 0 < table.sizes[cell] < 5][:10]
    for count in (2, 3):
        for together in combinations(few, count):
            if sum(table.sizes[cell] for cell in together) < 5:
                weights = [float(cell in together) for cell in hidden]
                assert not follows(matrix, weights), together


@given(administrations(st.one_of(st.just(0), st.integers(5, 40))))
def test_nothing_is_hidden_where_nothing_is_small(table):
    assert hidden_cells(table) == frozenset()


@given(administrations())
def test_hiding_again_hides_nothing_more(table):
    hidden = hidden_cells(table)
    assert with_complements(table, hidden) == hidden
    assert hidden >= {cell for cell, size in table.sizes.items() if 0 < size < 5}


@given(administrations())
def test_nobody_is_hidden_for_anothers_sake_where_sizes_add_up(table):
    assert not [cell for cell in hidden_cells(table) if table.sizes[cell] == 0]


@given(administrations(), st.randoms())
def test_the_order_of_the_equations_doesnt_matter_for_safety(table, random):
    mixed = list(table.equations)
    random.shuffle(mixed)
    hidden = hidden_cells(Table(table.sizes, mixed))
    assert with_complements(table, hidden) == hidden


# --- groups that are told of beside a table

TWO = Equation("both", ("a", "b"))
# sizes of a–d and of the groups beside, their equations, what is hidden in the table and of the groups
BESIDE = {
    "nothing is hidden": ((9, 9, 9, 9), {"both": 18}, [TWO], "", ""),
    "one part is hidden, and would follow": ((3, 9, 9, 9), {"both": 12}, [TWO], "a b", ""),
    "one part is hidden and the other is shown": ((3, 9, 2, 9), {"both": 12}, [TWO], "a c", "both"),
    "the hidden parts are five together": (
        (3, 9, 2, 9), {"some": 5}, [Equation("some", ("a", "c"))], "a c", "",
    ),
    "the hidden parts are four together": (
        (3, 20, 1, 9), {"some": 24}, [Equation("some", ("a", "b", "c"))], "a c d", "some",
    ),
    "of two groups the larger one is shown": (
        (3, 9, 9, 9),
        {"few": 12, "many": 21},
        [Equation("few", ("a", "d")), Equation("many", ("a", "b", "c"))],
        "a b",
        "few",
    ),
    "a group that is small itself": ((9, 9, 9, 9), {"some": 4}, [Equation("some", ())], "", "some"),
    "a group of unknown size": ((9, 9, 9, 9), {"some": None}, [Equation("some", ())], "", "some"),
    "a group of nobody": ((9, 9, 9, 9), {"some": 0}, [Equation("some", ())], "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("of", "groups", "sums", "inside", "beside"), BESIDE.values(), ids=BESIDE)
def test_a_group_beside_a_table_is_hidden_where_it_would_tell_of_few(of, groups, sums, inside, beside):
    table = Table(units(*of), [UNITS])
    hidden = hidden_cells(table)
    assert hidden == set(inside.split())
    whole = Table({**table.sizes, **groups}, [UNITS, *sums])
    assert hidden_beside(whole, hidden, groups.keys()) == set(beside.split())


@given(administrations(), st.data())
@settings(max_examples=examples(150))
def test_no_hidden_cell_follows_from_the_groups_that_are_shown_beside(table, data):
    hidden = hidden_cells(table)
    cells = [cell for cell in table.sizes if isinstance(cell, tuple)]
    drawn = data.draw(st.lists(st.sets(st.sampled_from(cells), min_size=1, max_size=4), max_size=3))
    groups = {f"group {at}": tuple(sorted(parts, key=str)) for at, parts in enumerate(drawn)}
    sizes = {
        **table.sizes,
        **{name: sum(table.sizes[part] for part in parts) for name, parts in groups.items()},
    }
    sums = [*table.equations, *(Equation(name, parts) for name, parts in groups.items())]
    still = hidden_beside(Table(sizes, sums), hidden, groups.keys())
    assert still <= groups.keys()
    unknown = [*sorted(hidden, key=str), *sorted(still)]
    matrix = factors(Table(sizes, sums), unknown)
    for cell, one in zip(unknown, np.eye(len(unknown)), strict=True):
        assert cell in still or not follows(matrix, one)


@pytest.mark.parametrize("name", ["fewest_employees", "fewest_persons"])
def test_a_group_of_nobody_can_not_be_the_fewest(name):
    assert SmallGroupSettings(**{name: 1})
    with pytest.raises(UnusableThresholdError, match=name):
        SmallGroupSettings(**{name: 0})
