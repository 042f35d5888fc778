"""What the report tells of few people; the published month is held to its figures in other tests."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.assessment.backtest import Alarms, Measures
from tasks.rules.delivered import Delivered
from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.json_keys import of_json, to_json
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.report.month_figures import MonthFigures
from tasks.rules.report.month_report import MonthReport, month_report, tried_forecasts
from tasks.rules.report.result_units import ResultUnitSettings
from tasks.rules.report.signals import signal_row
from tasks.rules.signals.assistance_told import AssistanceToTell
from tasks.rules.signals.sick_leave_shown import HOURS
from tasks.rules.signals.watched import Watched

SEPTEMBER = Period(2026, 9)
SOURCES = ("prognos", "resultatenheter", "prestationer", "bistand", "sjukfranvaro", "indikatorer")
REGISTER = Register(
    [
        (
            SEPTEMBER,
            [
                UnitVersion("V1", "Boende", "verksamhetsomrade"),
                UnitVersion("V2", "Skola", "verksamhetsomrade"),
                UnitVersion("u1", "Ett", "enhet", "V1"),
                UnitVersion("u2", "Två", "enhet", "V2"),
            ],
        )
    ]
)


def report(fewest_employees=11, fewest_persons=5, **figures):
    """Return the report's JSON of delivered rows by source and of what else was found."""
    rows = {source: figures.pop(source) for source in [*figures] if source in SOURCES}
    made = MonthFigures(SEPTEMBER, [], True, rows, REGISTER, **figures)
    fewest = {"fewest_employees": fewest_employees, "fewest_persons": fewest_persons}
    return to_json(month_report(made, ResultUnitSettings(), [], **fewest))


def test_figures_of_another_month_are_told_with_theirs_and_are_judged_by_it():
    june = Period(2026, 6)
    figures = {"hushall": Decimal(900), "medelbidrag": Decimal(10), "utbetalt": Decimal(9000)}
    found = report(bistand=[assistance(june, **figures)], months={"bistand": june})
    assert found["kallornas_manad"] == {"bistand": "2026-06"}
    assert [row["period"] for row in found["bistand"]] == ["2026-06"]
    assert [pair["kod"] for pair in found["avstamningar"]] == ["bistand_utbetalt"]
    read_back = of_json(MonthReport, found)
    assert (read_back.month_of("bistand"), read_back.month_of("ekonomi")) == (june, SEPTEMBER)
    assert "kallornas_manad" not in report()


def sick(unit, sex, employees):
    hours = dict.fromkeys(HOURS, Decimal(employees))
    return Delivered(SEPTEMBER, unit, sex, {"anstallda": Decimal(employees), **hours})


def assistance(month=SEPTEMBER, **figures):
    return Delivered(month, None, None, figures)


def signal(**changed):
    """Return a leading signal as it is kept."""
    series = Watched(
        source="sjukfranvaro",
        indicator="Sjukfrånvaro",
        scope="avdelning",
        code="V1",
        name="Boende",
        measured_in="%",
        value=Decimal("7.7"),
        compared=Decimal(7),
        signal="bevaka",
        regel="En ökning.",
        mening="Den var 7,7 %.",
        months_lacking=0,
        figures={"kvinnor": 8.1, "man": 5.8},
    )
    return replace(series, **changed)


def signals(*series):
    return report(signals=series)["signaler"]


def test_a_leading_signal_is_told_with_its_figures():
    assert signals(signal()) == [
        {
            "kalla": "sjukfranvaro",
            "indikator": "Sjukfrånvaro",
            "grupp": "avdelning",
            "enhet": "V1",
            "namn": "Boende",
            "sort": "%",
            "niva_signal": "bevaka",
            "varde": 7.7,
            "jamforelse": 7,
            "regel": "En ökning.",
            "mening": "Den var 7,7 %.",
            "manader_saknas": 0,
            "delar": {"kvinnor": 8.1, "man": 5.8},
            "serie": None,
        }
    ]
    (level,) = signals(signal(code="", signal=None, regel="", months_lacking=None))
    assert (level["enhet"], level["niva_signal"], level["regel"], level["manader_saknas"]) == (None,) * 4


def test_of_a_hidden_signal_only_whose_it_is_and_of_what_is_told():
    (hidden,) = signals(signal(is_hidden=True))
    told = {"kalla", "indikator", "grupp", "enhet", "namn", "sort"}
    assert {name: value for name, value in hidden.items() if name not in told} == {
        **dict.fromkeys(("niva_signal", "varde", "jamforelse", "regel", "mening"), "doldt"),
        "manader_saknas": None,
        "delar": {},
        "serie": None,
    }


def test_a_figure_of_a_signals_sentences_is_a_number_hidden_or_missing():
    row = signal_row(signal(figures={"man": 5.8, "enheter": 3, "pris_satt": None}, hidden_figures={"man"}))
    assert [row.part(name) for name in ("man", "enheter", "pris_satt", "av")] == ["doldt", 3, None, None]
    assert (row.count("enheter"), row.count("av"), row.is_watched, row.is_hidden) == (3, 0, True, False)
    hidden = signal_row(signal(is_hidden=True))
    assert (hidden.part("kvinnor"), hidden.is_watched, hidden.is_hidden) == ("doldt", False, True)


def test_a_unit_is_named_with_its_carry_over_and_an_indicator_with_its_targets_as_published():
    found = report(
        resultatenheter=[Delivered(SEPTEMBER, "u1", None, {"bruttobudget": Decimal(100)})],
        indikatorer=[Delivered(SEPTEMBER, None, "Nöjda", {"utfall": Decimal("7.5"), "arsmal": "öka"})],
    )
    (unit,), (indicator,) = found["resultatenheter"], found["indikatorer"]
    assert (unit["enhet"], unit["namn"], unit["fem_procent"]) == ("u1", "u1", 5)
    assert (indicator["indikator"], indicator["utfall"], indicator["arsmal"]) == ("Nöjda", 7.5, "öka")
    assert indicator["kf_arsmal"] is None


def test_what_old_years_tried_anew_have_shown_is_told_with_what_stays_of_a_difference():
    measures = Measures(2024, 2025, {"regeln": (1.5, None)}, {"": (0.8, 10)}, Alarms(40, 9, 6, 2, 1, 1, 2))
    assert report(tried=tried_forecasts(date(2026, 8, 20), measures, [0.5, None]))["provning"] == {
        "larnt": "2026-08-20",
        "fran": 2024,
        "till": 2025,
        "fel": {"regeln": [1.5, None]},
        "inom": {"": [0.8, 10]},
        "kvar": [0.5, None],
        "larm": {
            "unit_years": 40, "overspends": 9, "early": 6, "late": 2, "missed": 1, "turned": 1, "false": 2,
        },
    }  # fmt: skip


def test_a_report_comes_back_from_what_is_kept_as_it_was_told():
    counts = (("u1", "K", 30), ("u1", "M", 10), ("u2", "K", 20), ("u2", "M", 12))
    kept = report(
        prognos=[Delivered(SEPTEMBER, "u1", None, {"budget": Decimal("99.5")})],
        bistand=[assistance(hushall=Decimal(3))],
        sjukfranvaro=[sick(*each) for each in counts],
        signals=[signal(), signal(is_hidden=True)],
    )
    back = of_json(MonthReport, json.loads(json.dumps(kept)))
    assert to_json(back) == kept
    assert back.budget.lines[0].amounts.decided == Decimal("99.5")
    assert back.assistance[0].figures["hushall"] == "doldt"
    assert back.sick_leave[0].absent == (72, 72, 72)
    assert sum(row.is_hidden for row in back.sick_leave) == 4  # women and men of both areas


@pytest.mark.parametrize(
    "later", ["omraden", "signaler", "atgardsplaner", "atgarder_racker", "prognossakerhet", "provning"]
)
def test_a_report_that_was_kept_before_it_told_something_can_be_read(later):
    kept = report()
    del kept[later]
    assert not to_json(of_json(MonthReport, kept))[later]


def test_a_line_of_the_budget_is_a_unit_of_the_register_or_an_area_as_it_was_delivered():
    found = report(prognos=[Delivered(SEPTEMBER, unit, None, {}) for unit in ("u1", "Gata")])["driftbudget"]
    named = [(line["verksamhetsomrade"], line.get("enhet"), line["budget"]) for line in found]
    assert named == [("Ett", "u1", None), ("Gata", None, None)]


def test_a_unit_that_a_source_lacks_is_named_as_in_the_register_else_by_its_code():
    lacking = [Coverage("ekonomi", ("u1", "u9"), 3), Coverage("bistand", (), 3)]
    assert report(absent=lacking)["saknade_enheter"] == [
        {"kalla": "ekonomi", "antal": 2, "av": 3, "enheter": ["u1", "u9"], "namn": ["Ett", "u9"]}
    ]


def test_the_counts_of_a_volume_of_few_are_hidden_and_not_its_plan():
    def volume(unit):
        counts = {"utfall": Decimal(3), "snitt_hittills": Decimal(5), "snitt_foregaende_ar": None}
        return Delivered(SEPTEMBER, unit, "Placeringar", {"planerat": Decimal(6), **counts})

    few = {"source": "prestationer", "indicator": "Placeringar", "scope": "enhet", "is_hidden": True}
    rows = [volume("u1"), volume("Två"), volume("Skolområdet")]
    for code, expected in (
        ("u1", ["doldt", 3, 3]),
        ("u2", [3, "doldt", 3]),
        ("Skolområdet", [3, 3, "doldt"]),
    ):
        found = report(prestationer=rows, signals=[signal(**few, code=code)])["prestationer"]
        assert [row["utfall"] for row in found] == expected
        (hidden,) = [row for row in found if row["utfall"] == "doldt"]
        assert (hidden["snitt_hittills"], hidden["snitt_foregaende_ar"], hidden["planerat"]) == (
            "doldt",
            None,
            6,
        )


def test_of_few_women_or_men_nothing_is_told():
    parts = {"kvinnor": 8.1, "man": 5.8, "manaden": 7.6}
    (found,) = signals(signal(figures=parts, hidden_figures=frozenset({"kvinnor", "man"})))
    assert found["delar"] == {"kvinnor": "doldt", "man": "doldt", "manaden": 7.6}


def test_the_fewest_households_are_a_setting():
    month = assistance(hushall=Decimal(6), medelbidrag=Decimal(9000))
    for fewest, shown in ((6, 6), (7, "doldt")):
        found = report(fewest_persons=fewest, bistand=[month])
        assert found["bistand"][0]["hushall"] == shown


def test_sick_leave_is_told_of_all_first_and_then_by_place_and_sex():
    counts = (("u1", "K", 30), ("u1", "M", 11), ("u2", "K", 20), ("u2", "M", 12))
    whole, *parts = report(sjukfranvaro=[sick(*each) for each in counts])["sjukfranvaro"]
    assert whole == {
        "period": "2026-09",
        **dict.fromkeys(("niva", "enhet", "namn", "overordnad", "kon")),
        **dict.fromkeys(("anstallda", *HOURS), 73),
        "antal": 2,
        "av": 2,
    }
    assert [(row["niva"], row["enhet"], row["kon"], row["anstallda"]) for row in parts] == [
        (None, None, "K", 50),
        (None, None, "M", 23),
        ("verksamhetsomrade", "V1", None, 41),
        ("verksamhetsomrade", "V1", "K", 30),
        ("verksamhetsomrade", "V1", "M", 11),
        ("enhet", "u1", None, 41),
        ("verksamhetsomrade", "V2", None, 32),
        ("verksamhetsomrade", "V2", "K", 20),
        ("verksamhetsomrade", "V2", "M", 12),
        ("enhet", "u2", None, 32),
    ]
    assert (parts[5]["namn"], parts[5]["overordnad"]) == ("Ett", "V1")


def test_every_figure_of_a_hidden_group_is_hidden_and_only_figures_are():
    counts = (("u1", "K", 30), ("u1", "M", 10), ("u2", "K", 20), ("u2", "M", 12))
    found = report(sjukfranvaro=[sick(*each) for each in counts])["sjukfranvaro"]
    hidden = [row for row in found if "doldt" in row.values()]
    assert [(row["enhet"], row["kon"]) for row in hidden] == [
        ("V1", "K"), ("V1", "M"), ("V2", "K"), ("V2", "M"),
    ]  # fmt: skip
    for row in hidden:
        assert [name for name, told in row.items() if told == "doldt"] == ["anstallda", *HOURS]
        assert (row["antal"], row["av"]) == (1, 1)


def test_how_few_employees_are_hidden_is_a_setting():
    whole, *_ = report(fewest_employees=31, sjukfranvaro=[sick("u1", "K", 30)])["sjukfranvaro"]
    assert whole["anstallda"] == "doldt"


def test_a_month_without_sick_leave_has_no_rows_of_it():
    assert report()["sjukfranvaro"] == []


def test_few_persons_are_hidden_and_what_is_missing_stays_missing():
    (row,) = report(bistand=[assistance(hushall=Decimal(900), barn=Decimal(3), barn_snitt_hittills=None)])[
        "bistand"
    ]
    assert row == {"period": "2026-09", "hushall": 900, "barn": "doldt", "barn_snitt_hittills": None}


def test_a_mean_is_hidden_that_would_tell_an_earlier_months_few():
    month = assistance(hushall=Decimal(900), hushall_snitt_hittills=Decimal(800))
    few = assistance(Period(2026, 3), hushall=Decimal(3))
    assert report(bistand=[month])["bistand"][0]["hushall_snitt_hittills"] == 800
    told = AssistanceToTell([few, month])
    assert report(assistance=told, bistand=[month])["bistand"][0]["hushall_snitt_hittills"] == "doldt"


def test_an_areas_sentence_is_the_delivered_one_else_of_its_figures():
    def forecast(area, budget, year_end, reason=None):
        figures = {"budget": budget, "prognos_fore_resultatoverforing": year_end}
        cells = {name: None if kr is None else Decimal(kr) for name, kr in figures.items()}
        return Delivered(SEPTEMBER, area, None, cells | {"orsak": reason})

    found = report(
        prognos=[
            forecast("Skola", 10_000_000, 12_000_000),
            forecast("Boende", 10_000_000, 12_000_000, "Fler boende än planerat."),
            forecast("Okänt", 10_000_000, None),
        ]
    )["driftbudget"]
    assert [line.get("mening", "").replace("\u00a0", " ") for line in found] == [
        "Skola prognostiserar ett underskott om 2,0 mnkr.",
        "Fler boende än planerat.",
        "",
    ]
