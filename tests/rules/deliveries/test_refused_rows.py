import pytest

from tests.rules.delivered_files import EKONOMI, FORECAST, SICK, TREE, check

# (source, file, (row, column, value), words of the rule, words of the remedy); every file has one problem
REFUSED = {
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
        "Enheten finns inte i radens månad",
        "I juli 2026 finns den inte. Den fortsätter som NEW.",
    ),
    "the unit has not begun": (
        "ekonomi",
        EKONOMI + "2026-06;NEW;Personal;1;1\n",
        (2, "enhet", "NEW"),
        "Enheten finns inte i radens månad",
        "I juni 2026 finns den inte. Rätta enheten",
    ),
    "two units have the name": (
        "ekonomi",
        EKONOMI + "2026-09;Stjärnan;Personal;1;1\n",
        (2, "enhet", "Stjärnan"),
        "Flera enheter kan menas",
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
        EKONOMI + "26-09;E1;Personal;1;1\n",
        (2, "period", "26-09"),
        "Månaden kan inte läsas",
        "ÅÅÅÅ-MM",
    ),
    "there is an outcome after the file's month": (
        "ekonomi",
        EKONOMI + "2026-10;E1;Personal;1;7\n",
        (2, "utfall", "7"),
        "Utfall efter filens månad 2026-09",
        "töm cellen",
    ),
    "two rows have the same key, one by code and one by name": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;1\n2026-09;E2;Personal;1;1\n2026-09;Solen;Personal;1;1\n",
        (4, "enhet", "2026-09, Personal, E1"),
        "Raden gäller samma sak som en tidigare rad",
        "Se rad 2: ta bort den ena",
    ),
    "two rows are the same and nothing else tells them apart": (
        "ekonomi",
        EKONOMI.replace("\n", ";Motpart\n") + "2026-09;E1;Personal;1;1;M1\n2026-09;E1;Personal;2;2;M1\n",
        (3, "enhet", "2026-09, Personal, E1"),
        "Raden gäller samma sak som en tidigare rad",
        "Se rad 2",
    ),
    "two codes are the same": (
        "organisation",
        TREE + "A;Ett;enhet;;;;;\nA;Två;enhet;;;;;\n",
        (3, "kod", "A"),
        "Raden gäller samma sak som en tidigare rad",
        "slå ihop",
    ),
    "a total is not the sum of its rows": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;2\n2026-09;Summa;Personal;3;2\n",
        (3, "enhet", "Summa"),
        "Summaraden är inte lika med summan av sina rader",
        "Budget är 3, raderna tillsammans 1. Rätta den som är fel",
    ),
    "a total of an account group that is a sum has no rows with figures": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;100;90\n2026-09;E2;Summa;1 200,50;-3\n",
        (3, "kontogrupp", "Summa"),
        "Summaraden är inte lika med summan av sina rader",
        "Utfall är −3, raderna tillsammans uppgift saknas",
    ),
    "a total of both sexes is not their sum": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;1;100;1;1;1\n2026-09;E1;M;1;100;1;1;1\n2026-09;E1;Totalt;2;200;2;2,5;2\n",
        (4, "kon", "Totalt"),
        "Summaraden är inte lika med summan av sina rader",
        "Frånvarotimmar dag 15–90 är 2,50, raderna tillsammans 2",
    ),
    "a total has no rows": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Totalt;1;1\n",
        (2, "kontogrupp", "Totalt"),
        "raderna som den är summan av finns inte",
        "Lämna raderna var för sig",
    ),
    "a unit's total has rows of other units only": (
        "sjukfranvaro",
        SICK + "2026-09;E2;Samtliga;2;200;2;2;2\n2026-09;E1;K;1;100;1;1;1\n",
        (2, "kon", "Samtliga"),
        "raderna som den är summan av finns inte",
        "Lämna raderna var för sig",
    ),
    "a row lacks its unit but is no sum": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;1;2\n2026-09;;Personal;2;2\n",
        (3, "enhet", None),
        "Raden saknar enhet",
        "Fyll i vad raden gäller",
    ),
    "more hours are absent than there are": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;1;100;50;50;0,1\n",
        (2, "ordinarie_timmar", "100"),
        "Frånvarotimmarna är tillsammans fler",
        "samma personer",
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
    "a part's whole isn't there": (
        "prognos",
        FORECAST + "2026-09;Barn;Familj;1;1\n",
        (2, "ingar_i", "Familj"),
        "Raden som den ingår i finns inte",
        "precis som",
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
        "samma sak som en tidigare rad",
        "ta bort",
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
