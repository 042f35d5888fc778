"""The step that looks through the inbox and takes in what is new. It only reads there."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tasks.deliveries.incoming_file import Declared, IncomingFile, incoming_file
from tasks.deliveries.raw_files import FileChangedError
from tasks.deliveries.rival_files import Rivals, as_meant, find_rivals, rival_problem, without_copies
from tasks.deliveries.take_in_delivery import Arrival, refuse, seen_before, take_in
from tasks.errors import NotFoundError, UsageError
from tasks.installation import Installation
from tasks.month import Month
from tasks.rules.declaration import Kind
from tasks.rules.deliveries.file_names import LOCK, DeliveryName, meant_name, name_advice, parse_file_name
from tasks.rules.periods import Period
from tasks.rules.swedish import counted
from tasks.sources import all_sources

FIRST = "organisation"
"""The source that the others' units are checked against: taken in before them."""

Hear = Callable[[Arrival], None]


def receive_deliveries(month: Month) -> list[Arrival]:
    """Take in every file of the inbox, of whatever month, and return what became of each.

    Raises NotFoundError when the inbox doesn't exist.
    """
    inbox = month.options.inbox
    paths = _files_in(inbox)
    for path in sorted(inbox.iterdir()):
        if path.is_file() and not path.name.startswith((".", LOCK)) and path not in paths:
            month.progress(f"{path.name}: hoppas över, länken leder ut ur inkorgen")
    arrivals = receive_files(month.installation, paths, month.today, hear=lambda one: _tell(month, one))
    accepted, known = (sum(one.state == state for one in arrivals) for state in ("accepted", "known"))
    month.progress(f"{counted(accepted, 'ny', 'nya')}, {counted(known, 'känd', 'kända')} sedan förut")
    return arrivals


def receive_history(
    installation: Installation, folder: Path, inbox: Path, today: date, progress: Callable[[str], None]
) -> list[Arrival]:
    """Take in the files of earlier months and return what became of each.

    The inbox's registers come first, which their units are checked against. Raises NotFoundError when a
    folder doesn't exist.
    """
    registers = [path for path in _files_in(inbox) if _is_register(path)]
    arrivals = receive_files(installation, [*registers, *_files_in(folder)], today)
    accepted = [one for one in arrivals if one.state == "accepted" and one.source != FIRST]
    months = {month for one in accepted for month in one.all_months}
    files = counted(len(accepted), "ny fil", "nya filer")
    progress(f"{files}, {counted(len(months), 'månad', 'månader')}")
    return arrivals


def _is_register(path: Path) -> bool:
    name = parse_file_name(path.name)
    return name is not None and name.source == FIRST


def receive_files(
    installation: Installation,
    paths: Sequence[Path],
    today: date,
    *,
    source: str | None = None,
    period: Period | None = None,
    hear: Hear = lambda _: None,
) -> list[Arrival]:
    """Take in files: the register first, then by month. `source` and `period` stand in for the file's name.

    Two unknown files for one source and month are both refused. Raises UsageError for an unknown source.
    """
    arrivals = []
    for arrival in _arrivals(installation, paths, today, source, period):
        hear(arrival)
        arrivals.append(arrival)
    return arrivals


def _arrivals(
    installation: Installation, paths: Sequence[Path], today: date, source: str | None, period: Period | None
) -> Iterator[Arrival]:
    named = {path: declared_as(path, source, period) for path in paths}
    yield from (ignored_file(path) for path, declared in named.items() if declared is None)
    growing = _still_growing(installation, [path for path, declared in named.items() if declared is not None])
    files = []
    for path, declared in named.items():
        if declared is not None and path in growing:
            yield Arrival(path.name, "growing", declared.source.name, declared.period)
        elif declared is not None:
            files.append(incoming_file(path, declared))
    files = as_meant(installation, files, today)
    rivals = find_rivals(installation, files, today)
    for same in _by_source_and_month(files):
        yield from _take_in_one_of(installation, same, rivals, today)


def files_for(inbox: Path, period: Period, source: str | None = None) -> list[Path]:
    """Return an inbox's files of a month, of one source or all, and the registers, which units are checked
    against.

    Raises UsageError for an unknown source and NotFoundError when the inbox doesn't exist.
    """
    if source is not None and source not in all_sources():
        raise UsageError(f"Källan {source} finns inte. Välj bland {', '.join(all_sources())}.")
    declared = {path: parse_file_name(path.name) for path in _files_in(inbox)}
    return [
        path
        for path, name in declared.items()
        if name is not None
        and (name.source == FIRST or (name.period == period and source in (None, name.source)))
    ]


def new_deliveries(installation: Installation, inbox: Path) -> list[tuple[str, Period]]:
    """Return the sources and months of which an inbox has bytes that nobody has seen, the registers first.

    Raises NotFoundError when the inbox doesn't exist.
    """
    declared = {path: declared_as(path, None, None) for path in _files_in(inbox)}
    unseen = {
        (one.source.name, one.period)
        for path, one in declared.items()
        if one is not None and seen_before(installation, incoming_file(path, one)) is None
    }
    return sorted(unseen, key=lambda one: (one[0] != FIRST, one[1], one[0]))


def ignored_file(path: Path) -> Arrival:
    """Return what became of a file that is no delivery by its name, with what to do."""
    return Arrival(path.name, "ignored", advice=name_advice(path.name, tuple(all_sources())))


def nearly_named(inbox: Path, period: Period, lags: Mapping[str, int]) -> dict[str, tuple[str, DeliveryName]]:
    """Return a month's files whose names are nearly right, by source: each with the name it should have.

    lags: by source, how many months older a file of the month may be.
    """
    found = {}
    for path in _files_in(inbox) if inbox.is_dir() else ():
        meant = meant_name(path.name, all_sources())
        if parse_file_name(path.name) is not None or meant is None:
            continue
        if period.plus(-lags.get(meant.source, 0)) <= meant.period <= period:
            found[meant.source] = (path.name, meant)
    return found


def _files_in(inbox: Path) -> list[Path]:
    if not inbox.is_dir():
        raise NotFoundError(f"Inkorgen {inbox} finns inte: skapa mappen eller ange en annan med --inbox.")
    return sorted(
        path
        for path in inbox.iterdir()
        if path.is_file()
        and not path.name.startswith((".", LOCK))
        and path.resolve().parent == inbox.resolve()
    )


def declared_as(path: Path, source: str | None, period: Period | None) -> Declared | None:
    """Return the source and the month, or year, that a file is for; None when it is no delivery."""
    if source is not None and source not in all_sources():
        raise UsageError(f"Källan {source} finns inte. Välj bland {', '.join(all_sources())}.")
    name = parse_file_name(path.name)
    named = source or (None if name is None else name.source)
    when = period or (None if name is None else name.period)
    if named not in all_sources() or when is None:
        return None
    of_source = all_sources()[named]
    is_year = period is None and name is not None and name.is_year
    if is_year and not any(of_source.of_kind(Kind.PERIOD)):
        return None
    return Declared(of_source, when, is_year)


def _still_growing(installation: Installation, paths: Sequence[Path]) -> set[Path]:
    """Return the files that are still being written: those that changed just now are looked at again."""
    quiet = installation.config.files.quiet_seconds
    now = installation.clock.now().timestamp()
    fresh = {path: path.stat() for path in paths if abs(now - path.stat().st_mtime) < quiet}
    if not fresh:
        return set()
    installation.clock.wait(quiet)
    return {
        path
        for path, before in fresh.items()
        if (path.stat().st_size, path.stat().st_mtime_ns) != (before.st_size, before.st_mtime_ns)
    }


def _by_source_and_month(files: Sequence[IncomingFile]) -> Iterator[list[IncomingFile]]:
    """Group the files that would be the same delivery, the register first and then month by month."""
    groups: dict[tuple[bool, Period, str], list[IncomingFile]] = defaultdict(list)
    for file in files:
        groups[file.source.name != FIRST, file.period, file.source.name].append(file)
    yield from (groups[key] for key in sorted(groups))


def _take_in_one_of(
    installation: Installation, same: Sequence[IncomingFile], rivals: Rivals, today: date
) -> Iterator[Arrival]:
    """Take in the one new file of a source and month; two are both refused.

    rivals: of each file those that it can't come together with though their names say other months.
    A file that was refused is looked at again when it lies there alone: the register may have changed since.
    """
    seen = {file: seen_before(installation, file) for file in same}
    new = without_copies([file for file, before in seen.items() if before is None])
    refused = [file for file, before in seen.items() if before is not None and _may_be_mended(before)]
    if not new and len(refused) == 1:
        new = refused
    for file, before in seen.items():
        if file in new:
            taken = _take_in_or_refuse(installation, file, [*new, *rivals.get(file, ())], today)
            yield replace(taken, was_seen=before is not None)
        elif before is None or (before.state == "refused" and new):
            yield Arrival(file.path.name, "known", file.source.name, file.period)
        else:
            yield replace(before, was_seen=True)


def _may_be_mended(before: Arrival) -> bool:
    """Tell whether a file was refused for what may be otherwise today; a person's no stands."""
    return before.state == "refused" and before.receipt is not None and before.receipt.decision is None


def _take_in_or_refuse(
    installation: Installation, file: IncomingFile, new: Sequence[IncomingFile], today: date
) -> Arrival:
    """Take a file in, or refuse it beside its rivals; one that changes meanwhile is left for the next run."""
    try:
        if len(new) > 1:
            return refuse(installation, file, [rival_problem(file, new)])
        return take_in(installation, file, today)
    except FileChangedError:
        return Arrival(file.path.name, "growing", file.source.name, file.period)


def _tell(month: Month, arrival: Arrival) -> None:
    if arrival.state == "accepted":
        month.progress(f"{arrival.file}: mottagen, {counted(arrival.rows, 'rad', 'rader')}")
    elif arrival.state == "refused" and arrival.receipt is not None:
        month.progress(f"{arrival.file}: nekad, {arrival.receipt.problem_count} fel")
    elif arrival.state == "held":
        month.progress(f"{arrival.file}: HÅLLEN, siffrorna ser inte rätt ut (nr {arrival.number})")
    elif arrival.state == "growing":
        month.progress(f"{arrival.file}: skrivs fortfarande, tas in vid nästa körning")
    elif arrival.state == "ignored":
        month.progress(f"{arrival.file}: hoppas över, den {arrival.advice}")
