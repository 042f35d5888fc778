"""The step that fetches the sources that have an address, into the inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from tasks.deliveries.fetched_files import Place, conditions, put_in_inbox
from tasks.deliveries.http_client import Answer, HttpClient
from tasks.deliveries.http_failures import HttpError, Limits
from tasks.deliveries.source_access import login_headers
from tasks.deliveries.take_in_delivery import MEGABYTE
from tasks.errors import ManadError, NotFoundError, UsageError
from tasks.installation import Installation
from tasks.rules.deliveries.fetching import HEAD, Format, judge_answer
from tasks.rules.deliveries.json_table import json_as_csv
from tasks.rules.deliveries.source_address import ending_of, fill_address
from tasks.rules.deliveries.source_settings import SourceSettings
from tasks.rules.json_values import fingerprint
from tasks.rules.periods import Period
from tasks.sources import all_sources

State = Literal["fetched", "unchanged", "absent", "failed"]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Fetched:
    """What became of a source; `text` says it in Swedish."""

    source: str
    state: State
    text: str


def fetch_sources(
    installation: Installation, period: Period, *, inbox: Path, progress: Progress = lambda _: None
) -> list[Fetched]:
    """Fetch a month's files of every source that has an address; one that fails stops no other.

    `progress` is told a line for each as it is done. Nothing is taken in: that is what a run does. In a
    rehearsal nothing is fetched.
    Raises NotFoundError without an inbox, UsageError for a source that doesn't exist, and DatabaseError.
    """
    if not inbox.is_dir():
        raise NotFoundError(f"Inkorgen {inbox} finns inte: skapa mappen eller ange en annan med --inbox.")
    results = []
    with HttpClient(_limits(installation), installation.clock) as client:
        for name, source in _with_address(installation).items():
            address = fill_address(source.url, period)
            asked = fingerprint([address, source.format, source.list_key])
            place = Place(inbox, name, period, asked)
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


def _limits(installation: Installation) -> Limits:
    waits = installation.config.fetch
    return Limits(
        connect=waits.connect_seconds,
        read=waits.read_seconds,
        whole=waits.answer_seconds,
        between=waits.longest_wait_seconds,
        max_bytes=installation.config.files.max_size_mb * MEGABYTE,
    )


def _fetch_or_tell(
    installation: Installation, client: HttpClient, place: Place, source: SourceSettings, address: str
) -> Fetched:
    try:
        return _fetch(installation, client, place, source, address)
    except ManadError as error:
        return Fetched(place.source, "failed", f"INTE HÄMTAD: {error}")


def _fetch(
    installation: Installation, client: HttpClient, place: Place, source: SourceSettings, address: str
) -> Fetched:
    """Ask for the file, judge the answer, and put what is a file into the inbox."""
    wanted = cast("Format | None", source.format or None)
    asked = conditions(installation, place)
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

    return _keep(installation, place, source, judged.format, answer)


def _keep(
    installation: Installation, place: Place, source: SourceSettings, form: Format | None, answer: Answer
) -> Fetched:
    data = json_as_csv(answer.body, source.list_key) if form == "json" else answer.body
    extension = "xlsx" if form == "xlsx" else "csv"
    if not put_in_inbox(installation, place, extension, data, answer.headers):
        return Fetched(place.source, "unchanged", "oförändrad sedan förra hämtningen")
    return Fetched(place.source, "fetched", f"hämtad, ligger i inkorgen som {place.path(extension).name}")
