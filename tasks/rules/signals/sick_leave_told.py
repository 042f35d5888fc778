"""A month's sick leave as it was told, and as it is kept: what later versions and months are held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.delivered import Delivered
from tasks.rules.json_values import Json
from tasks.rules.periods import Period
from tasks.rules.published_sums import Atom, Published, Sum
from tasks.rules.signals.sick_leave_shown import EMPLOYEES, HOURS, PlaceOfSex
from tasks.rules.small_groups import Size

COLUMNS = (EMPLOYEES, *HOURS)


@dataclass(frozen=True)
class ToldMonth:
    """A month's sick leave as it was told, or may be.

    rows: as delivered, but for units that count as they were published before. hidden: places that are not
    shown. refused: those of them that only an earlier version hides.
    """

    rows: tuple[Delivered, ...]
    hidden: frozenset[PlaceOfSex]
    refused: frozenset[PlaceOfSex]
    published: Published

    def as_data(self) -> Json:
        """Return it as it is kept: sums by the places of their rows."""
        atoms = [atom_of(row) for row in self.rows]
        place = {atom: number for number, atom in enumerate(atoms)}
        return {
            "rows": [
                {
                    "unit": row.unit,
                    "item": row.item,
                    "delivery": row.delivery,
                    "row": row.row_no,
                    "figures": [_text(row.figure(name)) for name in COLUMNS],
                }
                for row in self.rows
            ],
            "hidden": sorted([list(each) for each in self.hidden], key=str),
            "refused": sorted([list(each) for each in self.refused], key=str),
            "sums": sorted(sorted(place[atom] for atom in each) for each in self.published.shown),
            "hidden_sums": sorted(sorted(place[atom] for atom in each) for each in self.published.hidden),
        }

    @classmethod
    def of_data(cls, period: Period, data: Json) -> "ToldMonth":
        """Read what was kept of a month."""
        rows = tuple(_row(period, kept) for kept in data["rows"])
        atoms = [atom_of(row) for row in rows]
        sums, hidden_sums = (
            frozenset(frozenset(atoms[place] for place in each) for each in data[name])
            for name in ("sums", "hidden_sums")
        )
        return cls(
            rows,
            frozenset((code, sex) for code, sex in data["hidden"]),
            frozenset((code, sex) for code, sex in data["refused"]),
            Published(sizes_of(rows), sums, hidden_sums),
        )


@dataclass(frozen=True)
class Version:
    """What was told of a month once, as it is kept: of its places, or of units together."""

    period: Period
    mark: str
    month: ToldMonth | None
    groups: Published | None

    @property
    def published(self) -> tuple[Published, ...]:
        """Return what was told."""
        return tuple(
            each for each in (None if self.month is None else self.month.published, self.groups) if each
        )

    def as_data(self) -> Json:
        """Return it as it is kept."""
        if self.month is not None:
            return self.month.as_data()
        told = self.groups or Published({}, frozenset(), frozenset())
        return {"together": [as_lists(told.shown), as_lists(told.hidden)]}

    @classmethod
    def of_data(cls, period: Period, mark: str, data: Json) -> "Version":
        """Read what was kept."""
        if "together" not in data:
            return cls(period, mark, ToldMonth.of_data(period, data), None)
        shown, hidden = (_of_lists(sums) for sums in data["together"])
        return cls(period, mark, None, Published({}, shown, hidden))


def as_lists(sums: Iterable[Sum]) -> list[list[Atom]]:
    """Return sums as they are kept: lists in one order."""
    return sorted(sorted(each) for each in sums)


def _of_lists(sums: Iterable[Iterable[Sequence[str]]]) -> frozenset[Sum]:
    return frozenset(frozenset((unit, item, text) for unit, item, text in each) for each in sums)


def atom_of(row: Delivered) -> Atom:
    """Return what a row is as an unknown: its unit, its sex and its figures as delivered."""
    return (row.unit or "", row.item or "", "|".join(_text(row.figure(name)) or "" for name in COLUMNS))


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure.normalize():f}"


def sizes_of(rows: Iterable[Delivered]) -> dict[Atom, Size | None]:
    """Return how many each row is of: unknown where only hours are."""
    return {
        atom_of(row): row.figure(EMPLOYEES) or (None if any(map(row.figure, HOURS)) else Decimal(0))
        for row in rows
    }


def _row(period: Period, kept: Json) -> Delivered:
    cells = {
        name: None if figure is None else Decimal(figure)
        for name, figure in zip(COLUMNS, kept["figures"], strict=True)
    }
    return Delivered(period, kept["unit"], kept["item"], cells, kept["delivery"], kept["row"])
