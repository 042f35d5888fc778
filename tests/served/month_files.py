"""The small administration's files of the month that runs unasked, as they come to the inbox."""

import os
from datetime import date

from tasks.rules.periods import Period
from tests.worlds.small_administration import (
    assistance,
    economy,
    organisation,
    sick_leave,
    volumes,
    write,
)

MONTH = Period.of(date.today()).plus(-1)  # noqa: DTZ011, TID251 - what is run unasked is recent


def month_files(period=MONTH):
    """Return the text of every source that a month demands, and the register."""
    return {
        "organisation": organisation(),
        "ekonomi": economy(period.year, period.month),
        "prestationer": volumes(period),
        "bistand": assistance(period),
        "sjukfranvaro": sick_leave(period),
    }


def drop(served, source, text, addition="", period=MONTH):
    """Lay a file in the inbox that looks as if it had lain there for long; return its path."""
    path = served.home / "inbox" / f"{source}_{period}{addition}.csv"
    write(path, text)
    os.utime(path, (0, 0))
    return path
