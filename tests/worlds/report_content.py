"""Contents of month reports: a small one by hand, an empty one, and the published month."""

import csv
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import to_json
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.plans.words import standing_words
from tasks.rules.report.month_figures import MonthFigures
from tasks.rules.report.month_report import month_report
from tasks.rules.report.result_units import ResultUnitSettings
from tests.worlds.signal_content import SIGNALS

PUBLISHED_MONTH = Period(2021, 4)
PUBLISHED = Path(__file__).parents[1] / "reference" / "2021-04"
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


def warning(
    name,
    level,
    budget,
    forecast,
    lower=None,
    upper=None,
    *,
    plan=None,
    own=None,
    risk=None,
    mixed=None,
    **standing,
):
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
        "chefens_mening": own,
        "vagd_prognos": mixed,
        "riskmening": risk,
        **standing,
    }


def plan_standing(state, note, effect, after, *, waited_for=None, late=None):
    """Return what a warning tells of its unit's plan; after: the forecast after measures (kr)."""
    return {
        "plan_lage": standing_words(state, late),
        "plan_lage_kod": state,
        "plan_forsenad": late,
        "planmening": note,
        "plan_vantas_senast": waited_for,
        "beraknad_effekt": effect,
        "prognos_efter_atgarder": after,
    }


def measure(what, start, monthly, promised=0, realised=None, risk=""):
    return {
        "vad": what,
        "vem": "enhetschef",
        "fran": start,
        "effekt_per_manad": monthly,
        "risk": risk,
        "lovad_hittills": promised,
        "realiserad_hittills": realised,
    }


def plan(
    name,
    state,
    deficit,
    *measures,
    late=None,
    period="2026-10",
    submitted=None,
    decided=None,
    year=None,
    effect=0,
):
    """Return a plan; of one that is handed in what its measures promised, and the unit's forecast."""
    so_far = sum(each["lovad_hittills"] for each in measures) if measures else None
    came = [each["realiserad_hittills"] for each in measures if each["lovad_hittills"]]
    return {
        "id": 1,
        "enhet": name.lower(),
        "namn": name,
        "avdelning": "förskola",
        "period": period,
        "lage": standing_words(state, late),
        "lage_kod": state,
        "forsenad": late,
        "plan_senast": "2026-11-16",
        "inlamnad": submitted,
        "beslutad": decided,
        "underskott": deficit,
        "atgarder": list(measures),
        "lovad_helar": year,
        "lovad_hittills": so_far,
        "realiserad_hittills": None if not came or None in came else sum(came),
        "prognos_fore": 9_500_000,
        "beraknad_effekt": effect,
        "prognos_efter": 9_500_000 - effect,
    }


def place_reach(level, name, alarms, deficit, effect, *, parent=None):
    return {
        "niva": level,
        "kod": None if level == "forvaltning" else name.lower(),
        "namn": name,
        "overordnad": parent,
        **reach(alarms, deficit, effect),
    }


def reach(alarms, deficit, effect, elsewhere=0):
    left = None if deficit is None else deficit - effect
    return {
        "larm": alarms,
        "underskott": deficit,
        "effekt": effect,
        "rest": left,
        "effekt_utan_larm": elsewhere,
    }


def plan_counts(*counts):
    names = ("kravda", "inlamnade", "godkanda", "sena", "eskalerade", "foljs_upp")
    return dict(zip(names, counts, strict=True))


def place(level, name, budget, forecast, half_width, *, parent=None, signal=None, assessed=3, of=3):
    """Return a place above the units."""
    return {
        "niva": level,
        "kod": None if level == "forvaltning" else name.lower(),
        "namn": name,
        "overordnad": parent,
        "budget": budget,
        "prognos": forecast,
        "nedre_80": None if half_width is None else forecast - half_width,
        "ovre_80": None if half_width is None else forecast + half_width,
        "avvikelse": None if budget is None else budget - forecast,
        "avvikelse_procent": None if not budget else (budget - forecast) / budget * 100,
        "niva_signal": signal,
        "mening": f"{name} har en mening.",
        "enheter": {"bedomda": assessed, "av": of},
    }


def accuracy(level, name, rule, manager, run_rate, *, counted=(3, 3, 3), of=3, remedied=0, year=2025):
    """Return a row of the record of forecasts, errors in %."""
    errors = dict(zip(("regeln", "chefen", "takt"), (rule, manager, run_rate), strict=True))
    return {
        "niva": level,
        "kod": None if level == "namnd" else name.lower(),
        "namn": name,
        "ar": year,
        **errors,
        "inom_1_procent": {who: None if error is None else error <= 1 for who, error in errors.items()},
        "atgardad": {"regeln": 0, "chefen": remedied, "takt": 0},
        "antal": dict(zip(errors, counted, strict=True)),
        "av": of,
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
    return {"period": "2026-10", "enhet": unit, "matt": measure, "utfall": outcome, "planerat": planned}


SICK_COLUMNS = (
    "anstallda",
    "ordinarie_timmar",
    "franvarotimmar_1_14",
    "franvarotimmar_15_90",
    "franvarotimmar_91",
)


def sick_leave(*figures, of=None, level=None, sex=None, parent=None):
    """Return a row of sick leave; without figures it is hidden."""
    return {
        "period": "2026-10",
        "niva": level,
        "enhet": None if of is None else of.lower(),
        "namn": of,
        "overordnad": parent,
        "kon": sex,
        **dict(zip(SICK_COLUMNS, figures or ["doldt"] * len(SICK_COLUMNS), strict=True)),
        "antal": 120,
        "av": 120,
    }


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
        {
            "period": "2026-10",
            "verksamhetsomrade": "Äldreomsorg",
            "matt": "Besök",
            "utfall": 1205,
            "snitt_hittills": 1190.25,
        },
    ],
    "bistand": [{"period": "2026-10", "hushall": "doldt", "medelbidrag": "doldt", "hushall_staden": 16127}],
    "sjukfranvaro": [
        sick_leave(120, 18_000, 540, 180.5, 720),
        sick_leave(105, 15_750, 490, 171, 660, sex="K"),
        sick_leave(15, 2_250, 50, 9.5, 60, sex="M"),
        sick_leave(100, 15_000, 450, 150, 600, of="Förskola", level="avdelning"),
        sick_leave(85, 12_750, 400, 140.5, 540, of="Förskola", level="avdelning", sex="K"),
        sick_leave(15, 2_250, 50, 9.5, 60, of="Förskola", level="avdelning", sex="M"),
        *(  # a few men work in one of them: how many women do would tell
            row
            for area, figures in (
                ("Norra", (60, 9_000, 250, 80, 310)),
                ("Södra", (40, 6_000, 200, 70, 290)),
            )
            for row in (
                sick_leave(*figures, of=area, level="verksamhetsomrade", parent="förskola"),
                sick_leave(of=area, level="verksamhetsomrade", parent="förskola", sex="K"),
                sick_leave(of=area, level="verksamhetsomrade", parent="förskola", sex="M"),
                sick_leave(14, 2_100, 60, 10, 50, of=f"Enhet {area}", level="enhet", parent=area.lower()),
            )
        ),
        sick_leave(20, 3_000, 90, 30.5, 120, of="Äldreomsorg", level="avdelning"),
        sick_leave(20, 3_000, 90, 30.5, 120, of="Äldreomsorg", level="avdelning", sex="K"),
    ],
    "indikatorer": [
        {
            "period": "2026-10",
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
        warning(
            "Bilan",
            "larm",
            9_000_000,
            9_500_000,
            9_300_000,
            9_900_000,
            plan="2026-11-16",
            own="Enhetens egen prognos: 9,1 mnkr, oförändrad sedan september; regelns: 9,5 mnkr.",
            mixed=9_300_000,
            risk="Risk: Förskollärare slutar (riskvärde 12). Åtgärd enligt riskanalysen: Handledning.",
            **plan_standing("required", "senast 16 november", 200_000, 9_300_000, waited_for="2026-11-16"),
        ),
    ],
    "omraden": [
        place("forvaltning", "Hela förvaltningen", 150_000_000, 152_100_000, 900_000, assessed=5, of=6),
        place("avdelning", "Förskola", 100_000_000, 101_500_000, 750_000, signal="bevaka"),
        place("verksamhetsomrade", "Norra", 40_000_000, 40_000_000, 400_000, parent="förskola", of=4),
        place("avdelning", "Äldreomsorg", 50_000_000, 49_400_000, None, assessed=1, of=1),
        place("avdelning", "Kultur", None, None, None, assessed=0, of=1),
    ],
    "signaler": SIGNALS,
    "atgardsplaner": [
        plan("Bilan", "required", 500_000),
        plan(
            "Bilan",
            "following",
            400_000,
            measure("Färre vikarier", "2026-10", 60_000, 60_000, 43_000.4, risk="Fler sjukskrivna än i fjol"),
            measure("Paviljongen sägs upp.", "2026-11", 70_000),
            period="2026-09",
            submitted="2026-10-12",
            decided="2026-10-15",
            year=320_000,
            effect=200_000,
        ),
        plan(
            "Alen",
            "submitted",
            300_000,
            measure("Gemensam kvällsöppning", "2026-12", 40_000),
            submitted="2026-11-12",
            year=40_000,
        ),
        plan("Eken", "required", 160_000, late="reminder_1"),
    ],
    "atgarder_racker": {
        "omraden": [
            place_reach("forvaltning", "Hela förvaltningen", 2, 800_000, 200_000),
            place_reach("avdelning", "Förskola", 2, 800_000, 200_000),
            place_reach("verksamhetsomrade", "Norra", 2, 800_000, 200_000, parent="förskola"),
            place_reach("avdelning", "Äldreomsorg", 0, 0, 0),
        ],
        **reach(2, 800_000, 200_000, elsewhere=30_000),
        "planer": plan_counts(3, 1, 0, 1, 0, 1),
        "lovad_hittills": 60_000,
        "realiserad_hittills": 43_000.4,
        "matta_planer": {"antal": 1, "av": 1},
    },
    "prognossakerhet": [
        accuracy("namnd", "Nämnden", 0.8, 1.96, 3.04, counted=(6, 4, 6), of=6, remedied=1),
        accuracy("avdelning", "Förskola", 1, None, 1.01, counted=(3, 0, 3)),
        accuracy("avdelning", "Äldreomsorg", 2.6, 0.4, None, counted=(3, 2, 0)),
        accuracy("enhet", "Alen", 5, 5, 5),
        accuracy("namnd", "Nämnden", 9, 9, 9, year=2024),
    ],
    "provning": {
        "larnt": "2026-08-20",
        "fran": 2023,
        "till": 2025,
        "fel": {
            "regeln": [1.5, 1.4, 1.4, 1.2, 1.1, 1.0, 0.8, 0.7, 0.6, 0.4, 0.3],
            "takt": [4.5, 3.6, 3.3, 2.6, 2.2, 1.7, 1.3, 1.3, 1.2, 1.0, 0.7],
            "budgetfördelad": [None] * 11,
            "eget mönster": [2.4, 2.2, 1.9, 1.6, 1.4, None, 1.1, 0.8, 0.7, 0.5, 0.3],
        },
        "inom": {"förskola": [0.82, 330], "hemtjänst": [0.7, 110]},
        "kvar": [0.5, 0.5, 0.6, 0.6, 0.6, 0.62, 0.7, 0.7, 0.8, 0.8, None],
        "larm": {
            "unit_years": 40,
            "overspends": 9,
            "early": 6,
            "late": 2,
            "missed": 1,
            "turned": 1,
            "false": 2,
        },
    },
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


def changed(**parts):
    """Return the content with other parts."""
    return {**deepcopy(CONTENT), **parts}


def empty(missing=()):
    figures = MonthFigures(Period(2026, 10), list(missing), not missing, {}, Register([]))
    return to_json(month_report(figures, ResultUnitSettings(), NAMED))


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

    def row(unit, item=None, **cells):
        return Delivered(PUBLISHED_MONTH, unit, item, cells)

    rows = {
        "prognos": [
            row(raw["verksamhetsomrade"], ingar_i=raw["ingar_i"] or None, **kr(raw))
            for raw in delivered("prognos")
        ],
        "resultatenheter": [
            row(raw["enhet"], namn=raw["namn"], **kr(raw)) for raw in delivered("resultatenheter")
        ],
        "prestationer": [
            row(
                raw["verksamhetsomrade"],
                raw["matt"],
                **{
                    name: figure(raw[name])
                    for name in ("planerat", "utfall", "snitt_hittills", "snitt_foregaende_ar")
                },
            )
            for raw in delivered("prestationer")
        ],
        "bistand": [
            row(None, **{name: figure(raw[name]) for name in raw if name != "period"})
            for raw in delivered("bistand")
        ],
    }
    figures = MonthFigures(PUBLISHED_MONTH, ["ekonomi", "sjukfranvaro"], False, rows, Register([]))
    return to_json(month_report(figures, ResultUnitSettings(), NAMED))
