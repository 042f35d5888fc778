"""To whoever delivered a file: it was refused, and this is how to mend it."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProblem:
    """One problem; `row` and `column` are empty when it concerns the whole file."""

    row: str
    column: str
    value: str
    rule: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KvittoNekad(MailValues):
    """A refused file. `left_out` counts the problems that aren't listed ("125"); empty when all are."""

    file: str
    source: str  # "ekonomi"
    period: str  # "oktober 2026"; empty when the name doesn't tell
    received: str  # "2026-11-06 kl. 14.02"
    problem_count: str  # "128"
    problems: tuple[FileProblem, ...]
    left_out: str = ""
    needed_by: str = ""  # "9 november"
