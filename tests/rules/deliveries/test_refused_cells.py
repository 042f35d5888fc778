import pytest

from tests.rules.delivered_files import EKONOMI, FORECAST, SICK, TREE, check

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
    "an amount says kronor and its header thousands": (
        "ekonomi",
        EKONOMI.replace("budget", "budget_tkr") + "2026-09;E1;Personal;800 kr;1\n",
        (2, "budget_tkr", "800 kr"),
        "Beloppet säger kronor, men rubriken säger tusental",
        "säger samma sak",
    ),
    "there is text in a volume": (
        "prestationer",
        "period;enhet;matt;utfall\n2026-09;E1;Besök;många\n",
        (2, "utfall", "många"),
        "Det är inget tal",
        "Skriv ett tal",
    ),
    "an amount is a currency alone": (
        "ekonomi",
        EKONOMI + "2026-09;E1;Personal;kr;1\n",
        (2, "budget", "kr"),
        "Det är inget tal",
        "Skriv ett tal",
    ),
    "a count has decimals": (
        "sjukfranvaro",
        SICK + "2026-09;E1;K;1,5;100;1;1;1\n",
        (2, "anstallda", "1,5"),
        "Antalet har decimaler",
        "heltal",
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
    "a sex is neither": (
        "sjukfranvaro",
        SICK + "2026-09;E1;Z;1;100;1;1;1\n",
        (2, "kon", "Z"),
        "Kön är inget av de tillåtna värdena",
        "K, M",
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
    "a day is none": (
        "organisation",
        TREE + "A;Ett;enhet;;;;2026-02-30;\n",
        (2, "giltig_fran", "2026-02-30"),
        "Datumet kan inte läsas",
        "ÅÅÅÅ-MM-DD",
    ),
    "a forecast is beyond belief and lends its value to the other": (
        "prognos",
        FORECAST.replace("\n", ";prognos\n") + "2026-09;Äldreomsorg;;1;999999999999;\n",
        (2, "prognos_fore_resultatoverforing", "999999999999"),
        "får inte vara större än 100\u00a0000\u00a0000\u00a0000",
        "Rätta värdet",
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
