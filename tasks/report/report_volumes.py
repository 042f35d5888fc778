"""The report's volumes: children, places, hours and visits by area, or summed over the units."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report.cells import NOT_DELIVERED, Content, absent, known, number_cell
from tasks.rules.periods import Period
from tasks.rules.swedish import counted, number

VOLUMES = ("utfall", "planerat", "snitt_hittills", "snitt_foregaende_ar")


def volumes_section(content: Content) -> Section:
    """Show each area's volumes, and the sum of each measure that units deliver."""
    rows = tuple(_volume(rows) for rows in volume_groups(content))
    if not rows:
        return Section(title="Prestationer", sentences=(NOT_DELIVERED,))
    heads = ("Mått", "Utfall", "Planerat", "Snitt hittills i år", "Snitt förra året")
    caption = f"{Period.parse(content['period']).swedish.capitalize()}, antal"
    return Section(
        title="Prestationer",
        tables=(Table(caption=caption, heads=heads, rows=rows),),
        notes=("Planerat är årets plan för barn och platser, månadens för timmar och besök.",),
    )


def volume_groups(content: Content) -> list[list[Content]]:
    """Put units' rows of one measure together; an area's row stands alone, so nothing is added twice."""
    groups: dict[tuple[str, str | None], list[Content]] = {}
    for row in content["prestationer"]:
        groups.setdefault((row["matt"], row.get("verksamhetsomrade")), []).append(row)
    return list(groups.values())


def volume_gaps(content: Content) -> list[str]:
    """Say which measures lack units: `Hemtjänsttimmar: 118 av 120 enheter.`"""
    counts = [(rows[0]["matt"], _count(rows, "utfall"), len(rows)) for rows in volume_groups(content)]
    return [
        f"{matt}: {number(n)} av {counted(of, 'enhet', 'enheter')}." for matt, n, of in counts if 0 < n < of
    ]


def _volume(rows: Sequence[Content]) -> Row:
    first = rows[0]
    where = first.get("verksamhetsomrade") or counted(len(rows), "enhet", "enheter")
    return Row(name=Cell(text=first["matt"], note=where), cells=tuple(_sum(rows, name) for name in VOLUMES))


def _sum(rows: Sequence[Content], name: str) -> Cell:
    """Add up a measure; a sum that lacks some units says so."""
    figures = [figure for row in rows if (figure := known(row.get(name))) is not None]
    if not figures:
        return absent(rows[0].get(name))
    cell = number_cell(sum(figures, Decimal(0)))
    if len(figures) == len(rows):
        return cell
    return replace(cell, note=f"{number(len(figures))} av {counted(len(rows), 'enhet', 'enheter')}")


def _count(rows: Sequence[Content], name: str) -> int:
    """Count the rows that have a figure, be it hidden."""
    return sum(row.get(name) is not None for row in rows)
