"""How a step is carried out: a flow says in what order, and is told by its caller how."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Do(Protocol):
    """Carries out one step: `do(step, *arguments)`. The command line calls it, Prefect makes it a task."""

    def __call__(self, step: Callable[Given, Made], *arguments: Given.args, **named: Given.kwargs) -> Made:
        """Carry out a step; return what it makes, raise what it raises."""


def plainly(step: Callable[Given, Made], *arguments: Given.args, **named: Given.kwargs) -> Made:
    """Carry out a step by calling it."""
    return step(*arguments, **named)
