"""The board's risks beside the warnings: their value, the measure that is named already, and the order."""

import pytest

from tests.worlds.small_administration import PERIOD, UNITS, economy, organisation, risks

TYPES = {"101": "förskola", "102": "hemtjänst", "103": "socialtjänst"}
CONCERNS = """
[risk.concerns]
"Lärare" = ["förskola"]
"Hemtjänst" = ["hemtjänst", "avdelning som inte finns"]
"Barn" = ["Barn och äldre"]
"""


def register():
    text = organisation()
    for code, kind in TYPES.items():
        text = text.replace(
            f"{code};{UNITS[code]};enhet;A1;forskola;", f"{code};{UNITS[code]};enhet;A1;{kind};"
        )
    return text


@pytest.fixture
def warned(world):
    """A month in which 101 has the largest deficit and 103 the smallest."""
    (world.home / "manad.toml").write_text(CONCERNS, encoding="utf-8")
    rows = [line.split(";") for line in economy(over=tuple(UNITS)).splitlines()]
    spent = {"101": "1300000", "102": "1200000", "103": "1100000"}
    for row in rows[1:]:
        row[4] = row[4] and spent[row[1]]
    world.month(organisation=register(), ekonomi="\n".join(map(";".join, rows)) + "\n")
    return world


def deviations(world, *words):
    return world.manad("deviations", PERIOD, "--json", *words).json


def told(world, *words):
    return [(one["enhet"], one["riskvarde"], one["riskatgard"]) for one in deviations(world, *words)]


def plain(text):
    return " ".join(text.split())


ANALYSIS = risks(("Lärare", 2, 3, "Handledning"), ("Hemtjänst", 4, 5, "Avstämning varje vecka"))


def test_a_warning_shows_the_worst_risk_and_its_measure_in_the_order_of_kronor(warned):
    warned.month(organisation=None, ekonomi=None, risker=ANALYSIS)
    assert warned.run().code == 0
    expected = [("101", 6, "Handledning"), ("102", 20, "Avstämning varje vecka"), ("103", None, None)]
    assert told(warned) == told(warned, "--order", "kronor") == expected
    report = warned.manad("report", PERIOD, "--format", "json").json
    assert [(one["enhet"], one["riskvarde"], one["riskatgard"]) for one in report["avvikelser"]] == expected


def test_by_risk_the_highest_value_comes_first_and_within_it_the_largest_deficit(warned):
    warned.month(organisation=None, ekonomi=None, risker=ANALYSIS)
    warned.run()
    assert [unit for unit, *_ in told(warned, "--order", "risk")] == ["102", "101", "103"]
    warned.put("risker_2026-09_ny.csv", risks(("Barn", 2, 3, "")))
    warned.run()
    assert told(warned, "--order", "risk") == [("101", 6, None), ("102", 6, None), ("103", 6, None)]


def test_the_risk_stands_in_the_terminal_and_on_the_page(warned):
    warned.month(organisation=None, ekonomi=None, risker=ANALYSIS)
    warned.run()
    said = "Risk: Något händer (riskvärde 20). Åtgärd enligt riskanalysen: Avstämning varje vecka."
    shown = warned.manad("deviations", PERIOD, "--order", "risk").out
    assert said in plain(shown)
    assert shown.splitlines()[2].split() == ["Risk", "Enhet", "Budget", "Prognos", "Avvikelse", "Åtgärdsplan"]
    assert shown.splitlines()[4].split()[:3] == ["LARM", "20", "Förskolan"]
    assert max(len(line) for line in shown.splitlines()) <= 100
    (page,) = (warned.home / "reports").rglob("*.html")
    assert said in plain(page.read_text("utf-8"))


def test_the_newest_analysis_up_to_the_month_counts_and_no_later_one(warned):
    warned.put("risker_2026-01.csv", risks(("Lärare", 1, 1, "Första")))
    warned.put("risker_2026-03.csv", risks(("Lärare", 3, 3, "Andra")))
    warned.run()
    warned.put("risker_2026-10.csv", risks(("Lärare", 5, 5, "Senare")))
    warned.run("--from", "assess_units")
    assert warned.value("select count(*) from delivery where source = 'risker'") == 3
    assert told(warned)[0] == ("101", 9, "Andra")


@pytest.mark.parametrize("analysis", [None, "indikator;risk;sannolikhet;konsekvens\nAnnat;Något;3;3\n"])
def test_without_a_risk_that_concerns_it_a_warning_says_nothing_of_risks(warned, analysis):
    warned.month(organisation=None, ekonomi=None, risker=analysis)
    warned.run()
    assert told(warned) == told(warned, "--order", "risk") == [(unit, None, None) for unit in UNITS]
    assert "Risk:" not in warned.manad("deviations", PERIOD).out


def test_a_risk_without_its_consequence_has_no_value_and_comes_after_those_that_have(warned):
    analysis = risks(("Lärare", 5, "", "Handledning"), ("Hemtjänst", 1, 1, ""))
    warned.month(organisation=None, ekonomi=None, risker=analysis)
    warned.run()
    assert told(warned, "--order", "risk") == [
        ("102", 1, None),
        ("101", None, "Handledning"),
        ("103", None, None),
    ]


def test_an_order_that_does_not_exist_is_told_in_one_line(world):
    answer = world.manad("deviations", PERIOD, "--order", "namn")
    assert answer.code == 2
    assert "--order kan inte vara 'namn'" in answer.err


@pytest.mark.parametrize(
    ("signal", "hidden", "value"), [("bevaka", False, 12), (None, False, None), ("bevaka", True, None)]
)
def test_a_risk_concerns_a_unit_with_a_leading_signal_of_its_indicator_that_may_be_shown(
    warned, signal, hidden, value
):
    warned.month(organisation=None, ekonomi=None, risker=risks(("Sjukfrånvaro", 4, 3, "Rehabträffar")))
    warned.run()
    warned.execute(
        "insert into leading_signal select max(id), 'sjukfranvaro', 'sjukfrånvaro', 'enhet', '103', '', '%',"
        f" 9, 7, {'null' if signal is None else repr(signal)}, '', '', 0, {hidden}, '{{}}' from watch"
    )
    assert told(warned)[2] == ("103", value, None if value is None else "Rehabträffar")
    assert [one[1] for one in told(warned)[:2]] == [None, None]
