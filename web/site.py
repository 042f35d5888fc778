"""What every page is made with, and who may open it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from tasks.installation import Installation
from tasks.outbox.links import open_link
from tasks.plans.action_plans import Plan, PlanDesk, PlanNotFoundError, list_plans, read_plan
from tasks.rules.outbox.signed_link import Link, LinkError, LinkRole
from tasks.rules.periods import Period

_PLAN = re.compile(r"plan:([0-9]{1,18})")
_DEPARTMENT = re.compile(r"avdelning:(.+):([0-9]{4}-[0-9]{2})")
_MONTH = re.compile(r"manad:([0-9]{4}-[0-9]{2})")


class ClosedLinkError(Exception):
    """A link that opens nothing here. expired: it is a true one that has run out; nothing else is told."""

    def __init__(self, *, expired: bool = False) -> None:
        self.expired = expired
        super().__init__("expired" if expired else "closed")


@dataclass(frozen=True)
class Site:
    """The installation that the pages show, the day it is, and the secret that signs links and forms."""

    installation: Installation
    today: Callable[[], date]
    secret: bytes

    @property
    def is_https(self) -> bool:
        """Tell whether readers come by https: then cookies and browsers are told to keep to it."""
        return urlsplit(self.installation.settings.base_url or "").scheme == "https"

    @property
    def prefix(self) -> str:
        """Return the path that the pages lie under, empty for none: a proxy may serve more than them."""
        return urlsplit(self.installation.settings.base_url or "").path.rstrip("/")

    def plan_of(self, token: str) -> tuple[Link, Plan]:
        """Return the one plan that a manager's link opens. Raises ClosedLinkError."""
        link, (number,) = self._open(token, "chef", _PLAN)
        with _closed_when_absent():
            return link, read_plan(self.installation, int(number))

    def plans_of_department(self, token: str) -> tuple[Link, Period, list[Plan]]:
        """Return the month's plans of the department that its head's link opens. Raises ClosedLinkError."""
        link, (code, month) = self._open(token, "avdelningschef", _DEPARTMENT)
        period = Period.parse(month)
        return link, period, list_plans(self.installation, period=period, department=code)

    def plans_of_month(self, token: str) -> tuple[Period, list[Plan]]:
        """Return the month's plans, which a controller's link opens. Raises ClosedLinkError."""
        _, (month,) = self._open(token, "controller", _MONTH)
        period = Period.parse(month)
        return period, list_plans(self.installation, period=period)

    def desk(self, link: Link) -> PlanDesk:
        """Return where the holder of a link changes plans."""
        return PlanDesk(self.installation, self.today(), link.address)

    def _open(self, token: str, role: LinkRole, subject: re.Pattern[str]) -> tuple[Link, tuple[str, ...]]:
        """Open a link that is for one role and one kind of subject.

        Only who was given a link that we signed comes past the first line, so that a forged one takes as
        long whatever it says; a revoked or foreign one gets the same answer.
        """
        try:
            link = open_link(self.installation, token, self.today())
        except LinkError as error:
            raise ClosedLinkError(expired=error.fault == "expired") from error
        match = subject.fullmatch(link.subject)
        if link.role != role or match is None:
            raise ClosedLinkError
        return link, match.groups()


@contextmanager
def _closed_when_absent() -> Iterator[None]:
    try:
        yield
    except PlanNotFoundError as error:
        raise ClosedLinkError from error
