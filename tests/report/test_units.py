"""The report's warnings, units that lack figures, and carry-over."""

import pytest

from tests.worlds.read_page import rows, text
from tests.worlds.report_content import CONTENT, changed, warning

BESIDE = (
    "Enhetens egen prognos: 9,1 mnkr, oförändrad sedan september; regelns: 9,5 mnkr. "
    "Vägd prognos (regelns och enhetens egen): 9,3 mnkr. "
    "Risk: Förskollärare slutar (riskvärde 12). Åtgärd enligt riskanalysen: Handledning."
)


def test_warnings_stand_worst_first_with_word_plan_and_sentence():
    assert rows(CONTENT, "Larm och bevakning") == [
        [
            "LARM Bilan",
            "9,0",
            "9,5 troligen 9,3–9,9 efter åtgärder 9,3",
            "underskott 0,5 (5,6 %)",
            "senast 16 november",
        ],
        [f"Bilan har en helårsprognos. {BESIDE}"],
        ["BEVAKA Cedern", "8,0", "8,2", "underskott 0,2 (2,5 %)", "krävs inte"],
        ["Cedern har en helårsprognos."],
        ["BEVAKA Dungen", "10,0", "9,5", "överskott 0,5 (5,0 %)", "krävs inte"],
        ["Dungen har en helårsprognos."],
    ]


def test_carry_over_is_said_in_words_although_its_columns_turn_their_signs():
    assert rows(CONTENT, "Resultatenheter") == [
        ["Bilan", "9,0", "0,5", "överskott 0,3", "underskott 0,5", "underskott 0,2"],
        ["Cedern", "8,0", "0,4", "underskott 40 tkr", "i balans", "underskott 40 tkr"],
        ["Summa", "17,0", "0,9", "överskott 0,3", "underskott 0,5", "underskott 0,2"],
    ]


def test_a_warning_of_a_report_that_was_kept_before_there_were_own_forecasts_is_shown_without():
    old = warning("Alen", "larm", 9_000_000, 9_500_000)
    kept = {
        key: value
        for key, value in old.items()
        if key not in {"chefens_mening", "vagd_prognos", "riskmening"}
    }
    assert rows(changed(avvikelser=[kept]), "Larm och bevakning")[1] == ["Alen har en helårsprognos."]


@pytest.mark.parametrize(
    ("assessed", "units", "said"),
    [
        (14, 14, "Inga enheter har larm eller bevakning. Åtgärdsplaner"),
        (12, 14, "Inga enheter har larm eller bevakning. 12 av 14 enheter bedömda. Åtgärdsplaner"),
        (0, 14, "Inga enheter har kunnat bedömas: uppgifter saknas för 14 enheter."),
        (0, 0, "Inga enheter har bedömts: organisationsregister saknas."),
    ],
)
def test_a_month_without_warnings_is_not_one_that_was_never_assessed(assessed, units, said):
    page = text(changed(avvikelser=[], enheter={"bedomda": assessed, "av": units}))
    assert said in page
    assert ("Inga enheter har larm" in page) == (assessed > 0)


def test_warnings_of_some_units_say_how_many_were_assessed():
    assert "Larm och bevakning 119 av 120 enheter bedömda." in text(
        changed(enheter={"bedomda": 119, "av": 120})
    )


def test_units_that_lack_figures_are_named_at_the_top_and_the_month_is_not_called_complete():
    names = ["Alen", "Bilan", "Cedern", "Dungen", "Eken", "Furan", "Granen"]
    lacking = {"kalla": "ekonomi", "antal": 7, "av": 120, "enheter": names, "namn": names}
    page = text(changed(saknade_enheter=[lacking], enheter={"bedomda": 113, "av": 120}))
    assert (
        "UPPGIFTER SAKNAS. Alla obligatoriska källor är levererade. 113 av 120 enheter bedömda. "
        "Ekonomi saknas för 7 av 120 enheter: Alen, Bilan, Cedern, Dungen, Eken och 2 till."
    ) in page
    assert "KOMPLETT" not in page
