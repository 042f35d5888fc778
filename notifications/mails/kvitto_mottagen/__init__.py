"""To whoever delivered a file: it was taken in, and this is what it says."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSums:
    """Sums of one month (kr); the changes are empty in a first revision: "1 234 567", "+12 000".

    The one that a file isn't about is empty: budget and outcome may come from two systems.
    """

    month: str  # "september"
    budget: str
    outcome: str
    budget_change: str = ""
    outcome_change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KvittoMottagen(MailValues):
    """An accepted file.

    `months` is empty for a source without amounts, `previous` ("revision 1, mottagen 2026-10-05 kl. 08.14")
    in a first revision. `absent` names valid units that the file lacks, and `absent_more` counts the rest.
    `notes` tell how the file was read where it wasn't written as it should.
    """

    file: str
    source: str  # "ekonomi"
    period: str  # "september 2026"
    received: str  # "2026-10-06 kl. 08.14"
    revision: str  # "2"
    rows: str  # "1 248"
    units: str  # "12 av 14 enheter"
    next_step: str  # "Nästa leverans är oktober 2026, senast den 6 november."
    months: tuple[MonthSums, ...] = ()
    previous: str = ""
    absent: tuple[str, ...] = ()
    absent_more: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
