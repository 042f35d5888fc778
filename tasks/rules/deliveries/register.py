"""What may be wrong with a delivery of the organisation register: its tree, and what it leaves out."""

from collections import Counter

import polars as pl

from tasks.rules.cell_text import codes_of
from tasks.rules.declaration import Shape
from tasks.rules.deliveries.cells import always, cells_that, cells_where
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.rows import in_rings
from tasks.rules.deliveries.sheet import Sheet
from tasks.rules.deliveries.units import named
from tasks.rules.swedish import counted, date_words

TREE = ("kod", "namn", "overordnad")


def parents_that_are_absent(sheet: Sheet) -> Findings:
    """Find rows whose overordnad is no row of the file."""
    if not _is_register(sheet):
        return Findings()
    absent = sheet.text["overordnad"].is_not_null() & parents(sheet.text).is_null()
    why = (
        "Överordnad finns inte i filen",
        "Skriv en kod som finns i filen, eller lämna cellen tom för den översta.",
    )
    return cells_where(sheet, sheet.source.column("overordnad"), absent, always(*why))


def rings_in_the_tree(sheet: Sheet) -> Findings:
    """Find units that lie above themselves."""
    if not _is_register(sheet):
        return Findings()
    above = dict(zip(sheet.text["kod"], parents(sheet.text), strict=True))
    above.pop(None, None)
    ring = sheet.text["kod"].is_in(list(in_rings(above)))
    why = ("Enheten ligger över sig själv i trädet", "Rätta överordnad på någon av raderna i ringen.")
    return cells_where(sheet, sheet.source.column("overordnad"), ring, always(*why))


def unknown_predecessors(sheet: Sheet) -> Findings:
    """Warn of codes in ersatter that no register has had."""
    if not (_is_register(sheet) and sheet.has("ersatter")):
        return Findings()
    own = set(sheet.text["kod"])

    def has_unknown(text: str) -> bool:
        return any(
            code not in own and not (sheet.register and sheet.register.knows(code)) for code in codes_of(text)
        )

    mask = cells_that(sheet.text["ersatter"], has_unknown)
    why = ("Ersatter nämner en kod som inget register har haft", "Rätta koden om historiken ska följa med.")
    return cells_where(sheet, sheet.source.column("ersatter"), mask, always(*why))


def units_that_end(sheet: Sheet) -> Findings:
    """Warn of units of the month before that this register leaves out: they end the day before its period."""
    before = sheet.period.plus(-1)
    if not (_is_register(sheet) and sheet.register and sheet.register.has_one_by(before)):
        return Findings()
    own = set(sheet.text["kod"])
    ending = [unit.code for unit in sheet.register.all_valid(before) if unit.code not in own]
    if not ending:
        return Findings()
    last_day = date_words(before.last_day)
    rule = f"{counted(len(ending), 'kod saknas', 'koder saknas')} i det här registret och upphör {last_day}"
    remedy = "Inget behöver göras om det stämmer; annars lägg till dem och leverera registret igen."
    return Findings.of([Problem(rule, remedy, None, sheet.headers["kod"], named(ending))])


def names_that_are_empty(sheet: Sheet) -> Findings:
    """Warn of units without a name: their code stands in its place."""
    if not _is_register(sheet):
        return Findings()
    why = ("Namnet är tomt", "Fyll i namnet; tills vidare visas koden i stället.")
    return cells_where(sheet, sheet.source.column("namn"), sheet.text["namn"].is_null(), always(*why))


def parents(text: pl.DataFrame) -> pl.Series:
    """Return each row's overordnad as a code: it may be written as one, or as a name that one row has."""
    codes = set(text["kod"].drop_nulls())
    names = Counter(text["namn"].drop_nulls())
    by_name = {name: code for name, code in zip(text["namn"], text["kod"], strict=True) if names[name] == 1}
    codes_above = [above if above in codes else by_name.get(above) for above in text["overordnad"]]
    return pl.Series("parent", codes_above, dtype=pl.String)


def _is_register(sheet: Sheet) -> bool:
    return sheet.source.shape is Shape.REGISTER and sheet.has(*TREE)
