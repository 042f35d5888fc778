"""How a file would be read: each column with what its first value becomes."""

from dataclasses import replace

import pytest

from tasks.rules.deliveries.tables.explanation import explain
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.rules.delivered_files import EKONOMI, FORECAST, REGISTER, SEPTEMBER, SICK, TODAY, TREE, table


def explained(source, text, register=REGISTER, sheet=None):
    return explain(table(text), all_sources()[source], SEPTEMBER, register, today=TODAY, sheet=sheet)


def columns(source, text, register=REGISTER):
    return [(one.title, one.first, one.read) for one in explained(source, text, register).columns]


def test_a_table_is_told_with_its_place_its_months_and_its_units():
    rows = "2026-08;E1;Personal;1;1\n\n2026-09;E2;Personal;2;2\n2026-09;Summa;Personal;3;3\n"
    told = explained("ekonomi", EKONOMI + rows, sheet="Blad1")
    assert (told.source_title, told.when, told.sheet) == ("Ekonomi", "september 2026", "Blad1")
    assert (told.header_row, told.rows, told.first_row, told.last_row) == (1, 3, 2, 5)
    assert told.months == (Period(2026, 8), Period(2026, 9))
    assert told.units == 2


def test_columns_are_told_as_they_are_read_and_those_that_are_not():
    text = "period;enhet;kontogrupp;budget_tkr;utfall;Andel;Tomt\n;;;;;;\n2026-09;E1;Personal;1,5;;0.98;\n"
    assert columns("ekonomi", text) == [
        ("Månad", "2026-09", "september 2026"),
        ("Enhet", "E1", "E1 Solen"),
        ("Kontogrupp", "Personal", "Personal"),
        ("Budget", "1,5", "1\u00a0500\u00a0kr"),
        ("Utfall", "(tom kolumn)", ""),
        ("läses inte", "0.98", ""),
        ("läses inte", "(tom kolumn)", ""),
    ]


# (source, file, the column's place, first value, what it becomes)
READ = {
    "an unknown unit": ("ekonomi", EKONOMI + "2026-09;X9;Personal;1;1\n", 1, "X9", "X9"),
    "no number": ("ekonomi", EKONOMI + "2026-09;E1;Personal;1.234;1\n", 3, "1.234", "kan inte läsas"),
    "a mark for missing": ("ekonomi", EKONOMI + "2026-09;E1;Personal;..;1\n", 3, "..", "uppgift saknas"),
    "no month": ("ekonomi", EKONOMI + "hösten;E1;Personal;1;1\n", 0, "hösten", "kan inte läsas"),
    "hours": (
        "sjukfranvaro",
        SICK + "2026-09;E1;Kvinnor;10;152:30;1;0;0\n",
        4,
        "152:30",
        "152,5\u00a0timmar",
    ),
    "a choice": ("sjukfranvaro", SICK + "2026-09;E1;Kvinnor;10;150;1;0;0\n", 2, "Kvinnor", "K"),
    "a day": ("organisation", TREE + "A;Ett;enhet;;;;2026-01-01;\n", 6, "2026-01-01", "2026-01-01"),
    "no day": ("organisation", TREE + "A;Ett;enhet;;;;;9999-12-31\n", 7, "9999-12-31", "tom"),
    "a year": (
        "resultatenheter",
        "ar;enhet;bruttobudget;overforing_fran_foregaende_ar;resultat\n2026;E1;1;0;0\n",
        0,
        "2026",
        "2026",
    ),
    "an area": ("prognos", FORECAST + "2026-09;Äldreomsorg;;1;1\n", 1, "Äldreomsorg", "Äldreomsorg"),
    "yes": ("organisation", "kod;namn;niva;overordnad;resultatenhet\nA;Ett;enhet;;x\n", 4, "x", "ja"),
    "no": ("organisation", "kod;namn;niva;overordnad;resultatenhet\nA;Ett;enhet;;nej\n", 4, "nej", "nej"),
}


@pytest.mark.parametrize(("source", "text", "place", "first", "read"), READ.values(), ids=READ)
def test_a_first_value_is_told_as_it_is_read(source, text, place, first, read):
    _, written, became = columns(source, text)[place]
    assert (written, became) == (first, read)


def test_without_a_register_units_are_told_as_they_stand():
    assert columns("ekonomi", EKONOMI + "2026-09;E1;Personal;1;1\n", None)[1] == ("Enhet", "E1", "E1")


def test_a_source_without_months_has_none():
    told = explained("risker", "indikator;risk;sannolikhet;konsekvens\na;b;1;2\n")
    assert (told.months, told.units) == ((), 0)


def test_a_file_of_single_persons_is_not_repeated():
    assert explained("ekonomi", EKONOMI.strip() + ";pnr\n2026-09;E1;Personal;1;1;19800101-1234\n") is None


def test_a_table_without_rows_has_nothing_to_tell():
    raw = table(EKONOMI + "2026-09;E1;Personal;1;1\n")
    empty = replace(raw, frame=raw.frame.clear())
    assert explain(empty, all_sources()["ekonomi"], SEPTEMBER, REGISTER, today=TODAY, sheet=None) is None
