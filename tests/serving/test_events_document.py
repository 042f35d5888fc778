"""The document of events names the events that there are."""

import re
from typing import get_args

from flows.runs.events import Event
from tests.worlds.documents import bare, table_rows, text_of


def test_the_document_of_events_names_each_event_once_and_no_other():
    rows = table_rows(text_of("docs/events.md"), r"`manad\.[a-z.]+`")
    assert [bare(cells[0]) for cells in rows] == list(get_args(Event))


def test_every_event_that_the_document_speaks_of_exists():
    named = set(re.findall(r"manad\.(?:delivery|month|deviation|plan)\.[a-z]+", text_of("docs/events.md")))
    assert named == set(get_args(Event))
