"""The check of a delivery: accepted or refused whole, with everything that its receipt tells."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from tasks.rules.declaration import Shape, Source
from tasks.rules.deliveries import cells, rows, same_rows, units, year_files
from tasks.rules.deliveries import register as tree
from tasks.rules.deliveries.columns import match_columns
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.halves.meant import NO_HALVES, HalvesToTake, half_table
from tasks.rules.deliveries.meanings import readings
from tasks.rules.deliveries.meanings.tidied_cells import tidied_cells
from tasks.rules.deliveries.meanings.tidied_rows import tidied_rows
from tasks.rules.deliveries.personal import personal_data
from tasks.rules.deliveries.sheet import Sheet, WrittenTable, named_rows, read_sheet, unread_columns
from tasks.rules.deliveries.storage import ControlTotal, control_totals, figures, ledger, register_rows
from tasks.rules.organisation import Register
from tasks.rules.periods import Period

Rule = Callable[[Sheet], Findings]

REFUSING: tuple[Rule, ...] = (
    cells.empty_key_cells,
    cells.unreadable_cells,
    cells.bad_numbers,
    cells.refused_values,
    cells.bad_addresses,
    rows.rows_of_other_months,
    year_files.months_to_come,
    rows.figures_after_the_period,
    same_rows.duplicate_keys,
    rows.parts_larger_than_whole,
    rows.days_out_of_order,
    rows.parts_without_whole,
    units.empty_units,
    units.unknown_units,
    units.units_of_another_time,
    units.ambiguous_units,
    tree.parents_that_are_absent,
    tree.rings_in_the_tree,
)
"""A delivery in which one of these finds anything changes nothing."""

WARNING: tuple[Rule, ...] = (
    cells.unlikely_values,
    cells.unknown_targets,
    rows.unlikely_signs,
    rows.months_with_gaps,
    rows.empty_columns,
    units.kept_units,
    units.kept_areas,
    rows.parts_whose_whole_lacks,
    same_rows.rows_that_nothing_tells_apart,
    tree.unknown_predecessors,
    tree.units_that_end,
    tree.names_that_are_empty,
)
"""What these find stands in the receipt of a delivery that is accepted all the same."""

NOTING: tuple[Rule, ...] = (
    readings.months_written_otherwise,
    readings.days_with_a_clock,
    readings.units_written_otherwise,
    readings.amounts_with_currency,
    readings.amounts_with_a_dash,
    same_rows.summed_rows,
    same_rows.repeated_rows,
)
"""What these find was read with the one meaning that it has, though it should have been written otherwise."""


@dataclass(frozen=True)
class CheckedDelivery:
    """A delivery that has been checked.

    `problems`, `warnings` and `notes` are the first 50 by row, the counts are of all; notes tell how it was
    read, and ask nobody to do anything. `months`: those that it is the delivery of, several of a year's file.
    Of `ledger`, `figures` and
    `register_rows` the source's own is there, and none when anything is wrong. `units` is how many different
    units or areas are named; `absent_units` the valid ones of the month that are not, of `valid_units`. Of a
    private file, which tells of single persons, nothing may be kept.
    """

    source: Source
    period: Period
    rows: int
    problems: tuple[Problem, ...]
    problem_count: int
    warnings: tuple[Problem, ...]
    warning_count: int
    notes: tuple[Problem, ...] = ()
    ledger: pl.DataFrame | None = None
    figures: pl.DataFrame | None = None
    register_rows: pl.DataFrame | None = None
    totals: tuple[ControlTotal, ...] = ()
    units: int = 0
    absent_units: tuple[str, ...] = ()
    valid_units: int = 0
    is_private: bool = False
    months: tuple[Period, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Tell whether nothing is wrong with the delivery."""
        return self.problem_count == 0


def check_delivery(
    raw: WrittenTable,
    source: Source,
    period: Period,
    register: Register | None,
    *,
    today: date,
    is_year: bool = False,
    volumes: Collection[str] = (),
    halves: HalvesToTake = NO_HALVES,
) -> CheckedDelivery:
    """Check a file's table and bring it to the form that it is stored in.

    is_year: the file is named as its year's. `volumes` are names of measures known beside those that the
    source declares. `halves`: what the source may come in; a file that holds one alone is checked as that.
    """
    matches = match_columns(source, raw.headers, raw.columns, raw.header_row)
    private = personal_data(raw, source, matches)
    if private.count:
        height = raw.frame.height
        return CheckedDelivery(
            source,
            period,
            height,
            private.problems,
            private.count,
            (),
            0,
            is_private=True,
            months=(period,),
        )
    headers = {name: match.header for name, match in matches.by_name.items()}
    names = (*(volume.name for volume in source.volumes), *volumes)
    tidied = tidied_cells(named_rows(raw, matches), headers, source, names)
    text = tidied.text
    unread = unread_columns(raw, matches)
    read = read_sheet(text, matches, source, period, register, today, unread)
    half = half_table(raw, read, halves)
    if half is not None:
        return check_delivery(half, half.source, period, register, today=today, is_year=is_year)
    tidied_sheet = year_files.year_file(tidied_rows(read), is_named=is_year)
    sheet = tidied_sheet.sheet
    refusing = Findings.together(
        [
            matches.problems,
            _whole_file(sheet, text.height),
            tidied_sheet.problems,
            *(rule(sheet) for rule in REFUSING),
        ]
    )
    unknown = rows.unknown_volumes(sheet, volumes)
    warning = Findings.together(
        [matches.warnings, tidied.warnings, unknown, *(rule(sheet) for rule in WARNING)]
    )
    noting = Findings.together(
        [Findings.of(raw.notes), tidied.notes, tidied_sheet.notes, *(rule(sheet) for rule in NOTING)]
    )
    checked = CheckedDelivery(
        source,
        period,
        text.height,
        refusing.problems,
        refusing.count,
        warning.problems,
        warning.count,
        noting.problems,
        months=sheet.file_months or (period,),
    )
    return checked if refusing.count else _accepted(checked, sheet)


def _whole_file(sheet: Sheet, height: int) -> Findings:
    """Find what is wrong with the file as such: no rows, or a month that hasn't begun."""
    problems = []
    if not height:
        problems.append(Problem("Filen har inga rader", "Exportera den igen med rader."))
    if sheet.file_months is None and sheet.period > Period.of(sheet.today).plus(sheet.source.months_ahead):
        rule = f"Filens månad {sheet.period} har inte börjat"
        problems.append(Problem(rule, "Rätta månaden i filens namn, eller vänta med att lämna den."))
    return Findings.of(problems)


def _accepted(checked: CheckedDelivery, sheet: Sheet) -> CheckedDelivery:
    absent, valid = units.absent_units(sheet)
    shape = sheet.source.shape
    return replace(
        checked,
        ledger=ledger(sheet) if shape is Shape.LEDGER else None,
        figures=figures(sheet) if shape is Shape.FIGURES else None,
        register_rows=register_rows(sheet) if shape is Shape.REGISTER else None,
        totals=control_totals(sheet),
        units=(sheet.text["kod"] if shape is Shape.REGISTER else sheet.unit).drop_nulls().n_unique(),
        absent_units=absent,
        valid_units=valid,
    )
