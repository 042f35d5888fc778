"""What `manad doctor` found, as text for a terminal."""

from collections.abc import Sequence

from flows.terminal.terminal import paragraph, table
from tasks.operations.check_installation import Check


def doctor_text(checks: "Sequence[Check]") -> str:
    """Lay out what was looked at."""
    rows = [
        ("OK" if check.is_well else "FEL", check.name, check.finding if check.is_well else "se nedan")
        for check in checks
    ]
    wrong = [
        paragraph(check.finding if check.finding.startswith(check.name) else f"{check.name}: {check.finding}")
        for check in checks
        if not check.is_well
    ]
    things = "1 sak" if len(wrong) == 1 else f"{len(wrong)} saker"
    conclusion = f"{things} behöver åtgärdas." if wrong else "Allt som en månad behöver finns."
    return "\n".join(
        [table(("", "Inställning", ""), rows, wide=2), "", *wrong, *([""] if wrong else []), conclusion]
    )
