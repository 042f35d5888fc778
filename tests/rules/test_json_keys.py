"""Dataclasses as JSON and back: every kind of field that the contract has, and what older JSON lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.json_keys import BESIDE, HIDDEN, Figure, Key, of_json, to_json
from tasks.rules.periods import Period


@dataclass(frozen=True)
class Amounts:
    budget: Decimal | None
    forecast: Annotated[Decimal | None, Key("prognos")]


@dataclass(frozen=True)
class Line:
    name: Annotated[str, Key("namn")]
    amounts: Annotated[Amounts, BESIDE]
    unit: Annotated[str | None, Key("enhet", left_out=True)] = None


@dataclass(frozen=True)
class Paper:
    period: Period
    made: Annotated[date, Key("gjord")]
    lines: Annotated[tuple[Line, ...], Key("rader")]
    target: Decimal | str | None
    households: Annotated[Figure, Key("hushall")]
    shares: Annotated[Mapping[str, tuple[float, int]], Key("inom")]
    words: tuple[str, ...] = ("inget",)
    note: str | None = None


@dataclass(frozen=True)
class Figures:
    period: Period
    rest: Annotated[Mapping[str, Figure], BESIDE]


PAPER = Paper(
    period=Period(2026, 9),
    made=date(2026, 10, 7),
    lines=(
        Line("Förskola", Amounts(Decimal("10.5"), None)),
        Line("Alen", Amounts(Decimal(3), Decimal(4)), "101"),
    ),
    target="minska",
    households=HIDDEN,
    shares={"förskola": (0.82, 330)},
)
CONTENT = {
    "period": "2026-09",
    "gjord": "2026-10-07",
    "rader": [
        {"namn": "Förskola", "budget": 10.5, "prognos": None},
        {"namn": "Alen", "budget": 3, "prognos": 4, "enhet": "101"},
    ],
    "target": "minska",
    "hushall": "doldt",
    "inom": {"förskola": [0.82, 330]},
    "words": ["inget"],
    "note": None,
}


def test_a_dataclass_is_json_with_its_fields_keys_and_back():
    assert to_json(PAPER) == CONTENT
    assert of_json(Paper, CONTENT) == PAPER


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("target", 7, Decimal(7)),
        ("target", None, None),
        ("hushall", 12, Decimal(12)),
        ("hushall", None, None),
        ("note", "Rättad.", "Rättad."),
    ],
)
def test_a_number_stands_where_a_word_may_and_nothing_where_it_may_lack(key, value, read):
    field = {"hushall": "households"}.get(key, key)
    assert getattr(of_json(Paper, CONTENT | {key: value}), field) == read


def test_what_an_older_version_lacks_has_its_default_or_is_missing():
    older = {key: value for key, value in CONTENT.items() if key not in {"words", "target", "hushall"}}
    paper = of_json(Paper, older)
    assert (paper.words, paper.target, paper.households) == (("inget",), None, None)


def test_what_must_be_there_is_asked_for():
    with pytest.raises(KeyError, match="gjord"):
        of_json(Paper, {key: value for key, value in CONTENT.items() if key != "gjord"})


def test_a_mapping_beside_has_every_key_that_no_field_has():
    figures = Figures(Period(2026, 9), {"hushall": Decimal(12), "barn": HIDDEN, "vuxna": None})
    content = {"period": "2026-09", "hushall": 12, "barn": "doldt", "vuxna": None}
    assert to_json(figures) == content
    assert of_json(Figures, content) == figures


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_comes_back_as_it_was(kr):
    assert of_json(Amounts, to_json(Amounts(kr, None))).budget == kr
