"""The words for what volumes explain of a unit's deviation."""

from decimal import Decimal

from tasks.rules.declaration import Volume
from tasks.rules.wording import amount

SMALLEST_PART = Decimal("0.05")
"""An effect that is a smaller share of the other one is not said: it would read as exact and isn't."""


def effects_sentence(volume_effect: Decimal, price_effect: Decimal, noun: Volume | None) -> str:
    """Say the effects by words: only the larger one where the other hardly matters, else both."""
    many = "fler" if volume_effect > 0 else "färre"
    volumes = f"{many} {noun.many if noun else 'prestationer'} än planerat"
    price = f"{'högre' if price_effect > 0 else 'lägre'} kostnad per {noun.one if noun else 'prestation'}"
    parts = [(volume_effect, volumes), (price_effect, price)]
    (larger, first), (smaller, second) = sorted(parts, key=lambda part: -abs(part[0]))
    if larger == 0:
        return ""
    if abs(smaller) < SMALLEST_PART * abs(larger):
        return f"{_upper(first)} förklarar i stort sett hela skillnaden."
    if (larger > 0) == (smaller > 0):
        return (
            f"{_upper(volumes)} förklarar {amount(abs(volume_effect))} "
            f"och {price} {amount(abs(price_effect))}."
        )
    return (
        f"{_upper(first)} {_moves(larger)} kostnaden med {amount(abs(larger))}, "
        f"medan {second} {_moves(smaller)} den med {amount(abs(smaller))}."
    )


def _moves(kr: Decimal) -> str:
    return "ökar" if kr > 0 else "minskar"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
