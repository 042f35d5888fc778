"""The report's page about leading signals: what to watch first, then the levels."""

from copy import deepcopy

import pytest

from tests.worlds.read_page import read, text
from tests.worlds.report_content import CONTENT
from tests.worlds.signal_content import SIGNALS

TITLE = "Tidiga signaler"
HEADS = {
    "watched": "Enhet och mått",
    "sick leave": "Avdelning",
    "assistance": "Mått",
    "forecast": "Hushåll × bidrag",
    "readings": "Mått och enhet",
}


def page(signals=SIGNALS, **changed):
    return {**deepcopy(CONTENT), "signaler": deepcopy(signals), **changed}


def tables(signals=SIGNALS):
    """Return the section's tables by the first of their heads, each row as its cells' words."""
    found = {}
    for cells in read(page(signals)).rows[TITLE]:
        if cells[0] in HEADS.values():
            rows = found[cells[0]] = []
        rows.append(cells)
    return {name: found.get(head, [])[1:] for name, head in HEADS.items()}


def without(signals=SIGNALS, **of):
    return [each for each in signals if any(each[name] != value for name, value in of.items())]


def changed(index, **told):
    signals = deepcopy(SIGNALS)
    signals[index] |= told
    return signals


def index_of(**of):
    (found,) = [
        at for at, each in enumerate(SIGNALS) if all(each[name] == value for name, value in of.items())
    ]
    return found


def test_the_section_stands_after_the_warnings_and_says_how_many_there_are():
    said = text(page())
    assert "5 att bevaka av 5 serier. De är tecken att titta på innan pengarna visar det." in said
    assert said.index("Larm och bevakning") < said.index(TITLE) < said.index("Resultatenheter")


def test_assistance_comes_first_then_sick_leave_then_volumes_with_the_largest_difference_first():
    assert [row[:4] for row in tables()["watched"] if len(row) > 1] == [
        ["BEVAKA Ekonomiskt bistånd Antal hushåll", "1 310", "1 161", "12,8 % fler"],
        ["BEVAKA 2 små enheter i Norra Sjukfrånvaro", "14,8 %", "9,3 %", "5,5 procentenheter högre"],
        ["BEVAKA Dungen Besök", "1 205", "1 140", "5,7 % fler"],
        ["BEVAKA Bilan Kostnad per barn", "16 310 kronor", "15 442 kronor", "5,6 % högre"],
        ["BEVAKA Bilan Inskrivna barn", "52,9", "56", "5,5 % färre"],
    ]


def test_why_is_said_of_charts_and_not_again_of_plans():
    said = text(page())
    assert "Det är fler än slumpen brukar ge: gränsen går vid 1 232,2." in said
    assert "En så stor ökning är sällan en slump: gränsen går vid 12,9 %." in said
    assert "Skillnaden är större än gränsen." not in said


def test_the_smallest_beyond_a_dozen_are_counted():
    many = [deepcopy(SIGNALS[index_of(indikator="Besök")]) for _ in range(15)]
    for at, each in enumerate(many):
        each |= {"namn": f"Enhet {at}", "enhet": str(at), "delar": {"skillnad_procent": at}}
    rows = [row[0] for row in tables(many)["watched"]]
    assert rows == [f"BEVAKA Enhet {at} Besök" for at in range(14, 2, -1)]
    assert "Ytterligare 3 med mindre skillnad visas inte här." in text(page(many))


def test_twelve_months_of_sick_leave_stand_against_the_target_by_department():
    assert tables()["sick leave"] == [
        ["Förskola", "8,4 %", "1,4 över", "8,5 %", "6,2 %", "3,1 %", "1,8 %", "3,0 %"],
        ["Äldreomsorg", "7,0 %", "i nivå", "visas inte", "visas inte", "3,1 %", "1,8 %", "3,0 %"],
        ["Kultur", *["visas inte"] * 7],
        ["Stöd", "5,8 %", "1,2 under", "6,1 %", "uppgift saknas", "3,1 %", "1,8 %", "3,0 %"],
        ["Hela förvaltningen", "7,7 %", "0,7 över", "8,1 %", "5,8 %", "3,1 %", "1,8 %", "3,0 %"],
    ]
    assert "Mot årsmålet 7,0 %" in text(page())


def test_without_a_target_or_a_year_nothing_is_compared():
    whole = index_of(kalla="sjukfranvaro", grupp="hela förvaltningen")
    assert tables(changed(whole, jamforelse=None))["sick leave"][-1][2] == "uppgift saknas"
    missing = changed(whole, varde=None, mening="Sjukfrånvaron: uppgift saknas.")
    assert tables(missing)["sick leave"] == []
    assert "Sjukfrånvaron: uppgift saknas." in text(page(missing))


def test_social_assistance_stands_against_last_year_and_the_city():
    (
        households, detail, adults, children, young, grant,
    ) = tables()["assistance"]  # fmt: skip
    assert households == ["Hushåll", "1 310", "1 154", "13,5 % fler", "1,1 % fler"]
    assert detail[0].startswith(
        "1 310 hushåll fick ekonomiskt bistånd i oktober 2026. Det är fler än slumpen"
    )
    assert adults == ["Vuxna", "1 481", "1 481", "oförändrat", "uppgift saknas"]
    assert children == ["Barn", *["visas inte (få personer)"] * 4]
    assert young == ["Unga 18–24 år", "64", "62,5", "2,4 % fler", "uppgift saknas"]
    assert grant == ["Medelbidrag per hushåll", "10 130 kronor", "9 635 kronor", "5,1 % högre", "5,1 % högre"]


def test_the_chart_of_few_households_says_nothing():
    hidden = {
        **dict.fromkeys(("niva_signal", "varde", "jamforelse", "regel", "mening"), "doldt"),
        "delar": {},
    }
    found = tables(changed(index_of(indikator="Antal hushåll"), **hidden))["assistance"]
    assert [row[0] for row in found][:2] == ["Hushåll", "Vuxna"]


def test_the_year_of_social_assistance_stands_against_its_budget_with_what_drives_it():
    figures, detail = tables()["forecast"]
    assert figures == ["Helårsprognos", "137,4", "140,3", "underskott 2,9", "3,4 högre", "0,5 lägre"]
    assert detail == ["Till och med oktober har ekonomiskt bistånd kostat 117,0 mnkr."]


def test_a_small_effect_is_told_in_tkr_and_what_is_less_than_one_is_none():
    parts = {"avvikelse": -20_000, "volymeffekt": 1234, "priseffekt": -400}
    figures, _ = tables(changed(index_of(indikator="Helårsprognos"), jamforelse=None, delar=parts))[
        "forecast"
    ]
    assert figures[1:] == ["uppgift saknas", "140,3", "underskott 20 tkr", "1 tkr högre", "oförändrat"]


def test_a_forecast_that_is_missing_or_hidden_is_no_row_of_figures():
    at = index_of(indikator="Helårsprognos")
    missing = changed(at, varde=None, mening="Uppgift saknas: hushåll och utbetalningar är inte kända.")
    assert tables(missing)["forecast"] == []
    assert "Uppgift saknas: hushåll och utbetalningar är inte kända." in text(page(missing))
    hidden = {**dict.fromkeys(("varde", "jamforelse", "mening"), "doldt"), "delar": {}}
    assert tables(changed(at, **hidden))["forecast"] == [["Helårsprognos", *["visas inte (få personer)"] * 5]]


def test_readings_are_summed_by_measure_with_the_three_units_that_matter_most():
    assert tables()["readings"] == [
        ["Inskrivna barn 4 av 5 enheter", "", "", "1,1 mnkr mer"],
        ["Alen", "66,5", "60,5", "0,9 mnkr mer"],
        ["Bilan", "58,0", "56", "0,3 mnkr mer"],
        ["Cedern", "59,0", "60", "0,2 mnkr mindre"],
    ]
    said = text(page())
    assert "LSS-insatser: uppgift saknas om årets avläsningar" in said
    assert (
        "Där inget pris är satt räknas prestationsförändringen på enhetens budget delad med planen." in said
    )


def test_the_measure_that_moves_most_money_comes_first():
    lss = index_of(namn="LSS-insatser")
    rows = tables(changed(lss, varde=-2_000_000, delar={"enheter": 3, "av": 3}))["readings"]
    assert [row[0] for row in rows][:2] == ["LSS-insatser", "Inskrivna barn 4 av 5 enheter"]


def test_a_sum_that_changes_nothing_says_so():
    whole = index_of(namn="Inskrivna barn", grupp="hela förvaltningen")
    assert tables(changed(whole, varde=400))["readings"][0][-1] == "oförändrad"


def test_short_history_and_hidden_groups_are_told():
    said = text(page())
    longer = "prestationer 2 månader och sjukfrånvaro 11 månader till."
    assert f"För att se förändring behövs längre historia: {longer}" in said
    assert "2 grupper visas inte: för få personer" in said
    known = [each for each in SIGNALS if not each["manader_saknas"] and each["varde"] != "doldt"]
    assert "längre historia" not in text(page(known))
    assert "visas inte: för få personer" not in text(page(known))


def test_nothing_to_watch_is_said_without_a_table():
    calm = [each for each in SIGNALS if each["niva_signal"] is None]
    assert tables(calm)["watched"] == []
    assert "Inga serier kan bedömas än." in text(page(calm))
    judged = [*calm, {**SIGNALS[index_of(indikator="Besök")], "niva_signal": None}]
    assert "Inget att bevaka av 1 serie." in text(page(judged))


@pytest.mark.parametrize(
    "content", [page([]), {name: each for name, each in page().items() if name != "signaler"}]
)
def test_a_report_from_before_there_were_signals_can_still_be_shown(content):
    assert "Inga tidiga signaler har lästs för månaden." in text(content)


def test_a_signal_whose_figures_are_missing_stays_in_the_list():
    ill = index_of(namn="2 små enheter i Norra")
    rows = tables(changed(ill, delar={}))["watched"]
    assert ["BEVAKA 2 små enheter i Norra Sjukfrånvaro", *["uppgift saknas"] * 3] in [row[:4] for row in rows]
