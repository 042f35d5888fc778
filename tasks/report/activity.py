"""What the money was for, in the report: volumes, what their readings give in budget, and indicators."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    absent,
    counted_name,
    known,
    most_decimals,
    number_cell,
    part,
)
from tasks.rules.periods import Period
from tasks.rules.signals.volume_watch import ADJUSTMENT
from tasks.rules.signals.watched import EVERYBODY
from tasks.rules.swedish import counted, number, round_half_up
from tasks.rules.wording import amount

VOLUMES = ("utfall", "planerat", "snitt_hittills", "snitt_foregaende_ar")
UNITS_SHOWN = 3
"""Of each measure, so many units are named whose readings change the budget most."""


def volumes_section(content: Content) -> Section:
    """Show each area's volumes, and the sum of each measure that units deliver."""
    rows = tuple(_volume(rows) for rows in _groups(content))
    if not rows:
        return Section(title="Prestationer", sentences=(NOT_DELIVERED,))
    heads = ("Mått", "Utfall", "Planerat", "Snitt hittills i år", "Snitt förra året")
    caption = f"{Period.parse(content['period']).swedish.capitalize()}, antal"
    return Section(
        title="Prestationer",
        tables=(ReportTable(caption=caption, heads=heads, rows=rows),),
        notes=("Planerat är årets plan för barn och platser, månadens för timmar och besök.",),
    )


def volume_gaps(content: Content) -> list[str]:
    """Say which measures lack units: `Hemtjänsttimmar: 118 av 120 enheter.`"""
    counts = [(rows[0]["matt"], _count(rows, "utfall"), len(rows)) for rows in _groups(content)]
    return [
        f"{matt}: {number(n)} av {counted(of, 'enhet', 'enheter')}." for matt, n, of in counts if 0 < n < of
    ]


def _groups(content: Content) -> list[list[Content]]:
    """Put units' rows of one measure together; an area's row stands alone, so nothing is added twice."""
    groups: dict[tuple[str, str | None], list[Content]] = {}
    for row in content["prestationer"]:
        groups.setdefault((row["matt"], row.get("verksamhetsomrade")), []).append(row)
    return list(groups.values())


def _volume(rows: Sequence[Content]) -> ReportRow:
    first = rows[0]
    where = first.get("verksamhetsomrade") or counted(len(rows), "enhet", "enheter")
    return ReportRow(
        name=Cell(text=first["matt"], note=where), cells=tuple(_sum(rows, name) for name in VOLUMES)
    )


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


def readings_table(signals: Sequence[Content], period: Period) -> Iterator[ReportTable]:
    """Sum what the readings are expected to give in budget, with the units that matter most."""
    found = [each for each in signals if each["indikator"].startswith(ADJUSTMENT)]
    known_sums = [each for each in found if each["grupp"] == EVERYBODY and known(each["varde"]) is not None]
    sums = sorted(known_sums, key=_size, reverse=True)
    if sums:
        yield ReportTable(
            caption=f"Förväntad prestationsförändring {period.year} efter årets avläsningar",
            heads=("Mått och enhet", "Väntat snitt", "Planerat", "Ändring av budgeten"),
            rows=tuple(row for each in sums for row in _readings(each, found)),
        )


def prices_taken(signals: Sequence[Content]) -> Iterator[str]:
    """Say what price the readings are reckoned with where none is set."""
    if any(part(each, "pris_satt") is False and known(each["varde"]) is not None for each in signals):
        yield "Där inget pris är satt räknas prestationsförändringen på enhetens budget delad med planen."


def _readings(total: Content, found: Iterable[Content]) -> Iterator[ReportRow]:
    """Show a measure's sum, and below it the units whose readings matter most."""
    units = [
        each
        for each in found
        if each["indikator"] == total["indikator"] and each is not total and known(each["varde"])
    ]
    largest = sorted(units, key=_size, reverse=True)[:UNITS_SHOWN]
    of = counted_name(
        total["namn"], {"antal": total["delar"]["enheter"], "av": total["delar"]["av"]}, "enheter"
    )
    yield ReportRow(name=of, cells=(Cell(text=""), Cell(text=""), _budget_cell(total["varde"])))
    for each in largest:
        yield ReportRow(
            name=Cell(text=each["namn"]),
            cells=(
                number_cell(part(each, "vantat_snitt"), decimals=1),
                number_cell(part(each, "planerat")),
                _budget_cell(each["varde"]),
            ),
            kind="part",
        )


def _size(signal: Content) -> Decimal:
    return abs(known(signal["varde"]) or Decimal(0))


def _budget_cell(value: Any) -> Cell:
    """Say a change of budget (kr, + is more) by a word: `0,2 mnkr mer`."""
    kr = known(value)
    if kr is None:
        return absent(value)
    if round_half_up(kr.scaleb(-3)) == 0:
        return Cell(text="oförändrad")
    return Cell(text=f"{amount(abs(kr))} {'mer' if kr > 0 else 'mindre'}")


def indicators_section(content: Content) -> Section:
    """Show the indicators beside the targets as they were published."""
    if not content["indikatorer"]:
        return Section(title="Indikatorer", sentences=(NOT_DELIVERED,))
    heads = ("Indikator", "Utfall", "Förra året", "Prognos helår", "Årsmål", "Kommun\u00adfullmäktiges mål")
    rows = tuple(_indicator(row) for row in content["indikatorer"])
    return Section(
        title="Indikatorer", tables=(ReportTable(caption="Utfall och mål", heads=heads, rows=rows),)
    )


def _indicator(row: Content) -> ReportRow:
    """Show an indicator; all its figures have the decimals of the finest one."""
    names = ("utfall", "utfall_foregaende_ar", "utfall_kvinnor", "utfall_man")
    outcome, before, women, men = (known(row.get(name)) for name in names)
    decimals = most_decimals(outcome, before, women, men)
    shown = number_cell(row.get("utfall"), decimals=decimals)
    if women is not None and men is not None:
        shown = replace(shown, note=f"kvinnor {number(women, decimals)}, män {number(men, decimals)}")
    targets = (number_cell(row.get(name)) for name in ("prognos_helar", "arsmal", "kf_arsmal"))
    often = row.get("periodicitet")
    return ReportRow(
        name=Cell(text=row["indikator"], note=f"mäts per {often}" if often else ""),
        cells=(shown, number_cell(row.get("utfall_foregaende_ar"), decimals=decimals), *targets),
    )
