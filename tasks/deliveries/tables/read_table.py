"""Read a table from disk: what kind of file it really is, how large, and its cells as strings."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from tasks.deliveries.tables.raw_table import RawTable, UnreadableTableError, refusal
from tasks.deliveries.tables.read_csv import read_csv
from tasks.deliveries.tables.read_xlsx import read_xlsx
from tasks.rules.deliveries.tables.wanted import Wanted

__all__ = ["RawTable", "UnreadableTableError", "read_table"]

_HEAD = 1 << 16
_LATER = {".se", ".si", ".xml"}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|title|script)\b", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")


def read_table(
    path: Path, *, max_bytes: int, max_rows: int = 5_000_000, wanted: Wanted | None = None
) -> RawTable:
    """Read a `.csv` or `.xlsx` file of at most `max_bytes` bytes and `max_rows` rows.

    `wanted` says what source's table it should hold: then it is looked for, among sheets and below titles.

    Raises UnreadableTableError, whose problems say in Swedish what is wrong and how to mend it.
    """
    data = _read_bytes(path, max_bytes)
    _refuse_pages_and_old_workbooks(data)
    if path.suffix.lower() == ".xlsx":
        if not data.startswith(_ZIP):
            remedy = "Spara den som Excelarbetsbok (.xlsx), eller döp om den till .csv om det är en textfil."
            raise refusal("Filen heter .xlsx men är ingen Excelarbetsbok", remedy)
        return read_xlsx(data, max_rows=max_rows, wanted=wanted)
    if path.suffix.lower() == ".csv":
        _refuse_what_is_no_text(data)
        return read_csv(data, max_rows=max_rows, wanted=wanted)
    if path.suffix.lower() in _LATER:
        rule = f"Filer av typen {path.suffix.lower()} läses inte än"
        raise refusal(rule, "Lämna uppgifterna som CSV UTF-8 eller Excelarbetsbok (.xlsx).")
    raise refusal("Filen är varken .csv eller .xlsx", "Spara den som CSV UTF-8 eller Excelarbetsbok (.xlsx).")


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    most = f"{max_bytes / 1e6:g}".replace(".", ",")
    too_large = refusal(
        f"Filen är större än {most} MB",
        "Dela upp den, eller be den som sköter systemet att höja gränsen.",
    )
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise too_large
        with path.open("rb") as file:
            data = file.read(size + 1)
    except OSError as error:
        remedy = "Kontrollera att filen finns kvar och att den får läsas."
        raise refusal(f"Filen går inte att öppna ({error.strerror})", remedy) from error
    if len(data) > size:
        raise refusal("Filen växte medan den lästes", "Lämna in den igen när den är färdigskriven.")
    if not data.strip():
        raise refusal("Filen är tom", "Exportera den igen.")
    return data


def _refuse_pages_and_old_workbooks(data: bytes) -> None:
    head = data[:_HEAD]
    if head.startswith(_OLE):
        if _ENCRYPTED in data:
            raise refusal("Arbetsboken är lösenordsskyddad", "Ta bort lösenordet och spara den igen.")
        raise refusal("Filen är en gammal Excelfil (.xls)", "Spara den som Excelarbetsbok (.xlsx).")
    if head.startswith(b"%PDF"):
        raise refusal("Filen är en PDF", "Lämna tabellen som CSV eller Excelarbetsbok (.xlsx).")
    start = head.removeprefix(BOM_UTF8).lstrip()[:1000]
    if start.startswith(b"<") and _HTML.search(start):
        remedy = "Ofta har en inloggning eller ett fel sparats i stället. Exportera tabellen igen."
        raise refusal("Filen är en webbsida (HTML)", remedy)
    if start.startswith(b"<?xml"):
        raise refusal("Filen är XML", "Lämna tabellen som CSV eller Excelarbetsbok (.xlsx).")


def _refuse_what_is_no_text(data: bytes) -> None:
    if data.startswith(_ZIP):
        remedy = "Döp om den till .xlsx om det är en Excelarbetsbok, annars spara den som CSV UTF-8."
        raise refusal("Filen heter .csv men är en Excelfil eller zip-fil", remedy)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or _looks_like_utf16(data[:_HEAD]):
        raise refusal("Filen är UTF-16", "Spara den som CSV UTF-8 (i Excel: CSV UTF-8, kommaavgränsad).")
    if _CONTROLS.search(data, 0, _HEAD):
        raise refusal(
            "Filen är ingen text", "Kontrollera att det är rätt fil och exportera den som CSV UTF-8."
        )
    if b"\0" in data:
        remedy = "Filen har troligen skadats på vägen. Exportera och lämna in den igen."
        raise refusal("Filen innehåller NUL-tecken", remedy)


def _looks_like_utf16(head: bytes) -> bool:
    """Tell whether every other byte is mostly NUL, as in western text without a byte order mark."""
    nuls = max(head[0::2].count(0), head[1::2].count(0))
    return nuls > 1 and nuls > len(head) * 0.35
