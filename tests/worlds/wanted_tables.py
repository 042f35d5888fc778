"""Files in which a source's table is looked for, written and read."""

import io

import openpyxl
import pytest

from tasks.deliveries.tables.read_table import UnreadableTableError, read_table
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.worlds.table_files import MAX_BYTES

HEADER = ["period", "enhet", "kontogrupp", "budget", "utfall"]
ROW = ["2026-09", "0101", "Personal", "100", "90"]
OTHER = ["2026-09", "0102", "Personal", "200", "190"]


def read(folder, data, name="ekonomi_2026-09.csv", source="ekonomi"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(path, max_bytes=MAX_BYTES, wanted=Wanted(all_sources()[source], Period(2026, 9)))


def problems(folder, data, name="ekonomi_2026-09.csv", source="ekonomi"):
    with pytest.raises(UnreadableTableError) as error:
        read(folder, data, name, source)
    return error.value.problems


def csv(*rows, end="\n"):
    return "\n".join(";".join(row) for row in rows) + end


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made):
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def read_book(folder, made, source="ekonomi"):
    return read(folder, saved(made), f"{source}_2026-09.xlsx", source)


def rules(table):
    return [note.rule for note in table.notes]
