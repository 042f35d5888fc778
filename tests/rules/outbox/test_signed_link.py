import base64
import json
import string
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.outbox import signed_link
from tasks.rules.outbox.signed_link import (
    LONGEST_TOKEN,
    ROLES,
    Link,
    LinkError,
    LinkRole,
    delivery_of,
    delivery_subject,
    department_of,
    department_subject,
    form_token,
    month_of,
    month_subject,
    plan_of,
    plan_subject,
    read_link,
    sign,
)
from tasks.rules.periods import Period

SECRET, OTHER = b"a secret of thirty-two bytes long", b"another secret, just as long it is"
TODAY = date(2026, 11, 16)
LINK = Link("chef", "plan:12", "anna@example.se", date(2027, 2, 14), 3)
TOKEN = sign(LINK, SECRET)
ALPHABET = set(string.ascii_letters + string.digits + "-_.")


def fault(token, secret=SECRET, today=TODAY):
    with pytest.raises(LinkError) as refused:
        read_link(token, secret, today)
    assert str(refused.value) == refused.value.fault
    return refused.value.fault


LINKS = {
    "a plan's": LINK,
    "a department's": Link("avdelningschef", "avdelning:F1:2026-09", "b@example.se", TODAY),
    "a month's": Link("controller", "manad:2026-09", "c@example.se", TODAY),
    "å, ä and ö": Link("chef", "avdelning:Förskola Åsö:2026-09", "åsa.öst@exämple.se", TODAY),
    "letters of other scripts": Link("chef", "avdelning:你好👍🏽:2026-09", "a@x.se", TODAY),
    "marks that mean something elsewhere": Link("chef", 'a"b\\c.d\n:e,]', "o'neil+x@x.se", TODAY),
    "a decomposed letter stays so": Link("chef", "avdelning:A\u030a:2026-09", "a@x.se", TODAY),
    "nobody": Link("chef", "", "", TODAY),
    "the longest address that a mail can have": Link("chef", "plan:1", "å" * 254, TODAY),
    "an epoch in the millions": replace(LINK, epoch=10**9),
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_what_was_signed_is_read(link):
    assert read_link(sign(link, SECRET), SECRET, TODAY) == link


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(
    st.builds(Link, st.sampled_from(ROLES), TEXTS, TEXTS, st.dates(), st.integers(0, 10**6)),
    st.binary(min_size=1, max_size=80),
)
def test_any_link_is_read_as_it_was_signed_and_its_token_can_stand_in_an_address(link, secret):
    token = sign(link, secret)
    assert read_link(token, secret, link.expires) == link
    assert set(token) <= ALPHABET
    assert token.count(".") == 1


def test_roles_are_the_roles_of_a_link():
    assert get_args(LinkRole) == ROLES


def test_the_same_link_has_the_same_token_and_another_has_another():
    assert sign(LINK, SECRET) == TOKEN
    others = [
        replace(LINK, role="controller"),
        replace(LINK, subject="plan:13"),
        replace(LINK, address="bo@example.se"),
        replace(LINK, expires=LINK.expires + timedelta(days=1)),
        replace(LINK, epoch=4),
    ]
    assert len({TOKEN, *(sign(each, SECRET) for each in others)}) == 6


# Forged


@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_any_changed_character_makes_it_forged(place, character):
    changed = TOKEN[:place] + character + TOKEN[place + 1 :]
    if changed != TOKEN:
        assert fault(changed) == "forged"


@given(st.integers(0, len(TOKEN) - 1))
def test_any_missing_or_added_character_makes_it_forged(place):
    assert fault(TOKEN[:place] + TOKEN[place + 1 :]) == "forged" or TOKEN[place] == TOKEN[place - 1]
    assert fault(TOKEN[:place] + "A" + TOKEN[place:]) == "forged"


SAID, _, SIGNATURE = TOKEN.partition(".")


def packed(fields):
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


FORGED = {
    "nothing": "",
    "a point": ".",
    "no signature": SAID,
    "an empty signature": f"{SAID}.",
    "only a signature": f".{SIGNATURE}",
    "the other way round": f"{SIGNATURE}.{SAID}",
    "a padded signature": f"{TOKEN}=",
    "a padded text": f"{SAID}=.{SIGNATURE}",
    "a line break at the end": f"{TOKEN}\n",
    "a space before": f" {TOKEN}",
    "in capitals": TOKEN.upper(),
    "twice": f"{TOKEN}.{TOKEN}",
    "another plan under the same signature": packed(["chef", "plan:13", "x@x.se", "2030-01-01", 0])
    + f".{SIGNATURE}",
    "the signature of another link": f"{SAID}.{sign(replace(LINK, epoch=9), SECRET).partition('.')[2]}",
    "what a form carries back, for a signature": f"{SAID}.{form_token(TOKEN, 'n', SECRET)}",
    "no base64": f"%%%.{SIGNATURE}",
    "letters that aren't ASCII": f"å{TOKEN}",
    "a signature that isn't ASCII": f"{SAID}.{'ö' * len(SIGNATURE)}",
    "half a character": f"{TOKEN[:-1]}\ud800",
    "NUL": f"{TOKEN}\x00",
    "as long as may be": "a" * LONGEST_TOKEN,
    "longer": "a" * (LONGEST_TOKEN + 1),
    "as long as a book": "a." * 1_000_000,
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_what_we_did_not_sign_is_forged(token):
    assert fault(token) == "forged"


@given(st.text())
def test_any_text_is_forged_and_breaks_nothing(text):
    assert fault(text) == "forged"


def test_a_link_of_another_secret_is_forged_even_when_it_has_expired():
    assert fault(sign(LINK, OTHER)) == "forged"
    assert fault(TOKEN, OTHER) == "forged"
    assert fault(TOKEN, OTHER, LINK.expires + timedelta(days=1)) == "forged"
    assert fault(TOKEN, b"") == "forged"


def test_a_token_that_could_not_be_read_is_not_made():
    """A link in a mail that says `forged` when it is followed would be worse than none."""
    longest = next(n for n in range(LONGEST_TOKEN, 0, -1) if fits(n))
    assert read_link(sign(of_length(longest), SECRET), SECRET, TODAY) == of_length(longest)
    with pytest.raises(ValueError):
        sign(of_length(longest + 1), SECRET)
    assert longest > 1_000


def test_a_token_that_is_too_long_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(signed_link, "LONGEST_TOKEN", len(TOKEN))
    assert read_link(TOKEN, SECRET, TODAY) == LINK
    monkeypatch.setattr(signed_link, "LONGEST_TOKEN", len(TOKEN) - 1)
    assert fault(TOKEN) == "forged"


def of_length(n):
    return Link("chef", "s" * n, "a@x.se", TODAY)


def fits(n):
    try:
        return len(sign(of_length(n), SECRET)) <= LONGEST_TOKEN
    except ValueError:
        return False


# Expired

DAYS = {
    "long before": (timedelta(days=-90), True),
    "the day before": (timedelta(days=-1), True),
    "on its day": (timedelta(0), True),
    "the day after": (timedelta(days=1), False),
    "long after": (timedelta(days=900), False),
}


@pytest.mark.parametrize(("since", "opens"), DAYS.values(), ids=DAYS)
def test_a_link_opens_until_its_day_has_ended(since, opens):
    if opens:
        assert read_link(TOKEN, SECRET, LINK.expires + since) == LINK
    else:
        assert fault(TOKEN, today=LINK.expires + since) == "expired"


# What a form carries back


def test_a_form_is_bound_to_its_link_its_reader_and_the_secret():
    own = form_token(TOKEN, "nonce", SECRET)
    assert own == form_token(TOKEN, "nonce", SECRET)
    others = [
        form_token(sign(replace(LINK, subject="plan:13"), SECRET), "nonce", SECRET),
        form_token(TOKEN, "another", SECRET),
        form_token(TOKEN, "", SECRET),
        form_token(TOKEN, "nonce", OTHER),
    ]
    assert len({own, *others}) == 5
    assert set(own) <= set(string.hexdigits)


SEPTEMBER = Period(2026, 9)
NOTHING = {"plan": None, "department": None, "month": None, "delivery": None}
SUBJECTS = {
    "a plan": (plan_subject(12), {"plan": 12}),
    "a department": (department_subject("F1", SEPTEMBER), {"department": ("F1", SEPTEMBER)}),
    "a department with a colon": (department_subject("F:1", SEPTEMBER), {"department": ("F:1", SEPTEMBER)}),
    "a month": (month_subject(SEPTEMBER), {"month": SEPTEMBER}),
    "a held delivery": (delivery_subject(17), {"delivery": 17}),
    "a plan without a number": ("plan:", {}),
    "a plan that goes on": ("plan:12\n", {}),
    "nothing of ours": ("plan:12:2026-09", {}),
}


@pytest.mark.parametrize(("subject", "opened"), SUBJECTS.values(), ids=SUBJECTS)
def test_a_link_opens_one_kind_of_thing(subject, opened):
    read = {
        "plan": plan_of(subject),
        "department": department_of(subject),
        "month": month_of(subject),
        "delivery": delivery_of(subject),
    }
    assert read == NOTHING | opened
