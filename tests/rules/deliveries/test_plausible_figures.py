"""Figures of other sources than the ledger are doubted where they can't be, and honest ones are not."""

from dataclasses import replace

import polars as pl
import pytest

from tasks.rules.deliveries.plausible import (
    DoubtfulUnit,
    KnownFigures,
    PlausibleSettings,
    judge,
)
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tests.rules.delivered_files import check
from tests.rules.deliveries.ledgers import NAMES, TYPES, known, rows

SEPTEMBER, AUGUST, JANUARY = Period(2026, 9), Period(2026, 8), Period(2026, 1)
UNITS = tuple(TYPES)
PRESCHOOLS = UNITS[:4]


def volumes(utfall=1.0, planerat=1.0, units=(), period=SEPTEMBER, means=False, write=str):
    """Write prestationer of ten persons a unit; of some units both figures are multiplied."""
    head = "period;enhet;matt;planerat;utfall" + (";snitt_hittills" if means else "")
    lines = [head]
    for number, unit in enumerate(UNITS):
        off = not units or unit in units
        figures = [60 + number] * 2
        plan, count = (
            figure * (by if off else 1) for figure, by in zip(figures, (planerat, utfall), strict=True)
        )
        mean = f";{60 + number}" if means else ""
        lines.append(f"{period};{unit};Besök;{write(plan)};{write(count)}{mean}")
    return check("prestationer", "\n".join(lines) + "\n", register=None, period=period)


def forecasts(budget=1.0, forecast=1.0, units=(), period=SEPTEMBER):
    """Write prognos of about nine million kronor a unit."""
    lines = ["period;enhet;budget;prognos_fore_resultatoverforing"]
    for number, unit in enumerate(UNITS):
        off = not units or unit in units
        year = 9_360_000 + number * 1000
        lines.append(f"{period};{unit};{year * (budget if off else 1)};{year * (forecast if off else 1)}")
    return check("prognos", "\n".join(lines) + "\n", register=None, period=period)


def assistance(households=1000, grant=10_000, paid=10_000_000, period=SEPTEMBER, means=""):
    """Write bistand; what is None isn't written."""
    head = "period;hushall;medelbidrag;utbetalt" + (";hushall_snitt_hittills" if means else "")
    row = ";".join("" if figure is None else str(figure) for figure in (households, grant, paid))
    return check("bistand", f"{head}\n{period};{row}{means}\n", register=None, period=period)


def sick_leave(hours=1.0, absent=1.0, units=(), period=SEPTEMBER):
    """Write sjukfranvaro of ten women and two men a unit."""
    spans = "franvarotimmar_1_14;franvarotimmar_15_90;franvarotimmar_91"
    lines = [f"period;enhet;kon;anstallda;ordinarie_timmar;{spans}"]
    for unit in UNITS:
        off = not units or unit in units
        by, gone = (hours, absent) if off else (1, 1)
        for sex, count in (("K", 10), ("M", 2)):
            days = ";".join(str(count * hours * gone) for hours in (5, 3, 1))
            lines.append(f"{period};{unit};{sex};{count};{count * 160 * by};{days}")
    return check("sjukfranvaro", "\n".join(lines) + "\n", register=None, period=period)


INDICATORS = "period;indikator;utfall;prognos_helar;arsmal;kf_arsmal\n"


def indicators(*lines, period=SEPTEMBER):
    return check(
        "indikatorer",
        INDICATORS + "".join(f"{period};{line}\n" for line in lines),
        register=None,
        period=period,
    )


PERCENTAGES = indicators("Frånvaro;7,7;7,7;7,0 %;7,3 %", "Nöjda;;86,5;88 %;87 %", "Feriejobb;;1227;1 275;")
FRACTIONS = indicators("Frånvaro;7,7;7,7;0,07;0,073", "Nöjda;;86,5;0,88;0,87", "Feriejobb;;1227;1 275;")


def before(*accepted, ledger=None, **others):
    """Return what is known when deliveries were accepted before, the last of them of the same source."""
    last = accepted[-1] if accepted else None
    return KnownFigures(
        ledger=ledger,
        figures=None if last is None else last.figures,
        figures_period=None if last is None else last.period,
        unit_types=TYPES,
        unit_names=NAMES,
        **others,
    )


def kinds(checked, known_before):
    assert checked.is_accepted, checked.problems
    return [doubt.kind for doubt in judge(checked, known_before, PlausibleSettings()).doubts]


NEW = before()
VOLUMES = before(volumes(period=AUGUST))
FORECASTS = before(forecasts(period=AUGUST))
LEDGER = before(ledger=known(rows(AUGUST)).ledger)
ASSISTANCE = before(assistance(period=AUGUST))
SICK = before(sick_leave(period=AUGUST))
TARGETS = before(PERCENTAGES)


def nothing(_):
    return ""


# (delivery, what was known, kinds)
FIGURES = {
    "honest volumes": (volumes(), VOLUMES, []),
    "honest volumes, first of all": (volumes(), NEW, []),
    "a thousand times fewer": (volumes(0.001), VOLUMES, ["thousandfold"]),
    "a thousand times more": (volumes(1000), VOLUMES, ["thousandfold"]),
    "a thousand times more than the row's mean": (volumes(1000, means=True), NEW, ["thousandfold"]),
    "a thousand times more in one type": (volumes(1000, units=PRESCHOOLS), VOLUMES, ["thousandfold"]),
    "a thousand times more in one unit": (volumes(1000, units=UNITS[:1]), VOLUMES, []),
    "a year's plan in the month": (volumes(1, 12), NEW, ["apart"]),
    "twice the plan": (volumes(2), NEW, []),
    "the year's sum so far": (volumes(9), VOLUMES, ["accumulated"]),
    "the year's sum so far by the row's mean": (volumes(9, means=True), NEW, ["accumulated"]),
    "nobody": (volumes(0), VOLUMES, ["nothing"]),
    "nobody though some are planned": (volumes(0), NEW, ["nothing"]),
    "nobody in one type": (volumes(0, units=PRESCHOOLS), VOLUMES, ["nothing"]),
    "nothing is said": (volumes(write=nothing), VOLUMES, ["nothing"]),
    "honest forecasts": (forecasts(), FORECASTS, []),
    "honest forecasts beside a ledger": (forecasts(), LEDGER, []),
    "honest forecasts, first of all": (forecasts(), NEW, []),
    "forecasts in tkr": (forecasts(0.001, 0.001), FORECASTS, ["thousandfold"]),
    "forecasts in tkr beside a ledger": (forecasts(0.001, 0.001), LEDGER, ["thousandfold"]),
    "forecasts in tkr, first of all": (forecasts(0.001, 0.001), NEW, ["thousandfold"]),
    "forecasts of one type in tkr": (forecasts(0.001, 0.001, PRESCHOOLS), LEDGER, ["thousandfold"]),
    "forecasts apart from their budgets": (forecasts(1, 4), FORECASTS, ["apart"]),
    "turned forecasts": (forecasts(-1, -1), FORECASTS, ["turned"]),
    "turned forecasts beside a ledger": (forecasts(-1, -1), LEDGER, ["turned"]),
    "forecasts turned against their budgets": (forecasts(1, -1), NEW, ["turned"]),
    "no forecasts": (forecasts(1, 0), FORECASTS, ["nothing"]),
    "no forecasts, first of all": (forecasts(1, 0), NEW, ["nothing"]),
    "a forecast's budgets moved": (forecasts(1.3, 1.3), FORECASTS, ["moved"]),
    "a forecast's budgets moved with the year": (
        forecasts(1.3, 1.3, period=JANUARY),
        before(forecasts(period=Period(2025, 12))),
        [],
    ),
    "a forecast's budgets otherwise than the ledger": (forecasts(1.3, 1.3), LEDGER, []),
    "honest assistance": (assistance(), ASSISTANCE, []),
    "honest assistance, first of all": (assistance(means=";990"), NEW, []),
    "paid in tkr": (assistance(paid=10_000), ASSISTANCE, ["thousandfold"]),
    "paid in tkr by its own row": (assistance(paid=10_000), NEW, ["thousandfold"]),
    "paid so far this year": (assistance(paid=90_000_000), ASSISTANCE, ["accumulated"]),
    "paid so far this year by its own row": (assistance(paid=90_000_000), NEW, ["accumulated"]),
    "paid and grant in tkr": (assistance(grant=10, paid=10_000), ASSISTANCE, ["thousandfold"]),
    "four households where there were a thousand": (assistance(4, 10_000, 40_000), ASSISTANCE, []),
    "nothing paid": (assistance(paid=0), ASSISTANCE, ["nothing"]),
    "no household": (assistance(households=None), ASSISTANCE, ["nothing"]),
    "no household by the row's mean": (assistance(households=None, means=";990"), NEW, ["nothing"]),
    "paid isn't said": (assistance(paid=None), ASSISTANCE, []),
    "honest hours": (sick_leave(), SICK, []),
    "honest hours, first of all": (sick_leave(), NEW, []),
    "hours in thousands": (sick_leave(0.001, 0.001), SICK, ["thousandfold"]),
    "hours in thousands by the employees": (sick_leave(0.001, 0.001), NEW, ["thousandfold"]),
    "hours so far this year": (sick_leave(9, 9), SICK, ["accumulated"]),
    "nobody is ill": (sick_leave(1, 0), SICK, ["nothing"]),
    "nobody is ill in one type": (sick_leave(1, 0, PRESCHOOLS), SICK, ["nothing"]),
    "nobody is ill in one unit": (sick_leave(1, 0, UNITS[:1]), SICK, []),
    "targets in per cent": (PERCENTAGES, TARGETS, []),
    "targets in per cent, first of all": (PERCENTAGES, NEW, []),
    "targets as fractions": (FRACTIONS, TARGETS, ["fractions"]),
    "targets as fractions, first of all": (
        indicators("Frånvaro;7,7;7,7;0,07;0,073", "Nöjda;;86,5;0,88;0,87"),
        NEW,
        ["fractions"],
    ),
    "outcomes as fractions of targets in per cent": (
        indicators("Frånvaro;0,077;;7,0 %;", "Nöjda;0,865;;88 %;"),
        NEW,
        ["fractions"],
    ),
    "a single percentage as a fraction": (
        indicators("Frånvaro;7,7;7,7;0,07;", "Nöjda;;86,5;88 %;87 %"),
        TARGETS,
        [],
    ),
    "the only percentage as a fraction": (
        indicators("Frånvaro;7,7;7,7;0,07;"),
        before(indicators("Frånvaro;7,7;7,7;7,0 %;")),
        ["fractions"],
    ),
}


@pytest.mark.parametrize(("checked", "known_before", "expected"), FIGURES.values(), ids=FIGURES)
def test_figures_are_doubted_for_what_cannot_be_and_for_nothing_else(checked, known_before, expected):
    assert kinds(checked, known_before) == expected


def of_year(change):
    """Return a year's file of volumes: nine months in one, of which some are changed by month."""
    months = [volumes(period=Period(2026, month)) for month in range(1, 10)]
    figures = pl.concat(one.figures for one in months)
    value = pl.col("value").cast(pl.Float64)
    changed = pl.when(pl.col("measure") == "utfall").then(change(value, pl.col("period").dt.month()))
    return replace(
        months[-1],
        figures=figures.with_columns(value=changed.otherwise(value).cast(pl.String)),
        months=tuple(one.period for one in months),
    )


YEARS = {
    "honest": (lambda value, _: value, []),
    "one month in thousands": (
        lambda value, month: pl.when(month == 4).then(value / 1000).otherwise(value),
        ["thousandfold"],
    ),
    "summed up": (lambda value, month: value * month, ["accumulated"]),
    "one month empty": (lambda value, month: pl.when(month == 4).then(0).otherwise(value), ["nothing"]),
}


@pytest.mark.parametrize(("change", "expected"), YEARS.values(), ids=YEARS)
def test_a_years_file_is_held_against_its_own_months(change, expected):
    assert kinds(of_year(change), NEW) == expected


# (delivery, what was known, the rule)
SENTENCES = {
    "counts are told as sums": (
        volumes(1000),
        VOLUMES,
        (
            "”Utfall” är omkring 1 000 gånger större än tidigare för 12 av 12 enheter: sammanlagt 790"
            " 000 i september 2026 mot 790"
        ),
    ),
    "sums to date": (
        volumes(9),
        VOLUMES,
        (
            "”Utfall” ser ut att vara årets summa hittills för 12 av 12 enheter: sammanlagt 7 100 i "
            "september 2026 mot 790 i en vanlig månad tidigare"
        ),
    ),
    "nothing by the plan": (
        volumes(0),
        NEW,
        (
            "”Utfall” är 0 eller saknas i september 2026 för 12 av 12 enheter, mot sammanlagt 790 "
            "enligt planen"
        ),
    ),
    "one measure": (
        sick_leave(1, 0),
        SICK,
        (
            "”Frånvarotimmar dag 15–90” är 0 eller saknas i september 2026 för 12 av 12 enheter, mot "
            "sammanlagt 430 timmar tidigare. Detsamma gäller ”Frånvarotimmar dag 1–14” i september "
            "2026 för 12 av 12 enheter och ”Frånvarotimmar från dag 91” i september 2026 för 12 av 12"
            " enheter"
        ),
    ),
    "hours": (
        sick_leave(9, 1),
        SICK,
        (
            "”Ordinarie timmar” ser ut att vara årets summa hittills för 12 av 12 enheter: sammanlagt"
            " 210 000 timmar i september 2026 mot 23 000 timmar i en vanlig månad tidigare"
        ),
    ),
    "amounts of one row": (
        assistance(paid=10_000),
        ASSISTANCE,
        (
            "”Utbetalt” är omkring 1 000 gånger mindre än hushåll gånger medelbidrag: under 100 000 "
            "kronor i september 2026 mot 10 000 000 kronor"
        ),
    ),
    "figures of few persons": (
        volumes(0.001),
        VOLUMES,
        (
            "”Utfall” är omkring 1 000 gånger mindre än tidigare för 12 av 12 enheter: sammanlagt "
            "under 10 i september 2026 mot 790"
        ),
    ),
    "a plan": (
        volumes(1, 12),
        NEW,
        ("”Utfall” är 12 gånger mindre än planen för 12 av 12 enheter: sammanlagt 790 mot 9 400"),
    ),
    "a forecast": (
        forecasts(0.001, 0.001),
        LEDGER,
        (
            "”Budget” är omkring 1 000 gånger mindre än enligt huvudboken för 12 av 12 enheter: 9 371"
            " kronor i september 2026 mot 9 360 000 kronor (H8 Enheten H8). Detsamma gäller ”Prognos "
            "före resultatöverföring” för 12 av 12 enheter och ”Prognos efter resultatöverföring” för"
            " 12 av 12 enheter"
        ),
    ),
    "a forecast against its budget": (
        forecasts(1, -1),
        NEW,
        (
            "”Prognos före resultatöverföring” har omvänt tecken mot budgeten för 12 av 12 enheter: "
            "−9 371 000 kronor i september 2026 mot 9 371 000 kronor (H8 Enheten H8). Detsamma gäller"
            " ”Prognos efter resultatöverföring” för 12 av 12 enheter"
        ),
    ),
    "fractions": (
        FRACTIONS,
        TARGETS,
        (
            "”Kommunfullmäktiges årsmål” är omkring 100 gånger mindre än tidigare för 2 av 2 rader: "
            "0,87 i september 2026 mot 87 (Nöjda)"
        ),
    ),
}


@pytest.mark.parametrize(("checked", "known_before", "rule"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_compares_the_figures_and_shows_no_row_of_few_persons(checked, known_before, rule):
    assert judge(checked, known_before, PlausibleSettings()).doubts[0].rule.replace(NBSP, " ") == rule


def test_counts_are_asked_for_in_their_own_sort():
    (doubt,) = judge(volumes(1000), VOLUMES, PlausibleSettings()).doubts
    assert doubt.remedy.startswith("Lämna siffrorna i den sort som rubriken säger.")


def test_a_unit_a_thousand_times_off_is_told_without_its_figures():
    (unit,) = judge(volumes(1000, units=("H3",)), VOLUMES, PlausibleSettings()).units
    assert replace(unit, sentence=unit.sentence.replace(NBSP, " ")) == DoubtfulUnit(
        "H3", "H3 Enheten H3: ”Utfall” är omkring 1 000 gånger större än tidigare"
    )


def test_hours_absent_that_vanish_tell_nothing_of_a_unit():
    assert judge(sick_leave(1, 0.001, ("H3",)), SICK, PlausibleSettings()).units == ()
    (unit,) = judge(sick_leave(0.001, 0.001, ("H3",)), SICK, PlausibleSettings()).units
    assert unit.unit == "H3"


def test_a_register_and_sources_without_figures_are_never_doubted():
    register = check("organisation", "kod;namn;niva;overordnad\nA;A;avdelning;\n")
    assert kinds(register, NEW) == []
    assert judge(register, NEW, PlausibleSettings()).units == ()
    risk = check("risker", "indikator;risk;sannolikhet;konsekvens\nFrånvaro;Hög;4;3\n")
    assert kinds(risk, NEW) == []
    assert kinds(replace(risk, figures=None), NEW) == []
    assert judge(replace(risk, figures=None), NEW, PlausibleSettings()).units == ()
