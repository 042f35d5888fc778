import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.receipt import Receipt, visible, write_receipt, write_refusal
from tasks.rules.deliveries.receipt_text import receipt_text
from tasks.sources import all_sources
from tests.rules.delivered_files import REGISTER, SEPTEMBER, check

HEADER = "period;enhet;kontogrupp;budget;utfall\n"
ACCEPTED = (
    HEADER + "2026-09;E1;Personal;1 234 567;10\n2026-09;E2;Intäkter;-7;30000,5\n2026-08;E1;Personal;5;\n"
)
REFUSED = HEADER + "2026-09;Solem;Personal;1.234;1\n"


def text_of(source, text, **previous):
    return receipt_text(write_receipt(check(source, text), "ekonomi_2026-09.csv", **previous))


def stored(receipt):
    return Receipt.of_data(json.loads(json.dumps(receipt.as_data())))


def test_a_refusal_tells_file_source_month_row_column_value_rule_and_remedy():
    assert text_of("ekonomi", REFUSED) == (
        "Kvitto på ekonomi_2026-09.csv\n"
        "Ekonomi, september 2026\n"
        "\n"
        "NEKAD. Filen är inte inläst och har inte ändrat något. 2\u00a0fel:\n"
        "\n"
        "Rad 2, kolumn budget: ”1.234”\n"
        "  Talet kan läsas på två sätt. Skriv 1234 om du menar tusental och 1,2340 om du\n"
        "  menar decimaler.\n"
        "\n"
        "Rad 2, kolumn enhet: ”Solem”\n"
        "  Enheten finns inte i registret. Menas E1 (Solen)? Rätta koden, eller leverera\n"
        "  ett register som har enheten.\n"
        "\n"
        "Rätta filen och lämna in den igen.\n"
    )


def test_an_accepted_delivery_tells_rows_units_absent_ones_and_sums():
    assert text_of("ekonomi", ACCEPTED) == (
        "Kvitto på ekonomi_2026-09.csv\n"
        "Ekonomi, september 2026\n"
        "\n"
        "MOTTAGEN. 3\u00a0rader, 2 av 5\u00a0enheter; saknas: E3, E4, NEW.\n"
        "\n"
        "Summor att stämma av:\n"
        "\n"
        "2026-08  Budget                                                             5\u00a0kr\n"
        "2026-08  Utfall                                                   uppgift saknas\n"
        "2026-09  Budget                                                     1\u00a0234\u00a0560\u00a0kr\n"
        "2026-09  Utfall                                                     30\u00a0010,50\u00a0kr\n"
        "\n"
        "Att kontrollera, 1\u00a0sak:\n"
        "\n"
        "Kolumn kontogrupp: ”Intäkter”\n"
        "  Utfall är sammanlagt 30\u00a0001\u00a0kronor, men intäkter ska vara negativa.\n"
        "  Kontrollera tecknen: kostnader är positiva och intäkter negativa.\n"
    )


def test_a_revision_tells_what_has_changed_since_the_one_before():
    before = stored(write_receipt(check("ekonomi", ACCEPTED), "a.csv")).totals
    after = HEADER + "2026-09;E1;Personal;1234560;10\n2026-07;E1;Personal;5;\n"
    lines = text_of("ekonomi", after, previous=before).splitlines()
    sums = {tuple(line[:18].split()): line[-19:].strip() for line in lines if line.startswith("2026-")}
    assert sums == {
        ("2026-07", "Budget"): "ny",
        ("2026-07", "Utfall"): "saknas nu",
        ("2026-08", "Budget"): "saknas nu",
        ("2026-08", "Utfall"): "saknas nu",
        ("2026-09", "Budget"): "oförändrat",
        ("2026-09", "Utfall"): "−30\u00a0000,50\u00a0kr",
    }
    more = text_of("ekonomi", after.replace("1234560", "1234561"), previous=before)
    assert "+1\u00a0kr" in more
    assert max(map(len, more.splitlines())) <= 80


def test_volumes_are_told_by_item_with_long_names_shortened():
    text = "period;enhet;matt;utfall\n2026-09;E1;Vård- och omsorgsboende, helmånadsplatser;1\n"
    text += "2026-09;E1;Besök;2\n"
    receipt = write_receipt(check("prestationer", text), "x.csv", previous=[])
    assert (
        "2026-09  Utfall, Besök                                    2                   ny\n"
        in receipt_text(receipt)
    )
    assert "Utfall, Vård- och omsorgsboe…" in receipt_text(receipt)
    assert "MOTTAGEN. 2\u00a0rader, 1\u00a0enhet eller område.\n" in receipt_text(receipt)


def test_a_source_without_units_and_sums_has_a_short_receipt():
    text = text_of("indikatorer", "period;indikator\n2026-09;A\n")
    assert text == "Kvitto på ekonomi_2026-09.csv\nIndikatorer, september 2026\n\nMOTTAGEN. 1\u00a0rad.\n"


def test_all_units_present_is_told_too():
    rows = "".join(f"2026-09;{code};Personal;1;1\n" for code in REGISTER.units_valid(SEPTEMBER))
    assert "MOTTAGEN. 5\u00a0rader, 5 av 5\u00a0enheter.\n" in text_of("ekonomi", HEADER + rows)


def test_a_fault_of_many_rows_is_one_problem_with_its_rows_and_three_examples():
    text = text_of("ekonomi", HEADER + "".join(f"2026-09;E1;K{n};ett{n};1\n" for n in range(60)))
    assert text == (
        "Kvitto på ekonomi_2026-09.csv\n"
        "Ekonomi, september 2026\n"
        "\n"
        "NEKAD. Filen är inte inläst och har inte ändrat något. 1\u00a0fel, på 60\u00a0ställen:\n"
        "\n"
        "Kolumn budget, 60\u00a0rader: rad 2 ”ett0”, rad 3 ”ett1”, rad 4 ”ett2” …\n"
        "  Det är inget tal. Skriv ett tal, till exempel 12 345,50, eller lämna cellen\n"
        "  tom.\n"
        "\n"
        "Rätta filen och lämna in den igen.\n"
    )


def test_places_that_are_mended_each_in_its_way_are_told_how_one_by_one():
    text = text_of("ekonomi", HEADER + "2026-09;Solem;A;1;1\n2026-09;Månem;A;1;1\n")
    assert text.split("ställen:\n\n")[1] == (
        "Kolumn enhet, 2\u00a0rader: rad 2 ”Solem”, rad 3 ”Månem”\n"
        "  Enheten finns inte i registret.\n"
        "  Rad 2 ”Solem”: Menas E1 (Solen)? Rätta koden, eller leverera ett register som\n"
        "  har enheten.\n"
        "  Rad 3 ”Månem”: Menas E2 (Månen)? Rätta koden, eller leverera ett register som\n"
        "  har enheten.\n"
        "\n"
        "Rätta filen och lämna in den igen.\n"
    )


def test_fifty_kinds_of_problems_are_shown_and_the_rest_counted():
    problems = [Problem(f"Fel {n}", "Rätta.", row=n, count=2) for n in range(60)]
    text = receipt_text(write_refusal(all_sources()["ekonomi"], SEPTEMBER, "a.csv", problems))
    assert text.count("Rätta.") == 50
    assert "50\u00a0fel, på 120\u00a0ställen:" in text
    assert "… och 20 fel till, som inte visas.\n" in text


def test_an_accepted_delivery_tells_how_it_was_read():
    text = text_of("ekonomi", HEADER + "sep-26;E1;A;1;1\nsep-26;E2;A;1;1\n")
    assert text.split("Så här lästes filen:\n\n")[1] == (
        "Kolumn period, 2\u00a0rader: rad 2 ”sep-26 → 2026-09”, rad 3 ”sep-26 → 2026-09”\n"
        "  Månaden är skriven på ett annat sätt än ÅÅÅÅ-MM och har lästs som den enda den\n"
        "  kan vara.\n"
    )


def test_problems_that_say_the_same_are_one_with_its_first_three_places():
    problems = [Problem("Raden är för kort", f"Rätta rad {n}.", row=n) for n in (5, 4, 3, 2)]
    receipt = write_refusal(all_sources()["ekonomi"], SEPTEMBER, "a.csv", problems)
    [problem] = receipt.problems
    assert (problem.row, problem.count, receipt.problem_count) == (2, 4, 4)
    assert [(each.row, each.remedy) for each in problem.examples] == [
        (2, "Rätta rad 2."),
        (3, "Rätta rad 3."),
        (4, "Rätta rad 4."),
    ]


def test_a_receipt_that_was_stored_before_problems_were_counted_is_read():
    old = write_receipt(check("ekonomi", REFUSED), "a.csv").as_data()
    for problem in old["problems"]:
        del problem["count"], problem["examples"]
    assert stored(Receipt.of_data(old)) == write_receipt(check("ekonomi", REFUSED), "a.csv")


def test_a_file_that_is_no_table_is_refused_with_the_same_receipt():
    problem = Problem("Filen är en webbsida (HTML)", "Exportera den igen.")
    receipt = write_refusal(all_sources()["ekonomi"], SEPTEMBER, "a\x1b[31m.csv", [problem])
    assert receipt.as_data().keys() == write_receipt(check("ekonomi", ACCEPTED), "a.csv").as_data().keys()
    assert "Hela filen\n  Filen är en webbsida (HTML). Exportera den igen.\n" in receipt_text(receipt)
    assert "Kvitto på a<001B>[31m.csv\n" in receipt_text(receipt)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc\rd", "a⏎b→c⏎d"),
        ("\x1b[2J", "<001B>[2J"),  # would clear the terminal
        ("\u202etxt", "<202E>txt"),  # would turn the reading direction
        ("\u2028", "<2028>"),
        ("1\u00a0234", "1\u00a0234"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("<script>", "<script>"),  # escaped where it becomes HTML
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
    ],
)
def test_values_are_shown_with_control_characters_visible(text, shown):
    assert visible(text) == shown


@given(st.text(max_size=200))
def test_a_shown_value_is_short_and_printable(text):
    shown = visible(text)
    assert len(shown) <= 80
    assert all(sign.isprintable() or sign.isspace() for sign in shown)
    assert not set(shown) & set("\r\n\t\x1b\u2028")


@pytest.mark.parametrize("text", [ACCEPTED, REFUSED])
def test_a_receipt_is_stored_as_json_and_read_back_as_it_was(text):
    receipt = write_receipt(check("ekonomi", text), "a.csv")
    assert stored(receipt) == receipt


def test_its_sums_are_stored_as_text_with_every_digit():
    receipt = write_receipt(
        check("ekonomi", HEADER + "2026-09;E1;Personal;0,12345678901234567890;\n"), "a.csv"
    )
    assert [total["total"] for total in receipt.as_data()["totals"]] == ["0.12345678901234567890", None]
    assert stored(receipt) == receipt
