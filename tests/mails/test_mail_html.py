"""Every mail is valid, accessible and self-contained HTML of elements that mail programs show."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from notifications.mails import MailValues
from notifications.render import render
from tests.mails.mail_examples import EXAMPLES, LINKED, LINKED_NORR
from tests.mails.parsed_mail import nodes, parse_errors

every_mail = pytest.mark.parametrize("values", EXAMPLES.values(), ids=EXAMPLES)

SHOWN_BY_WORD = {
    *("html", "head", "meta", "title", "style", "body", "div", "span", "p", "br", "strong", "a", "img"),
    *("h1", "h2", "h3", "table", "thead", "tbody", "tr", "td", "th"),
}
"""What the mails use of what Microsoft lists in "Word 2007 HTML and CSS Rendering Capabilities in Outlook
2007" (learn.microsoft.com, aa338201), the only such list: later Outlooks for Windows have the same engine.
"""

VALID_ATTRIBUTES = {
    "*": {"class", "style"},
    "html": {"lang"},
    "meta": {"charset", "name", "content"},
    "table": {"role"},
    "th": {"scope"},
    "a": {"href"},
    "img": {"src", "width", "alt"},
}
NEEDED_BY_WORD = {
    "table": {"cellpadding", "cellspacing", "border", "width"},
    "td": {"width", "align"},
    "th": {"width"},
}
"""Obsolete in HTML, and warned of by the Nu checker; Word lays tables out by them."""


@every_mail
def test_a_mail_has_no_parse_error(values: MailValues) -> None:
    assert parse_errors(render(values).html) == []


def test_a_parse_error_is_found() -> None:
    html = render(LINKED).html
    assert parse_errors(html.replace("</h1>", "</h2>", 1))
    assert parse_errors(html.replace("<tbody>", "<tbody><p>", 1))


@every_mail
def test_a_mail_has_only_elements_and_attributes_that_are_valid_or_that_word_needs(
    values: MailValues,
) -> None:
    for node in nodes(render(values).html):
        assert node.tag in SHOWN_BY_WORD
        allowed = VALID_ATTRIBUTES["*"] | VALID_ATTRIBUTES.get(node.tag, set())
        assert set(node.element.keys()) <= allowed | NEEDED_BY_WORD.get(node.tag, set())


@every_mail
def test_the_charset_stands_where_every_program_looks(values: MailValues) -> None:
    head = render(values).html.encode()[:1024]
    assert b'<meta charset="utf-8">' in head


@every_mail
def test_the_language_and_the_title_are_told(values: MailValues) -> None:
    mail = render(values)
    found = {node.tag: node for node in nodes(mail.html)}
    assert found["html"].element.get("lang") == "sv"
    assert found["title"].element.text == mail.subject


@every_mail
def test_there_is_one_first_heading_and_no_level_is_skipped(values: MailValues) -> None:
    levels = [int(node.tag[1]) for node in nodes(render(values).html) if re.fullmatch(r"h\d", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_mail
def test_a_table_is_of_data_with_scoped_heads_or_only_presentation(values: MailValues) -> None:
    for node in nodes(render(values).html):
        if node.tag == "th":
            assert node.element.get("scope") in {"row", "col"}
            assert node.texts or list(node.element)
        if node.tag == "table":
            own = {each.tag for each in node.element.iter() if each is not node.element}
            is_data = "data" in node.element.get("class", "").split()
            assert is_data != (node.element.get("role") == "presentation")
            assert ("th" in own) or not is_data


@every_mail
def test_a_picture_comes_with_the_mail_has_a_width_and_says_its_figures(values: MailValues) -> None:
    for node in nodes(render(values).html):
        if node.tag == "img":
            assert re.fullmatch(r"cid:[A-Za-z0-9._-]+", node.element.get("src", ""))
            assert node.element.get("width") == "576"
            assert re.search(r"\d", node.element.get("alt", ""))


@every_mail
def test_nothing_is_fetched_from_anywhere(values: MailValues) -> None:
    html = render(values).html
    without_links = re.sub(r'<a href="[^"]*"', "<a", html)
    assert not re.search(r"https?:|//|url\(|@import|javascript:|\"data:", without_links)


@every_mail
def test_a_link_goes_to_a_web_address_and_says_where(values: MailValues) -> None:
    links = [node for node in nodes(render(values).html) if node.tag == "a"]
    assert all(node.element.get("href", "").startswith("https://") for node in links)
    assert all(len(node.texts) > 5 for node in links)


@every_mail
def test_a_mail_is_smaller_than_what_gmail_cuts(values: MailValues) -> None:
    assert len(render(values).html.encode()) < 100_000


def test_a_digest_of_eight_units_with_pictures_is_smaller_than_what_gmail_cuts() -> None:
    parts = tuple(replace(LINKED_NORR, picture=f"diagram-{number}") for number in range(8))
    assert len(render(replace(LINKED, parts=parts)).html.encode()) < 100_000
