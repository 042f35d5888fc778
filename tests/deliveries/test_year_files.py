"""A year's file: each of its months is that month's delivery, and what a person is told of is the file."""

import pytest

from tests.conftest import REFERENCE
from tests.worlds.small_administration import (
    UNITS,
    assistance,
    economy,
    organisation,
    sick_leave,
    volumes,
    write,
)

TODAY = "2026-10-07"


def year_of(text_of, year=2025, months=range(1, 13)):
    """Return a month's text of a source, written for each of a year's months below one header."""
    texts = [text_of(f"{year}-{month:02d}").splitlines() for month in months]
    return "\n".join([texts[0][0], *(line for lines in texts for line in lines[1:])]) + "\n"


def deliver(world, *named, today=TODAY):
    """Hand in files by name and text, the register beside them."""
    folder = world.home.parent / "lämnat"
    folder.mkdir(exist_ok=True)
    register = write(folder / "organisation_2025-01.csv", organisation())
    paths = [write(folder / name, text) for name, text in named]
    return world.manad("deliver", register, *paths, "--today", today)


def months_of(world, source):
    return world.rows(
        "select to_char(period, 'YYYY-MM'), state, revision, coalesce(of_file, id) "
        f"from delivery where source = '{source}' order by period, id"
    )


@pytest.mark.parametrize(
    ("source", "text_of", "figures"),
    [("prestationer", volumes, 6), ("bistand", assistance, 2), ("sjukfranvaro", sick_leave, 30)],
)
def test_each_month_of_a_years_file_is_that_months_delivery_under_one_number(world, source, text_of, figures):
    answer = deliver(world, (f"{source}_2025.csv", year_of(text_of)))
    assert answer.code == 0, answer.out
    months = months_of(world, source)
    assert [(month, state, revision) for month, state, revision, _ in months] == [
        (f"2025-{month:02d}", "accepted", 1) for month in range(1, 13)
    ]
    (number,) = {number for *_, number in months}
    status = world.manad("status", "2025-03", "--json").json
    assert [(one["id"], one["source"], one["period"]) for one in status["deliveries"]] == [
        (number, source, "2025-03")
    ]
    stored = world.rows(
        "select to_char(figure.period, 'MM'), count(*) from figure "
        "join delivery on delivery.id = figure.delivery_id and delivery.period = figure.period "
        "group by 1 order by 1"
    )
    assert stored == [(f"{month:02d}", figures) for month in range(1, 13)]


def test_the_receipt_is_one_with_every_months_sums(world):
    said = deliver(world, ("prestationer_2025.csv", year_of(volumes))).out
    assert "Prestationer, 2025\n" in said
    assert "MOTTAGEN. 36 rader" in said.replace("\xa0", " ")
    assert said.count("Kvitto på prestationer") == 1
    assert all(f"2025-{month:02d}  Utfall" in said for month in range(1, 13))


def test_a_file_named_after_december_with_the_years_months_is_one_too_and_says_so(world):
    answer = deliver(world, ("bistand_2025-12.csv", year_of(assistance)))
    assert answer.code == 0
    assert "Filen har rader för 2025: varje månad är mottagen som en egen leverans" in " ".join(
        answer.out.split()
    )
    assert len(months_of(world, "bistand")) == 12


def test_a_stray_row_of_another_month_does_not_become_that_months_delivery(world):
    text = volumes("2025-12") + "2025-11;101;Inskrivna barn;40;38\n"
    answer = deliver(world, ("prestationer_2025-12.csv", text))
    assert answer.code == 1
    assert "Månaden är inte filens" in answer.out
    assert "Gäller den flera månader: döp den prestationer_2025." in " ".join(answer.out.split())
    assert [state for _, state, *_ in months_of(world, "prestationer")] == ["refused"]


def test_a_month_in_a_years_file_replaces_that_month_alone(world):
    deliver(world, ("prestationer_2025-03.csv", volumes("2025-03")))
    assert deliver(world, ("prestationer_2025.csv", year_of(volumes))).code == 0
    revisions = {month: revision for month, _, revision, _ in months_of(world, "prestationer")}
    assert revisions == {f"2025-{month:02d}": 2 if month == 3 else 1 for month in range(1, 13)}
    later = deliver(world, ("prestationer_2025-04_ny.csv", volumes("2025-04").replace(";38", ";37")))
    assert later.code == 0
    assert "2025-04  Utfall" in later.out
    current = world.rows(
        "select to_char(figure.period, 'MM'), sum(value) from figure "
        "join current_delivery on current_delivery.id = figure.delivery_id "
        "where measure = 'utfall' and figure.period between '2025-03-01' and '2025-05-01' "
        "group by 1 order by 1"
    )
    assert current == [("03", 114), ("04", 111), ("05", 114)]


def test_the_same_bytes_again_are_known(world):
    deliver(world, ("prestationer_2025.csv", year_of(volumes, months=range(1, 7))))
    again = deliver(world, ("prestationer_2025.csv", year_of(volumes, months=range(1, 7))))
    assert "prestationer_2025.csv har tagits emot förut; inget ändras." in again.out
    assert len(months_of(world, "prestationer")) == 6


def test_a_years_file_that_is_wrong_in_one_month_changes_none(world):
    text = year_of(volumes) + "2025-05;999;Inskrivna barn;40;38\n"
    answer = deliver(world, ("prestationer_2025.csv", text))
    assert answer.code == 1
    assert "Enheten finns inte i registret" in answer.out
    assert months_of(world, "prestationer")[0][1] == "refused"
    assert world.value("select count(*) from figure") == 0


def test_months_to_come_without_figures_are_left_out_and_those_with_figures_refused(world):
    planned = "".join(f"2026-1{month};{code};Inskrivna barn;40;\n" for month in (1, 2) for code in UNITS)
    text = year_of(volumes, 2026, range(1, 10)) + planned
    answer = deliver(world, ("prestationer_2026.csv", text))
    assert answer.code == 0
    assert "inte har varit, har inga uppgifter och har lämnats utanför" in " ".join(answer.out.split())
    assert "Prestationer, januari–september 2026\n" in answer.out
    assert len(months_of(world, "prestationer")) == 9
    refused = deliver(world, ("prestationer_2026_ny.csv", text.replace(";40;\n", ";40;39\n")))
    assert refused.code == 1
    assert "Månaden har inte börjat" in refused.out


def test_a_month_and_a_year_that_holds_it_are_both_refused_when_they_come_together(world):
    answer = deliver(
        world,
        ("prestationer_2025.csv", year_of(volumes, months=range(1, 7))),
        ("prestationer_2025-03.csv", volumes("2025-03")),
        ("prestationer_2025-08.csv", volumes("2025-08")),
    )
    assert answer.code == 1
    said = " ".join(answer.out.split())
    assert "fler än en ny fil för prestationer 2025: även prestationer_2025-03.csv" in said
    assert "fler än en ny fil för prestationer 2025-03: även prestationer_2025.csv" in said
    assert [(month, state) for month, state, *_ in months_of(world, "prestationer")] == [
        ("2025-03", "refused"),
        ("2025-08", "accepted"),
        ("2025-12", "refused"),
    ]


def test_a_years_ledger_is_decembers_delivery(world):
    assert deliver(world, ("ekonomi_2025.csv", economy(2025, closed=12))).code == 0
    assert [month for month, *_ in months_of(world, "ekonomi")] == ["2025-12"]


@pytest.mark.parametrize("name", ["organisation_2025.csv"])
def test_a_source_whose_rows_say_no_month_has_no_years_files(world, name):
    answer = world.manad("deliver", write(world.home.parent / name, "a;b\n"))
    assert answer.code == 1
    assert "har rader utan månad och kan inte gälla ett helt år" in " ".join(answer.out.split())


def test_names_of_months_with_a_wrong_sign_are_told_and_are_no_years(world):
    answer = world.manad("deliver", write(world.home.parent / "bistand_2025_09.csv", assistance("2025-09")))
    assert answer.code == 1
    assert "har nästan rätt namn: döp om den till bistand_2025-09.csv" in " ".join(answer.out.split())


@pytest.fixture
def held(world):
    """A year of volumes whose September is accumulated; what the delivery said, and its number."""
    deliver(world, ("prestationer_2024-12.csv", volumes("2024-12")))
    lines = [
        line.replace(";38", ";342") if line.startswith("2025-09") else line
        for line in year_of(volumes).splitlines()
    ]
    answer = deliver(world, ("prestationer_2025.csv", "\n".join(lines) + "\n"))
    return answer, world.value("select id from delivery where state = 'held' and of_file is null")


def test_a_years_file_with_one_impossible_month_is_held_whole(world, held):
    answer, number = held
    assert answer.code == 3
    said = " ".join(answer.out.split())
    assert "september 2025" in said
    assert {state for month, state, *_ in months_of(world, "prestationer") if month > "2025"} == {"held"}
    assert world.value("select count(*) from current_delivery where source = 'prestationer'") == 1
    march = world.manad("status", "2025-03", "--json").json["deliveries"]
    assert [(one["id"], one["state"]) for one in march] == [(number, "held")]


def test_it_is_released_whole_but_for_the_months_that_a_newer_file_has_replaced(world, held):
    _, number = held
    later = deliver(world, ("prestationer_2025-09.csv", volumes("2025-09")))
    assert later.code == 0
    released = world.manad("release", number, "--by", "Kia Berg", "--reason", "En ny grupp")
    assert released.code == 0, released.err
    states = {month: state for month, state, *_ in months_of(world, "prestationer") if month > "2025"}
    assert [month for month, state in states.items() if state == "accepted"] == [
        f"2025-{month:02d}" for month in range(1, 13)
    ]
    assert (
        world.value(
            "select sum(value) from figure join current_delivery on current_delivery.id = delivery_id "
            "where measure = 'utfall' and figure.period = '2025-09-01'"
        )
        == 114
    )
    again = world.manad("release", number, "--by", "Kia Berg", "--reason", "En ny grupp")
    assert again.code == 1
    assert "har redan släppts in av Kia Berg" in again.err


def test_it_is_refused_whole_and_its_bytes_are_not_let_in_later(world, held):
    _, number = held
    assert world.manad("release", number, "--by", "Kia Berg", "--refuse").code == 0
    assert {state for month, state, *_ in months_of(world, "prestationer") if month > "2025"} == {"refused"}
    assert world.value("select count(*) from current_delivery where source = 'prestationer'") == 1


def test_many_files_are_told_in_a_line_each_but_for_what_is_wrong(world):
    years = [(f"prestationer_{year}.csv", year_of(volumes, year)) for year in (2021, 2022, 2023, 2024)]
    answer = deliver(world, *years, ("bistand_2024.csv", "period;hushall;medelbidrag\n2024-01;abc;1\n"))
    lines = answer.out.replace("\xa0", " ").splitlines()
    assert lines[:5] == [
        "organisation_2025-01.csv: mottagen, januari 2025, 4 rader",
        *(f"prestationer_{year}.csv: mottagen, {year}, 36 rader" for year in (2021, 2022, 2023)),
        "Kvitto på bistand_2024.csv",
    ]
    assert lines[-1] == "prestationer_2024.csv: mottagen, 2024, 36 rader"
    assert answer.code == 1


def test_a_run_takes_in_its_history_first_and_tells_it_in_a_line(world, tmp_path):
    world.month()
    tmp_path.joinpath("tidigare").mkdir()
    write(tmp_path / "tidigare" / "prestationer_2025.csv", year_of(volumes))
    write(tmp_path / "tidigare" / "bistand_2025.csv", year_of(assistance).replace("9 153", "abc", 1))
    answer = world.run("--history", tmp_path / "tidigare")
    assert "Tar in tidigare månader  1 ny fil, 12 månader" in answer.out.replace("\xa0", " ")
    assert "Kvitto på bistand_2025.csv" in answer.out
    assert answer.code == 1
    assert world.manad("status", "2026-09", "--json").json["state"] == "done"
    again = world.run("--history", tmp_path / "tidigare")
    assert "Tar in tidigare månader  0 nya filer, 0 månader" in again.out.replace("\xa0", " ")
    assert world.run("--history", tmp_path / "borta").code == 1


@pytest.mark.reference
@pytest.mark.parametrize("folder", ["32-year-of-volumes-in-one-file", "32b-year-of-bistand-in-one-file"])
def test_a_real_year_in_one_file_is_taken_in(world, folder):
    (path,) = (REFERENCE / "deliveries" / folder).glob("*_*.csv")
    register = REFERENCE / "deliveries" / "organisation_2026-09.csv"
    answer = world.manad("deliver", register, path, "--today", TODAY)
    assert answer.code == 0, answer.out
    source = path.name.split("_")[0]
    assert len({month for month, *_ in months_of(world, source)}) == 12
