"""To whoever delivered a file: it was refused, and this is how to mend it."""

from dataclasses import dataclass

from notifications.mails import MailValues


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProblem:
    """One problem; `row` and `column` are empty when it concerns the whole file.

    Where the same is wrong in many rows, `rows` says in how many ("216 rader") and `examples` names the first
    ("rad 2 ”2026M13”"); `remedies` is one, or one for each example.
    """

    row: str
    column: str
    value: str
    rule: str
    remedies: tuple[str, ...]
    rows: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KvittoNekad(MailValues):
    """A refused file.

    `places` counts the places with a fault where they are more than the problems ("216"), and `left_out`
    those of problems that aren't listed ("125"); else they are empty.
    """

    file: str
    source: str  # "ekonomi"
    period: str  # "oktober 2026"; empty when the name doesn't tell
    received: str  # "2026-11-06 kl. 14.02"
    problem_count: str  # "3"
    problems: tuple[FileProblem, ...]
    places: str = ""
    left_out: str = ""
    needed_by: str = ""  # "9 november"
