from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.address import bare_address, split_address
from notifications.errors import BadAddressError, BadHeaderError
from notifications.message import build_message
from notifications.render import Rendered, render
from tests.mails.mail_examples import ONE

GIVEN: dict[str, Any] = {
    "sender": "Månadsuppföljning <manad@stad.example>",
    "to": "eva@stad.example",
    "reply_to": "controller@stad.example",
    "message_id": "<avvikelse.2026-10.17@stad.example>",
    "date": datetime(2026, 11, 6, 7, 0, tzinfo=UTC),
    "list_id": "manadsuppfoljning.stad.example",
}


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
SHOWN = Rendered("Diagram", "text\n", '<p><img src="cid:diagram-1"><img src="cid:b.2@stad.example"></p>\n')
PICTURES = {"diagram-1": PICTURE, "b.2@stad.example": PICTURE[::-1]}


def parsed(rendered: Rendered, **changes: Any) -> EmailMessage:
    message = message_from_bytes(build_message(rendered, **(GIVEN | changes)), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, subtype: str) -> str:
    return message.get_body((subtype,)).get_content().replace("\r\n", "\n")


def test_a_message_reads_back_as_it_was_rendered() -> None:
    mail = render(ONE)
    message = parsed(mail)
    assert message["Subject"] == mail.subject
    assert body(message, "plain") == mail.text
    assert body(message, "html") == mail.html
    assert message.defects == []


def test_headers_are_those_of_an_automatic_mail() -> None:
    message = parsed(render(ONE), extra_headers={"In-Reply-To": "<a@b>"})
    assert message["From"].addresses[0].display_name == "Månadsuppföljning"
    assert message["To"] == "eva@stad.example"
    assert message["Reply-To"] == "controller@stad.example"
    assert message["Message-ID"] == "<avvikelse.2026-10.17@stad.example>"
    assert message["Date"].datetime == GIVEN["date"]
    assert message["List-Id"] == "<manadsuppfoljning.stad.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["In-Reply-To"] == "<a@b>"
    assert message.get_content_type() == "multipart/alternative"


def test_pictures_come_with_the_html_that_shows_them() -> None:
    message = parsed(SHOWN, pictures=PICTURES)
    text, related = message.iter_parts()
    html, *pictures = related.iter_parts()
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "image/png",
    ]
    assert related.get_param("type") == "text/html"
    assert [part.get_content().replace("\r\n", "\n") for part in (text, html)] == [SHOWN.text, SHOWN.html]
    assert [part["Content-ID"] for part in pictures] == ["<diagram-1>", "<b.2@stad.example>"]
    assert [part.get_content() for part in pictures] == list(PICTURES.values())
    assert [part.get_content_disposition() for part in pictures] == ["inline", "inline"]
    assert [part.get_filename() for part in pictures] == ["diagram-1.png", "diagram-2.png"]
    assert [part.defects for part in message.walk()] == [[]] * 6


def test_a_mail_without_pictures_is_as_it_always_was() -> None:
    assert build_message(render(ONE), **GIVEN, pictures={}) == build_message(render(ONE), **GIVEN)
    assert parsed(render(ONE)).get_body(("related",)) is None


def test_a_mail_stands_under_the_earlier_ones() -> None:
    earlier = [f"<avvikelse.2026-{month:02d}.17.{'a' * 40}@stad.example>" for month in range(1, 9)]
    message = parsed(render(ONE), thread=earlier)
    assert message["In-Reply-To"] == earlier[-1]
    assert message["References"].split() == earlier
    assert message.defects == []
    assert parsed(render(ONE))["References"] is None


def test_a_mail_without_answers_has_no_reply_to() -> None:
    assert parsed(render(ONE), reply_to=None)["Reply-To"] is None


def test_the_same_input_gives_the_same_bytes() -> None:
    more = {"pictures": PICTURES, "thread": ["<a@b>"]}
    assert build_message(SHOWN, **GIVEN, **more) == build_message(SHOWN, **GIVEN, **more)


@pytest.mark.parametrize("pictures", [{}, PICTURES])
def test_bytes_pass_any_relay(pictures: dict[str, bytes]) -> None:
    written = build_message(render(ONE), **GIVEN, pictures=pictures)
    assert written.isascii()
    assert written.count(b"\n") == written.count(b"\r\n") == written.count(b"\r")
    assert max(len(line) for line in written.split(b"\r\n")) <= 78


@pytest.mark.parametrize("field", ["sender", "to", "reply_to"])
@pytest.mark.parametrize(
    "address",
    [
        "eva@stad.example\r\nBcc: alla@stad.example",  # a header smuggled in
        "eva@stad.example\nBcc: alla@stad.example",
        "Eva\r\n <eva@stad.example>",  # even folded
        "eva\x00@stad.example",
        "Eva\u2028 <eva@stad.example>",
        "eva@stad.example, alla@stad.example",  # two
        "eva@stad.example <alla@stad.example",
        "grupp: eva@stad.example;",
        "eva",  # none
        " ",
        "@stad.example",
        "eva@",
        "eva@stad..example",
        "eva @stad.example",
        "åsa@stad.example",  # needs SMTPUTF8, which many relays lack
        "e" * 250 + "@stad.example",
    ],
)
def test_an_unsafe_or_wrong_address_is_refused(field: str, address: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        build_message(render(ONE), **(GIVEN | {field: address}))
    assert "\n" not in str(caught.value)
    assert caught.value.address.strip() == address.strip()


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("eva@stad.example", "", "eva@stad.example"),
        ("<eva@stad.example>", "", "eva@stad.example"),
        ("Eva Ek <eva.ek+m@stad.example>", "Eva Ek", "eva.ek+m@stad.example"),
        ('"Ek, Eva" <eva@stad.example>', "Ek, Eva", "eva@stad.example"),
        ("eva@skärholmen.example", "", "eva@xn--skrholmen-w2a.example"),
    ],
)
def test_an_address_is_split(text: str, name: str, address: str) -> None:
    assert split_address(text) == (name, address)
    assert bare_address(text) == address


@pytest.mark.parametrize(
    "changes",
    [
        {"message_id": "a@b"},
        {"message_id": "<a@b>\r\nBcc: c@d"},
        {"message_id": "<a b@c>"},
        {"list_id": "a>\r\nBcc: c@d"},
        {"date": datetime(2026, 11, 6)},  # noqa: DTZ001
        {"extra_headers": {"X-A": "b\r\nBcc: c@d"}},
        {"extra_headers": {"X-A\r\nBcc": "c@d"}},
        {"extra_headers": {"bcc": "c@d"}},
        {"extra_headers": {"subject": "annat"}},
        {"extra_headers": {"references": "<a@b>"}, "thread": ["<a@b>"]},
        {"thread": ["<a@b>", "a@b"]},
        {"thread": ["<a@b>\r\nBcc: c@d"]},
        {"thread": ["<a@b> <c@d>"]},
        {"pictures": {"a>\r\nBcc: c@d": PICTURE}},
        {"pictures": {"a b": PICTURE}},
        {"pictures": {"": PICTURE}},
    ],
)
def test_an_unsafe_header_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadHeaderError):
        build_message(render(ONE), **(GIVEN | changes))


def test_a_subject_with_a_line_break_is_refused() -> None:
    with pytest.raises(BadHeaderError):
        build_message(Rendered("a\nBcc: b@c", "", ""), **GIVEN)


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(subject=words.map(str.strip), text=words)
def test_any_words_survive_the_journey(subject: str, text: str) -> None:
    written = build_message(Rendered(subject, f"{text}\n.\nFrom x\n", "<p>"), **GIVEN, pictures=PICTURES)
    message = message_from_bytes(written, policy=policy.default)
    assert body(message, "plain") == f"{text}\n.\nFrom x\n"
    assert written.isascii()
    assert message["Subject"] == subject
    assert written.count(b"\r\nSubject:") == 1
