"""Digest mails as managers get them, made up: each its own, with one to three units and their charts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate

from notifications.charts import YearChart, alt_text
from notifications.charts.words import amount, deficit_words
from notifications.mails.avvikelse import Avvikelse, DeviatingUnit, UnitFigures

SENDER = "Månadsuppföljning <manad@stad.example>"
CONTROLLER = "controller@stad.example"
LIST_ID = "manadsuppfoljning.stad.example"
QUEUED = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
MONTH = 9


@dataclass(frozen=True)
class Digest:
    """One mail before it is worded: to whom, the units by name, and their charts."""

    number: int
    units: tuple[str, ...]
    charts: tuple[YearChart, ...]

    @property
    def to(self) -> str:
        return f"chef.{self.number}@stad.example"

    @property
    def message_id(self) -> str:
        return f"<avvikelse.2026-09.{self.number}@stad.example>"

    @property
    def values(self) -> Avvikelse:
        """Return what the mail says."""
        parts = (_part(*each) for each in zip(self.units, self.charts, content_ids(self.charts), strict=True))
        return Avvikelse(
            organisation="Demo stadsdelsförvaltning", period="september 2026", year="2026", parts=tuple(parts)
        )


def digests(count: int) -> list[Digest]:
    """Make mails, the same for the same count."""
    draw = random.Random(1)
    return [_digest(number, draw) for number in range(count)]


def content_ids(charts: Sequence[YearChart]) -> list[str]:
    """Return the names by which a mail's HTML shows its pictures."""
    return [f"diagram-{place}" for place in range(1, len(charts) + 1)]


def _digest(number: int, draw: random.Random) -> Digest:
    units = tuple(f"Förskola {number}.{place}" for place in range(1, draw.choice((1, 2, 3)) + 1))
    return Digest(number, units, tuple(_chart(draw) for _ in units))


def _chart(draw: random.Random) -> YearChart:
    budgets = [round(draw.uniform(1.5, 2.5), 3) for _ in range(12)]
    outcomes = [round(budget * draw.uniform(0.95, 1.12), 3) for budget in budgets[:MONTH]]
    forecast = sum(outcomes) * 12 / MONTH
    return YearChart(
        title="Ackumulerat underskott mot periodiserad budget",
        amounts_in="mnkr",
        decimals=1,
        month=MONTH,
        outcomes=tuple(outcomes),
        budgets=tuple(budgets),
        outcome_to_date=tuple(accumulate(outcomes)),
        budget_to_date=tuple(accumulate(budgets)),
        forecast=forecast,
        lower=forecast - draw.uniform(0.1, 0.5),
        upper=forecast + draw.uniform(0.1, 0.5),
        limit=sum(budgets) * 0.0225,
        limit_text="gräns för larm vid årets slut (2,25\u00a0%)",
    )


def _part(unit: str, chart: YearChart, picture: str) -> DeviatingUnit:
    deficit, forecast = chart.year_deficit or 0, chart.forecast or 0
    said, budget = deficit_words(deficit, chart), amount(forecast - deficit, chart)
    row = UnitFigures(budget=budget, forecast=amount(forecast, chart), deviation=said)
    return DeviatingUnit(
        unit=unit,
        signal="LARM",
        headline=f"befarat {said}",
        amounts_in=chart.amounts_in,
        decimals=chart.decimals,
        before=row,
        effect=UnitFigures(budget="", forecast="0,0", deviation="ingen plan ännu"),
        after=row,
        why="Till och med september har enheten kostat 2,6 % mer än sitt vanliga mönster. Fler barn än "
        "planerat (118 mot 114) förklarar 0,2 mnkr och högre kostnad per barn 0,6 mnkr, mest vikarier.",
        rule="Ni får larmet eftersom underskottet är större än både 150 tkr och 2,25 % av budgeten "
        "(gränsen i september), två månader i rad.",
        sources=("ekonomi levererad 2026-10-06, ekonomi_2026-09.csv, rad 412–423",),
        plan_due="14 oktober",
        escalates="21 oktober",
        link=f"https://manad.stad.example/plan/{unit.rpartition(' ')[2]}",
        picture=picture,
        picture_alt=alt_text(chart),
    )
