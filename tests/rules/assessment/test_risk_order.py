from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.assessment.risk_order import Risk, RiskSettings, Subject, concerning, risk_order
from tasks.rules.swedish import NBSP


def risk(indicator, likelihood=3, consequence=4, measure="Handledning", text="Det går fel"):
    sizes = [None if size is None else Decimal(size) for size in (likelihood, consequence)]
    return Risk(indicator, text, *sizes, measure)


def subject(unit, deficit=None, indicators=(), belongs_to=()):
    return Subject(unit, None if deficit is None else Decimal(deficit), indicators, belongs_to)


SICK, TEACHERS, HOMES = risk("Sjukfrånvaro", 4, 3), risk("Andel lärare", 5, 5), risk("Nöjdhet", None, 4)
RISKS = [SICK, TEACHERS, HOMES]
SETTINGS = RiskSettings({"andel lärare ": ("Förskola",), "Nöjdhet": ("hemtjänst", "Äldreomsorg")})


@pytest.mark.parametrize(
    ("likelihood", "consequence", "value"),
    [(1, 1, 1), (4, 3, 12), (5, 5, 25), (None, 5, None), (5, None, None), (None, None, None)],
)
def test_a_risk_is_worth_likelihood_times_consequence(likelihood, consequence, value):
    assert risk("Sjukfrånvaro", likelihood, consequence).value == value


CONCERNS = {
    "a signal of the indicator's name": (subject("1", indicators=("Sjukfrånvaro",)), [SICK]),
    "whatever its case and spaces": (subject("1", indicators=(" sjukfrånvaro",)), [SICK]),
    "a unit type of the settings": (subject("1", belongs_to=("förskola",)), [TEACHERS]),
    "an area of the settings": (subject("1", belongs_to=("hem", "Äldreomsorg")), [HOMES]),
    "both, worst first": (
        subject("1", indicators=("Sjukfrånvaro",), belongs_to=("förskola",)), [TEACHERS, SICK],
    ),
    "a risk without a value is last": (
        subject("1", indicators=("Nöjdhet", "Sjukfrånvaro")), [SICK, HOMES],
    ),
    "part of a name is another name": (subject("1", indicators=("Sjukfrånvaro dag 1–14",)), []),
    "a type is no indicator": (subject("1", indicators=("förskola",), belongs_to=("Sjukfrånvaro",)), []),
    "nothing known": (subject("1"), []),
}  # fmt: skip


@pytest.mark.parametrize(("about", "risks"), CONCERNS.values(), ids=CONCERNS)
def test_a_risk_concerns_the_signals_types_and_areas_that_name_it(about, risks):
    assert concerning(about, RISKS, SETTINGS) == tuple(risks)


def test_without_settings_only_the_indicators_name_matches():
    assert concerning(subject("1", belongs_to=("förskola",)), RISKS, RiskSettings({})) == ()


def test_the_defaults_know_whom_some_indicators_are_about():
    teachers = risk("Andel legitimerade förskollärare")
    assert concerning(subject("1", belongs_to=("förskola",)), [teachers], RiskSettings()) == (teachers,)


SICK_SIGNAL, TEACHER_SIGNAL = ("Sjukfrånvaro",), ("Andel lärare",)
# subjects, order: units
ORDERS = {
    "by risk, whatever the kronor": (
        [subject("a", 900, SICK_SIGNAL), subject("b", 100, TEACHER_SIGNAL)], "risk", "ba",
    ),
    "by kronor, whatever the risk": (
        [subject("a", 900, SICK_SIGNAL), subject("b", 100, TEACHER_SIGNAL)], "kronor", "ab",
    ),
    "largest deficit first within a value": (
        [subject("a", 100, SICK_SIGNAL), subject("b", 900, SICK_SIGNAL)], "risk", "ba",
    ),
    "highest value first within an amount": (
        [subject("a", 100, SICK_SIGNAL), subject("b", 100, TEACHER_SIGNAL)], "kronor", "ba",
    ),
    "no risk comes last by risk": ([subject("a", 900), subject("b", 100, SICK_SIGNAL)], "risk", "ba"),
    "neither is a risk without a value before": (
        [subject("a", 900, ("Nöjdhet",)), subject("b", 100, SICK_SIGNAL)], "risk", "ba",
    ),
    "no amount comes last by kronor, after a surplus": (
        [subject("a", None, TEACHER_SIGNAL), subject("b", -5, SICK_SIGNAL)], "kronor", "ba",
    ),
    "no amount comes last within a value": (
        [subject("a", None, SICK_SIGNAL), subject("b", -5, SICK_SIGNAL)], "risk", "ba",
    ),
    "the unit decides between equals, å after a": (
        [subject("å", 1), subject("z", 1), subject("a", 1)], "kronor", "azå",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("subjects", "by", "units"), ORDERS.values(), ids=ORDERS)
def test_warnings_are_ordered_by_risk_and_kronor(subjects, by, units):
    ranked = risk_order(subjects, RISKS, SETTINGS, by)
    assert "".join(warning.subject.unit for warning in ranked) == units


SENTENCES = {
    "with a measure": (
        risk("Sjukfrånvaro", 4, 3, "Rehabträffar varje månad.", "Hög sjukfrånvaro ger dyra vikarier."),
        (
            "Risk: Hög sjukfrånvaro ger dyra vikarier (riskvärde 12). "
            "Åtgärd enligt riskanalysen: Rehabträffar varje månad."
        ),
    ),
    "without one": (
        risk("Sjukfrånvaro", 1, 1, None),
        "Risk: Det går fel (riskvärde 1). Riskanalysen namnger ingen åtgärd.",
    ),
    "an empty one is none": (
        risk("Sjukfrånvaro", 5, 5, " "),
        "Risk: Det går fel (riskvärde 25). Riskanalysen namnger ingen åtgärd.",
    ),
    "without a value": (
        risk("Sjukfrånvaro", None, 5),
        "Risk: Det går fel (uppgift saknas om riskvärdet). Åtgärd enligt riskanalysen: Handledning.",
    ),
}


@pytest.mark.parametrize(("named", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_measure_that_the_analysis_names_is_said(named, sentence):
    (ranked,) = risk_order([subject("1", 5, SICK_SIGNAL)], [named], RiskSettings({}), "risk")
    assert (ranked.sentence, ranked.value) == (sentence, named.value)
    assert NBSP not in ranked.sentence


def test_several_risks_are_said_one_after_the_other_and_none_is_silent():
    about = subject("1", 5, ("Sjukfrånvaro",), ("förskola",))
    (ranked,) = risk_order([about], RISKS, SETTINGS, "risk")
    assert ranked.value == 25
    assert ranked.sentence.count("Åtgärd enligt riskanalysen") == 2
    (silent,) = risk_order([subject("2", 5)], RISKS, SETTINGS, "risk")
    assert (silent.risks, silent.value, silent.sentence) == ((), None, "")


SUBJECTS = st.lists(
    st.builds(
        Subject,
        unit=st.text("abc", min_size=1, max_size=3),
        deficit=st.none() | st.decimals(-1000, 1000, places=2),
        indicators=st.lists(st.sampled_from(["Sjukfrånvaro", "Andel lärare", "X"]), max_size=2).map(tuple),
    ),
    max_size=6,
    unique_by=lambda each: each.unit,
)


@given(SUBJECTS, st.randoms(use_true_random=False), st.sampled_from(["risk", "kronor"]))
def test_the_order_is_the_same_however_the_warnings_come(subjects, random, by):
    shuffled = list(subjects)
    random.shuffle(shuffled)
    assert risk_order(subjects, RISKS, SETTINGS, by) == risk_order(shuffled, RISKS[::-1], SETTINGS, by)
