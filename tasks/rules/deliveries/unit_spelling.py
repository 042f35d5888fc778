"""Units as people and spreadsheets write them: without the zeros of a code, or code and name in one cell."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tasks.rules.name_text import plain_name
from tasks.rules.organisation import FoundUnit, Register, UnitState
from tasks.rules.periods import Period

_CODE_FIRST = re.compile(r"(?P<code>[^\s:,;\u2010-\u2015]+)[\s:,;\u2010-\u2015-]+(?P<name>.+)")
_CODE_LAST = re.compile(r"(?P<name>.+?)[\s:,;(\u2010-\u2015-]+(?P<code>[^\s:,;()]+)\)?")


@dataclass(frozen=True)
class UnitSpellings:
    """How the units, areas and departments of a month may be written: the codes that each spelling fits."""

    by_text: Mapping[str, frozenset[str]]
    by_number: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, register: Register, month: Period) -> "UnitSpellings":
        """Gather the spellings of what exists in a month."""
        by_text: dict[str, set[str]] = defaultdict(set)
        by_number: dict[str, set[str]] = defaultdict(set)
        for unit in register.all_valid(month):
            for text in (unit.code, unit.name):
                by_text[plain_name(text)].add(unit.code)
            if _is_number(unit.code):
                by_number[unit.code.lstrip("0")].add(unit.code)
        return cls(_frozen(by_text), _frozen(by_number))

    def find(self, text: str) -> FoundUnit:
        """Find the one unit that a text fits: UNKNOWN where there is none, AMBIGUOUS where there are more."""
        plain = plain_name(text)
        fitting = next((codes for codes in self._fitting(plain) if codes), frozenset())
        if len(fitting) > 1:
            return FoundUnit(UnitState.AMBIGUOUS)
        return FoundUnit(UnitState.FOUND, *fitting) if fitting else FoundUnit(UnitState.UNKNOWN)

    def _fitting(self, plain: str) -> Iterator[frozenset[str]]:
        yield self.by_text.get(plain, frozenset())
        yield self._numbered(plain)
        for shape in (_CODE_FIRST, _CODE_LAST):
            match = shape.fullmatch(plain)
            if match is not None:
                yield self._both(match["code"], match["name"])

    def _numbered(self, code: str) -> frozenset[str]:
        """Return the codes that differ by their leading zeros only."""
        return self.by_number.get(code.lstrip("0"), frozenset()) if _is_number(code) else frozenset()

    def _both(self, code: str, name: str) -> frozenset[str]:
        """Return the unit of a code with a name beside; both, where the name is another unit's.

        A name that no unit has is let pass beside a code with figures: registers shorten names.
        """
        coded = self.by_text.get(code, frozenset()) | self._numbered(code)
        named = self.by_text.get(name, frozenset())
        if coded & named:
            return coded & named
        has_figures = any(sign.isdigit() for sign in code)
        return coded | named if coded and has_figures else frozenset()


def _is_number(code: str) -> bool:
    return code.isascii() and code.isdigit()


def _frozen(spellings: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {text: frozenset(codes) for text, codes in spellings.items()}
