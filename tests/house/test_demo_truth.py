"""The truth of the fictional administration: it covers every unit and year and is what the ledger shows."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from demo.generate import generate
from tests.worlds.demo_files import number, read


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    generate(folder, period=(2026, 9))
    return folder


def test_the_truth_covers_every_unit_year_and_agrees_with_the_ledger(demo: Path):
    truth = {(row["enhet"], row["ar"]): row for row in read(demo / "facit" / "enhetsar.csv")}
    present = {old: row["enhet"] for row in truth.values() for old in row["ersatter"].split(", ")}
    totals: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for path in demo.glob("ekonomi_*.csv"):
        for row in read(path):
            total = totals[present.get(row["enhet"], row["enhet"]), row["period"][:4]]
            total[0] += number(row["budget"])
            total[1] += number(row["utfall"] or "0")
    assert totals.keys() == truth.keys()
    for (unit, year), (budget, outcome) in totals.items():
        assert number(truth[unit, year]["budget"]) == budget
        if year != "2026":
            assert number(truth[unit, year]["verkligt"]) == outcome
        assert abs(number(truth[unit, year]["verkligt"]) / number(truth[unit, year]["forvantat"]) - 1) < 0.08
        undisturbed = truth[unit, year]["forvantat"] == truth[unit, year]["forvantat_utan_storning"]
        assert undisturbed == (truth[unit, year]["storning"] in ("ingen", "sena_fakturor"))


def test_the_months_of_the_truth_go_on_after_the_period_as_the_ledger_began(demo: Path):
    months: dict[tuple[str, int], Decimal] = {}
    for row in read(demo / "facit" / "manader.csv"):
        months[row["enhet"], int(row["ar"]) * 100 + int(row["manad"])] = number(row["utfall"])
    assert len(months) == 125 * 48
    december = sum(amount for (_, month), amount in months.items() if month == 202612)
    assert december > 0
    september = sum(
        number(row["utfall"]) for row in read(demo / "ekonomi_2026-09.csv") if row["period"] == "2026-09"
    )
    assert september == sum(amount for (_, month), amount in months.items() if month == 202609)


@pytest.mark.parametrize("year", ["2023", "2024", "2025", "2026"])
def test_every_year_has_real_overspends_more_than_surpluses(demo: Path, year: str):
    rows = [row for row in read(demo / "facit" / "enhetsar.csv") if row["ar"] == year]
    over = [number(row["verkligt"]) / number(row["budget"]) - 1 for row in rows]
    deficits, surpluses = sum(1 for x in over if x > 0.02), sum(1 for x in over if x < -0.02)
    assert 15 <= deficits <= 40  # 12–32 % of the units
    assert 2 <= surpluses < deficits
    assert max(over) < 0.2


def test_every_kind_of_disturbance_occurs(demo: Path):
    kinds = {row["storning"] for row in read(demo / "facit" / "enhetsar.csv")}
    assert kinds == {"ingen", "nivaskifte", "volymdrift", "engang", "sena_fakturor"}
    assert any(row["steg_fran"] for row in read(demo / "facit" / "sjukfranvaro.csv"))
