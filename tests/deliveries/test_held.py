# ruff: noqa: ARG005  (each change is told the month, and few look at it)
"""Figures that can't be right are held: nobody is mailed of them until a person has said that they are."""

import pytest

from tests.pages.conftest import opened_pages
from tests.pages.pages import CONTROLLER, forms_of, words_of
from tests.worlds.small_administration import MANAGERS, PERIOD, economy, organisation, write

OPERATOR = "drift@example.se"


def empty_month(**ledger):
    """Return a ledger whose period isn't closed yet: 0 in every unit's outcome."""
    lines = economy(**ledger).splitlines()
    return "\n".join(
        line.rsplit(";", 1)[0] + ";0" if line.startswith(f"{PERIOD};") else line for line in lines
    )


def mailed(world):
    return sorted({mail["To"] for mail in world.mails()})


@pytest.fixture
def held(world):
    """A month whose ledger is held; its number."""
    world.month(ekonomi=empty_month())
    answer = world.run()
    assert answer.code == 3
    return world.value("select id from delivery where state = 'held'")


def release(world, number, *words):
    return world.manad("release", number, "--by", "Kia Berg", *words)


def test_a_month_whose_ledger_is_held_waits_and_mails_no_manager(world, held):
    status = world.manad("status", PERIOD, "--json").json
    assert status["state"] == "incomplete"
    assert [
        (one["id"], one["source"], one["period"], one["state"], one["revision"])
        for one in status["deliveries"]
        if one["state"] == "held"
    ] == [(held, "ekonomi", PERIOD, "held", None)]
    assert not set(mailed(world)) & set(MANAGERS.values())
    assert world.value("select count(*) from assessment") == 0
    assert "ekonomi hålls tills någon har sagt att siffrorna är rätt" in status["reason"]


def test_supplier_operator_and_controllers_are_told_once_with_the_figures_compared(world, held):
    mails = [mail for mail in world.mails() if "är hållen" in mail["Subject"]]
    assert CONTROLLER in {mail["To"] for mail in mails}
    text = mails[0].get_body(("plain",)).get_content()
    assert "Utfallet" in text
    assert f"manad release {held}" in text
    world.run()
    assert len([mail for mail in world.mails() if "är hållen" in mail["Subject"]]) == len(mails)


def test_what_is_handed_in_by_hand_is_held_too_with_the_way_to_decide(world):
    world.month(ekonomi=None)
    world.run("--allow-missing")
    path = write(world.home / f"ekonomi_{PERIOD}.csv", empty_month())
    answer = world.manad("deliver", path)
    assert answer.code == 3
    assert "HÅLLEN." in answer.out
    assert "manad release" in answer.out
    again = world.manad("deliver", path)
    assert (again.code, "HÅLLEN." in again.out) == (3, True)
    assert world.value("select count(*) from delivery where state = 'held'") == 1


def test_what_would_be_held_is_explained_and_nobody_is_asked_to_decide_of_what_is_not_kept(world):
    world.month(ekonomi=None)
    world.run("--allow-missing")
    path = write(world.home / f"ekonomi_{PERIOD}.csv", empty_month())
    answer = world.manad("deliver", path, "--explain")
    assert answer.code == 3
    assert "HÅLLEN." in answer.out
    assert "manad release" not in answer.out
    assert world.value("select count(*) from delivery where source = 'ekonomi'") == 0


def test_released_the_month_runs_on_and_who_said_so_is_kept(world, held):
    answer = release(world, held, "--reason", "Bokslutet är omfört")
    assert answer.code == 0
    assert "MOTTAGEN." in answer.out
    assert world.run().code == 0
    assert world.manad("status", PERIOD, "--json").json["state"] == "done"
    assert world.rows("select decision, decided_by, reason from delivery_decision") == [
        ("released", "Kia Berg", "Bokslutet är omfört")
    ]
    assert release(world, held, "--reason", "igen").code == 1


def test_refused_by_a_person_it_stays_refused_though_it_lies_in_the_inbox(world, held):
    answer = release(world, held, "--refuse")
    assert answer.code == 0
    assert "Kia Berg har sagt att den hållna filens siffror är fel." in answer.out
    assert world.run().code == 3
    assert world.rows("select state from delivery where source = 'ekonomi'") == [("refused",)]


def test_a_mended_file_goes_before_and_then_nobody_needs_to_decide(world, held):
    world.put(f"ekonomi_{PERIOD}.csv", economy())
    assert world.run().code == 0
    states = {
        one["state"]
        for one in world.manad("status", PERIOD, "--json").json["deliveries"]
        if one["source"] == "ekonomi"
    }
    assert states == {"accepted", "superseded"}
    answer = release(world, held, "--reason", "för sent")
    assert answer.code == 1
    assert "en nyare fil har tagits emot" in answer.err


@pytest.mark.usefixtures("done_month")
def test_while_a_revision_is_held_the_earlier_one_stands_and_the_month_says_so(world):
    before = mailed(world)
    world.put(f"ekonomi_{PERIOD}.csv", empty_month())
    answer = world.run()
    assert answer.code == 0
    assert "HÅLLEN" in answer.out
    assert world.value("select count(*) from assessment") == 1
    (report,) = (world.home / "reports").rglob("*.html")
    assert "En nyare fil för ekonomi är hållen och räknas inte." in report.read_text("utf-8")
    assert world.manad("report", PERIOD, "--format", "json").json["hallna"] == ["ekonomi"]
    assert set(mailed(world)) - set(before) <= {OPERATOR, CONTROLLER}


def test_a_decision_needs_a_name_and_a_release_a_reason(world, held):
    assert world.manad("release", held, "--by", " ", "--reason", "x").code == 2
    assert release(world, held).code == 2
    assert world.manad("release", 4711, "--by", "Kia", "--reason", "x").code == 1
    assert world.value("select count(*) from delivery where state = 'held'") == 1


# Its page


def page_of(pages, number):
    return f"/leverans/{pages.token('controller', f'leverans:{number}', CONTROLLER)}"


def test_its_page_compares_the_figures_and_releases_it_with_name_and_reason(world, held):
    with opened_pages(world) as pages:
        path = page_of(pages, held)
        said = words_of(pages.client.get(path).text)
        assert "HÅLLEN." in said
        assert "Utfall" in said
        faulty = pages.post(path, "slapp-in", {"namn": "", "skal": ""})
        assert faulty.status_code == 422
        assert "Skriv ditt namn." in faulty.text
        assert pages.post(path, "slapp-in", {"namn": "Kia Berg", "skal": "Omfört"}).status_code == 303
        assert "INSLÄPPT. Kia Berg" in words_of(pages.client.get(path).text)
        assert forms_of(pages.client.get(path).text) == []
    assert world.run().code == 0


def test_its_page_refuses_it(world, held):
    with opened_pages(world) as pages:
        path = page_of(pages, held)
        assert pages.post(path, "neka", {"namn": "Kia Berg", "skal": ""}).status_code == 303
        assert "NEKAD. Kia Berg" in words_of(pages.client.get(path).text)
    assert world.value("select count(*) from delivery where state = 'held'") == 0


def test_of_two_who_decide_at_once_the_second_sees_what_holds(world, held):
    with opened_pages(world) as pages:
        path = page_of(pages, held)
        other = pages.another_reader()
        (form,) = forms_of(other.get(path).text)
        pages.post(path, "slapp-in", {"namn": "Kia Berg", "skal": "Omfört"})
        late = other.post(path, data={**form.fields, "namn": "Kurt", "gor": "neka"})
        assert late.status_code == 409
        assert "INSLÄPPT. Kia Berg" in words_of(late.text)
    assert world.rows("select decided_by from delivery_decision") == [("Kia Berg",)]


def test_a_managers_link_opens_no_held_delivery(world, held):
    with opened_pages(world) as pages:
        wrong = pages.token("chef", f"leverans:{held}", "anna@example.se")
        assert pages.client.get(f"/leverans/{wrong}").status_code == 404
        accepted = world.value("select min(id) from delivery where state = 'accepted'")
        assert pages.client.get(page_of(pages, accepted)).status_code == 404


def test_the_controllers_page_of_the_month_leads_there(world, held):
    with opened_pages(world) as pages:
        html = pages.client.get(f"/manad/{pages.token('controller', f'manad:{PERIOD}', CONTROLLER)}").text
        assert "används inte förrän någon har sagt att siffrorna är rätt" in html
        (path,) = [part.split('"')[0] for part in html.split('href="') if part.startswith("/leverans/")]
        assert pages.client.get(path).status_code == 200


# A single unit


def in_tkr(text, unit):
    """Return a ledger in which one unit's amounts are in thousands."""

    def line(row):
        cells = row.split(";")
        if cells[1] != unit:
            return row
        return ";".join([*cells[:3], *(str(int(kr) / 1000) if kr else "" for kr in cells[3:])])

    return "\n".join(map(line, text.splitlines())) + "\n"


def test_of_a_single_unit_a_thousand_times_off_nobody_is_mailed_but_its_controller(world):
    world.put("organisation_2026-08.csv", organisation())
    world.put("ekonomi_2026-08.csv", economy(closed=8))
    world.month(ekonomi=in_tkr(economy(over=("101", "102")), "101"))
    answer = world.run()
    assert answer.code == 0
    assert world.value("select count(*) from delivery where state = 'held'") == 0
    assert MANAGERS["101"] not in mailed(world)
    assert MANAGERS["102"] in mailed(world)
    (done,) = [mail for mail in world.mails() if mail["To"] == CONTROLLER and "klar" in mail["Subject"]]
    text = " ".join(done.get_body(("plain",)).get_content().split())
    assert "Förskolan Norr" in text
    assert "Ingen är mejlad." in text
    wrong_still = in_tkr(economy(over=("101", "102"), by=0.11), "101")
    world.put(f"ekonomi_{PERIOD}.csv", wrong_still)
    world.run("--mails", "changed")
    assert MANAGERS["101"] not in mailed(world)
    world.put(f"ekonomi_{PERIOD}.csv", economy(over=("101", "102")))
    world.run("--mails", "changed")
    assert MANAGERS["101"] in mailed(world)


# The kinds of impossible figures


def amounts(text, change):
    """Return a ledger whose amounts are changed: `change` gets the month and both amounts (kr, or None)."""

    def line(row):
        period, unit, group, *figures = row.split(";")
        month = int(period[-2:])
        changed = change(month, *(int(kr) if kr else None for kr in figures))
        return ";".join([period, unit, group, *("" if kr is None else f"{kr:.2f}" for kr in changed)])

    head, *rows = text.splitlines()
    return "\n".join([head, *map(line, rows)]) + "\n"


def scaled(budget, outcome, factor):
    return budget * factor, None if outcome is None else outcome * factor


IMPOSSIBLE = {
    "the whole file in tkr": lambda month, budget, outcome: scaled(budget, outcome, 0.001),
    "the outcome in tkr": lambda month, budget, outcome: (budget, outcome and outcome / 1000),
    "a year's budget in each month": lambda month, budget, outcome: (budget * 12, outcome),
    "accumulated": lambda month, budget, outcome: (budget, outcome and outcome * month),
    "both accumulated": lambda month, budget, outcome: scaled(budget, outcome, month),
    "not closed yet": lambda month, budget, outcome: (budget, 0 if month == 9 else outcome),
    "turned signs": lambda month, budget, outcome: scaled(budget, outcome, -1),
    "the outcome's sign turned": lambda month, budget, outcome: (budget, outcome and -outcome),
    "one month in tkr": lambda month, budget, outcome: scaled(budget, outcome, 0.001 if month == 9 else 1),
    "a budget that moved": lambda month, budget, outcome: (budget * 1.3, outcome),
}


@pytest.mark.parametrize("change", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_impossible_figures_mail_no_manager_until_a_person_has_said_that_they_are_right(world, change):
    world.put("organisation_2026-08.csv", organisation())
    world.put("ekonomi_2026-08.csv", economy(closed=8))
    world.month(ekonomi=amounts(economy(), change))
    assert world.run().code == 3
    assert not set(mailed(world)) & set(MANAGERS.values())
    (number,) = [number for (number,) in world.rows("select id from delivery where state = 'held'")]
    assert release(world, number, "--reason", "De är rätt").code == 0
    assert world.run().code == 0
    assert world.manad("status", PERIOD, "--json").json["state"] == "done"


def test_a_month_without_any_outcome_is_held_and_released_it_lacks_its_figures(world):
    empty = amounts(economy(), lambda month, budget, outcome: (budget, None if month == 9 else outcome))
    world.month(ekonomi=empty)
    assert world.run().code == 3
    number = world.value("select id from delivery where state = 'held'")
    assert release(world, number, "--reason", "Inget är bokfört än").code == 0
    assert world.run().code == 3
    assert "ekonomi saknas för 3 av 3 enheter" in world.manad("status", PERIOD, "--json").json["reason"]
