"""When the mails beside warnings and plans are sent: each once, and only when it is so."""

import pytest

from tests.mails.smtp_servers import Sink, free_port, misbehaving, say, serving
from tests.worlds.bad_deliveries import quietly
from tests.worlds.beginnings import run_a_month
from tests.worlds.small_administration import (
    CONTROLLER,
    MANAGERS,
    PERIOD,
    UNITS,
    economy,
    organisation,
    sick_leave,
)
from tests.worlds.told_controllers import closings
from tests.worlds.two_systems import in_two

ANNA, BO, CIA = (MANAGERS[code] for code in UNITS)
SUPPLIER, HR, NOT_FINISHED = "leverantor@example.se", "hr@example.se", 3


def configure(world, text):
    (world.home / "manad.toml").write_text(text, encoding="utf-8")


def of_kind(world, kind):
    """Return the receivers of a kind's mails that went out, in their order."""
    rows = world.rows("select address from mail where kind = %s and state = 'sent' order by id", kind)
    return [address for (address,) in rows]


def text_of(world, kind):
    """Return what the last mail of a kind says."""
    found = world.value("select body_text from mail where kind = %s order by id desc limit 1", kind)
    return " ".join(found.split())


def revise(world, name, **ledger):
    world.put(f"ekonomi_{PERIOD}_{name}.csv", economy(**ledger))


def changed(world):
    assert quietly(world.run("--mails", "changed")).code == 0


# Corrections


@pytest.mark.usefixtures("done_month")
def test_a_larm_that_was_corrected_away_is_told_to_be_gone_once_and_is_new_when_it_comes_back(world):
    revise(world, "ratt", over=())
    for _ in range(2):
        changed(world)
    assert of_kind(world, "rattad_uppgift") == [ANNA]
    text = text_of(world, "rattad_uppgift")
    assert "Besked: vi sade LARM, nu gäller ingen varning." in text
    assert "Kravet på åtgärdsplan har fallit bort." in text
    assert "Utfallet till och med september är 0,9 mnkr lägre." in text
    assert "Mejlet den 7 oktober 2026 byggde på uppgifter som har rättats" in text
    revise(world, "ratt_igen", over=("101",), by=0.11)
    for _ in range(2):
        changed(world)
    assert of_kind(world, "avvikelse") == [ANNA, ANNA]
    assert of_kind(world, "rattad_uppgift") == [ANNA]
    assert text_of(world, "avvikelse").count("Lämna en åtgärdsplan senast den 14 oktober.") == 1


@pytest.mark.usefixtures("done_month")
def test_other_figures_of_the_same_larm_are_told_under_the_first_mail_and_the_demand_stands(world):
    revise(world, "mer", over=("101",), by=0.2)
    changed(world)
    first, correction = [mail for mail in world.mails() if mail["To"] == ANNA]
    assert correction["In-Reply-To"] == first["Message-ID"]
    assert correction["Reply-To"] == CONTROLLER
    text = text_of(world, "rattad_uppgift")
    assert "Kravet på åtgärdsplan står kvar: lämna den senast 14 oktober." in text
    assert "Avvikelse: vi sade underskott 1,0 mnkr (8,5 %), nu gäller underskott " in text
    assert "Besked" not in text


@pytest.mark.usefixtures("done_month")
def test_a_revision_that_changes_no_figure_that_was_read_corrects_nothing(world):
    revise(world, "oren", monthly=1_000_001)
    changed(world)
    assert of_kind(world, "rattad_uppgift") == []


@pytest.mark.usefixtures("done_month")
def test_a_done_month_corrects_nothing_by_itself(world):
    revise(world, "ratt", over=())
    assert quietly(world.run()).code == 0
    assert of_kind(world, "rattad_uppgift") == []
    changed(world)
    assert of_kind(world, "rattad_uppgift") == [ANNA]


def test_a_month_that_is_not_done_corrects_what_went_out_and_replaces_what_did_not(world, by_smtp):
    world.month(ekonomi=economy(over=("101", "102")))
    with serving(Sink(answers={BO: "450 senare"})) as port:
        by_smtp(port)
        assert quietly(world.run()).code == NOT_FINISHED
    revise(world, "ratt", over=())
    sink = Sink()
    with serving(sink) as port:
        by_smtp(port)
        assert quietly(world.run()).code == 0
    assert [to for _, to, _ in sink.mails] == [ANNA, CONTROLLER]
    assert of_kind(world, "rattad_uppgift") == [ANNA]
    assert world.value("select state from mail where address = %s", BO) == "skipped"


@pytest.mark.usefixtures("done_month")
def test_a_correction_that_has_not_gone_out_is_replaced_or_withdrawn(world, by_smtp):
    by_smtp(free_port())
    revise(world, "ratt", over=())
    world.run("--mails", "changed")
    states = "select state from mail where kind = 'rattad_uppgift'"
    assert world.rows(states) == [("retrying",)]
    revise(world, "anda_inte", over=("101",))
    world.put(f"ekonomi_{PERIOD}_anda_inte.csv", economy() + "\n")
    world.run("--mails", "changed")
    assert world.rows(states) == [("skipped",)]


@pytest.mark.usefixtures("done_month")
def test_a_unit_that_has_another_manager_by_now_is_not_told_of_to_the_one_before(world):
    world.put(f"organisation_{PERIOD}_ny.csv", organisation(managers=MANAGERS | {"101": "efter@example.se"}))
    revise(world, "ratt", over=())
    changed(world)
    assert of_kind(world, "rattad_uppgift") == []


def test_a_mail_warns_or_corrects_and_never_both_of_one_unit(world):
    world.month(organisation=organisation(managers=dict.fromkeys(UNITS, ANNA)))
    world.run()
    revise(world, "byt", over=("102",))
    changed(world)
    assert of_kind(world, "avvikelse") == [ANNA, ANNA]
    assert of_kind(world, "rattad_uppgift") == [ANNA]
    assert UNITS["101"] not in text_of(world, "avvikelse")
    assert UNITS["102"] not in text_of(world, "rattad_uppgift")


# All-clear


def test_managers_whose_units_are_all_in_balance_are_told_once_where_it_is_wanted(world):
    configure(world, "[mail]\nall_clear = true\n")
    world.month()
    world.run()
    changed(world)
    assert of_kind(world, "i_balans") == [BO, CIA]
    assert UNITS["102"] in world.value(
        "select body_text from mail where kind = 'i_balans' and address = %s", BO
    )


@pytest.mark.usefixtures("done_month")
def test_nobody_is_told_of_balance_by_default_nor_after_a_warning(world):
    assert of_kind(world, "i_balans") == []
    configure(world, "[mail]\nall_clear = true\n")
    revise(world, "ratt", over=())
    changed(world)
    assert of_kind(world, "i_balans") == [BO, CIA]


def test_a_controller_who_stands_in_is_not_told_of_balance(world):
    configure(world, "[mail]\nall_clear = true\n")
    world.month(organisation=organisation(managers={"101": ANNA}))
    world.run()
    assert of_kind(world, "i_balans") == []


# Receipts

WITH_SUPPLIER = f'[sources.bistand]\nleverantor_epost = "{SUPPLIER}"\n'


def test_a_supplier_gets_a_receipt_for_each_accepted_file_once(world):
    configure(world, WITH_SUPPLIER)
    world.month()
    for _ in range(2):
        world.run()
    assert of_kind(world, "kvitto_mottagen") == [SUPPLIER]
    assert "Nästa leverans är oktober 2026, senast den 6 november." in text_of(world, "kvitto_mottagen")
    world.put("bistand_2026-09_ny.csv", "period;hushall;medelbidrag\n2026-09;901;9 153\n")
    for _ in range(2):
        world.run()
    assert of_kind(world, "kvitto_mottagen") == [SUPPLIER] * 2
    assert "Revision 2 ersätter revision 1, mottagen " in text_of(world, "kvitto_mottagen")


def test_the_ledgers_receipt_tells_what_to_tick_off_and_what_has_changed(world):
    configure(world, WITH_SUPPLIER.replace("bistand", "ekonomi"))
    world.month()
    world.run()
    assert "september: budget 3 000 000, utfall 3 100 000" in text_of(world, "kvitto_mottagen")
    revise(world, "ratt", over=())
    world.run()
    assert "september: budget 3 000 000 (0), utfall 3 000 000 (−100 000)" in text_of(world, "kvitto_mottagen")


def test_old_months_that_are_followed_up_in_hindsight_bring_a_supplier_no_receipt_but_what_was_refused(world):
    configure(world, WITH_SUPPLIER)
    world.month()
    world.put("bistand_2026-08.csv", "period;hushall\n2026-08;x\n")
    world.manad("run", PERIOD, "--today", "2027-03-01")
    assert of_kind(world, "kvitto_mottagen") == []
    assert of_kind(world, "kvitto_nekad") == [SUPPLIER]


@pytest.mark.usefixtures("done_month")
def test_nobody_but_a_supplier_gets_a_receipt_and_no_old_delivery_is_news(world):
    world.execute("update delivery set received_at = received_at - interval '8 days'")
    configure(world, WITH_SUPPLIER)
    world.run()
    assert of_kind(world, "kvitto_mottagen") == []


# Reminders to suppliers


def run_a_month_of_a_supplier(world):
    configure(world, WITH_SUPPLIER)
    run_a_month(world)


@pytest.fixture
def waiting(after):
    """September is done, and October's files haven't come."""
    return after(run_a_month_of_a_supplier)


def reminded(world, *days):
    said = [quietly(world.manad("chase", "--today", day)) for day in days]
    assert [answer.code for answer in said] == [0] * len(days)
    rows = world.rows("select address, step from mail where kind = 'leverans_paminnelse' order by id")
    return [(address, step.split()[0]) for address, step in rows]


def test_a_supplier_is_reminded_the_day_before_and_the_day_after_a_deadline_and_the_operator_after(waiting):
    assert reminded(waiting, "2026-11-04") == []
    assert reminded(waiting, "2026-11-05", "2026-11-05", "2026-11-06", "2026-11-07") == [(SUPPLIER, "before")]
    assert "Lämna senast den 6 november, i morgon." in text_of(waiting, "leverans_paminnelse")
    assert sorted(reminded(waiting, "2026-11-09", "2026-11-09", "2026-11-20")) == [
        ("drift@example.se", "after"),
        (SUPPLIER, "after"),
        (SUPPLIER, "before"),
    ]


def test_a_missed_day_is_made_up_for_once(waiting):
    assert reminded(waiting, "2026-11-06") == [(SUPPLIER, "before")]
    assert len(reminded(waiting, "2026-11-24", "2026-11-25")) == 3


def test_the_chase_says_who_was_reminded_of_what(waiting):
    said = waiting.manad("chase", "--today", "2026-11-05").out
    assert f"Leverans snart: ekonomiskt bistånd, till {SUPPLIER}" in said


def test_what_has_been_delivered_is_not_reminded_of(waiting):
    path = waiting.put("bistand_2026-10.csv", "period;hushall;medelbidrag\n2026-10;900;9 153\n")
    assert waiting.manad("deliver", path, "--today", "2026-11-03").code == 0
    assert reminded(waiting, "2026-11-05", "2026-11-09") == [("drift@example.se", "after")]
    assert "istånd" not in text_of(waiting, "leverans_paminnelse")


def test_a_reminder_that_has_not_gone_out_is_withdrawn_when_the_file_comes(waiting, by_smtp):
    by_smtp(free_port())
    configure(waiting, WITH_SUPPLIER)
    assert waiting.manad("chase", "--today", "2026-11-05").code == NOT_FINISHED
    path = waiting.put("bistand_2026-10.csv", "period;hushall;medelbidrag\n2026-10;900;9 153\n")
    assert waiting.manad("deliver", path, "--today", "2026-11-05").code == 0
    waiting.manad("chase", "--today", "2026-11-06")
    assert waiting.rows("select state from mail where kind = 'leverans_paminnelse'") == [("skipped",)]


def test_the_first_month_reminds_nobody(world):
    configure(world, WITH_SUPPLIER)
    assert reminded(world, "2026-10-06", "2026-10-08") == []
    world.month(bistand=None)
    world.run()
    assert reminded(world, "2026-10-09") == []


def test_a_month_that_is_done_without_a_source_reminds_nobody(waiting):
    waiting.month_files("2026-10", closed=10)
    (waiting.inbox / "bistand_2026-10.csv").unlink()
    answer = waiting.manad("run", "2026-10", "--today", "2026-11-06", "--allow-missing")
    assert answer.code == 0, answer.out
    assert reminded(waiting, "2026-11-09") == []


BUDGET_OFFICE, BOOKKEEPERS = "budget@example.se", "redovisning@example.se"
IN_HALVES = (
    f'[sources.budget]\nleverantor_epost = "{BUDGET_OFFICE}"\n'
    f'[sources.utfall]\nleverantor_epost = "{BOOKKEEPERS}"\n'
)


def test_each_half_of_the_ledger_has_its_own_supplier_who_is_reminded_of_it_alone(waiting):
    configure(waiting, IN_HALVES)
    assert sorted(reminded(waiting, "2026-11-05")) == [(BUDGET_OFFICE, "before"), (BOOKKEEPERS, "before")]
    path = waiting.put("utfall_2026-10.csv", in_two(economy(closed=10))[1])
    assert waiting.manad("deliver", path, "--today", "2026-11-06").code == 0
    late = reminded(waiting, "2026-11-09")
    assert (BUDGET_OFFICE, "after") in late
    assert (BOOKKEEPERS, "after") not in late
    waiting.manad("run", "2026-10", "--today", "2026-11-09")
    assert BOOKKEEPERS in of_kind(waiting, "kvitto_mottagen")
    assert "- januari: utfall 3 100 000 - februari: utfall" in text_of(waiting, "kvitto_mottagen").replace(
        "\u00a0", " "
    )


def test_the_supplier_of_the_ledger_answers_for_a_half_that_has_none(waiting):
    configure(waiting, f'[sources.ekonomi]\nleverantor_epost = "{BOOKKEEPERS}"\n')
    path = waiting.put("utfall_2026-10.csv", in_two(economy(closed=10))[1])
    waiting.manad("deliver", path, "--today", "2026-11-03")
    assert (BOOKKEEPERS, "before") in reminded(waiting, "2026-11-05")
    assert "budget_2026-10.csv" in text_of(waiting, "leverans_paminnelse")


# The month is done


def test_controllers_are_told_once_that_the_month_is_done_after_its_mails_went_out(world):
    world.month()
    for words in ((), (), ("--mails", "changed"), ("--from", "assess_units")):
        assert quietly(world.run(*words)).code == 0
    (mail,) = closings(world)
    text = text_of(world, "manad_klar")
    assert mail["To"] == CONTROLLER
    assert "Enheter: 3 av 3 bedömda, LARM 1, BEVAKA 0" in text
    assert "Åtgärdsplaner: krävda 1, inkomna 0, sena 0, godkända 0" in text
    assert "Mejl: skickade 1, misslyckade 0, osäkra 0" in text
    assert "LARM: Förskolan Norr, befarat underskott 1,0 mnkr. Åtgärdsplan: krävs senast 14 oktober." in text
    assert "Den 15 oktober påminns de som inte har lämnat plan." in text


def test_it_is_told_what_did_not_come_through(world, by_smtp):
    world.month()
    with serving(Sink(answers={ANNA: "550 okand"})) as port:
        by_smtp(port)
        assert quietly(world.run()).code == 0
    text = text_of(world, "manad_klar")
    assert "Mejl: skickade 0, misslyckade 1, osäkra 0" in text
    assert "manad mail list --state failed" in text
    assert of_kind(world, "manad_klar") == [CONTROLLER]


def test_nobody_is_told_of_a_month_whose_mails_wait_before_they_have_gone_out(world, by_smtp):
    world.month()
    with misbehaving(MAIL=say(b"421 upptagen\r\n")) as (port, _):
        by_smtp(port)
        assert quietly(world.run()).code == NOT_FINISHED
    assert world.value("select count(*) from mail where kind = 'manad_klar'") == 0
    with serving(Sink()) as port:
        by_smtp(port)
        world.execute("update mail set next_attempt_at = now()")
        assert quietly(world.run()).code == 0
    assert of_kind(world, "manad_klar") == [CONTROLLER]


@pytest.mark.usefixtures("done_month")
def test_a_month_that_was_corrected_is_told_again_only_where_it_is_asked_for(world):
    revise(world, "ratt", over=())
    world.run()
    assert len(closings(world)) == 1
    for _ in range(2):
        changed(world)
    assert len(closings(world)) == 2
    assert "LARM 0" in text_of(world, "manad_klar")
    assert "Ingen av dina enheter har en varning." in text_of(world, "manad_klar")


def test_without_any_controller_nobody_is_told(world):
    world.month(organisation=organisation().replace(f";{CONTROLLER};", ";;"))
    world.run()
    assert of_kind(world, "manad_klar") == []


def test_the_configured_controller_is_told_of_all_units(world, monkeypatch):
    monkeypatch.setenv("MANAD_CONTROLLER_EMAIL", "Ekonomichef <chef@example.se>")
    world.month(organisation=organisation().replace(f";{CONTROLLER};", ";;"))
    world.run()
    assert of_kind(world, "manad_klar") == ["chef@example.se"]
    assert "Förskolan Norr" in text_of(world, "manad_klar")
    assert "Du får det här som controller för hela förvaltningen." in text_of(world, "manad_klar")


def test_a_preview_tells_of_a_month_as_if_its_mails_had_gone_out(world, tmp_path):
    world.month()
    assert world.manad("preview", PERIOD, "--out", tmp_path, "--today", "2026-10-07").code == 0
    (path,) = tmp_path.glob("*_manad_klar.txt")
    text = path.read_text(encoding="utf-8")
    assert f"Till: {CONTROLLER}" in text
    assert "Mejl: skickade 1, misslyckade 0" in text
    assert world.value("select count(*) from mail") == 0


@pytest.mark.usefixtures("done_month")
def test_a_preview_shows_the_corrections_that_would_go_out_when_they_are_asked_for(world, tmp_path):
    revise(world, "ratt", over=())
    before = world.contents()
    shown = {}
    for choice in ((), ("--mails", "changed")):
        out = tmp_path / "-".join(("ut", *choice))
        assert world.manad("preview", PERIOD, "--out", out, "--today", "2026-10-08", *choice).code == 0
        shown[choice] = [
            path.name.split("_", 2)[2] for path in sorted(out.glob("*.html")) if "mejl" in path.name
        ]
    assert shown == {(): [], ("--mails", "changed"): ["rattad_uppgift.html", "manad_klar.html"]}
    assert world.contents() == before


# Sick leave


@pytest.fixture
def ill(world):
    """A year in which every unit had 4.8 %, over a target of 4 %."""
    configure(world, f'[sick_leave]\nhr_email = "{HR}"\n')
    months = [f"2025-{number:02d}" for number in (10, 11, 12)] + [
        f"2026-{number:02d}" for number in range(1, 9)
    ]
    for month in months:
        world.put(f"sjukfranvaro_{month}.csv", sick_leave(month))
    target(world, "4,0 %")
    world.month()
    return world


def target(world, percent):
    world.put(f"indikatorer_{PERIOD}.csv", f"period;indikator;arsmal\n{PERIOD};Sjukfrånvaro;{percent}\n")


def test_managers_above_the_target_and_personnel_are_asked_to_meet_once_a_quarter(ill):
    for words in ((), (), ("--mails", "changed")):
        assert quietly(ill.run(*words)).code == 0
    assert of_kind(ill, "sjukfranvaro_mote") == [ANNA, BO, CIA, HR]
    text = text_of(ill, "sjukfranvaro_mote")
    assert "Boka kvartalets möte med chefen för varje enhet senast den 28 oktober." in text
    assert "Förskolan Norr: 4,8 %, 0,8 procentenheter över årsmålet 4,0 %." in text
    assert "Nästa underlag, om december 2026, kommer omkring den 12 januari 2027." in text


def test_nobody_below_the_target_is_asked_to_meet(ill):
    target(ill, "5,0 %")
    ill.run()
    assert of_kind(ill, "sjukfranvaro_mote") == []


def test_small_groups_are_not_told_of_and_call_for_no_meeting(ill):
    configure(ill, f'[sick_leave]\nhr_email = "{HR}"\n[small_groups]\nfewest_employees = 25\n')
    ill.run()
    assert of_kind(ill, "sjukfranvaro_mote") == []


def test_other_months_have_no_meeting(ill):
    configure(ill, "[sick_leave]\nmeeting_months = [3, 6]\n")
    ill.run()
    assert of_kind(ill, "sjukfranvaro_mote") == []


def test_a_done_month_asks_for_no_meeting_unless_it_is_asked_for(ill):
    target(ill, "5,0 %")
    ill.run()
    ill.put(f"indikatorer_{PERIOD}_ny.csv", f"period;indikator;arsmal\n{PERIOD};Sjukfrånvaro;4,0 %\n")
    ill.run()
    assert of_kind(ill, "sjukfranvaro_mote") == []
    changed(ill)
    assert of_kind(ill, "sjukfranvaro_mote") == [ANNA, BO, CIA, HR]


def test_a_month_that_stops_asks_for_no_meeting(ill):
    (ill.inbox / f"bistand_{PERIOD}.csv").unlink()
    assert ill.run().code == NOT_FINISHED
    assert of_kind(ill, "sjukfranvaro_mote") == []


# Activities

HEAD = "aktivitet;ansvarig_epost;startdatum;slutdatum;avvikelse\n"


def activities(world, *rows, period=PERIOD, name=""):
    path = world.put(f"aktiviteter_{period}{name}.csv", HEAD + "".join(f"{row}\n" for row in rows))
    assert quietly(world.manad("deliver", path, "--today", "2026-10-07")).code == 0


def told_of(world, *days):
    for day in days:
        assert quietly(world.manad("chase", "--today", day)).code == 0
    rows = world.rows(
        "select mail.address, unit from mail join mail_warning on mail.id = mail_id"
        " where kind = 'aktivitet_sen' order by mail.id, unit"
    )
    return [tuple(row) for row in rows]


@pytest.fixture
def active(world):
    assert world.manad("deliver", world.put(f"organisation_{PERIOD}.csv", organisation())).code == 0
    activities(
        world,
        f"Rutin;{ANNA};2026-01-01;2026-10-14;Avvikelse",
        f"Utbildning;{ANNA};2026-01-01;2026-09-30;Försenad",
        f"Framtid;{ANNA};2026-01-01;2026-10-15;Avvikelse",
        f"Som planerat;{ANNA};2026-01-01;2026-09-30;",
        f"Klar sak;{BO};2026-01-01;2026-09-30;Klar 2026-09-28",
    )
    return world


def test_who_answers_for_late_activities_gets_one_mail_with_all_of_them_once(active):
    assert told_of(active, "2026-10-15", "2026-10-15") == [(ANNA, "Rutin"), (ANNA, "Utbildning")]
    assert len(of_kind(active, "aktivitet_sen")) == 1
    text = text_of(active, "aktivitet_sen")
    assert text.index("Utbildning") < text.index("Rutin")  # the oldest first
    assert told_of(active, "2026-10-16")[2:] == [(ANNA, "Framtid")]


def test_an_activity_under_two_goals_is_told_once_for_each_last_day(world):
    assert world.manad("deliver", world.put(f"organisation_{PERIOD}.csv", organisation())).code == 0
    rows = [
        f"Rutin;{ANNA};2026-01-01;{end};Avvikelse\n" for end in ("2026-09-30", "2026-09-30", "2026-10-01")
    ]
    path = world.put(f"aktiviteter_{PERIOD}.csv", HEAD + "".join(rows))
    assert quietly(world.manad("deliver", path, "--today", "2026-10-07")).code == 0
    assert told_of(world, "2026-10-15") == [(ANNA, "Rutin")]
    assert told_of(world, "2026-10-16", "2026-10-19") == [(ANNA, "Rutin"), (ANNA, "Rutin")]


def test_a_new_delivery_tells_again_only_of_what_has_a_new_last_day(active):
    told_of(active, "2026-10-15")
    activities(
        active,
        f"Rutin;{ANNA};2026-01-01;2026-10-14;Försenad",
        f"Utbildning;{ANNA};2026-01-01;2026-10-15;Försenad",
        name="_ny",
    )
    assert told_of(active, "2026-10-16")[2:] == [(ANNA, "Utbildning")]


@pytest.mark.parametrize("day", ["2026-10-17", "2026-10-18", "2026-12-24", "2027-07-15"])
def test_nobody_is_told_of_activities_on_a_free_or_mute_day(active, day):
    assert told_of(active, day) == []


def test_an_address_that_nobody_vouches_for_is_not_written_to(active):
    activities(active, "Rutin;nagon@annan.example;2026-01-01;2026-09-30;Avvikelse", name="_ny")
    assert told_of(active, "2026-10-15") == [("drift@example.se", "Rutin")]
    assert "vi inte kan skriva till nagon@annan.example" in text_of(active, "aktivitet_sen")


def test_an_activity_that_nobody_could_be_told_of_is_told_to_the_next_one(active, by_smtp):
    activities(active, f"Rutin;{ANNA};2026-01-01;2026-09-30;Avvikelse", name="_ny")
    with serving(Sink(answers={ANNA: "550 okand"})) as port:
        by_smtp(port)
        told = told_of(active, "2026-10-15", "2026-10-16", "2026-10-19")
    assert told == [(ANNA, "Rutin"), ("drift@example.se", "Rutin")]
