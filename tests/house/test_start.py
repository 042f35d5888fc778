"""The first week of a new administration, walked by its page from an empty home with a file a year."""

import re
import shlex
import shutil
from pathlib import Path

from demo.generate import generate
from tests.worlds.documents import text_of

PAGE = text_of("docs/start.md")
COMMAND = re.compile(r"^    ((?:[A-Z_]+=\S+ )?manad .*)$", re.MULTILINE)
TODAY = "2026-10-07"
OF_A_DAY = ("deliver", "preview", "run")
UNITS = 12


def _matching(word):
    """Return the files that a pattern stands for; none of a word that is no pattern."""
    return sorted(map(str, Path().glob(word))) if "*" in word else []


def words_of(command):
    """Return a command's settings and words, its patterns filled in, as they are on the month's day."""
    words = shlex.split(command)
    at = words.index("manad")
    settings, words = dict(word.split("=") for word in words[:at]), words[at + 1 :]
    filled = [path for word in words for path in (_matching(word) or [word])]
    return settings, [*filled, *(("--today", TODAY) if words[0] in OF_A_DAY else ())]


def test_the_first_week_goes_from_an_empty_home_to_the_first_mail_as_its_page_says(
    world, tmp_path, monkeypatch
):
    generate(tmp_path / "filer", period=(2026, 9), units=UNITS)
    shutil.rmtree(tmp_path / "filer" / "facit")
    monkeypatch.chdir(tmp_path)
    commands = COMMAND.findall(PAGE)
    assert len(commands) == 10
    sent = []
    for command in commands:
        settings, words = words_of(command)
        with monkeypatch.context() as now:
            for name, value in settings.items():
                now.setenv(name, value)
            answer = world.manad(*words)
        assert answer.code == 0, (command, answer.out, answer.err)
        sent.append((words[0], {mail["To"] for mail in world.mails()}))
    assert (tmp_path / "granska" / "index.html").is_file()
    tried, done = (to for name, to in sent if name == "run")
    assert tried == {"du@example.se"}
    assert len(done) > 1
    assert world.manad("status", "2026-09", "--json").json["state"] == "done"


def test_every_file_of_the_page_is_named_as_the_demo_names_its_files(tmp_path):
    written = {path.stem for path in generate(tmp_path, period=(2026, 9), units=UNITS)}
    named = set(re.findall(r"`([a-z]+_20[0-9-]+)`", PAGE))
    assert named <= written
    assert {name for name in written if re.search("_20", name)} - named == {
        f"{source}_2026-09"
        for source in (
            "prestationer",
            "bistand",
            "sjukfranvaro",
            "risker",
            "aktiviteter",
            "driftbudget",
            "omslutning",
            "budgetjusteringar",
        )
    }
