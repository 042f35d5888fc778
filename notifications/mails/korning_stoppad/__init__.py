"""To the operator: the month's run failed, waits for something that is missing, or ran without it."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class KorningStoppad(MailValues):
    """A run that didn't finish, or finished with too little.

    `failed` is an error, otherwise something is missing. `finished` is set when the month was run all the
    same, as the operator asked for.
    """

    period: str  # "oktober 2026"
    failed: bool
    finished: bool = False
    step: str  # "kontrollerar underlaget"
    stopped: str  # "2026-11-06 kl. 02.14"
    reason: str  # one line without a full stop: "sjukfrånvaro saknas för 5 av 14 enheter"
    mails: str  # a sentence without a full stop: "Inga mejl har skickats"
    actions: tuple[str, ...]  # what to do, a sentence each
    command: str  # "manad run 2026-10"
    missing: tuple[str, ...] = ()
    detail: str = ""  # the error in its own words
