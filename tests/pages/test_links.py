"""A link opens what it was made for, to the one it was made for, until its last day; others tell nothing."""

import base64
from datetime import UTC, date, datetime

import pytest

from tasks.clock import Clock
from tasks.outbox.links import revoke_links
from tests.pages.pages import CONTROLLER, GOOD, HEAD, MANAGER, forms_of, words_of
from web.app import create_app

OPENED = {
    "plan": ("chef", "plan:{plan}"),
    "avdelning": ("avdelningschef", "avdelning:A1:2026-09"),
    "manad": ("controller", "manad:2026-09"),
}


def of(pages, kind):
    role, subject = OPENED[kind]
    return pages.token(role, subject.format(plan=pages.plan.id))


@pytest.fixture
def closed(pages):
    """What every link that opens nothing says."""
    return pages.client.get("/plan/abc.def").text


@pytest.mark.parametrize("kind", OPENED)
def test_a_link_opens_the_page_of_its_role_and_no_other(pages, closed, kind):
    for page in OPENED:
        answer = pages.client.get(f"/{page}/{of(pages, kind)}")
        assert answer.status_code == (200 if page == kind else 404)
        if page != kind:
            assert answer.text == closed
            assert "Förskolan" not in answer.text


@pytest.mark.parametrize("role", ["chef", "avdelningschef", "controller"])
@pytest.mark.parametrize("subject", ["plan:{plan}", "avdelning:A1:2026-09", "manad:2026-09"])
def test_role_and_subject_of_a_link_must_fit(pages, closed, role, subject):
    token = pages.token(role, subject.format(plan=pages.plan.id))
    fits = (role, subject) in OPENED.values()
    answers = [pages.client.get(f"/{page}/{token}") for page in OPENED]
    assert [answer.status_code for answer in answers].count(200) == fits


FOREIGN = ["plan:0", "plan:999999", "plan:-1", "plan:", "plan:1 or 1=1", "plan:9" + "9" * 40, "annat:1"]


@pytest.mark.parametrize("subject", FOREIGN)
def test_a_plan_that_isnt_there_tells_nothing(pages, closed, subject):
    answer = pages.client.get(f"/plan/{pages.token(subject=subject)}")
    assert (answer.status_code, answer.text) == (404, closed)


def tampered(pages):
    said, _, signature = pages.token().partition(".")
    other = base64.urlsafe_b64encode(b'["chef","plan:2","a@b.se","2027-01-01",0]').decode().rstrip("=")
    return {
        "another plan under the same signature": f"{other}.{signature}",
        "no signature": said,
        "an empty signature": f"{said}.",
        "a cut signature": f"{said}.{signature[:-1]}",
        "another secret": pages.token(secret=b"another secret of our own"),
        "nothing but a signature": ".x",
        "a very long one": "a" * 5_000,
        "not ASCII": "åäö.åäö",
        "SQL": "' or 1=1 --",
        "script": "<script>alert(1)<",
    }


def test_forged_links_all_get_one_answer_whatever_they_say(pages, closed):
    for name, token in tampered(pages).items():
        for way in (pages.client.get, pages.client.post):
            answer = way(f"/plan/{token}", headers={"content-type": "application/x-www-form-urlencoded"})
            assert (answer.status_code, answer.text) == (404, closed), name
    assert "Öppna länken i det senaste mejlet" in closed


@pytest.mark.parametrize("kind", OPENED)
def test_a_revoked_link_opens_nothing_and_a_newer_one_does(pages, closed, kind):
    subject = OPENED[kind][1].format(plan=pages.plan.id)
    revoke_links(pages.installation, subject, pages.day)
    answer = pages.client.get(f"/{kind}/{of(pages, kind)}")
    assert (answer.status_code, answer.text) == (404, closed)
    newer = pages.token(OPENED[kind][0], subject, epoch=1)
    assert pages.client.get(f"/{kind}/{newer}").status_code == 200


def test_a_revoked_link_takes_nothing(pages, closed):
    path = pages.plan_path
    form = forms_of(pages.client.get(path).text)[0]
    revoke_links(pages.installation, f"plan:{pages.plan.id}", pages.day)
    answer = pages.client.post(path, data=form.fields | GOOD | {"gor": "lamna-in"})
    assert (answer.status_code, answer.text) == (404, closed)
    assert pages.read().state == "required"


def test_a_link_works_on_its_last_day_and_says_that_its_time_is_out_on_the_next(pages, closed):
    path = f"/plan/{pages.token(days=1)}"
    pages.day = date(2026, 10, 9)
    assert pages.client.get(path).status_code == 200
    pages.day = date(2026, 10, 10)
    answer = pages.client.get(path)
    assert answer.status_code == 404
    assert "Länkens tid är slut" in answer.text
    assert "Förskolan" not in answer.text


def test_an_expired_link_with_a_wrong_signature_is_told_nothing(pages, closed):
    said, _, signature = pages.token(days=-1).partition(".")
    assert pages.client.get(f"/plan/{said}.{signature[::-1]}").text == closed


MIDNIGHTS = {
    "a minute before midnight in summer time": (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), 200),
    "midnight in summer time, the day before still in UTC": (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 404),
    "the evening before the clocks go back": (datetime(2026, 10, 24, 0, 0, tzinfo=UTC), 200),
}


@pytest.mark.parametrize(("now", "status"), MIDNIGHTS.values(), ids=MIDNIGHTS)
def test_a_link_runs_out_at_midnight_in_sweden_with_summer_time(pages, now, status):
    assert opened_at(pages, now, last_day=date(2026, 10, 24)) == status


WINTER_MIDNIGHTS = {
    "a minute before midnight, of the day with 25 hours": (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 200),
    "midnight in winter time": (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), 404),
    "the hour that comes twice": (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 200),
}  # fmt: skip


@pytest.mark.parametrize(("now", "status"), WINTER_MIDNIGHTS.values(), ids=WINTER_MIDNIGHTS)
def test_a_link_runs_out_at_midnight_in_sweden_with_winter_time(pages, now, status):
    assert opened_at(pages, now, last_day=date(2026, 10, 25)) == status


def opened_at(pages, now, last_day):
    path = f"/plan/{pages.token(days=(last_day - pages.day).days)}"
    pages.app = create_app(pages.installation, Clock(now=lambda: now).today)
    return pages.another_reader().get(path).status_code


def test_a_head_cant_decide_a_plan_of_another_department(pages):
    """The link is of another department; the plan's number in the form is guessed."""
    pages.submit()
    own = pages.department_path
    foreign = f"/avdelning/{pages.token('avdelningschef', 'avdelning:B2:2026-09', HEAD)}"
    page = pages.client.get(foreign)
    assert "Ingen enhet behöver lämna en åtgärdsplan den här månaden." in page.text
    form = forms_of(pages.client.get(own).text)[0]
    answer = pages.client.post(foreign, data=form.fields | {"gor": "godkann"})
    assert answer.status_code == 404
    assert pages.read().state == "submitted"


@pytest.mark.parametrize("number", ["0", "999", "x", "", "1; drop table plan", "٣", "9" * 5_000])
def test_a_plan_number_that_is_none_of_the_departments_opens_nothing(pages, number):
    pages.submit()
    form = forms_of(pages.client.get(pages.department_path).text)[0]
    answer = pages.client.post(pages.department_path, data=form.fields | {"plan": number, "gor": "godkann"})
    assert answer.status_code == 404
    assert pages.read().state == "submitted"


def test_the_one_who_did_what_is_the_one_the_link_was_mailed_to(pages):
    pages.post(pages.plan_path, "lamna-in", GOOD)
    pages.post(pages.department_path, "godkann")
    actors = {each.action: each.actor for each in pages.read().events}
    assert (actors["submit"], actors["approve"]) == (MANAGER, HEAD)


def test_pages_without_a_link_say_what_this_is_and_nothing_more(pages):
    said = words_of(pages.client.get("/").text)
    assert "Du kommer in med länken i mejlet om månadsuppföljningen." in said
    assert "Förskolan" not in said
    health = pages.client.get("/halsa")
    assert (health.status_code, health.text) == (200, "ok\n")
    for path in (
        "/plan",
        "/plan/",
        "/docs",
        "/openapi.json",
        "/redoc",
        "/static/../app.py",
        "/static/app.py",
    ):
        answer = pages.client.get(path)
        assert answer.status_code == 404
        assert "Sidan finns inte" in answer.text


def test_the_controllers_page_only_reads(pages):
    answer = pages.client.post(pages.month_path, data={"gor": "godkann"})
    assert answer.status_code == 405
    assert "Det gick inte att göra så" in answer.text
    assert forms_of(pages.client.get(pages.month_path).text) == []
    assert CONTROLLER not in pages.client.get(pages.month_path).text
