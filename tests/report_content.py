"""Contents of month reports: a small one by hand, an empty one, and the published month."""

import csv
import json
from decimal import Decimal
from pathlib import Path

from tasks.rules.month_report import MonthFigures, month_report
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.result_units import ResultUnitSettings
from tasks.show_month import as_number

PUBLISHED = Path(__file__).parent / "reference" / "2021-04"
NAMED = ("Arbetsmarknadsåtgärder", "Ekonomiskt bistånd")


def amounts(budget, before, after=None, decided=None):
    after = before if after is None else after
    return {
        "budget": budget,
        "budget_beslutad": budget if decided is None else decided,
        "prognos_fore": before,
        "prognos_efter": after,
        "avvikelse_fore": None if budget is None or before is None else budget - before,
        "avvikelse_efter": None if budget is None or after is None else budget - after,
    }


def area(name, *figures, part_of=None, **others):
    return {"verksamhetsomrade": name, "ingar_i": part_of, **amounts(*figures), **others}


def warning(name, level, budget, forecast, lower=None, upper=None, *, plan=None):
    return {
        "enhet": name.lower(),
        "namn": name,
        "niva_signal": level,
        "budget": budget,
        "prognos": forecast,
        "nedre_80": lower,
        "ovre_80": upper,
        "avvikelse": budget - forecast,
        "avvikelse_procent": (budget - forecast) / budget * 100,
        "mening": f"{name} har en helårsprognos.",
        "krav_pa_plan": plan is not None,
        "plan_senast": plan,
    }


def result_unit(name, gross, carried_in, result, carried_out):
    return {
        "enhet": name.lower(),
        "namn": name,
        "bruttobudget": gross,
        "fem_procent": gross * 0.05,
        "overforing_fran_foregaende_ar": carried_in,
        "resultat": result,
        "overforing_till_nasta_ar": carried_out,
    }


def volume(unit, measure, outcome, planned=None):
    return {"enhet": unit, "matt": measure, "utfall": outcome, "planerat": planned}


CONTENT = {
    "period": "2026-10",
    "complete": True,
    "missing": [],
    "enheter": {"bedomda": 120, "av": 120},
    "saknade_enheter": [],
    "driftbudget": [
        area("Norra", 40_000_000, 41_000_000, part_of="Förskola"),
        area("Förskola", 100_000_000, 102_000_000, 101_500_000, 99_000_000),
        area("Bilan", 9_000_000, 9_500_000, part_of="Norra", enhet="bilan"),
        area("Ekonomiskt bistånd", 50_000_000, 49_000_000),
        area("Äldreomsorg", 70_000_000, None),
        area("Lekparker", 1_000_000, 1_040_000, part_of="Stadsmiljö"),
    ],
    "totalt": {**amounts(150_000_000, 151_000_000, 150_500_000, 149_000_000), "antal": 2, "av": 3},
    "varav_ekonomiskt_bistand_och_arbetsmarknad": {**amounts(50_000_000, 49_000_000), "antal": 1, "av": 2},
    "budgetfoljsamhet": {"fore_resultatoverforingar": 100.66666, "efter_resultatoverforingar": None},
    "resultatenheter": [
        result_unit("Bilan", 9_000_000, -300_000, 500_000, -150_000),
        result_unit("Cedern", 8_000_000, 40_000, 0, -40_000),
    ],
    "resultatenheter_summa": {
        **result_unit("", 17_000_000, -260_000, 500_000, -190_000),
        "antal": 2,
        "av": 2,
    },
    "prestationer": [
        volume("bilan", "Inskrivna barn", 54, 56),
        volume("cedern", "Inskrivna barn", None, 60),
        volume("alen", "Inskrivna barn", 61, 60.5),
        {"verksamhetsomrade": "Äldreomsorg", "matt": "Besök", "utfall": 1205, "snitt_hittills": 1190.25},
    ],
    "bistand": [{"period": "2026-10", "hushall": "doldt", "medelbidrag": "doldt", "hushall_staden": 16127}],
    "sjukfranvaro": [
        {
            "anstallda": 120,
            "ordinarie_timmar": 18_000,
            "franvarotimmar_1_14": 540,
            "franvarotimmar_15_90": 180.5,
            "franvarotimmar_91": 720,
            "antal": 120,
            "av": 120,
        }
    ],
    "indikatorer": [
        {
            "indikator": "Sjukfrånvaro",
            "utfall": 7,
            "utfall_man": 5.8,
            "utfall_kvinnor": 8.1,
            "utfall_foregaende_ar": 7.6,
            "arsmal": "7,0 %",
            "kf_arsmal": "minska",
            "periodicitet": "månad",
        }
    ],
    "avvikelser": [
        warning("Dungen", "bevaka", 10_000_000, 9_500_000),
        warning("Cedern", "bevaka", 8_000_000, 8_200_000),
        warning("Bilan", "larm", 9_000_000, 9_500_000, 9_300_000, 9_900_000, plan="2026-11-16"),
    ],
    "atgardsplaner": [],
    "andrat_sedan_forra": [
        {
            "enhet": "bilan",
            "period": "2026-08",
            "utfall_fore": 700_000.4,
            "utfall": 690_000.4,
            "budget_fore": 700_000,
            "budget": 700_000,
            "rad": 12,
        },
        {
            "enhet": "alen",
            "period": "2026-08",
            "utfall_fore": None,
            "utfall": 510_000,
            "budget_fore": 700_000,
            "budget": 700_000,
            "rad": 15,
        },
        {
            "enhet": "cedern",
            "period": "2026-07",
            "utfall_fore": 500_000,
            "utfall": 620_000,
            "budget_fore": 700_000,
            "budget": 700_000,
            "rad": 9,
        },
    ],
}


def empty(missing=()):
    figures = MonthFigures(Period(2026, 10), list(missing), not missing, {}, Register([]), [], [])
    return as_json(month_report(figures, ResultUnitSettings(), NAMED))


def as_json(content):
    return json.loads(json.dumps(content, default=as_number))


def published():
    """Make the published month's content as the report does."""

    def figure(cell):
        return Decimal(cell.replace(",", ".").replace(" ", "")) if cell else None

    def delivered(source):
        with (PUBLISHED / f"{source}_2021-04.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def kr(raw):
        return {
            k.removesuffix("_mnkr"): figure(v) and figure(v) * 10**6
            for k, v in raw.items()
            if k.endswith("_mnkr")
        }

    rows = {
        "prognos": [
            {"unit": raw["verksamhetsomrade"], "ingar_i": raw["ingar_i"] or None, **kr(raw)}
            for raw in delivered("prognos")
        ],
        "resultatenheter": [
            {"unit": raw["enhet"], "namn": raw["namn"], **kr(raw)} for raw in delivered("resultatenheter")
        ],
        "prestationer": [
            {
                "unit": raw["verksamhetsomrade"],
                "item": raw["matt"],
                **{
                    name: figure(raw[name])
                    for name in ("planerat", "utfall", "snitt_hittills", "snitt_foregaende_ar")
                },
            }
            for raw in delivered("prestationer")
        ],
        "bistand": [
            {"unit": None, "item": "", **{name: figure(raw[name]) for name in raw if name != "period"}}
            for raw in delivered("bistand")
        ],
    }
    figures = MonthFigures(Period(2021, 4), ["ekonomi", "sjukfranvaro"], False, rows, Register([]), [], [])
    return as_json(month_report(figures, ResultUnitSettings(), NAMED))
