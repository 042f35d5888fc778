"""The pages in a real browser: without script and with it, on a telephone, by keyboard, and by axe-core."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.pages import GOOD, HEAD, measure
from tests.worlds.whole import in_whole

pytestmark = pytest.mark.browser
PHONE = {"width": 375, "height": 812}
DESK = {"width": 1200, "height": 900}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PICTURES = os.environ.get("MANAD_TEST_PICTURES")  # noqa: TID251
"""A folder to lay a picture of every page in, to be looked at."""


@contextmanager
def reading(browser, pages, *, script=True, size=DESK):
    """Open a page of a reader's own; note what it asks for and what goes wrong."""
    with browser.page(pages.app, script=script) as page:
        page.set_viewport_size(size)
        asked, wrong = [], []
        listeners = {
            "request": lambda request: asked.append(request.url),
            "console": lambda message: wrong.append(message.text) if message.type == "error" else None,
            "pageerror": lambda error: wrong.append(str(error)),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        yield page
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        assert {url for url in asked if not url.startswith((browser.address, "data:"))} == set()
        assert [each for each in wrong if "status of 4" not in each] == []


def fill(page, typed=GOOD):
    for name, text in typed.items():
        field = page.locator(f"#{name}")
        if name.startswith("fran"):
            field.select_option(text)
        else:
            field.fill(text)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("size", "script"),
    [
        pytest.param(PHONE, False, id="telephone-without script"),
        pytest.param(DESK, True, id="desk-with script"),
        pytest.param(PHONE, True, id="telephone-with script", marks=in_whole),
        pytest.param(DESK, False, id="desk-without script", marks=in_whole),
    ],
)
def test_a_plan_is_written_handed_in_approved_and_read(browser, pages, script, size):
    with reading(browser, pages, script=script, size=size) as page:
        page.goto(pages.plan_path)
        fill(page)
        press(page, "Lägg till en rad")
        fill(page, {"vad-2": "Förrådet töms", "vem-2": "Rektor", "fran-2": "2026-11", "effekt-2": "5000,50"})
        press(page, "Lämna in planen")
        assert page.get_by_role("status").inner_text() == "Klart. Planen är inlämnad."
        assert [each.what for each in pages.read().measures] == [GOOD["vad-1"], "Förrådet töms"]
        page.goto(pages.department_path)
        press(page, "Återsänd planen för Förskolan Norr med kommentar")
        assert page.url.endswith(pages.department_path)
        page.get_by_role("link", name="Skriv vad som ska kompletteras.").click()
        page.keyboard.type("Bra")
        press(page, "Godkänn planen för Förskolan Norr")
        assert pages.read().state == "approved"
        assert pages.read().comment == "Bra"


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_back_and_reload_after_handing_in_send_nothing_again(browser, pages, script):
    with reading(browser, pages, script=script) as page:
        page.goto(pages.plan_path)
        fill(page)
        press(page, "Lämna in planen")
        page.wait_for_url("**gjort=inlamnad")
        page.reload()
        page.go_back()
        heading = page.get_by_role("heading", name="Förskolan Norr")
        heading.wait_for()
        page.reload()
        assert heading.is_visible()
        assert [each.action for each in pages.read().events].count("submit") == 1
        assert pages.read().version == 2


def test_back_to_an_old_form_and_handing_in_again_loses_nothing(browser, pages):
    """A browser may show the page as it was: what is sent from it is shown beside what holds."""
    with reading(browser, pages, script=False) as page:
        page.goto(pages.plan_path)
        with reading(browser, pages) as other:
            other.goto(pages.plan_path)
            fill(other)
            press(other, "Lämna in planen")
        fill(page, {"vad-1": "Skriven i en annan flik"})
        press(page, "Lämna in planen")
        assert page.get_by_role("alert").get_by_role("heading").inner_text() == "Planen har ändrats"
        assert "Skriven i en annan flik" in page.inner_text("main")
        assert pages.read().measures[0].what == GOOD["vad-1"]


def test_the_sums_follow_what_is_typed(browser, pages):
    with reading(browser, pages) as page:
        page.goto(pages.plan_path)
        fill(page)
        sums = page.locator("#summa")
        assert "75 000 kronor" in plain(sums.inner_text())
        assert "943 607 kronor" in plain(sums.inner_text())
        page.select_option("#fran-1", "2026-12")
        assert "25 000 kronor" in plain(sums.inner_text())
        page.fill("#effekt-1", "2 000 000,50 kr")
        assert "Återstår 0 kronor" in plain(sums.inner_text())
        page.fill("#effekt-1", "mycket")
        assert "Återstår 1 018 607 kronor" in plain(sums.inner_text())


def test_the_sums_of_the_script_are_those_of_the_server(browser, pages):
    pages.desk().save_draft(pages.plan.id, None, [measure(), measure("B", "1234.56", "2027-02")])
    with reading(browser, pages, script=False) as page:
        page.goto(pages.plan_path)
        said = plain(page.inner_text("#summa"))
    with reading(browser, pages) as page:
        page.goto(pages.plan_path)
        assert plain(page.inner_text("#summa")) == said


def test_a_row_is_added_without_loading_the_page_anew_and_takes_the_focus(browser, pages):
    with reading(browser, pages) as page:
        page.goto(pages.plan_path)
        press(page, "Lämna in planen")
        page.fill("#vad-1", "Bara det här")
        press(page, "Lägg till en rad")
        assert page.input_value("#vad-1") == "Bara det här"
        assert focused(page) == "vad-2"
        assert page.input_value("#vad-2") == ""
        assert page.locator("#vad-2").get_attribute("aria-invalid") is None
        assert page.locator("#vad-2").get_attribute("aria-describedby") is None
        assert page.locator("#effekt-2").get_attribute("aria-describedby") == "effekt-2-tips"
        assert page.locator("#effekt-2-tips").count() == 1
        assert page.get_by_role("button", name="Ta bort åtgärd 2").count() == 1
        assert violations(page) == []


def test_no_more_rows_than_a_plan_may_have(browser, pages):
    with reading(browser, pages) as page:
        page.goto(f"{pages.plan_path}?rader=19")
        press(page, "Lägg till en rad")
        assert page.locator("fieldset").count() == 20
        assert page.get_by_role("button", name="Lägg till en rad").is_hidden()


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_a_plan_is_written_and_handed_in_by_keyboard_alone(browser, pages, script):
    with reading(browser, pages, script=script) as page:
        page.goto(pages.plan_path)
        keys = page.keyboard
        for name, text in GOOD.items():
            keys.press("Tab")
            assert focused(page) == name
            assert focus_is_seen(page)
            keys.type("okt" if name == "fran-1" else text)
        names = ["Ta bort åtgärd 1", "Lägg till en rad", "Lämna in planen"]
        for name in names:
            keys.press("Tab")
            assert page.locator(":focus").evaluate("each => each.ariaLabel || each.innerText") == name
            assert focus_is_seen(page)
        keys.press("Enter")
        page.wait_for_url("**gjort=inlamnad")
        assert pages.read().measures[0].what == GOOD["vad-1"]
        keys.press("Tab")
        keys.press("Enter")
        page.wait_for_url("**gjort=atertagen")
        assert pages.read().state == "withdrawn"


def test_enter_in_a_field_keeps_a_draft_and_hands_nothing_in(browser, pages):
    with reading(browser, pages, script=False) as page:
        page.goto(pages.plan_path)
        fill(page)
        page.locator("#effekt-1").press("Enter")
        page.wait_for_url("**gjort=utkast")
        assert pages.read().state == "required"
        assert len(pages.read().measures) == 1


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_after_a_fault_the_keyboard_is_at_the_summary_and_its_link_leads_to_the_field(browser, pages, script):
    with reading(browser, pages, script=script) as page:
        page.goto(pages.plan_path)
        fill(page, GOOD | {"effekt-1": "mycket"})
        press(page, "Lämna in planen")
        assert page.locator(":focus").get_attribute("role") == "alert"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert focused(page) == "effekt-1"
        assert page.input_value("#effekt-1") == "mycket"


def show_form(page, pages):
    page.goto(pages.plan_path)
    fill(page)


def show_faults(page, pages):
    page.goto(f"{pages.plan_path}?rader=2")
    fill(page, GOOD | {"effekt-1": "mycket", "vem-1": "", "vad-2": "Förrådet töms"})
    press(page, "Lämna in planen")


def show_stale(page, pages):
    show_form(page, pages)
    page.fill("#vad-1", "Vikarier tas bara in efter samråd med områdeschefen")
    pages.desk("ersattare@example.se").save_draft(pages.plan.id, None, [measure(), measure("Förrådet töms")])
    press(page, "Spara utkast")


def show_handed_in(page, pages):
    show_form(page, pages)
    press(page, "Lämna in planen")


def show_sent_back(page, pages):
    pages.submit()
    pages.desk(HEAD).send_back(
        pages.plan.id, None, "Vad kostar bemanningen i dag?\nOch hur många pass gäller?"
    )
    page.goto(pages.plan_path)


def show_approved(page, pages):
    pages.submit()
    pages.desk(HEAD).approve(pages.plan.id, None, "Bra plan.")
    page.goto(pages.plan_path)


def show_read_it(page, pages):
    page.goto(f"{pages.plan_path}/tagit-del")


def show_has_read_it(page, pages):
    pages.desk().acknowledge(pages.plan.id)
    show_read_it(page, pages)


def show_department(page, pages):
    pages.submit()
    page.goto(pages.department_path)
    page.locator("summary").click()


def show_department_fault(page, pages):
    pages.submit()
    page.goto(pages.department_path)
    press(page, "Återsänd planen för Förskolan Norr med kommentar")


def show_month(page, pages):
    pages.submit()
    page.goto(pages.month_path)
    page.locator("summary").click()


def show_start(page, pages):
    page.goto("/")


def show_closed(page, pages):
    page.goto("/plan/falsk.lank")


def show_expired(page, pages):
    page.goto(f"/plan/{pages.token(days=-1)}")


SHOWS = (
    show_form,
    show_faults,
    show_stale,
    show_handed_in,
    show_sent_back,
    show_approved,
    show_read_it,
    show_has_read_it,
    show_department,
    show_department_fault,
    show_month,
    show_start,
    show_closed,
    show_expired,
)


@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.__name__.removeprefix("show_"))
def test_every_page_keeps_to_wcag_and_to_the_width(browser, pages, show):
    with reading(browser, pages) as page:
        show(page, pages)
        assert page.locator("h1").count() == 1
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            if PICTURES:
                where = Path(PICTURES) / f"{show.__name__}_{size['width']}_{scheme}.png"
                page.screenshot(path=where, full_page=True)


def test_axe_sees_what_is_wrong(browser, pages):
    """Else the test above could never fail."""
    with reading(browser, pages) as page:
        page.goto(pages.plan_path)
        page.evaluate("document.querySelector('label[for=vad-1]').remove()")
        page.evaluate("document.querySelector('p').style.color = '#ccc'")
        assert violations(page) == ["color-contrast", "label"]


def violations(page):
    found = Axe().run(page, options=WCAG).response
    assert found["passes"]
    return sorted(each["id"] for each in found["violations"])


def focused(page):
    return page.locator(":focus").get_attribute("id")


def focus_is_seen(page):
    style = page.locator(":focus").evaluate("each => getComputedStyle(each).outline")
    return "solid" in style and "3px" in style


def plain(text):
    return " ".join(text.split())
