"""How much is tried of what can't be tried whole: few in `make test`, all in `.ci/run` (`whole.py`)."""

from hypothesis import HealthCheck, settings

from tests.worlds.whole import WHOLE

SHARE, LEAST = 20, 10
"""The short form tries one example of so many, but at least so many."""
SAME_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
"""For a property whose examples may share a test's folder or world."""


def examples(number):
    """Return how many examples Hypothesis makes where the whole is so many."""
    return number if WHOLE else min(number, max(number // SHARE, LEAST))


def load_profile():
    """Let Hypothesis try few or many. Its own bounds of time are left out: a busy machine fails them."""
    settings.register_profile(
        "manad", max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("manad")


def chosen(moments):
    """Return the moments to be killed at: all of them, or the first and the last."""
    return [*moments] if WHOLE else [*dict.fromkeys([*moments[:1], *moments[-1:]])]


def chosen_last(moments):
    """Return the moments to be killed at: all of them, or the last, where other tests kill at the first."""
    return [*moments] if WHOLE else [*moments[-1:]]


def chosen_of_each_step(moments):
    """Return the moments of each step (`before commit 2 of receive_deliveries`) to be killed at."""
    steps = dict.fromkeys(moment.rpartition(" of ")[2] for moment in moments)
    return [
        each for step in steps for each in chosen([one for one in moments if one.endswith(f" of {step}")])
    ]
