"""What units and areas have counted, out of the deliveries of the year and of those before."""

from collections.abc import Mapping

from sql.database import Transaction
from tasks.figures.delivered_rows import by_code, delivered_rows
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.volumes.adjustment import MeasureSettings
from tasks.rules.volumes.rows import CountedVolume, counted_volumes
from tasks.sources import all_sources

SOURCE = "prestationer"


def unit_volumes(
    transaction: Transaction, register: Register, period: Period, measures: Mapping[str, MeasureSettings]
) -> dict[str, tuple[CountedVolume, ...]]:
    """Return by code what is counted in the period's year, with the season of the years before."""
    rows = delivered_rows(transaction, SOURCE, Period(period.year - YEARS_OF_HISTORY, 1), period)
    return counted_volumes(
        by_code(rows, register),
        register,
        period,
        declared={volume.name: volume for volume in all_sources()[SOURCE].volumes},
        tariffs={name: each.tariff_kr for name, each in measures.items() if each.tariff_kr is not None},
    )
