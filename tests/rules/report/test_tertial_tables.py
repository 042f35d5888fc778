"""Tables that are shown as they are delivered."""

from decimal import Decimal

from tasks.rules.report.tertial_tables import adjustments, budget_sides, investments, turnovers
from tests.rules.report.goals.rows import delivered


def test_a_deviation_is_the_adjusted_budget_less_the_forecast():
    file = "slag;budget_mnkr;begarda_budgetjusteringar_mnkr;prestationsforandringar_mnkr;prognos_mnkr\n"
    costs, incomes = budget_sides(
        delivered("driftbudget", file + "Kostnader;2252,1;;51,4;2294,1\nIntäkter;-223,2;;-77,6;-300,8\n")
    )
    assert (costs.side, costs.deviation, incomes.side, incomes.deviation) == (
        "kostnader",
        9_400_000,
        "intakter",
        0,
    )
    assert costs.requested is None


def test_an_investment_without_forecast_has_no_deviation():
    file = "investering;budget_mnkr;begarda_budgetjusteringar_mnkr;prognos_mnkr;utfall_mnkr\n"
    park, other = investments(delivered("investeringar", file + "Park;4,0;0,5;4,2;1,1\nÖvrigt;1;;;\n"))
    assert (park.deviation, park.outcome, other.deviation) == (300_000, 1_100_000, None)


def test_turnovers_keep_what_they_are_part_of():
    file = "verksamhetsomrade;ingar_i;kostnader;intakter\nVård;;7;-7\nVuxen;Vård;2;-2\n"
    whole, part = turnovers(delivered("omslutning", file))
    assert (whole.area, whole.part_of, part.area, part.part_of, part.incomes) == (
        "Vård",
        None,
        "Vuxen",
        "Vård",
        -2,
    )


def test_an_adjustment_says_its_kind_and_state_by_their_codes():
    file = "namn;belopp_mnkr;slag;lage;verksamhetsomrade\nSommarlov;1,5;Drift;Ansökt;Skola\n"
    (found,) = adjustments(delivered("budgetjusteringar", file))
    assert (found.name, found.amount, found.kind) == ("Sommarlov", Decimal(1_500_000), "drift")
    assert (found.state, found.area) == ("ansokt", "Skola")
