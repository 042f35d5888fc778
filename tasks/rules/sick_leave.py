"""Sick leave of the whole administration, added up over the units whose hours are all known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tasks.rules.totals import sum_known

FEWEST_EMPLOYEES = 11
"""Sick leave of ten employees or fewer is not shown (the former statutory rule)."""
EMPLOYEES = "anstallda"
HOURS = ("ordinarie_timmar", "franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class SickLeave:
    """Sums (employees, h; None where missing) by column, of `counted` units of the `of` that there are.

    `is_hidden`: too few people to be shown.
    """

    sums: Mapping[str, Decimal | None]
    counted: int
    of: int
    is_hidden: bool


def sick_leave(rows: Sequence[Row], units_valid: int) -> SickLeave:
    """Add up delivered rows (a unit and sex each): hours absent are of the same people as the ordinary ones.

    units_valid: how many units there are; fewer than are delivered when there is no register.
    """
    delivered = dict.fromkeys(row["unit"] for row in rows)
    whole = _whole_units(rows)
    added = [row for row in rows if row["unit"] in whole]
    employees = [row.get(EMPLOYEES) for row in added]
    sums = {name: sum_known(row.get(name) for row in added) for name in HOURS}
    return SickLeave(
        sums={EMPLOYEES: None if None in employees else sum_known(employees), **sums},
        counted=len(whole),
        of=max(units_valid, len(delivered)),
        is_hidden=bool(whole) and (sum_known(employees) or 0) < FEWEST_EMPLOYEES,
    )


def _whole_units(rows: Sequence[Row]) -> set[str]:
    """Return the units that lack no hours; a column that every unit lacks makes none less whole."""
    given = [name for name in HOURS if any(row.get(name) is not None for row in rows)]
    if not given:
        return set()
    lacking = {row["unit"] for row in rows if any(row.get(name) is None for name in given)}
    return {row["unit"] for row in rows} - lacking
