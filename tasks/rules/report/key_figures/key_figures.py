"""The key figures (nyckeltal) of the month: each measure of the whole administration, then of its areas.

Source: a board's plan of 2012, which promises the board cost per child, place, hour and household each month.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from tasks.rules.json_keys import HIDDEN
from tasks.rules.organisation import WHOLE_NAME
from tasks.rules.report.key_figures.counted import CountedMeasure, planned_mean
from tasks.rules.report.key_figures.row import REASONS, Costs, Counts, KeyFigure, LeftOut
from tasks.rules.report.key_figures.use import use_so_far
from tasks.rules.totals import sum_known
from tasks.rules.volumes.unit_costs import sum_of_parts
from tasks.rules.volumes.volumes import Twelve


def key_figures(measures: Sequence[CountedMeasure], month: int) -> tuple[KeyFigure, ...]:
    """Reckon each measure when `month` (1–12) is closed, of everybody and below it of each area.

    Children are never added to hours: a line is of one measure. What is of too few persons is in no sum, so
    that nothing shown tells of it.
    """
    names = dict.fromkeys(
        each.measured.name for each in sorted(measures, key=lambda each: each.measured.name)
    )
    return tuple(
        line
        for name in names
        for line in _lines([each for each in measures if each.measured.name == name], month)
    )


def _lines(measures: Sequence[CountedMeasure], month: int) -> Iterator[KeyFigure]:
    yield _line(WHOLE_NAME, None, measures, month)
    areas = sorted({(each.area_code, each.area) for each in measures if each.area_code is not None})
    for code, name in areas:
        yield _line(name, code, [each for each in measures if each.area_code == code], month)


def _line(area: str, code: str | None, measures: Sequence[CountedMeasure], month: int) -> KeyFigure:
    first = measures[0].measured
    reasons = Counter(each.reason for each in measures if each.reason is not None)
    shown = [each for each in measures if not each.is_few]
    return KeyFigure(
        area=area,
        code=code,
        measure=first.name,
        one="prestation" if first.declared is None else first.declared.one,
        is_monthly=first.is_level,
        costs=_costs(shown) if shown else Costs(HIDDEN, HIDDEN, HIDDEN),
        counts=_counts(shown, month) if shown else Counts(HIDDEN, _sum(measures, _planned(month)), HIDDEN),
        use=use_so_far(measures, month),
        of=len(measures),
        left_out=tuple(LeftOut(reason, reasons[reason]) for reason in REASONS if reason in reasons),
    )


def _costs(measures: Sequence[CountedMeasure]) -> Costs:
    parts = [each.parts for each in measures if each.parts is not None]
    whole = sum_of_parts(parts)
    return Costs(
        each=whole.each,
        planned_each=whole.planned_each,
        each_before=whole.each_before,
        counted=len(parts),
        with_plan=sum(each.planned_each is not None for each in parts),
        with_before=sum(each.each_before is not None for each in parts),
    )


def _counts(measures: Sequence[CountedMeasure], month: int) -> Counts:
    return Counts(
        mean=_sum(measures, lambda each: _mean(each.volume.mean_so_far, each.measured.outcome, month)),
        planned=_sum(measures, _planned(month)),
        mean_before=_sum(
            measures, lambda each: _mean(each.volume.mean_before, each.measured.last_year, month)
        ),
    )


def _planned(month: int) -> Callable[[CountedMeasure], Decimal | None]:
    return lambda each: planned_mean(each.measured, month)


def _sum(
    measures: Sequence[CountedMeasure], of: Callable[[CountedMeasure], Decimal | None]
) -> Decimal | None:
    return sum_known(of(each) for each in measures)


def _mean(delivered: Decimal | None, months: Twelve, month: int) -> Decimal | None:
    """Return the delivered mean of the months so far, else that of those known, if they are half of them."""
    known = [value for value in months[:month] if value is not None]
    if delivered is not None or 2 * len(known) < month:
        return delivered
    return sum(known, Decimal(0)) / len(known)
