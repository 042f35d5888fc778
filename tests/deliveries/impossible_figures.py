"""Ways to make figures that can't be right of a checked delivery, each with the kind of doubt that it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

ABSENT = ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")
FORECASTS = ("prognos_fore_resultatoverforing", "prognos_efter_resultatoverforing")


@dataclass(frozen=True)
class Fault:
    """What is made wrong of a source's figures, where. first_month: in earlier ones it isn't wrong."""

    name: str
    source: str
    kind: str
    make: Callable[[Any, set[str]], Any]
    place: str = "whole file"
    first_month: int = 1

    def __str__(self):
        return f"{self.source}: {self.name}, {self.place}"


def _ledger(checked, *changes):
    amounts = checked.ledger.with_columns(pl.col("budget", "outcome").cast(pl.Float64)).with_columns(*changes)
    return replace(checked, ledger=amounts.with_columns(pl.col("budget", "outcome").cast(pl.String)))


def _place(place, checked, units):
    if place == "one type":
        return pl.col("unit").is_in(list(units))
    return pl.col("period") == checked.period.first_day if place == "one month" else pl.lit(value=True)


def _ledger_fault(name, kind, place, change, first_month=1):
    def make(checked, units):
        where = _place(place, checked, units)
        return _ledger(
            checked, *(pl.when(where).then(new).otherwise(pl.col(old)).alias(old) for old, new in change)
        )

    return Fault(name, "ekonomi", kind, make, place, first_month)


def _so_far(column):
    return pl.col(column).cum_sum().over("unit", "account_group", order_by="period")


def _closed(new):
    return pl.when(pl.col("outcome").is_not_null()).then(new)


BUDGET, OUTCOME = pl.col("budget"), pl.col("outcome")
SMALL = [("budget", BUDGET / 1000), ("outcome", OUTCOME / 1000)]
LARGE = [("budget", BUDGET * 1000), ("outcome", OUTCOME * 1000)]
TURNED = [("budget", -BUDGET), ("outcome", -OUTCOME)]
SUMMED = [("outcome", _closed(_so_far("outcome")))]
BOTH_SUMMED = [*SUMMED, ("budget", _so_far("budget"))]
YEARS_BUDGET = [("budget", BUDGET * 12)]
IN_MONTH = ("whole file", "one type", "one month")
HALVES = IN_MONTH[:2]

LEDGER_FAULTS = [
    *(_ledger_fault("tkr", "thousandfold", place, SMALL) for place in IN_MONTH),
    *(_ledger_fault("thousand kr", "thousandfold", place, LARGE) for place in IN_MONTH),
    *(_ledger_fault("outcome in tkr", "thousandfold", place, SMALL[1:]) for place in IN_MONTH),
    *(_ledger_fault("the year's budget a month", "apart", place, YEARS_BUDGET) for place in IN_MONTH),
    *(_ledger_fault("accumulated outcome", "accumulated", place, SUMMED, 2) for place in IN_MONTH),
    *(_ledger_fault("accumulated both", "accumulated", place, BOTH_SUMMED, 2) for place in HALVES),
    *(_ledger_fault("turned", "turned", place, TURNED) for place in IN_MONTH),
    *(_ledger_fault("turned outcome", "turned", place, TURNED[1:]) for place in IN_MONTH),
    *(_ledger_fault("nothing", "nothing", place, [("outcome", _closed(OUTCOME * 0))]) for place in IN_MONTH),
    *(
        _ledger_fault("empty", "nothing", place, [("outcome", pl.lit(None, pl.Float64))])
        for place in IN_MONTH
    ),
    *(_ledger_fault("moved budget", "moved", place, [("budget", BUDGET * 1.3)], 2) for place in HALVES),
]


def _figure_fault(name, source, kind, measures, change, place="whole file", first_month=1):
    """Make a fault of columns' values: change takes the values and the month's number."""

    def make(checked, units):
        value = pl.col("value").cast(pl.Float64)
        where = _place(place, checked, units) & pl.col("measure").is_in(measures)
        new = pl.when(where).then(change(value, checked.period.month)).otherwise(value)
        return replace(checked, figures=checked.figures.with_columns(value=new.cast(pl.String)))

    return Fault(name, source, kind, make, place, first_month)


def _fractions(measures):
    """Make fractions of what was written in per cent, as a spreadsheet stores it."""

    def make(checked, _):
        is_percent = pl.col("note").str.contains("%", literal=True).any().over("item")
        where = is_percent & pl.col("measure").is_in(measures)
        value = (
            pl.when(where)
            .then(pl.col("value").cast(pl.Float64) / 100)
            .otherwise(pl.col("value").cast(pl.Float64))
        )
        note = pl.when(where).then(value.cast(pl.String)).otherwise("note")
        return replace(checked, figures=checked.figures.with_columns(value=value.cast(pl.String), note=note))

    return make


HOURS = ("ordinarie_timmar", *ABSENT)
TARGETS = ("arsmal", "kf_arsmal")


def smaller(value, _):
    return value / 1000


def larger(value, _):
    return value * 1000


def fourfold(value, _):
    return value * 4


def twelvefold(value, _):
    return value * 12


def turned(value, _):
    return -value


def so_far(value, month):
    return value * month


def zero(value, _):
    return value * 0


def empty(value, _):
    return pl.lit(None, pl.Float64)


def more(value, _):
    return value * 1.3


FIGURE_FAULTS = [
    *(
        _figure_fault("tkr", "prognos", "thousandfold", ("budget", *FORECASTS), smaller, place)
        for place in HALVES
    ),
    *(
        _figure_fault("forecasts in tkr", "prognos", "thousandfold", FORECASTS, smaller, place)
        for place in HALVES
    ),
    *(_figure_fault("fourfold", "prognos", "apart", FORECASTS, fourfold, place) for place in HALVES),
    *(
        _figure_fault("turned", "prognos", "turned", ("budget", *FORECASTS), turned, place)
        for place in HALVES
    ),
    *(_figure_fault("turned forecasts", "prognos", "turned", FORECASTS, turned, place) for place in HALVES),
    *(_figure_fault("nothing", "prognos", "nothing", FORECASTS, zero, place) for place in HALVES),
    *(_figure_fault("moved", "prognos", "moved", ("budget", *FORECASTS), more, place, 2) for place in HALVES),
    *(
        _figure_fault("thousandth", "prestationer", "thousandfold", ("utfall",), smaller, place)
        for place in HALVES
    ),
    *(
        _figure_fault("thousandfold", "prestationer", "thousandfold", ("utfall",), larger, place)
        for place in HALVES
    ),
    *(
        _figure_fault("year's plan", "prestationer", "apart", ("planerat",), twelvefold, place)
        for place in HALVES
    ),
    *(
        _figure_fault("summed", "prestationer", "accumulated", ("utfall",), so_far, place, 2)
        for place in HALVES
    ),
    *(_figure_fault("nothing", "prestationer", "nothing", ("utfall",), zero, place) for place in HALVES),
    *(_figure_fault("empty", "prestationer", "nothing", ("utfall",), empty, place) for place in HALVES),
    _figure_fault("tkr", "bistand", "thousandfold", ("utbetalt",), smaller),
    _figure_fault("thousandfold", "bistand", "thousandfold", ("utbetalt",), larger),
    _figure_fault("summed", "bistand", "accumulated", ("utbetalt",), so_far, first_month=2),
    _figure_fault("nothing", "bistand", "nothing", ("utbetalt",), zero),
    _figure_fault("no households", "bistand", "nothing", ("hushall",), empty),
    *(_figure_fault("thousandth", "sjukfranvaro", "thousandfold", HOURS, smaller, place) for place in HALVES),
    *(_figure_fault("summed", "sjukfranvaro", "accumulated", HOURS, so_far, place, 2) for place in HALVES),
    *(_figure_fault("nobody ill", "sjukfranvaro", "nothing", ABSENT, zero, place) for place in HALVES),
    *(_figure_fault("no hours", "sjukfranvaro", "nothing", HOURS, empty, place) for place in HALVES),
    Fault("targets", "indikatorer", "fractions", _fractions(TARGETS)),
    Fault(
        "everything",
        "indikatorer",
        "fractions",
        _fractions((*TARGETS, "utfall", "prognos_helar")),
        first_month=2,
    ),
]
FAULTS = [*LEDGER_FAULTS, *FIGURE_FAULTS]
