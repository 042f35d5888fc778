"""Numbers as people and systems write them in Swedish tables, read one by one or a whole column at a time."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

import polars as pl

MAX_WHOLE_DIGITS = 15  # beyond this a spreadsheet has already lost digits
MAX_DECIMALS = 20  # 15 + 20 digits fit polars' Decimal(38) with room for a sum

_SPACES = " \u00a0\u202f\u2009"
_MINUS = "-\u2212"
_WHOLE = "[1-9][0-9]{0,2}"

_AMBIGUOUS = re.compile(rf"{_WHOLE}[.,][0-9]{{3}}")
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<whole>[0-9]+)(?:[.,](?P<fraction>[0-9]+))?",  # 1234  1234,5
        r"(?P<whole>)[.,](?P<fraction>[0-9]+)",  # ,5 as databases write it
        rf"(?P<whole>{_WHOLE}(?:[{_SPACES}][0-9]{{3}})+)(?:[.,](?P<fraction>[0-9]+))?",  # 1 234,5
        rf"(?P<whole>{_WHOLE}(?:\.[0-9]{{3}})+),(?P<fraction>[0-9]+)",  # 1.234,5
        rf"(?P<whole>{_WHOLE}(?:,[0-9]{{3}})+)\.(?P<fraction>[0-9]+)",  # 1,234.5
        # 1.234.567
        rf"(?P<whole>{_WHOLE}(?:\.[0-9]{{3}}){{2,}}|{_WHOLE}(?:,[0-9]{{3}}){{2,}})(?P<fraction>)",
    )
)
# What whole columns usually hold. It must only match what the shapes above read to the same text (a property
# test holds them together); everything else goes through the one-by-one reading.
_USUAL = (
    rf"^(?:[{_MINUS}]?[1-9][0-9]{{0,14}}(?:[.,](?:[0-9]{{1,2}}|[0-9]{{4,20}}))?"
    rf"|[{_MINUS}]?[1-9][0-9]{{3,14}}[.,][0-9]{{3}}"
    r"|0(?:[.,][0-9]{1,20})?"
    rf"|[{_MINUS}]?{_WHOLE}(?:[{_SPACES}][0-9]{{3}}){{1,4}}(?:[.,][0-9]{{1,20}})?)$"
)
_TO_CANONICAL = {**dict.fromkeys(_SPACES, ""), ",": ".", "\u2212": "-"}


class Missing(Enum):
    """Why a cell has no number. Missing is not zero; the value is the mark as statistics write it."""

    EMPTY = ""
    NOT_AVAILABLE = ".."
    NOT_APPLICABLE = "."
    SUPPRESSED = "X"
    NOTHING = "-"


class Money(Enum):
    """What the figures of a column of amounts are, as its header says."""

    KRONOR = "kr"
    THOUSANDS = "tkr"


_CURRENCY = re.compile(r"(?:kr\.?|sek|:-)$|^(?:kr|sek)(?=[^a-z])", re.IGNORECASE)
_MARKS = {mark.value: mark for mark in Missing} | {"x": Missing.SUPPRESSED}
_MARKS |= dict.fromkeys("\u2212\u2013\u2014", Missing.NOTHING)  # a dash that a word processor made longer


class NumberTextError(ValueError):
    """A text that is no number, or may be two.

    `rule` says what is wrong and `remedy` how to mend it, both in Swedish.
    """

    def __init__(self, text: str, rule: str, remedy: str) -> None:
        super().__init__(f"{rule}: {text}. {remedy}")
        self.text = text
        self.rule = rule
        self.remedy = remedy


@dataclass(frozen=True)
class NumberColumn:
    """A column of number texts, read: three series of the same length.

    `values` holds canonical decimal text (`-1234.50`) or null, `missing` the mark of a `Missing` or null, and
    `bad` is true where the text is refused: ask `parse_amount` or `parse_count` for the reason.
    """

    values: pl.Series
    missing: pl.Series
    bad: pl.Series
    is_usual: bool = False
    """No figure is written but in its usual form."""


def parse_amount(text: str, *, percent: bool = False, money: Money | None = None) -> Decimal | Missing:
    """Read one number exactly as written; with `percent`, a trailing % is allowed and dropped.

    With `money`, a dash is 0 as accounting formats write it, and kronor may say so (`kr`, `SEK`, `:-`).
    Raises NumberTextError for what is no number or may be two (`1.234`).
    """
    read = _read(text, percent=percent, whole_only=False, money=money)
    return read if isinstance(read, Missing) else Decimal(read)


def parse_count(text: str) -> int | Missing:
    """Read one whole number; decimals may only be zeros. Raises NumberTextError as `parse_amount` does."""
    read = _read(text, percent=False, whole_only=True, money=None)
    return read if isinstance(read, Missing) else int(read)


def parse_amounts(texts: pl.Series, *, percent: bool = False, money: Money | None = None) -> NumberColumn:
    """Read a whole column as `parse_amount` reads each cell; null is an empty cell."""
    return _read_column(texts, percent=percent, whole_only=False, money=money)


def parse_counts(texts: pl.Series) -> NumberColumn:
    """Read a whole column as `parse_count` reads each cell; null is an empty cell."""
    return _read_column(texts, percent=False, whole_only=True, money=None)


def as_decimals(values: pl.Series) -> pl.Series:
    """Turn canonical texts into polars Decimal with as many decimals as the longest has: nothing is rounded.

    A sum of them is exact; one of more than 38 digits raises polars' ComputeError.
    """
    text = pl.col("text")
    decimals = text.str.len_bytes().cast(pl.Int64) - text.str.find(".", literal=True) - 1
    scale = values.to_frame("text").select(decimals.max()).item()
    return values.cast(pl.Decimal(38, scale if isinstance(scale, int) else 0))


def has_currency(text: str) -> bool:
    """Tell whether an amount's text says kr, SEK or `:-`."""
    return _CURRENCY.search(text.strip()) is not None


def _read_column(texts: pl.Series, *, percent: bool, whole_only: bool, money: Money | None) -> NumberColumn:
    filled = texts.fill_null("").alias("text")
    cells = _read_usual(filled, whole_only=whole_only)
    if not cells["is_usual"].all() and (signed := _sign_first(filled)) is not filled:
        cells = _read_usual(signed, whole_only=whole_only)
    frame = cells.select("values", "missing", "bad")
    if cells["is_usual"].all():
        return NumberColumn(frame["values"], frame["missing"], frame["bad"], is_usual=True)
    odd = (~cells["is_usual"]).arg_true()
    odd_texts = filled.gather(odd)
    known = _read_distinct(odd_texts.unique(), percent=percent, whole_only=whole_only, money=money)
    read = odd_texts.to_frame().join(known, on="text", how="left", maintain_order="left")
    values, missing, bad = (frame[name].scatter(odd, read[name]) for name in frame.columns)
    return NumberColumn(values, missing, bad, is_usual=known["values"].is_null().all())


def _read_usual(texts: pl.Series, *, whole_only: bool) -> pl.DataFrame:
    """Read what is empty or in its usual form: `is_usual`, and the series of a NumberColumn."""
    text = pl.col("text")
    is_number, is_empty = text.str.contains(_USUAL), text == Missing.EMPTY.value
    if whole_only:
        is_number &= ~text.str.contains("[.,]")
    return texts.to_frame("text").select(
        is_usual=is_number | is_empty,
        values=pl.when(is_number).then(text.str.replace_many(_TO_CANONICAL)),
        missing=pl.when(is_empty).then(pl.lit(Missing.EMPTY.value)),
        bad=pl.lit(value=False),
    )


def _sign_first(texts: pl.Series) -> pl.Series:
    """Write `1234-` and `(1234)` as `-1234`: whole systems export their credits so."""
    if not texts.str.contains(rf"[{_MINUS})]$").any():
        return texts
    return texts.str.replace(rf"^([0-9][^{_MINUS}]*)[{_MINUS}]$|^\(([0-9][^{_MINUS}]*)\)$", "-${1}${2}")


def _read_distinct(texts: pl.Series, *, percent: bool, whole_only: bool, money: Money | None) -> pl.DataFrame:
    values: list[str | None] = []
    missing: list[str | None] = []
    for text in texts:
        try:
            read = _read(text, percent=percent, whole_only=whole_only, money=money)
        except NumberTextError:
            read = None
        values.append(read if isinstance(read, str) else None)
        missing.append(read.value if isinstance(read, Missing) else None)
    frame = pl.DataFrame(
        {"text": texts, "values": values, "missing": missing},
        schema={"text": pl.String, "values": pl.String, "missing": pl.String},
    )
    return frame.with_columns(bad=pl.col("values").is_null() & pl.col("missing").is_null())


def _read(text: str, *, percent: bool, whole_only: bool, money: Money | None) -> str | Missing:
    bare = text.strip(_SPACES + "\t\r\n")
    if money is not None:
        bare = _without_currency(text, bare, money)
    mark = _MARKS.get(bare)
    if mark is Missing.NOTHING and money is not None:
        return "0"
    if mark is not None:
        return mark
    if percent and bare.endswith("%"):
        bare = bare[:-1].rstrip(_SPACES)
    negative, body = _split_sign(bare)
    whole, fraction = _split_digits(text, body, negative=negative)
    if whole_only:
        if fraction.strip("0"):
            raise NumberTextError(text, "Antalet har decimaler", "Skriv ett heltal.")
        fraction = ""
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if negative and number.strip("0.") else number


def _without_currency(text: str, bare: str, money: Money) -> str:
    if not has_currency(bare):
        return bare
    if money is not Money.KRONOR:
        rule = "Beloppet säger kronor, men rubriken säger tusental eller miljoner"
        raise NumberTextError(text, rule, "Rätta rubriken eller beloppet, så att de säger samma sak.")
    return _CURRENCY.sub("", bare).strip(_SPACES) or bare


def _split_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip(_SPACES)
    if text.startswith((*_MINUS, "+")):
        return text[0] in _MINUS, text[1:].lstrip(_SPACES)
    if text.endswith(tuple(_MINUS)):
        return True, text[:-1].rstrip(_SPACES)
    return False, text


def _split_digits(text: str, body: str, *, negative: bool) -> tuple[str, str]:
    if _AMBIGUOUS.fullmatch(body):
        sign = "-" if negative else ""
        thousands = sign + re.sub("[.,]", "", body)
        decimals = sign + body.replace(".", ",") + "0"
        remedy = f"Skriv {thousands} om du menar tusental och {decimals} om du menar decimaler."
        raise NumberTextError(text, "Talet kan läsas på två sätt", remedy)
    match = next((found for shape in _SHAPES if (found := shape.fullmatch(body))), None)
    if match is None:
        raise NumberTextError(text, *_why_no_number(body))
    whole = re.sub(f"[.,{_SPACES}]", "", match["whole"]).lstrip("0") or "0"
    fraction = match["fraction"] or ""
    if len(whole) > MAX_WHOLE_DIGITS:
        rule = f"Talet har fler än {MAX_WHOLE_DIGITS} siffror före decimaltecknet"
        raise NumberTextError(text, rule, "Kontrollera att det är rätt tal i rätt kolumn.")
    if len(fraction) > MAX_DECIMALS:
        raise NumberTextError(text, f"Talet har fler än {MAX_DECIMALS} decimaler", "Avrunda talet.")
    return whole, fraction


def _why_no_number(body: str) -> tuple[str, str]:
    if re.fullmatch(rf"[0-9][0-9.,{_SPACES}]*", body):
        return "Siffrorna är fel grupperade", "Skriv tre siffror i varje grupp, till exempel 12 345,50."
    if re.fullmatch(r"[0-9.,]+[eE][-+]?[0-9]+", body):
        return "Talet är skrivet med exponent", "Skriv ut hela talet, till exempel 1 230 000."
    if body.endswith("%"):
        return "Talet har ett procenttecken", "Skriv talet utan procenttecken."
    return "Det är inget tal", "Skriv ett tal, till exempel 12 345,50, eller lämna cellen tom."
