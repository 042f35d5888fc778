from dataclasses import replace

import pytest

from notifications.page import render_page
from notifications.render import render, with_pictures
from notifications.reports.preview import Preview, PreviewMail
from tests.mails.mail_examples import EXAMPLES, LINKED, LINKED_NORR
from tests.mails.parsed_mail import nodes


def sources(html: str) -> list[str | None]:
    return [node.element.get("src") for node in nodes(html) if node.tag == "img"]


def test_a_picture_in_bytes_stands_in_the_page() -> None:
    html = with_pictures(render(LINKED).html, {"diagram-1": b"\x89PNG"})
    assert sources(html) == ["data:image/png;base64,iVBORw=="]


def test_a_picture_in_a_file_is_found_beside_the_page() -> None:
    html = with_pictures(render(LINKED).html, {"diagram-1": 'bild "å" 1.png'})
    assert sources(html) == ["bild%20%22%C3%A5%22%201.png"]


def test_each_picture_of_a_digest_is_its_own() -> None:
    two = replace(LINKED, parts=(LINKED_NORR, replace(LINKED_NORR, picture="diagram-2")))
    html = with_pictures(render(two).html, {"diagram-2": "b.png", "diagram-1": "a.png"})
    assert sources(html) == ["a.png", "b.png"]


def test_a_picture_that_is_missing_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="diagram-1"):
        with_pictures(render(LINKED).html, {})


def test_words_that_look_like_a_picture_stay_words() -> None:
    attacked = replace(LINKED, parts=(replace(LINKED_NORR, why='<img src="cid:diagram-1">'),))
    html = with_pictures(render(attacked).html, {"diagram-1": "a.png"})
    assert html.count("a.png") == 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_page_without_pictures_is_left_as_it_is(name: str) -> None:
    html = render(EXAMPLES[name]).html
    if "cid:" not in html:
        assert with_pictures(html, {}) == html


def test_the_index_links_to_both_parts_of_a_mail() -> None:
    mails = (
        PreviewMail(
            to="chef@stad.example", subject="Ett <b>", file="mejl_0001.html", text_file="mejl_0001.txt"
        ),
        PreviewMail(to="drift@stad.example", subject="Två", file="mejl_0002.html"),
    )
    page = render_page("preview", Preview(period="september 2026", mails=mails, report="rapport.html"))
    hrefs = [node.element.get("href") for node in nodes(page) if node.tag == "a"]
    assert hrefs == ["rapport.html", "mejl_0001.html", "mejl_0001.txt", "mejl_0002.html"]
    assert "Ett &lt;b&gt;" in page
