"""The sources of a month: every module of this folder declares one as `SOURCE`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tasks.rules.declaration import Shape, Source


@cache
def all_sources() -> dict[str, Source]:
    """Return every declared source by its name, in alphabetical order."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return {source.name: source for source in (module.SOURCE for module in modules)}


@cache
def halves_of(source: str) -> tuple[Source, ...]:
    """Return the sources that a source may come in instead of whole; none of one that always is whole."""
    return tuple(half for half in all_sources().values() if half.half_of == source)


@cache
def all_halves() -> dict[str, tuple[str, ...]]:
    """Return by source the names of its halves."""
    return {name: tuple(half.name for half in halves_of(name)) for name in all_sources() if halves_of(name)}


@cache
def ledger_sources() -> tuple[str, ...]:
    """Return the sources that the ledger comes in: whole, or as its halves."""
    return tuple(name for name, source in all_sources().items() if source.shape is Shape.LEDGER)
