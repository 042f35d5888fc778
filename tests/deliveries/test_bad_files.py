"""Files that come too large, too early, twice, against each other or too late, with hostile names in them."""

import os
import threading
from contextlib import contextmanager

import pytest

from tests.worlds.bad_deliveries import (
    MANAGER,
    MISSING_SOURCE,
    OPERATOR,
    REFUSED,
    Bad,
    has_nothing_half,
    has_only,
    impatient,
    keeps_bytes,
    managers_mailed,
    plain,
    quietly,
    sees_done,
    sees_refusal,
    tells,
)
from tests.worlds.small_administration import CONTROLLER, UNITS, economy, organisation

EKONOMI = "ekonomi_2026-09.csv"
CORRECTED = "ekonomi_2026-09_rattad.csv"


def refused_rows(world):
    return world.rows("select file_name, receipt from delivery where state = 'refused' order by file_name")


def test_a_file_of_400_megabytes_is_refused_by_its_size_and_takes_no_room(world):
    world.month(ekonomi=None)
    path = world.inbox / EKONOMI
    with path.open("wb") as sparse:
        sparse.truncate(400_000_000)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    answer = quietly(world.run())
    assert answer.code == MISSING_SOURCE
    tells(
        answer.out,
        "Filen är större än 200 MB. Dela upp den, eller be den som sköter systemet att höja gränsen.",
    )
    assert world.value("select size_bytes from delivery where state = 'refused'") == 400_000_000
    kept = [file for file in (world.home / "raw").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in kept) < 10_000
    world.month()
    sees_done(world)


@contextmanager
def being_written(path, text):
    """Let a file grow by a line now and then while the block runs, and be whole after it."""
    finish = threading.Event()

    def write_slowly():
        with path.open("w", encoding="utf-8") as file:
            for line in text.splitlines(keepends=True):
                file.write(line)
                file.flush()
                finish.wait(0.05)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    try:
        yield
    finally:
        finish.set()
        writer.join()


def test_a_file_that_is_still_being_written_is_left_for_the_next_run(world):
    impatient(world)
    world.month(ekonomi=None)
    whole = economy() + "".join(f"2026-01;101;Konto {number};0;0\n" for number in range(400))
    with being_written(world.inbox / EKONOMI, whole):
        answer = quietly(world.run())
        handed_in = world.manad("deliver", world.inbox / EKONOMI)
    assert answer.code == MISSING_SOURCE
    tells(answer.out, "ekonomi_2026-09.csv: skrivs fortfarande, tas in vid nästa körning", "ekonomi saknas")
    assert handed_in.code == REFUSED
    tells(handed_in.out, "ekonomi_2026-09.csv skrivs fortfarande; lämna in den igen om en stund")
    assert world.value("select count(*) from delivery where source = 'ekonomi'") == 0
    has_nothing_half(world)
    sees_done(world)
    assert world.value("select row_count from delivery where source = 'ekonomi'") == 36 + 400


def test_the_same_bytes_under_two_names_are_taken_in_once(world):
    world.month()
    world.put("ekonomi_2026-09_kopia.csv", economy())
    sees_done(world)
    before = world.contents()
    world.put("ekonomi_2026-09_igen.csv", economy())
    sees_done(world)
    assert world.contents() == before
    assert world.value("select count(*) from delivery where source = 'ekonomi'") == 1


def test_two_files_for_one_source_and_month_are_both_refused_and_name_each_other(world):
    world.month(ekonomi=None)
    assert world.run().code == MISSING_SOURCE
    before = world.contents()
    paths = [world.put(EKONOMI, economy()), world.put(CORRECTED, economy(by=0.2))]
    answer = quietly(world.run())
    assert answer.code == MISSING_SOURCE
    has_only(before, world.contents(), delivery=2, mail=2)
    for (name, receipt), path, other in zip(refused_rows(world), paths, reversed(paths), strict=True):
        rule = f"Det finns fler än en ny fil för ekonomi 2026-09: även {other.name}"
        remedy = "Låt bara den fil som gäller ligga kvar och kör igen. Filer slås aldrig ihop."
        assert name == path.name
        assert receipt["problems"] == [
            {
                "row": None,
                "column": None,
                "value": None,
                "rule": rule,
                "remedy": remedy,
                "count": 1,
                "examples": [],
            }
        ]
        tells(answer.out, rule, remedy)
        mail = next(mail for mail in world.mails() if f"{name} kunde inte" in plain(mail["Subject"]))
        tells(mail.get_body(("plain",)).get_content(), rule, remedy)
        keeps_bytes(world, path.read_bytes())
    assert quietly(world.run()).code == MISSING_SOURCE
    assert len(refused_rows(world)) == 2
    paths[0].unlink()
    sees_done(world)
    assert world.value("select file_name from current_delivery where source = 'ekonomi'") == CORRECTED


@pytest.mark.usefixtures("done_month")
def test_a_corrected_file_after_the_month_was_reported_is_a_revision_that_mails_nobody_anew(world):
    world.put(CORRECTED, economy(by=0.2, over=("101", "102")))
    answer = sees_done(world)
    tells(
        answer.out,
        "ekonomi mottagen 2 36 ekonomi_2026-09_rattad.csv",
        "ekonomi ersatt 1 36 ekonomi_2026-09.csv",
    )
    receipt = world.value("select receipt from delivery where file_name = %s", CORRECTED)
    september = {
        total["measure"]: (total["total"], total["change"])
        for total in receipt["totals"]
        if total["period"] == "2026-09"
    }
    assert september == {"budget": ("3000000", "0"), "utfall": ("3400000", "300000")}
    assert world.rows("select version from month_report order by version") == [(1,), (2,)]
    assert world.value("select count(*) from ledger_row") == 2 * 36


REGISTER = Bad(
    "organisation",
    organisation(managers={"101": '"anna@example.se\nBcc: alla@example.se"'}),
    "E-postadressen innehåller en radbrytning",
    "Skriv adressen på en rad.",
    row=3,
    column="chef_epost",
    value="anna@example.se⏎Bcc: alla@example.se",
)


def test_a_first_register_with_a_line_break_in_an_address_is_refused_and_the_good_one_mails_managers(world):
    world.month(organisation=REGISTER.content)
    answer = quietly(world.run())
    assert answer.code == REFUSED
    tells(answer.out, *REGISTER.words, "September 2026: klar.")
    assert {mail["To"] for mail in world.mails()} == {OPERATOR}
    world.month()
    sees_done(world)


@pytest.mark.usefixtures("done_month")
def test_a_later_register_with_a_line_break_in_an_address_changes_no_receiver(world):
    sees_refusal(world, Bad(**vars(REGISTER) | {"anything": "_rattad"}), code=REFUSED)
    assert managers_mailed(world) == [MANAGER]


HOSTILE = {"101": "<script>alert(1)</script>", "102": "=cmd|' /C calc'!A0"}


def test_a_units_hostile_name_is_only_a_name_wherever_it_is_shown(world):
    world.month(
        organisation=organisation(names=HOSTILE | {"103": "Öst"}), ekonomi=economy(over=tuple(HOSTILE))
    )
    answer = sees_done(world, mailed=("anna@example.se", "bo@example.se"))
    tells(answer.out, *HOSTILE.values())
    pages = [mail.get_body(("html",)).get_content() for mail in world.mails()]
    pages.append((world.home / "reports/2026-09/manadsrapport_2026-09.html").read_text(encoding="utf-8"))
    assert all("<script" not in page for page in pages)
    assert sum("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages) == 3
    subjects = " ".join(mail["Subject"] for mail in world.mails())
    tells(subjects, *HOSTILE.values())
    named = {line["enhet"]: line["namn"] for line in world.manad("deviations", "2026-09", "--json").json}
    assert named == HOSTILE


STEERING = {"101": '"Förskolan\n\x9b2J\u202eNorr"'}


def test_signs_that_steer_a_terminal_are_shown_by_their_numbers(world):
    world.month(organisation=organisation(names=UNITS | STEERING))
    world.put("ekonomi_2026-09_\x1b[2J.csv", economy())
    answer = sees_done(world)
    tells(answer.out, "ekonomi_2026-09_<001B>[2J.csv: hoppas över", "Förskolan⏎<009B>2J<202E>Norr")
    assert not set(answer.out) & set("\x1b\x9b\u202e")
    mails = world.mails()
    assert {mail["To"] for mail in mails} == {MANAGER, CONTROLLER}
    for mail in mails:
        assert not set(mail["Subject"]) & set("\x9b\u202e\n")
    answer = world.manad("deviations", "2026-09", "--json")
    assert answer.json[0]["namn"] == "Förskolan\n\x9b2J\u202eNorr"
    assert not set(answer.out) & set("\x9b\u202e")


def test_a_manager_without_an_address_is_stood_in_for(world, monkeypatch):
    nobody = organisation(managers={}).replace(";kontroll@example.se;", ";;")
    monkeypatch.setenv("MANAD_CONTROLLER_EMAIL", "ekonom@example.se")
    world.month(organisation=nobody)
    sees_done(world, mailed=("ekonom@example.se",))
    assert world.value("select recipient_role from mail where kind = 'avvikelse'") == "controller"


def test_without_any_address_a_units_mail_goes_to_the_operator(world):
    world.month(organisation=organisation(managers={}).replace(";kontroll@example.se;", ";;"))
    sees_done(world, mailed=(OPERATOR,))


def test_a_file_that_is_no_delivery_is_told_and_left(world):
    world.month()
    world.put("anteckningar.txt", "hej")
    world.put("lager_2026-09.csv", economy())
    answer = sees_done(world)
    tells(answer.out, "anteckningar.txt: hoppas över, den är ingen leverans: döp den till <källa>_<ÅÅÅÅ-MM>")
    tells(answer.out, "lager_2026-09.csv: hoppas över, den har en källa som inte finns, lager: välj bland")


def test_a_file_that_cannot_be_read_is_told_by_its_name_and_changes_nothing(world):
    impatient(world)
    path = world.home / EKONOMI
    path.symlink_to("/proc/self/mem")  # opens, and gives an input/output error
    answer = quietly(world.manad("deliver", path))
    assert answer.code == 4
    tells(answer.err, f"{EKONOMI} går inte att läsa", "flytta bort filen, och kör igen")
    assert world.value("select count(*) from delivery") == 0


def test_a_link_that_leads_out_of_the_inbox_is_not_followed(world):
    world.month(ekonomi=None)
    path = world.inbox / EKONOMI
    path.symlink_to("/etc/passwd")
    answer = quietly(world.run())
    assert answer.code == 3
    tells(answer.out, f"{EKONOMI}: hoppas över, länken leder ut ur inkorgen")
    assert world.value("select count(*) from delivery where source = 'ekonomi'") == 0
    path.unlink()
    world.month()
    sees_done(world)
