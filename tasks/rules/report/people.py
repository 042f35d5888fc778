"""What the month's report tells of people: social assistance and sick leave, without what is of too few."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import BESIDE, HIDDEN, Figure, Key
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.signals.assistance_told import AssistanceToTell
from tasks.rules.signals.sick_leave_shown import EMPLOYEES, HOURS, Group, sick_leave_tree
from tasks.rules.signals.sick_leave_telling import Telling
from tasks.rules.signals.sick_leave_told import ToldMonth
from tasks.rules.small_groups import FEWEST_EMPLOYEES


@dataclass(frozen=True)
class AssistanceRow:
    """A month of bistand: households, persons, kr and kr a household, and means of them, by the column."""

    period: Period
    figures: Annotated[Mapping[str, Figure], BESIDE]


@dataclass(frozen=True)
class SickLeaveRow:
    """Employees and hours of a place, or of a sex (K, M) in it; of the whole administration it has no code.

    The hours are of the `counted` units of the `of` there whose hours are all known. from_version: the
    report's that told this last, where the change since then would tell of too few.
    """

    period: Period
    level: Annotated[str | None, Key("niva")]
    code: Annotated[str | None, Key("enhet")]
    name: Annotated[str | None, Key("namn")]
    parent: Annotated[str | None, Key("overordnad")]
    sex: Annotated[str | None, Key("kon")]
    employees: Annotated[Figure, Key("anstallda")]
    ordinary: Annotated[Figure, Key("ordinarie_timmar")]
    days_1_14: Annotated[Figure, Key("franvarotimmar_1_14")]
    days_15_90: Annotated[Figure, Key("franvarotimmar_15_90")]
    from_day_91: Annotated[Figure, Key("franvarotimmar_91")]
    counted: Annotated[int, Key("antal")]
    of: Annotated[int, Key("av")]
    from_version: Annotated[int | None, Key("fran_version", left_out=True)] = None

    @property
    def is_hidden(self) -> bool:
        """Tell whether it is of too few people to be told of, or such a group would follow from it."""
        return self.employees == HIDDEN

    @property
    def absent(self) -> tuple[Figure, Figure, Figure]:
        """Return the hours absent by how long they have lasted, the shortest first."""
        return self.days_1_14, self.days_15_90, self.from_day_91


def assistance_rows(
    rows: Sequence[Delivered], period: Period, telling: AssistanceToTell
) -> tuple[AssistanceRow, ...]:
    """Return the month of bistand as it may be told; what is missing stays so.

    rows: the month's, with every column. telling: of it and earlier months of this and last year, which the
    means are of.
    """
    hidden, told = telling.hidden_columns(period), telling.months
    return tuple(
        _assistance(replace(row, cells={**row.cells, **told[period].row.cells}), period, hidden)
        for row in rows
    )


def _assistance(row: Delivered, period: Period, hidden: Collection[str]) -> AssistanceRow:
    figures = {
        column: HIDDEN if column in hidden and figure is not None else figure
        for column, figure in row.figures.items()
    }
    return AssistanceRow(period, figures)


@dataclass(frozen=True)
class ToldSickLeave:
    """The month's sick leave as it may be told beside all that was told before.

    leaves_out: a change since then is of too few to be told. before: the rows of the newest report, of that
    version; of another month, as where the source lags, they stand for nothing.
    """

    month: ToldMonth
    leaves_out: bool = False
    before: Sequence[SickLeaveRow] = ()
    version: int = 0

    def rows(self, register: Register, period: Period) -> tuple[SickLeaveRow, ...]:
        """Return the sick leave of the whole administration, then of its parts and sexes; nothing of no rows.

        What only an earlier version hides is told as it was then.
        """
        if not self.month.rows:
            return ()
        told = Telling(register, period, FEWEST_EMPLOYEES).as_rows(self.month.rows)
        groups = sick_leave_tree(told, register, period, hidden=self.month.hidden)
        same = [row for row in self.before if row.period == period and not row.is_hidden]
        before = {(row.code, row.sex): row for row in same}
        return tuple(
            self._as_before(before[group.code, group.sex])
            if (group.code, group.sex) in self.month.refused & before.keys()
            else _sick_leave(group, period)
            for group in groups
        )

    def _as_before(self, row: SickLeaveRow) -> SickLeaveRow:
        return replace(row, from_version=row.from_version or self.version)


def _sick_leave(group: Group, period: Period) -> SickLeaveRow:
    of_group = group.figures
    figures = {column: HIDDEN if of_group.is_hidden else figure for column, figure in of_group.sums.items()}
    ordinary, days_1_14, days_15_90, from_day_91 = (figures[column] for column in HOURS)
    return SickLeaveRow(
        period=period,
        level=group.level,
        code=group.code,
        name=group.name,
        parent=group.parent,
        sex=group.sex,
        employees=figures[EMPLOYEES],
        ordinary=ordinary,
        days_1_14=days_1_14,
        days_15_90=days_15_90,
        from_day_91=from_day_91,
        counted=of_group.counted,
        of=of_group.of,
    )
