from decimal import Decimal

import pytest

from tasks.rules.signals.watched import UNIT, Watched, count_watched, history_sentence, watched_sentence
from tasks.rules.swedish import NBSP


def series(months_lacking=0, *, signal=None, source="sjukfranvaro", is_hidden=False):
    return Watched(
        source=source,
        indicator="Sjukfrånvaro",
        scope=UNIT,
        code="101",
        name="Norr",
        measured_in="%",
        value=Decimal(7),
        compared=None,
        signal=signal,
        regel="",
        mening="",
        months_lacking=months_lacking,
        is_hidden=is_hidden,
    )


# series; signals, judged, months lacking
COUNTS = {
    "nothing": ([], 0, 0, {}),
    "one to watch of two": ([series(signal="bevaka"), series()], 1, 2, {}),
    "no rule looks for change": ([series(None)], 0, 0, {}),
    "too few months": ([series(4), series(11), series(1)], 0, 0, {"sjukfranvaro": 11}),
    "of two sources": ([series(2), series(3, source="bistand")], 0, 0, {"sjukfranvaro": 2, "bistand": 3}),
    "a hidden signal isn't counted": ([series(signal="bevaka", is_hidden=True), series()], 0, 1, {}),
    "a hidden short one neither": ([series(5, is_hidden=True)], 0, 0, {}),
}


@pytest.mark.parametrize(("found", "signals", "judged", "lacking"), COUNTS.values(), ids=COUNTS)
def test_what_is_shown_is_counted(found, signals, judged, lacking):
    count = count_watched(found)
    assert (count.signals, count.judged, dict(count.months_lacking)) == (signals, judged, lacking)


@pytest.mark.parametrize(
    ("signals", "judged", "said"),
    [
        (3, 41, "3 att bevaka av 41 serier"),
        (0, 41, "inget att bevaka av 41 serier"),
        (1, 1, "1 att bevaka av 1 serie"),
        (0, 0, "inga serier kan bedömas än"),
    ],
)
def test_how_many_are_to_be_watched_is_said_in_a_line(signals, judged, said):
    assert watched_sentence(signals, judged).replace(NBSP, " ") == said


@pytest.mark.parametrize(("months", "said"), [(1, "1 månad till behövs"), (11, "11 månader till behövs")])
def test_how_much_history_is_missing_is_said_in_a_line(months, said):
    line = history_sentence("sjukfrånvaro", months).replace(NBSP, " ")
    assert line == f"sjukfrånvaro: {said} för att se förändring"
