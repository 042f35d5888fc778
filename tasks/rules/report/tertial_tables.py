"""Further tables of the tertial report: costs and incomes, investments, turnover and adjustments.

Amounts are kr; a deviation is budget + adjustments (+ changes) − forecast, so a surplus is positive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import Key

COSTS, INCOMES = "kostnader", "intakter"


@dataclass(frozen=True)
class BudgetSide:
    """The board's costs, or its incomes, of the year."""

    side: Annotated[str, Key("slag")]
    budget: Decimal | None
    requested: Annotated[Decimal | None, Key("begarda_budgetjusteringar")]
    changes: Annotated[Decimal | None, Key("prestationsforandringar")]
    forecast: Annotated[Decimal | None, Key("prognos")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]


@dataclass(frozen=True)
class Investment:
    """A kind of investment, and what it is expected to cost."""

    name: Annotated[str, Key("investering")]
    budget: Decimal | None
    requested: Annotated[Decimal | None, Key("begarda_budgetjusteringar")]
    forecast: Annotated[Decimal | None, Key("prognos")]
    outcome: Annotated[Decimal | None, Key("utfall")]
    deviation: Annotated[Decimal | None, Key("avvikelse")]


@dataclass(frozen=True)
class Turnover:
    """Costs of an area that have incomes of their own beside the budget; part_of: the row that holds it."""

    area: Annotated[str, Key("verksamhetsomrade")]
    part_of: Annotated[str | None, Key("ingar_i")]
    costs: Annotated[Decimal | None, Key("kostnader")]
    incomes: Annotated[Decimal | None, Key("intakter")]


@dataclass(frozen=True)
class Adjustment:
    """A named adjustment of the budget: asked for, or granted."""

    name: Annotated[str, Key("namn")]
    amount: Annotated[Decimal | None, Key("belopp")]
    kind: Annotated[str | None, Key("slag")]
    area: Annotated[str | None, Key("verksamhetsomrade")]
    state: Annotated[str | None, Key("lage")]


def budget_sides(rows: Sequence[Delivered]) -> tuple[BudgetSide, ...]:
    """Return costs and incomes as delivered."""
    return tuple(
        BudgetSide(
            side=row.item or "",
            budget=row.figure("budget"),
            requested=row.figure("begarda_budgetjusteringar"),
            changes=row.figure("prestationsforandringar"),
            forecast=row.figure("prognos"),
            deviation=_deviation(row, "begarda_budgetjusteringar", "prestationsforandringar"),
        )
        for row in rows
    )


def investments(rows: Sequence[Delivered]) -> tuple[Investment, ...]:
    """Return investments as delivered."""
    return tuple(
        Investment(
            name=row.item or "",
            budget=row.figure("budget"),
            requested=row.figure("begarda_budgetjusteringar"),
            forecast=row.figure("prognos"),
            outcome=row.figure("utfall"),
            deviation=_deviation(row, "begarda_budgetjusteringar"),
        )
        for row in rows
    )


def turnovers(rows: Sequence[Delivered]) -> tuple[Turnover, ...]:
    """Return changes of turnover (omslutning) as delivered."""
    return tuple(
        Turnover(row.unit or "", row.text("ingar_i"), row.figure("kostnader"), row.figure("intakter"))
        for row in rows
    )


def adjustments(rows: Sequence[Delivered]) -> tuple[Adjustment, ...]:
    """Return budget adjustments as delivered."""
    return tuple(
        Adjustment(
            name=row.item or "",
            amount=row.figure("belopp"),
            kind=row.text("slag"),
            area=row.text("verksamhetsomrade"),
            state=row.text("lage"),
        )
        for row in rows
    )


def _deviation(row: Delivered, *added: str) -> Decimal | None:
    """Return the adjusted budget less the forecast; an empty change is 0, a missing figure unknown."""
    budget, forecast = row.figure("budget"), row.figure("prognos")
    if budget is None or forecast is None:
        return None
    return budget + sum((row.figure(name) or Decimal(0) for name in added), Decimal(0)) - forecast
