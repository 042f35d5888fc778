"""What the money was for, in the month's report: volumes and indicators as they were delivered."""

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


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator beside its targets; `periodicity`: how often it is measured."""

    period: Period
    indicator: Annotated[str, Key("indikator")]
    outcome: Annotated[Decimal | None, Key("utfall")]
    men: Annotated[Decimal | None, Key("utfall_man")]
    women: Annotated[Decimal | None, Key("utfall_kvinnor")]
    outcome_before: Annotated[Decimal | None, Key("utfall_foregaende_ar")]
    forecast: Annotated[FigureOrText, Key("prognos_helar")]
    target: Annotated[FigureOrText, Key("arsmal")]
    city_target: Annotated[FigureOrText, Key("kf_arsmal")]
    periodicity: Annotated[str | None, Key("periodicitet")]


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


def indicator_rows(rows: Sequence[Delivered]) -> tuple[IndicatorRow, ...]:
    """Return delivered indicators, targets as they were published."""
    return tuple(
        IndicatorRow(
            period=row.period,
            indicator=row.item or "",
            outcome=row.figure("utfall"),
            men=row.figure("utfall_man"),
            women=row.figure("utfall_kvinnor"),
            outcome_before=row.figure("utfall_foregaende_ar"),
            forecast=row.cells.get("prognos_helar"),
            target=row.cells.get("arsmal"),
            city_target=row.cells.get("kf_arsmal"),
            periodicity=row.text("periodicitet"),
        )
        for row in rows
    )
