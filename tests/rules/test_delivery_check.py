from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from deliveries import SEPTEMBER, check, published

from tasks.rules.control_totals import ControlTotal
from tasks.rules.delivery_check import check_delivery
from tasks.rules.delivery_storage import ALWAYS, FIGURES, LEDGER
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.sources import all_sources

EKONOMI = "period;enhet;kontogrupp;budget;utfall\n"
SICK = (
    "period;enhet;kon;anstallda;ordinarie_timmar;franvarotimmar_1_14;franvarotimmar_15_90;franvarotimmar_91\n"
)
FORECAST = "period;verksamhetsomrade;ingar_i;budget;prognos_fore_resultatoverforing\n"
TREE = "kod;namn;niva;overordnad;chef_epost;ersatter;giltig_fran;giltig_till\n"
VOLUMES = "period;enhet;matt;utfall\n"
ACTIVITIES = "aktivitet;ansvarig_epost;startdatum;slutdatum\n"

# (source, file, (row, column, value), words of the rule, words of the remedy); every file has one problem
REFUSED = {
    "a column is missing and another is near": (
        "ekonomi",
        "period;enhet;kontogrupp;budgett;utfall\n2026-09;E1;Personal;1;1\n",
        (1, "budget", "budgett"),
        "Kolumnen budget saknas",
        "Byt rubriken ”budgett” till budget",
    ),
    "a column is missing and none is near": (
        "ekonomi",
        "period;enhet;kontogrupp;budget\n2026-09;E1;Personal;1\n",
        (1, "utfall", None),
        "Kolumnen utfall saknas",
        "Lägg till en kolumn",
    ),
    "a key column is missing": (
        "ekonomi",
        "period;enhet;budget;utfall\n2026-09;E1;1;1\n2026-09;E1;1;1\n",
        (1, "kontogrupp", None),
        "Kolumnen kontogrupp saknas",
        "Lägg till",
    ),
    "the unit's column is missing": (
        "sjukfranvaro",
        SICK.replace("enhet;", "") + "2026-09;K;1;100;1;1;1\n",
        (1, "enhet", None),
        "Kolumnen enhet saknas",
        "Lägg till",
    ),
    "none of two columns exists": (
        "prognos",
        "period;ingar_i;budget;prognos_efter_resultatoverforing\n2026-09;;1;1\n",
        (1, "enhet eller verksamhetsomrade", None),
        "Kolumnen enhet eller verksamhetsomrade saknas",
        "Lägg till",
    ),
    "two columns are the same one": (
        "ekonomi",
        "period;enhet;kontogrupp;budget;budget_tkr;utfall\n2026-09;E1;Personal;1;1;1\n",
        (1, "budget_tkr", None),
        "Två kolumner betyder budget: ”budget” och ”budget_tkr”",
        "Ta bort den ena",
    ),
    "two aliases are the same column": (
        "ekonomi",
        "period;ansvar;kst;kontogrupp;budget;utfall\n2026-09;E1;E1;Personal;1;1\n",
        (1, "kst", None),
        "Två kolumner betyder enhet: ”ansvar” och ”kst”",
        "Ta bort den ena",
    ),
    "a key cell is empty": (
        "ekonomi",
        EKONOMI + "2026-09;E1;;1;1\n",
        (2, "kontogrupp", None),
        "Cellen är tom",
        "Fyll i",
    ),
    "the unit is unknown and one is near": (
        "ekonomi",
        EKONOMI + "2026-09;Sollen;Personal;1;1\n",
        (2, "enhet", "Sollen"),
        "Enheten finns inte i registret",
        "Menas E1 (Solen)?",
    ),
    "the unit is unknown and none is near": (
        "ekonomi",
        EKONOMI + "2026-09;99999;Personal;1;1\n",
        (2, "enhet", "99999"),
        "Enheten finns inte i registret",
        "Rätta koden",
    ),
    "the unit has ended": (
        "ekonomi",
        EKONOMI + "2026-06;OLD;Personal;1;1\n2026-07;OLD;Personal;1;1\n",
        (3, "enhet", "OLD"),
        "Enheten finns inte i juli 2026",
        "Den fortsätter som NEW.",
    ),
    "the unit has not begun": (
        "ekonomi",
        EKONOMI + "2026-06;NEW;Personal;1;1\n",
        (2, "enhet", "NEW"),
        "Enheten finns inte i juni 2026",
        "Rätta enheten",
    ),
    "two units have the name": (
        "ekonomi",
        EKONOMI + "2026-09;Stjärnan;Personal;1;1\n",
        (2, "enhet", "Stjärnan"),
        "Flera enheter har det namnet",
        "Skriv enhetens kod",
    ),
    "the row is of another month": (
        "sjukfranvaro",
        SICK + "2026-08;E1;K;1;100;1;1;1\n",
        (2, "period", "2026-08"),
        "Månaden är inte filens",
        "Filen gäller 2026-09",
    ),
    "the ledger's row is of another year": (
        "ekonomi",
        EKONOMI + "2025-12;E1;Personal;1;1\n",
        (2, "period", "2025-12"),
        "Månaden ligger inte i filens år",
        "2026",
    ),
    "the result unit's row is of another year": (
        "resultatenheter",
        "ar;enhet;bruttobudget;overforing_fran_foregaende_ar;resultat\n2025;E1;1;1;1\n",
        (2, "ar", "2025"),
        "Året är inte filens",
        "Filen gäller 2026",
    ),
    "the month can't be read": (
        "ekonomi",
        EKONOMI + "sep-26;E1;Personal;1;1\n",
        (2, "period", "sep-26"),
        "Månaden kan inte läsas",
        "ÅÅÅÅ-MM",
    ),
    "there is an outcome after the file's month": (
        "ekonomi",
        EKONOMI + "2026-10;E1;Personal;1;0\n",
        (2, "utfall", "0"),
        "Utfall efter filens månad 2026-09",
        "töm cellen",
    ),
    "two rows have the same key, one by code and one by name": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;1\n2026-09;E2;Personal;1;1\n2026-09;Solen;Personal;1;1\n",
        (4, "enhet", "2026-09, Personal, E1"),
        "Raden gäller samma sak som rad 2",
        "Ta bort den ena",
    ),
    "two codes are the same": (
        "organisation",
        TREE + "A;Ett;enhet;;;;;\nA;Två;enhet;;;;;\n",
        (3, "kod", "A"),
        "Raden gäller samma sak som rad 2",
        "slå ihop",
    ),
    "there is text in a number": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;ja;1\n",
        (2, "budget", "ja"),
        "Det är inget tal",
        "Skriv ett tal",
    ),
    "a number may be two": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1.234;1\n",
        (2, "budget", "1.234"),
        "Talet kan läsas på två sätt",
        "1234",
    ),
    "a count has decimals": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;1,5;100;1;1;1\n",
        (2, "anstallda", "1,5"),
        "Antalet har decimaler",
        "heltal",
    ),
    "a total says Summa in the unit": (
        "ekonomi",
        EKONOMI + "2026-09;Summa;Personal;1;1\n",
        (2, "enhet", "Summa"),
        "Raden är en summa",
        "Ta bort summaraden",
    ),
    "a total says Totalt in the account group": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Totalt;1;1\n",
        (2, "kontogrupp", "Totalt"),
        "Raden är en summa",
        "Ta bort summaraden",
    ),
    "a total has neither unit nor account group": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;2\n2026-09;E2;Lokaler;3;4\n2026-09;;Σ;4;6\n",
        (4, "enhet", None),
        "Raden saknar enhet och är en summa av de andra raderna",
        "Ta bort summaraden",
    ),
    "a row without unit is the sum of the others": (
        "ekonomi",
        EKONOMI
        + "2026-09;E1;Personal;1;2\n2026-09;E2;Personal;3;4\n2026-09;E2;Övrigt;9;\n2026-09;;Personal;4;6\n",
        (5, "enhet", None),
        "Raden saknar enhet och är en summa av de andra raderna",
        "Ta bort summaraden",
    ),
    "a row lacks its unit but is no sum": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;2\n2026-09;;Personal;2;2\n",
        (3, "enhet", None),
        "Raden saknar enhet",
        "Fyll i vad raden gäller",
    ),
    "the number of employees is negative": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;-1;100;1;1;1\n",
        (2, "anstallda", "-1"),
        "Anställda får inte vara mindre än 0",
        "Rätta värdet",
    ),
    "a probability is too large": (
        "risker",
        "indikator;risk;sannolikhet;konsekvens\nA;B;6;5\n",
        (2, "sannolikhet", "6"),
        "får inte vara större än 5",
        "Rätta värdet",
    ),
    "more hours are absent than there are": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;1;100;50;50;0,1\n",
        (2, "ordinarie_timmar", "100"),
        "Frånvarotimmarna är tillsammans fler",
        "samma personer",
    ),
    "a sex is neither": (
        "sjukfranvaro",
        SICK + "2026-09;E1;Z;1;100;1;1;1\n",
        (2, "kon", "Z"),
        "Kön är inget av de tillåtna värdena",
        "K, M",
    ),
    "an address is none": (
        "organisation",
        TREE + "A;Ett;enhet;;anna.example.se;;;\n",
        (2, "chef_epost", "anna.example.se"),
        "Det är ingen giltig e-postadress",
        "Skriv en enda adress",
    ),
    "an address has a line break": (
        "organisation",
        TREE + 'A;Ett;enhet;;"a@example.se\nBcc: b@example.se";;;\n',
        (2, "chef_epost", "a@example.se\nBcc: b@example.se"),
        "E-postadressen innehåller en radbrytning",
        "på en rad",
    ),
    "a level is none of the three": (
        "organisation",
        TREE + "A;Ett;sektion;;;;;\n",
        (2, "niva", "sektion"),
        "Nivå är inget av",
        "avdelning, verksamhetsomrade, enhet",
    ),
    "a level is empty": (
        "organisation",
        TREE + "A;Ett;;;;;;\n",
        (2, "niva", None),
        "Cellen är tom",
        "Fyll i",
    ),
    "an overordnad doesn't exist": (
        "organisation",
        TREE + "A;Ett;enhet;B;;;;\n",
        (2, "overordnad", "B"),
        "Överordnad finns inte i filen",
        "Skriv en kod",
    ),
    "a unit is above itself": (
        "organisation",
        TREE + "A;Ett;enhet;A;;;;\nB;Två;enhet;A;;;;\n",
        (2, "overordnad", "A"),
        "Enheten ligger över sig själv",
        "Rätta överordnad",
    ),
    "a unit ends before it begins": (
        "organisation",
        TREE + "A;Ett;enhet;;;;2026-02-01;2026-01-31\n",
        (2, "giltig_till", "2026-01-31"),
        "Dagen ligger före giltig_fran",
        "Rätta",
    ),
    "a day is none": (
        "organisation",
        TREE + "A;Ett;enhet;;;;2026-02-30;\n",
        (2, "giltig_fran", "2026-02-30"),
        "Datumet kan inte läsas",
        "ÅÅÅÅ-MM-DD",
    ),
    "a part's whole isn't there": (
        "prognos",
        FORECAST + "2026-09;Barn;Familj;1;1\n",
        (2, "ingar_i", "Familj"),
        "Raden som den ingår i finns inte",
        "precis som",
    ),
    "a forecast is beyond belief and lends its value to the other": (
        "prognos",
        FORECAST.replace("\n", ";prognos\n") + "2026-09;Äldreomsorg;;1;999999999999;\n",
        (2, "prognos_fore_resultatoverforing", "999999999999"),
        "får inte vara större än 100\u00a0000\u00a0000\u00a0000",
        "Rätta värdet",
    ),
    "a part is a part of itself": (
        "prognos",
        FORECAST + "2026-09;Barn;Barn;1;1\n2026-09;Äldre;;1;1\n",
        (2, "ingar_i", "Barn"),
        "Raden ingår i sig själv",
        "Lämna cellen tom",
    ),
    "an area's row is twice there": (
        "prognos",
        FORECAST + "2026-09;Barn;;1;1\n2026-09;Barn;;1;1\n",
        (3, "verksamhetsomrade", "2026-09, Barn"),
        "samma sak som rad 2",
        "Ta bort",
    ),
}


@pytest.mark.parametrize(("source", "text", "place", "rule", "remedy"), REFUSED.values(), ids=REFUSED)
def test_a_delivery_is_refused_where(source, text, place, rule, remedy):
    checked = check(source, text)
    [problem] = checked.problems
    assert (problem.row, problem.column, problem.value) == place
    assert rule in problem.rule
    assert remedy in problem.remedy
    assert not checked.is_accepted
    assert checked.problem_count == 1
    assert (checked.ledger, checked.figures, checked.register_rows) == (None, None, None)


# (source, file, (column, value), words of the rule)
WARNED = {
    "a column is unknown": (
        "ekonomi",
        "period;enhet;kontogrupp;budget;utfall;Konstig\n2026-09;E1;Personal;1;1;x\n",
        (1, "Konstig", None),
        "Kolumnen är okänd",
    ),
    "an alias stands beside the contract's own name": (
        "ekonomi",
        "Ansvar;period;enhet;kontogrupp;budget;utfall\nx;2026-09;E1;Personal;1;1\n",
        (1, "Ansvar", None),
        "Kolumnen är okänd",
    ),
    "incomes are positive": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Intäkter;-1;10001\n",
        (None, "kontogrupp", "Intäkter"),
        "Utfall är sammanlagt 10\u00a0001\u00a0kronor, men intäkter ska vara negativa",
    ),
    "costs are negative": (
        "ekonomi",
        EKONOMI + "2026-09;E1;5010;-10000,01;\n",
        (None, "kontogrupp", "5010"),
        "kostnader ska vara positiva",
    ),
    "an amount is unlikely": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Övrigt;500000001;\n",
        (2, "budget", "500000001"),
        "Budget är sällan större än",
    ),
    "a result unit is unknown": (
        "resultatenheter",
        "ar;enhet;bruttobudget;overforing_fran_foregaende_ar;resultat\n2026;grimsta;1;1;1\n2026;E1;1;1;1\n",
        (None, "enhet", "grimsta"),
        "1\u00a0enhet finns inte i registret och behålls",
    ),
    "an area is unknown": (
        "prognos",
        FORECAST + "2026-09;Rymden;;1;1\n2026-09;Äldreomsorg;;1;1\n",
        (None, "verksamhetsomrade", "Rymden"),
        "1\u00a0område finns inte i registret och behålls",
    ),
    "a volume is unknown": (
        "prestationer",
        VOLUMES + "2026-09;E1;Inskrivna barn;1\n2026-09;E1;Fika;1\n2026-09;E1;Egna;1\n",
        (None, "matt", "Fika"),
        "Måttet är okänt",
    ),
    "a code that is continued is unknown": (
        "organisation",
        TREE + "AVD;Ett;avdelning;;;E1, XX;;\n" + "".join(f"{c};N;enhet;;;AVD;;\n" for c in ("VO", "NEW")),
        (2, "ersatter", "E1, XX"),
        "Ersatter nämner en kod",
    ),
}


@pytest.mark.parametrize(("source", "text", "place", "rule"), WARNED.values(), ids=WARNED)
def test_a_delivery_is_accepted_with_a_warning_where(source, text, place, rule):
    checked = check(source, text, volumes={"Egna"})
    told = [problem for problem in checked.warnings if rule in problem.rule]
    assert [(problem.row, problem.column, problem.value) for problem in told] == [place]
    assert checked.is_accepted
    assert checked.warning_count == len(checked.warnings)


def test_an_ordinary_delivery_has_nothing_to_warn_of():
    rows = "2026-09;E1;Personal;10000;20000\n2026-09;E1;Intäkter;-1;10000\n2026-09;E1;4010;-10000;\n"
    checked = check("ekonomi", EKONOMI + rows)
    assert (checked.problems, checked.warnings) == ((), ())


def test_rows_of_other_months_count_as_problems_up_to_fifty():
    text = SICK + "".join(f"2026-08;E1;{sex};1;100;1;1;1\n" for sex in "KM") * 40
    checked = check("sjukfranvaro", text)
    assert len(checked.problems) == 50
    assert checked.problem_count == 80 + 78  # of another month, and the same as an earlier row
    assert [problem.row for problem in checked.problems] == sorted(
        problem.row for problem in checked.problems
    )


@pytest.mark.parametrize(
    ("source", "period", "is_accepted"),
    [
        ("bistand", Period(2026, 10), True),  # today's month
        ("bistand", Period(2026, 11), False),  # the next
        ("organisation", Period(2027, 1), True),  # next year's register may come before it holds
        ("organisation", Period(2027, 11), False),
    ],
)
def test_a_month_that_has_not_begun_is_refused(source, period, is_accepted):
    texts = {
        "bistand": f"period;hushall;utbetalt\n{period};10;100000\n",
        "organisation": TREE + "A;Ett;enhet;;;;;\n",
    }
    checked = check(source, texts[source], None, period)
    assert checked.is_accepted is is_accepted
    assert all("har inte börjat" in problem.rule for problem in checked.problems)


def test_a_table_without_rows_is_refused():
    raw = published("bistand")
    empty = type(raw)(raw.headers, raw.columns, raw.frame.clear(), "utf-8", ";")
    checked = check_delivery(empty, all_sources()["bistand"], Period(2021, 4), None, today=date(2021, 5, 7))
    assert [problem.rule for problem in checked.problems] == ["Filen har inga rader"]


def test_a_file_of_quite_another_kind_only_lacks_its_columns():
    checked = check("organisation", "a;b\n1;2\n")
    assert [problem.column for problem in checked.problems] == ["kod", "namn", "niva", "overordnad"]


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
        (2, month, None, "Frånvaro", "utfall", "7.5", None),
        (2, month, None, "Frånvaro", "arsmal", "2.15", "2,15 %"),
        (2, month, None, "Frånvaro", "kf_arsmal", None, "öka"),
        (2, month, None, "Frånvaro", "periodicitet", None, ".."),
        (3, month, None, "Andel", "utfall", None, "X"),
    ]


def test_a_source_with_nothing_but_keys_has_no_figures():
    assert check("indikatorer", "period;indikator\n2026-09;A\n").figures.schema == FIGURES


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
    assert sick.figures["item"].unique().to_list() == ["K"]


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


def test_units_that_a_newer_register_leaves_out_end_the_day_before():
    before = Register([(Period(2026, 1), [UnitVersion(code, code, "enhet") for code in "ABC"])])
    checked = check("organisation", TREE + "B;Två;enhet;;;A;;\n", before)
    [warning] = checked.warnings
    assert warning.value == "A, C"
    assert warning.rule == "2\u00a0koder saknas i det här registret och upphör 31 augusti 2026"
    assert (
        check("organisation", TREE + "A;A;enhet;;;;;\nB;B;enhet;;;;;\nC;C;enhet;;;;;\n", before).warnings
        == ()
    )


@pytest.mark.parametrize("register", [None, Register([])])
def test_without_any_register_units_are_kept_with_one_warning(register):
    text = EKONOMI + "".join(f"2026-09;U{n:02d};Personal;1;1\n" for n in range(12))
    checked = check("ekonomi", text, register)
    [warning] = checked.warnings
    assert warning.rule == "Det finns inget organisationsregister: 12\u00a0enheter behålls som de står"
    assert warning.value.endswith("U09 …")
    assert checked.ledger["unit"].to_list()[0] == "U00"
    assert (checked.absent_units, checked.valid_units) == ((), 0)


def test_the_valid_units_of_the_month_that_are_absent_are_named():
    checked = check("ekonomi", EKONOMI + "2026-09;E1;Personal;1;1\n2026-08;E2;Personal;1;1\n")
    assert checked.absent_units == ("E2", "E3", "E4", "NEW")
    assert (checked.units, checked.valid_units) == (2, 5)


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
