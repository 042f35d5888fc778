"""How one kind of fault is said: where it stands, in how many rows, and how each place is mended."""

from collections.abc import Sequence

from tasks.rules.deliveries.findings import Example, Problem
from tasks.rules.swedish import counted


def rows_words(problem: Problem) -> str:
    """Say in how many rows a problem stands: `216 rader`; nothing of a single one."""
    return counted(problem.count, "rad", "rader") if problem.count > 1 else ""


def place_words(problem: Problem) -> str:
    """Say where a problem stands: `Rad 2, kolumn budget: ”ett”`.

    Of many: `Kolumn budget, 216 rader: rad 2 ”ett”, rad 3 ”ett”, rad 4 ”två” …`.
    """
    column = f"kolumn {problem.column}" if problem.column else ""
    if problem.count == 1:
        place = _joined([f"rad {problem.row}" if problem.row else "", column]) or "hela filen"
        return _capital(place) + (f": ”{problem.value}”" if problem.value else "")
    more = " …" if problem.count > len(problem.examples) else ""
    shown = ", ".join(filter(None, map(example_words, problem.examples)))
    return _capital(_joined([column, rows_words(problem)])) + (f": {shown}{more}" if shown else "")


def example_words(example: Example) -> str:
    """Say one place of many: `rad 2 ”ett”`."""
    return " ".join(
        filter(
            None,
            [f"rad {example.row}" if example.row else "", f"”{example.value}”" if example.value else ""],
        )
    )


def remedies(problem: Problem) -> Sequence[str]:
    """Return how a problem is mended: once where it is the same for every example, else for each of them."""
    told = dict.fromkeys(example.remedy for example in problem.examples)
    if len(told) <= 1:
        return (problem.remedy,)
    return [f"{_capital(example_words(example))}: {example.remedy}" for example in problem.examples]


def faults_words(problems: Sequence[Problem], count: int, one: str, many: str) -> str:
    """Say how many kinds there are, and in how many places: `1 fel, på 216 ställen`."""
    kinds = counted(len(problems), one, many)
    return kinds if count == len(problems) else f"{kinds}, på {counted(count, 'ställe', 'ställen')}"


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(filter(None, parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
