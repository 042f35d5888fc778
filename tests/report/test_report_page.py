"""The month's page: what a controller and the board read, and what must never be read wrongly."""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest

from tests.worlds.read_page import page as page_of
from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import (
    CONTENT,
    SICK_COLUMNS,
    amounts,
    area,
    empty,
    published,
    volume,
    warning,
)

CORRECTIONS = "Rättade uppgifter sedan förra rapporten"
GOLDEN = Path(__file__).parent / "golden" / "manadsrapport.html"


def changed(**parts):
    return {**deepcopy(CONTENT), **parts}


def test_the_page_looks_as_its_golden_file(rewrite_golden):
    page = page_of(CONTENT, 3)
    if rewrite_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8"), "pytest --rewrite-golden"


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "=cmd|' /C calc'!A0"]
)
def test_whatever_is_delivered_stays_text(payload):
    hostile = json.loads(json.dumps(CONTENT, ensure_ascii=False).replace("Bilan", json.dumps(payload)[1:-1]))
    hostile["indikatorer"][0]["arsmal"] = payload
    page = page_of(hostile, 1, payload)
    assert "<script" not in page
    assert "<img" not in page
    assert "=cmd|" not in " ".join(re.findall(r"<[^>]*>", page))
    assert payload in text(hostile)


def test_a_turned_writing_direction_and_control_characters_are_dropped():
    odd = changed(indikatorer=[{"period": "2026-10", "indikator": "Sjuk\u202efrån\x00varo", "utfall": 1}])
    assert row(odd, "Indikatorer", "Sjukfrånvaro")[0] == "1"


def test_nothing_is_fetched_from_anywhere():
    page = page_of(CONTENT)
    assert not re.search(r"https?:|//|src=|<link|@import|url\(", page)
    assert "default-src 'none'" in page
    assert '<html lang="sv">' in page


@pytest.mark.parametrize(
    ("period", "after", "headline"),
    [
        ("2026-10", 150_500_000, "Befarat underskott 0,5 mnkr, 1 larm och 2 bevaka"),
        ("2026-10", 149_500_000, "Väntat överskott 0,5 mnkr, 1 larm och 2 bevaka"),
        ("2026-12", 150_500_000, "Underskott 0,5 mnkr, 1 larm och 2 bevaka"),  # the year is over
        ("2026-10", 150_000_400, "Helårsprognos i balans, 1 larm och 2 bevaka"),
        ("2026-10", None, "Helårsprognos för hela förvaltningen: uppgift saknas. 1 larm och 2 bevaka"),
    ],
)
def test_the_headline_says_the_deviation_by_a_word(period, after, headline):
    total = {**amounts(150_000_000, after), "antal": 2, "av": 2}
    assert headline in text(changed(period=period, totalt=total))


def test_what_must_be_done_by_when_stands_at_the_top():
    assert "1 åtgärdsplan ska lämnas senast 16 november 2026." in text(CONTENT)


def test_several_plan_dates_are_not_given_as_one():
    days = ("2026-11-20", "2026-11-16")
    plans = [warning("Alen", "larm", 9_000_000, 9_500_000, plan=day) for day in days]
    assert "2 åtgärdsplaner ska lämnas, den första senast 16 november 2026." in text(
        changed(avvikelser=plans)
    )


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        (
            {},
            "KOMPLETT, MEN ENSTAKA UPPGIFTER SAKNAS. Alla obligatoriska uppgifter är levererade. Totalen",
        ),
        ({"complete": False}, "INTE KOMPLETT. En del enheter saknar uppgifter. Totalen"),
        (
            {"complete": False, "missing": ["bistand"]},
            "INTE KOMPLETT. Det saknas leverans av ekonomiskt bistånd.",
        ),
        (
            {"prestationer": [], "totalt": {**CONTENT["totalt"], "antal": 3}},
            "KOMPLETT. Alla obligatoriska uppgifter är levererade. Driftbudget",
        ),
    ],
)
def test_what_is_missing_stands_at_the_top(parts, state):
    assert state in text(changed(**parts))


def test_a_total_that_lacks_areas_says_so_where_it_is_first_read():
    assert "Helårsprognosen för 2 av 3 områden är 150,5 mnkr" in text(CONTENT)


def test_parts_follow_what_they_are_part_of_and_units_below_an_area_are_left_out():
    assert [cells[0] for cells in rows(CONTENT, "Driftbudget")] == [
        "Förskola",
        "Norra",
        "Ekonomiskt bistånd",
        "Äldreomsorg",
        "Lekparker ingår i Stadsmiljö, som saknas; räknas inte i totalen",
        "Totalt 2 av 3 områden",
        "varav ekonomiskt bistånd och arbetsmarknad 1 av 2 områden",
    ]
    page = page_of(CONTENT)
    assert re.search(r'<tr role="row" class="part">\s*<th role="rowheader" scope="row">Norra<', page)


def test_a_unit_that_no_area_holds_is_shown_because_the_total_counts_it():
    alone = changed(driftbudget=[area("Bilan", 9_000_000, 9_500_000, enhet="bilan")])
    assert row(alone, "Driftbudget", "Bilan")[0] == "9,0"


def test_areas_that_are_part_of_each_other_are_all_shown_once():
    circle = changed(driftbudget=[area("A-dal", 1, 1, part_of="B-dal"), area("B-dal", 1, 1, part_of="A-dal")])
    assert [cells[0].split()[0] for cells in rows(circle, "Driftbudget")[:-2]] == ["A-dal", "B-dal"]


def test_amounts_are_in_mnkr_and_deviations_in_words():
    assert row(CONTENT, "Driftbudget", "Förskola") == [
        "100,0",
        "102,0",
        "101,5",
        "underskott 2,0",
        "underskott 1,5",
    ]
    assert rows(CONTENT, "Driftbudget")[4][-1] == "underskott 40 tkr"
    assert row(CONTENT, "Driftbudget", "Totalt 2 av 3 områden")[0] == "150,0 beslutad 149,0"


def test_a_missing_figure_is_said_in_words_and_never_zero():
    assert row(CONTENT, "Driftbudget", "Äldreomsorg") == ["70,0", *["uppgift saknas"] * 4]
    assert "100,7 % före och uppgift saknas efter" in text(CONTENT)


def test_the_total_stands_beside_what_is_of_assistance_and_labour_market():
    total, named = rows(CONTENT, "Driftbudget")[-2:]
    assert (total[-1], named[-1]) == ("underskott 0,5", "överskott 1,0")
    assert "Varav ekonomiskt bistånd och arbetsmarknad: överskott 1,0 mnkr." in text(CONTENT)


def test_hidden_figures_are_said_in_words():
    assert row(CONTENT, "Ekonomiskt bistånd", "Hushåll")[0] == "färre än 5"
    assert (
        row(CONTENT, "Ekonomiskt bistånd", "Medelbidrag per hushåll, kronor")[0] == "visas inte (få personer)"
    )


def test_a_hidden_count_is_said_to_be_few_only_where_it_surely_is():
    def words(**parts):
        few = changed(bistand=[{"period": "2026-10", "medelbidrag": "doldt", **parts}])
        return [cells[1:3] for cells in rows(few, "Ekonomiskt bistånd") if "Medelbidrag" not in cells[0]]

    hidden = ["doldt"] * 2
    of_few = dict(zip(("hushall", "hushall_snitt_hittills"), hidden, strict=True))
    assert words(**of_few) == [["färre än 5", "visas inte (få personer)"]]  # the mean may be of many
    assert words(**of_few, barn="doldt")[1][0] == "visas inte (få personer)"  # hidden beside the households
    assert words(hushall=900, vuxna="doldt", barn="doldt", unga_18_24="doldt") == [
        ["900", "uppgift saknas"],
        ["färre än 5", "uppgift saknas"],
        ["färre än 5", "uppgift saknas"],
        ["visas inte (få personer)", "uppgift saknas"],  # perhaps only since the older ones are few
    ]


def test_hidden_sick_leave_shows_no_figure_of_it():
    hidden = changed(sjukfranvaro=[{**CONTENT["sjukfranvaro"][0], **dict.fromkeys(SICK_COLUMNS, "doldt")}])
    assert [cells[1:] for cells in rows(hidden, "Sjukfrånvaro")] == [["visas inte (få personer)"] * 2] * 4
    assert "ordinarie timmar." not in text(hidden)


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
        ["Cedern", "8,0", "0,4", "0,0", "0,0", "0,0"],
        ["Summa", "17,0", "0,9", "överskott 0,3", "underskott 0,5", "underskott 0,2"],
    ]


def test_units_volumes_are_summed_and_say_how_many_they_are():
    assert rows(CONTENT, "Prestationer") == [
        ["Inskrivna barn 3 enheter", "115 2 av 3 enheter", "176,5", "uppgift saknas", "uppgift saknas"],
        ["Besök Äldreomsorg", "1 205", "uppgift saknas", "1 190,25", "uppgift saknas"],
    ]
    assert "Inskrivna barn: 2 av 3 enheter." in text(CONTENT)


def test_an_areas_volume_is_not_added_to_its_units():
    whole = {**volume(None, "Inskrivna barn", 175), "verksamhetsomrade": "Förskola"}
    both = changed(prestationer=[*CONTENT["prestationer"], whole])
    assert row(both, "Prestationer", "Inskrivna barn 3 enheter")[0] == "115 2 av 3 enheter"
    assert row(both, "Prestationer", "Inskrivna barn Förskola")[0] == "175"


def test_sick_leave_is_hours_of_hours():
    assert rows(CONTENT, "Sjukfrånvaro")[:4] == [
        ["Dag 1–14", "3,0 %", "540"],
        ["Dag 15–90", "1,0 %", "181"],
        ["Från dag 91", "4,0 %", "720"],
        ["Totalt", "8,0 %", "1 441"],
    ]


def test_sick_leave_is_told_of_departments_and_areas_by_sex_and_length_but_not_of_units():
    head, *areas = rows(CONTENT, "Sjukfrånvaro")[4:]
    assert head[1:] == ["Totalt", "Kvinnor", "Män", "Dag 1–14", "Dag 15–90", "Från dag 91", "Anställda"]
    assert areas == [
        ["Förskola", "8,0 %", "8,5 %", "5,3 %", "3,0 %", "1,0 %", "4,0 %", "100"],
        ["Norra", "7,1 %", "visas inte", "visas inte", "2,8 %", "0,9 %", "3,4 %", "60"],
        ["Södra", "9,3 %", "visas inte", "visas inte", "3,3 %", "1,2 %", "4,8 %", "40"],
        ["Äldreomsorg", "8,0 %", "8,0 %", "uppgift saknas", "3,0 %", "1,0 %", "4,0 %", "20"],
        ["Hela förvaltningen", "8,0 %", "8,4 %", "5,3 %", "3,0 %", "1,0 %", "4,0 %", "120"],
    ]
    page = page_of(CONTENT)
    assert re.search(r'<tr role="row" class="part">\s*<th role="rowheader" scope="row">Norra<', page)


def test_why_a_group_is_not_shown_is_said_only_where_one_is_not():
    assert "”Visas inte”: gruppen har för få anställda, eller" in text(CONTENT)
    shown = changed(sjukfranvaro=[row for row in CONTENT["sjukfranvaro"] if row["anstallda"] != "doldt"])
    assert "Visas inte" not in text(shown)


def test_a_hidden_area_shows_nothing_at_all():
    rows_of_sick = deepcopy(CONTENT["sjukfranvaro"])
    for each in rows_of_sick:
        if each["enhet"] == "södra":
            each.update(dict.fromkeys(SICK_COLUMNS, "doldt"))
    assert row(changed(sjukfranvaro=rows_of_sick), "Sjukfrånvaro", "Södra") == ["visas inte"] * 7


def test_an_area_that_lacks_units_says_so():
    some = deepcopy(CONTENT["sjukfranvaro"])
    some[3] |= {"antal": 4, "av": 5}
    assert rows(changed(sjukfranvaro=some), "Sjukfrånvaro")[5][0] == "Förskola 4 av 5 enheter"


def test_sick_leave_without_one_span_has_no_total():
    lacking = changed(sjukfranvaro=[{**CONTENT["sjukfranvaro"][0], "franvarotimmar_91": None}])
    assert row(lacking, "Sjukfrånvaro", "Dag 1–14") == ["3,0 %", "540"]
    assert row(lacking, "Sjukfrånvaro", "Totalt") == ["uppgift saknas", "uppgift saknas"]


def test_an_indicator_keeps_its_decimals_and_its_published_target():
    assert rows(CONTENT, "Indikatorer") == [
        [
            "Sjukfrånvaro mäts per månad",
            "7,0 kvinnor 8,1, män 5,8",
            "7,6",
            "uppgift saknas",
            "7,0 %",
            "minska",
        ]
    ]


ACCURACY = "Prognossäkerhet, tertialrapport 2 2025"


def test_the_record_of_forecasts_shows_the_newest_year_by_area_and_the_board_last():
    assert rows(CONTENT, ACCURACY) == [
        ["Förskola", "1,0 % inom målet", "uppgift saknas", "1,0 %"],
        ["Äldreomsorg", "2,6 %", "0,4 % inom målet, 2 av 3 enheter", "uppgift saknas"],
        ["Nämnden", "0,8 % inom målet", "2,0 % 4 av 6 enheter, 1 åtgärdad enhet", "3,0 %"],
    ]


@pytest.mark.parametrize("parts", [{"prognossakerhet": []}, {}])
def test_a_record_of_no_year_is_said_to_be_none(parts):
    content = {key: value for key, value in CONTENT.items() if key != "prognossakerhet"} | parts
    assert "Prognossäkerhet Inget tidigare år har helt utfall att mäta prognoser mot." in text(content)


def test_a_warning_of_a_report_that_was_kept_before_there_were_own_forecasts_is_shown_without():
    old = warning("Alen", "larm", 9_000_000, 9_500_000)
    kept = {
        key: value
        for key, value in old.items()
        if key not in {"chefens_mening", "vagd_prognos", "riskmening"}
    }
    assert rows(changed(avvikelser=[kept]), "Larm och bevakning")[1] == ["Alen har en helårsprognos."]


def test_corrections_say_before_and_now_largest_first():
    assert rows(CONTENT, CORRECTIONS) == [
        ["Cedern", "juli 2026", "500", "620", "120 högre", "9"],
        ["Bilan", "augusti 2026", "700", "690", "10 lägre", "12"],
        ["alen", "augusti 2026", "uppgift saknas", "510", "ny uppgift", "15"],
    ]


def test_many_corrections_are_counted_and_the_smallest_left_out():
    many = [{**CONTENT["andrat_sedan_forra"][0], "utfall": 1000 * n, "rad": n} for n in range(1, 126)]
    page = text(changed(andrat_sedan_forra=many))
    assert "125 rättade uppgifter" in page
    assert "Ytterligare 105 med mindre ändring" in page


def test_the_foot_says_the_version():
    assert "Rapportens version: 17." in text(CONTENT, version=17)


def test_an_empty_month_says_so_in_every_section():
    page = text(empty(["ekonomi", "sjukfranvaro"]))
    assert page.count("Ingen uppgift levererad.") == 6
    assert "INTE KOMPLETT. Det saknas leverans av ekonomi och sjukfrånvaro." in page
    assert "Inga enheter har bedömts: ekonomi saknas." in page
    assert "0,0" not in page


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


def test_sick_leave_of_some_units_says_so():
    some = changed(sjukfranvaro=[{**CONTENT["sjukfranvaro"][0], "antal": 11, "av": 12}])
    assert "Timmarna gäller 11 av 12 enheter" in text(some)
    assert "Timmarna gäller" not in text(CONTENT)


def test_the_published_month_reads_as_it_was_published():
    content = published()
    assert row(content, "Driftbudget", "Totalt") == [
        "2 028,9",
        "2 019,5",
        "2 017,9",
        "överskott 9,4",
        "överskott 11,0",
    ]
    assert rows(content, "Driftbudget")[-1][-1] == "överskott 2,5"
    assert row(content, "Driftbudget", "Flykting")[:3] == ["0,0", "−19,0", "−19,0"]
    assert row(content, "Resultatenheter", "Summa") == [
        "411,2",
        "20,6",
        "överskott 39,6",
        "underskott 1,6",
        "överskott 38,0",
    ]
    assert rows(content, "Prestationer")[-1][1:] == ["461", "uppgift saknas", "454", "468"]
    grants = row(content, "Ekonomiskt bistånd", "Medelbidrag per hushåll, kronor")
    assert grants == ["9 153", "9 300", "9 414"]
    assert "Väntat överskott 11,0 mnkr" in text(content)
    assert "99,5 % före och 99,5 % efter" in text(content)
