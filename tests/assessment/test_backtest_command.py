"""Old years replayed by the command: what it writes, what it tells, and what the months after it use."""

import csv
import math

import numpy as np
import pytest

from demo.generate import generate
from tests.worlds.small_administration import PERIOD

HEADER = "enhet;enhetstyp;ar;manad;budget;utfall"
SEASON = np.array([1.0, 1.0, 1.1, 1.0, 1.0, 1.2, 0.6, 0.7, 1.1, 1.0, 1.0, 1.3])


def old_rows(units=24, years=(2021, 2022, 2023, 2024)):
    draw = np.random.default_rng(7)
    for unit in range(units):
        for year in years:
            for month in range(1, 13):
                budget = 1_000_000 * SEASON[month - 1]
                over = 1.06 if unit < 4 and year == years[-1] else 1.0
                outcome = budget * over * (1 + 0.02 * draw.normal())
                yield f"{unit:03d};förskola;{year};{month};{budget:.2f};{outcome:.2f}"


def old_years(world, rows=None, name="gamla.csv"):
    path = world.home / name
    path.write_text("\n".join([HEADER, *(old_rows() if rows is None else rows)]) + "\n", encoding="utf-8")
    return path


def replayed(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_every_unit_year_and_closing_is_written_as_it_would_have_been_told(world):
    out = world.home / "provning.csv"
    answer = world.manad("backtest", old_years(world), "--out", out)
    assert answer.code == 0, answer.err
    rows = replayed(out)
    assert list(rows[0]) == ["enhet", "ar", "manad", "prognos", "nedre_80", "ovre_80", "signal"]
    keys = [(row["enhet"], row["ar"], row["manad"]) for row in rows]
    assert len(keys) == len(set(keys)) == 24 * 3 * 11
    assert {row["ar"] for row in rows} == {"2022", "2023", "2024"}
    assert all(float(row["nedre_80"]) < float(row["prognos"]) < float(row["ovre_80"]) for row in rows)
    alarmed = {row["enhet"] for row in rows if row["signal"] == "larm" and row["ar"] == "2024"}
    assert {"000", "001", "002", "003"} <= alarmed
    assert {row["signal"] for row in rows} == {"", "bevaka", "larm"}


def test_a_controller_is_told_errors_intervals_and_alarms(world):
    told = world.manad("backtest", old_years(world), "--out", world.home / "p.csv").out.rpartition("rader i")[
        0
    ]
    for words in (
        "Prövning på 2022–2024",
        "Regeln",
        "Samma takt",
        "Budgetens månader",
        "Eget mönster",
        "Hittade till och med juni",
        "Falska larm",
        "förskola",
        "används från och med nästa månad",
    ):
        assert words in told
    assert max(len(line) for line in told.splitlines()) <= 100


def test_nothing_dated_later_changes_what_is_written(world):
    whole, cut = world.home / "hela.csv", world.home / "delar.csv"
    rows = list(old_rows())
    world.manad("backtest", old_years(world, rows), "--out", whole)
    changed = [
        row
        if int(year) < 2024 or int(month) <= 7
        else ";".join([unit, kind, year, month, budget, "99999999"])
        for row in rows
        for unit, kind, year, month, budget, _ in [row.split(";")]
    ]
    world.manad("backtest", old_years(world, changed), "--out", cut)
    known = [row for row in replayed(whole) if row["ar"] < "2024" or int(row["manad"]) <= 7]
    told = {(row["enhet"], row["ar"], row["manad"]): row for row in replayed(cut)}
    assert known == [told[row["enhet"], row["ar"], row["manad"]] for row in known]


@pytest.mark.usefixtures("done_month")
def test_what_was_learnt_is_used_from_the_next_month_on(world):
    before = world.manad("deviations", PERIOD, "--json").json
    learnt = ("backtest", old_years(world), "--out", world.home / "p.csv", "--today")
    assert world.manad(*learnt, "2026-10-07").code == 0
    assert world.manad("run", PERIOD, "--today", "2026-10-08").code == 0
    assert world.manad("deviations", PERIOD, "--json").json == before
    assert world.value("select settings -> 'learnt' from assessment order by id desc limit 1") is None
    assert world.manad("report", PERIOD, "--format", "json").json["provning"] is None
    assert world.manad(*learnt, "2026-09-30").code == 0
    assert world.manad("run", PERIOD, "--today", "2026-10-08").code == 0
    assert world.value("select (settings ->> 'learnt')::int from assessment order by id desc limit 1") == 2
    tried = world.manad("report", PERIOD, "--format", "json").json["provning"]
    assert (tried["fran"], tried["till"], tried["larnt"]) == (2022, 2024, "2026-09-30")
    page = (world.home / "reports" / PERIOD / f"manadsrapport_{PERIOD}.html").read_text(encoding="utf-8")
    assert "Hur bra prognosen har varit på gamla år" in page
    assert page.count('<text class="name-label') == 4


def test_budgets_may_be_unknown_and_then_nothing_is_signalled(world):
    rows = [";".join([*row.split(";")[:4], "", row.split(";")[5]]) for row in old_rows(units=6)]
    out = world.home / "p.csv"
    answer = world.manad("backtest", old_years(world, rows), "--out", out)
    assert answer.code == 0
    assert "Inga budgetar i filen" in answer.out
    assert {row["signal"] for row in replayed(out)} == {""}
    assert all(row["prognos"] for row in replayed(out))


def test_swedish_numbers_and_small_ones_are_read(world):
    rows = [
        f"a;;{year};{month};;{1 + month / 1000:.3f}".replace(".", ",")
        for year in (2023, 2024)
        for month in range(1, 13)
    ]
    rows[0] = "a;;2023;1;;1,01"
    rows = [row.replace("1,0", "0,1") for row in rows]
    out = world.home / "p.csv"
    assert world.manad("backtest", old_years(world, rows), "--out", out).code == 0
    assert 0 < float(replayed(out)[0]["prognos"]) < 2


def test_a_point_is_a_decimal_point_where_the_column_shows_it(world):
    rows = [f"a;;{year};{month};;{1 + month / 1000:.3f}" for year in (2023, 2024) for month in range(1, 13)]
    assert "1.001" in rows[0]
    refused = world.manad("backtest", old_years(world, rows), "--out", world.home / "p.csv")
    assert refused.code == 1
    assert "Rad 2" in refused.err
    shown = [*rows[:-1], "a;;2024;12;;1.25"]
    assert world.manad("backtest", old_years(world, shown), "--out", world.home / "p.csv").code == 0


def test_a_file_is_never_written_over_what_it_is_read_from(world):
    file = old_years(world)
    answer = world.manad("backtest", file, "--out", file)
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert file.read_text(encoding="utf-8").startswith(HEADER)


def test_years_that_can_not_be_measured_teach_nothing(world):
    rows = [row for row in old_rows(units=3, years=(2023, 2024)) if row.split(";")[3] != "12"]
    answer = world.manad("backtest", old_years(world, rows), "--out", world.home / "p.csv")
    assert answer.code == 1
    assert "Inget år i filen går att pröva" in answer.err
    assert world.value("select count(*) from learnt") == 0


def test_a_unit_is_of_the_type_of_its_oldest_row_in_any_order_of_rows(world):
    rows = [row.replace(";förskola;2024", ";annan;2024") for row in old_rows(units=30)]
    for order in (rows, rows[::-1]):
        told = world.manad("backtest", old_years(world, order), "--out", world.home / "p.csv").out
        assert "förskola" in told
        assert "annan" not in told


def test_years_that_were_foretold_exactly_still_make_a_report(world):
    rows = [f"a;;{year};{month};1000000;1000000" for year in (2023, 2024) for month in range(1, 13)]
    learnt = world.manad(
        "backtest", old_years(world, rows), "--out", world.home / "p.csv", "--today", "2026-09-01"
    )
    assert learnt.code == 0
    world.month()
    assert world.run().code == 0
    assert (
        "Prövad 1 september 2026"
        in (world.home / "reports" / PERIOD / f"manadsrapport_{PERIOD}.html").read_text()
    )


BAD = {
    "no header": ("a;b;c\n1;2;3\n", "Kolumnen enhet saknas"),
    "a month that is none": (f"{HEADER}\na;;2023;13;;5\n", "Rad 2: Värdet ska vara 1–12"),
    "a year in words": (f"{HEADER}\na;;tjugo;1;;5\n", "Rad 2: Värdet är inget heltal"),
    "no unit": (f"{HEADER}\n;;2023;1;;5\n", "Rad 2: Cellen är tom"),
    "text in an amount": (f"{HEADER}\na;;2023;1;;mycket\n", "Rad 2"),
    "the same month twice": (
        f"{HEADER}\na;;2023;1;;5\na;;2023;1;;6\n",
        "Rad 3: a 2023-01 står på flera rader",
    ),
    "one year only": (f"{HEADER}\na;;2023;1;;5\n", "Ingen enhet har två år"),
    "empty": ("", "Filen är tom"),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_what_can_not_be_read_is_told_in_one_line_and_nothing_is_learnt(text, said, world):
    file, out = world.home / "fel.csv", world.home / "p.csv"
    file.write_text(text, encoding="utf-8")
    answer = world.manad("backtest", file, "--out", out)
    assert answer.code == 1
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert not out.exists()
    assert world.value("select count(*) from learnt") == 0


def test_a_place_that_can_not_be_written_is_told_and_nothing_is_learnt(world):
    answer = world.manad("backtest", old_years(world), "--out", world.home / "saknas" / "p.csv")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "Det går inte att skriva" in answer.err
    assert world.value("select count(*) from learnt") == 0


def three_years(unit, figures):
    return [
        f"{unit};;{year};{month};{figures(year, month)}"
        for year in (2022, 2023, 2024)
        for month in range(1, 13)
    ]


def test_odd_years_give_no_figure_that_is_none(world):
    rows = [
        *three_years("inkomst", lambda _, month: f"-1000000;{-1_000_000 - 1000 * month}"),
        *three_years("noll", lambda *_: "0;0"),
        *three_years("negativ", lambda _, month: f"-100;{100_000 * month}"),
        *three_years("hundra", lambda *when: f"1000000;{100_000_000 if when == (2024, 3) else 1_000_000}"),
        *three_years("hal", lambda *when: f"1000000;{'' if when == (2024, 5) else 1_000_000}"),
        "kort;;2022;1;1000000;1000000",
        *(f"kort;;2023;{month};1000000;1000000" for month in range(1, 13)),
    ]
    out = world.home / "p.csv"
    answer = world.manad("backtest", old_years(world, rows), "--out", out)
    assert answer.code == 0, answer.err
    told = {(row["enhet"], row["ar"], row["manad"]): row for row in replayed(out)}
    for row in told.values():
        for name in ("prognos", "nedre_80", "ovre_80"):
            assert row[name] == "" or math.isfinite(float(row[name]))
    assert float(told["inkomst", "2024", "6"]["prognos"]) < -11_000_000
    assert told["hal", "2024", "4"]["prognos"] != ""
    assert told["hal", "2024", "5"]["prognos"] == ""
    assert float(told["hundra", "2024", "3"]["prognos"]) < 100_000_000 + 11 * 1_350_000
    assert told["kort", "2023", "6"]["prognos"] != ""
    assert told["noll", "2024", "6"]["signal"] == ""


def spoilt(change, year="2023"):
    """Return honest years of which one is wrong: change makes a row's budget and outcome of its month."""
    for row in old_rows():
        *about, budget, outcome = row.split(";")
        if about[2] == year:
            budget, outcome = change(int(about[3]), float(budget), float(outcome))
        yield ";".join([*about, str(budget), str(outcome)])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _, budget, outcome: (budget / 1000, outcome / 1000), "1 000 gånger mindre än tidigare"),
        (lambda _, budget, outcome: (budget, outcome / 1000), "gånger mindre än"),
        (lambda month, budget, outcome: (budget, outcome * month), "årets summa hittills"),
        (lambda _, budget, outcome: (budget, -outcome), "omvänt tecken"),
        (lambda _, budget, outcome: (budget * 12, outcome), "gånger mindre än budgeten"),
        (lambda month, budget, outcome: (budget, 0 if month == 9 else outcome), "är 0 eller saknas"),
    ],
)
def test_what_a_delivery_would_be_held_for_is_refused_and_nothing_is_learnt(world, change, words):
    answer = world.manad("backtest", old_years(world, spoilt(change)), "--out", world.home / "p.csv")
    assert answer.code == 1
    said = " ".join(answer.err.split())
    assert "Siffrorna för 2023 kan inte vara rätt" in said
    assert words in said
    assert not (world.home / "p.csv").exists()
    assert world.value("select count(*) from learnt") == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_the_honest_years_of_a_fictional_administration_are_replayed(world, tmp_path, seed):
    generate(tmp_path, period=(2026, 9), seed=seed)
    answer = world.manad("backtest", tmp_path / "facit" / "manader.csv", "--out", world.home / "p.csv")
    assert answer.code == 0, answer.err


def test_years_in_thousands_that_agree_with_each_other_are_replayed(world):
    rows = (";".join([*row.split(";")[:4], *(f"{float(kr) / 1000:.3f}" for kr in row.split(";")[4:])])
            for row in old_rows())  # fmt: skip
    assert world.manad("backtest", old_years(world, rows), "--out", world.home / "p.csv").code == 0
