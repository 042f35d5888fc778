"""`manad plan`: action plans seen, handed in and decided from a terminal."""

import csv
import getpass
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flows.cli.exit_codes import DONE
from flows.serving.listeners import heard
from flows.terminal import show_plans
from flows.terminal.terminal import as_json, say
from tasks.clock import Clock
from tasks.errors import UsageError
from tasks.installation import Installation, open_installation
from tasks.outbox.send_mails import send_waiting_mails, sent_in_words
from tasks.plans.action_plans import Plan, PlanDesk, list_plans, manager_link, read_plan, revoke_plan_links
from tasks.rules.number_text import Missing, NumberTextError, parse_amount
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure, renewed
from tasks.settings import read_settings

_COLUMNS = ("vad", "vem", "fran", "effekt_per_manad", "risk")
_NEEDED = 4
"""The last column, the risk, may be left out."""


def list_command(arguments: Namespace) -> int:
    """Show plans."""
    with open_installation(read_settings(), Clock()) as installation:
        plans = list_plans(installation, period=arguments.period, unit=arguments.unit)
    data = [show_plans.plan_data(plan) for plan in plans]
    say(as_json(data) if arguments.json else show_plans.plans_text(plans))
    return DONE


def show_command(arguments: Namespace) -> int:
    """Show one plan with all that happened to it."""
    with open_installation(read_settings(), Clock()) as installation:
        plan = read_plan(installation, arguments.plan)
    say(as_json(show_plans.plan_data(plan)) if arguments.json else show_plans.plan_text(plan))
    return DONE


def submit_command(arguments: Namespace) -> int:
    """Hand in a plan, or keep its draft."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        before = read_plan(installation, arguments.plan)
        measures = _measures(arguments, before)
        if arguments.draft:
            plan = desk.save_draft(before.id, before.version, measures)
        else:
            plan = desk.submit(before.id, before.version, measures)
        return _told(installation, desk, plan)


def withdraw_command(arguments: Namespace) -> int:
    """Take back a plan."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        return _told(installation, desk, desk.withdraw(arguments.plan, None))


def approve_command(arguments: Namespace) -> int:
    """Approve a plan."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        return _told(installation, desk, desk.approve(arguments.plan, None, arguments.comment))


def return_command(arguments: Namespace) -> int:
    """Return a plan to be completed."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        return _told(installation, desk, desk.send_back(arguments.plan, None, arguments.comment))


def link_command(arguments: Namespace) -> int:
    """Show the link that a plan's manager gets."""
    with open_installation(read_settings(), Clock()) as installation:
        say(manager_link(installation, arguments.plan, installation.clock.today()))
    return DONE


def revoke_command(arguments: Namespace) -> int:
    """Revoke the links to a plan."""
    with open_installation(read_settings(), Clock()) as installation:
        revoke_plan_links(installation, arguments.plan, installation.clock.today())
    say(f"Länkarna till åtgärdsplan {arguments.plan} gäller inte längre. Nästa mejl har en ny länk.")
    return DONE


@contextmanager
def _listened_to() -> Iterator[Installation]:
    """Open the installation; what happens to its plans is told to Prefect's server, if one is known."""
    with open_installation(read_settings(), Clock()) as opened, heard(opened) as installation:
        yield installation


def _measures(arguments: Namespace, before: Plan) -> Sequence[Measure]:
    if arguments.unchanged:
        return renewed(before.previous or before.measures, before.period)
    return _typed_measures(arguments.measure, arguments.file) or before.measures


def _desk(installation: Installation, arguments: Namespace) -> PlanDesk:
    return PlanDesk(installation, _today(installation, arguments), arguments.by or getpass.getuser())


def _today(installation: Installation, arguments: Namespace) -> date:
    return arguments.today or installation.clock.today()


def _told(installation: Installation, desk: PlanDesk, plan: Plan) -> int:
    sent = send_waiting_mails(installation, desk.today)
    say(show_plans.changed_text(plan))
    if sent:
        say(f"Mejl: {sent_in_words(sent)}")
    return DONE


def _typed_measures(texts: Sequence[str], file: Path | None) -> tuple[Measure, ...]:
    """Read measures: texts first, then the rows of a CSV. Raises UsageError naming what can't be read."""
    rows = [("--measure", [part.strip() for part in text.split(";")]) for text in texts]
    if file is not None:
        rows += [(f"{file.name}, rad {number}", row) for number, row in _rows(file)]
    return tuple(_measure(where, row) for where, row in rows)


def _rows(file: Path) -> Iterable[tuple[int, list[str]]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} går inte att läsa: {error}.") from error
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=";")]
    if not rows or tuple(rows[0])[:_NEEDED] != _COLUMNS[:_NEEDED]:
        raise UsageError(f"{file}: första raden ska vara {';'.join(_COLUMNS)}.")
    return [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]


def _measure(where: str, row: Sequence[str]) -> Measure:
    if not _NEEDED <= len(row) <= len(_COLUMNS):
        raise UsageError(f"{where}: skriv {';'.join(_COLUMNS)} (risk får utelämnas).")
    what, who, month, kr = row[:_NEEDED]
    try:
        effect = parse_amount(kr)
    except NumberTextError as error:
        raise UsageError(f"{where}: effekten {kr!r} är inget belopp: {error}") from error
    try:
        from_month = Period.parse(month)
    except ValueError:
        raise UsageError(f"{where}: {month!r} är ingen månad; skriv till exempel 2026-11.") from None
    if isinstance(effect, Missing):
        raise UsageError(f"{where}: effekten i kronor per månad saknas.")
    return Measure(what, who, from_month, effect, row[_NEEDED] if len(row) > _NEEDED else "")
