"""The truth behind the deliveries. Only tests and measurements read it; nothing in the product does."""

from collections.abc import Iterator

from demo.economy import YEARS, Economy
from demo.register import Unit
from demo.sickness import Sickness
from demo.tables import columns, hundredths
from tasks.rules.periods import Period

YEAR_HEADER = columns(
    "enhet;enhetstyp;ar;ersatter;budget;forvantat;forvantat_utan_storning;verkligt;storning;startmanad;"
    "storlek_procent;kvar_procent"
)
MONTH_HEADER = columns("enhet;enhetstyp;ar;manad;budget;utfall")
SICK_HEADER = columns("enhet;niva_procent;steg_fran;steg_procentenheter")


def year_rows(units: list[tuple[Unit, Economy]], last_year: int) -> Iterator[list[str]]:
    """Yield a row per unit and year, under the unit's present code whatever it was called then.

    `forvantat` is the year without noise, `verkligt` what all twelve months come to, both kronor.
    """
    for unit, economy in units:
        replaces = ", ".join(former.code for former in unit.formers)
        for year, what in enumerate(economy.disturbances):
            amounts = [economy.expected[year], economy.undisturbed[year], economy.year_outcome(year) / 100]
            yield [
                unit.code,
                unit.profile.unit_type,
                str(last_year - YEARS + 1 + year),
                replaces,
                str(economy.year_budget(year)),
                *(_ore(round(float(amount) * 100)) for amount in amounts),
                what.kind,
                str(what.start or ""),
                _ore(round(what.size * 10_000)) if what.start else "",
                _ore(round(what.stays * 10_000)) if what.kind == "nivaskifte" else "",
            ]


def month_rows(units: list[tuple[Unit, Economy]], last_year: int) -> Iterator[list[str]]:
    """Yield every month of every year, those after the period too: what `manad backtest` reads."""
    for unit, economy in units:
        budgets, outcomes = economy.budget.sum(axis=0), economy.outcome.sum(axis=0)
        for year in range(YEARS):
            for month in range(12):
                when = [str(last_year - YEARS + 1 + year), str(month + 1)]
                amounts = [str(budgets[year, month]), _ore(int(outcomes[year, month]))]
                yield [unit.code, unit.profile.unit_type, *when, *amounts]


def sick_rows(sickness: list[tuple[Unit, Sickness]], last: Period) -> Iterator[list[str]]:
    """Yield each unit's level (%) and its step (percentage points); a step after the period is not shown."""
    for unit, truth in sickness:
        seen = truth.step_from is not None and truth.step_from <= last
        step = [str(truth.step_from), _ore(round(truth.step * 10_000))] if seen else ["", ""]
        yield [unit.code, _ore(round(truth.level * 10_000)), *step]


def _ore(value: int) -> str:
    return hundredths(value, grouped=False)
