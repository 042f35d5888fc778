"""What the money was for, in the month's report: volumes as they were delivered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import HIDDEN, Figure, Key
from tasks.rules.organisation import Register
from tasks.rules.periods import Period

FigureOrText = Decimal | str | None
"""A target or a forecast as it was published: a number, or words such as `minska`."""


@dataclass(frozen=True)
class VolumeRow:
    """A measure (barn, platser, timmar) of a unit of the register by its code, else of an area."""

    period: Period
    unit: Annotated[str | None, Key("enhet")]
    area: Annotated[str | None, Key("verksamhetsomrade")]
    measure: Annotated[str, Key("matt")]
    outcome: Annotated[Figure, Key("utfall")]
    planned: Annotated[Figure, Key("planerat")]
    mean_so_far: Annotated[Figure, Key("snitt_hittills")]
    mean_before: Annotated[Figure, Key("snitt_foregaende_ar")]


def volume_rows(
    rows: Sequence[Delivered], register: Register, hidden: Collection[tuple[str, str]]
) -> tuple[VolumeRow, ...]:
    """Return delivered volumes; hidden: the units (or areas) and measures whose counts are of too few."""
    return tuple(_volume(row, register, hidden) for row in rows)


def _volume(row: Delivered, register: Register, hidden: Collection[tuple[str, str]]) -> VolumeRow:
    name, measure = row.unit or "", row.item or ""
    code = register.find(name, row.period).code or name
    is_unit, is_few = register.knows(name), (code, measure) in hidden

    def count(column: str) -> Figure:
        figure = row.figure(column)
        return HIDDEN if is_few and figure is not None else figure

    return VolumeRow(
        period=row.period,
        unit=name if is_unit else None,
        area=None if is_unit else name,
        measure=measure,
        outcome=count("utfall"),
        planned=row.figure("planerat"),
        mean_so_far=count("snitt_hittills"),
        mean_before=count("snitt_foregaende_ar"),
    )
