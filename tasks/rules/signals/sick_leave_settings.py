"""How sick leave is assessed."""

from dataclasses import dataclass
from decimal import Decimal

from tasks.errors import UsageError
from tasks.rules.outbox.recipients import unusable_because
from tasks.rules.signals.chart_signal import DEFAULT_CHART, ChartSettings
from tasks.rules.thresholds import check_between


@dataclass(frozen=True)
class SickLeaveSettings:
    """From where a change of sick leave is signalled, and for which groups.

    fewest_posts: a group with fewer full-time posts has no chart of its own: one long illness is a large
    part of its curve. full_time_month_hours: 40 hours a week · 52.18 weeks / 12. least_known_percent: a month
    of a group with fewer of its units known (%) is missing; the same limit stops a delivery.
    target_indicator: the indicator whose årsmål the twelve months are held against. meeting_months: months
    (1–12) on whose figures managers and personnel meet; none: no such mails. hr_email: who of personnel is
    mailed all units of the meetings, empty: nobody; hr_title: what that person is called.
    Raises UnusableThresholdError, and UsageError for an address that can't be used.
    """

    chart: ChartSettings = DEFAULT_CHART
    fewest_posts: Decimal = Decimal(25)
    full_time_month_hours: Decimal = Decimal(174)
    least_known_percent: Decimal = Decimal(80)
    target_indicator: str = "Sjukfrånvaro"
    meeting_months: tuple[int, ...] = (3, 6, 9, 12)
    hr_email: str = ""
    hr_title: str = "HR-konsult"

    def __post_init__(self) -> None:
        check_between("fewest_posts", self.fewest_posts, 0)
        check_between("full_time_month_hours", self.full_time_month_hours, 1)
        check_between("least_known_percent", self.least_known_percent, 0, 100)
        for month in self.meeting_months:
            check_between("meeting_months", Decimal(month), 1, 12)
        if self.hr_email and (reason := unusable_because(self.hr_email)):
            raise UsageError(f"sick_leave.hr_email är {self.hr_email!r}: {reason}. Skriv namn@server.")
