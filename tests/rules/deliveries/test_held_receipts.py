"""What is told of a delivery that is held, of the decision about it, and of single units that are doubted."""

import json
from dataclasses import replace

import pytest

from tasks.rules.deliveries.plausible import Doubt, DoubtfulUnit, still_doubtful
from tasks.rules.deliveries.receipt import Decision, Receipt, decided, write_receipt
from tasks.rules.deliveries.receipt_text import receipt_text
from tasks.rules.periods import Period
from tests.rules.delivered_files import check

TEXT = "period;enhet;kontogrupp;budget;utfall\n2026-09;E1;Personal;1 234 567;10\n"
DOUBT = Doubt("apart", "Utfallet är 123 457 gånger mindre än budgeten", "Lämna båda i kronor.")
OFF, WRONG = DoubtfulUnit("E1", "E1 är tusen gånger fel"), DoubtfulUnit("E2", "E2 är tusen gånger fel")


def held(**more):
    return write_receipt(check("ekonomi", TEXT), "ekonomi_2026-09.csv", doubts=[DOUBT], **more)


def text_of(receipt):
    return receipt_text(receipt).replace("\u00a0", " ")


def test_a_held_delivery_says_why_what_it_means_and_what_to_do():
    assert text_of(held()).startswith(
        "Kvitto på ekonomi_2026-09.csv\n"
        "Ekonomi, september 2026\n"
        "\n"
        "HÅLLEN. Filen går att läsa, men siffrorna ser inte rätt ut. De används inte\n"
        "förrän någon har sagt att de är rätt.\n"
        "\n"
        "  Utfallet är 123 457 gånger mindre än budgeten. Lämna båda i kronor.\n"
        "\n"
        "Är de fel: lämna en rättad fil, den går före. Är de rätt: be controllern släppa\n"
        "in filen.\n"
        "\n"
        "Summor att stämma av:\n"
    )


def test_released_it_is_accepted_and_says_who_said_so_and_why():
    receipt = decided(held(), Decision("released", "Kia Berg", "Omfört"))
    assert receipt.state == "accepted"
    told = text_of(receipt)
    assert "MOTTAGEN. 1 rad" in told
    assert "Filen var hållen, och Kia Berg har sagt att siffrorna är rätt.\n  Skäl: Omfört\n" in told
    assert "Utfallet är 123 457 gånger mindre" in told


@pytest.mark.parametrize(("reason", "shown"), [("", False), ("Beloppen är i tkr", True)])
def test_refused_it_says_who_said_so_and_what_is_wrong(reason, shown):
    receipt = decided(held(), Decision("refused", "Kia Berg", reason))
    assert (receipt.state, receipt.problem_count) == ("refused", 1)
    told = text_of(receipt)
    assert told.splitlines()[3].startswith("Kia Berg har sagt att den hållna filens siffror är fel.")
    assert ("Skäl: Beloppen är i tkr" in told) is shown
    assert "Utfallet är 123 457 gånger mindre än budgeten. Lämna båda i kronor." in " ".join(told.split())


@pytest.mark.parametrize("decision", [None, Decision("released", "Kia", "x"), Decision("refused", "Kia", "")])
def test_what_is_kept_of_it_is_read_back_as_it_was(decision):
    receipt = held(doubtful=[OFF])
    receipt = receipt if decision is None else decided(receipt, decision)
    assert Receipt.of_data(json.loads(json.dumps(receipt.as_data()))) == receipt


def test_a_receipt_from_before_anything_was_held_is_read():
    kept = held().as_data()
    old = {name: value for name, value in kept.items() if name not in ("doubts", "decision", "doubtful")}
    assert Receipt.of_data(old | {"state": "accepted"}).doubts == ()


def test_single_units_that_are_doubted_are_named_in_an_accepted_deliverys_receipt():
    told = text_of(write_receipt(check("ekonomi", TEXT), "a.csv", doubtful=[OFF]))
    assert "MOTTAGEN." in told
    assert "Ingen mejlas om de här enheterna:\n\n  E1 är tusen gånger fel.\n" in told


@pytest.mark.parametrize(
    ("off", "before", "doubted"),
    [
        ([], [], ()),
        ([OFF], [], (OFF,)),
        ([OFF], [OFF], ()),  # mended
        ([], [OFF], (OFF,)),  # wrong still
        ([WRONG], [OFF], (OFF, WRONG)),
    ],
)
def test_a_unit_is_doubted_until_it_is_mended(off, before, doubted):
    assert still_doubtful(off, before) == doubted


def test_in_a_years_file_a_unit_is_doubted_month_by_month():
    january, february = Period(2025, 1), Period(2025, 2)
    off = [replace(OFF, period=january), replace(WRONG, period=february)]
    doubted = still_doubtful(off, [OFF], [january, february])
    assert doubted == (replace(OFF, period=february), replace(WRONG, period=february))
