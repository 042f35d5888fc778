"""A list of flat JSON objects as a CSV table, every figure as it stood."""

import csv
import io
import json
from collections.abc import Mapping
from typing import NoReturn

from tasks.errors import ManadError

_NEXT_PAGE = ("next", "next_url", "nextlink", "next_link", "next_page", "@odata.nextlink")
"""Keys beside a list, in small letters, by which services say that there is more of it."""
_SHOWN = 40


class NoTableError(ManadError):
    """The JSON is no list of flat objects; the message says what it is instead."""


def json_as_csv(data: bytes, list_key: str = "") -> bytes:
    """Write a list of objects, or the list under a key of one object, as CSV (UTF-8, semicolons).

    The columns are the objects' keys in the order that they first come. null and an absent key are an empty
    cell; numbers are written digit by digit as they stood. Raises NoTableError for anything else.
    """
    rows = [_row(value, number) for number, value in enumerate(_list_in(_parsed(data), list_key), 1)]
    if not rows:
        raise NoTableError("svaret är en tom lista. Kontrollera exporten i systemet som adressen går till.")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    if not columns:
        raise NoTableError(
            "objekten i listan är tomma. Kontrollera exporten i systemet som adressen går till."
        )
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column) for column in columns] for row in rows)  # the writer leaves None empty
    try:
        return written.getvalue().encode()
    except UnicodeEncodeError:
        raise NoTableError("svaret har tecken som inte finns. Säg till den som sköter servern.") from None


def _parsed(data: bytes) -> object:
    try:
        parsed: object = json.loads(
            data.decode("utf-8-sig"),
            parse_float=str,
            parse_int=str,
            parse_constant=_no_number,
            object_pairs_hook=_without_doubles,
        )
    except UnicodeDecodeError:
        raise NoTableError("svaret är inte UTF-8, som JSON ska vara.") from None
    except (json.JSONDecodeError, RecursionError):
        raise NoTableError(
            "svaret är ingen riktig JSON. Hämta igen; säg till den som sköter servern."
        ) from None
    return parsed


def _no_number(name: str) -> NoReturn:
    raise NoTableError(f"svaret har {name} som tal. Be den som sköter servern att skriva null.")


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise NoTableError(f"ett objekt har {_short(double)} två gånger: det syns inte vilket som gäller.")
    return made


def _list_in(value: object, list_key: str) -> list[object]:
    if list_key:
        if not isinstance(value, dict):
            raise NoTableError(
                f"svaret är inget objekt med nyckeln {list_key}. Ta bort list_key i manad.toml."
            )
        _refuse_part(value)
        value = value.get(list_key)
    if not isinstance(value, list):
        where = f"Under {list_key} står" if list_key else "Det är"
        raise NoTableError(
            f"svaret har ingen lista där den ska vara. {where} {_kind(value)}: "
            "ange i list_key i manad.toml vilken nyckel som har listan."
        )
    return value


def _refuse_part(value: Mapping[str, object]) -> None:
    """Refuse one page of several: a month must not be taken in cut off."""
    for key, link in value.items():
        if key.lower() in _NEXT_PAGE and link:
            raise NoTableError(
                f"svaret är bara en sida av flera ({_short(key)} visar på nästa). "
                "Ange en adress som ger hela listan."
            )


def _row(value: object, number: int) -> dict[str, str | None]:
    """Return an object as a row; row `number` of the list, from 1."""
    if not isinstance(value, dict):
        raise NoTableError(f"rad {number} i listan är {_kind(value)} och inget objekt.")
    for key, cell in value.items():
        if not (cell is None or isinstance(cell, str)):
            raise NoTableError(
                f"rad {number}, {_short(key)}: {_kind(cell)} kan inte stå i en cell, bara text, tal och null."
            )
    return value


def _kind(value: object) -> str:
    names = {dict: "ett objekt", list: "en lista", bool: "sant eller falskt", str: "en text eller ett tal"}
    return names.get(type(value), "ingenting")


def _short(key: str) -> str:
    return repr(key[:_SHOWN])
