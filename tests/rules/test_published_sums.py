"""What may be shown beside what was: each case is a published version and a new one."""

import pytest

from tasks.rules.published_sums import Published, sums_to_show

FEWEST = 11
SIZES = {"a": 30, "b": 20, "c": 8, "d": 9, "e": 4, "f": 25, "nobody": 0, "unknown": None}


def atom(name):
    """Return a unit's atom: `a` as it was, `a2` as it was corrected."""
    unit = name.rstrip("0123456789")
    return (unit, "K", name)


def members(text):
    return frozenset(atom(name) for name in text.split())


def sizes(*texts):
    names = {name for text in texts for name in text.split()}
    return {atom(name): SIZES[name.rstrip("0123456789")] for name in names}


def published(shown, hidden):
    return Published(sizes(*shown, *hidden), frozenset(map(members, shown)), frozenset(map(members, hidden)))


# published: shown, hidden; new: in its order, too few; shown of the new
TABLE = {
    "the same again": (["a b c"], ["c"], ["a b c"], ["c"], ["a b c"]),
    "nothing is new in what follows": (["a b", "a"], [], ["b"], [], ["b"]),
    "a late small unit": (["a b"], [], ["a b c"], ["c"], []),
    "two late small units that are seventeen": (["a b"], [], ["a b c d"], ["c", "d"], ["a b c d"]),
    "the sum that tells them apart": (["a b"], [], ["a b c d", "a b c"], ["c", "d"], ["a b c d"]),
    "a small unit that has gone": (["a b c"], ["c"], ["a b"], [], []),
    "a late large unit": (["a b"], [], ["a b f"], [], ["a b f"]),
    "a small unit that is corrected": (["a b c"], ["c"], ["a b c2"], ["c2"], []),
    "a large unit that is corrected": (["a b c"], ["c"], ["a2 b c", "a2"], ["c"], ["a2 b c", "a2"]),
    "what was hidden stays so, since the sum was shown": (["a b c"], ["c", "b"], ["b"], ["c"], []),
    "nobody comes late": (["a b"], [], ["a b nobody"], [], ["a b nobody"]),
    "hours of nobody known come late": (["a b"], [], ["a b unknown"], ["unknown"], []),
    "four and four come late in a large sum": (["a"], [], ["a e e2"], ["e", "e2"], []),
    "the first of two that tell of it together": (["a b"], [], ["a c", "b c"], ["c"], ["a c"]),
}  # fmt: skip


@pytest.mark.parametrize(("shown", "hidden", "new", "few", "expected"), TABLE.values(), ids=TABLE)
def test_a_sum_is_shown_where_no_difference_tells_of_too_few(shown, hidden, new, few, expected):
    found = sums_to_show(
        [members(each) for each in new],
        [members(each) for each in few],
        sizes(*new, *few),
        [published(shown, hidden)],
        FEWEST,
    )
    assert found == {members(each) for each in expected}


def test_what_has_left_already_hides_nothing_more():
    leaked = published(["a c", "a"], ["c"])
    found = sums_to_show([members("a b"), members("b")], [], sizes("a b"), [leaked], FEWEST)
    assert found == {members("a b"), members("b")}
