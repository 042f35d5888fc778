"""What guards the pages: against forms from elsewhere, frames, floods, and a log that says too much."""

import logging
import re

import pytest

from sql.errors import DatabaseError
from tasks.clock import Clock
from tasks.errors import UsageError
from tests.pages.conftest import opened_pages
from tests.pages.pages import GOOD, forms_of, words_of
from web.middleware import OF_ADDRESS, OF_LINK

PATHS = ("plan_path", "department_path", "month_path")


def sent(pages, client=None, cookie=True, headers=None, **changed):
    """Send a good form, changed; return the answer."""
    client = client or pages.client
    form = forms_of(client.get(pages.plan_path).text)[0]
    if not cookie:
        client.cookies.clear()
    data = form.fields | GOOD | {"gor": "lamna-in"} | changed
    return client.post(pages.plan_path, data=data, headers=headers or {})


FOREIGN = {
    "without its token": {"formular": ""},
    "with a made up token": {"formular": "0" * 64},
    "with a token that is no ASCII": {"formular": "å" * 64},
    "without its cookie": {"cookie": False},
    "from another site": {"headers": {"sec-fetch-site": "cross-site"}},
    "from a page beside ours": {"headers": {"sec-fetch-site": "same-site"}},
    "from another origin, of an older browser": {"headers": {"origin": "https://ond.example"}},
    "from our name by another scheme": {"headers": {"origin": "https://testserver"}},
}


@pytest.mark.parametrize("how", FOREIGN.values(), ids=FOREIGN)
def test_a_form_from_elsewhere_changes_nothing_and_loses_nothing(pages, how):
    answer = sent(pages, **how)
    assert answer.status_code == 403
    assert pages.read().state == "required"
    assert "Tryck en gång till" in answer.text
    form = forms_of(answer.text)[0]
    assert form.fields["vad-1"] == GOOD["vad-1"]
    again = pages.client.post(pages.plan_path, data=form.fields | {"gor": "lamna-in"})
    assert again.status_code == 303


OURS = {
    "a browser that says nothing": {},
    "a browser of today: the page says no-referrer": {"sec-fetch-site": "same-origin", "origin": "null"},
    "sent again by hand": {"sec-fetch-site": "none"},
    "an older browser": {"origin": "http://testserver"},
    "an older browser that keeps to no-referrer": {"origin": "null"},
}


@pytest.mark.parametrize("headers", OURS.values(), ids=OURS)
def test_a_form_of_ours_is_taken(pages, headers):
    assert sent(pages, headers=headers).status_code == 303


def test_a_token_of_one_link_is_none_of_another(pages):
    pages.submit()
    own = forms_of(pages.client.get(pages.department_path).text)[0]
    other = forms_of(pages.client.get(pages.plan_path).text)[0]
    data = own.fields | {"formular": other.fields["formular"], "gor": "godkann"}
    assert pages.client.post(pages.department_path, data=data).status_code == 403
    assert pages.read().state == "submitted"


@pytest.mark.parametrize("path", ["plan_path", "department_path"])
def test_a_decision_from_elsewhere_changes_nothing(pages, path):
    pages.submit()
    form = forms_of(pages.client.get(getattr(pages, path)).text)[0]
    button = {"plan_path": "aterta", "department_path": "godkann"}[path]
    data = form.fields | {"formular": "0" * 64, "gor": button}
    assert pages.client.post(getattr(pages, path), data=data).status_code == 403
    assert pages.read().state == "submitted"


def test_having_read_it_from_elsewhere_notes_nothing(pages):
    path = f"{pages.plan_path}/tagit-del"
    assert pages.client.post(path, data={"formular": "0" * 64}).status_code == 403
    assert pages.read().acknowledged_on is None


def test_a_page_opened_again_keeps_its_cookie_and_two_links_have_two(pages):
    first = pages.client.get(pages.plan_path).cookies
    assert dict(pages.client.get(pages.plan_path).cookies) == dict(first)
    pages.client.get(pages.department_path)
    assert len(pages.client.cookies) == 2


@pytest.mark.parametrize("bad", ["x", "a" * 25, 'a";b', "x" * 4_000])
def test_a_cookie_that_we_didnt_make_is_replaced(pages, bad):
    (name,) = pages.client.get(pages.plan_path).cookies.keys()
    answer = pages.another_reader().get(pages.plan_path, headers={"cookie": f"{name}={bad}"})
    assert re.fullmatch(r"[A-Za-z0-9_-]{24}", answer.cookies[name])


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(pages):
    said = pages.client.get(pages.plan_path).headers["set-cookie"]
    for word in ("HttpOnly", "SameSite=strict", "Path=/;", "Max-Age=86400"):
        assert word in said
    assert "Domain" not in said
    assert "Secure" not in said


def test_behind_https_cookies_keep_to_it_and_pages_lie_under_their_path(https_pages):
    for path in (https_pages.plan_path, f"/ekonomi{https_pages.plan_path}"):
        answer = https_pages.client.get(path)
        assert answer.status_code == 200
        assert re.match(r"__Host-formular-[0-9a-f]{16}=", answer.headers["set-cookie"])
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert forms_of(answer.text)[0].action == f"/ekonomi{https_pages.plan_path}"
        style = re.search(r'href="(/ekonomi/static/page.css[^"]*)"', answer.text)[1]
        assert https_pages.client.get(style).status_code == 200


def test_behind_https_a_form_is_sent_and_answered_under_its_path(https_pages):
    client = https_pages.another_reader()
    client.base_url = "https://testserver"
    origin = {"origin": "https://uppfoljning.example.se"}
    answer = sent(https_pages, client, headers=origin)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/ekonomi/plan/")


EVERY_ANSWER = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize("path", [*PATHS, "/", "/halsa", "/plan/falsk.lank", "/finns-inte"])
def test_every_answer_has_the_headers(pages, path):
    answer = pages.client.get(getattr(pages, path, path))
    assert {name: answer.headers[name] for name in EVERY_ANSWER} == EVERY_ANSWER
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_pages_have_nothing_of_others_and_no_style_or_script_inside(pages, path):
    html = pages.client.get(getattr(pages, path)).text
    assert not re.search(r'(src|href|action)="(https?:)?//', html)
    assert not re.search(r"<style|<script>|style=|\son[a-z]+=", html)


@pytest.mark.parametrize("name", ["page.css", "plan.js"])
def test_files_may_be_kept_for_their_address_changes_with_them(pages, name):
    address = re.search(rf'"(/static/{name}\?v=[0-9a-f]{{12}})"', pages.client.get(pages.plan_path).text)[1]
    answer = pages.client.get(address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "http" not in answer.text


def test_one_link_may_be_opened_only_so_often_and_others_still_open(pages):
    answers = [pages.client.get("/plan/falsk.lank") for _ in range(OF_LINK.at_once + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "Vänta en liten stund" in answers[-1].text
    assert answers[-1].headers["cache-control"] == "no-store"
    assert pages.client.get(pages.plan_path).status_code == 200


def test_one_address_may_ask_only_so_often(world):
    with opened_pages(world, Clock(stopwatch=lambda: 1.0)) as pages:
        statuses = [pages.client.get("/halsa").status_code for _ in range(OF_ADDRESS.at_once + 1)]
    assert statuses == [200] * OF_ADDRESS.at_once + [429]


def test_the_log_names_pages_and_never_their_addresses(pages, caplog):
    caplog.set_level(logging.INFO, "manad.web")
    path = pages.plan_path
    pages.post(path, "lamna-in", GOOD)
    pages.client.get("/plan/falsk.lank")
    said = "\n".join(record.getMessage() for record in caplog.records if record.name == "manad.web")
    assert re.search(r"^GET /plan/\{token\} 200 \d+ ms$", said, re.MULTILINE)
    assert re.search(r"^POST /plan/\{token\} 303 \d+ ms$", said, re.MULTILINE)
    everything = "\n".join(record.getMessage() for record in caplog.records if record.name != "httpx2")
    assert path.removeprefix("/plan/")[:30] not in everything
    assert "falsk" not in said


def test_a_database_that_is_away_is_told_with_what_to_do(pages, monkeypatch):
    def away(*_):
        raise DatabaseError("server closed the connection, host db.example.se")

    monkeypatch.setattr("web.site.read_plan", away)
    answer = pages.client.get(pages.plan_path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "Tjänsten svarar inte just nu" in answer.text
    assert "db.example.se" not in answer.text


def test_a_plan_is_handed_in_though_its_mails_cant_go_now(pages, monkeypatch, caplog):
    def refuse(*_):
        raise UsageError("MANAD_MAIL_FROM saknas")

    monkeypatch.setattr("web.answers.send_waiting_mails", refuse)
    assert pages.post(pages.plan_path, "lamna-in", GOOD).status_code == 303
    assert pages.read().state == "submitted"
    assert pages.world.value("select state from mail where kind = 'plan_att_besluta'") == "queued"
    assert "MANAD_MAIL_FROM saknas" in caplog.text


def test_a_fault_of_ours_is_noted_and_tells_nothing(pages, monkeypatch, caplog):
    def fall(*_):
        raise RuntimeError("hemligt")

    monkeypatch.setattr("web.site.read_plan", fall)
    answer = pages.client.get(pages.plan_path)
    assert answer.status_code == 500
    assert "Något gick fel" in words_of(answer.text)
    assert "hemligt" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    (noted,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert noted.getMessage() == "GET /plan/{token}"
    assert "hemligt" in noted.exc_text
