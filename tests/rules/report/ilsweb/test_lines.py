"""The lines for a planning system: what is mapped is written, and the rest is told."""

from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.report.ilsweb.lines import ilsweb_file, neutral
from tasks.rules.report.ilsweb.measures import Measure
from tasks.rules.report.ilsweb.settings import IlswebSettings
from tasks.rules.thresholds import UnusableThresholdError

DAY = date(2026, 8, 31)
SICK = Measure("indicators", "Sjukfrånvaro", {"utfall": Decimal("7.70"), "arsmal": None}, goal="3.2")
AREA = Measure(
    "areas", "Äldreomsorg", {"budget": Decimal(651_100_000), "avvikelse_efter": Decimal(-15_000_000)}
)


def made(*measures, **settings):
    return ilsweb_file(measures, IlswebSettings(**{"unit": "Nämnden", **settings}), DAY)


def lines(*measures, **settings):
    return [";".join(line) for line in made(*measures, **settings).lines]


def test_a_mapped_figure_is_a_line_and_a_missing_one_is_none():
    assert lines(SICK, indicators={"Sjukfrånvaro": "4711"}) == ["2026-08-31;Nämnden;4711;utfall;7,7"]


@pytest.mark.parametrize(
    ("settings", "values"),
    [
        ({}, ["651,1", "-15"]),
        ({"money": "tkr"}, ["651100", "-15000"]),
        ({"money": "kr", "decimal_sign": "."}, ["651100000", "-15000000"]),
        ({"decimal_sign": "."}, ["651.1", "-15"]),
    ],
)
def test_figures_are_written_as_the_settings_say(settings, values):
    told = lines(AREA, areas={"Äldreomsorg": "A"}, **settings)
    assert [line.rsplit(";", 1)[1] for line in told] == values


def test_columns_are_called_as_the_system_calls_them_and_one_without_a_name_is_left_out():
    columns = {"budget": "", "avvikelse_efter": "Avvikelse"}
    assert lines(AREA, areas={"Äldreomsorg": "A"}, columns=columns) == ["2026-08-31;Nämnden;A;Avvikelse;-15"]


def test_lines_stand_in_the_order_of_the_report():
    mapping = {"indicators": {"Sjukfrånvaro": "Z"}, "areas": {"Äldreomsorg": "A"}}
    assert [line.split(";")[2] for line in lines(SICK, AREA, **mapping)] == ["Z", "A", "A"]


def test_what_is_not_mapped_is_told_by_kind_and_so_is_what_the_month_lacks():
    left_out = made(SICK, AREA, indicators={"Sjukfranvaro": "1"}, investments={"Parker": "2"}).left_out
    assert left_out.unmapped == {"indicators": ("3.2 Sjukfrånvaro",), "areas": ("Äldreomsorg",)}
    assert left_out.unused == {"indicators": ("Sjukfranvaro",), "investments": ("Parker",)}


def test_a_name_is_found_whatever_its_case_and_dashes_and_an_empty_code_maps_nothing():
    days = Measure("indicators", "Sjukfrånvaro dag 1–14", {"utfall": Decimal(3)})
    assert lines(days, indicators={"sjukfrånvaro dag 1-14": "9"}) == ["2026-08-31;Nämnden;9;utfall;3"]
    assert lines(days, indicators={"sjukfrånvaro dag 1-14": ""}) == []


def test_two_of_one_name_under_two_goals_are_told_apart_by_the_goals_code():
    other = Measure("indicators", "Sjukfrånvaro", {"utfall": Decimal(5)}, goal="1.1")
    apart = {"3.2 Sjukfrånvaro": "A", "1.1 Sjukfrånvaro": "B"}
    assert [line.split(";")[2:] for line in lines(SICK, other, indicators=apart)] == [
        ["A", "utfall", "7,7"],
        ["B", "utfall", "5"],
    ]
    alike = made(SICK, other, indicators={"Sjukfrånvaro": "A"})
    assert (alike.lines, alike.left_out.ambiguous) == ((), ("3.2 Sjukfrånvaro", "1.1 Sjukfrånvaro"))


def test_units_may_have_a_measure_of_one_code_each():
    units = [Measure("indicators", "Nöjda", {"utfall": Decimal(80)}, unit=code) for code in ("101", "102")]
    told = lines(*units, indicators={"Nöjda": "N"})
    assert [line.split(";")[1] for line in told] == ["101", "102"]


def test_hidden_figures_and_words_are_counted_and_never_written():
    row = Measure("indicators", "Sjuka", {"utfall": Decimal(8), "utfall_man": "doldt", "arsmal": "minska"})
    told = made(row, indicators={"Sjuka": "S"})
    assert [line[3] for line in told.lines] == ["utfall"]
    assert (told.left_out.hidden, told.left_out.words) == (1, 1)


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_text(text):
    assert neutral(text) == f"'{text}"
    (line,) = made(SICK, unit=text, indicators={"Sjukfrånvaro": text}, columns={"utfall": text}).lines
    assert line == ("2026-08-31", f"'{text}", f"'{text}", f"'{text}", "7,7")


@pytest.mark.parametrize("bad", [{"money": "Mkr"}, {"decimal_sign": ";"}])
def test_settings_that_cannot_be_used_are_refused(bad):
    with pytest.raises(UnusableThresholdError):
        IlswebSettings(**bad)
