"""Nobody reads of another's unit: an administration's whole life, every mail of every kind looked through."""

import html
import re
from pathlib import Path

import pytest

from tests.mails.smtp_servers import Sink, serving
from tests.worlds.small_administration import (
    ORGANISATION_HEAD,
    PERIOD,
    assistance,
    economy,
    sick_leave,
    volumes,
)

OPERATOR, CONFIGURED, HR, TRIAL = (
    "drift@example.se",
    "ekonomichef@example.se",
    "hr@example.se",
    "prov@example.se",
)
KIA, KURT = "kia@example.se", "kurt@example.se"
ALVA, OMAR = "alva@example.se", "omar@example.se"
NAMES = {
    "101": "Granen",
    "102": "Tallen",
    "103": "Björken",
    "104": "Eken",
    "105": "Asken",
    "106": "Linden",
    "107": "Rönnen",
    "108": "Hasseln",
}
ALL_NAMES = frozenset(NAMES.values())
REGISTER = f"""{ORGANISATION_HEAD}
A1;Avdelning ett;avdelning;;;Alva;{ALVA};;{KIA};nej;;2019-01-01;
A2;Avdelning två;avdelning;;;Omar;{OMAR};;{KURT};nej;;2019-01-01;
101;Granen;enhet;A1;forskola;Anna;anna@example.se;;{KIA};nej;;2019-01-01;
102;Tallen;enhet;A1;forskola;Bo;bo@example.se;dan@example.se;{KIA};nej;;2019-01-01;
103;Björken;enhet;A2;forskola;Anna;anna@example.se;;{KURT};nej;;2019-01-01;
104;Eken;enhet;A2;forskola;Vakant;;dan@example.se;{KURT};nej;;2019-01-01;
105;Asken;enhet;A2;forskola;;;;{KURT};nej;;2019-01-01;
106;Linden;enhet;A1;forskola;Zoe;zoe@annan.example;;;nej;;2019-01-01;
107;Rönnen;enhet;A1;forskola;Ali;ali@example.se;;{KIA};nej;;2019-01-01;
108;Hasseln;enhet;;forskola;;;;;nej;;2019-01-01;
"""
UNITS_OF = {
    "anna@example.se": {"Granen", "Björken"},
    "bo@example.se": {"Tallen"},
    "dan@example.se": {"Eken"},
    "zoe@annan.example": {"Linden"},
    "ali@example.se": {"Rönnen"},
    KURT: {"Asken"},  # as the one who stands in for its manager
    CONFIGURED: {"Hasseln"},
}
"""Who is mailed what concerns a manager."""
DEPARTMENT_OF = {
    ALVA: {"Granen", "Tallen", "Linden", "Rönnen"},
    OMAR: {"Björken", "Eken", "Asken"},
    CONFIGURED: {"Hasseln"},  # which lies in no department
}
CONTROLLED_BY = {
    KIA: {"Granen", "Tallen", "Rönnen"},
    KURT: {"Björken", "Eken", "Asken"},
    CONFIGURED: ALL_NAMES,
}
OWN_UNITS = (
    "avvikelse", "rattad_uppgift", "i_balans", "paminnelse", "plan_mottagen", "plan_godkand", "plan_atersand",
)  # fmt: skip
OF_DEPARTMENTS = ("eskalering", "plan_att_besluta")
OF_NO_UNIT = ("kvitto_mottagen", "kvitto_nekad", "leverans_paminnelse", "korning_stoppad", "aktivitet_sen")
ALL_KINDS = {each.parent.name for each in Path("notifications/mails").glob("*/subject.txt.j2")}
OVER = ("101", "102", "103", "104", "105", "106", "108")
MEASURE = "Färre vikarier;biträdande chef;2026-11;60 000;"
ACTIVITIES = """aktivitet;ansvarig_epost;startdatum;slutdatum;avvikelse
Annas rutin;anna@example.se;2026-01-01;2026-09-30;Avvikelse
Bos utbildning;bo@example.se;2026-01-01;2026-09-30;Avvikelse
Okänds översyn;okand@example.se;2026-01-01;2026-09-30;Avvikelse
Färdig sak;anna@example.se;2026-01-01;2026-09-30;Klar
"""
ACTIVITIES_OF = {
    "anna@example.se": {"Annas rutin"},
    "bo@example.se": {"Bos utbildning"},
    CONFIGURED: {"Okänds översyn"},
}
CONFIG = f"""
[mail]
all_clear = true
[sick_leave]
hr_email = "{HR}"
[sources.ekonomi]
leverantor_epost = "leverantor@ekonomi.example"
[sources.bistand]
leverantor_epost = "leverantor@bistand.example"
"""


@pytest.fixture
def configured(world, monkeypatch):
    """A world with addresses of its own."""
    monkeypatch.setenv("MANAD_CONTROLLER_EMAIL", CONFIGURED)
    monkeypatch.setenv("MANAD_BASE_URL", "https://manad.example.se")
    return world


@pytest.fixture
def administration(configured):
    """The files of September, and sick leave of the year before it."""
    deliver(configured)
    return configured


def deliver(world):
    (world.home / "manad.toml").write_text(CONFIG, encoding="utf-8")
    for month in [
        *(f"2025-{number:02d}" for number in (10, 11, 12)),
        *(f"2026-{n:02d}" for n in range(1, 9)),
    ]:
        world.put(f"sjukfranvaro_{month}.csv", sick_leave(month, NAMES))
    world.put(f"indikatorer_{PERIOD}.csv", f"period;indikator;arsmal\n{PERIOD};Sjukfrånvaro;4,0 %\n")
    world.put(f"aktiviteter_{PERIOD}.csv", ACTIVITIES)
    texts = {
        "organisation": REGISTER,
        "ekonomi": economy(over=OVER, units=NAMES),
        "prestationer": volumes(units=NAMES),
        "bistand": "period;hushall\n2026-09;900\n",
        "sjukfranvaro": sick_leave(units=NAMES),
    }
    for source, text in texts.items():
        world.put(f"{source}_{PERIOD}.csv", text)


def live(world):
    """Let everything happen to the month that mails somebody."""
    assert world.run().code == 3  # bistand is refused
    world.put(f"bistand_{PERIOD}.csv", assistance())
    assert world.run().code == 0
    for unit in ("103", "102"):
        plan = world.value("select id from plan where unit = %s", unit)
        did(world, "submit", plan, "2026-10-08", "--measure", MEASURE)
        did(world, "return", plan, "2026-10-09", "--comment", "Vem gör det?")
        if unit == "103":
            did(world, "submit", plan, "2026-10-12", "--measure", MEASURE)
            did(world, "approve", plan, "2026-10-13")
    chase(world, "2026-10-15", "2026-10-19", "2026-10-21", "2026-10-30")
    world.put(f"ekonomi_{PERIOD}_rattad.csv", economy(over=OVER[1:], by=0.12, units=NAMES))
    assert world.run("--mails", "changed").code == 0
    chase(world, "2026-11-05", "2026-11-09", "2026-11-13")
    world.put(f"ekonomi_{PERIOD}_tkr.csv", economy(over=OVER[1:], by=0.12, units=NAMES, monthly=1_000))
    assert world.run().code == 0  # the held ledger changes nothing


def did(world, action, plan, day, *words):
    answer = world.manad("plan", action, plan, *words, "--today", day)
    assert answer.code == 0, answer.err


def chase(world, *days):
    for day in days:
        answer = world.manad("chase", "--today", day)
        assert answer.code == 0, answer.out + answer.err


def mails(world):
    """Return every mail: kind, true receiver, where it went, and what it says in text and in HTML."""
    rows = world.rows("select kind, address, sent_to, subject, body_text, body_html from mail order by id")
    return [
        (kind, address, sent_to, (f"{subject} {flat(text)}", f"{subject} {flat(visible(page))}"))
        for kind, address, sent_to, subject, text, page in rows
    ]


def flat(text):
    return " ".join(text.split())


def visible(page):
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def named(text, names=ALL_NAMES):
    return {name for name in names if name in text}


def allowed(kind, address):
    if kind in OWN_UNITS:
        return UNITS_OF[address]
    if kind in OF_DEPARTMENTS:
        return DEPARTMENT_OF[address]
    if kind == "manad_klar":
        return CONTROLLED_BY[address]
    if kind == "leverans_hallen":
        return ALL_NAMES  # one of them is the example that its figures are compared by
    if kind == "sjukfranvaro_mote":
        return ALL_NAMES if address == HR else UNITS_OF[address]
    assert kind in OF_NO_UNIT, kind
    return set()


def deliver_and_live(world):
    deliver(world)
    live(world)


@pytest.fixture
def lived(configured, after):
    return after(deliver_and_live)


def test_in_a_whole_life_every_kind_is_mailed_and_nobody_reads_of_anothers_unit(lived):
    found = mails(lived)
    assert {kind for kind, *_ in found} == ALL_KINDS
    for kind, address, sent_to, versions in found:
        assert sent_to == address, kind
        for text in versions:
            assert named(text) <= allowed(kind, address), (kind, address, text)
    everybody = {kind: {address for each, address, *_ in found if each == kind} for kind in ALL_KINDS}
    assert everybody["manad_klar"] == set(CONTROLLED_BY)
    assert everybody["leverans_hallen"] == {*CONTROLLED_BY, OPERATOR, "leverantor@ekonomi.example"}
    assert everybody["sjukfranvaro_mote"] == {*UNITS_OF, HR}
    assert everybody["avvikelse"] == set(UNITS_OF) - {"ali@example.se"}
    assert everybody["i_balans"] == {"ali@example.se"}


def test_each_reads_of_all_of_their_own_units_in_one_mail(lived):
    first = {}
    for kind, address, _, versions in mails(lived):
        first.setdefault((kind, address), versions)
    for address, units in UNITS_OF.items():
        kind = "i_balans" if address == "ali@example.se" else "avvikelse"
        assert all(named(text) == units for text in first[kind, address])
        assert all(named(text) == units for text in first["sjukfranvaro_mote", address])
    for address, units in CONTROLLED_BY.items():
        assert all(named(text) == units - {"Rönnen"} for text in first["manad_klar", address])


def test_each_reads_of_their_own_activities_and_those_of_somebody_unknown_go_to_the_controller(lived):
    names = {name for own in ACTIVITIES_OF.values() for name in own} | {"Färdig sak"}
    found = [(address, versions) for kind, address, _, versions in mails(lived) if kind == "aktivitet_sen"]
    assert {address for address, _ in found} == set(ACTIVITIES_OF)
    for address, versions in found:
        assert all(named(text, names) == ACTIVITIES_OF[address] for text in versions)


def test_suppliers_are_mailed_of_their_own_sources_only(lived):
    found = mails(lived)
    economists = [versions[0] for _, address, _, versions in found if address == "leverantor@ekonomi.example"]
    assert len(economists) == 2 + 2 + 1  # two receipts, October before and after its deadline, what is held
    assert not any("bistand" in text or "sjukfranvaro" in text for text in economists)
    others = [kind for kind, address, *_ in found if address == "leverantor@bistand.example"]
    assert sorted(others) == ["kvitto_mottagen", "kvitto_nekad", "leverans_paminnelse", "leverans_paminnelse"]


def test_in_a_trial_every_mail_goes_to_one_address_and_says_whom_it_was_meant_for(
    administration, monkeypatch
):
    monkeypatch.setenv("MANAD_MAIL_REDIRECT", TRIAL)
    live(administration)
    found = mails(administration)
    assert {kind for kind, *_ in found} == ALL_KINDS
    for kind, address, sent_to, versions in found:
        assert sent_to == TRIAL, kind
        assert all(f"skulle ha gått till {address}" in text for text in versions), kind
        assert all(named(text) <= allowed(kind, address) for text in versions), kind
    assert {mail["To"] for mail in administration.mails()} == {TRIAL}


def test_a_unit_that_nobody_owns_goes_to_the_configured_controller_else_the_operator_and_never_to_all(
    administration, monkeypatch
):
    monkeypatch.delenv("MANAD_CONTROLLER_EMAIL")
    administration.put(f"bistand_{PERIOD}.csv", assistance())
    assert administration.run().code == 0
    told = {address for _, address, _, versions in mails(administration) if "Hasseln" in versions[0]}
    assert told == {OPERATOR, HR}
    assert {address for kind, address, *_ in mails(administration) if kind == "manad_klar"} == {KIA, KURT}


def test_nobody_outside_the_allowed_domains_is_mailed_but_those_who_are_configured(administration):
    config = administration.home / "manad.toml"
    config.write_text(CONFIG.replace("[mail]", '[mail]\nallowed_domains = ["example.se"]'), encoding="utf-8")
    live(administration)
    found = mails(administration)
    addresses = {address for _, address, *_ in found}
    assert not any(address.endswith("@annan.example") for address in addresses)
    assert "leverantor@ekonomi.example" in addresses
    told = {
        address for kind, address, _, versions in found if kind == "avvikelse" and "Linden" in versions[0]
    }
    assert told == {CONFIGURED}
    late = {address: versions[0] for kind, address, _, versions in found if kind == "aktivitet_sen"}
    assert "Okänds översyn" in late["okand@example.se"]  # the administration vouches for the domain


def test_who_has_left_is_followed_by_the_next_one_in_the_chain(administration, by_smtp):
    administration.put(f"bistand_{PERIOD}.csv", assistance())
    refused = dict.fromkeys(("bo@example.se", "anna@example.se"), "550 okand")
    with serving(Sink(answers=refused)) as port:
        by_smtp(port)
        (administration.home / "manad.toml").write_text(CONFIG, encoding="utf-8")
        assert administration.run().code == 0
        assert administration.run("--mails", "changed").code == 0
        chase(administration, "2026-10-15")
    found = mails(administration)
    heirs = {"Tallen": "dan@example.se", "Granen": KIA, "Björken": KURT}
    for unit, heir in heirs.items():
        for kind in ("avvikelse", "paminnelse"):
            told = [address for each, address, _, versions in found if each == kind and unit in versions[0]]
            assert told[-1] == heir, (kind, unit)
    late = [address for kind, address, *_ in found if kind == "aktivitet_sen"]
    assert set(late) == {CONFIGURED}
