"""Budget and outcome from two systems: a month is what it would be with one file of both."""

import json
import re

import pytest

from tests.worlds.small_administration import PERIOD, economy, organisation, write
from tests.worlds.two_systems import in_two, month_in_two
from tests.worlds.world import World


def by_groups(text):
    """Return a ledger in which every unit has three account groups, one of them an income."""
    head, *lines = text.splitlines()
    rows = [head]
    for line in lines:
        period, unit, _, budget, outcome = line.split(";")
        for group, share in (("Personal", 0.9), ("Lokaler", 0.3), ("Intäkter", -0.2)):
            spent = round(float(outcome) * share) if outcome else ""
            rows.append(f"{period};{unit};{group};{round(float(budget) * share)};{spent}")
    return "\n".join(rows) + "\n"


def told(world):
    """Return what both commands tell of the month, without the names of files and numbers of rows."""
    report = world.manad("report", PERIOD, "--format", "json").json
    return world.manad("deviations", PERIOD, "--json").json, json.dumps(report, sort_keys=True)


@pytest.fixture
def elsewhere(world, server, template, tmp_path, monkeypatch, capsys):
    """Lend another installation: from then on the command works there."""
    url = server.create_database("elsewhere", template=template)
    environment = {"MANAD_HOME": str(tmp_path / "elsewhere"), "MANAD_DATABASE_URL": url}

    def move():
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return World(tmp_path / "elsewhere", url.replace("+psycopg", ""), environment, capsys)

    yield move
    server.drop_database("elsewhere")


def test_a_month_of_two_files_is_told_as_one_of_a_single_file_is(world, elsewhere):
    history = by_groups(economy(year=2025, closed=12, over=()))
    ledger = by_groups(economy(over=("101", "102")))
    world.month(ekonomi=ledger)
    world.put("ekonomi_2025-12.csv", history)
    assert world.run().code == 0
    whole = told(world)
    other = elsewhere()
    month_in_two(other, text=ledger)
    for name, text in zip(("budget", "utfall"), in_two(history), strict=True):
        other.put(f"{name}_2025-12.csv", text)
    ran = other.run()
    assert ran.code == 0, ran.out
    assert [(one["enhet"], one["niva_signal"]) for one in whole[0]] == [("101", "larm"), ("102", "larm")]
    assert told(other) == whole


def deliver(world, *named, today="2026-10-07"):
    """Hand in files by name and text in one command, the register before them."""
    folder = world.home.parent / "lämnat"
    folder.mkdir(exist_ok=True)
    register = write(folder / "organisation_2026-01.csv", organisation())
    world.manad("deliver", register, "--today", today)
    return world.manad("deliver", *(write(folder / name, text) for name, text in named), "--today", today)


def states(world):
    return world.rows(
        "select source, to_char(period, 'YYYY-MM'), state, revision from delivery "
        "where source in ('ekonomi', 'budget', 'utfall') order by id"
    )


def said(answer):
    return " ".join(answer.out.replace("\xa0", " ").split())


BUDGET, OUTCOME = in_two(economy())


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ({}, ["ekonomi"]),
        ({"budget": BUDGET}, ["ekonomi (utfall)"]),
        ({"utfall": OUTCOME}, ["ekonomi (budget)"]),
    ],
)
def test_a_month_says_which_half_it_lacks(world, there, missing):
    world.month(ekonomi=None)
    for source, text in there.items():
        world.put(f"{source}_{PERIOD}.csv", text)
    ran = world.run()
    assert ran.code == 3
    assert f"{missing[0]} saknas" in ran.out
    assert world.run("--allow-missing").code == 0
    assert world.manad("report", PERIOD, "--format", "json").json["missing"] == missing
    for source, text in {"budget": BUDGET, "utfall": OUTCOME}.items():
        world.put(f"{source}_{PERIOD}.csv", text)
    assert world.run("--mails", "none").code == 0
    assert world.manad("report", PERIOD, "--format", "json").json["missing"] == []


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("ekonomi", economy()), ("budget", BUDGET)),
        (("ekonomi", economy()), ("utfall", OUTCOME)),
        (("budget", BUDGET), ("ekonomi", economy())),
        (("utfall", OUTCOME), ("ekonomi", economy())),
        (("budget", economy()), ("ekonomi", economy())),  # the same bytes
    ],
)
def test_whole_and_half_of_a_month_are_refused_each_naming_the_other(world, first, then, together):
    files = [(f"{source}_{PERIOD}.csv", text) for source, text in (first, then)]
    if together:
        answer = deliver(world, *files)
        assert [state for _, _, state, _ in states(world)] == ["refused", "refused"]
        assert all(f"även {name}" in said(answer) for name, _ in files)
    else:
        assert deliver(world, files[0]).code == 0
        answer = deliver(world, files[1])
        assert [state for _, _, state, _ in states(world)] == ["accepted", "refused"]
        assert f"{files[0][0]} är redan mottagen för september 2026" in said(answer)
    assert answer.code == 1


def test_a_month_of_another_form_is_no_hindrance(world):
    assert deliver(world, ("ekonomi_2026-08.csv", economy(closed=8))).code == 0
    assert deliver(world, (f"budget_{PERIOD}.csv", BUDGET), (f"utfall_{PERIOD}.csv", OUTCOME)).code == 0


def deviations(world):
    return {one["enhet"]: one["avvikelse"] for one in world.manad("deviations", PERIOD, "--json").json}


def test_a_revision_of_one_half_leaves_the_other_as_it_is(world):
    month_in_two(world)
    assert world.run().code == 0
    before = deviations(world)
    assert list(before) == ["101"]
    world.put(f"utfall_{PERIOD}.csv", in_two(economy(over=("102",)))[1])
    assert world.run("--mails", "none").code == 0
    assert states(world)[-1] == ("utfall", PERIOD, "accepted", 2)
    assert deviations(world) == {"102": before["101"]}
    world.put(f"budget_{PERIOD}.csv", BUDGET.replace(";1000000", ";1100000"))
    assert world.run("--mails", "none").code == 0
    assert states(world)[-1] == ("budget", PERIOD, "accepted", 2)
    assert "102" not in deviations(world)


def test_a_years_budget_in_one_file_is_each_months_and_the_whole_year_is_known_in_all(world):
    assert deliver(world, ("budget_2026.csv", BUDGET), today="2025-12-10").code == 0
    assert sorted(states(world)) == [("budget", f"2026-{month:02d}", "accepted", 1) for month in range(1, 13)]
    assert world.value("select count(*) from ledger_row") == 36
    for month in (1, 9):
        period = f"2026-{month:02d}"
        world.month(period=period, ekonomi=None)
        world.put(f"utfall_{period}.csv", in_two(economy(closed=month))[1])
        assert world.run(period=period).code == 0
        budgets = world.rows(
            "select distinct budget from unit_assessment join assessment on assessment.id = assessment_id "
            "where assessment.period = cast(%s as date)",
            f"{period}-01",
        )
        assert budgets == [(12_000_000,)]


def known_budget(world, month):
    return world.value(
        "select sum(budget) from known_ledger(cast(%s as date), '2026-01-01', '2026-12-01') "
        "where unit = '101'",
        f"2026-{month:02d}-01",
    )


def test_a_months_own_budget_goes_on_after_its_month_and_not_before(world):
    deliver(world, ("budget_2026.csv", BUDGET))
    deliver(world, ("budget_2026-06.csv", BUDGET.replace(";1000000", ";1100000")))
    known = {month: known_budget(world, month) for month in (5, 6, 9)}
    assert known == {5: 12_000_000, 6: 13_200_000, 9: 13_200_000}
    deliver(world, ("budget_2026.csv", BUDGET.replace(";1000000", ";1050000")))
    assert {known_budget(world, month) for month in (1, 6, 9)} == {12_600_000}


def test_a_years_outcome_in_one_file_is_each_months_own(world):
    deliver(world, ("utfall_2025.csv", in_two(economy(year=2025, closed=12, over=()))[1]))
    assert len(states(world)) == 12
    known = "select sum(outcome), max(period) from known_ledger('2025-03-01', '2025-01-01', '2025-12-01')"
    ((outcome, last),) = world.rows(known)
    assert (outcome, last.month) == (9_000_000, 3)


@pytest.mark.parametrize(
    ("there", "arrives", "held"),
    [
        ({"budget": BUDGET}, ("utfall", OUTCOME), []),
        ({"utfall": OUTCOME}, ("budget", BUDGET), []),
        ({"budget": BUDGET}, ("utfall", OUTCOME.replace("00000\n", "000\n")), ["utfall"]),
        ({"utfall": OUTCOME}, ("budget", BUDGET.replace(";1000000", ";12000000")), ["budget"]),
    ],
)
def test_the_half_that_arrives_is_held_against_the_one_that_is_there(world, there, arrives, held):
    for source, text in (*there.items(), arrives):
        answer = deliver(world, (f"{source}_{PERIOD}.csv", text))
    assert [source for source, _, state, _ in states(world) if state == "held"] == held
    assert answer.code == (3 if held else 0)


def test_a_held_file_is_not_let_in_beside_what_it_cannot_stand_with(world):
    wrong = economy().replace(";1000000;", ";12000000;")
    assert deliver(world, (f"ekonomi_{PERIOD}.csv", wrong)).code == 3
    assert deliver(world, (f"budget_{PERIOD}.csv", BUDGET)).code == 0
    number = world.value("select id from delivery where state = 'held'")
    answer = world.manad("release", number, "--by", "Kim", "--reason", "rätt")
    assert answer.code == 1
    assert f"kan inte släppas in. budget_{PERIOD}.csv är redan mottagen" in answer.err
    assert world.manad("release", number, "--by", "Kim", "--refuse").code in (0, 1)
    assert states(world)[0] == ("ekonomi", PERIOD, "refused", None)


def test_a_ledger_without_one_of_them_is_taken_as_the_other_and_known_from_then_on(world):
    without = economy().replace(";1000000;", ";;")
    answer = deliver(world, (f"ekonomi_{PERIOD}.csv", without))
    assert answer.code == 0
    assert "filen är läst som utfall" in said(answer)
    assert states(world) == [("utfall", PERIOD, "accepted", 1)]
    assert "har tagits emot förut" in said(deliver(world, (f"ekonomi_{PERIOD}.csv", without)))
    assert "har tagits emot förut" in said(deliver(world, (f"utfall_{PERIOD}.csv", without)))
    assert len(states(world)) == 1
    told = world.manad("deliver", "--explain", world.home.parent / "lämnat" / f"ekonomi_{PERIOD}.csv")
    assert "Ekonomi (utfall)" in told.out


def test_two_ledgers_of_a_month_that_each_hold_one_half_are_both_let_in(world):
    answer = deliver(
        world,
        (f"ekonomi_{PERIOD}_a.csv", economy().replace(";1000000;", ";;")),
        (f"ekonomi_{PERIOD}_b.csv", BUDGET),
    )
    assert answer.code == 0, answer.out
    assert sorted(states(world)) == [("budget", PERIOD, "accepted", 1), ("utfall", PERIOD, "accepted", 1)]


def test_a_figure_leads_to_the_row_of_each_file(world):
    month_in_two(world)
    world.run()
    (mail,) = [one for one in world.mails() if one["To"] == "anna@example.se"]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert re.search(rf"budget levererad [0-9-]+, budget_{PERIOD}.csv, rad 2, 5, 8 och 9 ställen till", text)
    assert re.search(rf"utfall levererad [0-9-]+, utfall_{PERIOD}.csv, rad 2, 5, 8 och 6 ställen till", text)


@pytest.mark.parametrize("knows_august", [True, False])
def test_what_a_half_says_otherwise_of_earlier_months_is_listed_and_what_nobody_had_said_is_not(
    world, knows_august
):
    before = in_two(economy(closed=8))[1]
    deliver(world, ("budget_2026-08.csv", BUDGET))
    if knows_august:
        deliver(
            world,
            ("utfall_2026-08.csv", before.replace("2026-08;102;Personal;1000000", "2026-08;102;Personal;9")),
        )
    month_in_two(world)
    assert world.run().code == 0
    listed = world.manad("report", PERIOD, "--format", "json").json["andrat_sedan_forra"]
    assert [
        (one["enhet"], one["period"], one["utfall_fore"], one["utfall"], one["budget_fore"], one["budget"])
        for one in listed
    ] == ([("102", "2026-08", 9, 1_000_000, 1_000_000, 1_000_000)] if knows_august else [])
