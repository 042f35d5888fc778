"""How a run of a month ended, as the exit code that says so."""

from tasks.rules.operations.state import State

DONE, REFUSED, NOT_FINISHED, FAILED = 0, 1, 3, 4


def exit_code(state: State, *, refused: bool, mails_final: bool) -> int:
    """Return a run's exit code by the contract: the highest that applies.

    A missing required source is 3 even when a file was refused.
    """
    return max(
        FAILED if state == "failed" else DONE,
        NOT_FINISHED if state == "incomplete" or not mails_final else DONE,
        REFUSED if refused else DONE,
    )
