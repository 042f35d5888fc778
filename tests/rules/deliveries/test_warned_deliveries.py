import pytest

from tests.rules.delivered_files import EKONOMI, FORECAST, TREE, VOLUMES, check

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


GAPS = {
    # rows below the head: (rule, row, column) of each warning
    "nothing is missing": ("2026-09;E1;A;1;1\n2026-09;E1;B;0;0\n", []),
    "a month to come has no outcome": ("2026-10;E1;A;1;\n2026-10;E1;B;1;\n", []),
    "a month has no figure at all": ("2026-09;E1;A;;\n2026-09;E1;B;..;..\n2026-09;E2;A;1;1\n", []),
    "an outcome is missing in one group": (
        "2026-09;E2;A;1;1\n2026-09;E1;A;1;1\n2026-09;E1;B;1;\n",
        [("Utfall saknas på en del av raderna i 1\u00a0enhetsmånad (först E1 2026-09)", 4, "utfall")],
    ),
    "marks are as empty": (
        "2026-09;E1;A;1;1\n2026-09;E1;B;..;1\n",
        [("Budget saknas på en del av raderna i 1\u00a0enhetsmånad (först E1 2026-09)", 3, "budget")],
    ),
    "units and months are counted once each": (
        "2026-08;E1;A;1;\n2026-08;E1;B;1;\n2026-08;E1;C;1;1\n2026-09;E1;A;1;1\n2026-09;E1;B;;\n",
        [
            ("Utfall saknas på en del av raderna i 2\u00a0enhetsmånader (först E1 2026-08)", 2, "utfall"),
            ("Budget saknas på en del av raderna i 1\u00a0enhetsmånad (först E1 2026-09)", 6, "budget"),
        ],
    ),
}


@pytest.mark.parametrize(("rows", "told"), GAPS.values(), ids=GAPS)
def test_a_unit_s_month_that_lacks_a_part_is_told_as_missing_where(rows, told):
    checked = check("ekonomi", EKONOMI + rows)
    found = [(problem.rule.split(":")[0], problem.row, problem.column) for problem in checked.warnings]
    assert found == told
    assert all("Skriv 0" in problem.remedy for problem in checked.warnings)
    assert checked.is_accepted


@pytest.mark.parametrize(("source", "text", "place", "rule"), WARNED.values(), ids=WARNED)
def test_a_delivery_is_accepted_with_a_warning_where(source, text, place, rule):
    checked = check(source, text, volumes={"Egna"})
    told = [problem for problem in checked.warnings if rule in problem.rule]
    assert [(problem.row, problem.column, problem.value) for problem in told] == [place]
    assert checked.is_accepted
    assert checked.warning_count == len(checked.warnings)


def test_an_ordinary_delivery_has_nothing_to_warn_of():
    rows = "2026-09;E1;Personal;10000;20000\n2026-09;E1;Intäkter;-1;10000\n2026-09;E1;4010;-10000;0\n"
    checked = check("ekonomi", EKONOMI + rows)
    assert (checked.problems, checked.warnings) == ((), ())
