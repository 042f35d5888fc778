from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.json_values import as_number, fingerprint, message_id


def test_equal_inputs_have_the_same_fingerprint_in_any_order_of_their_names():
    assert fingerprint({"a": 1, "b": [2, "å"]}) == fingerprint({"b": [2, "å"], "a": 1})


@pytest.mark.parametrize("other", [{"a": 2}, {"b": 1}, {"a": "1"}, {"a": [1]}, {}, [], None])
def test_other_inputs_have_another_fingerprint(other):
    assert fingerprint(other) != fingerprint({"a": 1})


def test_what_is_no_json_counts_by_its_text():
    assert fingerprint([Decimal("1.50"), date(2026, 9, 1)]) == fingerprint(["1.50", "2026-09-01"])


def test_a_mails_id_is_the_same_whenever_it_is_sent_and_another_for_another_key_or_installation():
    key = ("avvikelse", "101", 2)
    first = message_id("one", "example.se", key)
    assert message_id("one", "example.se", key) == first
    assert first.endswith("@example.se>")
    others = [message_id("other", "example.se", key), message_id("one", "example.se", (*key[:2], 3))]
    assert len({first, *others}) == 3


@pytest.mark.parametrize(
    ("value", "number"), [("2.00", 2), ("-3", -3), ("1E+3", 1000), ("0.25", 0.25), ("-12345.5", -12345.5)]
)
def test_a_decimal_is_a_number_of_json(value, number):
    found = as_number(Decimal(value))
    assert (found, type(found)) == (number, type(number))


def test_what_is_no_decimal_is_no_number_of_json():
    with pytest.raises(TypeError, match="date"):
        as_number(date(2026, 9, 1))
