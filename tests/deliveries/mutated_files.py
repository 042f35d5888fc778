"""Valid deliveries with something changed at random: cells, rows, headers, the writing, bytes."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, timedelta

import openpyxl

UNITS = {"0101": "Solen", "0102": "Månen", "0103": "Stjärnan"}
PERIOD = "2026-09"

# What a cell may become: numbers as people and systems write them, words, dates, errors, odd letters.
CELLS = [
    "", " ", "x", "X", "..", ".", "-", "–", "0", "-0", "00", "1.234", "1,234", "1 234,50", '1\xa0234',
    "1.234,5", "1,234.5", "1.234.567", "12 34", "1e5", "1E+3", "(5)", "(1 234,5)", "−7", "5-", "+5",
    "--5", "12,5 %", "12%", "kr 5", "5 kr", "5:-", "5 SEK", "5 tkr", "#DIV/0!", "#REF!", "=1+1", "NaN",
    "inf", "TRUE", "null", "None", "9" * 15, "9" * 16, "0,1", "0.5", ",5", "5,", "½", "１２", "٣",
    "1'234", "0x10", "7" * 40, "1;2", '"', 'a"b', 'a\nb', "=HYPERLINK(1)", '\u200b5', '5\u200b',
    '\ufeff7', '5\t', '1\u202f234', "12:30", "1900-01-00", "2026-09", "2026-08", "2026-10", "2026-13",
    "202609", "2026M09", "sep-26", "september 2026", "2026-09-30", "45900", "2025-09", "9999-12-31",
    "Summa", "Totalt", "summa 2026", "0101", "101", "0102 Månen", "Månen", "solen", '0101\xa0', "O101",
    "0999", "K", "M", "Kvinnor", "Totalt kön", "Personal", "personal", "Intäkter",
]  # fmt: skip
HEADERS = [
    "", "period", "utfall_tkr", "Utfall (tkr)", "budget_mnkr", "utfall_ack", "helår", "namn", "klient",
    "Kommentar", "Utfall", "BUDGET", "enhet", "kst", "matt", "januari", "2026-09", "personnummer",
    "Anställda", "antal",
]  # fmt: skip
TYPED = re.compile("-?(?:[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})+|[1-9][0-9]{0,11})(?:,[0-9]{1,4})?")
"""What a spreadsheet in Swedish takes for a number."""
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "cp1252", "latin-1", "mac-roman", "utf-16", "cp437"]


@dataclass(frozen=True)
class Mutated:
    """A file: its name, its bytes, and its table before it was written (None: bytes were changed)."""

    name: str
    data: bytes
    grid: list[list[str]] | None


def valid_grid(source, random):
    """Return a valid delivery's rows, the header first."""
    months = [f"2026-{month:02d}" for month in range(7, 11)]
    if source == "ekonomi":
        rows = [
            [
                month,
                unit,
                group,
                str(random.randrange(-9, 99) * 1000),
                amount(random) if month <= PERIOD else "",
            ]
            for month in months
            for unit in UNITS
            for group in ("Personal", "Lokaler")
        ]
        return [["period", "enhet", "kontogrupp", "budget", "utfall"], *rows]
    if source == "prestationer":
        rows = [[PERIOD, unit, "Inskrivna barn", "40", str(random.randrange(30, 50))] for unit in UNITS]
        return [["period", "enhet", "matt", "planerat", "utfall"], *rows]
    if source == "bistand":
        return [
            ["period", "hushall", "medelbidrag", "vuxna"],
            [PERIOD, str(random.randrange(500, 999)), amount(random, 9000), "1 200"],
        ]
    spans = [f"franvarotimmar_{span}" for span in ("1_14", "15_90", "91")]
    rows = [
        [PERIOD, unit, sex, "12", "1 900", *(str(random.randrange(90)) for _ in spans)]
        for unit in UNITS
        for sex in "KM"
    ]
    return [["period", "enhet", "kon", "anstallda", "ordinarie_timmar", *spans], *rows]


def amount(random, least=1000):
    """Write an amount as one of the systems does."""
    value = random.randrange(least, least * 90)
    grouped = f"{value:,}".replace(",", random.choice([" ", "\u00a0", ""]))
    return grouped + random.choice(["", "", ",50", ",5"])


def mutated_file(source, random):
    """Make a delivery with one to three things changed."""
    grid = valid_grid(source, random)
    for _ in range(random.randrange(1, 4)):
        random.choice(CHANGES)(grid, random)
    is_book = random.random() < 0.3
    data = _book(grid, random) if is_book else _text(grid, random)
    name = f"{source}_{PERIOD}.{'xlsx' if is_book else 'csv'}"
    if random.random() < 0.25:
        return Mutated(name, _broken(data, random), None)
    return Mutated(name, data, grid)


def _cell(grid, random):
    row = random.choice(grid)
    if row:
        row[random.randrange(len(row))] = random.choice(CELLS)


def _letters(grid, random):
    """Change one letter of a cell."""
    row = random.choice(grid)
    at = random.randrange(len(row)) if row else 0
    if row and row[at]:
        place = random.randrange(len(row[at]))
        row[at] = row[at][:place] + random.choice("0123456789,. -xå\u00a0%") + row[at][place + 1 :]


def _header(grid, random):
    grid[0][random.randrange(len(grid[0]))] = random.choice(HEADERS)


def _twice(grid, random):
    grid.insert(random.randrange(1, len(grid) + 1), list(random.choice(grid)))


def _gone(grid, random):
    if len(grid) > 1:
        del grid[random.randrange(1, len(grid))]


def _moved(grid, random):
    one, other = (random.randrange(len(grid)) for _ in range(2))
    grid[one], grid[other] = grid[other], grid[one]


def _column(grid, random):
    """Move, double or remove a column, or add one that nobody knows."""
    at = random.randrange(len(grid[0]))
    what = random.choice(["move", "double", "remove", "add"])
    for number, row in enumerate(grid):
        if at < len(row):
            cell = row[at]
            if what in ("move", "remove"):
                del row[at]
            if what == "move":
                row.append(cell)
            if what == "double":
                row.insert(at, cell)
        if what == "add":
            row.append("Kommentar" if not number else random.choice(["", "x", "5"]))


def _titles(grid, random):
    width = len(grid[0])
    title = ["Rapport uttagen 2026-10-05", *[""] * (width - 1)]
    grid[0:0] = [title, [""] * width][: random.randrange(1, 3)]


def _footer(grid, random):
    width = len(grid[0])
    label = random.choice(["Summa", "Totalt", "Källa: systemet", "Anm. preliminärt"])
    grid.append([label, *(random.choice(["", "", "17"]) for _ in range(width - 1))])


def _empty(grid, random):
    grid.insert(random.randrange(len(grid) + 1), [""] * len(grid[0]))


CHANGES = [*[_cell] * 4, *[_letters] * 2, _header, _twice, _gone, _moved, _column, _titles, _footer, _empty]


def _text(grid, random):
    out = io.StringIO()
    delimiter = random.choice(";;;;,\t|")
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(
        out, delimiter=delimiter, quoting=quoting, lineterminator=random.choice(["\n", "\r\n", "\r"])
    )
    if random.random() < 0.05:
        out.write(f"sep={delimiter}\n")
    writer.writerows(grid)
    return out.getvalue().encode(random.choice(ENCODINGS), "replace")


def _book(grid, random):
    """Write a workbook: cells as text, or as the numbers and dates that a spreadsheet makes of them."""
    book = openpyxl.Workbook()
    sheet = book.active
    typed = random.random() < 0.5
    for row in grid:
        sheet.append([_typed(cell) if typed else _safe(cell) for cell in row])
    if random.random() < 0.1:
        book.create_sheet("Läs mig").append(["Det här är en rapport"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(cell):
    """Return a cell that a workbook can hold: formulas would have no value."""
    return cell.replace("=", "") or None


def _typed(cell):
    if cell == PERIOD:
        return date(2026, 9, 1)
    if TYPED.fullmatch(cell):
        plain = cell.replace(" ", "").replace("\u00a0", "").replace(",", ".")
        return float(plain) if "." in plain else int(plain)
    if cell == "45900":
        return date(1899, 12, 30) + timedelta(days=45900)
    return _safe(cell)


def _broken(data, random):
    """Change bytes: one turned, a piece lost, doubled or moved, the end cut off."""
    at, length = random.randrange(len(data)), random.randrange(1, 40)
    piece = data[at : at + length]
    return random.choice(
        [
            data[:at] + bytes([random.randrange(256)]) + data[at + 1 :],
            data[:at] + data[at + length :],
            data[:at] + piece + data[at:],
            data[:at],
            data[:at] + data[at + length :] + piece,
        ]
    )
