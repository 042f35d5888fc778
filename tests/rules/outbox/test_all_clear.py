import pytest

from tasks.rules.outbox.all_clear import decide_all_clear
from tasks.rules.outbox.occasions import Decision, EarlierMail

NOTHING = Decision("nothing")


def mail(state):
    return EarlierMail(1, state, ())


CASES = {
    "all are in balance": (["unwarned", "unwarned"], [], [], Decision("queue", 1)),
    "no unit at all": ([], [], [], NOTHING),
    "one has a larm": (["unwarned", "larm"], [], [], NOTHING),
    "one is watched": (["unwarned", "bevaka"], [], [], NOTHING),
    "one couldn't be assessed": (["unwarned", "unknown"], [], [], NOTHING),
    "warned before": (["unwarned"], ["sent"], [], NOTHING),
    "perhaps warned before": (["unwarned"], ["uncertain"], [], NOTHING),
    "the warning was withdrawn": (["unwarned"], ["skipped"], [], Decision("queue", 1)),
    "told before": (["unwarned"], [], ["sent"], NOTHING),
    "perhaps told before": (["unwarned"], [], ["failed"], NOTHING),
    "waits to go out": (["unwarned"], [], ["queued"], Decision("replace", 1)),
    "withdrawn and true again": (["unwarned"], [], ["skipped"], Decision("replace", 1)),
    "waits, and one is warned of now": (["larm"], [], ["retrying"], Decision("withdraw", 1)),
    "withdrawn already": (["larm"], [], ["skipped"], NOTHING),
    "gone out, and one is warned of now": (["larm"], [], ["sent"], NOTHING),
}


@pytest.mark.parametrize(("units", "warnings", "earlier", "decision"), CASES.values(), ids=CASES)
def test_a_manager_is_told_once_that_nothing_is_wrong_and_never_after_a_warning(
    units, warnings, earlier, decision
):
    assert (
        decide_all_clear(units, [mail(each) for each in warnings], [mail(each) for each in earlier])
        == decision
    )
