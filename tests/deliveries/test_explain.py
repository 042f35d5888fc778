"""`manad deliver --explain`: how a file would be read, and nothing stays."""

import io

import openpyxl
import pytest

from tests.worlds.bad_deliveries import tells
from tests.worlds.small_administration import economy, organisation, write

TODAY = ("--today", "2026-10-07")


def book(rows):
    made = openpyxl.Workbook()
    made.active.title = "Utfall"
    made.create_sheet("Läs mig").append(["Frågor: ekonomi"])
    for row in rows:
        made.active.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_file_is_shown_as_it_would_be_read_and_nothing_stays(world):
    folder = world.home.parent
    rows = [["Ekonomirapport"], *(line.split(";") for line in economy().splitlines())]
    path = folder / "ekonomi_2026-09.xlsx"
    path.write_bytes(book(rows))
    register = write(folder / "organisation_2026-09.csv", organisation())
    answer = world.manad("deliver", path, register, "--explain", *TODAY)
    assert answer.code == 0, answer.err
    tells(
        answer.out,
        "Provläsning av organisation_2026-09.csv: inget är sparat eller ändrat.",
        "Provläsning av ekonomi_2026-09.xlsx: inget är sparat eller ändrat.",
        "Källa: Ekonomi, september 2026",
        "Blad: Utfall",
        "Rubriker: rad 2",
        "Innehåll: 36 rader, från rad 3 till rad 38 i filen",
        "Månader: 12, från januari 2026 till december 2026",
        "Enheter: 3",
        "Rubrik i filen Läses som Första värdet Som blir",
        "enhet Enhet 101 101 Förskolan Norr",  # the register beside it is known
        "budget Budget 1000000 1 000 000 kr",
        "Om filen lämnas in blir kvittot:",
        "MOTTAGEN. 36 rader, 3 av 3 enheter.",
        "Bladet ”Utfall” är läst, inte bladet ”Läs mig”",
    )
    assert not any(world.counts().values())
    assert not list((world.home / "raw").glob("**/*"))


# (file's name, text, exit code, what is said)
OTHERS = {
    "refused": ("ekonomi_2026-09.csv", "period;enhet\n2026-09;101\n", 1, "NEKAD. Filen är inte inläst"),
    "unreadable": ("ekonomi_2026-09.csv", "", 1, "Filen är tom"),
    "months without figures": (
        "ekonomi_2026-09.csv",
        "enhet;kontogrupp;typ;jan;feb\n101;Personal;Budget;;\n101;Personal;Utfall;;\n",
        1,
        "Filen har inga rader",
    ),
    "no delivery": ("hej.csv", economy(), 1, "hej.csv"),
    "held": ("ekonomi_2026-09.csv", economy(by=999, over=("101", "102", "103")), 3, "HÅLLEN"),
}


@pytest.mark.parametrize(("name", "text", "code", "said"), OTHERS.values(), ids=OTHERS)
def test_a_file_that_would_not_be_let_in_is_told_as_that(world, name, text, code, said):
    answer = world.manad("deliver", write(world.home.parent / name, text), "--explain", *TODAY)
    assert answer.code == code, answer.out
    tells(answer.out, said)
    assert not any(world.counts().values())


def test_a_file_of_single_persons_is_refused_without_its_values(world):
    text = "period;enhet;personnummer\n2026-09;101;19800101-1234\n"
    answer = world.manad("deliver", write(world.home.parent / "sjukfranvaro_2026-09.csv", text), "--explain")
    assert answer.code == 1
    assert "19800101" not in answer.out
    assert "Första värdet" not in answer.out


def test_a_file_that_was_taken_in_before_is_still_explained(world):
    path = write(world.home.parent / "ekonomi_2026-09.csv", economy())
    world.manad("deliver", path, *TODAY)
    answer = world.manad("deliver", path, "--explain", *TODAY)
    assert answer.code == 0
    tells(answer.out, "Första värdet", "ekonomi_2026-09.csv har tagits emot förut; inget ändras.")
