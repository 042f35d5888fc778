from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tasks.rules import wording
from tasks.rules.swedish import MINUS, NBSP, round_half_up
from tasks.rules.wording import YearRow, year_row

AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=2)
UNITS_YEARS = st.decimals(min_value=-(10**8), max_value=10**8, places=2)
MEASURES = st.decimals(min_value=0, max_value=10**7, places=2)


def spaced(text: str) -> str:
    """Show no-break spaces as `_`, so that a table can be read."""
    return text.replace(NBSP, "_")


@pytest.mark.parametrize(
    ("kr", "words"),
    [
        ("400", "0_tkr"),
        ("99499", "99_tkr"),
        ("99500", "100_tkr"),  # rounded, but told by what it is
        ("99999", "100_tkr"),
        ("100000", "0,1_mnkr"),  # the smallest in mnkr
        ("820000", "0,8_mnkr"),
        ("12450000", "12,5_mnkr"),
        ("-85000", f"{MINUS}85_tkr"),
    ],
)
def test_an_amount_that_stands_alone_is_in_tkr_below_a_tenth_of_a_million(kr, words):
    assert spaced(wording.amount(Decimal(kr))) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        ("3100000", "7900000", "3,1 av 7,9_mnkr"),
        ("40000", "80000", "40 av 80_tkr"),
        ("99999", "100000", "100_tkr av 0,1_mnkr"),  # the two sides of the limit
        ("0", "200000", "0_tkr av 0,2_mnkr"),
    ],
)
def test_a_part_of_an_amount_has_the_unit_once_where_it_is_one(part, whole, words):
    assert spaced(wording.part_of_amount(Decimal(part), Decimal(whole))) == words


@pytest.mark.parametrize(
    ("kr", "words"),
    [
        ("12400000", "12,4_mnkr"),
        ("0", "0_tkr"),
        ("-12400000", "12,4_mnkr i nettointäkt"),
        ("-40000", "40_tkr i nettointäkt"),
    ],
)
def test_a_net_has_no_sign(kr, words):
    assert spaced(wording.net_amount(Decimal(kr))) == words


DEVIATIONS = [
    ("-800000", "underskott 0,8_mnkr", "underskott 0,8"),
    ("800000", "överskott 0,8_mnkr", "överskott 0,8"),
    ("11000000", "överskott 11,0_mnkr", "överskott 11,0"),
    ("-100000", "underskott 0,1_mnkr", "underskott 0,1"),  # the smallest in mnkr where it stands alone
    ("-99500", "underskott 100_tkr", "underskott 0,1"),
    ("-50000", "underskott 50_tkr", "underskott 0,1"),  # the smallest that shows in a table in mnkr
    ("-49999", "underskott 50_tkr", "underskott 50_tkr"),
    ("-20000", "underskott 20_tkr", "underskott 20_tkr"),
    ("-500", "underskott 1_tkr", "underskott 1_tkr"),
    ("-499.99", "i balans", "i balans"),  # rounds to nothing
    ("-400", "i balans", "i balans"),
    ("0", "i balans", "i balans"),
    ("499", "i balans", "i balans"),
    ("500", "överskott 1_tkr", "överskott 1_tkr"),
]


@pytest.mark.parametrize(("kr", "alone", "in_table"), DEVIATIONS)
def test_a_deviation_is_a_word_and_not_a_sign_and_never_nothing(kr, alone, in_table):
    assert spaced(wording.deviation_words(Decimal(kr))) == alone
    assert spaced(wording.board_deviation(Decimal(kr))) == in_table


@pytest.mark.parametrize(
    ("kr", "is_whole_year", "words"),
    [
        ("-800000", False, "befarat underskott 0,8_mnkr"),
        ("800000", False, "väntat överskott 0,8_mnkr"),
        ("-800000", True, "underskott 0,8_mnkr"),  # what has happened isn't feared
        ("400", False, "i balans"),
        (None, False, "uppgift saknas"),
    ],
)
def test_what_is_expected_of_the_year_is_said_to_be(kr, is_whole_year, words):
    deviation = None if kr is None else Decimal(kr)
    said = wording.deviation_words(deviation)
    assert spaced(wording.expected(deviation, said, is_whole_year=is_whole_year)) == words


@pytest.mark.parametrize(
    ("kr", "is_whole_year", "words"),
    [
        (-800_000, False, "ett befarat underskott på 0,8_mnkr"),
        (85_000, False, "ett väntat överskott på 85_tkr"),
        (-85_000, True, "ett underskott på 85_tkr"),
        (400, False, "i balans"),
    ],
)
def test_a_sentence_has_the_deviation_with_its_article(kr, is_whole_year, words):
    size = wording.amount(Decimal(abs(kr)))
    assert spaced(wording.a_deviation(Decimal(kr), size, is_whole_year=is_whole_year)) == words


@pytest.mark.parametrize(
    ("budget", "forecast", "is_whole_year", "words"),
    [
        (23_500_000, 24_300_000, False, "befarat underskott 0,8_mnkr"),
        (14_040_000, 14_480_000, False, "befarat underskott 0,44_mnkr"),  # as in its row
        (14_040_000, 14_480_000, True, "underskott 0,44_mnkr"),
        (14_000_000, 13_980_000, False, "väntat överskott 20_tkr"),
        (14_000_000, 14_000_400, False, "i balans"),
        (None, 14_000_000, False, "uppgift saknas"),
        (14_000_000, None, True, "uppgift saknas"),
    ],
)
def test_the_headline_of_a_year_has_the_words_of_its_row(budget, forecast, is_whole_year, words):
    kr = [None if each is None else Decimal(each) for each in (budget, forecast)]
    assert spaced(wording.year_headline(*kr, is_whole_year=is_whole_year)) == words


@pytest.mark.parametrize(
    ("row", "amount", "deviation"),
    [
        (YearRow("mnkr", 1), "0,8", "överskott 0,8"),
        (YearRow("tkr", 0), "800_tkr", "överskott 800_tkr"),
        (YearRow("kronor", 0), "800_000_kronor", "överskott 800_000_kronor"),
    ],
)
def test_a_table_in_mnkr_names_another_unit(row, amount, deviation):
    kr = Decimal(800_000)
    assert spaced(row.in_mnkr_table(kr)) == amount
    assert spaced(row.deviation_in_mnkr_table(kr)) == deviation


@pytest.mark.parametrize(
    ("kr", "written"), [(0, "0,0"), (400, "0,0"), (500, "1_tkr"), (49_999, "50_tkr"), (50_000, "0,1")]
)
def test_a_part_of_a_sum_that_would_show_as_nothing_is_in_tkr(kr, written):
    assert spaced(wording.board_size(Decimal(kr))) == written


@pytest.mark.parametrize(
    ("budget", "forecast", "written"),
    [
        ("23500000", "24300000", "23,5 24,3 underskott 0,8 mnkr"),
        ("14040000", "14480000", "14,04 14,48 underskott 0,44 mnkr"),  # 14,0 → 14,5 is no 0,4
        ("14000000", "14450000", "14,0 14,5 underskott 0,5 mnkr"),
        ("14044000", "14445000", "14,0 14,4 underskott 0,4 mnkr"),
        ("14045000", "14454400", "14_045 14_454 underskott 409 tkr"),  # two decimals don't add up
        ("14054304", "14528562", "14_054_304 14_528_562 underskott 474_258 kronor"),  # nor do three
        ("155368.16", "159812.64", "155_368,16 159_812,64 underskott 4_444,48 kronor"),  # nor do kronor
        ("14000000", "14020000", "14_000 14_020 underskott 20 tkr"),  # the deviation's own unit
        ("14000400", "14020300", "14_000 14_020 underskott 20 tkr"),
        ("14000400", "14020600", "14_000_400 14_020_600 underskott 20_200 kronor"),
        ("14000000", "14099500", "14_000 14_100 underskott 100 tkr"),
        ("14000000", "14100000", "14,0 14,1 underskott 0,1 mnkr"),
        ("14000000", "14000400", "14,0 14,0 i balans mnkr"),
        ("14049900", "14050300", "14,05 14,05 i balans mnkr"),  # never two amounts that differ, and i balans
        ("480000", "514000", "480 514 underskott 34 tkr"),
        ("480000", "630000", "0,48 0,63 underskott 0,15 mnkr"),  # one digit would say too little
        ("480000", "480000", "0,48 0,48 i balans mnkr"),
        ("40000", "40000", "40 40 i balans tkr"),
        ("480499", "480501", "0,48 0,48 i balans mnkr"),
        ("40499", "40501", "40_499 40_501 i balans kronor"),  # two kronor are no deviation
        ("40499.40", "40501.60", "40_499 40_502 i balans kronor"),
        ("-12400000", "-11900000", "−12,4 −11,9 underskott 0,5 mnkr"),  # net income that gets less
        ("-11900000", "-12400000", "−11,9 −12,4 överskott 0,5 mnkr"),
        ("0", "150000", "0,00 0,15 underskott 0,15 mnkr"),
        ("0", "0", "0 0 i balans tkr"),
        (None, "24300000", "uppgift saknas 24,3 uppgift saknas mnkr"),
        ("85000", None, "85 uppgift saknas uppgift saknas tkr"),
        (None, None, "uppgift saknas uppgift saknas uppgift saknas tkr"),
    ],
)
def test_a_units_row_has_one_unit_and_adds_up_on_the_eye(budget, forecast, written):
    kr = [None if each is None else Decimal(each) for each in (budget, forecast)]
    deviation = None if kr[0] is None or kr[1] is None else kr[0] - kr[1]
    row = year_row(*kr)
    shown = f"{row.figure(kr[0])} {row.figure(kr[1])} {row.deviation_figure(deviation)} {row.unit}"
    assert spaced(shown) == written


@pytest.mark.parametrize(
    ("budget", "forecast", "effect", "row"),
    [
        (23_500_000, 24_300_000, 0, YearRow("mnkr", 1)),
        (23_500_000, 24_330_000, 180_000, YearRow("mnkr", 2)),  # 24,3 − 0,2 is no 24,2
        (23_500_000, 24_300_000, 200_000, YearRow("mnkr", 1)),
        (23_500_000, 24_300_000, 20_000, YearRow("mnkr", 2)),  # an effect that there is isn't 0,0
        (23_500_000, 24_300_000, 780_000, YearRow("mnkr", 2)),  # nor is what it leaves
        (23_500_000, 24_300_000, 800_000, YearRow("mnkr", 1)),
        (23_500_000, 24_300_000, 400, YearRow("mnkr", 1)),  # nothing of a thousand kronor
        (23_500_000, 23_580_000, 30_000, YearRow("tkr", 0)),
    ],
)
def test_rows_with_measures_add_up_downwards_too(budget, forecast, effect, row):
    assert year_row(Decimal(budget), Decimal(forecast), Decimal(effect)) == row


@given(UNITS_YEARS, UNITS_YEARS, MEASURES)
@example(Decimal("14000000.49"), Decimal("14450000.51"), Decimal("0.01"))
def test_every_row_adds_up_as_it_is_shown(budget, forecast, effect):
    row, after = year_row(budget, forecast, effect), forecast - effect
    for whole, part in ((budget, forecast), (budget, after), (forecast, after)):
        difference = whole - part
        if wording.is_nothing(difference):
            assert row.unit == "kronor" or row.figure(whole) == row.figure(part)
        else:
            shown = read(row.figure(whole)) - read(row.figure(part))
            assert shown == read(row.figure(difference)) != 0


@given(UNITS_YEARS, UNITS_YEARS)
def test_a_row_tells_its_deviation_in_the_unit_that_it_has_alone(budget, forecast):
    assume(not wording.is_nothing(budget - forecast))
    row, alone = year_row(budget, forecast), wording.deviation_words(budget - forecast)
    finer = {"mnkr": ("mnkr", "tkr", "kronor"), "tkr": ("tkr", "kronor")}
    assert row.unit in finer[alone.split(NBSP)[-1]]
    assert row.unit != "mnkr" or row.decimals <= 2  # a third decimal of a million is harder to read than tkr
    assert row.deviation(budget - forecast).split()[0] == alone.split()[0]


@given(AMOUNTS)
def test_deficit_and_surplus_of_the_same_size_differ_by_the_word_alone(kr):
    for say in (wording.deviation_words, wording.board_deviation):
        assert say(-abs(kr)).replace("underskott", "överskott") == say(abs(kr))


@given(AMOUNTS)
def test_a_deviation_never_says_a_word_and_nothing(kr):
    for say in (wording.deviation_words, wording.board_deviation):
        assert any(sign in "123456789" for sign in say(kr)) != (say(kr) == "i balans")


@given(AMOUNTS, AMOUNTS)
@example(Decimal(99_999), Decimal(100_000))  # 100 tkr and 0,1 mnkr are the same
@example(Decimal(400), Decimal(-400))
def test_figures_that_read_the_same_are_told_alike_in_a_unit_of_money(one, other):
    for say, read in (
        (wording.amount, wording.read_amount),
        (wording.deviation_words, wording.read_deviation),
        (YearRow("mnkr", 2).amount, YearRow("mnkr", 2).read),
        (YearRow("tkr", 0).deviation, YearRow("tkr", 0).read_deviation),
    ):
        if say(one).rpartition(NBSP)[2] == say(other).rpartition(NBSP)[2]:
            assert (read(one) == read(other)) == (say(one) == say(other))


def test_a_missing_figure_reads_as_missing():
    row = YearRow("mnkr", 1)
    assert (wording.read_deviation(None), row.read(None), row.read_deviation(None)) == (None, None, None)


@given(st.lists(AMOUNTS, min_size=2, max_size=8))
def test_a_larger_deficit_never_sounds_smaller(amounts):
    deficits = sorted(abs(kr) for kr in amounts)
    for less, more in pairwise(deficits):
        assert in_kronor(wording.amount(less)) <= in_kronor(wording.amount(more)) + 50_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (YearRow("mnkr", 1).amount(Decimal(24_300_000)), "24,3_mnkr"),
        (YearRow("mnkr", 1).amount(None), "uppgift saknas"),
        (YearRow("tkr", 0).net_amount(Decimal(-12_400)), "12_tkr i nettointäkt"),
        (YearRow("tkr", 0).net_amount(Decimal(12_400)), "12_tkr"),
        (YearRow("kronor", 0).deviation(Decimal(-2199)), "underskott 2_199_kronor"),
        (YearRow("mnkr", 2).deviation(Decimal(840_000)), "överskott 0,84_mnkr"),
        (YearRow("mnkr", 1).deviation(Decimal(-400)), "i balans"),
        (YearRow("mnkr", 1).deviation(None), "uppgift saknas"),
    ],
)
def test_a_row_writes_its_amounts_with_and_without_the_unit(words, said):
    assert spaced(words) == said


@pytest.mark.parametrize("say", [wording.amount, wording.deviation_words, wording.board_deviation])
def test_a_missing_figure_is_said_and_not_shown_as_zero(say):
    assert say(None) == "uppgift saknas"


def read(figure: str) -> Decimal:
    return Decimal(figure.replace(NBSP, "").replace(",", ".").replace(MINUS, "-"))


def in_kronor(amount: str) -> Decimal:
    figure, unit = amount.rsplit(NBSP, 1)
    return round_half_up(read(figure) * {"mnkr": 1_000_000, "tkr": 1_000}[unit])
