"""The step that shows how files would be read: all is done as when they are handed in, and nothing stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tasks.deliveries.incoming_file import IncomingFile, incoming_file
from tasks.deliveries.receive_deliveries import FIRST, declared_as, ignored_file
from tasks.deliveries.tables.read_table import UnreadableTableError, read_table
from tasks.deliveries.take_in_delivery import MEGABYTE, Arrival, halves_to_take, take_in
from tasks.installation import Installation, rehearse
from tasks.register import read_register
from tasks.rules.deliveries.tables.explanation import Explanation, explain
from tasks.rules.periods import Period


@dataclass(frozen=True)
class ExplainedFile:
    """What would become of a file, and how it would be read; None where it can't be, or isn't repeated."""

    arrival: Arrival
    explanation: Explanation | None = None


def explain_files(
    installation: Installation,
    paths: Sequence[Path],
    today: date,
    *,
    source: str | None = None,
    period: Period | None = None,
) -> Iterator[ExplainedFile]:
    """Yield what would become of each file, the register first since the others are checked against it.

    `source` and `period` stand in for the file's name. Raises UsageError for an unknown source.
    """
    named = {path: declared_as(path, source, period) for path in paths}
    yield from (ExplainedFile(ignored_file(path)) for path, declared in named.items() if declared is None)
    files = [incoming_file(path, declared) for path, declared in named.items() if declared is not None]
    with rehearse(installation) as trial:
        for file in sorted(files, key=lambda file: file.source.name != FIRST):
            explanation = _explain(trial, file, today)
            yield ExplainedFile(take_in(trial, file, today), explanation)


def _explain(installation: Installation, file: IncomingFile, today: date) -> Explanation | None:
    most = installation.config.files.max_size_mb * MEGABYTE
    with installation.database.transaction() as transaction:
        register = read_register(transaction, file.period)
    try:
        raw = read_table(file.path, max_bytes=most, wanted=file.wanted)
    except UnreadableTableError:
        return None
    return explain(
        raw,
        file.source,
        file.period,
        register or None,
        today=today,
        sheet=raw.sheet,
        is_year=file.declared.names_year,
        volumes=installation.config.measures_added,
        halves=halves_to_take(installation, file.declared.named),
    )
