"""What is typed wrong, sent twice or sent late changes nothing, and nothing of it is lost."""

import pytest

from tests.pages.pages import GOOD, HEAD, forms_of, measure, words_of
from tests.worlds.small_administration import UNITS, economy, organisation, sick_leave, volumes, write_month

LONG = "x" * 100_000
BAD = {
    "no measure": ({}, "vad-1", "Beskriv minst en åtgärd."),
    "nothing said of what": (GOOD | {"vad-1": " "}, "vad-1", "Åtgärd 1: Skriv vad som ska göras."),
    "nobody responsible": (GOOD | {"vem-1": ""}, "vem-1", "Skriv vem som ansvarar"),
    "no month": (GOOD | {"fran-1": ""}, "fran-1", "Välj den månad som effekten börjar."),
    "no effect": (GOOD | {"effekt-1": ""}, "effekt-1", "Ange effekten i kronor per månad"),
    "negative effect": (GOOD | {"effekt-1": "-25 000"}, "effekt-1", "större än 0 kronor"),
    "no effect at all": (GOOD | {"effekt-1": "0"}, "effekt-1", "större än 0 kronor"),
    "effect in words": (GOOD | {"effekt-1": "mycket"}, "effekt-1", "Det är inget tal"),
    "effect with two readings": (GOOD | {"effekt-1": "25.000"}, "effekt-1", "läsas på två sätt"),
    "effect before the start": (GOOD | {"fran-1": "2026-09"}, "fran-1", "september 2026 är redan stängd"),
    "effect far ahead": (GOOD | {"fran-1": "2027-10"}, "fran-1", "senast i september 2027"),
    "a month that isn't": (GOOD | {"fran-1": "2026-13"}, "fran-1", "Välj en månad ur listan."),
    "effect above the unit's budget": (
        GOOD | {"effekt-1": "1 000 001"}, "effekt-1", "mer än enhetens hela budget 12 000 000 kronor",
    ),
    "a personal identity number": (GOOD | {"risk-1": "Anna 19811228-9874"}, "risk-1", "Ta bort personnumret"),
    "100 kB of text": (GOOD | {"risk-1": LONG}, "risk-1", "Texten är 100 000 tecken"),
    "21 measures": ({f"vad-{number}": "A" for number in range(1, 22)}, "vad-1", "högst 20 åtgärder"),
}  # fmt: skip
KEPT_EVEN_AS_DRAFT = {"effect in words", "effect with two readings", "a month that isn't", "100 kB of text"}


@pytest.mark.parametrize(("typed", "field", "why"), BAD.values(), ids=BAD)
def test_a_plan_that_cant_be_handed_in_says_why_beside_the_field_and_at_the_top(pages, typed, field, why):
    version = pages.read().version
    answer = pages.post(pages.plan_path, "lamna-in", typed)
    assert answer.status_code == 422
    assert (pages.read().version, pages.read().state) == (version, "required")
    assert why in words_of(answer.text)
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-fel"' in answer.text
    assert "<title>Fel: " in answer.text
    described = answer.text.partition(f'id="{field}"')[2].partition(">")[0]
    assert 'aria-invalid="true"' in described
    assert f'{field}-fel"' in described


@pytest.mark.parametrize("button", ["lamna-in", "spara", "rad", "ta-bort-9"])
@pytest.mark.parametrize("case", sorted(KEPT_EVEN_AS_DRAFT))
def test_everything_that_was_typed_stands_there_still(pages, case, button):
    typed = {"vem-1": "Å & <b>\"rektor'", **BAD[case][0], "vad-2": "rad 1\n\nrad 2"}
    answer = pages.post(pages.plan_path, button, typed)
    assert answer.status_code == 422
    fields = forms_of(answer.text)[0].fields
    wanted = {name: value for name, value in typed.items() if value != "2026-13"}
    assert {name: fields[name] for name in wanted} == wanted


def test_many_faults_are_told_at_once_in_their_order(pages):
    typed = {"vad-1": "A", "effekt-1": "mycket", "vad-2": "B", "fran-2": "2026-10", "vem-2": "Rektor"}
    answer = pages.post(pages.plan_path, "lamna-in", typed)
    links = [part.partition('"')[0] for part in answer.text.split('<a href="#')[1:]]
    assert links == ["vem-1", "fran-1", "effekt-1", "effekt-2"]


HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' or 1=1; drop table plan; --",
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "%s %(a)s :plan ${x} \\",
    "\u202eomvänt\u0000noll",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_script_and_sql_in_every_field_are_only_text(pages, text):
    typed = GOOD | {"vad-1": text, "vem-1": text, "risk-1": text}
    assert pages.post(pages.plan_path, "lamna-in", typed).status_code == 303
    kept = text.replace("\u202e", "").replace("\x00", "")
    (found,) = pages.read().measures
    assert (found.what, found.who, found.risk) == (kept, kept, kept)
    for path in (pages.plan_path, pages.department_path):
        page = pages.client.get(path).text
        assert kept in page.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace(
            "&#34;", '"'
        )
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert pages.plan.state == "submitted"


@pytest.mark.parametrize("text", HOSTILE[:5])
def test_script_and_sql_where_figures_belong_are_told_and_only_text(pages, text):
    form = forms_of(pages.client.get(pages.plan_path).text)[0]
    for name in ("fran-1", "effekt-1", "version", "gor", "formular", "annat-1"):
        data = form.fields | GOOD | {"gor": "lamna-in", name: text}
        answer = pages.client.post(pages.plan_path, data=data)
        assert answer.status_code in {303, 403, 409, 422}
        assert "<script>alert" not in answer.text
    assert pages.client.get(pages.plan_path, params={"gjort": text, "rader": text}).status_code == 200


def test_a_plan_sent_twice_is_handed_in_once_and_shown_as_it_is(pages):
    form = forms_of(pages.client.get(pages.plan_path).text)[0]
    data = form.fields | GOOD | {"gor": "lamna-in"}
    answers = [pages.client.post(pages.plan_path, data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert [each.action for each in pages.read().events].count("submit") == 1
    assert pages.world.value("select count(*) from mail where kind = 'plan_mottagen'") == 1


@pytest.mark.parametrize("button", ["spara", "rad"])
def test_a_draft_sent_twice_is_kept_once(pages, button):
    form = forms_of(pages.client.get(pages.plan_path).text)[0]
    data = form.fields | GOOD | {"gor": button}
    assert [pages.client.post(pages.plan_path, data=data).status_code for _ in range(2)] == [303, 303]
    assert pages.read().version == 2


def test_a_plan_taken_back_twice_is_taken_back_once(pages):
    pages.submit()
    form = forms_of(pages.client.get(pages.plan_path).text)[0]
    data = form.fields | {"gor": "aterta"}
    assert [pages.client.post(pages.plan_path, data=data).status_code for _ in range(2)] == [303, 303]
    assert [each.action for each in pages.read().events].count("withdraw") == 1


def test_the_form_of_a_page_gone_back_to_writes_over_nothing(pages):
    """Back to the empty form, after the plan was handed in: what it sends is shown beside what holds."""
    old = forms_of(pages.client.get(pages.plan_path).text)[0]
    pages.post(pages.plan_path, "lamna-in", GOOD)
    data = old.fields | {"vad-1": "Något annat", "gor": "lamna-in"}
    answer = pages.client.post(pages.plan_path, data=data)
    said = words_of(answer.text)
    assert answer.status_code == 409
    assert GOOD["vad-1"] in said
    assert "Det är inte sparat. Kopiera det du vill ha kvar." in said
    assert "Något annat" in said
    assert pages.read().measures[0].what == GOOD["vad-1"]


def test_of_two_people_at_once_the_second_sees_what_the_first_wrote_beside_their_own(pages):
    second = pages.another_reader()
    form = forms_of(second.get(pages.plan_path).text)[0]
    pages.post(pages.plan_path, "spara", GOOD)
    mine = form.fields | GOOD | {"vad-1": "Min egen text", "effekt-1": "5 000", "gor": "spara"}
    answer = second.post(pages.plan_path, data=mine)
    said = words_of(answer.text)
    assert answer.status_code == 409
    assert "Någon annan har ändrat planen sedan du öppnade den." in said
    assert "Så är planen nu Senast: utkast sparat, anna@example.se." in said
    assert GOOD["vad-1"] in said
    assert pages.read().measures[0].what == GOOD["vad-1"]
    form = forms_of(answer.text)[0]
    assert (form.fields["vad-1"], form.fields["effekt-1"]) == ("Min egen text", "5 000")
    assert second.post(pages.plan_path, data=form.fields | {"gor": "spara"}).status_code == 303
    assert pages.read().measures[0].what == "Min egen text"


def test_a_page_with_faults_is_still_of_the_version_that_it_was_typed_over(pages):
    """Else the next try would write over what somebody else saved meanwhile, unseen."""
    second = pages.another_reader()
    form = forms_of(second.get(pages.plan_path).text)[0]
    pages.post(pages.plan_path, "spara", GOOD)
    bad = form.fields | {"vad-1": "Min", "effekt-1": "mycket", "gor": "spara"}
    again = forms_of(second.post(pages.plan_path, data=bad).text)[0]
    answer = second.post(pages.plan_path, data=again.fields | {"effekt-1": "5000", "gor": "spara"})
    assert answer.status_code == 409
    assert pages.read().measures[0].what == GOOD["vad-1"]


def test_a_link_used_after_approval_shows_what_holds_and_takes_nothing(pages):
    form = forms_of(pages.client.get(pages.plan_path).text)[0]
    pages.submit()
    pages.desk(HEAD).approve(pages.plan.id, None, "Bra plan")
    page = pages.client.get(pages.plan_path)
    said = words_of(page.text)
    assert "GODKÄND. Planen gäller." in said
    assert "Bra plan" in said
    assert "Svara på mejlet med länken hit, så når du din controller." in said
    assert forms_of(page.text) == []
    for button in ("spara", "lamna-in", "aterta", "rad"):
        answer = pages.client.post(pages.plan_path, data=form.fields | GOOD | {"gor": button})
        assert answer.status_code == 409
    assert (pages.read().state, pages.read().measures) == ("approved", (measure(),))


def test_a_plan_of_a_unit_that_was_closed_says_so_and_takes_nothing(pages):
    """The register of the next month has the unit no more."""
    path, plan = pages.plan_path, pages.plan.id
    form = forms_of(pages.client.get(path).text)[0]
    left = {code: name for code, name in UNITS.items() if code != "101"}
    write_month(
        pages.world.inbox,
        "2026-10",
        organisation=organisation(names=left),
        ekonomi=economy(closed=10, over=(), units=left),
        prestationer=volumes("2026-10", left),
        sjukfranvaro=sick_leave("2026-10", left),
    )
    assert pages.world.manad("run", "2026-10", "--today", "2026-11-06").code == 0
    said = words_of(pages.client.get(path).text)
    assert "Förskolan Norr: befarat underskott 1,0 mnkr" in said
    assert "KRAVET HAR FALLIT BORT. Ingen plan behöver lämnas in." in said
    assert "Enheten finns inte längre i oktober 2026." in said
    answer = pages.client.post(path, data=form.fields | GOOD | {"gor": "lamna-in"})
    assert answer.status_code == 409
    assert pages.world.value("select state from plan where id = %s", plan) == "lapsed"


def test_more_than_a_form_can_hold_is_refused_with_a_page(pages):
    answer = pages.post(pages.plan_path, "spara", GOOD | {"risk-1": "x" * 400_000})
    assert answer.status_code == 413
    assert "Det blev för mycket text" in answer.text
    assert pages.read().measures == ()


def test_the_largest_plan_that_may_be_handed_in_comes_through(pages):
    typed = {}
    for number in range(1, 21):
        typed |= {
            f"vad-{number}": "å" * 500, f"vem-{number}": "ä" * 200, f"fran-{number}": "2026-10",
            f"effekt-{number}": "25 000", f"risk-{number}": "ö" * 1_000,
        }  # fmt: skip
    assert pages.post(pages.plan_path, "lamna-in", typed).status_code == 303
    assert len(pages.read().measures) == 20


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"vad-1=a", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"vad-1=a", ""),
        (b"&".join(b"a=1" for _ in range(500)), "application/x-www-form-urlencoded"),
    ],
    ids=["files", "JSON", "nothing said", "too many fields"],
)
def test_what_is_no_form_of_ours_is_refused_with_a_page(pages, content, kind):
    headers = {"content-type": kind} if kind else {}
    answer = pages.client.post(pages.plan_path, content=content, headers=headers)
    assert answer.status_code == 400
    assert "Formuläret gick inte att läsa" in answer.text
