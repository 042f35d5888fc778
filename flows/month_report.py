"""A month's report written anew, as a Prefect flow."""

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.runs.prefect_run import MonthText, flow_installation
from tasks.report.report_files import write_document
from tasks.report.write_report import known_report
from tasks.rules.periods import Period


@flow(name="month_report", flow_run_name="{period} rapport")
def month_report(period: MonthText) -> State[None]:
    """Write the report of a month that has been run, of the figures that it has now.

    Args:
        period: Månaden, ÅÅÅÅ-MM.

    """
    month = Period.parse(period)
    with flow_installation() as installation:
        path = write_document(installation, known_report(installation, month), "html", None)
    create_markdown_artifact(
        key=f"rapport-{month}", description=f"Rapporten för {month.swedish}", markdown=f"Rapporten: `{path}`"
    )
    return Completed(message=str(path))
