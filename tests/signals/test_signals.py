"""Leading signals as the one who runs the month sees them, and as they are kept."""

import re
from decimal import Decimal

import pytest

from tests.worlds.read_page import rows, text
from tests.worlds.signal_history import (
    EMPLOYEES,
    LAST,
    assistance,
    months_before,
    put_history,
    sick_leave,
    volumes,
)
from tests.worlds.small_administration import UNITS, economy

INDICATORS = "period;indikator;arsmal\n2026-09;Sjukfrånvaro;7,0 %\n"


def run_with_history(world, *words, **history):
    world.month(prestationer=None, bistand=None, sjukfranvaro=None)
    put_history(world, **history)
    world.put("indikatorer_2026-09.csv", INDICATORS)
    answer = world.run(*words)
    assert answer.code == 0, answer.out + answer.err
    return answer


@pytest.fixture
def read(after):
    """The month is run, after years of history."""
    return after(run_with_history)


def signals(world, **of):
    """Return the report's signals that have some values."""
    found = world.manad("report", "2026-09", "--format", "json").json["signaler"]
    return [each for each in found if all(each[name] == value for name, value in of.items())]


def kept(world):
    """Return what is kept of the latest reading, without keys."""
    columns = (
        "source", "indicator", "scope", "code", "name", "value", "compared", "signal", "rule", "sentence",
        "months_lacking", "is_hidden", "evidence",
    )  # fmt: skip
    rows = world.rows(
        f"select {', '.join(columns)} from leading_signal "
        "where watch_id = (select max(id) from watch) order by 1, 2, 3, 4"
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def versions(world):
    return [version for (version,) in world.rows("select version from watch order by version")]


def one_line(answer):
    return " ".join(answer.out.replace("\u00a0", " ").split())


def test_what_moves_before_the_money_is_watched_told_and_kept_with_its_rows(world):
    answer = run_with_history(world)
    assert "Läser tidiga signaler 3 att bevaka av 10 serier" in one_line(answer)
    assert "Tidiga signaler: 3 att bevaka av 10 serier." in one_line(world.manad("status", "2026-09"))
    watched = {(each["kalla"], each["indikator"]): each for each in signals(world, niva_signal="bevaka")}
    assert set(watched) == {
        ("sjukfranvaro", "Sjukfrånvaro"),
        ("prestationer", "Inskrivna barn"),
        ("prestationer", "Kostnad per barn"),
    }
    ill = watched["sjukfranvaro", "Sjukfrånvaro"]
    assert (ill["enhet"], ill["namn"], ill["grupp"], ill["jamforelse"]) == (
        "101", "Förskolan Norr", "enhet", 7,
    )  # fmt: skip
    assert "En så stor ökning är sällan en slump" in ill["regel"]
    children = watched["prestationer", "Inskrivna barn"]
    assert (children["varde"], children["jamforelse"]) == (42, 40)
    evidence = world.value(
        "select evidence from leading_signal where source = 'prestationer' and indicator = 'Inskrivna barn' "
        "and code = '101'"
    )
    found = [
        value
        for rows in evidence["rows"]
        for (value,) in world.rows(
            "select value from figure where delivery_id = %s and row_no between %s and %s "
            "and measure = 'utfall' and unit = '101'",
            rows["delivery"],
            rows["first"],
            rows["last"],
        )
    ]
    assert found == [40] * 11 + [46] * 3


def test_the_year_of_social_assistance_is_held_against_its_account_group_and_its_planned_households(world):
    ledger = economy().replace("103;Personal", "103;Försörjningsstöd, ekonomiskt")
    world.put("ekonomi_2025-12.csv", economy(year=2025, closed=12))
    world.month(ekonomi=ledger, prestationer=None, bistand=None, sjukfranvaro=None)
    put_history(world, of=["bistand"])
    plan = volumes(LAST, {"103": 910}, "Hushåll med ekonomiskt bistånd", planned=890)
    world.put("prestationer_2026-09.csv", plan)
    assert world.run().code == 0
    (forecast,) = signals(world, indikator="Helårsprognos")
    assert forecast["jamforelse"] == 12_000_000
    assert forecast["delar"]["planerade_hushall"] == 890
    assert forecast["delar"]["avvikelse"] == pytest.approx(12_000_000 - forecast["varde"])
    assert "befarat underskott" in forecast["mening"]


def test_an_appropriation_that_lacks_a_month_is_missing_and_not_smaller(world):
    ledger = economy().replace("103;Personal", "103;Försörjningsstöd")
    world.month(ekonomi="".join(line for line in ledger.splitlines(keepends=True) if "-12;103" not in line))
    world.run()
    (forecast,) = signals(world, indikator="Helårsprognos")
    assert forecast["jamforelse"] is None


def test_months_that_were_delivered_by_name_before_there_was_a_register_are_known(world):
    put_history(world, of=["sjukfranvaro"])
    for path in sorted(world.inbox.glob("sjukfranvaro*")):
        by_name = path.read_text("utf-8")
        for code, name in UNITS.items():
            by_name = by_name.replace(f";{code};", f";{name};")
        world.put(path.name, by_name)
    assert world.manad("deliver", *sorted(world.inbox.glob("*"))).code == 0
    world.month(prestationer=None, bistand=None, sjukfranvaro=None)
    assert world.run().code == 0
    (ill,) = signals(world, kalla="sjukfranvaro", niva_signal="bevaka")
    assert (ill["enhet"], ill["delar"]["kanda_manader"]) == ("101", 14)


def test_without_history_the_month_says_how_much_more_it_takes(world):
    world.month()
    answer = world.run()
    assert answer.code == 0
    said = one_line(answer)
    assert "ekonomiskt bistånd: 11 månader till behövs för att se förändring" in said
    assert "prestationer: 4 månader till behövs för att se förändring" in said
    assert "sjukfrånvaro: 11 månader till behövs för att se förändring" in said
    page = text(world.manad("report", "2026-09", "--format", "json").json)
    assert "ekonomiskt bistånd 11 månader, prestationer 4 månader och sjukfrånvaro 11 månader till" in page


def test_a_missing_source_stops_nothing(world):
    world.month(sjukfranvaro=None, bistand=None, prestationer=None)
    answer = world.run("--allow-missing")
    assert answer.code == 0, answer.out + answer.err
    (everybody,) = signals(world, kalla="sjukfranvaro", grupp="hela förvaltningen")
    assert everybody["varde"] is None
    assert everybody["mening"].endswith("uppgift saknas för september 2026.")
    assert signals(world, kalla="prestationer") == []


def test_a_month_without_a_register_or_a_ledger_is_read_too(world):
    words = ("--inbox", "tests/reference/2021-04", "--allow-missing", "--today", "2021-05-10")
    answer = world.manad("run", "2021-04", *words)
    assert answer.code == 0, answer.out + answer.err
    areas = world.rows(
        "select name, scope from leading_signal where source = 'prestationer' order by name limit 1"
    )
    assert [scope for _, scope in areas] == ["verksamhetsområde"]


@pytest.mark.usefixtures("read")
def test_a_run_from_the_top_keeps_the_rows_and_one_from_the_step_makes_them_again(world):
    before = kept(world)
    world.run()
    assert (versions(world), kept(world)) == ([1], before)
    world.run("--from", "watch_signals")
    assert (versions(world), kept(world)) == ([1, 2], before)


@pytest.mark.usefixtures("read")
def test_a_later_delivery_changes_nothing_of_the_month(world):
    before = kept(world)
    after = LAST.plus(1)
    world.put(f"sjukfranvaro_{after}.csv", sick_leave(after, dict.fromkeys(UNITS, 30)))
    world.put(f"bistand_{after}.csv", assistance(after, 2000))
    world.put(f"prestationer_{after}.csv", volumes(after, dict.fromkeys(UNITS, 90)))
    world.put(f"indikatorer_{after}.csv", INDICATORS.replace("2026-09", "2026-10").replace("7,0", "5,0"))
    world.put(f"ekonomi_{after}.csv", economy(closed=10, monthly=2_000_000))
    world.manad("deliver", *sorted(world.inbox.glob(f"*{after}.csv")))
    assert world.run().code == 0
    assert (versions(world), kept(world)) == ([1], before)
    world.run("--from", "watch_signals")
    assert kept(world) == before


@pytest.mark.usefixtures("read")
def test_a_correction_of_an_earlier_month_is_read_anew(world):
    (before,) = signals(world, kalla="sjukfranvaro", niva_signal="bevaka")
    august = LAST.plus(-1)
    corrected = dict.fromkeys(UNITS, 8) | {"101": 20}
    world.put(f"sjukfranvaro_{august}_rattad.csv", sick_leave(august, corrected))
    assert world.run().code == 0
    assert versions(world) == [1, 2]
    (after,) = signals(world, kalla="sjukfranvaro", niva_signal="bevaka")
    assert after["varde"] > before["varde"]
    assert after["delar"]["senaste_tre"] > before["delar"]["senaste_tre"]


@pytest.mark.usefixtures("read")
def test_a_setting_is_kept_with_what_was_read_by_it(world):
    (world.home / "manad.toml").write_text("[sick_leave]\nfewest_posts = 40\n", encoding="utf-8")
    world.run()
    settings = world.rows("select settings from watch order by version")
    assert [each["sick_leave"]["fewest_posts"] for (each,) in settings] == ["25", "40"]
    assert signals(world, kalla="sjukfranvaro", grupp="enhet", manader_saknas=0) == []


def test_a_tariff_and_reading_months_are_settings(world):
    world.home.mkdir(exist_ok=True)
    toml = '[measures."Inskrivna barn"]\ntariff_kr = 120_000\nreading_months = [8, 9]\n'
    (world.home / "manad.toml").write_text(toml, encoding="utf-8")
    run_with_history(world, of=["prestationer"])
    (total,) = signals(world, indikator="Prestationsförändring, inskrivna barn", enhet=None)
    assert total["varde"] == 6 * 120_000
    assert total["delar"]["enheter"] == 3


def test_a_unit_that_changed_code_goes_on(world):
    register = (
        "kod;namn;niva;overordnad;ersatter;giltig_fran;giltig_till\n"
        "A1;Barn och äldre;avdelning;;;2019-01-01;\n"
        "101;Förskolan Norr;enhet;A1;;2019-01-01;2026-06-30\n"
        "201;Förskolan Norr;enhet;A1;101;2026-07-01;\n"
        "102;Förskolan Söder;enhet;A1;;2019-01-01;\n103;Hemtjänsten Öst;enhet;A1;;2019-01-01;\n"
    )
    ledger = re.sub(r"(2026-(?:0[789]|1\d));101;", r"\1;201;", economy())
    world.month(organisation=register, ekonomi=ledger, prestationer=None, bistand=None, sjukfranvaro=None)
    put_history(world, of=["sjukfranvaro", "prestationer"])
    for period in months_before(3):
        for source in ("sjukfranvaro", "prestationer"):
            path = world.inbox / f"{source}_{period}.csv"
            world.put(path.name, path.read_text("utf-8").replace(";101;", ";201;"))
    assert world.run().code == 0
    (ill,) = signals(world, kalla="sjukfranvaro", niva_signal="bevaka")
    assert (ill["enhet"], ill["delar"]["kanda_manader"]) == ("201", 14)
    assert signals(world, enhet="101") == []


# --- nothing hidden leaves


def everything_that_leaves(world, answer):
    """Return all that a controller, a manager or another system can read of the month."""
    world.manad("preview", "2026-09", "--out", world.home / "granska", "--today", "2026-10-07")
    outputs = [
        answer.out,
        *(world.manad(*words).out for words in (
            ("status", "2026-09"), ("status", "2026-09", "--json"), ("deviations", "2026-09"),
            ("deviations", "2026-09", "--json"), ("report", "2026-09", "--format", "json"),
        )),
        *(path.read_text("utf-8") for path in sorted((world.home / "reports").rglob("*.html"))),
        *(path.read_text("utf-8") for path in sorted((world.home / "granska").glob("*"))),
    ]  # fmt: skip
    return "\n".join(outputs).replace("\u00a0", " ")


def numbers_of(value):
    """Yield the figures of a signal that are too fine to stand anywhere by chance."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    for each in values:
        if isinstance(each, dict | list):
            yield from numbers_of(each)
        elif isinstance(each, float | Decimal) and len(f"{each:f}".rstrip("0")) > 6:
            yield f"{each:f}"[:7]


@pytest.mark.parametrize(
    ("history", "sources"),
    [
        ({"employees": EMPLOYEES | {"101": 10, "102": 11}}, {"sjukfranvaro"}),
        ({"employees": dict.fromkeys(UNITS, 3)}, {"sjukfranvaro"}),
        ({"households": 3}, {"bistand"}),
    ],
    ids=["a small unit and the one that would tell of it", "everybody", "few households"],
)
def test_nothing_that_is_hidden_leaves_by_report_page_preview_or_terminal(world, history, sources):
    answer = run_with_history(world, **history)
    left = everything_that_leaves(world, answer)
    hidden = [row for row in kept(world) if row["is_hidden"]]
    assert {row["source"] for row in hidden} == sources
    shown = [row for row in kept(world) if not row["is_hidden"]]
    alike = {number for row in shown for number in numbers_of([row["value"], row["evidence"]["figures"]])}
    for row in hidden:
        assert row["sentence"].replace("\u00a0", " ") not in left
        assert not row["rule"] or row["rule"].replace("\u00a0", " ") not in left
        for number in {*numbers_of([row["value"], row["evidence"]["figures"]])} - alike:
            assert number not in left, (row["name"], row["indicator"], number)
    watched = sum(row["signal"] == "bevaka" for row in shown)
    judged = sum(row["months_lacking"] == 0 for row in shown)
    assert re.search(rf"{watched or 'inget'} att bevaka av {judged} serier", left)


@pytest.mark.usefixtures("read")
def test_one_to_four_households_are_not_told_by_any_figure_beside_them(world):
    world.put("bistand_2026-09_rattad.csv", assistance(LAST, 4, 8123, vuxna=6, utbetalt=32492))
    answer = world.run("--mails", "none")
    assert answer.code == 0
    left = everything_that_leaves(world, answer)
    for figure in ("8 123", "8123", "32 492", "32492"):
        assert figure not in left
    assert {each["varde"] for each in signals(world, kalla="bistand")} == {"doldt"}
    assert "färre än 5" in left


def test_a_mean_that_a_month_of_few_households_is_part_of_is_hidden(world):
    world.month(bistand=assistance(LAST, 900, hushall_snitt_hittills=700))
    world.put("bistand_2026-03.csv", assistance(LAST.plus(-6), 4))
    world.run()
    (row,) = world.manad("report", "2026-09", "--format", "json").json["bistand"]
    assert (row["hushall"], row["hushall_snitt_hittills"]) == (900, "doldt")


def test_few_placements_of_a_unit_are_told_by_nobody_and_not_in_the_sum(world):
    world.month(bistand=None, sjukfranvaro=None, prestationer=None)
    put_history(world, of=[])
    for period in months_before(14):
        counts = {"101": 3, "102": 30, "103": 40}
        world.put(f"prestationer_{period}.csv", volumes(period, counts, "Placeringar"))
    assert world.run().code == 0
    content = world.manad("report", "2026-09", "--format", "json").json
    assert {row["enhet"]: row["utfall"] for row in content["prestationer"]} == {
        "101": "doldt", "102": 30, "103": 40,
    }  # fmt: skip
    assert {each["varde"] for each in content["signaler"] if each["enhet"] == "101"} >= {"doldt"}
    assert rows(content, "Prestationer")[0][:2] == ["Placeringar 3 enheter", "70 2 av 3 enheter"]


def test_few_men_are_told_of_by_nobody(world):
    world.month(prestationer=None, bistand=None, sjukfranvaro=None)
    put_history(world, of=["sjukfranvaro"])
    for period in months_before(14):
        path = world.inbox / f"sjukfranvaro_{period}.csv"
        world.put(path.name, path.read_text("utf-8") + f"{period};102;M;3;500;61,7;0;0\n")
    assert world.run().code == 0
    (department,) = signals(world, kalla="sjukfranvaro", grupp="avdelning")
    assert (department["delar"]["kvinnor"], department["delar"]["man"]) == ("doldt", "doldt")
    assert isinstance(department["varde"], float)
