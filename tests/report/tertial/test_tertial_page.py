"""The tertial report: the published order, what people are to write, what is left out, and bad input."""

import json
from io import BytesIO

import docx
import pytest

from tests.report.tertial.read_tertial import docx_parts, html_parts, made, part, xlsx_sheets
from tests.report.test_goals import activity, goal, indicator
from tests.worlds.report_content import CONTENT, changed

GOALS = [
    goal("1", niva="inriktningsmal", namn="Trygghet"),
    goal("1.1", "1", niva="verksamhetsomradesmal", namn="Förskola", bedomning="helt", forslag="delvis"),
    goal("1.1.1", "1.1", namn="Språk", bedomning="helt", forslag="helt", beskrivning="Alla barn.",
         forvantat_resultat="Fler böcker."),
    goal("1.1.2", "1.1", namn="Lek", bedomning="delvis", forslag="delvis"),
]  # fmt: skip
INVESTMENT = {"investering": "Parker", "budget": 4e6, "prognos": 3e6, "utfall": 1e6, "avvikelse": 1e6,
              "begarda_budgetjusteringar": None}  # fmt: skip
ADJUSTMENT = {"namn": "Belysning", "belopp": 8e5, "slag": "investering", "verksamhetsomrade": None,
              "lage": "ansokt"}  # fmt: skip


def content(period="2026-08", **others):
    parts = {
        "mal": GOALS,
        "indikatorer": [],
        "investeringar": [INVESTMENT],
        "budgetjusteringar": [ADJUSTMENT],
    }
    return changed(period=period, **{**parts, **others})


def page(**others):
    return html_parts(made("html", content(**others)))


def test_headings_stand_in_the_published_order_in_html_and_word():
    order = [
        ("Förslag till beslut", 2),
        ("Sammanfattande analys", 2),
        ("Uppföljning av kommunfullmäktiges inriktningsmål", 2),
        ("KF:s inriktningsmål: 1 Trygghet", 3),
        ("KF:s mål för verksamhetsområdet: 1.1 Förskola", 4),
        ("Nämndmål: 1.1.1 Språk", 5),
        ("Nämndmål: 1.1.2 Lek", 5),
        ("Uppföljning av ekonomi", 2),
        ("Uppföljning av driftbudget", 3),
        ("Förskola", 4),
        ("Ekonomiskt bistånd", 4),
        ("Äldreomsorg", 4),
        ("Stadsmiljö", 4),
        ("Volymer", 4),
        ("Resultatenheter", 3),
        ("Investeringar", 3),
        ("Budgetjusteringar", 3),
        ("Utelämnade rubriker", 2),
    ]
    for parts in (page(), docx_parts(made("docx", content()))):
        told = [(each.title, each.level) for each in parts if each.title]
        assert [each for each in told if each in order] == [each for each in order if each in told]
        assert [each for each in order if each not in told] == [("Stadsmiljö", 4)]


@pytest.mark.parametrize(
    ("month", "title"),
    [("04", "Tertialrapport 1 2026"), ("08", "Tertialrapport 2 2026"), ("12", "Verksamhetsberättelse 2026")],
)
def test_each_tertial_is_called_by_its_name(month, title):
    assert title in page(period=f"2026-{month}")[0].text


def test_the_years_own_report_says_bokslut_where_the_others_forecast():
    tables = part(page(period="2026-12"), "Uppföljning av driftbudget").tables
    assert "Bokslut före resultatöverföring" in tables[0][0]


def test_what_only_people_can_write_is_marked_beside_a_draft():
    parts = page()
    assert "[Skriv: nämndens bedömning]" in part(parts, "KF:s inriktningsmål: 1 Trygghet").text
    judged = part(parts, "KF:s mål för verksamhetsområdet: 1.1 Förskola").text
    assert "Uppfylls helt." in judged
    assert "[Skriv: pröva bedömningen" in judged
    assert "”uppfylls delvis”" in judged
    word = docx_parts(made("docx", content()))
    assert "[Skriv: analys]" in part(word, "Nämndmål: 1.1.2 Lek").text


def test_where_the_delivered_file_says_words_those_stand():
    reached = part(page(), "Nämndmål: 1.1.1 Språk").text
    assert reached == "Uppfylls helt. Beskrivning Alla barn. Förväntat resultat Fler böcker."
    goals = [{**GOALS[3], "analys": "Vi lekte mer."}]
    assert part(page(mal=goals), "Nämndmål: 1.1.2 Lek").text == "Uppfylls delvis. Analys Vi lekte mer."
    area = {**content()["driftbudget"][4], "avvikelse_efter": -1e6, "orsak": "Fler äldre."}
    said = part(page(driftbudget=[area]), "Äldreomsorg").text
    assert said.startswith("Fler äldre.")
    assert "prognostiserar" not in said


def test_a_reason_is_asked_for_where_an_area_deviates_and_not_of_a_part_in_balance():
    kept = content()["driftbudget"]
    part_in_balance = {**kept[0], "avvikelse_fore": -1e6, "avvikelse_efter": 0}
    parts = page(driftbudget=[kept[1], part_in_balance])
    words = part(parts, "Förskola").words
    assert words[0] == "[Skriv: orsak och åtgärder]"
    assert words[2].startswith("Norra prognostiserar ett underskott om 1,0 mnkr före och en budget i balans")
    assert words.count("[Skriv: orsak och åtgärder]") == 1


def test_social_assistance_tells_what_volume_and_price_do_unless_they_are_hidden():
    (year,) = [each for each in CONTENT["signaler"] if each["serie"] == "helar"]
    effects = {"volymeffekt": "doldt", "priseffekt": "doldt"}
    hidden = {**year, "delar": {**year["delar"], **effects}}
    for signal, is_told in ((year, True), (hidden, False)):
        said = part(page(signaler=[signal]), "Ekonomiskt bistånd").text
        assert ("I programmets prognos" in said) is is_told


def test_places_to_write_are_places_in_word_too():
    told = content()
    xml = docx.Document(BytesIO(made("docx", told))).element.xml
    assert xml.count('w:alias w:val="Att skriva"') == made("html", told).count(b"<mark>") > 5


def of_preschool(age, outcome):
    counts = {"planerat": 60, "utfall": outcome, "snitt_hittills": 50, "snitt_foregaende_ar": 40}
    return {
        "period": "2026-08",
        "verksamhetsomrade": "Förskola",
        "matt": f"Inskrivna barn {age} år",
        **counts,
    }


@pytest.mark.parametrize(("outcome", "names"), [(31, ["1-3", "4-5", "Totalt"]), ("doldt", ["1-3", "4-5"])])
def test_parts_of_one_measure_are_summed_unless_one_of_them_is_hidden(outcome, names):
    rows = [of_preschool("1-3", 23), of_preschool("4-5", outcome)]
    (table,) = part(page(prestationer=rows), "Förskola").tables
    shown = [row[0].removeprefix("Inskrivna barn ").removesuffix(" år") for row in table[1:]]
    assert shown == names
    assert outcome != 31 or table[-1] == ["Totalt", "120", "54", "100", "80"]


def test_decisions_are_numbered_and_drafted_of_figures():
    decisions = part(page(), "Förslag till beslut").text
    assert "Nämnden godkänner tertialrapport 2 2026" in decisions
    assert "Nämnden ansöker om budgetjustering om 0,8 mnkr (Belysning, investering)." in decisions
    assert b"<ol>" in made("html", content())


def test_headings_without_anything_are_left_out_and_listed_at_the_end():
    parts = page(investeringar=[])
    assert "Investeringar" not in [each.title for each in parts]
    left_out = part(parts, "Utelämnade rubriker").text
    assert "Investeringar" in left_out
    assert "Medel för lokaländamål" in left_out
    assert "Resultatenheter" not in left_out


def test_a_table_of_indicators_has_nine_columns_and_one_of_activities_four():
    told = page(
        indikatorer=[indicator(mal="1.1.1", utfall=82, arsmal=85, bedomning="nas_inte", bedoms_pa="utfall")],
        aktiviteter=[activity("Rutin", "avviker", mal="1.1.1", avvikelse="Försenad"),
                     activity("Arbete", "pagar", mal="1.1.1")],
    )  # fmt: skip
    indicators, activities = part(told, "Nämndmål: 1.1.1 Språk").tables
    assert indicators[0] == [
        "Indikator", "Periodens utfall", "Utfall män/pojkar", "Utfall kvinnor/flickor", "Utfall VB 2025",
        "Prognos helår", "Årsmål", "KF:s årsmål", "Period",
    ]  # fmt: skip
    assert indicators[1][:2] == ["NÅR INTE|Nöjda föräldrar|bedömd på utfallet", "82 %"]
    assert activities == [
        ["Aktivitet", "Startdatum", "Slutdatum", "Avvikelse"],
        ["Arbete", "1 januari 2026", "30 juni 2026", ""],
        ["Rutin", "1 januari 2026", "30 juni 2026", "AVVIKELSE"],
        ["Försenad"],
    ]


@pytest.mark.parametrize(
    ("brought", "taken", "rows"),
    [
        (-4e6, 3e6, {"överskott från 2025": "4,0", "överskott till 2027": "−3,0"}),
        (2e6, -1e6, {"underskott från 2025": "−2,0", "underskott till 2027": "1,0"}),
    ],
)
def test_what_result_units_carry_is_called_by_its_side_and_adds_up(brought, taken, rows):
    sides = [
        {"slag": "kostnader", "budget": 9e7, "begarda_budgetjusteringar": None, "prognos": 8e7,
         "prestationsforandringar": None, "avvikelse": 1e7},
    ]  # fmt: skip
    units = {**content()["resultatenheter_summa"], "overforing_fran_foregaende_ar": brought,
             "overforing_till_nasta_ar": taken}  # fmt: skip
    told = part(page(driftbudget_slag=sides, resultatenheter_summa=units), "Uppföljning av driftbudget")
    for name, figure in rows.items():
        assert told.row(f"Resultatenheternas {name}")[-1] == figure


def test_result_units_stand_below_their_group_and_say_whose_doing_it_was():
    units = [{**each, "grupp": "Förskolor", "eget_handlande": True} for each in content()["resultatenheter"]]
    rows = part(page(resultatenheter=units), "Resultatenheter").tables[0]
    assert [row[0] for row in rows] == ["Resultatenhetens namn", "Förskolor", "Bilan", "Cedern", "Summa"]
    assert [row[-1] for row in rows] == ["Eget handlande", "", "JA", "JA", ""]
    assert rows[0][3:5] == ["Resultatöverföring från 2025", "Resultat"]


def test_without_goals_indicators_and_activities_are_still_told():
    parts = page(mal=[], indikatorer=[indicator(mal="1.3")], aktiviteter=[activity("Rutin", "pagar")])
    loose = part(parts, "Indikatorer och aktiviteter utan mål")
    assert len(loose.tables) == 2
    assert "inte är lämnat" not in loose.text


def test_an_indicator_under_an_unknown_goal_is_told_with_its_goal():
    loose = part(page(indikatorer=[indicator(mal="9.9")]), "Indikatorer och aktiviteter utan mål")
    assert loose.tables[0][1][:2] == ["Nöjda föräldrar", "9.9"]
    assert "Hör till ett mål som inte är lämnat" in loose.text


def test_goals_in_a_ring_all_stand_once():
    ring = [goal("A", "C", namn="A"), goal("B", "A", namn="B"), goal("C", "B", namn="C")]
    titles = [each.title for each in page(mal=ring) if each.title.startswith("Nämndmål")]
    assert titles == ["Nämndmål: A A", "Nämndmål: B B", "Nämndmål: C C"]


def test_two_indicators_of_one_name_stand_under_their_own_goals_with_their_own_figures():
    rows = [indicator(mal="1.1.1", utfall=81), indicator(mal="1.1.2", utfall=79)]
    parts = page(indikatorer=rows)
    assert part(parts, "Nämndmål: 1.1.1 Språk").row("Nöjda föräldrar")[0] == "81 %"
    assert part(parts, "Nämndmål: 1.1.2 Lek").row("Nöjda föräldrar")[0] == "79 %"
    sheet = xlsx_sheets(made("xlsx", content(indikatorer=rows)))["Indikatorer"]
    assert [[cell.value for cell in row[:3]] for row in sheet[1:3]] == [
        ["Nöjda föräldrar", "1.1.1", 81],
        ["Nöjda föräldrar", "1.1.2", 79],
    ]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+46", "@SUM(A1)", "N" * 200, "<b>fet</b> & co"])
def test_whatever_is_delivered_stays_text_in_all_forms(name):
    goals = json.loads(json.dumps(GOALS).replace("Lek", name))
    told = content(mal=goals, indikatorer=[indicator(name, mal="1.1.2")])
    for parts in (html_parts(made("html", told)), docx_parts(made("docx", told))):
        assert part(parts, f"Nämndmål: 1.1.2 {name}").tables[0][1][0] == name
    cell = xlsx_sheets(made("xlsx", told))["Indikatorer"][1][0]
    assert (cell.value, cell.data_type) == (name, "s")


@pytest.mark.parametrize("form", ["html", "xlsx", "docx"])
def test_it_is_the_same_bytes_whenever_it_is_made(form):
    assert made(form, content()) == made(form, content())
