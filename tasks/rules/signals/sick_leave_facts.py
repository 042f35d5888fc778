"""What is known of a group's sick leave when a month is closed."""

from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.signals.chart_signal import ChartSignal
from tasks.rules.signals.sick_leave_groups import SickGroup
from tasks.rules.signals.sick_leave_hours import SickLevels
from tasks.rules.signals.sick_leave_settings import SickLeaveSettings


@dataclass(frozen=True)
class SickLeaveFacts:
    """A group's figures in % of ordinary hours, None for missing.

    month, rolling: the month, and twelve months as hours over hours: a level, and never a signal.
    counted, of: the units that the month's figures are of, and how many it has.
    target: the year's target (årsmål) for twelve months.
    change: the chart's figures, the season taken out; None for a group without a chart, and before the
    administration's history is long enough for a season.
    """

    group: SickGroup
    period: Period
    month: SickLevels
    rolling: SickLevels
    counted: int
    of: int
    target: Decimal | None
    change: ChartSignal | None
    settings: SickLeaveSettings

    @property
    def against_target(self) -> Decimal | None:
        """Return twelve months − target in percentage points: above the target is positive."""
        if self.rolling.total is None or self.target is None:
            return None
        return self.rolling.total - self.target
