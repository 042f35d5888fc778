"""What the report tells of few people; the published month is held to its figures in other tests."""

from decimal import Decimal

from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.report.month_report import MonthFigures, month_report
from tasks.rules.report.result_units import ResultUnitSettings
from tasks.rules.signals.sick_leave_shown import HOURS

SEPTEMBER = Period(2026, 9)
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


def report(before=(), fewest=11, **rows):
    figures = MonthFigures(SEPTEMBER, [], True, rows, REGISTER, [], [], assistance_before=dict(before))
    return month_report(figures, ResultUnitSettings(), [], fewest_employees=fewest)


def sick(unit, sex, employees):
    hours = dict.fromkeys(HOURS, Decimal(employees))
    return {"unit": unit, "item": sex, "anstallda": Decimal(employees), **hours}


def assistance(**figures):
    return {"unit": None, "item": "", **figures}


def signal(**changed):
    """Return a leading signal as it is kept."""
    evidence = {"figures": {"kvinnor": 8.1, "man": 5.8}, "hidden_figures": [], "rows": []}
    kept = {"source": "sjukfranvaro", "indicator": "Sjukfrånvaro", "scope": "avdelning", "code": "V1"}
    said = {"signal": "bevaka", "rule": "En ökning.", "sentence": "Den var 7,7 %.", "months_lacking": 0}
    figures = {"name": "Boende", "measured_in": "%", "value": Decimal("7.7"), "compared": Decimal(7)}
    return {**kept, **said, **figures, "is_hidden": False, "evidence": evidence, **changed}


def signals(*rows):
    figures = MonthFigures(SEPTEMBER, [], True, {}, REGISTER, [], [], signals=rows)
    return month_report(figures, ResultUnitSettings(), [])["signaler"]


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
            "varde": Decimal("7.7"),
            "jamforelse": 7,
            "regel": "En ökning.",
            "mening": "Den var 7,7 %.",
            "manader_saknas": 0,
            "delar": {"kvinnor": 8.1, "man": 5.8},
        }
    ]
    (level,) = signals(signal(code="", signal=None, rule="", months_lacking=None))
    assert (level["enhet"], level["niva_signal"], level["regel"], level["manader_saknas"]) == (None,) * 4


def test_of_a_hidden_signal_only_whose_it_is_and_of_what_is_told():
    (hidden,) = signals(signal(is_hidden=True))
    told = {"kalla", "indikator", "grupp", "enhet", "namn", "sort"}
    assert {name: value for name, value in hidden.items() if name not in told} == {
        **dict.fromkeys(("niva_signal", "varde", "jamforelse", "regel", "mening"), "doldt"),
        "manader_saknas": None,
        "delar": {},
    }


def test_a_line_of_the_budget_is_a_unit_of_the_register_or_an_area_as_it_was_delivered():
    found = report(prognos=[{"unit": "u1"}, {"unit": "Gata"}])["driftbudget"]
    named = [(line["verksamhetsomrade"], line.get("enhet"), line["budget"]) for line in found]
    assert named == [("Ett", "u1", None), ("Gata", None, None)]


def test_a_unit_that_a_source_lacks_is_named_as_in_the_register_else_by_its_code():
    lacking = [Coverage("ekonomi", ("u1", "u9"), 3), Coverage("bistand", (), 3)]
    figures = MonthFigures(SEPTEMBER, [], True, {}, REGISTER, [], [], absent=lacking)
    assert month_report(figures, ResultUnitSettings(), [])["saknade_enheter"] == [
        {"kalla": "ekonomi", "antal": 2, "av": 3, "enheter": ["u1", "u9"], "namn": ["Ett", "u9"]}
    ]


def test_the_counts_of_a_volume_of_few_are_hidden_and_not_its_plan():
    def volume(unit):
        counts = {"utfall": Decimal(3), "snitt_hittills": Decimal(5), "snitt_foregaende_ar": None}
        return {"unit": unit, "item": "Placeringar", "planerat": Decimal(6), **counts}

    few = {"source": "prestationer", "indicator": "Placeringar", "scope": "enhet", "is_hidden": True}
    rows = {"prestationer": [volume("u1"), volume("Två"), volume("Skolområdet")]}
    for code, expected in (
        ("u1", ["doldt", 3, 3]),
        ("u2", [3, "doldt", 3]),
        ("Skolområdet", [3, 3, "doldt"]),
    ):
        kept = [signal(**few, code=code)]
        figures = MonthFigures(SEPTEMBER, [], True, rows, REGISTER, [], [], signals=kept)
        found = month_report(figures, ResultUnitSettings(), [])["prestationer"]
        assert [row["utfall"] for row in found] == expected
        (hidden,) = [row for row in found if row["utfall"] == "doldt"]
        assert (hidden["snitt_hittills"], hidden["snitt_foregaende_ar"], hidden["planerat"]) == (
            "doldt",
            None,
            6,
        )


def test_of_few_women_or_men_nothing_is_told():
    evidence = {"figures": {"kvinnor": 8.1, "man": 5.8, "manaden": 7.6}, "hidden_figures": ["kvinnor", "man"]}
    (found,) = signals(signal(evidence=evidence))
    assert found["delar"] == {"kvinnor": "doldt", "man": "doldt", "manaden": 7.6}


def test_the_fewest_households_are_a_setting():
    rows = {"bistand": [assistance(hushall=Decimal(6), medelbidrag=Decimal(9000))]}
    figures = MonthFigures(SEPTEMBER, [], True, rows, REGISTER, [], [])
    for fewest, shown in ((6, 6), (7, "doldt")):
        found = month_report(figures, ResultUnitSettings(), [], fewest_persons=fewest)
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
    whole, *_ = report(fewest=31, sjukfranvaro=[sick("u1", "K", 30)])["sjukfranvaro"]
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
    few = {Period(2026, 3): assistance(hushall=Decimal(3))}
    assert report(bistand=[month])["bistand"][0]["hushall_snitt_hittills"] == 800
    assert report(few, bistand=[month])["bistand"][0]["hushall_snitt_hittills"] == "doldt"
