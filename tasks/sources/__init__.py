"""The sources of a month: every module of this folder declares one as `SOURCE`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tasks.rules.declaration import Source


@cache
def all_sources() -> dict[str, Source]:
    """Return every declared source by its name, in alphabetical order."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return {source.name: source for source in (module.SOURCE for module in modules)}
