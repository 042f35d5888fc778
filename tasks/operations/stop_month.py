"""The step that notes why a month stopped: which step, for what reason."""

import traceback
from pathlib import Path

from tasks.installation import EXPECTED_ERRORS
from tasks.month import Month


def stop_month(month: Month, step: str, error: Exception) -> str:
    """Mark the month failed with step and reason; return the reason, one Swedish line.

    An error that nobody foresaw keeps its traceback in a file that the reason names.
    """
    reason = str(error) if isinstance(error, EXPECTED_ERRORS) else _unforeseen(month, step, error)
    with month.saving() as transaction:
        month.stop(transaction, step, reason, outcome="failed")
    month.progress(f"Stopp i {step}: {reason}")
    return reason


def unforeseen(home: Path, name: str, error: Exception) -> str:
    """Say that an error is one that nobody foresaw, and keep its traceback in a file that is named."""
    said = f"oväntat fel i programmet ({type(error).__name__})"
    path = home / "errors" / f"{name}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:  # a full disk may be what went wrong
        return f"{said}: {error}"
    return f"{said}: se {path} och skicka filen till den som sköter programmet."


def _unforeseen(month: Month, step: str, error: Exception) -> str:
    if month.installation.rehearsal:
        return f"oväntat fel i programmet ({type(error).__name__}): {error}"
    return unforeseen(month.installation.settings.home, f"{month.period}_{step}", error)
