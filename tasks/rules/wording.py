"""What a figure is called: one deviation, one amount, one row of a year has one wording wherever it is read.

docs/adr/0015 tells the choices. Language alone (numbers, dates, lists) stands in `swedish`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.swedish import MISSING, NBSP, mnkr, number, round_half_up, tkr

Unit = Literal["mnkr", "tkr", "kronor"]

Side = Literal["deficit", "surplus", "balanced"]
SIDES_IN_WORDS: Mapping[Side, str] = {
    "deficit": "underskott",
    "surplus": "överskott",
    "balanced": "i balans",
}
SMALLEST_IN_MNKR = Decimal(100_000)
"""An amount below this (kr) is told in tkr: one decimal of a million is off by up to 50 tkr, which is half of
it, and half of what is smaller would show as 0,0."""

_NOTHING = Decimal(0)
_EXPONENTS: dict[Unit, int] = {"mnkr": -6, "tkr": -3, "kronor": 0}


def amount(kr: Decimal | None) -> str:
    """Write kronor that stand alone, in mnkr, or in tkr below 0,1 mnkr: `0,4 mnkr`, `85 tkr`."""
    return tkr(kr) if kr is not None and _is_small(kr) else mnkr(kr)


def part_of_amount(part: Decimal, whole: Decimal) -> str:
    """Write a part of an amount (kr), a unit that both have once: `3,1 av 7,9 mnkr`, `40 tkr av 0,2 mnkr`."""
    if _is_small(part) != _is_small(whole):
        return f"{amount(part)} av {amount(whole)}"
    return f"{number(part.scaleb(-3)) if _is_small(part) else board_amount(part)} av {amount(whole)}"


def net_amount(kr: Decimal) -> str:
    """Write a year's net without a sign: `12,4 mnkr`, `12,4 mnkr i nettointäkt`."""
    return f"{amount(-kr)} i nettointäkt" if kr < 0 else amount(kr)


def is_nothing(kr: Decimal) -> bool:
    """Tell whether an amount rounds to 0 tkr: a deviation is then neither underskott nor överskott."""
    return round_half_up(kr.scaleb(-3)) == 0


def side_of(deviation: Decimal) -> Side:
    """Return which side of the budget a deviation (kr, budget − forecast) is on, as it is told."""
    if is_nothing(deviation):
        return "balanced"
    return "deficit" if deviation < 0 else "surplus"


def read_amount(kr: Decimal) -> Decimal:
    """Return kronor as `amount` lets them be read: two that it tells alike are equal."""
    exponent, decimals = (-3, 0) if _is_small(kr) else (-6, 1)
    return round_half_up(kr.scaleb(exponent), decimals).scaleb(-exponent)


def read_deviation(kr: Decimal | None) -> Decimal | None:
    """Return a deviation (kr) as `deviation_words` lets it be read: 0 is balanced, None missing."""
    return None if kr is None else _NOTHING if is_nothing(kr) else read_amount(kr)


def deviation_words(kr: Decimal | None) -> str:
    """Say a deviation (kr, budget − forecast) by a word and never by a sign: `underskott 0,8 mnkr`.

    For an area or the whole administration; a unit's is told as its year is, by `year_deviation`.
    """
    return _deviation(kr, amount)


def board_deviation(kr: Decimal | None) -> str:
    """Say a deviation or result (kr, + is överskott) in a table in mnkr: `underskott 0,8`, as published.

    What would show as 0,0 is told in tkr, with that unit: `underskott 20 tkr`, or is `i balans`.
    """
    return _deviation(kr, board_size)


def board_size(kr: Decimal) -> str:
    """Write a part of a sum in a table in mnkr: `12,4`; what would show as 0,0 is told in tkr: `20 tkr`."""
    return board_amount(kr) if round_half_up(kr.scaleb(-6), 1) or is_nothing(kr) else tkr(kr)


def board_amount(kr: Decimal) -> str:
    """Write kronor in a table in mnkr, without the unit: `12,4`."""
    return number(kr.scaleb(-6), 1)


def expected(deviation: Decimal | None, words: str, *, is_whole_year: bool) -> str:
    """Say that a deviation (kr), in these words, is feared or hoped for: `befarat underskott 0,8 mnkr`.

    is_whole_year: December is closed, and nothing is left to expect.
    """
    if deviation is None or is_whole_year or is_nothing(deviation):
        return words
    return f"{'befarat' if deviation < 0 else 'väntat'} {words}"


def a_deviation(deviation: Decimal, size: str, *, is_whole_year: bool) -> str:
    """Say a deviation (kr), whose size is in words, in a sentence: `ett befarat underskott på 0,8 mnkr`."""
    side = side_of(deviation)
    word = SIDES_IN_WORDS[side]
    if side == "balanced":
        return word
    return f"ett {expected(deviation, word, is_whole_year=is_whole_year)} på {size}"


@dataclass(frozen=True)
class YearRow:
    """How a unit's year is written: in one unit of money, with as many decimals as make it add up."""

    unit: Unit
    decimals: int

    def figure(self, kr: Decimal | None) -> str:
        """Write kronor without the unit, which stands in the head of a table: `24,3`."""
        return MISSING if kr is None else number(self._scaled(kr), self.decimals)

    def amount(self, kr: Decimal | None) -> str:
        """Write kronor with the unit: `24,3 mnkr`."""
        return MISSING if kr is None else f"{self.figure(kr)}{NBSP}{self.unit}"

    def net_amount(self, kr: Decimal) -> str:
        """Write a year's net without a sign: `24,3 mnkr`, `12,4 mnkr i nettointäkt`."""
        return f"{self.amount(-kr)} i nettointäkt" if kr < 0 else self.amount(kr)

    def read(self, kr: Decimal | None) -> Decimal | None:
        """Return kronor as the row lets them be read: two that it writes alike are equal."""
        return None if kr is None else self._rounded(kr).scaleb(-_EXPONENTS[self.unit])

    def read_deviation(self, kr: Decimal | None) -> Decimal | None:
        """Return a deviation (kr) as the row lets it be read: 0 is balanced, None missing."""
        return _NOTHING if kr is not None and is_nothing(kr) else self.read(kr)

    def deviation_figure(self, kr: Decimal | None) -> str:
        """Say a deviation (kr) by a word, without the unit: `underskott 0,8`."""
        return _deviation(kr, self.figure)

    def deviation(self, kr: Decimal | None) -> str:
        """Say a deviation (kr) by a word, with the unit: `underskott 0,8 mnkr`."""
        return _deviation(kr, self.amount)

    def in_mnkr_table(self, kr: Decimal | None) -> str:
        """Write kronor where the head of the table says mnkr; another unit is named: `24,3`, `85 tkr`."""
        return self.figure(kr) if self.unit == "mnkr" else self.amount(kr)

    def deviation_in_mnkr_table(self, kr: Decimal | None) -> str:
        """Say a deviation (kr) where the head of the table says mnkr: `underskott 0,8`."""
        return self.deviation_figure(kr) if self.unit == "mnkr" else self.deviation(kr)

    def adds_up(self, whole: Decimal, part: Decimal) -> bool:
        """Tell whether `whole − part` shows as the difference (all kr) that is shown.

        One that is balanced must not be seen at all, but in kronor; another one must not show as 0.
        """
        difference, seen = whole - part, self._rounded(whole) - self._rounded(part)
        if is_nothing(difference):
            return seen == 0 or self.unit == "kronor"
        return seen == self._rounded(difference) != 0

    def _rounded(self, kr: Decimal) -> Decimal:
        return round_half_up(self._scaled(kr), self.decimals)

    def _scaled(self, kr: Decimal) -> Decimal:
        return kr.scaleb(_EXPONENTS[self.unit])


def year_row(budget: Decimal | None, forecast: Decimal | None, effect: Decimal = _NOTHING) -> YearRow:
    """Return how a unit's year (kr) is written, so that budget − forecast is the deviation on the eye.

    effect: what measures take off the forecast; the rows with it and after it add up as well. The unit is the
    one that the deviation has when it stands alone, or tkr where two decimals of a million don't add up; the
    decimals are the fewest with which all does.
    """
    if budget is None or forecast is None:
        return coarse_row(budget, forecast)
    after = forecast - effect
    sums = ((budget, forecast), (budget, after), (forecast, after))
    *rows, exact = _rows(*_sizes(budget, forecast))
    return next((row for row in rows if all(row.adds_up(*pair) for pair in sums)), exact)


def coarse_row(*amounts: Decimal | None) -> YearRow:
    """Return how amounts (kr) are written where nothing has to add up: by the size of the largest."""
    return next(_rows(max(abs(kr) for kr in (*amounts, _NOTHING) if kr is not None)))


def year_deviation(budget: Decimal | None, forecast: Decimal | None) -> str:
    """Say the deviation of a unit's year (kr) as its row does, with the unit: `underskott 0,45 mnkr`."""
    return year_row(budget, forecast).deviation(_less(budget, forecast))


def year_headline(budget: Decimal | None, forecast: Decimal | None, *, is_whole_year: bool) -> str:
    """Say what is expected of a unit's year (kr): `befarat underskott 0,45 mnkr`."""
    words = year_deviation(budget, forecast)
    return expected(_less(budget, forecast), words, is_whole_year=is_whole_year)


def _less(budget: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    return None if budget is None or forecast is None else budget - forecast


def _sizes(budget: Decimal, forecast: Decimal) -> tuple[Decimal, Decimal]:
    """Return the largest amount of a year, and the one whose unit is used."""
    largest, deviation = max(abs(budget), abs(forecast)), abs(budget - forecast)
    return largest, largest if is_nothing(deviation) else deviation


def _rows(largest: Decimal, told: Decimal | None = None) -> Iterator[YearRow]:
    """Yield the ways to write a year from the coarsest on; one of less than a million has two digits."""
    if (largest if told is None else told) < SMALLEST_IN_MNKR:
        yield YearRow("tkr", 0)
    else:
        two_digits = 1 if largest >= 10 * SMALLEST_IN_MNKR else 2
        yield from (YearRow("mnkr", decimals) for decimals in range(two_digits, 3))
        yield YearRow("tkr", 0)
    yield from (YearRow("kronor", 0), YearRow("kronor", 2))


def _deviation(kr: Decimal | None, written: Callable[[Decimal], str]) -> str:
    if kr is None:
        return MISSING
    side = side_of(kr)
    word = SIDES_IN_WORDS[side]
    return word if side == "balanced" else f"{word} {written(abs(kr))}"


def _is_small(kr: Decimal) -> bool:
    return abs(kr) < SMALLEST_IN_MNKR
