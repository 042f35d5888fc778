"""The operating budget by area: adjusted budget, forecast before and after carry-over, deviation.

All amounts in kr, costs +; a deviation is budget − forecast, so a surplus is positive. None is missing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated

from tasks.rules.json_keys import BESIDE, Key
from tasks.rules.totals import sum_known


@dataclass(frozen=True)
class ForecastRow:
    """A row of the source prognos as delivered; `part_of` names the row that contains it (ingar_i).

    reason: what the board's text says of it (orsak).
    """

    area: str
    budget: Decimal | None
    forecast_before: Decimal | None
    forecast_after: Decimal | None
    requested_adjustments: Decimal | None = None
    volume_changes: Decimal | None = None
    part_of: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class BudgetAmounts:
    """What a line and a total show. `budget` is adjusted, `decided` is what the board decided."""

    budget: Decimal | None
    decided: Annotated[Decimal | None, Key("budget_beslutad")]
    forecast_before: Annotated[Decimal | None, Key("prognos_fore")]
    forecast_after: Annotated[Decimal | None, Key("prognos_efter")]
    deviation_before: Annotated[Decimal | None, Key("avvikelse_fore")]
    deviation_after: Annotated[Decimal | None, Key("avvikelse_efter")]
    requested_adjustments: Annotated[Decimal | None, Key("begarda_budgetjusteringar")] = None
    volume_changes: Annotated[Decimal | None, Key("prestationsforandringar")] = None


@dataclass(frozen=True)
class ProgrammeForecast:
    """What the programme itself forecasts beside the managers, and its deviation from the ledger's budget."""

    forecast: Annotated[Decimal | None, Key("program_prognos")] = None
    deviation: Annotated[Decimal | None, Key("program_avvikelse")] = None


NOT_FORECAST = ProgrammeForecast()


@dataclass(frozen=True)
class BudgetLine:
    """An area as it was delivered, or a unit of the register by its name, with its code.

    reason: the delivered sentence of the board's text about it. sentence: that one, else one drafted of the
    figures; None where the year's end isn't known, and in reports from before there was one.
    """

    area: Annotated[str, Key("verksamhetsomrade")]
    unit: Annotated[str | None, Key("enhet", left_out=True)]
    part_of: Annotated[str | None, Key("ingar_i")]
    amounts: Annotated[BudgetAmounts, BESIDE]
    programme: Annotated[ProgrammeForecast, BESIDE] = NOT_FORECAST
    reason: Annotated[str | None, Key("orsak", left_out=True)] = None
    sentence: Annotated[str | None, Key("mening", left_out=True)] = None

    @property
    def is_complete(self) -> bool:
        """Tell whether budget and forecast are known: a total counts only lines where both are."""
        return self.amounts.deviation_before is not None


@dataclass(frozen=True)
class BudgetTotal:
    """The sum of the complete lines, so that its budget and forecast belong together: `counted` of `of`."""

    amounts: Annotated[BudgetAmounts, BESIDE]
    counted: Annotated[int, Key("antal")]
    of: Annotated[int, Key("av")]
    programme: Annotated[ProgrammeForecast, BESIDE] = NOT_FORECAST


@dataclass(frozen=True)
class Compliance:
    """The total's forecast in % of its budget (budgetföljsamhet), before and after carry-over."""

    before: Annotated[Decimal | None, Key("fore_resultatoverforingar")]
    after: Annotated[Decimal | None, Key("efter_resultatoverforingar")]


@dataclass(frozen=True)
class Driftbudget:
    """The section of the report; `named` are the areas that are summed apart, which the total holds too."""

    lines: Annotated[tuple[BudgetLine, ...], Key("driftbudget")]
    total: Annotated[BudgetTotal, Key("totalt")]
    named: Annotated[BudgetTotal, Key("varav_ekonomiskt_bistand_och_arbetsmarknad")]
    compliance: Annotated[Compliance, Key("budgetfoljsamhet")]


def driftbudget(rows: Sequence[ForecastRow], named_areas: Collection[str] = ()) -> Driftbudget:
    """Make the section of the rows of a month.

    A row that is part of another is shown and not added again. `named_areas` (of the configuration, such as
    ekonomiskt bistånd) are summed apart beside the total; one that was not delivered counts as missing there.
    """
    lines = tuple(_line(row) for row in rows)
    total = _total([line for line in lines if line.part_of is None])
    named = [line for line in lines if line.area in named_areas and line.part_of not in named_areas]
    return Driftbudget(
        lines=lines,
        total=total,
        named=_total(named, at_least=len(named_areas)),
        compliance=Compliance(
            before=budget_compliance(total.amounts.budget, total.amounts.forecast_before),
            after=budget_compliance(total.amounts.budget, total.amounts.forecast_after),
        ),
    )


def adjusted_budget(row: ForecastRow) -> Decimal | None:
    """Return budget + adjustments + volume changes (kr); an empty change is 0, an empty budget missing."""
    if row.budget is None:
        return None
    return row.budget + (row.requested_adjustments or 0) + (row.volume_changes or 0)


def budget_compliance(budget: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """Return the forecast in % of the budget (budgetföljsamhet); None without a budget above 0."""
    if budget is None or forecast is None or budget <= 0:
        return None
    return forecast / budget * 100


def _line(row: ForecastRow) -> BudgetLine:
    budget = adjusted_budget(row)
    before = row.forecast_after if row.forecast_before is None else row.forecast_before
    after = row.forecast_before if row.forecast_after is None else row.forecast_after
    amounts = BudgetAmounts(
        budget=budget,
        decided=row.budget,
        forecast_before=before,
        forecast_after=after,
        deviation_before=_difference(budget, before),
        deviation_after=_difference(budget, after),
        requested_adjustments=row.requested_adjustments,
        volume_changes=row.volume_changes,
    )
    return BudgetLine(area=row.area, unit=None, part_of=row.part_of, amounts=amounts, reason=row.reason)


def _difference(budget: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    return None if budget is None or forecast is None else budget - forecast


def _total(lines: Sequence[BudgetLine], at_least: int = 0) -> BudgetTotal:
    complete = [line.amounts for line in lines if line.is_complete]
    sums = {
        amount.name: sum_known(getattr(line, amount.name) for line in complete)
        for amount in fields(BudgetAmounts)
    }
    return BudgetTotal(BudgetAmounts(**sums), counted=len(complete), of=max(len(lines), at_least))
