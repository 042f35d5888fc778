"""A delivery as mails name it, when they say what they stand on."""

from datetime import datetime

from tasks.clock import STOCKHOLM
from tasks.rules.delivered import Delivery
from tasks.rules.swedish import mid_sentence
from tasks.sources import all_sources


def source_title(source: str) -> str:
    """Return what a source, or the half of one that a month lacks, is called inside a sentence."""
    known = all_sources().get(source)
    return source if known is None else mid_sentence(known.title)


def delivered_words(source: str, delivery: Delivery) -> str:
    """Name a delivery: `ekonomi levererad 2026-10-06, ekonomi_2026-09.csv`."""
    day = delivery.received_at.astimezone(STOCKHOLM)
    return f"{source} levererad {day:%Y-%m-%d}, {delivery.file_name}"


def clock_words(moment: datetime) -> str:
    """Write a moment: `2026-10-06 kl. 08.14`."""
    return f"{moment.astimezone(STOCKHOLM):%Y-%m-%d kl. %H.%M}"
