"""Write a fictional administration's deliveries, and beside them the truth that only tests read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from demo import board, facit, forecasts, goals, ledger, organisation, sickness, volumes
from demo import parameters as p
from demo.economy import YEARS, simulate
from demo.profiles import PROFILES
from demo.register import build_register
from demo.tables import write_table
from tasks.errors import UsageError
from tasks.rules.periods import Period

NOW = YEARS - 1
MOST_UNITS = 2_500
"""More managers than that would need more names."""


def generate(out: Path, *, period: tuple[int, int] | Period, units: int = 125, seed: int = 1) -> list[Path]:
    """Write every delivery of the period into `out` and return the paths.

    Beside them `out/tidigare/` holds a file a year of the earlier months of the monthly sources, to hand in
    for charts over time, and `out/facit/` the truth. The same seed gives the same bytes; more units or a
    later period of the year leave every earlier figure as it was. Raises UsageError for too few
    or too many units or a negative seed.
    """
    _check(units, seed)
    now = period if isinstance(period, Period) else Period(*period)
    return list(_write(out, _Administration(now, units, seed)))


class _Administration:
    """Everything that is simulated, before it is written."""

    def __init__(self, now: Period, units: int, seed: int) -> None:
        self.now, self.seed = now, seed
        self.register = build_register(seed, units, now)
        self.units = sorted(self.register.units, key=lambda unit: unit.code)
        self.economies = [simulate(seed, unit.index, unit.profile) for unit in self.units]
        self.ledgers = list(zip(self.units, self.economies, strict=True))
        self.volumes = [volumes.simulate_volumes(seed, unit, economy) for unit, economy in self.ledgers]
        self.months = [Period(now.year - p.HISTORY_MONTHS // 12, 1)]
        while self.months[-1] < now:
            self.months.append(self.months[-1].plus(1))
        self.sickness = [
            (unit, sickness.simulate_sickness(seed, unit, economy, self.months))
            for unit, economy in self.ledgers
        ]
        self.assistance = board.assistance(self.ledgers, self.volumes)
        self.forecasts = [
            (unit, forecasts.draw_forecast(seed, unit, economy, volume, now.month))
            for (unit, economy), volume in zip(self.ledgers, self.volumes, strict=True)
        ]


def _check(units: int, seed: int) -> None:
    if not len(PROFILES) <= units <= MOST_UNITS:
        raise UsageError(f"Antalet enheter är {units}. Ange {len(PROFILES)}–{MOST_UNITS}.")
    if seed < 0:
        raise UsageError(f"Fröet är {seed}. Ange 0 eller mer.")


def _write(out: Path, made: _Administration) -> Iterator[Path]:
    now = made.now
    yield write_table(
        out / f"organisation_{now}.csv", organisation.HEADER, organisation.organisation_rows(made.register)
    )
    for year in range(now.year - p.PAST_YEARS, now.year + 1):
        name = out / f"ekonomi_{now if year == now.year else Period(year, 12)}.csv"
        yield write_table(name, ledger.HEADER, ledger.ledger_rows(made.ledgers, now, year))
    rows = forecasts.forecast_rows(made.register, made.forecasts, now)
    yield write_table(out / f"prognos_{now}.csv", forecasts.HEADER, rows)
    rows = forecasts.side_rows(made.forecasts, made.economies, now)
    yield write_table(out / f"driftbudget_{now}.csv", forecasts.SIDE_HEADER, rows)
    rows = forecasts.result_unit_rows(made.seed, made.forecasts, made.economies, now.year)
    yield write_table(out / f"resultatenheter_{now}.csv", forecasts.RESULT_HEADER, rows)
    yield from _write_board(out, made)
    yield from _write_months(out, made, [now], str(now))
    for year in sorted({month.year for month in made.months}):
        earlier = [month for month in made.months if month.year == year and month != now]
        if earlier:
            yield from _write_months(out / "tidigare", made, earlier, str(year))
    yield from _write_truth(out / "facit", made)


def _write_months(
    folder: Path, made: _Administration, months: Sequence[Period], named: str
) -> Iterator[Path]:
    """Write the monthly sources: a month's files, or the files of a year's months."""
    counted = list(zip(made.units, made.volumes, strict=True))
    years = {month: NOW - (made.now.year - month.year) for month in months}
    rows = (row for month in months for row in volumes.volume_rows(counted, month, years[month]))
    yield write_table(folder / f"prestationer_{named}.csv", volumes.HEADER, rows)
    rows = (board.assistance_row(made.seed, *made.assistance, month, years[month]) for month in months)
    yield write_table(folder / f"bistand_{named}.csv", board.ASSISTANCE_HEADER, rows)
    rows = (row for month in months for row in sickness.sickness_rows(made.sickness, month))
    yield write_table(folder / f"sjukfranvaro_{named}.csv", sickness.HEADER, rows)


def _write_board(out: Path, made: _Administration) -> Iterator[Path]:
    now = made.now
    rows = board.indicator_rows(made.seed, made.sickness, now)
    yield write_table(out / f"indikatorer_{now}.csv", board.INDICATOR_HEADER, rows)
    yield write_table(out / f"risker_{now}.csv", board.RISK_HEADER, board.risk_rows())
    rows = board.activity_rows(made.register, now.year)
    yield write_table(out / f"aktiviteter_{now}.csv", board.ACTIVITY_HEADER, rows)
    yield write_table(out / f"mal_{now}.csv", goals.GOAL_HEADER, goals.goal_rows())
    for name, header, fixed in (
        ("investeringar", goals.INVESTMENT_HEADER, goals.INVESTMENTS),
        ("omslutning", goals.TURNOVER_HEADER, goals.TURNOVERS),
        ("budgetjusteringar", goals.ADJUSTMENT_HEADER, goals.ADJUSTMENTS),
    ):
        yield write_table(out / f"{name}_{now}.csv", header, goals.rows_of_month(fixed, str(now)))


def _write_truth(folder: Path, made: _Administration) -> Iterator[Path]:
    year = made.now.year
    yield write_table(folder / "enhetsar.csv", facit.YEAR_HEADER, facit.year_rows(made.ledgers, year))
    yield write_table(folder / "manader.csv", facit.MONTH_HEADER, facit.month_rows(made.ledgers, year))
    yield write_table(
        folder / "sjukfranvaro.csv", facit.SICK_HEADER, facit.sick_rows(made.sickness, made.now)
    )
