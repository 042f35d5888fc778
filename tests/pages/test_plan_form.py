"""A manager writes a plan, keeps it, hands it in and takes it back."""

from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure
from tests.pages.pages import GOOD, HEAD, forms_of, measure, words_of
from tests.worlds.small_administration import economy, write_month


def test_the_page_says_what_is_the_matter_what_to_do_and_what_happens_else(pages):
    said = words_of(pages.client.get(pages.plan_path).text)
    for words in (
        "Månadsuppföljning september 2026",
        "Förskolan Norr: befarat underskott 1,0 mnkr",
        "LARM. Lämna en åtgärdsplan senast den 14 oktober 2026.",
        "Har vi ingen plan den 21 oktober informerar vi avdelningschefen.",
        "Helår 2026, mnkr Budget Prognos Avvikelse Före åtgärder 12,0 13,0 underskott 1,0 (8,5 %)",
        "Beräknad effekt av åtgärder 0,0 Efter åtgärder 12,0 13,0 underskott 1,0",
        "Till och med september har enheten kostat",
        "skriv inga personuppgifter",
        "Underskott att täcka i år 1 018 607 kronor",
        "Underskottet är större än både 150 tkr",
    ):
        assert words in said


def test_the_picture_tells_its_figures_in_words_and_fetches_nothing(pages):
    html = pages.client.get(pages.plan_path).text
    assert 'src="data:image/png;base64,' in html
    assert "Helårsprognos" in html.partition('alt="')[2].partition('"')[0]


def test_every_field_and_button_of_the_form_is_there(pages):
    (form,) = forms_of(pages.client.get(pages.plan_path).text)
    assert set(form.fields) == {"formular", "version", *GOOD}
    assert form.buttons == ["spara", "ta-bort-1", "rad", "lamna-in", "spara"]
    assert form.action == pages.plan_path


def test_a_measure_may_begin_in_the_twelve_months_after(pages):
    html = pages.client.get(pages.plan_path).text
    assert html.count("<option") == 13
    assert '<option value="2026-10">oktober 2026</option>' in html
    assert '<option value="2027-09">september 2027</option>' in html


def test_a_draft_is_kept_though_it_isnt_whole(pages):
    answer = pages.post(pages.plan_path, "spara", {"vad-1": "Schemat läggs om"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{pages.plan_path}?gjort=utkast")
    (kept,) = pages.read().measures
    assert (kept.what, kept.from_month, kept.monthly_effect) == ("Schemat läggs om", None, None)
    page = pages.client.get(answer.headers["location"])
    assert "Utkastet är sparat. Planen är inte inlämnad än." in page.text
    assert forms_of(page.text)[0].fields["vad-1"] == "Schemat läggs om"


def test_the_sums_are_held_against_the_deficit(pages):
    pages.post(pages.plan_path, "spara", GOOD)
    said = words_of(pages.client.get(pages.plan_path).text)
    assert "Effekt oktober–december 2026 75 000 kronor" in said
    assert "Återstår 943 607 kronor" in said
    assert "Effekt på ett helt år 300 000 kronor" in said
    assert "Beräknad effekt av åtgärder −0,1 Efter åtgärder 12,0 12,9 underskott 0,9" in said


def test_a_draft_that_changes_nothing_is_no_new_version(pages):
    pages.post(pages.plan_path, "spara", GOOD)
    before = pages.read().version
    assert pages.post(pages.plan_path, "spara").status_code == 303
    assert pages.read().version == before


def test_a_plan_is_handed_in_and_read_again(pages):
    answer = pages.post(pages.plan_path, "lamna-in", GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{pages.plan_path}?gjort=inlamnad")
    plan = pages.read()
    assert plan.state == "submitted"
    wanted = Measure(GOOD["vad-1"], GOOD["vem-1"], Period(2026, 10), Decimal(25_000), GOOD["risk-1"])
    assert plan.measures == (wanted,)
    assert plan.events[-1].actor == "anna@example.se"
    said = words_of(pages.client.get(answer.headers["location"]).text)
    assert "Klart. Planen är inlämnad." in said
    assert "INLÄMNAD. Planen väntar på avdelningschefens beslut." in said
    assert "Beslutet ska komma senast den 15 oktober" in said
    assert "Risk: Många sjuka i februari" in said


def test_a_plan_that_was_handed_in_is_mailed_to_its_head_at_once(pages):
    pages.post(pages.plan_path, "lamna-in", GOOD)
    mails = pages.world.rows("select kind, address, state from mail where kind like 'plan%%' order by kind")
    assert ("plan_att_besluta", HEAD, "sent") in mails


def test_a_plan_that_was_handed_in_can_only_be_taken_back(pages):
    pages.submit()
    (form,) = forms_of(pages.client.get(pages.plan_path).text)
    assert form.buttons == ["aterta"]
    answer = pages.post(pages.plan_path, "aterta")
    assert answer.headers["location"] == f"{pages.plan_path}?gjort=atertagen"
    assert pages.read().state == "withdrawn"
    (form,) = forms_of(pages.client.get(pages.plan_path).text)
    assert form.fields["vad-1"] == "Schemat läggs om"


def test_a_row_is_added_and_what_was_typed_is_kept(pages):
    answer = pages.post(pages.plan_path, "rad", GOOD)
    assert answer.headers["location"] == f"{pages.plan_path}?gjort=utkast&rader=2#vad-2"
    (form,) = forms_of(pages.client.get(answer.headers["location"]).text)
    assert (form.fields["vad-1"], form.fields["effekt-1"]) == (GOOD["vad-1"], "25\u00a0000")
    assert form.fields["vad-2"] == ""
    assert pages.read().state == "required"


def test_the_last_row_that_fits_has_no_button_for_one_more(pages):
    assert "rad" in forms_of(pages.client.get(f"{pages.plan_path}?rader=19").text)[0].buttons
    (form,) = forms_of(pages.client.get(f"{pages.plan_path}?rader=99").text)
    assert "rad" not in form.buttons
    assert "vad-20" in form.fields
    assert "vad-21" not in form.fields


@pytest.mark.parametrize("rows", ["", "-1", "0", "x", "1e3", "٣", "9" * 5000])
def test_a_number_of_rows_that_is_none_is_one(pages, rows):
    (form,) = forms_of(pages.client.get(pages.plan_path, params={"rader": rows, "gjort": rows}).text)
    assert "vad-2" not in form.fields


def test_a_row_is_taken_away_and_the_others_stay(pages):
    typed = GOOD | {"vad-2": "Förrådet töms"}
    pages.post(pages.plan_path, "ta-bort-1", typed)
    assert [each.what for each in pages.read().measures] == ["Förrådet töms"]


def test_taking_away_a_row_that_isnt_there_takes_none(pages):
    pages.post(pages.plan_path, "ta-bort-7", GOOD)
    assert len(pages.read().measures) == 1


def test_a_sent_back_plan_shows_the_comment_and_can_be_handed_in_again(pages):
    pages.submit()
    pages.desk(HEAD).send_back(pages.plan.id, None, "Vad kostar bemanningen i dag?")
    said = words_of(pages.client.get(pages.plan_path).text)
    assert "ÅTERSÄND FÖR KOMPLETTERING. Lämna in planen igen senast den 15 oktober 2026." in said
    assert said.index("Avdelningschefens kommentar Vad kostar bemanningen i dag?") < said.index("Helår 2026")
    assert pages.post(pages.plan_path, "lamna-in").status_code == 303
    assert pages.read().state == "submitted"


def test_last_months_plan_fills_in_the_form_when_nothing_has_changed(pages):
    pages.desk().submit(pages.plan.id, None, [measure(), measure("Förrådet töms", 5_000, "2027-01")])
    pages.desk(HEAD).approve(pages.plan.id, None)
    write_month(pages.world.inbox, "2026-10", ekonomi=economy(closed=10))
    done = pages.world.manad("run", "2026-10", "--today", "2026-11-06")
    assert done.code == 0
    assert pages.plan.period == Period(2026, 10)
    page = pages.client.get(pages.plan_path).text
    assert "Oförändrad sedan september 2026" in page
    answer = pages.post(pages.plan_path, "oforandrad", {"vad-1": "Ny åtgärd"})
    assert answer.status_code == 303
    kept = [(each.what, each.from_month, each.monthly_effect) for each in pages.read().measures]
    assert kept == [
        ("Ny åtgärd", None, None),
        ("Schemat läggs om", Period(2026, 11), Decimal(25_000)),
        ("Förrådet töms", Period(2027, 1), Decimal(5_000)),
    ]


def test_a_unit_without_an_earlier_plan_has_nothing_unchanged(pages):
    assert "Oförändrad" not in pages.client.get(pages.plan_path).text


def test_to_have_read_it_is_asked_by_a_page_and_noted_by_its_button_alone(pages):
    path = f"{pages.plan_path}/tagit-del"
    for _ in range(3):
        assert pages.client.get(path).status_code == 200
        assert pages.client.head(path).status_code == 200
    assert pages.read().acknowledged_on is None
    answer = pages.post(path, "")
    assert answer.headers["location"] == f"{pages.plan_path}?gjort=tagit-del"
    assert pages.read().acknowledged_on == pages.day
    assert pages.read().state == "required"
    assert "Det noterades den 8 oktober 2026." in words_of(pages.client.get(path).text)


def test_to_have_read_it_twice_notes_the_first_day(pages):
    path, first = f"{pages.plan_path}/tagit-del", pages.day
    form = forms_of(pages.client.get(path).text)[0]
    for _ in range(2):
        assert pages.client.post(path, data=form.fields).status_code == 303
        pages.day = pages.day.replace(day=9)
    assert pages.read().acknowledged_on == first


LATE = {
    "on the last day it isn't late": (14, "LARM. Lämna en åtgärdsplan senast den 14 oktober 2026."),
    "the day after it is": (15, "Åtgärdsplanen skulle ha lämnats senast den 14 oktober 2026."),
    "before the head is told": (20, "Har vi ingen plan den 21 oktober informerar vi avdelningschefen."),
    "when the head may be told any hour": (21, "Lämna den nu: annars informerar vi avdelningschefen."),
}


@pytest.mark.parametrize(("day", "words"), LATE.values(), ids=LATE)
def test_what_happens_else_follows_the_day(pages, day, words):
    pages.day = pages.day.replace(day=day)
    assert words in words_of(pages.client.get(pages.plan_path).text)
