"""Following a receipt's advice never makes an accepted file with other figures than the true ones.

A supplier who does what the receipt says, to the letter, and hands the file in again until it is accepted,
held, or nothing more can be done to the letter.
"""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from tasks.rules.deliveries.check import check_delivery
from tasks.rules.deliveries.plausible import KnownFigures, PlausibleSettings, judge
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.rules.delivered_files import table

SEPTEMBER, TODAY = Period(2026, 9), date(2026, 10, 7)
UNITS = {
    "0101": "Förskolan Asken",
    "0102": "Förskolan Björken",
    "0103": "Hemtjänsten Öst",
    "0104": "Träffpunkten",
}
REGISTER = Register([(Period(2026, 1), [UnitVersion(code, name, "enhet") for code, name in UNITS.items()])])
MONTHS = range(1, 13)
TRUTH = {
    (f"2026-{month:02d}", unit): (100_000 + 1_000 * at, 90_000 + 500 * month + 1_000 * at)
    for at, unit in enumerate(UNITS)
    for month in MONTHS
}
"""The month's own budget and outcome (kr) of each unit."""
RENAME = re.compile("Byt rubriken ”(.+?)” till ([a-z_]+)")
MEANT = re.compile(r"Menas (\S+) \(")
EITHER = re.compile("Skriv [0-9]+ om du menar tusental")
STEPS = 6


@dataclass
class Written:
    """A ledger as somebody wrote it: headers, rows of text, and which sign they meant in numbers."""

    headers: list
    rows: list

    @property
    def text(self):
        return "\n".join(";".join(row) for row in (self.headers, *self.rows)) + "\n"


def written(budget="budget", outcome="utfall", of_budget=None, of_outcome=None, unit=str, amount=str):
    """Write the truth: of_budget and of_outcome make a figure of (month, unit) → kr; amount writes it."""
    of_budget = of_budget or (lambda month, unit: TRUTH[month, unit][0])
    of_outcome = of_outcome or (lambda month, unit: TRUTH[month, unit][1])
    rows = [
        [
            month,
            unit(code),
            "Personal",
            amount(of_budget(month, code)),
            amount(of_outcome(month, code)) if month <= str(SEPTEMBER) else "",
        ]
        for month, code in TRUTH
    ]
    return Written(["period", "enhet", "kontogrupp", budget, outcome], rows)


def so_far(month, unit):
    return sum(TRUTH[f"2026-{n:02d}", unit][1] for n in range(1, int(month[-2:]) + 1))


def of_year(_, unit):
    return sum(TRUTH[f"2026-{n:02d}", unit][0] for n in MONTHS)


def last_year(month, unit):
    return round(TRUTH[month, unit][1] * 0.93)


def with_points(kr):
    return f"{kr:,}".replace(",", ".")


def in_thousands(month, unit):
    return TRUTH[month, unit][1] / 1000


SUMS = (
    "utfall_ack",
    "Ack utfall",
    "Utfall ackumulerat",
    "Utfall YTD",
    "utfall hittills",
    "ackutfall",
    "utfall",
)
YEARS = ("årsbudget", "Budget helår", "budget 2026", "Helårsbudget", "budget_aret", "budget")
LAST_YEARS = ("Utfall 2025", "utfall_2025", "Utfall föregående år")
SMALL = ("utfall tusental", "Utfall (k)", "utfall ksek", "utfall", "utfall_tkr", "Utfall tkr")
MISSPELT = ("utfal", "utfall_", "Utfall kr", "Utffall")
CASES = {
    **{f"accumulated under {name}": written(outcome=name, of_outcome=so_far) for name in SUMS},
    **{f"the year's budget under {name}": written(budget=name, of_budget=of_year) for name in YEARS},
    **{f"last year's under {name}": written(outcome=name, of_outcome=last_year) for name in LAST_YEARS},
    **{f"thousands under {name}": written(outcome=name, of_outcome=in_thousands) for name in SMALL},
    **{f"misspelt as {name}": written(outcome=name) for name in MISSPELT},
    "points between thousands": written(amount=with_points),
    "a letter for a figure": written(unit=lambda code: code.replace("0102", "O102")),
    "lost zeros": written(unit=lambda code: str(int(code))),
    "misspelt names": written(unit=lambda code: UNITS[code].replace("Björken", "Bjorken")),
}


def checked(file):
    return check_delivery(table(file.text), all_sources()["ekonomi"], SEPTEMBER, REGISTER, today=TODAY)


def followed(file, problem):
    """Return the file with a problem's advice followed to the letter; None where nothing can be."""
    advice = [problem, *problem.examples]
    done = Written(list(file.headers), [list(row) for row in file.rows])
    for one in advice:
        if rename := RENAME.search(one.remedy):
            done.headers = [rename[2] if header == rename[1] else header for header in done.headers]
        if meant := MEANT.search(one.remedy):
            done.rows = [[meant[1] if cell == one.value else cell for cell in row] for row in done.rows]
        if EITHER.search(one.remedy):  # and the others like it
            done.rows = [
                [re.sub(r"^(\d{1,3})\.(\d{3})$", r"\1\2", cell) for cell in row] for row in done.rows
            ]
    return None if done.text == file.text else done


def handed_in(file):
    """Hand a file in until it is taken in or nothing is left to do to the letter; return what was checked."""
    found = checked(file)
    for _ in range(STEPS):
        again = next((done for problem in found.problems if (done := followed(file, problem))), None)
        if found.is_accepted or again is None:
            break
        file, found = again, checked(again)
    return found


@pytest.mark.parametrize("file", CASES.values(), ids=CASES)
def test_a_file_is_refused_held_or_has_the_true_figures_when_its_advice_is_followed(file):
    found = handed_in(file)
    if not found.is_accepted:
        return
    if judge(found, KnownFigures(), PlausibleSettings()).doubts:
        return
    stored = {
        (f"{row['period']:%Y-%m}", row["unit"]): (row["budget"], row["outcome"])
        for row in found.ledger.iter_rows(named=True)
    }
    told = {key: tuple(None if kr is None else float(kr) for kr in pair) for key, pair in stored.items()}
    assert told == {
        (month, unit): (float(budget), float(outcome) if month <= str(SEPTEMBER) else None)
        for (month, unit), (budget, outcome) in TRUTH.items()
    }


@pytest.mark.parametrize("name", ["misspelt as utfal", "points between thousands", "lost zeros"])
def test_advice_that_can_be_followed_leads_to_a_file_that_is_taken_in(name):
    assert handed_in(CASES[name]).is_accepted
