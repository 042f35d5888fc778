"""The ekonomi deliveries: every unit's account groups by month."""

from collections.abc import Iterator

from demo.economy import YEARS, Economy
from demo.register import Unit
from demo.tables import hundredths, whole
from tasks.rules.periods import Period

HEADER = ["period", "enhet", "kontogrupp", "budget", "utfall"]


def ledger_rows(units: list[tuple[Unit, Economy]], last: Period, year: int) -> Iterator[list[str]]:
    """Yield a year's twelve months of budget, with the outcome to and including `last`.

    The current year's amounts have no-break spaces between thousands, older files have none: both occur.
    """
    index = YEARS - 1 - (last.year - year)
    grouped = index == YEARS - 1
    months = [Period(year, month) for month in range(1, 13)]
    written = [str(month) for month in months]
    for unit, economy in units:
        # Plain integers: taking them out of an array one by one costs more than all the rest.
        budgets, outcomes = economy.budget[:, index].tolist(), economy.outcome[:, index].tolist()
        for at, month in enumerate(months):
            for group, budget, outcome in zip(economy.groups, budgets, outcomes, strict=True):
                parts = zip(unit.split(month, budget[at]), unit.split(month, outcome[at]), strict=True)
                for (code, kronor), (_, ore) in parts:
                    seen = hundredths(ore, grouped=grouped) if month <= last else ""
                    yield [written[at], code, group, whole(kronor) if grouped else str(kronor), seen]
