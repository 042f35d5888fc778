"""What a mail links to, and what it does where there are no web pages."""

from dataclasses import replace

import pytest

from notifications.mails import MailValues
from notifications.render import render
from tests.mails.mail_examples import COVERED, EXAMPLES, LINKED, LINKED_MANY, LINKED_NORR, NORR, ONE
from tests.mails.mail_examples_plans import PLAN_LINK
from tests.mails.parsed_mail import nodes

OWN_LINK = "Skicka därför inte"


def hrefs(values: MailValues) -> list[str | None]:
    return [node.element.get("href") for node in nodes(render(values).html) if node.tag == "a"]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//manad.example/plan/1",
        "/plan/1",
        "http://",
        'https://manad.example/"onclick="x',
        "https://manad.example/a b",
        "https://manad.example/<b>",
        "mailto:chef@stad.example",
    ],
)
def test_a_link_that_is_no_web_address_stops_the_mail(link: str) -> None:
    with pytest.raises(ValueError, match="web addresses"):
        render(replace(LINKED, parts=(replace(LINKED_NORR, link=link),)))


@pytest.mark.parametrize("link", ["http://127.0.0.1:8080/plan/x", "https://[::1]/plan/x", PLAN_LINK])
def test_a_web_address_passes_as_it_is(link: str) -> None:
    linked = replace(LINKED, parts=(replace(LINKED_NORR, link=link),))
    assert hrefs(linked) == [link, f"{link}/tagit-del"]


@pytest.mark.parametrize("picture", ["diagram 1", 'x" onerror="y', "<b>", "åäö"])
def test_a_picture_that_is_no_content_id_stops_the_mail(picture: str) -> None:
    with pytest.raises(ValueError, match="content-id"):
        render(replace(LINKED, parts=(replace(LINKED_NORR, picture=picture),)))


def test_a_manager_hands_in_a_plan_or_says_that_the_mail_is_read() -> None:
    html = render(LINKED).html
    assert hrefs(LINKED) == [PLAN_LINK, f"{PLAN_LINK}/tagit-del"]
    assert html.index("Lämna åtgärdsplan</a>") < html.index("Jag har tagit del</a>")
    assert "Svara på det här mejlet med åtgärd" not in html


def test_each_unit_of_a_digest_has_its_own_link() -> None:
    assert hrefs(LINKED_MANY) == [
        PLAN_LINK,
        f"{PLAN_LINK}/tagit-del",
        f"{PLAN_LINK}2",
        f"{PLAN_LINK}2/tagit-del",
    ]


def test_without_web_pages_a_manager_answers_the_mail() -> None:
    for part in (render(ONE).text, render(ONE).html):
        assert "Svara på det här mejlet med åtgärd" in part
        assert OWN_LINK not in part


@pytest.mark.parametrize("name", EXAMPLES)
def test_only_a_mail_with_a_link_says_that_it_is_personal(name: str) -> None:
    mail = render(EXAMPLES[name])
    linked = bool(hrefs(EXAMPLES[name]))
    assert (OWN_LINK in mail.html) == linked
    assert (OWN_LINK in " ".join(mail.text.split())) == linked


@pytest.mark.parametrize(
    ("part", "demand"),
    [
        (NORR, "Lämna en åtgärdsplan senast den 16 november."),
        (COVERED.parts[0], "Ingen ny åtgärdsplan behövs."),
        (replace(NORR, plan_due="", signal="bevaka"), "Ingen åtgärdsplan behövs."),
    ],
    ids=["demanded", "covered", "watched"],
)
def test_what_is_demanded_goes_by_how_the_plan_stands(part, demand: str) -> None:
    mail = render(replace(ONE, parts=(part,)))
    assert demand in mail.text
    assert demand in mail.html


@pytest.mark.parametrize(
    ("changes", "following"),
    [
        ({}, "Har vi ingen plan den 23 november informerar vi avdelningschefen."),
        ({"escalates": ""}, "Din controller följer upp att planen kommer."),
        ({"escalates": "", "next_step": "Vi hörs i maj."}, "Vi hörs i maj."),
        ({"escalates": "", "plan_due": "", "plan_standing": "Väntar."}, "Väntar.\nVi följer upp det nästa"),
        ({"escalates": "", "plan_due": ""}, "Det som återstår av den godkända planen täcker"),
        ({"escalates": "", "plan_due": "", "signal": "bevaka"}, "Vi följer enheten varje månad"),
    ],
    ids=["escalates", "followed", "told", "standing", "covered", "watched"],
)
def test_what_follows_goes_by_how_the_plan_stands(changes: dict[str, object], following: str) -> None:
    assert following in render(replace(ONE, parts=(replace(NORR, **changes),))).text


@pytest.mark.parametrize(
    ("parts", "ending"),
    [
        ((NORR, NORR), "2 åtgärdsplaner senast 16 november"),
        ((NORR, replace(NORR, plan_due="20 november")), "2 åtgärdsplaner, datum i mejlet"),
        ((NORR, COVERED.parts[0]), "Åtgärdsplan senast 16 november"),
        ((COVERED.parts[0],) * 2, "Ingen åtgärdsplan behövs"),
    ],
    ids=["two of a day", "two of two days", "due and covered", "covered"],
)
def test_the_subject_says_which_plans_are_demanded(parts, ending: str) -> None:
    assert render(replace(ONE, parts=parts)).subject.endswith(ending)
