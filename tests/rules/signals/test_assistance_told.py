"""What of social assistance may be told beside what was told: versions of a month, and means of several."""

from decimal import Decimal

import pytest

from tasks.rules.periods import Period
from tasks.rules.signals.assistance_month import CITY, MEASURES, OWN, SO_FAR, YEAR_MEAN
from tasks.rules.signals.assistance_told import AssistanceToTell, ToldAssistance
from tests.rules.delivered_rows import LAST, delivered


def row(text, period=LAST):
    """Make a month of `hushall 40, utbetalt 400000`; `-` is a missing figure."""
    pairs = [each.split() for each in text.split(", ")]
    return delivered(period, **{name: None if figure == "-" else Decimal(figure) for name, figure in pairs})


def versions(*texts, fewest=5):
    """Tell of the versions of a month one after the other; return what was decided last."""
    kept = {}
    for text in texts:
        telling = AssistanceToTell([row(text)], kept, fewest)
        for each in telling.new:
            kept = kept | {LAST: [*kept.get(LAST, ()), each]}
    return telling


def shown(telling, period=LAST):
    """Return what is told of a month, in words: `hushall 40, barn doldt`."""
    hidden = telling.hidden_columns(period)
    figures = telling.months[period].row.figures
    return ", ".join(f"{name} {'doldt' if name in hidden else figure}" for name, figure in figures.items())


# versions of a month; what is told of the last one; whether it leaves a change out
TABLE = {
    "the first": (["hushall 40, utbetalt 400000"], "hushall 40, utbetalt 400000", False),
    "the same again": (["hushall 40", "hushall 40"], "hushall 40", False),
    "three households come late, and their kronor": (
        ["hushall 37, utbetalt 370000", "hushall 40, utbetalt 403000"],
        "hushall 37, utbetalt 370000",
        True,
    ),
    "three fewer": (["hushall 40", "hushall 37"], "hushall 40", True),
    "five come late": (["hushall 35", "hushall 40"], "hushall 40", False),
    "only kronor are mended": (
        ["hushall 40, utbetalt 1", "hushall 40, utbetalt 2"], "hushall 40, utbetalt 2", False,
   ),
    "three, and then three more": (["hushall 37", "hushall 40", "hushall 43"], "hushall 43", False),
    "back to within three of the first": (["hushall 40", "hushall 90", "hushall 42"], "hushall 40", True),
    "the young were lacking among the adults": (
        ["hushall 90, vuxna 37", "hushall 90, vuxna 40, unga_18_24 3"],
        "hushall 90, vuxna 37, unga_18_24 None",
        True,
    ),
    "a city of three more doesn't hold the own ones back": (
        ["hushall 40, hushall_staden 900", "hushall 60, hushall_staden 903"],
        "hushall 60, hushall_staden 900",
        True,
    ),
    "few became many": (["hushall 3", "hushall 6"], "hushall 6", False),
    "many became few": (["hushall 40", "hushall 3, utbetalt 9"], "hushall doldt, utbetalt doldt", False),
    "three children became eight with as many adults": (
        ["hushall 90, barn 3", "hushall 90, barn 8"], "hushall 90, barn 8", False
    ),
    "the hidden young would follow from the adults": (
        ["hushall 90, vuxna 40, unga_18_24 3", "hushall 90, vuxna 45, unga_18_24 8"],
        "hushall 90, vuxna 45, unga_18_24 doldt",
        True,
    ),
    "young that became missing": (
        ["hushall 90, vuxna 40, unga_18_24 8", "hushall 90, vuxna 40, unga_18_24 -"],
        "hushall 90, vuxna 40, unga_18_24 None",
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "told", "leaves_out"), TABLE.values(), ids=TABLE)
def test_what_is_told_of_the_last_version(texts, told, leaves_out):
    telling = versions(*texts)
    assert (shown(telling), telling.leaves_out(LAST)) == (told, leaves_out)


def test_how_few_is_a_setting_and_what_was_hidden_stays_so():
    assert shown(versions("hushall 9, utbetalt 9", fewest=10)) == "hushall doldt, utbetalt doldt"
    assert shown(versions("hushall 31", "hushall 40", fewest=10)) == "hushall 31"
    hidden = AssistanceToTell([row("hushall 9, utbetalt 9")], fewest=10).new
    assert (
        shown(AssistanceToTell([row("hushall 9, utbetalt 9")], {LAST: hidden}))
        == "hushall doldt, utbetalt doldt"
    )


def test_of_a_month_that_nobody_delivered_nothing_is_told():
    telling = AssistanceToTell([])
    assert telling.rows_of(LAST) == []
    assert not telling.leaves_out(LAST)
    assert not telling.hides_households([LAST])
    assert telling.hidden_columns(LAST) == frozenset()


def test_what_was_told_is_kept_as_it_was():
    (kept,) = AssistanceToTell([row("hushall 90, vuxna 40, unga_18_24 3, utbetalt -")]).new
    assert ToldAssistance.of_data(LAST, kept.mark, kept.as_data()) == kept
    assert versions("hushall 37", "hushall 40", "hushall 40").new == []


def columns(span, place=OWN):
    return {f"{name}{place}{span}" for name in MEASURES}


JANUARY = LAST.plus(-8)


def year(*revised, before=JANUARY):
    """Tell of a month in versions, and then of September."""
    kept = {}
    for text in revised:
        new = AssistanceToTell([row(text, before)], kept).new
        kept = {before: [*kept.get(before, ()), *new]}
    return AssistanceToTell([row(revised[-1], before), row("hushall 900")], kept).hidden_columns(LAST)


def test_means_are_hidden_with_a_month_that_any_version_hid_or_that_counts_as_it_did_before():
    assert year("hushall 900") == set()
    assert year("hushall 900", "hushall 950") == set()
    assert year("hushall 3", "hushall 900") == columns(SO_FAR)
    assert year("hushall 900", "hushall 903") == columns(SO_FAR)
    assert year("hushall 900", "hushall 903", before=Period(2025, 12)) == columns(YEAR_MEAN)
    assert year("hushall_staden 900", "hushall_staden 903") == columns(SO_FAR, CITY)


@pytest.mark.parametrize(
    ("first", "then", "hidden"),
    [
        ("hushall_snitt_hittills 900", "hushall_snitt_hittills 900.3", columns(SO_FAR)),  # 2.7 in nine months
        ("hushall_snitt_hittills 900", "hushall_snitt_hittills 901", set()),  # nine
        ("hushall_snitt_hittills 900", "hushall_snitt_hittills 900", set()),
        ("barn_snitt_foregaende_ar 90", "barn_snitt_foregaende_ar 90.2", {"barn_snitt_foregaende_ar"}),
    ],
)
def test_a_mean_that_moved_by_few_in_all_is_hidden_and_the_month_is_not(first, then, hidden):
    telling = versions(f"hushall 900, {first}", f"hushall 950, {then}")
    assert telling.hidden_columns(LAST) == hidden
    assert telling.rows_of(LAST)[0].figure("hushall") == 950
