"""How a delivery's file is named, and what is said of a file whose name is another."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from tasks.rules.periods import Period

_ANYTHING = r"[^/\\\x00-\x1f]*"
_FILE_NAME = re.compile(
    rf"(?P<source>[a-z]+)_(?:(?P<period>[0-9]{{4}}-[0-9]{{2}})(?:_{_ANYTHING})?"
    rf"|(?P<year>[0-9]{{4}})(?:_(?![0-9]){_ANYTHING})?)\.(?P<extension>csv|xlsx|se|si|xml)"
)
"""After a year no number may follow: `_2026_09` is a month whose sign is wrong, and no year."""
_COPY = re.compile(
    r"(?:kopia av |copy of )?(?P<name>.+?)(?: \([0-9]{1,3}\)| - (?:kopia|copy)(?: \([0-9]{1,3}\))?)?"
)
"""What Windows, browsers and Excel put around the name of a copy."""
_NEAR = re.compile(r"(?P<source>[a-z]+)[ _-]+(?P<year>[12][0-9]{3})[ _-]?(?P<month>[0-9]{2})(?![0-9]).*")
_PLAIN_LETTERS = str.maketrans("åäö", "aao")
LOCK = "~$"
"""How Excel begins the name of the file that says that a workbook is open."""
_OLD_WORKBOOKS = frozenset({"xls", "xlsm", "xlsb", "ods", "numbers"})
NO_DELIVERY = "är ingen leverans: döp den till <källa>_<ÅÅÅÅ-MM>.csv eller ange --source och --period"


@dataclass(frozen=True)
class DeliveryName:
    """A file's source (`sjukfranvaro`), the period it is for, and its extension without the dot (`csv`).

    is_copy: its name says that it is a copy, as a browser or Windows makes it. is_year: it is for a whole
    year, of which `period` is December.
    """

    source: str
    period: Period
    extension: str
    is_copy: bool = False
    is_year: bool = False

    def __str__(self) -> str:
        when = self.period.year if self.is_year else self.period
        return f"{self.source}_{when}.{self.extension}"


def parse_file_name(name: str) -> DeliveryName | None:
    """Read a file's name, whatever its case and with å, ä, ö as a, a, o; None for a name to be ignored."""
    stem, dot, extension = _plain(name).rpartition(".")
    copied = _COPY.fullmatch(stem)
    own = stem if copied is None else copied["name"]
    match = _FILE_NAME.fullmatch(f"{own}{dot}{extension}")
    if match is None:
        return None
    period = _period(match["period"] or f"{match['year']}-12")
    if period is None:
        return None
    is_year = match["period"] is None
    return DeliveryName(match["source"], period, match["extension"], is_copy=own != stem, is_year=is_year)


def meant_name(name: str, sources: Collection[str]) -> DeliveryName | None:
    """Return the name that a nearly right one should have had; None for one that means nothing here.

    `Ekonomi 2026-09.csv`, `ekonomi_202609.xls`: source and month are there, a sign or the extension isn't.
    """
    stem, _, extension = _plain(name).rpartition(".")
    match = _NEAR.fullmatch(stem)
    period = None if match is None else _period(f"{match['year']}-{match['month']}")
    if match is None or period is None or match["source"] not in sources:
        return None
    kept = "xlsx" if extension in _OLD_WORKBOOKS | {"xlsx"} else "csv"
    return DeliveryName(match["source"], period, kept)


def name_advice(name: str, sources: Collection[str]) -> str:
    """Say of a file that is no delivery by its name what it is, and what to do: half a Swedish sentence.

    One that is named as a year's file of a source is of a source whose rows say no month.
    """
    plain = _plain(name)
    extension = plain.rpartition(".")[2]
    named, meant = parse_file_name(name), meant_name(name, sources)
    if plain.startswith(LOCK):
        return "är Excels låsfil: stäng arbetsboken och lämna den i stället"
    if extension in _OLD_WORKBOOKS:
        called = "" if meant is None else f" som {meant}"
        return f"är av typen .{extension}: spara den som Excelarbetsbok (.xlsx){called}"
    if named is not None and named.source in sources:
        month = replace(named, is_year=False, is_copy=False)
        return f"har rader utan månad och kan inte gälla ett helt år: döp den efter sin månad, som {month}"
    if named is not None:
        return f"har en källa som inte finns, {named.source}: välj bland {', '.join(sources)}"
    if meant is not None:
        return f"har nästan rätt namn: döp om den till {meant}"
    return NO_DELIVERY


def _plain(name: str) -> str:
    """Return a name in small letters, with å, ä, ö as a, a, o; NFC makes one letter again of macOS's å."""
    return unicodedata.normalize("NFC", name).lower().translate(_PLAIN_LETTERS)


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None
