"""Rows that tell nothing of their own are left out: totals of other rows, and the 0 of months to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

import polars as pl

from tasks.rules.cell_text import looks_like_a_total
from tasks.rules.declaration import Column, Kind
from tasks.rules.deliveries.cells import cells_that
from tasks.rules.deliveries.findings import Findings, Problem, rows_where
from tasks.rules.deliveries.sheet import Sheet, repeated
from tasks.rules.number_text import Missing, NumberColumn
from tasks.rules.organisation import UnitState
from tasks.rules.swedish import MISSING, number

HALF_AN_ORE = 0.005
TOTAL = "Summaraden är lika med summan av sina rader och har lämnats utanför"
NAMELESS_TOTAL = "Raden gäller ingen enhet, är summan av de andra raderna och har lämnats utanför"
DIFFERS = "Summaraden är inte lika med summan av sina rader"
ALONE = (
    "Raden är en summa, men raderna som den är summan av finns inte i filen",
    "Lämna raderna var för sig: summan räknas fram ur dem.",
)
COMING = "0 i en månad efter filens har lästs som tomt"


@dataclass(frozen=True)
class TidiedRows:
    """A sheet without such rows, what its receipt tells of them, and the totals that don't add up."""

    sheet: Sheet
    notes: Findings
    problems: Findings


def tidied_rows(sheet: Sheet) -> TidiedRows:
    """Leave out total rows that equal the sum of their rows, and read a 0 after the file's month as empty."""
    labelled = _labelled(sheet)
    nameless = _nameless(sheet) & ~labelled
    if not (labelled.any() or nameless.any()):
        return _without_coming_zeros(TidiedRows(sheet, Findings(), Findings()))
    sums = _sums(sheet, labelled, nameless)
    equal, alone = sums["equal"], sums["alone"]
    left_out = labelled | (nameless & equal)
    notes = [_noted(sheet, labelled & equal, TOTAL), _noted(sheet, nameless & equal, NAMELESS_TOTAL)]
    problems = [_differing(sheet, labelled & ~equal & ~alone, sums), _alone(sheet, labelled & alone)]
    return _without_coming_zeros(
        TidiedRows(sheet.only(~left_out), Findings.together(notes), Findings.together(problems))
    )


def _labelled(sheet: Sheet) -> pl.Series:
    """Return a mask of the rows that say Summa where a month, a unit, a group or a sex belongs."""
    mask = repeated(value=False, dtype=pl.Boolean(), height=sheet.text.height)
    for column in _labels(sheet):
        says = cells_that(sheet.text[column.name], looks_like_a_total)
        if column.name in sheet.source.unit_columns:
            says &= (sheet.unit_state != int(UnitState.FOUND)).fill_null(value=True)
        mask |= says
    return mask


def _nameless(sheet: Sheet) -> pl.Series:
    """Return a mask of the rows that name no unit or area and hold a figure: a total, or a mistake."""
    columns = [column.name for column in _figures(sheet)]
    has_units = any(map(sheet.has, sheet.source.unit_columns))
    if not (columns and has_units and sheet.unit.has_nulls()):
        return repeated(value=False, dtype=pl.Boolean(), height=sheet.text.height)
    has_figure = pl.DataFrame([sheet.decimals[name].alias(name) for name in columns]).select(
        pl.any_horizontal(pl.all() != 0).fill_null(value=False).alias("has")
    )["has"]
    return sheet.unit.is_null() & has_figure


def _labels(sheet: Sheet) -> list[Column]:
    """Return the columns in which a row says that it is a total."""
    return sheet.present(
        column
        for column in sheet.source.columns
        if column.is_detail or (column.is_key and column.kind is Kind.PERIOD)
    )


def _figures(sheet: Sheet) -> list[Column]:
    """Return the columns that a total row sums."""
    columns = sheet.present(sheet.source.numeric_columns)
    return [column for column in columns if column.is_totalled] or columns


def _sums(sheet: Sheet, labelled: pl.Series, nameless: pl.Series) -> pl.DataFrame:
    """Hold each candidate against the rows that it may be the sum of.

    These are the rows that agree with whatever else it says (its month, its unit), or those that stand
    between the total above it and itself. Returns `equal`, `alone` (there are no such rows) and a column
    for each figure's sum of the first kind.
    """
    names = [column.name for column in _figures(sheet)]
    keys = _keys(sheet)
    rows = pl.DataFrame(
        [
            *(values.alias(f"key {n}") for n, values in enumerate(keys)),
            *(sheet.decimals[name].cast(pl.Float64).alias(name) for name in names),
            labelled.alias("labelled"),
            (labelled | nameless).alias("candidate"),
        ]
    ).with_row_index("place")
    rows = rows.with_columns(block=pl.col("candidate").cast(pl.Int64).cum_sum() - pl.col("candidate"))
    counts = ~rows["candidate"] & _is_whole(sheet)
    details = rows.filter(counts)
    summed = [pl.col(name).sum() for name in names]
    blocks = details.group_by("block").agg(*summed, found=pl.len())
    candidates = rows.filter("candidate")
    by_block = candidates.select("place", "block").join(blocks, on="block", how="left", maintain_order="left")
    by_key = _summed_by_key(candidates, details, len(keys), names)
    held = candidates.select("place", *names)
    equal = _equals(held, by_key, names) | _equals(held, by_block, names)
    alone = (by_key["found"].fill_null(0) == 0) & (by_block["found"].fill_null(0) == 0)
    told = by_key.select("place", *names).with_columns(equal=equal, alone=alone)
    every = rows.select("place").join(told, on="place", how="left", maintain_order="left")
    return every.with_columns(pl.col("equal", "alone").fill_null(value=False))


def _keys(sheet: Sheet) -> list[pl.Series]:
    """Return what each row is about, as text: null where it says nothing, or that it is a total."""
    names = [column.name for column in sheet.present(sheet.source.key_columns)]
    others = [name for name in names if name not in sheet.source.unit_columns]
    keys = [(sheet.stored(name).cast(pl.String), sheet.text[name]) for name in others]
    if any(map(sheet.has, sheet.source.unit_columns)):
        keys.append((sheet.unit, sheet.unit))
    return [
        pl.select(pl.when(~cells_that(text, looks_like_a_total)).then(values)).to_series()
        for values, text in keys
    ]


def _summed_by_key(
    candidates: pl.DataFrame, details: pl.DataFrame, keys: int, names: Sequence[str]
) -> pl.DataFrame:
    """Sum for each candidate the rows that have the same of each key that it has, in their order."""
    own = [f"key {n}" for n in range(keys)]
    said = candidates.with_columns(
        pattern=pl.concat_str([pl.col(name).is_null().cast(pl.String) for name in own])
    )
    parts = []
    for alike in said.partition_by("pattern"):
        given = [name for name in own if alike[name][0] is not None]
        sums = [*(pl.col(name).sum() for name in names), pl.len().alias("found")]
        if given:
            groups = details.drop_nulls(given).group_by(given).agg(*sums)
            parts.append(alike.select("place", *given).join(groups, on=given, how="left").drop(given))
        else:
            parts.append(alike.select("place").join(details.select(*sums), how="cross"))
    wanted = ["place", *names, "found"]
    return pl.concat([part.select(wanted) for part in parts]).sort("place")


def _equals(held: pl.DataFrame, sums: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Tell of each candidate whether all that it says is the sum of some rows."""
    equal = sums["found"].fill_null(0) > 0
    for name in names:
        own = held[name]
        near = (own - sums[name]).abs() <= HALF_AN_ORE + own.abs() * 1e-12
        equal &= own.is_null() | near.fill_null(value=False)
    return equal


def _is_whole(sheet: Sheet) -> pl.Series:
    """Return a mask of the rows that aren't a part of another row."""
    part_of = sheet.source.part_of
    if part_of is None or not sheet.has(part_of):
        return repeated(value=True, dtype=pl.Boolean(), height=sheet.text.height)
    return sheet.text[part_of].is_null()


def _place(sheet: Sheet, row: Mapping[str, object]) -> tuple[int, str | None, str | None]:
    """Return a total row's number, and the header and the text of the cell that calls it a total."""
    for column in _labels(sheet):
        text = row[column.name]
        if text is not None and looks_like_a_total(str(text)):
            return int(str(row["row_no"])), sheet.headers[column.name], str(text)
    unit = next(name for name in sheet.source.unit_columns if sheet.has(name))
    return int(str(row["row_no"])), sheet.headers[unit], None


def _noted(sheet: Sheet, mask: pl.Series, rule: str) -> Findings:
    return rows_where(sheet.text, mask, lambda row: Problem(rule, "", *_place(sheet, row)))


def _alone(sheet: Sheet, mask: pl.Series) -> Findings:
    rule, remedy = ALONE
    return rows_where(sheet.text, mask, lambda row: Problem(rule, remedy, *_place(sheet, row)))


def _differing(sheet: Sheet, mask: pl.Series, sums: pl.DataFrame) -> Findings:
    figures = _figures(sheet)
    own = [sheet.decimals[column.name].cast(pl.Float64).alias(f"own {column.name}") for column in figures]
    all_sums = [sums[column.name].alias(f"sum {column.name}") for column in figures]

    def describe(row: dict[str, object]) -> Problem:
        parts = [
            f"{column.title} är {_figure(row[f'own {column.name}'])}, raderna tillsammans "
            f"{_figure(row[f'sum {column.name}'])}"
            for column in figures
            if row[f"own {column.name}"] is not None
            and row[f"own {column.name}"] != row[f"sum {column.name}"]
        ]
        remedy = f"{'; '.join(parts)}. Rätta den som är fel: kanske saknas rader."
        return Problem(DIFFERS, remedy, *_place(sheet, row))

    return rows_where(sheet.text.with_columns(*own, *all_sums), mask, describe)


def _figure(value: object) -> str:
    if value is None:
        return MISSING
    exact = Decimal(str(value))
    return number(exact, 0 if exact == exact.to_integral_value() else 2)


def _without_coming_zeros(tidied: TidiedRows) -> TidiedRows:
    """Read as empty the outcomes of months after the file's that are 0, as systems export them."""
    sheet, notes = tidied.sheet, [tidied.notes]
    late = sheet.months > sheet.period.first_day
    if not late.any():
        return tidied
    for column in sheet.present(map(sheet.source.column, sheet.source.not_after_period)):
        coming = late & (sheet.decimals[column.name] == 0).fill_null(value=False)
        header = sheet.headers[column.name]
        rows = sheet.text.select("row_no", pl.col(column.name).alias("value"))
        notes.append(rows_where(rows, coming, partial(_coming, header)))
        sheet = _emptied(sheet, column.name, coming)
    return replace(tidied, sheet=sheet, notes=Findings.together(notes))


def _coming(header: str, row: Mapping[str, object]) -> Problem:
    return Problem(COMING, "", int(str(row["row_no"])), header, str(row["value"]))


def _emptied(sheet: Sheet, name: str, mask: pl.Series) -> Sheet:
    read = sheet.numbers[name]
    nothing = pl.select(
        values=pl.when(~mask).then(read.values),
        missing=pl.when(mask).then(pl.lit(Missing.EMPTY.value)).otherwise(read.missing),
    )
    emptied = NumberColumn(nothing["values"], nothing["missing"], read.bad)
    decimals = pl.select(pl.when(~mask).then(sheet.decimals[name])).to_series()
    return replace(
        sheet, numbers={**sheet.numbers, name: emptied}, decimals={**sheet.decimals, name: decimals}
    )
