"""The published tertial of April 2021: brought into a home as deliveries, and its printed tables."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.conftest import REFERENCE

MONTH = "2021-04"
FOLDER = REFERENCE / "tertial" / MONTH
MONTHLY = Path(__file__).parents[2] / "reference" / MONTH
DIRECTIONS = {"högre": "hogre", "lägre": "lagre", "högst": "lagre", "inom": "inom", "oklar": ""}
SIDES = {"Kostnader": "kostnader", "Intäkter": "intakter"}
LEVELS = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
PARTLY = {"1.4", "1.4.1"}
YEAR_MONTH = "2020-12"
YEAR_FOLDER = REFERENCE / "tertial" / YEAR_MONTH
FORMS = ("html", "docx", "xlsx")


def printed(path):
    """Return a table of the reference, a row a mapping."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def printed_indicators():
    """Return the printed indicators, each with its goal, its direction and whether it is reached."""
    return _judged(FOLDER / "som_tryckt", FOLDER, MONTH)


def printed_indicators_of_a_year():
    """Return those of a unit's report of a whole year, which tells two of one name apart by (2)."""
    return _judged(YEAR_FOLDER, YEAR_FOLDER, YEAR_MONTH)


def _judged(rows_in, judged_in, month):
    rows = printed(rows_in / f"indikatorer_{month}.csv")
    by_hand = printed(judged_in / f"bedomning_{month}.csv")
    return [{**judged, **row} for row, judged in zip(rows, by_hand, strict=True)]


def printed_activities():
    return printed(FOLDER / "som_tryckt" / f"aktiviteter_{MONTH}.csv")


def made_in_a_home(world):
    """Deliver the tertial, run its month, and make its report in three forms."""
    for folder in (MONTHLY, FOLDER):
        for path in folder.glob(f"*_{MONTH}.csv"):
            if path.name.split("_")[0] not in {"indikatorer", "aktiviteter", "bedomning"}:
                world.put(path.name, path.read_text("utf-8-sig"))
    world.put(f"aktiviteter_{MONTH}.csv", _written(map(_delivered_activity, printed_activities())))
    world.put(f"indikatorer_{MONTH}.csv", _written(map(_delivered_indicator, printed_indicators())))
    world.put(f"mal_{MONTH}.csv", _written(map(_goal, goals(printed_indicators()))))
    world.put(f"driftbudget_{MONTH}.csv", _written(map(_side, printed(FOLDER / "netto.csv"))))
    _make(world, MONTH, "2021-05-10")


def made_of_a_year(world):
    """Deliver a published year's indicators, run its December, and make its report in three forms."""
    rows = printed_indicators_of_a_year()
    world.put(f"indikatorer_{YEAR_MONTH}.csv", _written(map(_delivered_indicator, rows)))
    world.put(f"mal_{YEAR_MONTH}.csv", _written(map(_goal, goals(rows))))
    _make(world, YEAR_MONTH, "2021-01-12")


def _make(world, month, today):
    answer = world.manad("run", month, "--inbox", world.inbox, "--allow-missing", "--today", today)
    assert answer.code == 0, answer.out + answer.err
    for form in FORMS:
        answer = world.manad("report", month, "--tertial", "--format", form)
        assert answer.code == 0, answer.err


def goals(indicators):
    """Return the codes of the printed goals, each below the ones above it."""
    codes = {row["mal"] for row in indicators}
    return sorted(codes | {code[:length] for code in codes for length in (1, 3)})


def goal_heading(code):
    level = ("KF:s inriktningsmål", "KF:s mål för verksamhetsområdet", "Nämndmål")[code.count(".")]
    return f"{level}: {code} Mål {code}"


def is_told(cell, figure, *, in_kronor=False):
    """Tell whether a cell says a printed figure: as many decimals, or the words that stand there instead."""
    number = decimal(figure)
    if isinstance(cell, str) or isinstance(cell.value, str):
        text = cell.split("|")[0] if isinstance(cell, str) else cell.value
        return _said(text) == number if number is not None else text == figure.strip().replace("\u00a0", " ")
    if number is None or cell.value is None:
        return number is None and cell.value is None and not figure.strip()
    value = Decimal(str(cell.value)) / (1_000_000 if in_kronor else 1)
    return value.quantize(number, ROUND_HALF_UP) == number


def decimal(figure):
    """Read a printed figure with or without its unit; None where it is words or nothing."""
    text = str(figure).strip().replace("\u00a0", " ").replace("\u2212", "-")
    if re.match(r"\+ ?/", text):
        return None  # a span is no number
    found = re.match(r"(-?\d[\d ]*(?:,\d+)?)(?: ?%| .*)?$", text)
    return Decimal(found[1].strip().replace(" ", "").replace(",", ".")) if found else None


def _said(text):
    """Read a figure as the report says it: by a word for its sign, and in tkr where it is small."""
    if text == "i balans":
        return Decimal(0)
    sign = -1 if text.startswith("underskott ") else 1
    number = decimal(text.removeprefix("underskott ").removeprefix("överskott "))
    return None if number is None else sign * number


def _delivered_indicator(row):
    names = ("period", "indikator", "utfall", "utfall_man", "utfall_kvinnor", "utfall_foregaende_ar",
             "prognos_helar", "arsmal", "kf_arsmal", "periodicitet", "mal")  # fmt: skip
    return {**{name: row[name] for name in names}, "riktning": DIRECTIONS[row["riktning"]]}


def _delivered_activity(row):
    """Deliver an activity; none is printed with the word Avvikelse, and what is said of it is an Analys."""
    return {**row, "avvikelse": "", "analys": row["avvikelse"]}


def _goal(code):
    return {
        "kod": code,
        "namn": f"Mål {code}",
        "niva": LEVELS[code.count(".")],
        "overordnad": code.rpartition(".")[0],
        "bedomning": "delvis" if code in PARTLY else "helt",
    }


def _side(row):
    return {
        "slag": SIDES[row["verksamhetsomrade"]],
        "budget_mnkr": row["budget_mnkr"],
        "prestationsforandringar_mnkr": row["prestationsforandringar_mnkr"],
        "prognos_mnkr": row["prognos_fore_resultatoverforing_mnkr"],
    }


def _written(rows):
    rows = list(rows)
    lines = [rows[0].keys(), *(row.values() for row in rows)]
    quoted = [['"{}"'.format(cell.replace('"', '""')) for cell in line] for line in lines]
    return "\n".join(";".join(line) for line in quoted) + "\n"
