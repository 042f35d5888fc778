"""Department heads decide plans; controllers see them all."""

import pytest

from tasks.plans.action_plans import list_plans
from tasks.rules.periods import Period
from tests.pages.pages import CONTROLLER, HEAD, Pages, forms_of, measure, words_of
from tests.worlds.small_administration import economy, write_month


def decide(pages, button, comment=""):
    return pages.post(pages.department_path, button, {f"kommentar-{pages.plan.id}": comment})


def test_a_plan_that_isnt_handed_in_has_nothing_to_decide(pages):
    page = pages.client.get(pages.department_path)
    assert forms_of(page.text) == []
    said = words_of(page.text)
    assert "Barn och äldre: 1 åtgärdsplan 1 ska lämnas in." in said
    assert "KRÄVS. Chefen ska lämna in planen senast den 14 oktober 2026." in said


def test_a_draft_is_read_by_nobody_but_the_manager(pages):
    pages.desk().save_draft(pages.plan.id, None, [measure("Hemligt utkast")])
    for path in (pages.department_path, pages.month_path):
        page = pages.client.get(path)
        assert page.status_code == 200
        assert "Hemligt utkast" not in page.text
        assert "75 000" not in words_of(page.text)
    pages.desk().submit(pages.plan.id, None, pages.read().measures)
    for path in (pages.department_path, pages.month_path):
        assert "Hemligt utkast" in pages.client.get(path).text


def test_a_plan_is_approved(pages):
    pages.submit()
    answer = decide(pages, "godkann")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{pages.department_path}?gjort=godkann")
    assert pages.read().state == "approved"
    said = words_of(pages.client.get(answer.headers["location"]).text)
    assert "Klart. Planen är godkänd." in said
    assert "GODKÄND. Planen gäller." in said
    assert pages.world.value("select state from mail where kind = 'plan_godkand'") == "sent"


def test_a_plan_is_sent_back_with_a_comment(pages):
    pages.submit()
    answer = decide(pages, "atersand", "Vad kostar\nbemanningen?")
    assert answer.headers["location"] == f"{pages.department_path}?gjort=atersand"
    plan = pages.read()
    assert (plan.state, plan.comment) == ("returned", "Vad kostar\nbemanningen?")
    assert pages.world.value("select state from mail where kind = 'plan_atersand'") == "sent"


BAD_COMMENTS = {
    "no comment": ("", "Skriv vad som ska kompletteras."),
    "only spaces": (" \n\t ", "Skriv vad som ska kompletteras."),
    "100 kB of text": ("x" * 100_000, "Texten är 100 000 tecken"),
    "a personal identity number": ("Fråga 19811228-9874", "Ta bort personnumret"),
}


@pytest.mark.parametrize(("comment", "why"), BAD_COMMENTS.values(), ids=BAD_COMMENTS)
def test_a_plan_is_not_sent_back_without_a_usable_comment(pages, comment, why):
    pages.submit()
    answer = decide(pages, "atersand", comment)
    field = f"kommentar-{pages.plan.id}"
    assert answer.status_code == 422
    assert pages.read().state == "submitted"
    assert f"Förskolan Norr: {why}" in words_of(answer.text)
    assert f'<a href="#{field}">' in answer.text
    assert f'aria-describedby="{field}-tips {field}-fel"' in answer.text
    assert forms_of(answer.text)[0].fields[field] == comment.strip()


@pytest.mark.parametrize(("button", "state"), [("godkann", "approved"), ("atersand", "returned")])
def test_a_decision_sent_twice_is_made_once(pages, button, state):
    pages.submit()
    form = forms_of(pages.client.get(pages.department_path).text)[0]
    data = form.fields | {f"kommentar-{pages.plan.id}": "Bra", "gor": button}
    answers = [pages.client.post(pages.department_path, data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert pages.read().state == state
    assert pages.world.value("select count(*) from plan_event where comment = 'Bra'") == 1


def test_a_decision_of_a_plan_that_changed_meanwhile_decides_nothing(pages):
    """The manager took it back and handed in another: the head decides what was read, nothing else."""
    pages.submit()
    form = forms_of(pages.client.get(pages.department_path).text)[0]
    pages.desk().withdraw(pages.plan.id, None)
    pages.desk().submit(pages.plan.id, None, [measure("En sämre plan", 1)])
    data = form.fields | {f"kommentar-{pages.plan.id}": "Bra plan", "gor": "godkann"}
    answer = pages.client.post(pages.department_path, data=data)
    said = words_of(answer.text)
    assert answer.status_code == 409
    assert pages.read().state == "submitted"
    assert "Ditt beslut är inte sparat." in said
    assert "En sämre plan" in said
    assert forms_of(answer.text)[0].fields[f"kommentar-{pages.plan.id}"] == "Bra plan"


def test_a_decision_of_a_plan_that_was_taken_back_keeps_what_was_typed(pages):
    pages.submit()
    form = forms_of(pages.client.get(pages.department_path).text)[0]
    pages.desk().withdraw(pages.plan.id, None)
    data = form.fields | {f"kommentar-{pages.plan.id}": "Min kommentar", "gor": "atersand"}
    answer = pages.client.post(pages.department_path, data=data)
    assert answer.status_code == 409
    assert "Din kommentar är inte sparad: Min kommentar" in words_of(answer.text)
    assert forms_of(answer.text) == []


def test_an_unknown_button_decides_nothing(pages):
    pages.submit()
    assert decide(pages, "radera").status_code == 403
    assert pages.read().state == "submitted"


def test_plans_that_wait_for_a_decision_come_first_for_the_head_and_late_ones_for_the_controller(pages):
    write_month(pages.world.inbox, "2026-10", ekonomi=economy(closed=10, over=("101", "102", "103")))
    assert pages.world.manad("run", "2026-10", "--today", "2026-11-06").code == 0
    later = Pages(pages.world, pages.installation, pages.day.replace(month=11, day=20))
    waiting = next(
        plan for plan in list_plans(later.installation, period=Period(2026, 10)) if plan.unit == "102"
    )
    later.desk().submit(waiting.id, None, [measure(month="2026-11")])
    head = f"/avdelning/{later.token('avdelningschef', 'avdelning:A1:2026-10', HEAD)}"
    said = words_of(later.client.get(head).text)
    assert "3 åtgärdsplaner 1 väntar på beslut och 2 är försenade." in said
    assert said.index("Förskolan Söder: befarat") < said.index("Förskolan Norr: befarat")
    controller = f"/manad/{later.token('controller', 'manad:2026-10', CONTROLLER)}"
    said = words_of(later.client.get(controller).text)
    assert said.index("Förskolan Norr Barn och äldre") < said.index("Förskolan Söder Barn och äldre")
    assert "Inlämnad" in said
    assert "50 000 kronor" in said
    assert "Förskolan Söder: inlämnad" in said
    assert "Ansvarig: Biträdande rektor" in said


def test_a_month_without_plans_says_so(pages):
    controller = f"/manad/{pages.token('controller', 'manad:2026-08', CONTROLLER)}"
    assert "0 åtgärdsplaner" in words_of(pages.client.get(controller).text)
