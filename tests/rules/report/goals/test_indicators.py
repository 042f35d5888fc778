"""The report's indicators, from files as they are delivered."""

from decimal import Decimal

import pytest

from tasks.rules.json_keys import of_json, to_json
from tasks.rules.periods import Period
from tasks.rules.report.goals.indicators import (
    IndicatorRow,
    Indicators,
    IndicatorSettings,
    OwnFigure,
    indicator_rows,
)
from tasks.rules.thresholds import UnusableThresholdError
from tests.rules.delivered_files import REGISTER
from tests.rules.report.goals.rows import delivered

HEAD = (
    "period;indikator;mal;enhet;utfall;utfall_man;utfall_kvinnor;utfall_foregaende_ar;prognos_helar;arsmal;"
    "kf_arsmal;periodicitet;riktning\n"
)


def told(*rows, earlier=(), own=None, settings=None, head=HEAD):
    """Return the JSON of indicators that are delivered as rows of CSV."""
    made = Indicators(
        delivered("indikatorer", head + "".join(f"2026-09;{row}\n" for row in rows)),
        [
            row
            for month, text in earlier
            for row in delivered("indikatorer", f"{head}{month};{text}\n", period=Period.parse(month))
        ],
        own or {},
        settings or {},
    )
    found = indicator_rows(made, REGISTER)
    assert [of_json(IndicatorRow, to_json(row)) for row in found] == list(found)
    return [to_json(row) for row in found]


def one(row, **others):
    (found,) = told(row, **others)
    return found


def test_figures_are_numbers_and_their_unit_stands_beside():
    row = one("Barn per grupp;1.3;;13,1 barn/avd.;;;12,5 barn/avd.;16 st;16;16;Tertial 3 2026;lägre")
    assert (row["utfall"], row["prognos_helar"], row["arsmal"], row["kf_arsmal"]) == (13.1, 16, 16, 16)
    assert (row["sort"], row["sorter"], row["mal"]) == ("barn/avd.", {"prognos_helar": "st"}, "1.3")
    assert (row["bedomning"], row["bedoms_pa"], row["kf_bedomning"]) == ("nas", "prognos", "nas")


def test_a_target_that_is_no_number_is_told_in_its_words():
    row = one("Trygga;;;5;;;6;;minska;Tas fram av nämnd;;")
    assert (row["arsmal"], row["kf_arsmal"], row["riktning"]) == ("minska", "Tas fram av nämnd", "lagre")
    assert (row["bedomning"], row["kf_bedomning"]) == ("nas", "ej_bedomd")


def test_the_direction_comes_from_the_target_else_the_column_else_the_settings():
    settings = {"trygga": IndicatorSettings(riktning="hogre")}
    rows = told(
        "Trygga;;;5;;;;;5;;;", "Trygga;;E1;5;;;;;5;;;lägre", "Trygga;;E2;5;;;;;max 5;;;", settings=settings
    )
    assert [row["riktning"] for row in rows] == ["hogre", "lagre", "lagre"]
    assert [row["enhet"] for row in rows] == [None, "E1", "E2"]
    assert [row.get("enhetens_namn") for row in rows] == [None, "Solen", "Månen"]
    unknown = one("Nöjda;;;5;;;;;5;;;")
    assert unknown["bedomning"] == "ej_bedomd"
    assert "högre eller lägre" in unknown["bedomning_skal"]


def test_a_direction_of_the_settings_is_one_of_four():
    with pytest.raises(UnusableThresholdError, match="hogre eller lagre eller inom eller lika"):
        IndicatorSettings(riktning="blå")


def test_what_is_not_measured_tells_whether_it_was_to_be():
    rows = told("A;;;;;;;;5;;år;", "B;;;;;;;;5;;månad;", "C;;;;;;;;5;;;")
    assert [(row["bedomning"], row["skulle_matas"]) for row in rows] == [
        ("ej_matt", False),
        ("ej_matt", True),
        ("ej_matt", None),
    ]


def test_a_target_of_the_whole_city_is_marked_and_not_judged():
    row = one("Stockholmsjobb;;;28 st;5 st;23 st;;28 st;25 st;800 st;;hogre")
    assert (row["kf_arsmal"], row["kf_arsmal_galler_staden"], row["kf_bedomning"]) == (800, True, "ej_bedomd")
    assert "utfall_utanfor_konen" not in row


def test_no_target_of_the_city_council_is_not_judged():
    assert one("A;;;1;;;;;1;;;lika")["kf_bedomning"] is None


@pytest.mark.parametrize(
    ("whole", "men", "women", "is_outside"),
    [
        ("8,6 %", "8,7 %", "8,5 %", False),
        ("8,8 %", "8,7 %", "8,5 %", True),
        ("8,4 %", "8,7 %", "8,5 %", True),
        ("548 st", "274 st", "274 st", False),
        ("540 st", "274 st", "274 st", True),
        ("38,2 %", "2,7 %", "35,5 %", True),
        ("8,8 %", "", "8,5 %", False),
        ("", "8,6 %", "8,5 %", False),
    ],
)
def test_a_whole_outside_of_women_and_men_is_told(whole, men, women, is_outside):
    row = one(f"A;;;{whole};{men};{women};;;5;;;lika")
    assert row.get("utfall_utanfor_konen", False) is is_outside


def test_a_forecast_in_words_is_shown_and_the_outcome_is_judged():
    row = one("A;;;6;;;;nås;5;;;hogre")
    assert (row["prognos_helar"], row["bedoms_pa"], row["bedomning"]) == ("nås", "utfall", "nas")


def test_an_own_figure_is_shown_and_judged_and_tells_what_differs():
    settings = {"Sjukfrånvaro": IndicatorSettings("lagre", "sjukfranvaro")}
    own = {"sjukfranvaro": OwnFigure(Decimal("7.94"), men=Decimal("6.1"), women=Decimal("8.2"))}
    row = one("Sjukfrånvaro;;;9,8 %;7,9 %;;;;8 %;;;", own=own, settings=settings)
    assert (row["utfall"], row["egen_uppgift"], row["skillnad"]) == (7.94, 7.94, 1.86)
    assert (row["utfall_man"], row["utfall_kvinnor"], row["bedomning"]) == (6.1, 8.2, "nas")
    same = one("Sjukfrånvaro;;;7,9 %;;;;;8 %;;;", own=own, settings=settings)
    assert same["egen_uppgift"] == 7.94
    assert "skillnad" not in same


def test_an_own_figure_may_be_of_the_whole_year():
    settings = {"Budgetföljsamhet": IndicatorSettings("lagre", "budget")}
    own = {"budget": OwnFigure(Decimal("101.2"), is_forecast=True)}
    row = one("Budgetföljsamhet;;;;;;;99,5 %;100 %;;;", own=own, settings=settings)
    assert (row["prognos_helar"], row["utfall"], row["skillnad"]) == (101.2, None, -1.7)
    assert (row["bedoms_pa"], row["bedomning"]) == ("prognos", "nas_inte")
    words = one("Budgetföljsamhet;;;;;;;nås;100 %;;;", own=own, settings=settings)
    assert "skillnad" not in words


def test_no_own_figure_leaves_the_delivered_one():
    settings = {"A": IndicatorSettings("lagre", "sjukfranvaro")}
    without = one("A;;;9 %;;;;;8 %;;;", settings=settings)
    missing = one("A;;;9 %;;;;;8 %;;;", settings=settings, own={"sjukfranvaro": OwnFigure(None)})
    of_a_unit = one("A;;E1;9 %;;;;;8 %;;;", settings=settings, own={"sjukfranvaro": OwnFigure(Decimal(7))})
    assert [row["utfall"] for row in (without, missing, of_a_unit)] == [9, 9, 9]
    assert all("egen_uppgift" not in row for row in (without, missing, of_a_unit))


def test_a_target_that_was_changed_in_the_year_tells_from_what_and_since_when():
    before = "A;;;1;;;;;{};;;lika"
    row = one(
        before.format("90 %"),
        earlier=[
            ("2026-01", before.format("80 %")),
            ("2026-02", before.format("")),
            ("2026-03", before.format("90,0 %")),
            ("2026-04", before.format("90 %")),
        ],
    )
    assert row["arsmal_andrat"] == {"fran": 80, "till": 90, "fran_och_med": "2026-03"}
    assert "arsmal_andrat" not in one(before.format("90 %"))


def test_an_indicator_of_an_older_report_is_read_without_what_is_new():
    old = {"period": "2026-01", "indikator": "A", "utfall": 5, "arsmal": "7,0 %", "periodicitet": "månad"}
    row = of_json(IndicatorRow, old)
    assert (row.target, row.verdict, row.unit_of("utfall")) == ("7,0 %", None, "")


def test_a_cell_has_its_own_unit_or_the_rows():
    made = Indicators(delivered("indikatorer", HEAD + "2026-09;A;;;13 barn/avd.;;;;16 st;16;;;lagre\n"))
    (row,) = indicator_rows(made, REGISTER)
    assert (row.unit_of("prognos_helar"), row.unit_of("arsmal")) == ("st", "barn/avd.")


def test_figures_without_a_unit_are_of_any_targets_unit():
    row = one("Barn i osäkra boenden;;;13;;;12;13;Max 10 personer;0 st;månad;")
    assert (row["bedomning"], row["kf_bedomning"], row["sort"]) == ("nas_inte", "nas_inte", "personer")
    assert row["sorter"] == {"kf_arsmal": "st"}
