"""Who is told of events from a command or a page: the Prefect server that is known here, if any."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flows.serving.processes import served_api
from flows.terminal.terminal import say
from tasks.installation import Installation, PlanNews
from tasks.prefect_server import answers
from tasks.settings import read_secret


def server_of(installation: Installation) -> str | None:
    """Return the address of the API of the Prefect server that is known here."""
    return installation.settings.prefect_api_url or served_api(installation.settings.home)


@contextmanager
def heard(installation: Installation) -> Iterator[Installation]:
    """Lend the installation so that events reach PREFECT_API_URL, or this home's `manad serve`.

    Without one nobody is told, and Prefect isn't even loaded.
    """
    api = server_of(installation)
    if api is None:
        yield installation
        return
    from prefect.settings import (  # noqa: PLC0415
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        temporary_settings,
    )

    from flows.runs.events import flush_events  # noqa: PLC0415

    if not answers(f"{api}/health"):
        say(f"Prefects server på {api} svarar inte och får inte veta det här: genomgången kl. 6 hittar det.")
        with temporary_settings({PREFECT_API_URL: None}):
            yield installation
        return
    known: dict[Any, Any] = {PREFECT_API_URL: api}
    if installation.settings.prefect_auth_file is not None:
        known[PREFECT_API_AUTH_STRING] = read_secret(
            "MANAD_PREFECT_AUTH_FILE", installation.settings.prefect_auth_file
        )
    with temporary_settings(known):
        yield replace(installation, hear=_hear_plan)
        flush_events()


def _hear_plan(news: PlanNews) -> None:
    from flows.runs.events import Event, emit  # noqa: PLC0415 - loads what it tells of

    event: Event = "manad.plan.approved" if news.what == "approved" else "manad.plan.submitted"
    emit(event, news.period, news.plan, plan=news.plan, unit=news.unit)
