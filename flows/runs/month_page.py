"""What an operator sees of a month in Prefect's pages: tables that answer at once, and what to open."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect.artifacts import create_markdown_artifact

from tasks.assessment.warned_units import month_warnings
from tasks.clock import STOCKHOLM
from tasks.installation import Installation
from tasks.rules.assessment.month_warnings import UnitWarning
from tasks.rules.operations.month_status import ListedDelivery, MonthStatus, PlansThere
from tasks.rules.periods import Period
from tasks.rules.state_words import counted_mails, delivery_state, mail_state, month_state, step_title
from tasks.rules.wording import year_deviation

Cells = tuple[str | int, ...]


def show_month(installation: Installation, period: Period, status: MonthStatus) -> None:
    """Lay out where a month stands: deliveries, steps, warnings, plans and mails."""
    warnings = month_warnings(installation, period) if status.is_assessed else []
    report = installation.settings.report_path(str(period))
    create_markdown_artifact(
        key=f"manad-{period}",
        description=f"{period.swedish.capitalize()}: {month_state(status.state)}",
        markdown=month_markdown(period, status, warnings, report if report.exists() else None),
    )


def show_preview(period: Period, written: Sequence[Path]) -> None:
    """Say where a preview lies."""
    create_markdown_artifact(
        key=f"forhandsvisning-{period}",
        description=f"Mejl och rapport som en körning av {period.swedish} skulle göra",
        markdown=f"{len(written)} filer, inget är skickat. Börja med `{written[0]}`.",
    )


def month_markdown(
    period: Period, status: MonthStatus, warnings: Sequence[UnitWarning], report: Path | None
) -> str:
    """Return a month's page. warnings: its warnings, worst first."""
    state = month_state(status.state)
    parts = [f"# {period.swedish.capitalize()}: {state}"]
    if status.reason:
        parts.append(f"**Stannade i {status.step}:** {_cell(status.reason)}")
    alarms = sum(warning.level == "larm" for warning in warnings)
    parts.append(
        f"{alarms} larm, {len(warnings) - alarms} att bevaka. Mejl: {counted_mails(status.mails)}. "
        f"Åtgärdsplaner: {_plans(status.plans)}."
    )
    if report is not None:
        parts.append(f"Rapporten: `{report}`")
    if status.lagging:
        parts.append(status.lagging_sentence)
    parts += _section("Leveranser", ("Källa", "Läge", "Rev", "Rader", "Fil"), _deliveries(status))
    parts += _section("Steg", ("Steg", "Klart"), _steps(status))
    parts += _section(
        "Varningar, störst underskott först", ("", "Enhet", "Avvikelse", "Plan"), _warnings(warnings)
    )
    parts += _section("Mejl som någon måste se på", ("Nr", "Ämne", "Läge"), _problems(status))
    parts.append(
        f"Kör om: deploymenten `follow_up_month` med period `{period}`, eller `manad run {period}`. "
        "Det som är gjort görs inte om, och inget mejl går två gånger."
    )
    return "\n\n".join(parts) + "\n"


def _section(title: str, head: Sequence[str], rows: Sequence[Cells]) -> list[str]:
    if not rows:
        return []
    lines = [head, ["---"] * len(head), *rows]
    return [f"## {title}", "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)]


def _cell(value: object) -> str:
    """Return a cell's text: what a file or a server said makes no table, link or heading."""
    text = " ".join(str(value).split())
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\\-\\-\\-", "---")


def _deliveries(status: MonthStatus) -> list[Cells]:
    return [
        (status.called(one), _delivery_state(one), one.revision or "", one.rows, one.file)
        for one in status.deliveries
        if one.state != "superseded"
    ]


def _delivery_state(one: ListedDelivery) -> str:
    """Say what became of a delivery; a held one by the number that it is released by."""
    return f"{delivery_state(one.state)} (nr {one.id})" if one.state == "held" else delivery_state(one.state)


def _steps(status: MonthStatus) -> list[Cells]:
    return [(step_title(made.step), _when(made.finished_at)) for made in status.steps]


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(STOCKHOLM):%Y-%m-%d kl. %H.%M.%S}"


def _warnings(warnings: Sequence[UnitWarning]) -> list[Cells]:
    return [
        (
            warning.level.upper(),
            warning.name,
            year_deviation(warning.budget, warning.forecast),
            warning.plan_note or "",
        )
        for warning in warnings
    ]


def _problems(status: MonthStatus) -> list[Cells]:
    """Name the mails by number: to whom they go stands in `manad status`, not on Prefect's server."""
    return [(mail.id, mail.subject, mail_state(mail.state)) for mail in status.mail_problems]


def _plans(plans: Sequence[PlansThere]) -> str:
    return ", ".join(f"{there.count} {there.words}" for there in plans) or "inga"
