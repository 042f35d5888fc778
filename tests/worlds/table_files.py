"""Write a file, read it as a table, and look at what came of it."""

from pathlib import Path

import pytest

from tasks.deliveries.tables.read_table import RawTable, UnreadableTableError, read_table

MAX_BYTES = 10_000_000


def read_text(folder: Path, text: str, encoding: str = "utf-8") -> RawTable:
    return read_bytes(folder, text.encode(encoding))


def read_bytes(folder: Path, data: bytes, name: str = "ekonomi_2026-09.csv", **limits: int) -> RawTable:
    path = folder / name
    path.write_bytes(data)
    return read_table(path, **{"max_bytes": MAX_BYTES, **limits})


def refused(
    folder: Path, data: bytes, name: str = "ekonomi_2026-09.csv", **limits: int
) -> UnreadableTableError:
    with pytest.raises(UnreadableTableError) as error:
        read_bytes(folder, data, name, **limits)
    assert all(problem.rule and problem.remedy.endswith((".", ")")) for problem in error.value.problems)
    return error.value


def is_read_or_refused(folder: Path, data: bytes, name: str) -> bool:
    try:
        return read_bytes(folder, data, name).frame.height > 0
    except UnreadableTableError as error:
        return len(error.problems) > 0


def cells(table: RawTable) -> list[tuple[str | None, ...]]:
    return table.frame.drop("row_no").rows()


def row_numbers(table: RawTable) -> list[int]:
    return table.frame["row_no"].to_list()
