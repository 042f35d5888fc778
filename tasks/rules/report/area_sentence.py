"""What is said of an area's year in one sentence: as it was delivered, else drafted of its figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.swedish import joined
from tasks.rules.wording import SIDES_IN_WORDS, amount, is_nothing, read_deviation, side_of


@dataclass(frozen=True)
class Effects:
    """What volume and price change of an area's costs (kr, + is more) by the programme's own forecast.

    None where one isn't known, or may not be told.
    """

    volume: Decimal | None = None
    price: Decimal | None = None


NOT_EXPLAINED = Effects()


def area_sentence(
    area: str,
    before: Decimal | None,
    after: Decimal | None,
    *,
    reason: str | None = None,
    effects: Effects = NOT_EXPLAINED,
    is_whole_year: bool = False,
) -> str:
    """Say where an area's year ends; empty where that isn't known.

    before, after: the deviation (kr, + is surplus) before and after carry-over. reason: the delivered
    sentence (orsak), which stands as it is. is_whole_year: December is closed, nothing is left to forecast.

    `Ekonomiskt bistånd prognostiserar ett underskott om 11,5 mnkr. I programmets prognos ökar volymen
    kostnaden med 9,0 mnkr.`
    """
    if reason:
        return reason
    if after is None:
        return ""
    verb = "redovisar" if is_whole_year else "prognostiserar"
    if before is None or read_deviation(before) == read_deviation(after):
        words = f"{area} {verb} {_ending(after)}."
    else:
        words = f"{area} {verb} {_ending(before)} före och {_ending(after)} efter resultatöverföring."
    return " ".join((words, *_explained(effects)))


def _ending(deviation: Decimal) -> str:
    side = side_of(deviation)
    if side == "balanced":
        return "en budget i balans"
    return f"ett {SIDES_IN_WORDS[side]} om {amount(abs(deviation))}"


def _explained(effects: Effects) -> Iterator[str]:
    """Say what volume and price do to the cost; the second time it is only `den`."""
    whats = (("volymen", effects.volume), ("priset", effects.price))
    told = [(what, kr) for what, kr in whats if kr is not None and not is_nothing(kr)]
    parts = [
        f"{'ökar' if kr > 0 else 'minskar'} {what} {'den' if at else 'kostnaden'} med {amount(abs(kr))}"
        for at, (what, kr) in enumerate(told)
    ]
    if parts:
        yield f"I programmets prognos {joined(parts)}."
