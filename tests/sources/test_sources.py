import ast
from pathlib import Path

import pytest

from tasks import sources
from tasks.rules.declaration import Kind, Shape
from tasks.rules.deliveries.completeness import CompletenessSettings
from tasks.sources import all_sources

EVERY = all_sources().values()
BOLD = {
    "organisation": "kod namn niva overordnad",
    "ekonomi": "period enhet kontogrupp budget utfall",
    "prognos": "period budget",
    "resultatenheter": "ar enhet bruttobudget overforing_fran_foregaende_ar resultat",
    "prestationer": "period matt utfall",
    "bistand": "period hushall",
    "sjukfranvaro": "period enhet kon anstallda ordinarie_timmar franvarotimmar_1_14 franvarotimmar_15_90 "
    "franvarotimmar_91",
    "indikatorer": "period indikator",
    "risker": "indikator risk sannolikhet konsekvens",
    "aktiviteter": "aktivitet startdatum slutdatum",
    "mal": "kod namn niva",
    "investeringar": "investering budget",
    "omslutning": "verksamhetsomrade kostnader intakter",
    "budgetjusteringar": "namn belopp slag",
    "driftbudget": "slag budget prognos",
}


def test_every_module_of_the_folder_is_a_source_under_its_own_name():
    files = {path.stem for path in Path(sources.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(all_sources()) == files >= set(BOLD)


@pytest.mark.parametrize("name", BOLD)
def test_the_columns_that_must_exist_are_those_of_the_contract(name):
    assert [column.name for column in all_sources()[name].columns if column.must_exist] == BOLD[name].split()


def test_the_sources_of_a_complete_month_are_those_of_the_contract():
    required = CompletenessSettings().required_sources
    assert set(required) == {"ekonomi", "prestationer", "bistand", "sjukfranvaro"} <= all_sources().keys()


@pytest.mark.parametrize("source", EVERY, ids=lambda source: source.name)
def test_no_header_means_two_columns(source):
    names = [name for column in source.columns for name in column.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("source", EVERY, ids=lambda source: source.name)
def test_a_declaration_only_names_columns_that_it_has(source):
    named = [*source.unit_columns, *source.area_columns, *source.not_after_period]
    named += [name for group in source.one_of for name in group.columns]
    named += [name for limit in source.at_most for name in (*limit.parts, limit.whole)]
    named += [name for pair in source.in_order for name in pair]
    named += [source.part_of] if source.part_of else []
    named += [source.signs.column, *source.signs.amounts] if source.signs else []
    assert all(source.column(name) for name in named)


def test_there_are_thirty_six_columns_of_social_assistance():
    names = {column.name for column in all_sources()["bistand"].columns}
    assert {"hushall", "medelbidrag_staden_snitt_hittills", "unga_18_24_snitt_foregaende_ar"} < names
    assert len(names) == 1 + 6 * 2 * 3


def test_only_the_ledger_with_its_halves_and_the_register_have_a_shape_of_their_own():
    shapes = {source.name: source.shape for source in EVERY if source.shape is not Shape.FIGURES}
    ledgers = dict.fromkeys(("ekonomi", "budget", "utfall"), Shape.LEDGER)
    assert shapes == {**ledgers, "organisation": Shape.REGISTER}


def test_every_choice_is_written_in_lower_case_as_it_is_compared():
    columns = [column for source in EVERY for column in source.of_kind(Kind.CHOICE)]
    assert columns
    assert all(written == written.casefold() for column in columns for written, _ in column.choices)


def test_no_check_of_a_delivery_knows_a_source_by_name():
    rules = Path(sources.__file__).parent.parent / "rules" / "deliveries"
    checks = [path for path in rules.rglob("*.py") if path.stem != "completeness"]  # says what a month needs
    texts = [
        node.value
        for path in checks
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    ]
    assert len(checks) > 5
    assert set(texts) & set(BOLD) == set()
