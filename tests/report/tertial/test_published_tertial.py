"""The published tertial of April 2021, delivered, made and read back: every printed figure in its place."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from tests.report.tertial.published import (
    FOLDER,
    FORMS,
    MONTH,
    MONTHLY,
    YEAR_MONTH,
    decimal,
    goal_heading,
    is_told,
    made_in_a_home,
    made_of_a_year,
    printed,
    printed_activities,
    printed_indicators,
    printed_indicators_of_a_year,
)
from tests.report.tertial.read_tertial import docx_parts, html_parts, part, plain, xlsx_sheets

pytestmark = pytest.mark.reference

FIGURES = (
    "utfall", "utfall_man", "utfall_kvinnor", "utfall_foregaende_ar", "prognos_helar", "arsmal", "kf_arsmal",
    "periodicitet",
)  # fmt: skip
VERDICTS = {"ja": "NÅR", "nej": "NÅR INTE", "går inte att bedöma: inte mätt": "EJ MÄTT"}
NETTO = {  # budget, requested, changes, forecast, deviation, as printed
    "Anslag för nämndens verksamhet (netto)": ("2 028,9", "", "-26,2", "1 993,3", "9,4"),
    "Kostnader": ("2 252,1", "", "51,4", "2 294,1", "9,4"),
    "Intäkter": ("-223,2", "", "-77,6", "-300,8", "0,0"),
    "Prognos/avvikelse före resultatdispositioner": ("", "", "", "1 993,3", "9,4"),
    "Resultatenheternas överskott från 2020": ("", "", "", "", "39,6"),
    "Resultatenheternas överskott till 2022": ("", "", "", "", "-38,0"),
    "Prognos/avvikelse efter resultatdispositioner": ("", "", "", "", "11,0"),
}
BROUGHT = "overforing_fran_foregaende_ar"
CHILDREN = ("2 579", "2 528", "2 508", "2 564")


class Report:
    """The report of one form, asked alike whichever it is: rows of cells by section and head."""

    def __init__(self, form, data):
        self.form = form
        self.sheets = xlsx_sheets(data) if form == "xlsx" else {}
        self.parts = [] if form == "xlsx" else {"html": html_parts, "docx": docx_parts}[form](data)

    def rows(self, section, head, goal=None):
        """Return the rows, by name, of the table in a section (a goal's, in a workbook by column)."""
        if self.form == "xlsx":
            return self._of_sheet(section, head, goal)
        (table,) = [
            each for each in part(self.parts, section).tables if each[0][0].split("|")[0].strip() == head
        ]
        own = [row for row in table[1:] if len(row) == len(table[0]) and len(set(row)) > 1]  # not below one
        return {_named(row[0]): row[1:] for row in own}

    def verdict(self, section, indicator, goal):
        if self.form == "xlsx":
            (row,) = [
                row for row in self.sheets["Indikatorer"] if (row[1].value, row[2].value) == (indicator, goal)
            ]
            return row[0].value
        (table,) = [each for each in part(self.parts, section).tables if each[0][0] == "Indikator"]
        (name,) = [row[0] for row in table if _named(row[0]) == indicator]
        return name.partition("|")[0].removesuffix(indicator).strip()

    def _of_sheet(self, section, head, goal):
        own = [rows for name, rows in self.sheets.items() if name.startswith(section[:25])]
        (table,) = [
            rows for rows in own or self.sheets.values() if head in [cell.value for cell in rows[0][:2]]
        ]
        at = [cell.value for cell in table[0]].index(head)
        width = len([cell for cell in table[0] if cell.value not in {None, "Anmärkning"}])
        rows = [row[:width] for row in table[1:] if row[at].value]
        if goal is None:
            return {plain(row[at].value): row[at + 1 :] for row in rows}
        return {row[at].value: row[at + 2 :] for row in rows if row[at + 1].value == goal}


def _named(cell):
    """Return the name in a row's first cell: after its word, before its note."""
    lines = cell.split("|")
    if lines[0] in VERDICTS.values():
        return lines[1]
    for word in sorted(VERDICTS.values(), key=len, reverse=True):
        if lines[0].startswith(f"{word} "):
            return lines[0].removeprefix(f"{word} ")
    return lines[0]


@pytest.fixture(params=FORMS)
def report(request, after):
    home = after(made_in_a_home).home
    path = home / "reports" / MONTH / f"tertialrapport_{MONTH}.{request.param}"
    return Report(request.param, path.read_bytes())


def holds(cells, figures, *, in_kronor=True):
    """Hold a row's cells against printed figures, one for one; None is a figure that isn't printed."""
    assert len(cells) == len(figures)
    for cell, figure in zip(cells, figures, strict=True):
        assert figure is None or is_told(cell, figure, in_kronor=in_kronor), (cell, figure, figures)


def mnkr(figure):
    return str(Decimal(str(figure)).quantize(Decimal("0.1"))).replace(".", ",")


def expected():
    return json.loads((MONTHLY / "expected.json").read_text("utf-8"))


def test_each_indicator_stands_under_its_goal_with_its_printed_figures_and_is_judged_as_by_hand(report):
    verdicts = Counter()
    for row in printed_indicators():
        heading = goal_heading(row["mal"])
        cells = report.rows(heading, "Indikator", goal=row["mal"])[plain(row["indikator"])]
        holds(cells, [row[name] for name in FIGURES], in_kronor=False)
        verdict = report.verdict(heading, plain(row["indikator"]), row["mal"])
        assert verdict == VERDICTS[row["nar_arsmal"]], row
        verdicts[verdict] += 1
    assert verdicts == {"NÅR": 29, "NÅR INTE": 6, "EJ MÄTT": 49}


@pytest.mark.parametrize("form", FORMS)
def test_the_years_own_report_holds_its_printed_indicators_judged_as_by_hand(form, after):
    path = after(made_of_a_year).home / "reports" / YEAR_MONTH / f"tertialrapport_{YEAR_MONTH}.{form}"
    told = Report(form, path.read_bytes())
    rows = printed_indicators_of_a_year()
    assert len(rows) == 13
    for row in rows:
        heading = goal_heading(row["mal"])
        cells = told.rows(heading, "Indikator", goal=row["mal"])[plain(row["indikator"])]
        holds(cells, [row[name] for name in FIGURES], in_kronor=False)
        verdict = told.verdict(heading, plain(row["indikator"]), row["mal"])
        assert verdict == VERDICTS[row["nar_arsmal"]], row


def test_each_activity_stands_there_with_its_days_and_none_deviates(report):
    rows = printed_activities()
    told = report.rows("Indikatorer och aktiviteter utan mål", "Aktivitet")
    assert set(told) == {plain(row["aktivitet"]) for row in rows}
    assert len(rows) == 127
    assert all(not (cells[-1] if isinstance(cells[-1], str) else cells[-1].value) for cells in told.values())


def test_the_first_budget_table_is_as_printed(report):
    rows = report.rows("Uppföljning av driftbudget", "Driftbudget")
    assert list(rows) == list(NETTO)
    for name, figures in NETTO.items():
        holds(rows[name], figures)


def test_the_second_budget_table_is_as_printed(report):
    rows = report.rows("Uppföljning av driftbudget", "Verksamhetsområde")
    for row in printed(MONTHLY / f"prognos_{MONTH}.csv"):
        name = row["verksamhetsomrade"]
        deviation = mnkr(expected()["driftbudget"][name]["avvikelse"])
        forecasts = (
            row["prognos_fore_resultatoverforing_mnkr"], row["prognos_efter_resultatoverforing_mnkr"],
        )  # fmt: skip
        holds(rows[name], (row["budget_mnkr"], "", "", *forecasts, deviation))
    total = {key: mnkr(figure) for key, figure in expected()["totalt"].items()}
    holds(
        rows["Totalt"],
        (total["budget"], "", "", total["prognos_fore"], total["prognos_efter"], total["avvikelse_efter"]),
    )


def test_result_units_are_as_printed(report):
    rows = report.rows("Resultatenheter", "Resultatenhetens namn")
    for row in printed(MONTHLY / f"resultatenheter_{MONTH}.csv"):
        told = expected()["resultatenheter"][row["enhet"]]
        brought, result = -decimal(row[f"{BROUGHT}_mnkr"]), -decimal(row["resultat_mnkr"])
        holds(
            rows[row["namn"]],
            (row["bruttobudget_mnkr"], mnkr(told["fem_procent"]), mnkr(brought), mnkr(result),
             mnkr(told["overforing_till_nasta_ar"])),
        )  # fmt: skip
    total = expected()["resultatenheter"]["summa"]
    holds(
        rows["Summa"],
        (mnkr(total["bruttobudget"]), mnkr(total["fem_procent"]), mnkr(-total[BROUGHT]),
         mnkr(-total["resultat"]), mnkr(total["overforing_till_nasta_ar"])),
    )  # fmt: skip


def test_investments_are_as_printed(report):
    rows = report.rows("Investeringar", "Investeringar")
    for row in printed(FOLDER / f"investeringar_{MONTH}.csv"):
        figures = [row[f"{name}_mnkr"] for name in ("budget", "budgetjusteringar", "prognos", "avvikelse")]
        holds(rows[row["investering"]], figures)
    holds(rows["Totalt"], ("21,9", "0,0", "21,9", "0,0"))


def test_turnover_is_as_printed(report):
    rows = report.rows("Omslutningsförändringar", "Verksamhetsområde")
    for row in printed(FOLDER / f"omslutning_{MONTH}.csv"):
        holds(rows[row["verksamhetsomrade"]], (row["kostnader_mnkr"], row["intakter_mnkr"], "0,0"))
    holds(rows["Summa"], ("77,6", "-77,6", "0,0"))


def test_volumes_stand_under_their_area_as_printed(report):
    heading = {"Förskoleverksamhet": "Förskoleverksamhet", "Äldreomsorg": "Äldreomsorg"}
    for row in printed(MONTHLY / f"prestationer_{MONTH}.csv"):
        cells = volumes(report, heading[row["verksamhetsomrade"]])[row["matt"]]
        names = ("planerat", "utfall", "snitt_hittills", "snitt_foregaende_ar")
        holds(cells, [row[name] or None for name in names], in_kronor=False)
    holds(volumes(report, "Förskoleverksamhet")["Totalt"], CHILDREN, in_kronor=False)


def volumes(report, area):
    if report.form != "xlsx":
        return report.rows(area, "Mått")
    return {row[0].value: row[1:5] for row in report.sheets[area]}


def test_social_assistance_stands_under_its_area_as_printed(report):
    (printed_row,) = printed(MONTHLY / f"bistand_{MONTH}.csv")
    rows = volumes(report, "Ekonomiskt bistånd")
    for name, column in (
        ("Hushåll", "hushall"),
        ("Medelbidrag per hushåll, kronor", "medelbidrag"),
        ("Medelbidrag per hushåll, kronor, hela staden", "medelbidrag_staden"),
    ):
        spans = ("", "_snitt_hittills", "_snitt_foregaende_ar")
        holds(rows[name][:3], [printed_row[f"{column}{span}"] for span in spans], in_kronor=False)


def test_the_json_is_the_months_and_says_that_it_is_a_tertials(after):
    world = after(made_in_a_home)
    month = world.manad("report", MONTH, "--format", "json").json
    assert world.manad("report", MONTH, "--tertial", "--format", "json").json == {**month, "tertial": True}


def test_a_month_that_ends_no_tertial_is_refused_in_one_line(after):
    world = after(made_in_a_home)
    answer = world.manad("report", "2021-05", "--tertial")
    assert (answer.code, answer.out) == (2, "")
    assert "avslutar inget tertial" in answer.err
    assert world.manad("report", "2021-04", "--tertial", "--out", world.home / "egen.html").code == 0
    assert "Tertialrapport 1 2021" in (world.home / "egen.html").read_text("utf-8")
