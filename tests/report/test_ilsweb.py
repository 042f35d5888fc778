"""`manad report PERIOD --format ilsweb`: the figures for the city's planning system, from files to file."""

import pytest

INDICATORS = """period;indikator;mal;enhet;utfall;arsmal;riktning
2026-09;Nöjda föräldrar;1.1;;82,5 %;öka;
2026-09;=HYPERLINK("x");1.2;;5;6;hogre
2026-09;Trygga;1.2;;79;80;hogre
"""
SETTINGS = """[ilsweb]
unit = "Norra nämnden"
[ilsweb.indicators]
"Nöjda föräldrar" = "=4711"
"Okänd" = "1"
[ilsweb.columns]
utfall = "Periodens utfall"
"""
HEAD = "date;unit;measure;column;value"


def a_mapped_month(world):
    (world.home / "manad.toml").write_text(SETTINGS, encoding="utf-8")
    world.month()
    world.put("indikatorer_2026-09.csv", INDICATORS)
    assert world.run().code == 0


@pytest.fixture
def mapped(after):
    return after(a_mapped_month)


def test_what_is_mapped_is_written_and_the_path_is_said(mapped):
    answer = mapped.manad("report", "2026-09", "--format", "ilsweb")
    path = mapped.home / "reports/2026-09/ilsweb_2026-09.csv"
    assert (answer.code, answer.out) == (0, f"{path}\n")
    assert path.read_text("utf-8") == f"{HEAD}\n2026-09-30;Norra nämnden;'=4711;Periodens utfall;82,5\n"


def test_what_is_not_mapped_is_told_on_standard_error(mapped):
    said = mapped.manad("report", "2026-09", "--format", "ilsweb", "--out", mapped.home / "egen.csv").err
    assert said.splitlines() == [
        "Indikatorer utan kod i [ilsweb.indicators]:",
        '  1.2 =HYPERLINK("x")',
        "  1.2 Trygga",
        "Står i [ilsweb.indicators] men finns inte i månaden:",
        "  Okänd",
        "1\u00a0uppgift i ord är inte med.",
    ]
    assert (mapped.home / "egen.csv").exists()


def test_the_same_month_gives_the_same_file_and_what_cannot_be_written_is_one_line(mapped):
    made = []
    for name in ("a.csv", "b.csv"):
        mapped.manad("report", "2026-09", "--format", "ilsweb", "--out", mapped.home / name)
        made.append((mapped.home / name).read_bytes())
    assert made[0] == made[1]
    answer = mapped.manad("report", "2026-09", "--format", "ilsweb", "--out", mapped.home)
    assert answer.code == 2
    assert "går inte att skriva" in answer.err


def test_a_setting_that_cannot_be_used_is_told_by_its_key(mapped):
    (mapped.home / "manad.toml").write_text('[ilsweb]\nmoney = "Mkr"\n', encoding="utf-8")
    answer = mapped.manad("report", "2026-09", "--format", "ilsweb")
    assert answer.code == 2
    assert "money" in answer.err
