"""A target as it was published: a number, a limit, a tolerance, `öka`, or that somebody is to set it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum

from tasks.rules.measured.quantity_text import PERCENT, Quantity, parse_quantity

LIKE = 0.75


class TargetKind(StrEnum):
    """What a target asks for."""

    NONE = "inget"
    NUMBER = "tal"
    AT_LEAST = "minst"
    AT_MOST = "hogst"
    WITHIN = "inom"
    INCREASE = "oka"
    DECREASE = "minska"
    UNCHANGED = "oforandrad"
    NOT_SET = "inte_faststallt"
    UNKNOWN = "okant"


@dataclass(frozen=True)
class Target:
    """A target that was read. `by` is its number, of `öka` and `minska` by how much where that is said.

    `meant` is the kind of target that an unknown text is nearest to, as it is spelt; None where none is near.
    """

    kind: TargetKind
    by: Quantity | None = None
    meant: str | None = None

    @property
    def is_of_the_year_before(self) -> bool:
        """Tell whether it is held against the year before."""
        return self.kind in {TargetKind.INCREASE, TargetKind.DECREASE, TargetKind.UNCHANGED}


_KINDS: dict[str, TargetKind] = {
    "öka": TargetKind.INCREASE,
    "ökar": TargetKind.INCREASE,
    "ökning": TargetKind.INCREASE,
    "ökande": TargetKind.INCREASE,
    "höja": TargetKind.INCREASE,
    "minska": TargetKind.DECREASE,
    "minskar": TargetKind.DECREASE,
    "minskning": TargetKind.DECREASE,
    "minskande": TargetKind.DECREASE,
    "sänka": TargetKind.DECREASE,
    "oförändrad": TargetKind.UNCHANGED,
    "oförändrat": TargetKind.UNCHANGED,
    "oförändrade": TargetKind.UNCHANGED,
    "bibehålla": TargetKind.UNCHANGED,
    "minst": TargetKind.AT_LEAST,
    "lägst": TargetKind.AT_LEAST,
    "min": TargetKind.AT_LEAST,
    "över": TargetKind.AT_LEAST,
    "≥": TargetKind.AT_LEAST,
    ">=": TargetKind.AT_LEAST,
    "högst": TargetKind.AT_MOST,
    "max": TargetKind.AT_MOST,
    "maximalt": TargetKind.AT_MOST,
    "under": TargetKind.AT_MOST,
    "≤": TargetKind.AT_MOST,
    "<=": TargetKind.AT_MOST,
    "+/-": TargetKind.WITHIN,
    "±": TargetKind.WITHIN,
}
_NEED_A_NUMBER = {TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.WITHIN}
_NOT_SET = re.compile(r"(?:fastställs?|fastställd|tas fram|sätts|beslutas|definieras)\b.*", re.IGNORECASE)
_NO_TARGET = re.compile(r"[-\u2212\u2013\u2014.xX]{1,2}|inget mål|saknas", re.IGNORECASE)
_WORD_FIRST = re.compile(
    r"(?P<word>[^\W\d_]+|\+\s*/\s*[-\u2212\u2013]|±|[≤≥]|[<>]=)\.?\s*(?P<rest>.*)", re.DOTALL
)
_BY = re.compile(r"med\s+", re.IGNORECASE)
_PLAIN = re.compile(r"[\s\u2212\u2013]")


def read_target(text: str | None) -> Target:
    """Read a target; never raises: a text that is none of the kinds that are published is UNKNOWN."""
    written = (text or "").strip()
    if not written or _NO_TARGET.fullmatch(written):
        return Target(TargetKind.NONE)
    if _NOT_SET.fullmatch(written):
        return Target(TargetKind.NOT_SET)
    number = parse_quantity(written)
    if number is not None:
        return Target(TargetKind.NUMBER, number)
    return _worded(written) or Target(TargetKind.UNKNOWN, meant=_meant(written))


def _worded(text: str) -> Target | None:
    """Read a target that begins with its word; None where it is none."""
    match = _WORD_FIRST.fullmatch(text)
    kind = None if match is None else _KINDS.get(_PLAIN.sub(_dash, match["word"]).casefold())
    if match is None or kind is None:
        return None
    rest = _BY.sub("", match["rest"], count=1).strip()
    by = parse_quantity(rest) if rest else None
    if by is None and (kind in _NEED_A_NUMBER or _holds_digit(rest)):
        return None
    return Target(kind, by)


def _dash(match: re.Match[str]) -> str:
    return "" if match[0].isspace() else "-"


def _holds_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _meant(text: str) -> str | None:
    """Return the word that a misspelt target is nearest to: `minksa` is `minska`."""
    words = [word for word in (*_KINDS, "fastställs") if word.isalpha() and len(word) > 3]
    near = get_close_matches(text.casefold().split(maxsplit=1)[0], words, 1, LIKE)
    return near[0] if near else None


def moved(before: Decimal, target: Target, unit: str) -> Decimal:
    """Return where a target's change from the year before (in `unit`) leads.

    A change in per cent is a share of the year before, any other (percentage points too) is added. Raises
    ValueError for per cent of what is per cent itself: that may be either.
    """
    if target.by is None:
        return before
    step = target.by.number
    if target.by.unit == PERCENT:
        if unit == PERCENT:
            raise ValueError("per cent of per cent")
        step = before * step / 100
    return before + step if target.kind is TargetKind.INCREASE else before - step
