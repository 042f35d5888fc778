"""Files that tell of single persons are refused, and nothing of what they tell is repeated."""

import json

import pytest

from tasks.rules.deliveries.personal import holds_personal_number
from tasks.rules.deliveries.receipt import write_receipt
from tasks.rules.deliveries.receipt_text import receipt_text
from tests.rules.delivered_files import EKONOMI, SICK, TREE, VOLUMES, check

NUMBER = "19800101-1230"
ROW = "2026-09;E1;K;1;100;1;1;1"


def with_column(header, cell="x"):
    return SICK.replace("\n", f";{header}\n") + f"{ROW};{cell}\n"


# (source, file, (row, column) of the problem)
PRIVATE = {
    "a column of personal numbers": ("sjukfranvaro", with_column("pnr"), (1, "pnr")),
    "a column headed so and with other words": (
        "sjukfranvaro",
        with_column("Personnummer"),
        (1, "Personnummer"),
    ),
    "a first name": (
        "ekonomi",
        EKONOMI.replace("\n", ";Förnamn\n") + "2026-09;E1;A;1;1;Test\n",
        (1, "Förnamn"),
    ),
    "a client": (
        "prestationer",
        VOLUMES.replace("\n", ";Klient\n") + "2026-09;E1;Besök;1;x\n",
        (1, "Klient"),
    ),
    "a name beside sick leave": ("sjukfranvaro", with_column("Namn"), (1, "Namn")),
    "a name beside grants": ("bistand", "period;hushall;utbetalt;namn\n2026-09;9;90000;x\n", (1, "namn")),
    "a number in a column that isn't read": (
        "sjukfranvaro",
        with_column("Anteckning", NUMBER),
        (2, "Anteckning"),
    ),
    "a number without a sign": ("sjukfranvaro", with_column("id", "198001011230"), (2, "id")),
    "ten digits with a plus": ("sjukfranvaro", with_column("id", "dnr 150101+1230."), (2, "id")),
    "a coordination number": ("sjukfranvaro", with_column("id", "800161-1230"), (2, "id")),
    "a number among units": ("ekonomi", EKONOMI + f"2026-09;Kalle {NUMBER};A;1;1\n", (2, "enhet")),
    "a number among amounts": ("ekonomi", EKONOMI + "2026-09;E1;A;800101-1230;1\n", (2, "budget")),
    "a number as a manager": (
        "organisation",
        TREE.replace("chef_epost", "chef") + f"A;Ett;enhet;;{NUMBER};;;\n",
        (2, "chef"),
    ),
    "a header that is data": ("ekonomi", f"2026-09;{NUMBER};A;1;2\n2026-09;E1;A;1;1\n", (None, None)),
}


@pytest.mark.parametrize(("source", "text", "place"), PRIVATE.values(), ids=PRIVATE)
def test_a_file_is_private_where_it_has(source, text, place):
    checked = check(source, text)
    assert checked.is_private
    assert not checked.is_accepted
    assert [(problem.row, problem.column) for problem in checked.problems] == [place]
    receipt = write_receipt(checked, "a.csv")
    told = json.dumps(receipt.as_data()) + receipt_text(receipt)
    assert not holds_personal_number([told])
    assert (receipt.warnings, receipt.notes) == ((), ())
    assert "Filens innehåll har inte sparats." in " ".join(told.split())


# (source, file): none of them tells of a person
PUBLIC = {
    "an amount of twelve digits": ("ekonomi", EKONOMI + "2026-09;E1;A;198001011230;1\n"),
    "an organisation number": (
        "ekonomi",
        EKONOMI.replace("\n", ";motpart\n") + "2026-09;E1;A;1;1;212000-0142\n",
    ),
    "numbers of employees and clients": ("sjukfranvaro", with_column("antal brukare", "12")),
    "a day and a telephone number": (
        "sjukfranvaro",
        with_column("not", "2026-09-30 08-508 00 000, 070-1234567"),
    ),
    "a longer number": ("sjukfranvaro", with_column("not", "7319800101123055")),
    "names of units": ("organisation", TREE + "A;Ett;enhet;;;;;\n"),
    "a name beside volumes": (
        "prestationer",
        VOLUMES.replace("\n", ";namn\n") + "2026-09;E1;Besök;1;Solen\n",
    ),
}


@pytest.mark.parametrize(("source", "text"), PUBLIC.values(), ids=PUBLIC)
def test_a_file_is_not_private_for(source, text):
    assert not check(source, text).is_private


def test_every_row_with_a_number_is_counted():
    text = with_column("id", NUMBER) + f"2026-09;E1;M;1;100;1;1;1;{NUMBER}\n"
    [problem] = check("sjukfranvaro", text).problems
    assert (problem.row, problem.count, problem.examples, problem.value) == (2, 2, (), None)
