"""What can be wrong with a delivery, as data that a receipt can be written from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that refuses a delivery, or that its receipt warns of.

    `row` is the row of the file as a spreadsheet shows it (the header is row 1); `column` and `value` are as
    written in the file. `rule` says what is wrong and `remedy` how to mend it, both in Swedish. A problem of
    the whole file has neither row nor column.
    """

    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
