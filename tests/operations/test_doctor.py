"""Addresses that can't be used, and what `manad doctor` shows of every setting."""

import re

import pytest

from tasks.errors import UsageError
from tasks.settings import read_settings
from tests.mails.smtp_servers import free_port
from tests.worlds.bad_deliveries import one_line, tells
from tests.worlds.documents import text_of

FAILED, USAGE = 4, 2
ADDRESSES = (
    "MANAD_MAIL_FROM",
    "MANAD_OPERATOR_EMAIL",
    "MANAD_CONTROLLER_EMAIL",
    "MANAD_MAIL_REDIRECT",
)
UNUSABLE = ("ekonomi", "inte en adress", "a@example.se, b@example.se", "a@example.se\nBcc: b@example.se")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("address", UNUSABLE)
def test_a_wrong_address_is_told_by_the_name_of_its_variable_in_one_line(name, address):
    settings = read_settings({name: address})
    with pytest.raises(UsageError) as caught:
        settings.check_addresses()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_addresses_with_and_without_a_name_are_taken():
    both = dict(zip(ADDRESSES, ["a@example.se", "Drift <d@example.se>"] * 2, strict=True))
    read_settings(both).check_addresses()
    read_settings({}).check_addresses()


def test_a_wrong_sender_stops_the_run_before_anything_is_stored(world, monkeypatch):
    world.month()
    monkeypatch.setenv("MANAD_MAIL_FROM", "ekonomi")
    answer = world.run()
    assert answer.code == USAGE
    tells(one_line(answer), "MANAD_MAIL_FROM: adressen är felskriven ('ekonomi'). Skriv namn@server.")
    assert not any(world.counts().values())


def rows_of(answer):
    """Return each setting's verdict."""
    found = re.findall(r"^(OK|FEL)\s+(MANAD_\w+)  ", answer.out, re.MULTILINE)
    return {name: verdict for verdict, name in found}


def test_the_doctor_shows_every_setting_that_is_documented(world):
    documented = re.findall(r"^\| `(MANAD_\w+)`", text_of("docs/settings.md"), re.MULTILINE)
    answer = world.manad("doctor")
    assert answer.code == 0, answer.out
    assert rows_of(answer) == dict.fromkeys(documented, "OK")
    assert max(map(len, answer.out.splitlines())) <= 100


WRONG = {
    "MANAD_CODE": (
        "/finns/inte",
        "/finns/inte har ingen prefect.yaml: sätt MANAD_CODE till programmets mapp.",
    ),
    "MANAD_BASE_URL": ("manad", "'manad' är ingen webbadress: skriv till exempel https://manad.example.se."),
    "MANAD_SECRET_FILE": ("/finns/inte", "MANAD_SECRET_FILE: filen /finns/inte går inte att läsa"),
    "MANAD_MAIL_PASSWORD_FILE": (
        "/finns/inte",
        "MANAD_MAIL_PASSWORD_FILE: filen /finns/inte går inte att läsa",
    ),
    "MANAD_MAIL_FROM": ("ekonomi", "MANAD_MAIL_FROM: adressen är felskriven ('ekonomi'). Skriv namn@server."),
    "MANAD_CONTROLLER_EMAIL": ("x y", "MANAD_CONTROLLER_EMAIL: adressen är felskriven ('x y')."),
    "MANAD_MAIL_REDIRECT": ("inte en adress", "MANAD_MAIL_REDIRECT: adressen är felskriven"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_doctor_tells_whole_what_is_wrong_and_what_to_do(world, monkeypatch, name):
    value, said = WRONG[name]
    monkeypatch.setenv(name, value)
    answer = world.manad("doctor")
    assert answer.code == FAILED
    assert [one for one, verdict in rows_of(answer).items() if verdict == "FEL"] == [name]
    tells(answer.out, said, "1 sak behöver åtgärdas.")


def test_the_doctor_never_shows_a_password(world, monkeypatch, tmp_path):
    (tmp_path / "losen").write_text("hemligt\n", encoding="utf-8")
    monkeypatch.setenv("MANAD_MAIL_PASSWORD_FILE", str(tmp_path / "losen"))
    monkeypatch.setenv("MANAD_MAIL_PASSWORD", "hemligt")
    assert "hemligt" not in world.manad("doctor").out
    assert "hemligt" not in repr(read_settings())


def test_the_doctor_misses_the_password_of_a_login(world, by_smtp, monkeypatch):
    by_smtp(free_port())
    monkeypatch.setenv("MANAD_MAIL_URL", f"smtps://manad@127.0.0.1:{free_port()}")
    tells(world.manad("doctor").out, "Lösenordet till manad@127.0.0.1 saknas")


def test_the_doctor_names_the_sources_that_come_later_and_how_much(world):
    (world.home / "manad.toml").write_text(
        "[sources.sjukfranvaro]\nlag_months = 2\n[sources.bistand]\nlag_months = 1\n", encoding="utf-8"
    )
    said = " ".join(world.manad("doctor").out.split())
    assert "senare kommer sjukfrånvaro 2 månader och ekonomiskt bistånd 1 månad" in said
