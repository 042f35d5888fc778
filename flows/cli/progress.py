"""What a run of a month tells at a terminal while it goes on."""

from collections.abc import Callable
from decimal import Decimal

from flows.runs.steps import Given, Made
from flows.terminal.terminal import say, width
from tasks.clock import Clock
from tasks.rules.state_words import step_title
from tasks.rules.swedish import number

TITLE_WIDTH = 25


class Progress:
    """Tells what goes on while a month runs: what each step found, and how long it took."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._title = ""
        self._told = ""

    def __call__(self, text: str) -> None:
        """Tell one thing that happened; a step's last line is left open for the step's time."""
        if self._told:
            say()
        self._told = f"  {self._title:<{TITLE_WIDTH}}{text}"
        say(self._told, end="")
        self._title = ""

    def timed(self, step: Callable[Given, Made], *arguments: Given.args, **named: Given.kwargs) -> Made:
        """Carry out a step by calling it, and tell its time."""
        if self._told:
            say()
        self._told, self._title = "", step_title(step.__name__)
        begun = self._clock.stopwatch()
        try:
            return step(*arguments, **named)
        finally:
            if self._title:
                self("")
            spent = f"{number(Decimal(self._clock.stopwatch() - begun), 1)} s"
            say(spent.rjust(max(len(spent) + 1, width() - len(self._told) - 1)))
            self._told = ""
