"""New files of one pass that can't come together: nobody can know which of them is to count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from tasks.deliveries.incoming_file import IncomingFile
from tasks.deliveries.take_in_delivery import read_as, seen_before
from tasks.installation import Installation
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.halves.together import are_opposed, mixed_in_one_pass
from tasks.rules.periods import Period
from tasks.sources import halves_of

Rivals = Mapping[IncomingFile, Sequence[IncomingFile]]


def as_meant(installation: Installation, files: Sequence[IncomingFile], today: date) -> list[IncomingFile]:
    """Return files, those that hold one half alone as that half's where another one of the year comes too."""
    by_year: dict[tuple[str, int], list[IncomingFile]] = defaultdict(list)
    for file in files:
        by_year[file.source.whole, file.period.year].append(file)
    meant = {}
    for (whole, _), same in by_year.items():
        for file in same if halves_of(whole) else ():
            if _may_be_half(file, same) and seen_before(installation, file) is None:
                meant[file] = file.taken_as(read_as(installation, file, today).source)
    return [meant.get(file, file) for file in files]


def find_rivals(installation: Installation, files: Sequence[IncomingFile], today: date) -> Rivals:
    """Return by new file the others that it can't come together with though they are named otherwise.

    A year's file and one of its months, and a ledger that comes both whole and in halves.
    """
    rivals: dict[IncomingFile, list[IncomingFile]] = defaultdict(list)
    for same in _candidates(files):
        new = without_copies([file for file in same if seen_before(installation, file) is None])
        months = {file: _months(installation, file, today) for file in new} if len(new) > 1 else {}
        for one, other in combinations(months, 2):
            if _compete(one, other) and months[one] & months[other]:
                rivals[one].append(other)
                rivals[other].append(one)
    return rivals


def without_copies(files: Sequence[IncomingFile]) -> list[IncomingFile]:
    """Return the files whose bytes differ, of each source."""
    return list({(file.source.name, file.sha256): file for file in reversed(files)}.values())[::-1]


def rival_problem(file: IncomingFile, same: Iterable[IncomingFile]) -> Problem:
    """Say which files a file can't come together with. same: those files, and it may be itself."""
    others = [other for other in same if other is not file]
    names = [other.path.name for other in others]
    if any(are_opposed(file.source, other.source) for other in others):
        return mixed_in_one_pass(names)
    when = file.period.year if file.declared.is_year else file.period
    return Problem(
        rule=f"Det finns fler än en ny fil för {file.source.name} {when}: även {', '.join(names)}",
        remedy="Låt bara den fil som gäller ligga kvar och kör igen. Filer slås aldrig ihop.",
    )


def _may_be_half(file: IncomingFile, same: Iterable[IncomingFile]) -> bool:
    """Tell whether it matters what a file of a whole source holds: a half or another comes too."""
    others = [other for other in same if other is not file]
    return file.source.half_of is None and any(
        other.source.half_of is not None or other.period == file.period for other in others
    )


def _candidates(files: Sequence[IncomingFile]) -> Iterator[list[IncomingFile]]:
    """Group files of a year that may compete: of one source with a year's file, or whole and halves."""
    by_year: dict[tuple[str, int], list[IncomingFile]] = defaultdict(list)
    for file in files:
        by_year[file.source.whole, file.period.year].append(file)
    for same in by_year.values():
        if any(_may_compete(one, other) for one, other in combinations(same, 2)):
            yield same


def _may_compete(one: IncomingFile, other: IncomingFile) -> bool:
    return _compete(one, other) or are_opposed(one.source, other.source)


def _compete(one: IncomingFile, other: IncomingFile) -> bool:
    if are_opposed(one.source, other.source):
        return True
    is_year = one.may_be_year or other.may_be_year
    return one.source == other.source and is_year and one.period != other.period


def _months(installation: Installation, file: IncomingFile, today: date) -> frozenset[Period]:
    """Return the months that a file would be the deliveries of."""
    if not file.may_be_year:
        return frozenset((file.period,))
    return frozenset(read_as(installation, file, today).months)
