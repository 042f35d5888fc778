"""What a server's answer means."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.fetched.answers import BUSY, DELAYS, judge_answer, seconds_asked, wait_before_next

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = b"PK\x03\x04rest"
TABLE = b"period;enhet\n"

# status, content type, first bytes, the format as configured, what the address ends in → meaning, format
ANSWERS = {
    "csv by its type": (200, "text/csv; charset=utf-8", TABLE, None, "", "file", "csv"),
    "csv by its type in capitals": (200, "Text/CSV", TABLE, None, "", "file", "csv"),
    "csv by the address": (200, "application/octet-stream", TABLE, None, "csv", "file", "csv"),
    "csv by the configuration": (200, None, TABLE, "csv", "", "file", "csv"),
    "a byte order mark first": (200, "text/csv", b"\xef\xbb\xbf" + TABLE, None, "", "file", "csv"),
    "xlsx by its type": (200, XLSX, ZIP, None, "", "file", "xlsx"),
    "xlsx by the address": (200, "", ZIP, None, "xlsx", "file", "xlsx"),
    "json by its type": (200, "application/json", b'[{"a": 1}]', None, "", "file", "json"),
    "json of a vendor": (200, "application/vnd.api+json", b'{"a": []}', None, "", "file", "json"),
    "json after white space": (200, "application/json", b"\n  [", None, "", "file", "json"),
    "the configuration before the type": (200, "text/plain", b"[", "json", "csv", "file", "json"),
    "the type before the address": (200, "application/json", b"[", None, "csv", "file", "json"),
    "no format anywhere": (200, "text/plain", TABLE, None, "aspx", "refused", None),
    "a page by its type": (200, "text/html; charset=utf-8", TABLE, "csv", "csv", "refused", None),
    "a page as xhtml": (200, "application/xhtml+xml", TABLE, "csv", "", "refused", None),
    "a page by its beginning": (200, "text/csv", b"\n <!DOCTYPE html>", "csv", "", "refused", None),
    "a page after a byte order mark": (200, "text/csv", b"\xef\xbb\xbf<html>", "csv", "", "refused", None),
    "a page in UTF-16": (200, "text/csv", "<html>".encode("utf-16"), "csv", "", "refused", None),
    "XML": (200, XLSX, b"<?xml version='1.0'?><Error/>", None, "", "refused", None),
    "an empty body": (200, "text/csv", b"", "csv", "", "refused", None),
    "only line ends": (200, "text/csv", b"\r\n\r\n", "csv", "", "refused", None),
    "json where csv should be": (200, "text/csv", b'{"error": "no"}', None, "", "refused", None),
    "xlsx where csv should be": (200, "text/csv", ZIP, None, "", "refused", None),
    "csv where xlsx should be": (200, XLSX, TABLE, None, "", "refused", None),
    "csv where json should be": (200, "application/json", TABLE, None, "", "refused", None),
    "a part": (206, "text/csv", TABLE, "csv", "", "refused", None),
    "not modified": (304, None, b"", None, "", "unchanged", None),
    "no content yet": (204, None, b"", None, "", "absent", None),
    "not found": (404, "text/html", b"<html>", "csv", "", "absent", None),
    "gone": (410, None, b"", None, "", "absent", None),
    "who are you": (401, None, b"", None, "", "refused", None),
    "not for you": (403, None, b"", None, "", "refused", None),
    "a redirect to nowhere": (302, None, b"", None, "", "refused", None),
    "a teapot": (418, None, b"", None, "", "refused", None),
} | {f"busy {status}": (status, None, b"", None, "", "refused", None) for status in BUSY}


@pytest.mark.parametrize(
    ("status", "kind", "head", "wanted", "ending", "meaning", "form"), ANSWERS.values(), ids=ANSWERS
)
def test_an_answer_means(status, kind, head, wanted, ending, meaning, form):
    judged = judge_answer(status, kind, head, wanted=wanted, ending=ending)
    assert (judged.meaning, judged.format) == (meaning, form)
    assert bool(judged.text) == (meaning != "file")
    assert judged.text[:1].islower() or meaning == "file"  # it follows the source's name


def test_not_modified_is_no_answer_to_a_question_without_conditions():
    assert judge_answer(304, None, b"", was_conditional=False).meaning == "refused"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "Kontrollera källans hemlighet"),
        (403, "ger rätt att läsa"),
        (404, "finns inte där än (svar 404)"),
        (503, "servern svarade 503 hela tiden"),
        (418, "servern svarade 418. Kontrollera adressen"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(status, said):
    assert said in judge_answer(status, None, b"").text


NOW = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)

ASKED = {
    "nothing": (None, None),
    "empty": ("", None),
    "seconds": ("7", 7.0),
    "seconds with spaces": (" 120 ", 120.0),
    "no wait": ("0", 0.0),
    "less than none": ("-5", None),
    "a fraction": ("1.5", None),
    "more digits than a server means": ("9" * 10, None),
    "other digits": ("٣", None),
    "a date to come": ("Wed, 07 Oct 2026 08:01:30 GMT", 90.0),
    "this very moment": ("Wed, 07 Oct 2026 08:00:00 GMT", 0.0),
    "a date that has passed": ("Wed, 07 Oct 2026 07:00:00 GMT", 0.0),
    "a date as the nineties wrote it": ("Wednesday, 07-Oct-26 08:01:30 GMT", 90.0),
    "a date as C prints it": ("Wed Oct  7 08:01:30 2026", 90.0),
    "a day that doesn't exist": ("Sat, 31 Feb 2026 08:00:00 GMT", None),
    "a month that doesn't exist": ("Wed, 07 Okt 2026 08:00:00 GMT", None),
    "another form of date": ("2026-10-07T08:01:30Z", None),
    "words": ("soon", None),
}


@pytest.mark.parametrize(("header", "seconds"), ASKED.values(), ids=ASKED)
def test_a_server_asks_for(header, seconds):
    assert seconds_asked(header, NOW) == seconds


def test_a_date_counts_from_now_in_whatever_zone_now_is_told():
    here = NOW.astimezone(timezone(timedelta(hours=2)))
    assert seconds_asked("Wed, 07 Oct 2026 08:01:30 GMT", here) == 90.0


@given(st.text())
def test_no_header_is_an_error(header):
    assert (seconds_asked(header, NOW) or 0) >= 0


@pytest.mark.parametrize(
    ("tried", "asked", "wait"),
    [
        (1, None, DELAYS[0]),
        (3, None, DELAYS[2]),
        (4, None, None),  # the last one was the fourth
        (4, 1.0, None),
        (1, 7.0, 7.0),  # the server knows better
        (1, 0.0, 0.0),
        (1, 60.0, 60.0),  # exactly the longest
        (1, 60.01, 60.0),  # just over
        (1, 1e9, 60.0),
    ],
)
def test_the_wait_is_what_is_asked_for_but_bounded_and_so_are_the_tries(tried, asked, wait):
    assert wait_before_next(tried, asked, longest=60.0) == wait


def test_the_own_delays_are_bounded_too():
    assert wait_before_next(3, None, longest=1.0) == 1.0
