"""A unit whose incomes are to cover its costs: what it overspends goes on, and is held to its costs."""

import pytest

from tests.worlds.small_administration import PERIOD, UNITS, economy

COSTS = 1_000_000


def ledger(year=2026, closed=9, over=60_000, net=0):
    """Return a ledger where the third unit's incomes leave `net` of its costs; over: kr a month."""
    rows = economy(year, closed, over=(), units=[code for code in UNITS if code != "103"]).splitlines()
    for month in range(1, 13):
        for group, budget in (("Personal", COSTS), ("Intäkter", net - COSTS)):
            spent = budget + (over if group == "Personal" else 0)
            rows.append(f"{year}-{month:02d};103;{group};{budget};{spent if month <= closed else ''}")
    return "\n".join(rows) + "\n"


def warning(world):
    found = {one["enhet"]: one for one in world.manad("deviations", PERIOD, "--json").json}
    return found.get("103")


@pytest.mark.parametrize("years", [(), (2025,), (2024, 2025)])
def test_a_net_of_nothing_overspent_every_month_ends_as_it_goes_and_demands_a_plan(world, years):
    for year in years:
        world.put(f"ekonomi_{year}-12.csv", ledger(year, 12, over=0))
    world.month(ekonomi=ledger())
    assert world.run().code == 0
    told = warning(world)
    assert told["prognos"] == pytest.approx(720_000, rel=0.01)
    assert told["nedre_80"] < 650_000
    assert told["ovre_80"] > 780_000
    assert (told["niva_signal"], told["krav_pa_plan"], told["avvikelse_procent"]) == ("larm", True, None)
    assert "av bruttobudgeten 12,0\N{NO-BREAK SPACE}mnkr" in told["regel"]
    assert "beror mest på Personal" in told["mening"]
    assert world.run("--mails", "none").code == 0


@pytest.mark.parametrize("over", [0, 15_000])
def test_a_net_of_nothing_that_is_nearly_kept_is_no_warning(world, over):
    world.month(ekonomi=ledger(over=over))
    world.run()
    assert warning(world) is None


def test_a_tiny_net_is_held_to_its_costs_and_told_as_a_share_of_itself(world):
    world.month(ekonomi=ledger(net=10_000))
    world.run()
    told = warning(world)
    assert told["budget"] == 120_000
    assert told["prognos"] == pytest.approx(840_000, rel=0.01)
    assert told["avvikelse_procent"] == pytest.approx(-600, rel=0.02)
    assert "nettobudgeten är nära 0" in told["regel"]
