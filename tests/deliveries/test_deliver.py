"""Handing in files by `manad deliver`."""

import pytest

from tests.mails.smtp_servers import free_port
from tests.worlds.bad_deliveries import REFUSED, one_line, quietly, sees_done, tells
from tests.worlds.small_administration import economy, write

# (words, exit code, what is said)
DELIVERED = {
    "a name that says nothing": (
        ["{unnamed}"],
        1,
        "hej.csv är ingen leverans: döp den till <källa>_<ÅÅÅÅ-MM>.csv",
    ),
    "a source without a month": (["{unnamed}", "--source", "ekonomi"], 1, "ange --source och --period"),
    "a source that doesn't exist": (
        ["{unnamed}", "--source", "ekonomii", "--period", "2026-09"],
        2,
        "Källan ekonomii finns inte. Välj bland aktiviteter, bistand, budget, budgetjusteringar, driftbudget",
    ),
    "a month that is none": (
        ["{unnamed}", "--source", "ekonomi", "--period", "2026-13"],
        2,
        "'2026-13' är ingen månad; skriv till exempel 2026-09",
    ),
    "an absent file": (["{inbox}/saknas.csv"], 2, "saknas.csv finns inte: kontrollera namn och mapp"),
    "a good file and an absent one": (["{named}", "{inbox}/saknas.csv"], 2, "saknas.csv finns inte"),
    "a folder": (["{inbox}"], 2, "är en mapp: ange filerna, eller ta in hela mappen med manad run --inbox"),
    "no file at all": ([], 2, "det här saknas: FIL"),
    "a bad file": (["{bad}"], 1, "Filen är tom. Exportera den igen."),
}


@pytest.mark.parametrize(("words", "code", "said"), DELIVERED.values(), ids=DELIVERED)
def test_handing_in_says_what_is_wrong_with(world, words, code, said):
    folder = world.home.parent
    paths = {
        "unnamed": write(folder / "hej.csv", economy()),
        "named": write(folder / "ekonomi_2026-09.csv", economy()),
        "bad": write(folder / "bistand_2026-09.csv", ""),
        "inbox": world.inbox,
    }
    answer = quietly(world.manad("deliver", *(word.format(**paths) for word in words)))
    assert answer.code == code
    tells(answer.out + answer.err, said)
    if code == 2:
        assert one_line(answer).startswith("manad")
    assert not any(world.counts().values())


def test_handing_in_by_source_and_month_gives_a_receipt_and_the_next_run_needs_no_file(world):
    path = write(world.home.parent / "hej.csv", economy())
    words = ("deliver", path, "--source", "ekonomi", "--period", "2026-09", "--today", "2026-10-07")
    first, again = quietly(world.manad(*words)), quietly(world.manad(*words))
    assert (first.code, again.code) == (0, 0)
    tells(first.out, "Kvitto på hej.csv", "MOTTAGEN. 36 rader", "2026-09 Utfall 3 100 000 kr")
    tells(again.out, "hej.csv har tagits emot förut; inget ändras.")
    world.month(ekonomi=None)
    sees_done(world)


@pytest.mark.usefixtures("done_month")
def test_a_refused_file_that_was_handed_in_is_mailed_by_the_next_run_to_its_supplier(world):
    config = world.home / "manad.toml"
    config.write_text(
        f'{config.read_text()}\n[sources.bistand]\nleverantor_epost = "leverantor@example.se"\n'
    )
    path = write(world.home.parent / "bistand_2026-09.csv", "period;hushall\n2026-09;1\n")
    assert quietly(world.manad("deliver", path)).code == REFUSED
    assert quietly(world.run()).code == 0
    refused, accepted = [mail for mail in world.mails() if mail["To"] == "leverantor@example.se"]
    tells(accepted["Subject"], "Filen bistand_2026-09.csv är mottagen")
    tells(refused.get_body(("plain",)).get_content(), "Kolumnen medelbidrag eller utbetalt saknas")
    sees_done(world)


def test_where_the_server_that_would_hear_of_it_is_away_the_file_is_taken_in_and_it_is_said(
    world, tmp_path, monkeypatch
):
    path = tmp_path / "ekonomi_2026-09.csv"
    write(path, economy())
    address = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", address)
    answer = world.manad("deliver", path)
    assert answer.code == 0, answer.err
    assert "MOTTAGEN" in answer.out
    assert f"Prefects server på {address} svarar inte" in answer.out
    assert answer.err == ""
