"""Sick leave of employees, added up over the units whose hours are all known."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tasks.rules.small_groups import FEWEST_EMPLOYEES, is_small
from tasks.rules.totals import sum_known

EMPLOYEES = "anstallda"
HOURS = ("ordinarie_timmar", "franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")

Row = Mapping[str, Any]
"""A delivered row, of a unit (`unit`) and a sex (`item`); figures are Decimal, None where missing."""


@dataclass(frozen=True)
class SickLeave:
    """Sums (employees, h; None where missing) by column, of `counted` units of the `of` that there are.

    `size`: how many employees are known of; None when there are hours, but nobody is known of.
    """

    sums: Mapping[str, Decimal | None]
    counted: int
    of: int
    size: Decimal | None
    is_hidden: bool


def sick_leave(
    rows: Sequence[Row],
    units_valid: int,
    *,
    sex: str | None = None,
    whole: Set[str] | None = None,
) -> SickLeave:
    """Add up delivered rows, all or of a sex: hours absent are of the same people as the ordinary ones.

    units_valid: how many units there are; fewer than are delivered when there is no register.
    whole: the units that count, where the rows are only some of those that tell which lack no hours.
    """
    whole = whole_units(rows) if whole is None else whole
    delivered = {row["unit"] for row in rows}
    added = [row for row in rows if row["unit"] in whole and sex in {None, row["item"]}]
    employees = [row.get(EMPLOYEES) for row in added]
    hours = {name: sum_known(row.get(name) for row in added) for name in HOURS}
    size = sum_known(employees) or (None if any(hours.values()) else Decimal(0))
    return SickLeave(
        sums={EMPLOYEES: None if None in employees else sum_known(employees), **hours},
        counted=len(delivered & whole),
        of=max(units_valid, len(delivered)),
        size=size,
        is_hidden=size is None or is_small(size, FEWEST_EMPLOYEES),
    )


def whole_units(rows: Sequence[Row]) -> set[str]:
    """Return the units that lack no hours; a column that every unit lacks makes none less whole."""
    given = [name for name in HOURS if any(row.get(name) is not None for row in rows)]
    if not given:
        return set()
    lacking = {row["unit"] for row in rows if any(row.get(name) is None for name in given)}
    return {row["unit"] for row in rows} - lacking
