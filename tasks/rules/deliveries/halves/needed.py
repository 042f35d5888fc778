"""What a month lacks of a source that comes whole or as its halves, each from a system of its own."""

from collections.abc import Collection, Iterable, Iterator, Mapping

Halves = Mapping[str, Collection[str]]
"""By source the names of its halves: `ekonomi` is `budget` and `utfall`."""


def lacking(source: str, half: str) -> str:
    """Name a half that is missing: `ekonomi (budget)` (contract)."""
    return f"{source} ({half})"


def needed_sources(
    source: str, accepted: Collection[str], held: Collection[str], halves: Halves
) -> list[str]:
    """Return what is still to be handed in of a source: itself, or the halves that lack where one is there.

    accepted, held: the sources of which the month has a delivery.
    """
    own = halves.get(source, ())
    if source in accepted:
        return []
    if not any(half in accepted or half in held for half in own):
        return [source]
    return [half for half in own if half not in accepted]


def missing_sources(
    required: Iterable[str], accepted: Collection[str], held: Collection[str], halves: Halves
) -> tuple[str, ...]:
    """Return what a month lacks, as the contract names it, in the order of the required sources."""
    called = names_told(halves)
    return tuple(
        called.get(one, one) for source in required for one in needed_sources(source, accepted, held, halves)
    )


def names_told(halves: Halves) -> dict[str, str]:
    """Return by half what it is called where it is missing."""
    return dict(_told(halves))


def source_missing(called: str, halves: Halves) -> str:
    """Return the source that is to be handed in where a month lacks something, as the contract names it."""
    return next((half for half, told in _told(halves) if told == called), called)


def _told(halves: Halves) -> Iterator[tuple[str, str]]:
    for source, own in halves.items():
        for half in own:
            yield half, lacking(source, half)
