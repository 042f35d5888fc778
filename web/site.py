"""What every page is made with, and who may open it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from tasks.deliveries.held_deliveries import HeldDelivery, held_delivery, held_in_month
from tasks.errors import NotFoundError
from tasks.installation import Installation
from tasks.outbox.links import open_link
from tasks.plans.action_plans import Plan, PlanDesk, PlanNotFoundError, list_plans, read_plan
from tasks.rules.outbox.signed_link import (
    Link,
    LinkError,
    LinkRole,
    delivery_of,
    delivery_subject,
    department_of,
    month_of,
    plan_of,
    sign,
)
from tasks.rules.periods import Period

Opened = TypeVar("Opened")


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
        link, number = self._open(token, "chef", plan_of)
        with _closed_when_absent():
            return link, read_plan(self.installation, number)

    def plans_of_department(self, token: str) -> tuple[Link, Period, list[Plan]]:
        """Return the month's plans of the department that its head's link opens. Raises ClosedLinkError."""
        link, (code, period) = self._open(token, "avdelningschef", department_of)
        return link, period, list_plans(self.installation, period=period, department=code)

    def plans_of_month(self, token: str) -> tuple[Link, Period, list[Plan]]:
        """Return the month's plans, which a controller's link opens. Raises ClosedLinkError."""
        link, period = self._open(token, "controller", month_of)
        return link, period, list_plans(self.installation, period=period)

    def held_in_month(self, link: Link, period: Period) -> list[tuple[HeldDelivery, str]]:
        """Return what is held of a month, each with its page's path for the holder of the month's link."""

        def path(held: HeldDelivery) -> str:
            token = sign(replace(link, subject=delivery_subject(held.id)), self.secret)
            return f"{self.prefix}/leverans/{token}"

        return [(held, path(held)) for held in held_in_month(self.installation, period)]

    def held_delivery(self, token: str) -> HeldDelivery:
        """Return the held delivery that a link of who may release it opens. Raises ClosedLinkError."""
        _, number = self._open(token, "controller", delivery_of)
        with _closed_when_absent():
            return held_delivery(self.installation, number)

    def desk(self, link: Link) -> PlanDesk:
        """Return where the holder of a link changes plans."""
        return PlanDesk(self.installation, self.today(), link.address)

    def _open(self, token: str, role: LinkRole, what: Callable[[str], Opened | None]) -> tuple[Link, Opened]:
        """Open a link that is for one role and one kind of subject, which `what` reads.

        Only who was given a link that we signed comes past the first line, so that a forged one takes as
        long whatever it says; a revoked or foreign one gets the same answer.
        """
        try:
            link = open_link(self.installation, token, self.today())
        except LinkError as error:
            raise ClosedLinkError(expired=error.fault == "expired") from error
        opened = what(link.subject)
        if link.role != role or opened is None:
            raise ClosedLinkError
        return link, opened


@contextmanager
def _closed_when_absent() -> Iterator[None]:
    try:
        yield
    except (PlanNotFoundError, NotFoundError) as error:
        raise ClosedLinkError from error
