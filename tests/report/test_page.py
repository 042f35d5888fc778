"""The month's page: what a controller and the board read, and what must never be read wrongly."""

import json
import re
from pathlib import Path

import pytest

from tests.worlds.read_page import page as page_of
from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import (
    CONTENT,
    amounts,
    changed,
    empty,
    published,
    warning,
)

CORRECTIONS = "Rättade uppgifter sedan förra rapporten"
GOLDEN = Path(__file__).parent / "golden" / "manadsrapport.html"


def test_the_page_looks_as_its_golden_file(rewrite_golden):
    page = page_of(CONTENT, 3)
    if rewrite_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8"), "pytest --rewrite-golden"


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "=cmd|' /C calc'!A0"]
)
def test_whatever_is_delivered_stays_text(payload):
    hostile = json.loads(json.dumps(CONTENT, ensure_ascii=False).replace("Bilan", json.dumps(payload)[1:-1]))
    hostile["indikatorer"][0]["arsmal"] = payload
    page = page_of(hostile, 1, payload)
    assert "<script" not in page
    assert "<img" not in page
    assert "=cmd|" not in " ".join(re.findall(r"<[^>]*>", page))
    assert payload in text(hostile)


def test_a_turned_writing_direction_and_control_characters_are_dropped():
    odd = changed(indikatorer=[{"period": "2026-10", "indikator": "Sjuk\u202efrån\x00varo", "utfall": 1}])
    assert row(odd, "Indikatorer", "Sjukfrånvaro")[0] == "1"


def test_nothing_is_fetched_from_anywhere():
    page = page_of(CONTENT)
    assert not re.search(r"https?:|//|src=|<link|@import|url\(", page)
    assert "default-src 'none'" in page
    assert '<html lang="sv">' in page


@pytest.mark.parametrize(
    ("period", "after", "headline"),
    [
        ("2026-10", 150_500_000, "Befarat underskott 0,5 mnkr, 1 larm och 2 bevaka"),
        ("2026-10", 149_500_000, "Väntat överskott 0,5 mnkr, 1 larm och 2 bevaka"),
        ("2026-12", 150_500_000, "Underskott 0,5 mnkr, 1 larm och 2 bevaka"),  # the year is over
        ("2026-10", 150_000_400, "Helårsprognos i balans, 1 larm och 2 bevaka"),
        ("2026-10", None, "Helårsprognos för hela förvaltningen: uppgift saknas. 1 larm och 2 bevaka"),
    ],
)
def test_the_headline_says_the_deviation_by_a_word(period, after, headline):
    total = {**amounts(150_000_000, after), "antal": 2, "av": 2}
    assert headline in text(changed(period=period, totalt=total))


@pytest.mark.parametrize(
    ("period", "managers", "programme", "headline"),
    [
        (
            "2026-10",
            -8_300_000,
            -21_800_000,
            "Befarat underskott 8,3 mnkr enligt verksamheten och 21,8 mnkr enligt programmet, 1 larm",
        ),
        (
            "2026-10",
            500_000,
            -2_000_000,
            "Väntat överskott 0,5 mnkr enligt verksamheten men befarat underskott 2,0 mnkr enligt programmet",
        ),
        (
            "2026-10",
            0,
            -2_000_000,
            "Helårsprognos i balans enligt verksamheten men befarat underskott 2,0 mnkr enligt programmet",
        ),
        ("2026-10", 0, 0, "Helårsprognos i balans enligt både verksamheten och programmet, 1 larm"),
        (
            "2026-10",
            None,
            -85_000,
            "Befarat underskott 85 tkr enligt programmet, verksamhetens prognos saknas, 1 larm",
        ),
        (
            "2026-12",
            -500_000,
            -400_000,
            "Underskott 0,5 mnkr enligt verksamheten och 0,4 mnkr enligt programmet, 1 larm",
        ),
    ],
)
def test_the_headline_says_both_forecasts_and_whose_they_are(period, managers, programme, headline):
    after = None if managers is None else 150_000_000 - managers
    own = {"program_prognos": 150_000_000 - programme, "program_avvikelse": programme}
    total = {**amounts(150_000_000, after), **own, "antal": 2, "av": 2}
    assert headline in text(changed(period=period, totalt=total))


def test_the_lead_says_whose_forecast_is_which():
    own = {"program_prognos": 152_100_000, "program_avvikelse": -3_100_000}
    both = text(
        changed(
            totalt=CONTENT["totalt"] | own,
            varav_ekonomiskt_bistand_och_arbetsmarknad=CONTENT["varav_ekonomiskt_bistand_och_arbetsmarknad"]
            | own,
        )
    )
    assert "Verksamhetens helårsprognos för 2 av 3 områden är 150,5 mnkr" in both
    assert "Programmets, räknad på enheternas utfall, är 152,1 mnkr" in both
    assert "överskott 1,0 mnkr enligt verksamheten, underskott 3,1 mnkr enligt programmet." in both


def test_what_must_be_done_by_when_stands_at_the_top():
    assert "1 åtgärdsplan ska lämnas senast 16 november 2026." in text(CONTENT)


def test_several_plan_dates_are_not_given_as_one():
    days = ("2026-11-20", "2026-11-16")
    plans = [warning("Alen", "larm", 9_000_000, 9_500_000, plan=day) for day in days]
    assert "2 åtgärdsplaner ska lämnas, den första senast 16 november 2026." in text(
        changed(avvikelser=plans)
    )


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        (
            {},
            "KOMPLETT, MEN ENSTAKA UPPGIFTER SAKNAS. Alla obligatoriska uppgifter är levererade. Totalen",
        ),
        ({"complete": False}, "INTE KOMPLETT. En del enheter saknar uppgifter. Totalen"),
        (
            {"complete": False, "missing": ["bistand"]},
            "INTE KOMPLETT. Det saknas leverans av ekonomiskt bistånd.",
        ),
        (
            {"prestationer": [], "totalt": {**CONTENT["totalt"], "antal": 3}},
            "KOMPLETT. Alla obligatoriska uppgifter är levererade. Larm och bevakning",
        ),
    ],
)
def test_what_is_missing_stands_at_the_top(parts, state):
    assert state in text(changed(**parts))


def test_a_total_that_lacks_areas_says_so_where_it_is_first_read():
    assert "Helårsprognosen för 2 av 3 områden är 150,5 mnkr" in text(CONTENT)


def test_corrections_say_before_and_now_largest_first():
    assert rows(CONTENT, CORRECTIONS) == [
        ["Cedern", "juli 2026", "500", "620", "120 högre", "9"],
        ["Bilan", "augusti 2026", "700", "690", "10 lägre", "12"],
        ["alen", "augusti 2026", "uppgift saknas", "510", "ny uppgift", "15"],
    ]


def test_many_corrections_are_counted_and_the_smallest_left_out():
    many = [{**CONTENT["andrat_sedan_forra"][0], "utfall": 1000 * n, "rad": n} for n in range(1, 126)]
    page = text(changed(andrat_sedan_forra=many))
    assert "125 rättade uppgifter" in page
    assert "Ytterligare 105 med mindre ändring" in page


def test_the_foot_says_the_version():
    assert "Rapportens version: 17." in text(CONTENT, version=17)


def test_an_empty_month_says_so_in_every_section():
    page = text(empty(["ekonomi", "sjukfranvaro"]))
    assert page.count("Ingen uppgift levererad.") == 6
    assert "INTE KOMPLETT. Det saknas leverans av ekonomi och sjukfrånvaro." in page
    assert "Inga enheter har bedömts: ekonomi saknas." in page
    assert "0,0" not in page


def test_the_published_month_reads_as_it_was_published():
    content = published()
    assert row(content, "Driftbudget", "Totalt") == [
        "2 028,9",
        "2 019,5",
        "2 017,9",
        "överskott 9,4",
        "överskott 11,0",
    ]
    assert rows(content, "Driftbudget")[-1][-1] == "överskott 2,5"
    assert row(content, "Driftbudget", "Flykting")[:3] == ["0,0", "−19,0", "−19,0"]
    assert row(content, "Resultatenheter", "Summa") == [
        "411,2",
        "20,6",
        "överskott 39,6",
        "underskott 1,6",
        "överskott 38,0",
    ]
    assert rows(content, "Prestationer")[-1][1:] == ["461", "uppgift saknas", "454", "468"]
    grants = row(content, "Ekonomiskt bistånd", "Medelbidrag per hushåll, kronor")
    assert grants == ["9 153", "9 300", "9 414"]
    assert "Väntat överskott 11,0 mnkr" in text(content)
    assert "99,5 % före och 99,5 % efter" in text(content)
