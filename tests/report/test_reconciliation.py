"""Avstämningar as the board reads them, and as the month finds them in its deliveries."""

from tests.worlds.read_page import row, text
from tests.worlds.report_content import CONTENT, changed
from tests.worlds.small_administration import PERIOD, assistance, forecasts

PAIR = {"kod": "budget_beslutad", "vad": "Årets budget: huvudboken mot den beslutade"}


def pair(one, other, **more):
    return PAIR | {"ena": one, "andra": other, "skillnad": one - other, "stammer": one == other} | more


def cells(content):
    return row(content, "Avstämningar", PAIR["vad"])


def test_what_agrees_is_said_so_and_what_differs_in_kronor():
    agreeing = changed(avstamningar=[pair(1_000_000, 1_000_000)])
    assert cells(agreeing) == ["1 000 000", "1 000 000", "stämmer"]
    assert "Alla avstämningar stämmer." in text(agreeing)
    differing = changed(avstamningar=[pair(1_000_000, 1_200_000)])
    assert cells(differing)[-1] == "−200 000 kronor"
    assert "1 avstämning av 1 skiljer sig." in text(differing)


def test_a_known_difference_is_said_with_its_reason():
    known = changed(avstamningar=[pair(1, 3, stammer=True, kand_orsak="Centrala medel.")])
    assert cells(known)[-1] == "stämmer: −2 kronor är känt, Centrala medel."


def test_without_anything_to_hold_there_is_no_section():
    assert "Avstämningar" not in text(CONTENT)


def test_a_month_holds_ledger_forecast_and_assistance_against_each_other(world):
    world.home.mkdir(exist_ok=True)
    (world.home / "manad.toml").write_text(
        '[reconciliation.known.budget_beslutad]\nkr = 5_000\nreason = "Omstruktureringen"\n', encoding="utf-8"
    )
    own = {"101": 12_000_000, "102": 12_000_000, "103": 11_990_000}
    paid = assistance().replace("medelbidrag", "medelbidrag;utbetalt").replace("9 153", "9 153;8 000 000")
    texts = forecasts(own).replace("103;12000000", "103;11995000")
    world.month(prognos=texts, bistand=paid)
    assert world.run().code == 0
    told = world.manad("report", PERIOD, "--format", "json").json["avstamningar"]
    assert {one["kod"]: (one["skillnad"], one["stammer"], one.get("kand_orsak")) for one in told} == {
        "utfall_enheter": (0, True, None),
        "budget_enheter": (0, True, None),
        "budget_beslutad": (5_000, True, "Omstruktureringen"),
        "bistand_utbetalt": (8_000_000 - 900 * 9_153, False, None),
    }
