"""The record of forecasts as the report holds it: the board, its areas and its units, year by year."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tasks.rules.assessment.forecast_accuracy import AccuracySettings, ClosedYear, Line, accuracy_table
from tasks.rules.organisation import UNIT

BOARD = "namnd"
Row = Mapping[str, Any]


def accuracy_rows(
    years: Mapping[int, Sequence[ClosedYear]],
    places: Mapping[str, tuple[str, str]],
    settings: AccuracySettings,
) -> Iterator[Row]:
    """Yield the report's rows of prognossakerhet, newest year first, and of it the board, areas, units.

    places: level (niva) and name by code; units without an area count in the board alone. A year of which no
    unit's outturn is known has no rows.
    """
    for year in sorted(years, reverse=True):
        if any(unit.outturn is not None for unit in years[year]):
            table = accuracy_table(years[year], settings)
            yield _row(table.board, year, (BOARD, table.board.name), None)
            for line in table.areas:
                if line.name in places:
                    yield _row(line, year, places[line.name], line.name)
            for line in table.units:
                yield _row(line, year, places.get(line.name, (UNIT, line.name)), line.name)


def _row(line: Line, year: int, place: tuple[str, str], code: str | None) -> Row:
    level, name = place
    told = {"regeln": line.rule, "chefen": line.manager, "takt": line.run_rate}
    return {
        "niva": level,
        "kod": code,
        "namn": name,
        "ar": year,
        **{who: accuracy.error_percent for who, accuracy in told.items()},
        "inom_1_procent": {who: accuracy.is_within for who, accuracy in told.items()},
        "atgardad": {who: accuracy.remedied for who, accuracy in told.items()},
        "antal": {who: accuracy.counted for who, accuracy in told.items()},
        "av": line.rule.of,
    }
