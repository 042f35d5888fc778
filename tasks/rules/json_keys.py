"""Dataclasses as the contract's JSON, and read back: a field is called in English and says its key.

`decided: Annotated[Decimal, Key("budget_beslutad")]`; without a Key the field's name is the key. Decimals are
JSON numbers, days and months their text.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from tasks.rules.json_values import as_number
from tasks.rules.periods import Period

Hidden = Literal["doldt"]
HIDDEN: Hidden = "doldt"
Figure = Decimal | Hidden | None
"""A figure that may be told: None is missing, HIDDEN is of too few people."""

T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """A field's key in the JSON; one that is `left_out` has no key while its value is None."""

    name: str
    left_out: bool = False


BESIDE = Key("")
"""Of a dataclass in another one, or a mapping of what is left: its keys stand beside the other's."""


@dataclass(frozen=True)
class _Field:
    name: str
    key: Key
    kind: Any
    has_default: bool


def to_json(value: object) -> Any:
    """Return a value, or a dataclass with all that is in it, as JSON holds it."""
    if isinstance(value, Decimal):
        return as_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, Mapping):
        return {name: to_json(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(part) for part in value]
    return _keyed(value) if is_dataclass(value) else value


def of_json(kind: type[T], content: Mapping[str, Any]) -> T:
    """Read a dataclass back, its numbers as the Decimals that they were.

    Where a key lacks, as in what was kept before there was one, the field has its default, or is None where
    it may be. Raises KeyError for another, ValueError or ArithmeticError for what isn't of the field's kind.
    """
    declared = _fields(cast("Any", kind))
    values: dict[str, Any] = {}
    for field in declared:
        if field.key == BESIDE:
            own = {other.key.name for other in declared}
            beside = {name: part for name, part in content.items() if name not in own}
            values[field.name] = _read(field.kind, beside)
        elif field.key.name in content or not (field.has_default or _may_be_none(field.kind)):
            values[field.name] = _read(field.kind, content[field.key.name])
        elif not field.has_default:
            values[field.name] = None
    return kind(**values)


def _keyed(part: object) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for field in _fields(cast("Any", type(part))):
        value = getattr(part, field.name)
        if field.key == BESIDE:
            content |= to_json(value)
        elif value is not None or not field.key.left_out:
            content[field.key.name] = to_json(value)
    return content


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind, include_extras=True)
    found = []
    for field in fields(kind):
        hint, key = hints[field.name], Key(field.name)
        if get_origin(hint) is Annotated:
            hint, key = get_args(hint)
        found.append(_Field(field.name, key, hint, field.default is not MISSING))
    return tuple(found)


def _may_be_none(kind: Any) -> bool:
    return NoneType in get_args(kind)


def _read(kind: Any, value: Any) -> Any:
    """Read a value of a kind; what is JSON's own (text, bool, int, float) stays as it is."""
    origin, of = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _read_one_of(of, value)
    if origin is tuple:
        kinds = of[:1] * len(value) if of[-1] is Ellipsis else of
        return tuple(_read(each, part) for each, part in zip(kinds, value, strict=True))
    if origin is Mapping:
        return {name: _read(of[1], part) for name, part in value.items()}
    if kind is Decimal:
        return Decimal(str(value))
    if kind is date:
        return date.fromisoformat(value)
    if kind is Period:
        return Period.parse(value)
    return of_json(cast("type", kind), value) if is_dataclass(kind) else value


def _read_one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Read what may be missing or hidden, or a text where else a number stands."""
    if value is None or (value == HIDDEN and Hidden in kinds) or (isinstance(value, str) and str in kinds):
        return value
    (kind,) = (kind for kind in kinds if kind not in {NoneType, Hidden, str})
    return _read(kind, value)
