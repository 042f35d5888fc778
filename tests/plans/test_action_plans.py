"""A plan's life at the desk: drafts, decisions, two people at once, and who is told."""

import json

import pytest

from tests.worlds.small_administration import MANAGERS, economy, organisation

NOT_DONE, USAGE = 1, 2
MEASURE = "Färre vikarier;biträdande rektor;2026-11;60 000;Sjukfrånvaron kan stiga"
SMALLER = "Senarelagt inköp;rektor;2026-12;10 000"


@pytest.fixture
def warned(done_month):
    """One manager is to hand in a plan of 1.2 mnkr."""
    return done_month


def plan(world, *words, code=0):
    answer = world.manad("plan", *words)
    assert answer.code == code, answer
    return answer


def shown(world, number=1):
    return plan(world, "show", number, "--json").json


def kinds(world):
    return [kind for (kind,) in world.rows("select kind from mail where kind like 'plan_%%' order by id")]


# The demand


def test_a_larm_demands_a_plan_on_the_day_that_the_month_promised(warned):
    told = plan(warned, "list", "--period", "2026-09", "--json").json
    assert [(each["enhet"], each["lage"], each["plan_senast"]) for each in told] == [
        ("101", "required", "2026-10-14")
    ]


def test_a_month_that_is_run_again_demands_nothing_more_and_moves_no_deadline(warned):
    before = warned.rows("select * from plan")
    warned.run()
    warned.manad("run", "2026-09", "--today", "2026-10-20", "--from", "assess_units")
    assert [row[:3] for row in warned.rows("select id, unit, due from plan")] == [
        row[:3] for row in warned.rows("select id, unit, due from plan")
    ]
    assert len(before) == warned.value("select count(*) from plan") == 1
    assert str(warned.value("select due from plan")) == "2026-10-14"


def test_a_rehearsal_demands_no_plan(world):
    world.month()
    world.run("--dry-run")
    assert world.value("select count(*) from plan") == 0


def test_a_larm_that_goes_on_replaces_a_plan_that_never_came(warned):
    warned.month_files("2026-10", closed=10)
    warned.manad("run", "2026-10", "--today", "2026-11-06")
    assert warned.rows("select period::text, state from plan order by period") == [
        ("2026-09-01", "replaced"),
        ("2026-10-01", "required"),
    ]


def test_a_plan_that_waits_for_its_decision_answers_the_next_larm_too(warned):
    plan(warned, "submit", 1, "--measure", MEASURE, "--today", "2026-10-12")
    warned.month_files("2026-10", closed=10)
    warned.manad("run", "2026-10", "--today", "2026-11-06")
    assert warned.rows("select period::text, state from plan") == [("2026-09-01", "submitted")]
    text = warned.value("select body_text from mail where kind = 'avvikelse' and period = '2026-10-01'")
    assert "väntar på beslut" in " ".join(text.split())


def test_an_older_month_that_is_run_again_takes_nothing_from_the_newer_one(warned):
    warned.month_files("2026-10", closed=10)
    warned.manad("run", "2026-10", "--today", "2026-11-06")
    before = warned.rows("select period, state, version from plan order by id")
    warned.manad("run", "2026-09", "--today", "2026-11-09", "--from", "assess_units")
    assert warned.rows("select period, state, version from plan order by id") == before


# Handing in and deciding


def test_a_plan_goes_from_demand_to_approval_and_each_step_is_told(warned):
    plan(warned, "submit", 1, "--measure", MEASURE, "--measure", SMALLER, "--today", "2026-10-12")
    assert kinds(warned) == ["plan_mottagen", "plan_att_besluta"]
    plan(warned, "return", 1, "--comment", "Ange vem som ansvarar.", "--today", "2026-10-13")
    plan(warned, "submit", 1, "--measure", MEASURE, "--today", "2026-10-14")
    plan(warned, "approve", 1, "--comment", "Bra.", "--today", "2026-10-15")
    assert kinds(warned) == [
        "plan_mottagen",
        "plan_att_besluta",
        "plan_atersand",
        "plan_mottagen",
        "plan_att_besluta",
        "plan_godkand",
    ]
    assert [event["handelse"] for event in shown(warned)["handelser"]] == [
        "krävdes",
        "inlämnad",
        "återsänd för komplettering",
        "inlämnad",
        "godkänd",
    ]
    told = warned.rows("select distinct kind, address from mail where kind like 'plan_%%'")
    assert dict(told) == {
        "plan_att_besluta": "alva@example.se",
        "plan_atersand": "anna@example.se",
        "plan_godkand": "anna@example.se",
        "plan_mottagen": "anna@example.se",
    }


def test_what_is_promised_counts_the_months_that_are_left(warned):
    plan(warned, "submit", 1, "--measure", MEASURE, "--measure", SMALLER)
    assert shown(warned)["lovat_i_ar"] == 130_000


def test_a_head_is_told_of_many_plans_in_one_mail_a_day(world):
    world.month(ekonomi=economy(over=tuple(MANAGERS)))
    world.run()
    for number in (1, 2, 3):
        plan(world, "submit", number, "--measure", MEASURE, "--today", "2026-10-12")
    assert kinds(world).count("plan_att_besluta") == 1
    world.manad("chase", "--today", "2026-10-13")
    assert kinds(world).count("plan_att_besluta") == 2
    world.manad("chase", "--today", "2026-10-13")
    assert kinds(world).count("plan_att_besluta") == 2


def test_a_plan_that_is_taken_back_can_be_handed_in_again(warned):
    plan(warned, "submit", 1, "--measure", MEASURE)
    plan(warned, "withdraw", 1)
    assert shown(warned)["lage"] == "withdrawn"
    plan(warned, "submit", 1)
    assert shown(warned)["lage"] == "submitted"
    assert shown(warned)["atgarder"][0]["vad"] == "Färre vikarier"


def test_a_draft_is_kept_and_not_handed_in(warned):
    plan(warned, "submit", 1, "--measure", MEASURE, "--draft")
    assert shown(warned)["lage"] == "required"
    assert len(shown(warned)["atgarder"]) == 1
    assert kinds(warned) == []


def test_a_new_plan_can_be_the_last_one_unchanged(warned):
    plan(warned, "submit", 1, "--measure", MEASURE)
    plan(warned, "approve", 1)
    warned.month_files("2026-10", closed=10)
    warned.manad("run", "2026-10", "--today", "2026-11-06")
    plan(warned, "submit", 2, "--unchanged")
    assert shown(warned, 2)["atgarder"] == shown(warned, 1)["atgarder"]
    plan(warned, "approve", 2)
    assert warned.rows("select state from plan order by id") == [("replaced",), ("approved",)]


def test_a_plan_from_a_file_is_read_as_one_from_words(warned, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_text("vad;vem;fran;effekt_per_manad;risk\nFärre vikarier;rektor;2026-11;25 000,50;\n", "utf-8")
    plan(warned, "submit", 1, "--file", file)
    assert shown(warned)["atgarder"][0]["effekt_per_manad"] == 25000.5


# What can't be done


BAD = {
    "no measure": [],
    "negative effect": ["--measure", "Färre vikarier;rektor;2026-11;-5 000"],
    "no effect": ["--measure", "Färre vikarier;rektor;2026-11;0"],
    "before the start": ["--measure", "Färre vikarier;rektor;2026-09;5 000"],
    "above the budget": ["--measure", "Färre vikarier;rektor;2026-11;2 000 000"],
    "nobody": ["--measure", "Färre vikarier;;2026-11;5 000"],
    "a long text": ["--measure", f"{'x' * 100_000};rektor;2026-11;5 000"],
    "a personal number": ["--measure", "Anna 19121212-1212 slutar;rektor;2026-11;5 000"],
}


@pytest.mark.parametrize("words", BAD.values(), ids=BAD)
def test_a_plan_that_says_too_little_or_too_much_is_not_handed_in(warned, words):
    answer = plan(warned, "submit", 1, *words, code=NOT_DONE)
    assert answer.err.startswith("manad: Planen går inte att lämna in. ")
    assert answer.err.count("\n") == 1
    assert warned.rows("select state, version from plan") == [("required", 1)]
    assert kinds(warned) == []


@pytest.mark.parametrize(
    "measure", ["bara en text", "a;b;c;d;e;f", "a;b;november;5 000", "a;b;2026-11;fem", "a;b;2026-11;1.234"]
)
def test_a_measure_that_cannot_be_read_is_wrong_use(warned, measure):
    answer = plan(warned, "submit", 1, "--measure", measure, code=USAGE)
    assert answer.err.startswith("manad: --measure: ")


@pytest.mark.parametrize("action", ["withdraw", "approve"])
def test_a_plan_that_was_not_handed_in_cannot_be_decided(warned, action):
    answer = plan(warned, action, 1, code=NOT_DONE)
    assert "kan inte" in answer.err
    assert warned.value("select state from plan") == "required"


def test_an_approved_plan_is_not_handed_in_again(warned):
    plan(warned, "submit", 1, "--measure", MEASURE)
    plan(warned, "approve", 1)
    plan(warned, "submit", 1, "--measure", SMALLER, code=NOT_DONE)
    assert shown(warned)["atgarder"][0]["vad"] == "Färre vikarier"


def test_a_plan_that_does_not_exist_is_one_line(warned):
    assert plan(warned, "show", 99, code=NOT_DONE).err.startswith("manad: Åtgärdsplan 99 finns inte.")


def test_script_and_sql_are_kept_as_they_were_written(warned):
    what = "<script>alert(1)</script>'); drop table plan; --"
    plan(warned, "submit", 1, "--measure", f"{what.replace(';', ',')};rektor;2026-11;5 000")
    assert shown(warned)["atgarder"][0]["vad"] == what.replace(";", ",")
    html = warned.value("select body_html from mail where kind = 'plan_mottagen'")
    assert "<script" not in html


# Who is told


def test_a_unit_without_a_department_has_its_plan_decided_by_the_controller(world):
    rows = organisation().replace("enhet;A1;", "enhet;;")
    world.month(organisation=rows)
    world.run()
    plan(world, "submit", 1, "--measure", MEASURE)
    assert world.value("select address from mail where kind = 'plan_att_besluta'") == "kontroll@example.se"


def test_the_links_of_mails_open_only_after_they_are_made_anew_when_revoked(warned, monkeypatch):
    monkeypatch.setenv("MANAD_BASE_URL", "https://manad.example.se")
    first = plan(warned, "link", 1).out.strip()
    assert first.startswith("https://manad.example.se/plan/")
    plan(warned, "revoke", 1)
    assert plan(warned, "link", 1).out.strip() != first


def test_a_link_is_not_to_be_had_without_web_pages(warned):
    assert "MANAD_BASE_URL" in plan(warned, "link", 1, code=USAGE).err


def test_the_list_is_readable_json_without_a_plan(world):
    world.month(ekonomi=economy(over=()))
    world.run()
    assert json.loads(plan(world, "list", "--json").out) == []
    assert plan(world, "list").out == "Inga åtgärdsplaner.\n"
