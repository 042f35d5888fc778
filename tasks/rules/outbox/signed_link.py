"""Signed links: whoever holds one may do one thing with one plan, department or month, until a day."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tasks.rules.periods import Period

LinkRole = Literal["chef", "avdelningschef", "controller"]
ROLES: tuple[LinkRole, ...] = ("chef", "avdelningschef", "controller")
LinkFault = Literal["forged", "expired", "revoked"]
LONGEST_TOKEN = 2_000
"""A longer one is none of ours, and isn't looked at: addresses on the web end about there."""

_PLAN = re.compile(r"plan:([0-9]{1,18})")
_DEPARTMENT = re.compile(r"avdelning:(.+):([0-9]{4}-[0-9]{2})")
_MONTH = re.compile(r"manad:([0-9]{4}-[0-9]{2})")
_DELIVERY = re.compile(r"leverans:([0-9]{1,18})")


@dataclass(frozen=True)
class Link:
    """What a link opens.

    role: who it was made for. subject: `plan:12`, `avdelning:KOD:2026-09`, `manad:2026-09` or `leverans:17`.
    address: who it was mailed to, kept as the one who did what is done with it. epoch: links of an older one
    are revoked.
    """

    role: LinkRole
    subject: str
    address: str
    expires: date
    epoch: int = 0


class LinkError(Exception):
    """A token that opens nothing; `fault` says whether it ever did."""

    def __init__(self, fault: LinkFault) -> None:
        self.fault = fault
        super().__init__(fault)


def sign(link: Link, secret: bytes) -> str:
    """Return a link's token: letters, digits, - _ and one point. Raises ValueError where it gets too long."""
    fields = [link.role, link.subject, link.address, link.expires.isoformat(), link.epoch]
    payload = _packed(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode())
    token = f"{payload}.{_signature(payload, secret)}"
    if len(token) > LONGEST_TOKEN:
        raise ValueError(link.subject)
    return token


def read_link(token: str, secret: bytes, today: date) -> Link:
    """Return what a token opens. Raises LinkError for one that we didn't sign, or that has expired.

    Nothing in it is read before its signature has been found right, in constant time.
    """
    payload, _, signature = token.partition(".")
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise LinkError("forged")
    if not hmac.compare_digest(signature, _signature(payload, secret)):
        raise LinkError("forged")
    role, subject, address, expires, epoch = json.loads(_unpacked(payload))
    link = Link(role, subject, address, date.fromisoformat(expires), epoch)
    if today > link.expires:
        raise LinkError("expired")
    return link


def plan_subject(plan: int) -> str:
    """Return what links to a plan say that they open."""
    return f"plan:{plan}"


def department_subject(code: str, period: Period) -> str:
    """Return what links to a department's plans of a month say that they open."""
    return f"avdelning:{code}:{period}"


def month_subject(period: Period) -> str:
    """Return what links to all plans of a month say that they open."""
    return f"manad:{period}"


def delivery_subject(delivery: int) -> str:
    """Return what links to a held delivery say that they open."""
    return f"leverans:{delivery}"


def plan_of(subject: str) -> int | None:
    """Return the number of the plan that a link opens; None for one that opens something else."""
    match = _PLAN.fullmatch(subject)
    return None if match is None else int(match[1])


def department_of(subject: str) -> tuple[str, Period] | None:
    """Return the department and the month whose plans a link opens; None for another link."""
    match = _DEPARTMENT.fullmatch(subject)
    return None if match is None else (match[1], Period.parse(match[2]))


def month_of(subject: str) -> Period | None:
    """Return the month whose plans a link opens; None for another link."""
    match = _MONTH.fullmatch(subject)
    return None if match is None else Period.parse(match[1])


def delivery_of(subject: str) -> int | None:
    """Return the number of the held delivery that a link opens; None for another link."""
    match = _DELIVERY.fullmatch(subject)
    return None if match is None else int(match[1])


def form_token(token: str, nonce: str, secret: bytes) -> str:
    """Return what a form on a link's page must carry back: bound to the link and the reader's cookie."""
    return hmac.new(secret, f"form\n{nonce}\n{token}".encode(), hashlib.sha256).hexdigest()


def _signature(payload: str, secret: bytes) -> str:
    return _packed(hmac.new(secret, f"link\n{payload}".encode(), hashlib.sha256).digest())


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
