"""Whether a manager is told that nothing is wrong: once a month, and never after a warning."""

from collections.abc import Collection, Sequence
from typing import Literal

from tasks.rules.outbox.occasions import Decision, EarlierMail

Assessed = Literal["larm", "bevaka", "unwarned", "unknown"]


def decide_all_clear(
    units: Collection[Assessed], warnings: Sequence[EarlierMail], earlier: Sequence[EarlierMail]
) -> Decision:
    """Decide on a receiver's all-clear by all units that they answer for.

    warnings, earlier: the month's mails of warnings and of all-clears to the same receiver. What is unknown
    is not in balance. One that hasn't gone out is withdrawn when a unit is warned of after all.
    """
    is_clear = bool(units) and set(units) == {"unwarned"} and not any(mail.is_told for mail in warnings)
    if any(mail.is_told for mail in earlier):
        return Decision("nothing")
    if is_clear:
        return Decision("replace" if earlier else "queue", 1)
    waits = any(mail.state != "skipped" for mail in earlier)
    return Decision("withdraw", 1) if waits else Decision("nothing")
