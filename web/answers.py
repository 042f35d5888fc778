"""What the pages that take forms have in common: how they answer, and what they say when they did nothing."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from tasks.installation import EXPECTED_ERRORS
from tasks.outbox.send_mails import send_waiting_mails
from web.site import Site

LOG = logging.getLogger("manad.web")
MOST_DIGITS = 19
"""A number of the database has fewer."""


@dataclass(frozen=True)
class Fault:
    """What to mend, and the id of the field that it is in."""

    id: str
    text: str


@dataclass(frozen=True)
class Alert:
    """Why nothing was done, at the top of the page."""

    title: str
    text: str = ""
    faults: tuple[Fault, ...] = ()


FOREIGN_FORM = Alert(
    "Tryck en gång till",
    "Sidan hade legat öppen länge eller öppnats på nytt i en annan flik, så vi kunde inte se att det var du "
    "som tryckte. Inget är sparat än, men allt du skrev står kvar.",
)


def see_other(site: Site, path: str, *, mails: bool = False) -> Response:
    """Send the reader on to a page that can be loaded again without doing anything again.

    mails: what was done has mails to send, which the reader needn't wait for.
    """
    task = BackgroundTask(_send_mails, site) if mails else None
    return RedirectResponse(f"{site.prefix}{path}", 303, background=task)


def whole_number(text: str) -> int:
    """Read a whole number that a form or an address carries; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else 0


def version_of(posted: Mapping[str, str]) -> int:
    """Return the version of the plan that a form was made from; 0, which no plan has, where it says none."""
    return whole_number(posted.get("version", ""))


def _send_mails(site: Site) -> None:
    """Send what waits; what can't be sent now waits for the next time, and its reason stands in the log."""
    try:
        send_waiting_mails(site.installation, site.today())
    except EXPECTED_ERRORS as error:
        LOG.warning("%s", error)
