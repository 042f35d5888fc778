"""A month at the terminal: a file that came in, how a run ended, and where the month stands.

Same order and words as in the mails, the worst first.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flows.terminal.show_deviations import deviations_text, plans_line
from flows.terminal.terminal import paragraph, table
from tasks.assessment.warned_units import month_warnings
from tasks.installation import Installation
from tasks.operations.show_month import month_status
from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.deliveries.receipt_text import brief_text, receipt_text
from tasks.rules.operations.month_status import MonthStatus, PlansThere
from tasks.rules.outbox.states import MailProblem
from tasks.rules.periods import Period
from tasks.rules.state_words import counted_mails, delivery_state, month_state
from tasks.rules.swedish import and_more, counted, number, shortened

if TYPE_CHECKING:  # a status answers without loading the steps
    from tasks.deliveries.take_in_delivery import Arrival
    from tasks.operations.close_month import MonthOutcome

UNITS_NAMED = 10
"""So many units that lack figures are named; the rest are counted."""
UNCERTAIN = "avbröts mitt i sändningen och kan ha gått fram"
ADVICE = {
    "failed": "Skicka misslyckade igen när felet är avhjälpt: manad mail resend --failed",
    "uncertain": "Avgör osäkra mejl: manad mail settle NR --sent eller --dropped",
}
MAILS_NAMED = 10
"""So many mails that need somebody are named; the rest are counted."""


def run_summary(installation: Installation, period: Period, outcome: "MonthOutcome", *, dry_run: bool) -> str:
    """Tell how a run ended: deliveries, warnings worst first, mails, and what to open."""
    status = month_status(installation, period)
    parts = [*_receipts(outcome.arrivals), "", _deliveries(status)]
    if status.is_assessed:
        warnings = month_warnings(installation, period)
        parts += ["", deviations_text(warnings, period, short=True, assessed=assessed_units(status))]
        parts += [line for sentence in plans_line(warnings) for line in ("", sentence)]
    parts += [*_lagging(status), *_absent_units(status)]
    parts += [
        "",
        _mails(status.mails),
        *_mail_problems(status.mail_problems),
        _ending(period, outcome, dry_run),
        *_paths(installation, status, dry_run),
    ]
    return "\n".join(parts)


def assessed_units(status: MonthStatus) -> str:
    """Say how many units the month's warnings are of; empty while it is not assessed."""
    return "" if status.assessed is None else status.assessed.sentence


def _watched(status: MonthStatus) -> list[str]:
    """Say how many early signals there are; nothing while they haven't been read."""
    return [] if status.watched is None else [f"Tidiga signaler: {status.watched.sentence}."]


def _lagging(status: MonthStatus) -> list[str]:
    return [paragraph(status.lagging_sentence)] if status.lagging_sentence else []


def _absent_units(status: MonthStatus) -> list[str]:
    """Say which sources lack which units."""
    check = status.check
    return [_absent_of(coverage, check.called(coverage.source, coverage.source)) for coverage in check.partly]


def _absent_of(coverage: Coverage, source: str) -> str:
    codes = shortened(coverage.absent, UNITS_NAMED)
    of = f"{number(len(coverage.absent))} av {counted(coverage.expected, 'enhet', 'enheter')}"
    return paragraph(f"Uppgift saknas: {source} för {of} ({codes}).")


def _receipts(arrivals: "Sequence[Arrival]") -> list[str]:
    return [
        arrival_text(one) + how_to_decide(one)
        for one in arrivals
        if one.state in ("refused", "held") and one.receipt is not None
    ]


def _ending(period: Period, outcome: "MonthOutcome", dry_run: bool) -> str:
    ending = f"{period.swedish.capitalize()}: {month_state(outcome.state)}."
    if outcome.reason:
        ending += f" {outcome.reason}"
    if dry_run:
        ending += " Provkörning: inget är sparat eller skickat."
    return paragraph(ending)


def _paths(installation: Installation, status: MonthStatus, dry_run: bool) -> list[str]:
    if dry_run:
        return []
    settings = installation.settings
    paths = []
    if status.mails["sent"] and settings.mail_folder is not None:
        paths.append(f"Mejlen:    {settings.mail_folder}")
    report = settings.report_path(str(status.period))
    if report.exists():
        paths.append(f"Rapporten: {report}")
    return paths


def status_text(status: MonthStatus) -> str:
    """Tell where a month stands."""
    state = month_state(status.state) + (", körs nu" if status.running else "")
    parts = [f"{status.period.swedish.capitalize()}: {state}."]
    if status.reason:
        parts.append(paragraph(f"Stannade i {status.step}: {status.reason}"))
    if status.is_assessed and assessed_units(status):
        parts.append(f"{assessed_units(status)}.")
        parts += _watched(status)
    return "\n".join([*parts, *_lagging(status), *_absent_units(status), *_status_parts(status)])


def _status_parts(status: MonthStatus) -> list[str]:
    return [
        "",
        _deliveries(status),
        "",
        *_plans(status.plans),
        _mails(status.mails),
        *_mail_problems(status.mail_problems),
    ]


def _plans(plans: Sequence[PlansThere]) -> list[str]:
    """Say where the month's action plans stand; nothing where none was demanded."""
    counted = ", ".join(f"{there.count} {there.words}" for there in plans)
    return [paragraph(f"Åtgärdsplaner: {counted}.")] if plans else []


def _deliveries(status: MonthStatus) -> str:
    """List the deliveries; one of another month, which a source that lags has, says which."""
    if not status.deliveries:
        return "Inga leveranser för månaden."
    rows = [
        (
            status.called(delivery),
            delivery_state(delivery.state),
            "" if delivery.revision is None else str(delivery.revision),
            number(delivery.rows),
            f"nr {delivery.id}"
            if delivery.state == "held"
            else _count(delivery.problems, "fel") or _count(delivery.warnings, "att notera"),
            delivery.file,
        )
        for delivery in status.deliveries
    ]
    return table(("Leverans", "Läge", "Rev", "Rader", "", "Fil"), rows, right=(2, 3), wide=5)


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count else ""


def _mails(mails: Mapping[str, int]) -> str:
    return paragraph(f"Mejl: {counted_mails(mails)}.")


def _mail_problems(mails: Sequence[MailProblem]) -> list[str]:
    """Tell of each mail that nobody has got for certain: its number, to whom, why, and what to do."""
    lines = [
        paragraph(f"{mail.id} till {mail.sent_to} ({mail.subject}): {mail.reason or UNCERTAIN}", "  ")
        for mail in mails[:MAILS_NAMED]
    ]
    if len(mails) > MAILS_NAMED:
        lines.append(f"  {and_more(len(mails), MAILS_NAMED)}.")
    states = {mail.state for mail in mails}
    return lines + [paragraph(advice, "  ") for state, advice in ADVICE.items() if state in states]


def arrival_text(arrival: "Arrival", *, is_one_of_many: bool = False) -> str:
    """Tell what became of a file that was handed in; briefly of one of many that was accepted."""
    if arrival.receipt is not None:
        is_brief = is_one_of_many and arrival.state == "accepted"
        return brief_text(arrival.receipt).rstrip() if is_brief else receipt_text(arrival.receipt)
    fate = {
        "known": "har tagits emot förut; inget ändras",
        "growing": "skrivs fortfarande; lämna in den igen om en stund",
        "ignored": arrival.advice,
    }[arrival.state]
    return f"{arrival.file} {fate}."


def how_to_decide(arrival: "Arrival") -> str:
    """Tell how a file that is held is released or refused; nothing of another."""
    if arrival.state != "held":
        return ""
    return (
        f'\nSläpp in:  manad release {arrival.number} --by NAMN --reason "varför siffrorna är rätt"\n'
        f"Neka:      manad release {arrival.number} --by NAMN --refuse\n"
    )
