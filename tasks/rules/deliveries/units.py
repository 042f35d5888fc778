"""Units and areas that a delivery names: known, valid in their month, and named at all."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import cast

import polars as pl

from tasks.rules.declaration import Column
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.organisation import UnitState
from tasks.rules.periods import Period, months_words
from tasks.rules.swedish import counted, joined

NAMED = 10
"""So many units are named in a sentence; the rest are counted."""


def empty_units(sheet: Sheet) -> Findings:
    """Find rows without unit or area."""
    columns = _unit_columns(sheet)
    if not columns or sheet.source.units_may_lack:
        return Findings()
    header = sheet.headers[columns[0].name]
    called = " eller ".join(column.name for column in columns)

    def describe(row: dict[str, object]) -> Problem:
        remedy = "Fyll i vad raden gäller, eller ta bort den."
        return Problem(f"Raden saknar {called}", remedy, int(str(row["row_no"])), header)

    return rows_where(sheet.text.select("row_no"), sheet.unit.is_null(), describe)


def unknown_units(sheet: Sheet) -> Findings:
    """Find units that the register doesn't have, with the nearest code that it has."""

    def why(text: str, month: Period) -> tuple[str, str]:
        near = nearest(text, sheet, month)
        hint = f"Menas {near}? " if near else ""
        return (
            "Enheten finns inte i registret",
            f"{hint}Rätta koden, eller leverera ett register som har enheten.",
        )

    return _refused_units(sheet, UnitState.UNKNOWN, why)


def units_of_another_time(sheet: Sheet) -> Findings:
    """Find units that the register has, but not in the row's month; name those that continue them."""

    def why(text: str, month: Period) -> tuple[str, str]:
        after = (
            sheet.register.successors(sheet.register.find(text, month).code or "", month)
            if sheet.register
            else ()
        )
        hint = f"Den fortsätter som {joined(after)}. " if after else ""
        return (
            "Enheten finns inte i radens månad",
            f"I {month.swedish} finns den inte. {hint}Rätta enheten, månaden eller registrets datum.",
        )

    return _refused_units(sheet, UnitState.NOT_VALID, why)


def ambiguous_units(sheet: Sheet) -> Findings:
    """Find names that more than one unit has, and texts that may be more than one unit."""
    why = ("Flera enheter kan menas", "Skriv enhetens kod precis som i registret i stället.")
    return _refused_units(sheet, UnitState.AMBIGUOUS, lambda _text, _month: why)


def kept_units(sheet: Sheet) -> Findings:
    """Warn of units that are kept as delivered, as the source or the lack of a register allows."""
    own = _own_columns(sheet)
    if not own:
        return Findings()
    if not sheet.register:
        kept = sheet.text[own[0].name]
    elif not sheet.source.units_need_register:
        kept = sheet.text.filter((sheet.unit_state != int(UnitState.FOUND)).fill_null(value=False))[
            own[0].name
        ]
    else:
        return Findings()
    return _kept(sheet, own[0], "enhet", "enheter", kept.drop_nulls().unique())


def kept_areas(sheet: Sheet) -> Findings:
    """Warn of areas that the register doesn't have: they are kept as delivered."""
    columns = sheet.present(map(sheet.source.column, sheet.source.area_columns))
    if not columns:
        return Findings()
    areas = sheet.text[columns[0].name].drop_nulls().unique()
    return _kept(
        sheet, columns[0], "område", "områden", [area for area in areas if not _is_known(sheet, area)]
    )


def absent_units(sheet: Sheet) -> tuple[tuple[str, ...], int]:
    """Return the codes of the valid units of the month that the file lacks, and how many are valid.

    Of a year's file those that any of its months lacks, with the month where it isn't all of theirs.
    """
    if not sheet.register or not sheet.source.covers_every_unit:
        return (), 0
    due: dict[str, list[Period]] = {}
    lacking: dict[str, list[Period]] = {}
    for month in (sheet.period,) if sheet.file_months is None else sheet.file_months:
        given = set(_units_of(sheet, month))
        for code in sheet.register.units_valid(month):
            due.setdefault(code, []).append(month)
            if code not in given:
                lacking.setdefault(code, []).append(month)
    absent = (
        code if lacking[code] == due[code] else f"{code} ({months_words(lacking[code])})"
        for code in sorted(lacking)
    )
    return tuple(absent), len(due)


def _units_of(sheet: Sheet, month: Period) -> pl.Series:
    months = sheet.read.get("period")
    return sheet.unit if months is None else sheet.unit.filter(months == month.first_day)


def named(names: Sequence[str]) -> str:
    """Name the first of many, and say that there are more."""
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def _unit_columns(sheet: Sheet) -> list[Column]:
    return sheet.present(map(sheet.source.column, sheet.source.unit_columns))


def _own_columns(sheet: Sheet) -> list[Column]:
    return [column for column in _unit_columns(sheet) if column.name not in sheet.source.area_columns]


def _refused_units(sheet: Sheet, state: UnitState, why: Callable[[str, Period], tuple[str, str]]) -> Findings:
    """Describe the rows whose unit has a state."""
    own = _own_columns(sheet)
    if not own or not sheet.source.units_need_register:
        return Findings()
    name = own[0].name
    mask = (sheet.unit_state == int(state)).fill_null(value=False)

    def describe(row: dict[str, object]) -> Problem:
        rule, remedy = why(str(row["text"]), Period.of(cast("date", row["month"])))
        return Problem(rule, remedy, int(str(row["row_no"])), sheet.headers[name], str(row["text"]))

    table = pl.DataFrame({"row_no": sheet.text["row_no"], "text": sheet.text[name], "month": sheet.months})
    return rows_where(table, mask, describe)


def nearest(text: str, sheet: Sheet, month: Period) -> str | None:
    """Return the code, and the name, of the unit of a month that a text is most like; None when none is."""
    units = sheet.register.all_valid(month) if sheet.register else ()
    spelt = {spelling.casefold(): unit for unit in units for spelling in (unit.name, unit.code)}
    near = get_close_matches(text.casefold(), spelt, 1, 0.6)
    return f"{spelt[near[0]].code} ({spelt[near[0]].name})" if near else None


def _is_known(sheet: Sheet, text: str) -> bool:
    known = (UnitState.FOUND, UnitState.AMBIGUOUS)
    return sheet.register is not None and sheet.register.find(text, sheet.period).state in known


def _kept(sheet: Sheet, column: Column, one: str, many: str, kept: Iterable[str]) -> Findings:
    names = sorted(kept)
    if not names:
        return Findings()
    many_or_one = counted(len(names), one, many)
    rule = (
        f"{many_or_one} finns inte i registret och behålls som de står"
        if sheet.register
        else f"Det finns inget organisationsregister: {many_or_one} behålls som de står"
    )
    return Findings.of([Problem(rule, "Kontrollera namnen.", None, sheet.headers[column.name], named(names))])
