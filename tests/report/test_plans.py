"""The page's section about action plans: how far they reach, which haven't come, and what came of them."""

from copy import deepcopy

import pytest

from tasks.report.plans import outturn_sentence, plans_sentence, reach_sentence
from tasks.rules.json_keys import of_json
from tasks.rules.periods import Period
from tasks.rules.plans.reach import Outturn, PlanCounts, Reach
from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import (
    CONTENT,
    empty,
    measure,
    place_reach,
    plan,
    plan_counts,
    plan_standing,
    reach,
    warning,
)

TITLE = "Åtgärdsplaner"
OCTOBER, DECEMBER = Period(2026, 10), Period(2026, 12)


def changed(**parts):
    return {**deepcopy(CONTENT), **parts}


def told(**parts):
    """Return the content with other words about how far measures reach."""
    return changed(atgarder_racker={**CONTENT["atgarder_racker"], **parts})


def plain(words):
    return " ".join(words.split())


def test_the_section_tells_reach_places_plans_that_lack_and_plans_that_came():
    assert rows(CONTENT, TITLE) == [
        ["Förskola", "2", "0,8", "0,2", "0,6"],
        ["Norra", "2", "0,8", "0,2", "0,6"],
        ["Hela förvaltningen", "2", "0,8", "0,2", "0,6"],
        ["Enhet", "Underskott, mnkr", "Läge", "Lämnas senast"],
        ["Bilan", "0,5", "krävs", "16 november"],
        ["Eken", "0,2", "försenad, påmind 1", "16 november"],
        ["Enhet", "Läge", "Lovat i år", "Lovat hittills", "Kom hittills", "Räknas i prognosen"],
        ["Bilan planen för september 2026", "följs upp beslutad 15 oktober", "320", "60", "43", "200"],
        [
            (
                "Helårsprognos före åtgärder 9,5 mnkr, beräknad effekt 0,2 mnkr, efter åtgärder 9,3 mnkr. "
                "Färre vikarier. Ansvarig: enhetschef. Från oktober 2026, 60 000 kronor per månad. "
                "Lovade 60 000 kronor hittills, kom 43 000 kronor. Risk: Fler sjukskrivna än i fjol. "
                "Paviljongen sägs upp. Ansvarig: enhetschef. Från november 2026, 70 000 kronor per månad."
            )
        ],
        ["Alen", "inlämnad 12 november", "40", "0", "inte godkänd än", "inte godkänd än"],
        [
            (
                "Planen väntar på beslut och räknas inte i prognosen. "
                "Gemensam kvällsöppning. Ansvarig: enhetschef. Från december 2026, 40 000 kronor per månad."
            )
        ],
    ]


def test_how_far_the_measures_reach_is_the_sections_first_sentence_and_stands_at_the_top():
    said = "Godkända åtgärder räcker till 0,2 av 0,8 mnkr befarat underskott; 0,6 mnkr saknar åtgärd."
    page = text(CONTENT)
    assert (
        f"{TITLE} {said} 3 planer har krävts: 1 har lämnats in, varav ingen är godkänd. 1 är försenad."
        in page
    )
    assert page.count(said) == 2
    assert text(told(**reach(2, 800_000, 0))).count("saknar åtgärd.") == 1  # where nothing is counted yet


def test_a_place_without_measures_says_so_and_one_with_a_small_effect_tells_it_in_tkr():
    places = [
        place_reach("avdelning", "Förskola", 1, 200_000, 0),
        place_reach("avdelning", "Kultur", 1, 200_000, 40_000),
    ]
    found = rows(told(omraden=places), TITLE)[:2]
    assert found == [["Förskola", "1", "0,2", "inga", "0,2"], ["Kultur", "1", "0,2", "40 tkr", "0,2"]]


REACHES = {
    "a part": (
        reach(3, 7_900_000, 3_100_000),
        OCTOBER,
        "räcker till 3,1 av 7,9 mnkr befarat underskott; 4,8 mnkr saknar",
    ),
    "a small part": (
        reach(1, 200_000, 40_000),
        OCTOBER,
        "räcker till 40 tkr av 0,2 mnkr befarat underskott; 0,2 mnkr",
    ),
    "all of it": (
        reach(1, 200_000, 200_000),
        OCTOBER,
        "Godkända åtgärder räcker till hela underskottet, 0,2 mnkr.",
    ),
    "nothing": (
        reach(1, 200_000, 0),
        OCTOBER,
        "Inga godkända åtgärder räknas: 0,2 mnkr befarat underskott saknar åtgärd.",
    ),
    "the year is over": (
        reach(1, 200_000, 0),
        DECEMBER,
        "Inga godkända åtgärder räknas: 0,2 mnkr underskott saknar åtgärd.",
    ),
    "no larm": (reach(0, 0, 0), OCTOBER, "Inga enheter har larm om underskott."),
    "nobody assessed": (reach(0, None, None), OCTOBER, "Uppgift saknas: inga enheter har kunnat bedömas."),
}


@pytest.mark.parametrize(("reached", "month", "said"), REACHES.values(), ids=REACHES)
def test_how_far_measures_reach_in_words(reached, month, said):
    assert said in plain(reach_sentence(of_json(Reach, reached), month))


COUNTS = {
    "none": ((0, 0, 0, 0, 0, 2), ""),
    "one that hasn't come": ((1, 0, 0, 0, 0, 0), "1 plan har krävts: ingen har lämnats in."),
    "all approved": ((2, 2, 2, 0, 0, 0), "2 planer har krävts: 2 har lämnats in, varav 2 är godkända."),
    "some of each": (
        (12, 7, 1, 3, 1, 0),
        "12 planer har krävts: 7 har lämnats in, varav 1 är godkänd. 3 är försenade, varav 1 är eskalerad.",
    ),
    "several escalated": (
        (3, 0, 0, 2, 2, 0),
        "3 planer har krävts: ingen har lämnats in. 2 är försenade, varav 2 är eskalerade.",
    ),
}


@pytest.mark.parametrize(("counts", "said"), COUNTS.values(), ids=COUNTS)
def test_how_many_plans_have_come_in_words(counts, said):
    assert plain(plans_sentence(of_json(PlanCounts, plan_counts(*counts)))) == said


OUTTURNS = {
    "none has begun": (None, None, 0, 0, ""),
    "a part came": (
        400_000,
        300_000,
        2,
        2,
        "Godkända planer lovade 0,4 mnkr hittills, och 0,3 mnkr har kommit.",
    ),
    "more came": (
        100_000,
        130_000,
        2,
        2,
        "Godkända planer lovade 0,1 mnkr hittills, och 0,1 mnkr har kommit.",
    ),
    "nothing came": (100_000, 0, 2, 2, "Godkända planer lovade 0,1 mnkr hittills, och 0 tkr har kommit."),
    "it became dearer": (
        100_000,
        -60_000,
        1,
        1,
        "Godkända planer lovade 0,1 mnkr hittills; i stället blev det 60 tkr dyrare.",
    ),
    "some can't be told": (
        100_000,
        60_000,
        1,
        3,
        "Godkända planer lovade 0,1 mnkr hittills (1 av 3 planer), och 60 tkr har kommit.",
    ),
    "none can be told": (None, None, 0, 1, "Uppgift saknas om vad som kommit av 1 plan som börjat."),
}


@pytest.mark.parametrize(("promised", "came", "plans", "of", "said"), OUTTURNS.values(), ids=OUTTURNS)
def test_what_came_of_what_was_promised_in_words(promised, came, plans, of, said):
    parts = {
        "lovad_hittills": promised,
        "realiserad_hittills": came,
        "matta_planer": {"antal": plans, "av": of},
    }
    assert plain(outturn_sentence(of_json(Outturn, parts))) == said


CAME = {
    "it became dearer": (
        measure("Ett", "2026-10", 60_000, 60_000, -40_000),
        "ingen effekt 40 dyrare än väntat",
    ),
    "it can't be told": (measure("Ett", "2026-10", 60_000, 60_000, None), "uppgift saknas"),
    "it hasn't begun": (measure("Ett", "2026-11", 60_000), "inte börjat"),
    "nothing came": (measure("Ett", "2026-10", 60_000, 60_000, 0), "0"),
}


@pytest.mark.parametrize(("one", "said"), CAME.values(), ids=CAME)
def test_what_came_of_a_plan_is_never_a_bare_minus_or_a_zero_that_is_missing(one, said):
    followed = plan("Bilan", "following", 1, one, submitted="2026-10-12", decided="2026-10-15", year=180_000)
    assert row(changed(atgardsplaner=[followed]), TITLE, "Bilan")[3] == said


def test_what_became_dearer_is_said_of_its_measure_in_words():
    one = measure("Ett", "2026-10", 60_000, 60_000, -40_000)
    followed = plan("Bilan", "following", 1, one, submitted="2026-10-12", decided="2026-10-15", year=180_000)
    assert "Lovade 60 000 kronor hittills, blev 40 000 kronor dyrare." in text(
        changed(atgardsplaner=[followed])
    )


def test_a_plan_of_a_unit_without_a_forecast_says_so():
    days = {"submitted": "2026-10-12", "decided": "2026-10-15"}
    lost = plan("Bilan", "approved", 1, measure("Ett", "2026-11", 1), **days, year=2)
    lost |= dict.fromkeys(("prognos_fore", "beraknad_effekt", "prognos_efter"))
    assert "Enheten har inte kunnat bedömas." in text(changed(atgardsplaner=[lost]))


def test_a_demand_that_fell_away_has_no_day():
    fallen = plan("Bilan", "lapsed", 500_000)
    found = rows(changed(atgardsplaner=[fallen]), TITLE)
    assert ["Bilan", "0,5", "kravet har fallit bort", "krävs inte"] in found


def test_how_it_is_measured_and_what_is_counted_elsewhere_is_noted_where_it_matters():
    measured = "Det som kom hittills är vad prognosen före planen väntade av månaderna, minus utfallet;"
    elsewhere = "Dessutom räknas 30 tkr i enheter som inte har larm."
    assert measured in text(CONTENT)
    assert elsewhere in text(CONTENT)
    waiting = changed(atgardsplaner=[plan("Bilan", "required", 1)]) | {
        "atgarder_racker": {**CONTENT["atgarder_racker"], "effekt_utan_larm": 0}
    }
    assert measured not in text(waiting)
    assert "Dessutom räknas" not in text(waiting)


def test_only_plans_that_havent_come_are_asked_for_at_the_top():
    def lead(*standings):
        warned = [warning(f"Enhet {at}", "larm", 9_000_000, 9_500_000, plan="2026-11-16", **each)
                  for at, each in enumerate(standings)]  # fmt: skip
        return text(changed(avvikelser=warned))

    waits = plan_standing("required", "senast 16 november", 0, 9_500_000, waited_for="2026-11-16")
    again = plan_standing("returned", "ny senast 20 november", 0, 9_500_000, waited_for="2026-11-20")
    late = plan_standing(
        "required", "försenad, påmind 2", 0, 9_500_000, waited_for="2026-11-16", late="reminder_2"
    )
    came = plan_standing("submitted", "inlämnad 12 november", 0, 9_500_000)
    assert "ska lämnas" not in lead(came)
    assert "1 åtgärdsplan ska lämnas senast 16 november 2026. Controllern" in lead(waits, came)
    assert "2 åtgärdsplaner ska lämnas, den första senast 16 november 2026. Controllern" in lead(waits, again)
    assert "2 åtgärdsplaner ska lämnas senast 16 november 2026; 1 är försenad. Controllern" in lead(
        waits, late
    )


NOTES = [
    ("required", None, "senast 16 november"),
    ("required", "reminder_1", "försenad, påmind 1"),
    ("submitted", None, "inlämnad 12 november"),
    ("approved", None, "godkänd: 0,3 mnkr"),
]


@pytest.mark.parametrize(("state", "late", "note"), NOTES)
def test_a_warning_says_where_its_plan_stands(state, late, note):
    standing = plan_standing(state, note, 0, 9_500_000, late=late)
    one = warning("Alen", "larm", 9_000_000, 9_500_000, plan="2026-11-16", **standing)
    assert row(changed(avvikelser=[one]), "Larm och bevakning", "LARM Alen")[-1] == note


def test_a_forecast_without_an_interval_tells_what_is_left_after_measures_too():
    one = warning(
        "Alen",
        "larm",
        9_000_000,
        9_500_000,
        **plan_standing("approved", "godkänd: 0,3 mnkr", 300_000, 9_200_000),
    )
    found = row(changed(avvikelser=[one]), "Larm och bevakning", "LARM Alen")
    assert found[1] == "9,5 efter åtgärder 9,2"


def test_a_report_kept_from_before_there_were_plans_can_be_shown():
    older = {name: part for name, part in CONTENT.items() if name != "atgarder_racker"} | {
        "atgardsplaner": []
    }
    assert TITLE not in text(older).replace("åtgärdsplan", "")
    assert "Förvaltningen och dess områden" in text(older)
    assert TITLE not in text(empty())
