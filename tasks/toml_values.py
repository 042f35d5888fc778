"""Dataclasses of settings, filled from the data of a TOML file; what can't be used is told by its key."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from tasks.errors import UsageError
from tasks.rules.json_values import Json

T = TypeVar("T")
SPECIMEN = {
    bool: "true eller false",
    int: "ett heltal",
    str: "en text",
    Decimal: "ett tal",
    tuple[str, ...]: "en lista med texter",
    tuple[int, ...]: "en lista med heltal",
}


def told_fields(kind: type, table: Json, where: str) -> dict[str, Any]:
    """Return the fields of a dataclass that a table tells. Raises UsageError naming a bad key."""
    known = _names(kind)
    for key in table:
        if key not in known:
            raise UsageError(f"{where}: {key} är okänt. Här kan stå: {', '.join(sorted(known))}.")
    hints = get_type_hints(kind)
    return {key: _value(hints[key], value, f"{where}: {key}") for key, value in table.items()}


def filled(kind: type[T], table: object, where: str) -> T:
    """Make a dataclass of what should be a table. Raises UsageError naming the key that can't be used."""
    if not isinstance(table, dict):
        raise UsageError(f"{where} ska vara ett avsnitt.")
    values = told_fields(kind, table, where)
    try:
        return kind(**values)
    except TypeError:
        lacking = [name for name in _names(kind) if name not in values]
        raise UsageError(f"{where} är inte komplett: ange även {', '.join(lacking)}.") from None


def _names(kind: type) -> list[str]:
    return [one.name for one in fields(kind)]


def _value(kind: Any, value: object, where: str) -> object:
    """Read a value of TOML as a field's kind, which may be any type of Python's."""
    if get_origin(kind) is UnionType:  # a figure that may be left out: what stands there is one
        kind = next(one for one in get_args(kind) if one is not type(None))
    if is_dataclass(kind):
        return filled(cast("type", kind), value, where)
    if kind is Decimal and isinstance(value, int | float | str) and not isinstance(value, bool):
        return _decimal(value, where)
    if kind in (bool, int, str) and type(value) is kind:
        return value
    if get_origin(kind) is Mapping and isinstance(value, dict):
        return {key: _value(get_args(kind)[1], one, f"{where}.{key}") for key, one in value.items()}
    if (
        get_origin(kind) is tuple
        and isinstance(value, list)
        and {type(one) for one in value} <= {get_args(kind)[0]}
    ):
        return tuple(value)
    raise UsageError(f"{where} ska vara {SPECIMEN.get(kind, 'ett avsnitt')}, inte {value!r}.")


def _decimal(value: float | str, where: str) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise UsageError(f"{where} ska vara ett tal, inte {value!r}.") from None


def plain(value: object) -> object:
    """Return settings as plain JSON values: tables and lists as they are, decimals as text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
