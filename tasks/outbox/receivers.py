"""Who gets what is mailed: about a unit by the register of a month, about a delivery its supplier."""

from dataclasses import dataclass, replace

from sql.database import Transaction
from tasks.installation import Installation
from tasks.register import read_register
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.outbox.recipients import Contacts, Fallback, Reach, Recipient, recipient_of
from tasks.rules.periods import Period
from tasks.sources import all_sources

SUPPLIER, OPERATOR = "leverantor", "operator"
"""The roles that a mail about a delivery goes to."""


@dataclass(frozen=True)
class Receivers:
    """The receivers of the mails about a month.

    as_of: the month whose register says who has a post; one that isn't in it any more is as it was in the
    month that the mails are about.
    """

    register: Register
    period: Period
    as_of: Period
    fallback: Fallback
    reach: Reach

    def of_unit(self, code: str) -> Recipient:
        """Return who gets a unit's mail; one that the register doesn't know goes to the controller."""
        unit = self.unit(code)
        own = Contacts() if unit is None else _contacts(unit)
        return recipient_of(own, self.fallback, self.reach)

    def of_department(self, code: str | None, unit: str) -> Recipient:
        """Return who heads the department that a unit lies in (None: none); else the unit's controller.

        Nobody decides their own plan, or is told of their own silence: that goes to the controller too.
        """
        head, own = None if code is None else self.unit(code), self.unit(unit)
        controllers = [place.controller_email for place in (head, own) if place is not None]
        controller = Contacts(controller=next(filter(None, controllers), None))
        recipient = recipient_of(
            controller if head is None else replace(_contacts(head), controller=controller.controller),
            self.fallback,
            self.reach,
        )
        if recipient.address.lower() != self.of_unit(unit).address.lower():
            return recipient
        return recipient_of(controller, self.fallback, self.reach)

    def controller_of(self, code: str) -> Recipient:
        """Return who answers for a unit's figures: its controller, else the configured one."""
        unit = self.unit(code)
        own = Contacts(controller=None if unit is None else unit.controller_email)
        return recipient_of(own, self.fallback, self.reach)

    def unit(self, code: str) -> UnitVersion | None:
        """Return a place as it is now, or the one that alone continues it; else as it was in the month."""
        now = self.register.unit(self.register.heir(code, self.as_of), self.as_of)
        return now or self.register.unit(code, self.period)


def read_receivers(
    installation: Installation, transaction: Transaction, period: Period, as_of: Period | None = None
) -> Receivers:
    """Read who gets the mails of a month, by its own register, or as of a later month.

    Raises UsageError where nobody is left to write to.
    """
    settings = installation.settings
    as_of = max(period, as_of or period)
    return Receivers(
        register=read_register(transaction, as_of),
        period=period,
        as_of=as_of,
        fallback=Fallback(settings.controller_email, settings.operator),
        reach=read_reach(installation, transaction),
    )


def read_reach(installation: Installation, transaction: Transaction) -> Reach:
    """Read which addresses aren't written to."""
    refused = transaction.rows("outbox/list_refused", mode=installation.mail_mode)
    return Reach(frozenset(row.address for row in refused), installation.config.mail.allowed_domains)


def supplier_of(installation: Installation, source: str, reach: Reach) -> Recipient:
    """Return a source's supplier, or the operator where it has none that can be written to.

    A half of a source has its own, else the whole source's.
    """
    declared = installation.config.sources
    named = (declared[name] for name in (source, all_sources()[source].whole) if name in declared)
    address = next((one.leverantor_epost for one in named if one.leverantor_epost), None)
    return recipient_of(Contacts(), Fallback(address, installation.settings.operator), reach)


def role_of(supplier: Recipient) -> str:
    """Return the role that a mail about a delivery goes to."""
    return OPERATOR if supplier.role == "operator" else SUPPLIER


def _contacts(unit: UnitVersion) -> Contacts:
    return Contacts(unit.manager_email, unit.deputy_email, unit.controller_email)
