"""The step that notes why a month stopped: which step, for what reason."""

import traceback
from pathlib import Path

from tasks.expected_errors import EXPECTED_ERRORS
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


def _unforeseen(month: Month, step: str, error: Exception) -> str:
    said = f"oväntat fel i programmet ({type(error).__name__})"
    if month.installation.rehearsal:
        return f"{said}: {error}"
    return (
        f"{said}: se {_keep_traceback(month, step, error)} och skicka filen till den som sköter programmet."
    )


def _keep_traceback(month: Month, step: str, error: Exception) -> Path:
    path = month.installation.settings.home / "errors" / f"{month.period}_{step}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return path
