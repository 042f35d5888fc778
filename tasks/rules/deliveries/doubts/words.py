"""What is said of doubts: which figures were compared, of how many units, and what to do, in Swedish.

Amounts are shown of the unit with the largest one. Counts and hours may be of few persons, and the words go
to more people than the one who handed in the file: they are shown as sums of about two digits, and a sum that
could be of few persons isn't shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from tasks.rules.declaration import Kind, Shape, Source
from tasks.rules.deliveries.doubts.doubt import Doubt, DoubtfulUnit, DoubtKind, KnownFigures
from tasks.rules.deliveries.doubts.kinds import Direction, Found
from tasks.rules.deliveries.doubts.scopes import WHOLE_FILE, Scope
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP, counted, kronor, mid_sentence, number, percent, shortened

MOST_PLACES = 3
LEDGER_WORDS = {"budget": "Budgeten", "outcome": "Utfallet"}
WAY_WORDS: Mapping[Direction | None, str] = {"smaller": "mindre", "larger": "större"}
BASIS_WORDS = {
    "earlier": "tidigare",
    "forecast": "enligt prognosen",
    "file": "i filens andra månader",
    "budget": "enligt budgeten",
    "outcome": "enligt utfallet",
    "plan": "enligt planen",
    "ledger": "enligt huvudboken",
    "row": "enligt radens andra uppgifter",
    "product": "hushåll gånger medelbidrag",
}
AGAINST_WORDS = {
    "earlier": "det som lämnats tidigare",
    "forecast": "prognosen",
    "file": "filens andra månader",
    "budget": "budgeten",
    "outcome": "utfallet",
    "plan": "planen",
    "ledger": "huvudboken",
}
IF_RIGHT = "Är siffrorna rätt kan en controller släppa in filen."
COUNT_REMEDY = f"Lämna siffrorna i den sort som rubriken säger. {IF_RIGHT}"
REMEDIES: Mapping[DoubtKind, str] = {
    "thousandfold": f"Lämna beloppen i kronor, eller låt rubriken sluta på _tkr om de är i tkr. {IF_RIGHT}",
    "apart": f"Lämna månadens egen budget och månadens eget utfall, i samma sort. {IF_RIGHT}",
    "accumulated": f"Lämna varje månads egna siffror, inte årets summa hittills. {IF_RIGHT}",
    "nothing": f"Lämna filen när månadens uppgifter finns. {IF_RIGHT}",
    "turned": f"Vänd tecknen: kostnader är positiva och intäkter negativa. {IF_RIGHT}",
    "fractions": f"Lämna procent som procent: 7,0 och inte 0,07. {IF_RIGHT}",
    "moved": f"Kontrollera att det är hela årets budget, för rätt enheter. {IF_RIGHT}",
}


@dataclass(frozen=True)
class Compared:
    """The two figures that a sentence compares, as they are shown, and where they stand.

    name: of the column. reach: of which units and months. when: the figure's month, unless reach says it.
    whose: the unit or row that they are of, in brackets, or nothing for sums. summed, gross: words of sums.
    """

    name: str
    reach: str
    when: str
    value: float
    before: float
    summed: str
    shown: str
    shown_before: str
    gross: str
    basis: str
    whose: str
    way: Direction | None

    @property
    def pair(self) -> str:
        """Return both figures, when and of whose they are."""
        return f"{self.summed}{self.shown}{self.when} mot {self.shown_before}{self.whose}"

    @property
    def unsigned(self) -> str:
        """Return both figures; a ledger's are sums of costs and incomes whatever their sign."""
        return f"{self.summed}{self.shown} mot {self.shown_before}{self.whose}{self.gross}"

    @property
    def factor(self) -> Decimal:
        """Return how many times larger the larger figure is."""
        ratio = abs(self.value / self.before)
        return Decimal(ratio if ratio > 1 else 1 / ratio)


def write_doubts(source: Source, known: KnownFigures, found: Iterable[Found]) -> tuple[Doubt, ...]:
    """Write one doubt for each kind: its widest place with the figures, and the other places by name."""
    by_kind: dict[DoubtKind, list[Found]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    return tuple(Doubt(kind, _rule(source, known, of), _remedy(source, kind)) for kind, of in by_kind.items())


def write_units(
    source: Source,
    known: KnownFigures,
    off: Iterable[tuple[pl.DataFrame, Direction]],
    *,
    by_month: bool = False,
) -> tuple[DoubtfulUnit, ...]:
    """Write a sentence for each unit that has cells a thousand times off, about the last of them.

    by_month: of a year's file, a sentence for each unit and month.
    """
    said: dict[tuple[str, Period | None], str] = {}
    one = ["unit", "period"] if by_month else ["unit"]
    for cells, way in off:
        for of_unit in cells.partition_by(one, maintain_order=True):
            scope = Scope(of_unit["measure"][-1], WHOLE_FILE, of_unit.tail(1), 1, 1)
            both = _compared(source, known, Found("thousandfold", scope, way))
            code = str(of_unit["unit"][0])
            figures = f", {both.shown}{both.when} mot {both.shown_before}" if _is_shown_alone(source) else ""
            words = f"{mid_sentence(both.name)} är {_thousand(both)}{figures}"
            month = Period.of(of_unit["period"][0]) if by_month else None
            said[code, month] = f"{_label(known, code)}: {words}"
    in_order = sorted(said, key=lambda place: (place[0], str(place[1])))
    return tuple(DoubtfulUnit(unit, said[unit, month], month) for unit, month in in_order)


def _remedy(source: Source, kind: DoubtKind) -> str:
    return COUNT_REMEDY if kind == "thousandfold" and not _is_money(source) else REMEDIES[kind]


def _rule(source: Source, known: KnownFigures, found: Sequence[Found]) -> str:
    first, *rest = found
    said = SENTENCES[first.kind](_compared(source, known, first))
    places = [f"{mid_sentence(_named(source, one.scope.measure))}{_reach(one.scope)}" for one in rest]
    return f"{said}. Detsamma gäller {shortened(places, MOST_PLACES)}" if places else said


def _thousandfold(both: Compared) -> str:
    if both.basis == "any":
        year = f"{WAY_WORDS[both.way]} än {both.shown_before} om året"
        return f"{both.name} är {year}{both.reach}: {both.shown}{both.whose}"
    return f"{both.name} är {_thousand(both)}{both.reach}: {both.pair}"


def _thousand(both: Compared) -> str:
    return f"omkring {number(1000)} gånger {WAY_WORDS[both.way]} än {BASIS_WORDS[both.basis]}"


def _apart(both: Compared) -> str:
    times = f"{number(both.factor, 0 if both.factor >= 10 else 1)} gånger {WAY_WORDS[both.way]}"
    return f"{both.name} är {times} än {AGAINST_WORDS[both.basis]}{both.reach}: {both.unsigned}"


def _accumulated(both: Compared) -> str:
    said = f"{both.name} ser ut att vara årets summa hittills{both.reach}"
    if both.basis == "first":
        return f"{said}: från {both.shown_before} till {both.shown}{both.when}{both.whose}, högre varje månad"
    month = f"i en vanlig månad {BASIS_WORDS[both.basis]}{both.whose}"
    return f"{said}: {both.summed}{both.shown}{both.when} mot {both.shown_before} {month}"


def _nothing(both: Compared) -> str:
    if not both.before:
        return f"{both.name} är 0 eller saknas{both.reach}, men inte i andra månader"
    had = f"{both.summed}{both.shown_before} {BASIS_WORDS[both.basis]}{both.gross}"
    return f"{both.name} är 0 eller saknas{both.reach}, mot {had}"


def _turned(both: Compared) -> str:
    if both.basis == "groups":
        figures = f"kostnader {both.shown} och intäkter {both.shown_before}{both.when}{both.whose}"
        return f"{both.name} har negativa kostnader och positiva intäkter{both.reach}: {figures}"
    return f"{both.name} har omvänt tecken mot {AGAINST_WORDS[both.basis]}{both.reach}: {both.pair}"


def _fractions(both: Compared) -> str:
    return f"{both.name} är omkring 100 gånger mindre än {BASIS_WORDS[both.basis]}{both.reach}: {both.pair}"


def _moved(both: Compared) -> str:
    change = percent(Decimal((both.value - both.before) / abs(both.before) * 100), 0)
    signed = change if both.value < both.before else f"+{change}"
    figures = f"{both.shown} mot {both.shown_before}{both.whose}, {signed}"
    return f"{both.name} för året är en annan än i förra leveransen{both.reach}: {figures}"


SENTENCES: Mapping[DoubtKind, Callable[[Compared], str]] = {
    "thousandfold": _thousandfold,
    "apart": _apart,
    "accumulated": _accumulated,
    "nothing": _nothing,
    "turned": _turned,
    "fractions": _fractions,
    "moved": _moved,
}


def _compared(source: Source, known: KnownFigures, found: Found) -> Compared:
    """Choose the figures to show: of the cell with the largest one; sums where it may be of few persons."""
    scope = found.scope
    size = pl.max_horizontal(pl.col("value").abs().fill_null(0), pl.col("before").abs().fill_null(0))
    cell = scope.off.sort(size, "unit", "item", "period").tail(1)
    is_sum = found.kind == "nothing" or not _is_shown_alone(source)
    figures = scope.off.select(pl.col("value", "before").sum()) if is_sum else cell
    value, before = float(figures["value"][0] or 0), float(figures["before"][0] or 0)
    unit, item = cell["unit"][0], cell["item"][0]
    name = " ".join(filter(None, (_label(known, unit), item)))
    return Compared(
        name=_named(source, scope.measure),
        reach=_reach(scope),
        when="" if "period" in scope.of else f" i {_month(cell['period'][0])}",
        value=value,
        before=before,
        summed="sammanlagt " if is_sum and scope.off.height > 1 else "",
        shown=_figure(source, scope.measure, value),
        shown_before=_figure(source, scope.measure, before),
        gross=", räknat utan tecken" if source.shape is Shape.LEDGER else "",
        basis=cell["basis"][0] or "earlier",
        whose=f" ({name})" if name and not is_sum else "",
        way=found.way,
    )


def _reach(scope: Scope) -> str:
    """Tell of which months, how many units, and of what type or item: ` i maj 2026 för 3 av 4 enheter`."""
    first = scope.off.row(0, named=True)
    month = f"i {_month(first['period'])}" if "period" in scope.of else ""
    noun = ("enhet", "enheter") if first["unit"] is not None else ("rad", "rader")
    is_only = first["unit"] is None and scope.comparable == 1
    units = "" if is_only else f"för {number(scope.units)} av {counted(scope.comparable, *noun)}"
    of_type = f"av typen {first['unit_type']}" if "unit_type" in scope.of else ""
    item = f"({first['item']})" if "item" in scope.of else ""
    return "".join(f" {part}" for part in (month, units, of_type, item) if part)


def _label(known: KnownFigures, unit: str | None) -> str | None:
    """Return a unit's code with its name."""
    name = known.unit_names.get(unit or "")
    return unit if name is None else f"{unit} {name}"


def _named(source: Source, measure: str) -> str:
    return LEDGER_WORDS[measure] if source.shape is Shape.LEDGER else f"”{source.column(measure).title}”"


def _month(day: date) -> str:
    return Period.of(day).swedish


def _is_money(source: Source) -> bool:
    return {column.kind for column in source.columns if column.is_totalled} == {Kind.AMOUNT}


def _is_shown_alone(source: Source) -> bool:
    """Tell whether a single row's figure may be shown: an amount, or what isn't of a unit's people."""
    return _is_money(source) or not any(column.is_totalled for column in source.columns)


def _figure(source: Source, measure: str, value: float) -> str:
    """Write a figure: kronor whole, others as they are, sums of people's as about two digits."""
    if _is_money(source):
        return kronor(Decimal(value))
    if _is_shown_alone(source):
        return f"{number(Decimal(value), 4).rstrip('0').rstrip(',')}"
    kind = source.column(measure).kind
    least, unit = (100_000, f"{NBSP}kronor") if kind is Kind.AMOUNT else (10, "")
    unit = f"{NBSP}timmar" if kind is Kind.HOURS else unit
    is_of_few = abs(value) < least
    return f"under {number(least)}{unit}" if is_of_few else f"{number(Decimal(f'{value:.2g}'))}{unit}"
