"""Who gets a unit's mail: its manager, and where that can't be, the next one in a chain. Never everybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tasks.errors import ManadError

Role = Literal["chef", "ersattare", "controller", "operator"]
Reason = Literal[
    "adress saknas",
    "adressen innehåller radbrytning eller styrtecken",
    "adressen är felskriven",
    "adressens domän är inte tillåten",
    "adressen tar inte emot mejl",
]

ROLES: tuple[Role, ...] = ("chef", "ersattare", "controller", "operator")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[^\W_](?:[^\W_]|-)*(?<!-)"
_BARE = re.compile(rf"(?=.{{1,254}}$)(?=[^@]{{1,64}}@){_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r"[^<>@,;]* <([^<>]*)>")


@dataclass(frozen=True)
class Contacts:
    """The addresses that the register gives for a unit."""

    manager: str | None = None
    deputy: str | None = None
    controller: str | None = None


@dataclass(frozen=True)
class Fallback:
    """The configured addresses for units whose own lead nowhere."""

    controller: str | None
    operator: str | None


@dataclass(frozen=True)
class Reach:
    """Addresses that aren't written to. refused: in lower case, those that a server takes no mail for.
    domains: the only ones that the register's addresses may lie in; none: any.
    """

    refused: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()

    def bars(self, address: str, *, is_configured: bool) -> Reason | None:
        """Return why a good address isn't written to; a configured one may lie in any domain."""
        if address.lower() in self.refused:
            return "adressen tar inte emot mejl"
        domain = address.rpartition("@")[2].lower()
        if self.domains and not is_configured and domain not in {one.lower() for one in self.domains}:
            return "adressens domän är inte tillåten"
        return None


ANYBODY = Reach()


@dataclass(frozen=True)
class PassedOver:
    """Somebody earlier in the chain who could not be written to, and why."""

    role: Role
    reason: Reason


@dataclass(frozen=True)
class Recipient:
    """The one who gets a unit's mail, as a bare address."""

    address: str
    role: Role
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True)
class Group:
    """The units whose mail goes to one address, and the role for which each does."""

    address: str
    units: tuple[tuple[str, Role], ...]

    @property
    def role(self) -> Role:
        """Return the role nearest to the units that the receiver has for any of them."""
        return min((role for _, role in self.units), key=ROLES.index)


class NoRecipientError(ManadError):
    """Nobody in the chain has an address that can be used; `passed_over` says why for each."""

    def __init__(self, passed_over: tuple[PassedOver, ...]) -> None:
        self.passed_over = passed_over
        super().__init__("Ingen användbar adress finns för enhetens mejl: ange MANAD_OPERATOR_EMAIL.")


def recipient_of(unit: Contacts, fallback: Fallback, reach: Reach = ANYBODY) -> Recipient:
    """Return the first in the chain who can be written to. Raises NoRecipientError.

    Manager, deputy, the unit's controller, the configured controller, the operator. The operator is written
    to whatever the reach: somebody must be told.
    """
    chain: list[tuple[Role, str | None, bool]] = [
        ("chef", unit.manager, False),
        ("ersattare", unit.deputy, False),
        ("controller", unit.controller, False),
        ("controller", fallback.controller, True),
        ("operator", fallback.operator, True),
    ]
    passed_over: list[PassedOver] = []
    for role, text, is_configured in chain:
        reason = unusable_because(text)
        if reason is None and role != "operator":
            reason = reach.bars(_bare(text or ""), is_configured=is_configured)
        if reason is None:
            return Recipient(_bare(text or ""), role, tuple(passed_over))
        passed_over.append(PassedOver(role, reason))
    raise NoRecipientError(tuple(passed_over))


def unusable_because(text: str | None) -> Reason | None:
    """Return why a text is no address to write to, or None for `namn@server` and `Namn <namn@server>`."""
    if text is None or not text.strip():
        return "adress saknas"
    if _CONTROL.search(text):
        return "adressen innehåller radbrytning eller styrtecken"
    return None if _is_address(_bare(text)) else "adressen är felskriven"


def group_units(recipients: Mapping[str, Recipient]) -> tuple[Group, ...]:
    """Put the units of one receiver together, in their order: a group is a mail, a unit is a part of it.

    Upper and lower case make no difference; the mail goes to the address as the first unit writes it.
    """
    groups: dict[str, list[tuple[str, Recipient]]] = {}
    for unit, recipient in recipients.items():
        groups.setdefault(recipient.address.lower(), []).append((unit, recipient))
    return tuple(
        Group(members[0][1].address, tuple((unit, recipient.role) for unit, recipient in members))
        for members in groups.values()
    )


def _is_address(text: str) -> bool:
    """Tell whether a text is local part, @ and a domain that can be written in ASCII for the wire."""
    if not _BARE.fullmatch(text):
        return False
    try:
        text.rpartition("@")[2].encode("idna")
    except UnicodeError:
        return False
    return True


def _bare(text: str) -> str:
    named = _NAMED.fullmatch(text.strip())
    return named[1] if named else text.strip()
