"""The month's report as data, by the contract: amounts in kr, missing is None, suppressed is `doldt`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import Driftbudget, Figures, ForecastRow, Line, Total, driftbudget
from tasks.rules.report.result_units import Figures as ResultFigures
from tasks.rules.report.result_units import ResultUnit, ResultUnitSettings, result_units
from tasks.rules.signals.assistance_month import hidden_columns
from tasks.rules.signals.sick_leave_shown import Group, sick_leave_tree
from tasks.rules.small_groups import FEWEST_EMPLOYEES, FEWEST_PERSONS

HIDDEN = "doldt"
COUNTS = ("utfall", "snitt_hittills", "snitt_foregaende_ar")

Row = Mapping[str, Any]
"""A delivered row: `unit`, `item` and the contract's columns; figures are Decimal, other cells text."""


@dataclass(frozen=True)
class MonthFigures:
    """What a report is made of: the month's delivered rows by source, and what was found of them.

    `assessed` of `units` units could be held against their budgets; `absent` names those that a source lacks.
    `areas` are the places above the units with their years, the whole administration first.
    `plans` are the month's action plans and those that are followed, `reach` how far their measures reach.
    `accuracy` is the record of the forecasts of earlier years, `signals` are the leading signals as kept.
    `assistance_before` is bistand's row of each earlier month of this and last year, which the means are of.
    """

    period: Period
    missing: Sequence[str]
    complete: bool
    rows: Mapping[str, Sequence[Row]]
    register: Register
    deviations: Sequence[Row]
    changed: Sequence[Row]
    assessed: int = 0
    units: int = 0
    absent: Sequence[Coverage] = ()
    areas: Sequence[Row] = ()
    plans: Sequence[Row] = ()
    reach: Row | None = None
    accuracy: Sequence[Row] = ()
    signals: Sequence[Row] = ()
    backtest: Row | None = None
    assistance_before: Mapping[Period, Row] = field(default_factory=dict)


def month_report(
    figures: MonthFigures,
    settings: ResultUnitSettings,
    named_areas: Sequence[str],
    *,
    fewest_employees: int = FEWEST_EMPLOYEES,
    fewest_persons: int = FEWEST_PERSONS,
) -> dict[str, Any]:
    """Return the report's content with the contract's keys.

    fewest_employees: sick leave of fewer is hidden. fewest_persons: so are fewer persons or households.
    """
    section = driftbudget(forecast_rows(figures.rows.get("prognos", ())), named_areas)
    carried = result_units(_result_units(figures.rows.get("resultatenheter", ())), settings)
    return {
        "period": str(figures.period),
        "complete": figures.complete,
        "missing": list(figures.missing),
        "enheter": {"bedomda": figures.assessed, "av": figures.units},
        "saknade_enheter": [_absent(each, figures) for each in figures.absent if each.absent],
        **_driftbudget(section, figures),
        "resultatenheter": [
            {"enhet": line.unit, "namn": line.name, **_carried(line.figures)} for line in carried.lines
        ],
        "resultatenheter_summa": {
            **_carried(carried.total),
            "antal": carried.counted,
            "av": len(carried.lines),
        },
        "prestationer": _volumes(figures),
        "bistand": _assistance(figures, fewest_persons),
        "sjukfranvaro": _sick_leave(figures, fewest_employees),
        "indikatorer": _delivered(figures, "indikatorer", item="indikator"),
        "avvikelser": list(figures.deviations),
        "omraden": list(figures.areas),
        "signaler": [_signal(row) for row in figures.signals],
        "atgardsplaner": list(figures.plans),
        "atgarder_racker": None if figures.reach is None else dict(figures.reach),
        "prognossakerhet": list(figures.accuracy),
        "provning": None if figures.backtest is None else dict(figures.backtest),
        "andrat_sedan_forra": list(figures.changed),
    }


def forecast_rows(rows: Iterable[Row]) -> list[ForecastRow]:
    """Read delivered rows of prognos."""
    return [
        ForecastRow(
            area=row["unit"],
            budget=row.get("budget"),
            forecast_before=row.get("prognos_fore_resultatoverforing"),
            forecast_after=row.get("prognos_efter_resultatoverforing"),
            requested_adjustments=row.get("begarda_budgetjusteringar"),
            volume_changes=row.get("prestationsforandringar"),
            part_of=row.get("ingar_i"),
        )
        for row in rows
    ]


def _driftbudget(section: Driftbudget, figures: MonthFigures) -> dict[str, Any]:
    return {
        "driftbudget": [
            {**_named_line(line, figures), "ingar_i": line.part_of, **_amounts(line.figures)}
            for line in section.lines
        ],
        "totalt": _total(section.total),
        "varav_ekonomiskt_bistand_och_arbetsmarknad": _total(section.named),
        "budgetfoljsamhet": {
            "fore_resultatoverforingar": section.compliance_before,
            "efter_resultatoverforingar": section.compliance_after,
        },
    }


def _named_line(line: Line, figures: MonthFigures) -> dict[str, str]:
    """Name a line; one of a unit says its code beside its name."""
    unit = figures.register.unit(line.area, figures.period)
    return (
        {"verksamhetsomrade": line.area}
        if unit is None
        else {"verksamhetsomrade": unit.name, "enhet": unit.code}
    )


def _amounts(figures: Figures) -> dict[str, Decimal | None]:
    return {
        "budget": figures.budget,
        "budget_beslutad": figures.decided_budget,
        "prognos_fore": figures.forecast_before,
        "prognos_efter": figures.forecast_after,
        "avvikelse_fore": figures.deviation_before,
        "avvikelse_efter": figures.deviation_after,
    }


def _total(total: Total) -> dict[str, Any]:
    return {**_amounts(total.figures), "antal": total.counted, "av": total.of}


def _result_units(rows: Iterable[Row]) -> list[ResultUnit]:
    return [
        ResultUnit(
            unit=row["unit"],
            name=row.get("namn") or row["unit"],
            gross_budget=row.get("bruttobudget"),
            carried_in=row.get("overforing_fran_foregaende_ar"),
            result=row.get("resultat"),
        )
        for row in rows
    ]


def _carried(figures: ResultFigures) -> dict[str, Decimal | None]:
    return {
        "bruttobudget": figures.gross_budget,
        "fem_procent": figures.yearly_limit,
        "overforing_fran_foregaende_ar": figures.carried_in,
        "resultat": figures.result,
        "overforing_till_nasta_ar": figures.carried_out,
    }


def _delivered(figures: MonthFigures, source: str, *, item: str | None = None) -> list[dict[str, Any]]:
    """Return a source's rows under its own column names."""
    return [
        {
            "period": str(figures.period),
            **_named_unit(figures, row),
            **({} if item is None else {item: row["item"]}),
            **{name: value for name, value in row.items() if name not in {"unit", "item"}},
        }
        for row in figures.rows.get(source, ())
    ]


def _volumes(figures: MonthFigures) -> list[dict[str, Any]]:
    """Return the volumes; the counts of one whose signal is hidden are hidden too, and so are its means."""
    few = {
        (each["code"], each["indicator"])
        for each in figures.signals
        if each["source"] == "prestationer" and each["is_hidden"]
    }
    found = _delivered(figures, "prestationer", item="matt")
    for row, told in zip(figures.rows.get("prestationer", ()), found, strict=True):
        code = figures.register.find(row["unit"] or "", figures.period).code or row["unit"]
        if (code, row["item"]) in few:
            told |= {name: HIDDEN for name in COUNTS if told.get(name) is not None}
    return found


def _named_unit(figures: MonthFigures, row: Row) -> dict[str, Any]:
    if row["unit"] is None:
        return {}
    is_unit = figures.register.knows(row["unit"])
    return {
        "enhet": row["unit"] if is_unit else None,
        "verksamhetsomrade": None if is_unit else row["unit"],
    }


def _absent(coverage: Coverage, figures: MonthFigures) -> dict[str, Any]:
    """Name the units that a source lacks: `antal` of the `av` that it should have."""
    units = [figures.register.unit(code, figures.period) for code in coverage.absent]
    return {
        "kalla": coverage.source,
        "antal": len(coverage.absent),
        "av": coverage.expected,
        "enheter": list(coverage.absent),
        "namn": [
            code if unit is None else unit.name for code, unit in zip(coverage.absent, units, strict=True)
        ],
    }


def _assistance(figures: MonthFigures, fewest: int) -> list[dict[str, Any]]:
    """Return the month of bistand without what is of few people; what is missing stays so."""
    found = []
    for row in _delivered(figures, "bistand"):
        hidden = hidden_columns(row, figures.period, figures.assistance_before, fewest)
        found.append(
            {name: HIDDEN if name in hidden and cell is not None else cell for name, cell in row.items()}
        )
    return found


def _sick_leave(figures: MonthFigures, fewest: int) -> list[dict[str, Any]]:
    """Return the sick leave of the whole administration, then of its parts and sexes."""
    rows = figures.rows.get("sjukfranvaro", ())
    groups = sick_leave_tree(rows, figures.register, figures.period, fewest=fewest) if rows else ()
    return [_group(group, figures.period) for group in groups]


def _group(group: Group, period: Period) -> dict[str, Any]:
    found = group.figures
    return {
        "period": str(period),
        "niva": group.level,
        "enhet": group.code,
        "namn": group.name,
        "overordnad": group.parent,
        "kon": group.sex,
        **(dict.fromkeys(found.sums, HIDDEN) if found.is_hidden else found.sums),
        "antal": found.counted,
        "av": found.of,
    }


def _signal(row: Row) -> dict[str, Any]:
    """Return a leading signal; of one that is hidden only whose it is, and of what."""
    kept = row["evidence"]
    said = {
        "niva_signal": row["signal"],
        "varde": row["value"],
        "jamforelse": row["compared"],
        "regel": row["rule"] or None,
        "mening": row["sentence"],
    }
    parts = {
        name: HIDDEN if name in kept["hidden_figures"] else figure for name, figure in kept["figures"].items()
    }
    return {
        "kalla": row["source"],
        "indikator": row["indicator"],
        "grupp": row["scope"],
        "enhet": row["code"] or None,
        "namn": row["name"],
        "sort": row["measured_in"],
        **(dict.fromkeys(said, HIDDEN) if row["is_hidden"] else said),
        "manader_saknas": None if row["is_hidden"] else row["months_lacking"],
        "delar": {} if row["is_hidden"] else parts,
    }
