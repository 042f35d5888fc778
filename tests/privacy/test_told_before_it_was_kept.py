"""A program before this one kept nothing of what it told: its reports say which deliveries they are of."""

from tests.privacy.keeper import Keeper
from tests.privacy.test_three_months import Administration
from tests.worlds.small_administration import write_month

PEOPLE = ("sjukfranvaro", "prestationer", "bistand")
JULY = "2026-07"


def forget(world):
    """Let the database be as a program left it that kept nothing of what it told."""
    world.execute("delete from told_sums")


def test_what_a_report_told_then_hides_what_its_difference_would_tell_now(world):
    administration, keeper = Administration(world), Keeper(world)
    administration.hand_in(JULY, small="absent")
    keeper.publish(JULY)
    forget(world)
    administration.hand_in(JULY, small="few")
    keeper.publish(JULY)
    assert keeper.differences(administration.secrets) == set()
    kept = dict(world.rows("select source, count(*) from told_sums group by source"))
    assert kept == dict.fromkeys(PEOPLE, 2)


def test_a_delivery_that_no_report_was_made_of_was_never_told(world):
    write_month(world.inbox)
    for source in ("organisation", *PEOPLE):
        world.manad("deliver", world.inbox / f"{source}_2026-09.csv")
    forget(world)
    text = (world.inbox / "bistand_2026-09.csv").read_text("utf-8").replace(";900;", ";903;")
    world.put("bistand_2026-09_rattad.csv", text)
    world.run()
    (row,) = world.manad("report", "2026-09", "--format", "json").json["bistand"]
    assert row["hushall"] == 903
    world.put("bistand_2026-09_igen.csv", text.replace(";903;", ";960;"))
    forget(world)
    world.run("--mails", "none")
    told = world.rows("select told -> 'figures' ->> 'hushall' from told_sums where source = 'bistand'")
    assert told == [("903",), ("960",)]
