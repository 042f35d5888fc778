"""The fictional administration: the same bytes for a seed, the contract's columns, figures that agree."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from demo.generate import generate
from demo.names import LAST, PLACE_FIRST, PLACE_LAST, place
from tasks.deliveries.tables.read_table import read_table
from tasks.errors import UsageError
from tasks.rules.deliveries.check import CheckedDelivery, check_delivery
from tasks.rules.deliveries.file_names import parse_file_name
from tasks.rules.organisation import Register, unit_versions
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.worlds.demo_files import Rows, contents, deliveries, number, read

PERIOD = Period(2026, 9)
COLUMNS = {
    # the contract's bold columns first, the optional ones after the bar
    "organisation": "kod namn niva overordnad | enhetstyp chef chef_epost ersattare_epost controller_epost "
    "resultatenhet ersatter giltig_fran giltig_till",
    "ekonomi": "period enhet kontogrupp budget utfall |",
    "prognos": "period budget | enhet verksamhetsomrade ingar_i begarda_budgetjusteringar "
    "prestationsforandringar prognos_fore_resultatoverforing prognos_efter_resultatoverforing",
    "resultatenheter": "ar enhet bruttobudget overforing_fran_foregaende_ar resultat | namn",
    "prestationer": "period enhet matt utfall | planerat snitt_hittills snitt_foregaende_ar",
    "bistand": "period hushall medelbidrag | utbetalt vuxna barn unga_18_24",
    "sjukfranvaro": "period enhet kon anstallda ordinarie_timmar franvarotimmar_1_14 franvarotimmar_15_90 "
    "franvarotimmar_91 |",
    "indikatorer": "period indikator | utfall utfall_man utfall_kvinnor utfall_foregaende_ar prognos_helar "
    "arsmal kf_arsmal periodicitet mal riktning",
    "risker": "indikator risk sannolikhet konsekvens | atgard",
    "aktiviteter": "aktivitet startdatum slutdatum | ansvarig_epost avvikelse mal",
    "mal": "kod namn niva | overordnad bedomning beskrivning forvantat_resultat analys",
    "investeringar": "investering budget_mnkr | period begarda_budgetjusteringar_mnkr prognos_mnkr "
    "utfall_mnkr",
    "driftbudget": "slag budget prognos | period begarda_budgetjusteringar prestationsforandringar",
    "omslutning": "verksamhetsomrade kostnader_mnkr intakter_mnkr | period ingar_i",
    "budgetjusteringar": "namn belopp_mnkr slag | period verksamhetsomrade lage",
}
FIXED = ("risker", "mal", "investeringar", "omslutning", "budgetjusteringar")
"""What the board decided, whatever the seed."""
STOCKHOLM = (
    "Akalla Björkhagen Bromma Enskede Farsta Gröndal Hammarby Hägersten Hässelby Kista Kälvesta Kärrtorp "
    "Nälsta Skarpnäck Solhem Spånga Tallkrogen Tensta Traneberg Vällingby Västertorp Älvsjö Årsta Örby"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    generate(folder, period=PERIOD)
    return folder


@pytest.fixture(scope="module")
def register(demo: Path) -> Rows:
    return read(demo / "organisation_2026-09.csv")


def test_the_same_seed_gives_the_same_bytes(demo: Path, tmp_path: Path):
    paths = generate(tmp_path, period=(2026, 9), units=125, seed=1)
    assert contents(tmp_path) == contents(demo)
    assert sorted(str(path.relative_to(tmp_path)) for path in paths) == list(contents(demo))


def test_another_seed_gives_other_figures(demo: Path, tmp_path: Path):
    generate(tmp_path, period=PERIOD, seed=2)
    other, first = contents(tmp_path), contents(demo)
    assert other.keys() == first.keys()
    same = {name for name in first if first[name] == other[name]}
    assert same == {f"{source}_2026-09.csv" for source in FIXED}


def test_the_delivered_files_are_the_contracts(demo: Path):
    expected = {f"ekonomi_{year}-12.csv" for year in (2023, 2024, 2025)}
    expected |= {f"{source}_2026-09.csv" for source in COLUMNS}
    assert {path.name for path in demo.glob("*.csv")} == expected


def test_the_product_takes_every_file_in_without_a_remark(demo: Path):
    def check(path: Path, register: Register | None) -> CheckedDelivery:
        name = parse_file_name(path.name)
        assert name is not None
        raw = read_table(path, max_bytes=100_000_000)
        return check_delivery(
            raw,
            all_sources()[name.source],
            name.period,
            register,
            today=date(2026, 10, 7),
            is_year=name.is_year,
        )

    rows = check(demo / "organisation_2026-09.csv", None).register_rows
    assert rows is not None
    register = Register([(PERIOD, unit_versions(rows.to_dicts()))])
    for path in deliveries(demo):
        checked = check(path, register)
        assert (checked.problems, checked.warnings, checked.absent_units) == ((), (), ()), path.name


def test_every_delivery_has_the_contracts_columns_and_lf_lines(demo: Path):
    for path in deliveries(demo):
        required, optional = (part.split() for part in COLUMNS[path.name.split("_")[0]].split("|"))
        first, *rest = path.read_bytes().decode("utf-8").split("\n")
        header = first.split(";")
        assert set(required) <= set(header), path.name
        # Social assistance has every figure for the city too, and as means.
        suffix = "(_staden)?(_snitt_(hittills|foregaende_ar))?" if path.name.startswith("bistand") else ""
        known = re.compile(f"({'|'.join(required + optional)}){suffix}")
        assert all(known.fullmatch(name) for name in header), path.name
        assert rest[-1] == ""
        assert all(line.count(";") == len(header) - 1 and "\r" not in line for line in rest[:-1]), path.name


def test_there_are_125_units_in_seven_types_on_three_levels(register: Rows):
    now = [row for row in register if row["niva"] == "enhet" and not row["giltig_till"]]
    assert len(now) == 125
    assert len({row["enhetstyp"] for row in now}) == 7
    above = {row["kod"]: row["niva"] for row in register}
    parents = {(row["niva"], above.get(row["overordnad"], "")) for row in register}
    assert parents == {("avdelning", ""), ("verksamhetsomrade", "avdelning"), ("enhet", "verksamhetsomrade")}
    assert len(above) == len({row["namn"] for row in register}) == len(register)


def test_some_managers_lead_several_units_and_two_units_have_none(register: Rows):
    led = defaultdict(int)
    for row in register:
        if row["niva"] == "enhet" and not row["giltig_till"]:
            led[row["chef_epost"]] += 1
    assert led.pop("") == 2
    assert set(led.values()) == {1, 2, 3, 4}
    assert any(row["ersattare_epost"] for row in register)
    assert all(row["controller_epost"] for row in register)


def valid(row: dict[str, str], period: str) -> bool:
    first = Period.parse(period).first_day
    end = date.fromisoformat(row["giltig_till"]) if row["giltig_till"] else date.max
    return date.fromisoformat(row["giltig_fran"]) <= first <= end


def test_every_row_is_of_a_unit_that_is_valid_that_month_and_none_is_absent(demo: Path, register: Rows):
    units = {row["kod"]: row for row in register if row["niva"] == "enhet"}
    for path in deliveries(demo):
        if path.name.split("_")[0] not in ("ekonomi", "prestationer", "sjukfranvaro"):
            continue
        by_month = defaultdict(set)
        for row in read(path):
            by_month[row["period"]].add(row["enhet"])
        for period, codes in by_month.items():
            assert codes == {code for code, row in units.items() if valid(row, period)}, (path.name, period)


def test_a_merged_and_a_moved_unit_continue_codes_that_end_the_day_before(register: Rows):
    units = {row["kod"]: row for row in register}
    continued = {row["kod"]: row["ersatter"].split(", ") for row in register if row["ersatter"]}
    assert sorted(map(len, continued.values())) == [1, 2]
    for code, olds in continued.items():
        start = date.fromisoformat(units[code]["giltig_fran"])
        assert all((start - date.fromisoformat(units[old]["giltig_till"])).days == 1 for old in olds)


def test_outcome_stops_with_the_period_and_budget_has_twelve_months(demo: Path):
    rows = read(demo / "ekonomi_2026-09.csv")
    assert {row["period"] for row in rows if row["utfall"]} == {f"2026-{m:02d}" for m in range(1, 10)}
    assert {row["period"] for row in rows if row["budget"]} == {f"2026-{m:02d}" for m in range(1, 13)}
    keys = [(row["period"], row["enhet"], row["kontogrupp"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_incomes_are_negative_and_a_normal_budget_is_about_19_million_a_unit(demo: Path):
    rows = read(demo / "ekonomi_2026-09.csv")
    assert all((number(row["budget"]) < 0) == (row["kontogrupp"] == "Intäkter") for row in rows)
    assert Decimal("2.2e9") < sum(number(row["budget"]) for row in rows) < Decimal("2.6e9")


def test_thousands_are_grouped_in_one_file_and_plain_in_another(demo: Path):
    grouped = {
        path.name for path in demo.glob("ekonomi_*.csv") if "\u00a0" in path.read_text(encoding="utf-8")
    }
    assert grouped == {"ekonomi_2026-09.csv"}


def test_means_to_date_and_of_last_year_are_of_the_months_files(demo: Path):
    def volumes(year: int, months: int) -> dict[str, Decimal]:
        totals = defaultdict(Decimal)
        rows = read(demo / "tidigare" / f"prestationer_{year}.csv")
        rows += read(demo / "prestationer_2026-09.csv") if year == 2026 else []
        assert len({row["period"] for row in rows}) == months
        for row in rows:
            totals[row["enhet"]] += number(row["utfall"]) / months
        return totals

    so_far, last_year = volumes(2026, 9), volumes(2025, 12)
    for row in read(demo / "prestationer_2026-09.csv"):
        if row["enhet"] not in ("1004", "4002"):  # merged, moved
            assert abs(number(row["snitt_hittills"]) - so_far[row["enhet"]]) <= Decimal("0.51")
            assert abs(number(row["snitt_foregaende_ar"]) - last_year[row["enhet"]]) <= Decimal("0.51")


def test_the_forecasts_parts_add_up_and_its_budget_is_the_ledgers(demo: Path, register: Rows):
    rows = read(demo / "prognos_2026-09.csv")
    names = {row["verksamhetsomrade"] for row in rows if row["verksamhetsomrade"]}
    assert names <= {row["namn"] for row in register if row["niva"] != "enhet"}
    parts = defaultdict(list)
    for row in rows:
        parts[row["ingar_i"]].append(row)
    for column in list(rows[0])[4:]:
        for whole in rows:
            inside = parts.get(whole["verksamhetsomrade"], []) if whole["verksamhetsomrade"] else []
            if inside:
                assert sum(number(row[column] or "0") for row in inside) == number(whole[column] or "0")
    ledger = sum(number(row["budget"]) for row in read(demo / "ekonomi_2026-09.csv"))
    assert sum(number(row["budget"]) for row in parts[""]) == ledger
    assert sum(1 for row in rows if row["enhet"]) == 125


def test_costs_and_incomes_are_the_forecasts_sum_before_carry_over(demo: Path):
    sides = read(demo / "driftbudget_2026-09.csv")
    lines = [row for row in read(demo / "prognos_2026-09.csv") if not row["ingar_i"]]
    for column, of_lines in (
        ("budget", "budget"),
        ("begarda_budgetjusteringar", "begarda_budgetjusteringar"),
        ("prestationsforandringar", "prestationsforandringar"),
        ("prognos", "prognos_fore_resultatoverforing"),
    ):
        told = sum(number(row[column] or "0") for row in sides)
        assert told == sum(number(row[of_lines] or "0") for row in lines)
    assert number(sides[0]["budget"]) > 0 > number(sides[1]["budget"])


def test_result_units_are_the_preschools_and_their_funds_keep_the_ceiling(demo: Path, register: Rows):
    rows = read(demo / "resultatenheter_2026-09.csv")
    assert {row["enhet"] for row in rows} == {
        row["kod"] for row in register if row["resultatenhet"] == "ja" and not row["giltig_till"]
    }
    for row in rows:
        assert -number(row["overforing_fran_foregaende_ar"]) <= number(row["bruttobudget"]) / 10 + 1000
    assert len({number(row["resultat"]) > 0 for row in rows}) == 2


def test_hours_absent_are_fewer_than_ordinary_hours(demo: Path):
    for row in read(demo / "sjukfranvaro_2026-09.csv"):
        absent = [number(row[f"franvarotimmar_{span}"]) for span in ("1_14", "15_90", "91")]
        assert min(absent) >= 0
        assert sum(absent) < number(row["ordinarie_timmar"])
        assert row["kon"] in "KM"
        assert int(row["anstallda"]) > 0


def test_assistance_is_what_the_units_of_assistance_book_and_count(demo: Path):
    (row,) = read(demo / "bistand_2026-09.csv")
    booked = sum(
        number(line["utfall"])
        for line in read(demo / "ekonomi_2026-09.csv")
        if line["kontogrupp"] == "Försörjningsstöd" and line["period"] == "2026-09"
    )
    assert abs(number(row["utbetalt"]) - booked) < 10
    assert abs(number(row["medelbidrag"]) * number(row["hushall"]) - booked) < number(row["hushall"])
    counted = [r for r in read(demo / "prestationer_2026-09.csv") if r["matt"].startswith("Hushåll")]
    assert sum(number(r["utfall"]) for r in counted) == number(row["hushall"])


def test_addresses_are_all_at_example_se(demo: Path):
    for path in demo.rglob("*.csv"):
        for address in re.findall(r"[^;\s]+@[^;\s]+", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[a-z]+\.[a-z]+@example\.se", address), address


def test_no_place_is_a_part_of_stockholm_and_the_first_512_differ():
    places = {place(order) for order in range(512)}
    assert len(places) == len(PLACE_FIRST) * len(PLACE_LAST) == 512
    assert not {name.lower() for name in places} & set(STOCKHOLM.lower().split())
    assert len(set(LAST)) == len(LAST)


def test_more_units_and_a_later_month_leave_the_first_figures_as_they_were(demo: Path, tmp_path: Path):
    generate(tmp_path, period=(2026, 5), units=12)
    now = {(r["period"], r["enhet"], r["kontogrupp"]): r for r in read(demo / "ekonomi_2026-09.csv")}
    early = [row for row in read(tmp_path / "ekonomi_2026-05.csv") if row["utfall"]]
    assert len({row["enhet"] for row in early}) == 12
    assert all(now[row["period"], row["enhet"], row["kontogrupp"]] == row for row in early)
    may = (tmp_path / "sjukfranvaro_2026-05.csv").read_text(encoding="utf-8").splitlines()
    assert set(may) <= set(
        (demo / "tidigare" / "sjukfranvaro_2026.csv").read_text(encoding="utf-8").splitlines()
    )


@pytest.mark.parametrize(("units", "period"), [(12, (2026, 1)), (8, (2026, 12)), (400, (2027, 2))])
def test_any_size_and_month_can_be_made(tmp_path: Path, units: int, period: tuple[int, int]):
    generate(tmp_path, period=period, units=units, seed=7)
    register = read(tmp_path / f"organisation_{Period(*period)}.csv")
    assert sum(1 for row in register if row["niva"] == "enhet" and not row["giltig_till"]) == units
    assert len({row["kod"] for row in register}) == len({row["namn"] for row in register}) == len(register)
    assert len({row["enhetstyp"] for row in register if row["niva"] == "enhet"}) == 7


@pytest.mark.parametrize(
    ("units", "seed"),
    [
        (7, 1),  # just under one of each kind
        (2501, 1),  # just over what there are names for
        (125, -1),  # no such seed
    ],
)
def test_what_cannot_be_made_is_refused_in_a_swedish_line(tmp_path: Path, units: int, seed: int):
    with pytest.raises(UsageError, match=r"Ange"):
        generate(tmp_path, period=PERIOD, units=units, seed=seed)
    assert not list(tmp_path.iterdir())
