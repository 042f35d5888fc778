from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tasks.rules.deliveries.check import check_delivery
from tasks.rules.deliveries.storage import FIGURES, LEDGER, ControlTotal
from tasks.rules.organisation import ALWAYS
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.rules.delivered_files import (
    ACTIVITIES,
    EKONOMI,
    FORECAST,
    SEPTEMBER,
    SICK,
    VOLUMES,
    check,
    published,
)


@pytest.mark.parametrize("source", ["bistand", "prestationer", "prognos", "resultatenheter"])
def test_the_published_month_is_accepted_without_a_register(source):
    raw = published(source)
    checked = check_delivery(raw, all_sources()[source], Period(2021, 4), None, today=date(2021, 5, 7))
    assert checked.problems == ()
    assert checked.figures.schema == FIGURES


def test_the_published_forecasts_add_up_without_their_parts():
    raw = published("prognos")
    checked = check_delivery(raw, all_sources()["prognos"], Period(2021, 4), None, today=date(2021, 5, 7))
    totals = {total.measure: total.total for total in checked.totals}
    assert totals["budget"] == Decimal(2_028_900_000)
    assert totals["prognos_fore_resultatoverforing"] == Decimal(2_019_500_000)
    assert totals["prognos_efter_resultatoverforing"] == Decimal(2_017_900_000)
    assert totals["begarda_budgetjusteringar"] is None


def test_the_ledger_is_stored_by_code_and_month_with_missing_apart_from_zero():
    rows = "2026-09;E1;Personal;1 234,50;..\n2026-08-01; Månen ;Övrigt;;0\n202612;NEW;<script>;(1);\n"
    checked = check("ekonomi", EKONOMI.replace("utfall", "Utfall_tkr") + rows)
    assert dict(checked.ledger.schema) == LEDGER
    assert checked.ledger.rows() == [
        (2, date(2026, 9, 1), "E1", "Personal", "1234.50", None),
        (3, date(2026, 8, 1), "E2", "Övrigt", None, "0"),
        (4, date(2026, 12, 1), "NEW", "<script>", "-1", None),
    ]


@pytest.mark.parametrize(
    ("header", "text", "kronor"),
    [
        ("budget_tkr", "1,5", "1500"),
        ("budget_tkr", "-0,5", "-500"),
        ("budget_mnkr", "45,8", "45800000"),
        ("budget_mnkr", "0,00000012", "0.12"),
        ("Budget (tkr)", "0", "0"),
        ("budget", "1,50", "1.50"),
    ],
)
def test_thousands_and_millions_become_kronor_exactly(header, text, kronor):
    checked = check("ekonomi", f"period;ansvar;konto;{header};belopp\n2026-09;E1;Övrigt;{text};1\n")
    assert checked.ledger["budget"].to_list() == [kronor]


def test_figures_are_narrow_with_notes_for_marks_targets_and_texts():
    text = "period;indikator;utfall;arsmal;kf_arsmal;periodicitet\n"
    checked = check("indikatorer", text + "2026-09;Frånvaro;7,5 %;2,15 %;öka;..\n2026-09;Andel;X;;;\n")
    month = date(2026, 9, 1)
    assert checked.figures.rows() == [
        (2, month, None, "Frånvaro", "utfall", "7.5", "7,5 %"),
        (2, month, None, "Frånvaro", "arsmal", "2.15", "2,15 %"),
        (2, month, None, "Frånvaro", "kf_arsmal", None, "öka"),
        (2, month, None, "Frånvaro", "periodicitet", None, ".."),
        (3, month, None, "Andel", "utfall", None, "X"),
    ]


def test_a_row_of_nothing_but_its_key_is_kept_by_one_that_says_nothing():
    text = "period;indikator;utfall\n2026-09;A;\n2026-09;B;1\n"
    checked = check("indikatorer", text)
    assert checked.figures.schema == FIGURES
    assert checked.figures.rows() == [
        (2, SEPTEMBER.first_day, None, "A", "utfall", None, None),
        (3, SEPTEMBER.first_day, None, "B", "utfall", "1", None),
    ]
    assert check("indikatorer", "period;indikator\n2026-09;A\n").figures.height == 1


def test_an_item_of_two_columns_is_joined_and_each_is_a_note():
    checked = check("risker", "indikator;risk;sannolikhet;konsekvens\nA;=cmd|x;1;5\n")
    assert checked.figures.select("item", "measure", "value", "note").rows() == [
        ("A | =cmd|x", "indikator", None, "A"),
        ("A | =cmd|x", "risk", None, "=cmd|x"),
        ("A | =cmd|x", "sannolikhet", "1", None),
        ("A | =cmd|x", "konsekvens", "5", None),
    ]


def test_days_and_sexes_are_stored_in_one_way():
    activities = check("aktiviteter", ACTIVITIES + "A;a.b@example.se;20260101;2026-12-31 00:00:00\n")
    assert activities.figures["note"].to_list() == ["a.b@example.se", "2026-01-01", "2026-12-31"]
    sick = check("sjukfranvaro", SICK + "2026-09;E1;Kvinnor;1;100;1;1;1\n2026-09;E1;m;;;;;\n")
    assert sick.figures["item"].unique(maintain_order=True).to_list() == ["K", "M"]


def test_a_forecast_after_or_before_lends_its_value_to_an_empty_one():
    header = "period;enhet;verksamhetsomrade;budget;prognos_fore_resultatoverforing;prognos\n"
    rows = "2026-09;Solen;;1;2;\n2026-09;;Barn;1;;3\n2026-09;E2;Barn;1;4;..\n2026-09;;Äldre;1;5;6\n"
    checked = check("prognos", header + rows)
    assert checked.figures.filter(pl.col("measure") != "budget").select(
        "row_no", "unit", "value", "note"
    ).rows() == [
        (2, "E1", "2", None),
        (2, "E1", "2", None),
        (3, "Barn", "3", None),
        (3, "Barn", "3", None),
        (4, "E2", "4", None),
        (4, "E2", None, ".."),
        (5, "Äldre", "5", None),
        (5, "Äldre", "6", None),
    ]


def test_a_part_may_name_its_whole_by_code_or_name():
    header = "period;enhet;verksamhetsomrade;ingar_i;budget;prognos\n"
    rows = "2026-09;;Äldreomsorg;;1;1\n2026-09;E1;;VO;1;1\n2026-09;E2;;Solen;1;1\n2026-09;NEW;;E1;1;1\n"
    assert check("prognos", header + rows).is_accepted
    assert not check(
        "prognos", header + rows, None
    ).is_accepted  # VO and Solen can't be known without a register


def test_only_one_forecast_column_stands_for_both():
    checked = check("prognos", FORECAST + "2026-09;Barn;;1;2\n")
    figures = dict(checked.figures.select("measure", "value").iter_rows())
    assert figures["prognos_fore_resultatoverforing"] == figures["prognos_efter_resultatoverforing"] == "2"


def test_the_register_is_stored_with_codes_for_parents_and_defaults_that_the_database_wants():
    header = "kod;namn;niva;overordnad;resultatenhet;ersatter;giltig_till\n"
    checked = check("organisation", header + "A;Ett;Avdelning;;;;\nB;;enhet;Ett;JA;X, Y;2026-12-31\n", None)
    assert checked.register_rows.rows() == [
        (2, "A", "Ett", "avdelning", None, None, None, None, None, None, False, "", ALWAYS, None),
        (3, "B", "B", "enhet", "A", None, None, None, None, None, True, "X,Y", ALWAYS, date(2026, 12, 31)),
    ]
    assert {"Namnet är tomt"} < {problem.rule for problem in checked.warnings}


def test_a_register_without_the_columns_that_it_may_lack_is_accepted():
    checked = check("organisation", "kod;namn;niva;overordnad\nA;Ett;enhet;\n", None)
    assert checked.warnings == ()
    assert (checked.register_rows.height, checked.units) == (1, 1)


def test_control_totals_are_exact_by_month_and_item():
    rows = "2026-09;E1;A;0,1;..\n2026-09;E2;A;0,2;\n2026-08;E1;A;1;-1\n"
    assert check("ekonomi", EKONOMI + rows).totals == (
        ControlTotal("2026-08", "budget", None, Decimal(1)),
        ControlTotal("2026-08", "utfall", None, Decimal(-1)),
        ControlTotal("2026-09", "budget", None, Decimal("0.3")),
        ControlTotal("2026-09", "utfall", None, None),
    )
    assert check("risker", "indikator;risk;sannolikhet;konsekvens\nA;B;1;5\n").totals == ()
    items = check(
        "prestationer", VOLUMES + "2026-09;E1;Besök;1\n2026-09;E2;Besök;2\n2026-09;E2;Fika;4\n"
    ).totals
    assert [(total.item, total.total) for total in items] == [("Besök", 3), ("Fika", 4)]


def test_absurdly_long_numbers_are_refused_and_nothing_breaks():
    cell = "999999999999999,99999999999999999999"
    text = EKONOMI.replace("budget", "budget_mnkr") + f"2026-09;;Intäkter;{cell};{cell}\n" * 1100
    checked = check("ekonomi", text.replace(";;", ";E1;", 1000))
    assert "Budget får inte vara större än 100\u00a0000\u00a0000\u00a0000" in {
        p.rule for p in checked.problems
    }
    assert not check("prestationer", VOLUMES + f"2026-09;E1;Besök;{cell}\n").is_accepted


def test_many_decimals_don_t_make_an_hour_too_many():
    assert check("sjukfranvaro", SICK + "2026-09;E1;K;1;0,3;0,1;0,2;\n").is_accepted


def test_figures_are_in_the_files_month():
    checked = check("risker", "indikator;risk;sannolikhet;konsekvens\nA;B;1;5\n")
    assert checked.figures["period"].unique().to_list() == [SEPTEMBER.first_day]
