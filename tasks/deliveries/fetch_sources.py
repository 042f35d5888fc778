"""The step that fetches the sources that have an address, into the inbox.

What was fetched lies there under a name of its own: replaced whole, and nobody else's file.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from sql.database import Transaction
from tasks.deliveries.http_client import Answer, HttpClient, HttpError, HttpLimits
from tasks.deliveries.raw_files import StorageFullError, sha256_of, write_bytes_whole
from tasks.deliveries.source_access import login_headers
from tasks.deliveries.take_in_delivery import MEGABYTE
from tasks.errors import ManadError, NotFoundError, UsageError
from tasks.installation import Installation
from tasks.month import Progress
from tasks.rules.deliveries.fetched.addresses import SourceSettings, ending_of, fill_address
from tasks.rules.deliveries.fetched.answers import HEAD, Format, judge_answer
from tasks.rules.deliveries.fetched.json_table import json_as_csv
from tasks.rules.json_values import fingerprint
from tasks.rules.periods import Period
from tasks.sources import all_sources

FetchState = Literal["fetched", "unchanged", "absent", "failed"]
_EXTENSIONS = ("csv", "xlsx")
_VALIDATOR = re.compile(r"[ -~]{1,500}")
"""What is kept of a server's validators: what can be sent back as it came."""


class ChangedByHandError(ManadError):
    """The file that a fetch would replace isn't the one that was fetched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path.name} i inkorgen har ändrats för hand och skrivs inte över. "
            "Döp om den (eller ta bort den) och hämta igen."
        )


@dataclass(frozen=True)
class Fetched:
    """What became of a source; `text` says it in Swedish."""

    source: str
    state: FetchState
    text: str


def lacks_required(installation: Installation, fetched: Iterable[Fetched]) -> bool:
    """Tell whether a source that a month needs, or a half of one, couldn't be fetched."""
    requires = installation.config.completeness.requires
    return any(one.state in ("absent", "failed") and requires(all_sources()[one.source]) for one in fetched)


@dataclass(frozen=True)
class _Place:
    """Where a source's fetched file of a month belongs. `request`: the fingerprint of what is asked for."""

    inbox: Path
    source: str
    period: Period
    request: str

    def path(self, extension: str) -> Path:
        """Return the one name of a fetched file."""
        return self.inbox / f"{self.source}_{self.period}_hamtad.{extension}"

    def lying(self) -> dict[Path, str]:
        """Return what lies there already, with its hash."""
        paths = [self.path(extension) for extension in _EXTENSIONS]
        return {path: sha256_of(path) for path in paths if path.exists()}


@dataclass(frozen=True)
class _LastFetch:
    """What is remembered of the fetch before: what was asked for, what came, and the server's validators."""

    request_sha256: str
    file_sha256: str
    etag: str | None
    last_modified: str | None


def fetch_sources(
    installation: Installation, period: Period, *, inbox: Path, progress: Progress = lambda _: None
) -> list[Fetched]:
    """Fetch what a month needs of every source that has an address; one that fails stops no other.

    `progress` is told a line for each as it is done. Nothing is taken in: that is what a run does. In a
    rehearsal nothing is fetched.
    Raises NotFoundError without an inbox, UsageError for a source that doesn't exist, and DatabaseError.
    """
    if not inbox.is_dir():
        raise NotFoundError(f"Inkorgen {inbox} finns inte: skapa mappen eller ange en annan med --inbox.")
    results = []
    with HttpClient(_limits(installation), installation.clock) as client:
        for name, source in _with_address(installation).items():
            needed = period.plus(-source.lag_months)
            address = fill_address(source.url, needed)
            asked = fingerprint([address, source.format, source.list_key])
            place = _Place(inbox, name, needed, asked)
            results.append(_fetch_or_tell(installation, client, place, source, address))
            progress(f"{name}: {results[-1].text}")
    return results


def _with_address(installation: Installation) -> dict[str, SourceSettings]:
    if installation.rehearsal:  # in which no file may be written
        return {}
    sources = {name: source for name, source in installation.config.sources.items() if source.url}
    if unknown := sorted(sources.keys() - all_sources().keys()):
        raise UsageError(
            f"Källan {unknown[0]} i manad.toml finns inte. Välj bland {', '.join(all_sources())}."
        )
    return sources


def _limits(installation: Installation) -> HttpLimits:
    waits = installation.config.fetch
    return HttpLimits(
        connect=waits.connect_seconds,
        read=waits.read_seconds,
        whole=waits.answer_seconds,
        between=waits.longest_wait_seconds,
        max_bytes=installation.config.files.max_size_mb * MEGABYTE,
    )


def _fetch_or_tell(
    installation: Installation, client: HttpClient, place: _Place, source: SourceSettings, address: str
) -> Fetched:
    try:
        return _fetch(installation, client, place, source, address)
    except ManadError as error:
        return Fetched(place.source, "failed", f"INTE HÄMTAD: {error}")


def _fetch(
    installation: Installation, client: HttpClient, place: _Place, source: SourceSettings, address: str
) -> Fetched:
    """Ask for the file, judge the answer, and put what is a file into the inbox."""
    wanted = cast("Format | None", source.format or None)
    asked = _conditions(installation, place)
    headers = login_headers(installation.settings, client, place.source, source)
    answer = client.get(address, headers | asked)

    judged = judge_answer(
        answer.status,
        answer.headers.get("Content-Type"),
        answer.body[:HEAD],
        wanted=wanted,
        ending=ending_of(address),
        was_conditional=bool(asked),
    )
    if judged.meaning == "refused":
        raise HttpError(judged.text)
    if judged.meaning != "file":
        return Fetched(place.source, judged.meaning, judged.text)

    return _put_in_place(installation, place, source, judged.format, answer)


def _conditions(installation: Installation, place: _Place) -> dict[str, str]:
    """Return the headers that ask for the file only if it has changed; none unless it still lies there."""
    with installation.database.transaction() as transaction:
        last = _last(transaction, place)
    if last is None or last.request_sha256 != place.request or last.file_sha256 not in place.lying().values():
        return {}
    validators = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified}
    return {name: value for name, value in validators.items() if value is not None}


def _put_in_place(
    installation: Installation, place: _Place, source: SourceSettings, form: Format | None, answer: Answer
) -> Fetched:
    data = json_as_csv(answer.body, source.list_key) if form == "json" else answer.body
    extension = "xlsx" if form == "xlsx" else "csv"
    if not _put_in_inbox(installation, place, extension, data, answer.headers):
        return Fetched(place.source, "unchanged", "oförändrad sedan förra hämtningen")
    return Fetched(place.source, "fetched", f"hämtad, ligger i inkorgen som {place.path(extension).name}")


def _put_in_inbox(
    installation: Installation, place: _Place, extension: str, data: bytes, headers: Mapping[str, str]
) -> bool:
    """Put a fetched file into the inbox in place of the last one; tell whether it is another one.

    What is remembered of it is committed after it lies there: who is killed between fetches it again.
    Raises ChangedByHandError, StorageFullError and DatabaseError.
    """
    target, sha256 = place.path(extension), hashlib.sha256(data).hexdigest()
    with installation.database.transaction() as transaction:
        transaction.row("deliveries/lock_fetch", source=place.source, period=str(place.period))
        last, lying = _last(transaction, place), place.lying()
        for path, its in lying.items():
            if its not in (sha256, last and last.file_sha256):
                raise ChangedByHandError(path)
        for left in place.inbox.glob(f".{target.stem}.*.part"):  # of one that was killed while it wrote
            _remove(left)
        if lying.get(target) != sha256:
            write_bytes_whole(target, data)
        for path in lying.keys() - {target}:
            _remove(path)
        transaction.run(
            "deliveries/save_fetch",
            source=place.source,
            period=place.period.first_day,
            request_sha256=place.request,
            file_sha256=sha256,
            etag=_kept(headers.get("ETag")),
            last_modified=_kept(headers.get("Last-Modified")),
        )
    return sha256 not in lying.values()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFullError(path.parent, error) from error


def _last(transaction: Transaction, place: _Place) -> _LastFetch | None:
    row = transaction.row("deliveries/find_fetch", source=place.source, period=place.period.first_day)
    return None if row is None else _LastFetch(**row._asdict())


def _kept(validator: str | None) -> str | None:
    return validator if validator is not None and _VALIDATOR.fullmatch(validator) else None
