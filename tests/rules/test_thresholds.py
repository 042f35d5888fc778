from decimal import Decimal

import pytest

from tasks.rules.thresholds import UnusableThresholdError, check_between


@pytest.mark.parametrize(("value", "highest"), [("0", None), ("1e9", None), ("0", 100), ("100", 100)])
def test_a_threshold_within_its_bounds_is_taken(value, highest):
    check_between("golv", Decimal(value), 0, highest)


@pytest.mark.parametrize(
    ("value", "highest", "must"),
    [
        ("-0.01", None, "minst 0"),
        ("100.01", 100, "mellan 0 och 100"),
        ("NaN", None, "minst 0"),
        ("Infinity", None, "minst 0"),
    ],
)
def test_any_other_threshold_is_refused_with_what_to_do(value, highest, must):
    with pytest.raises(UnusableThresholdError) as refused:
        check_between("golv", Decimal(value), 0, highest)
    assert str(refused.value) == f"Gränsen golv är {value} men måste vara {must}: ändra den i manad.toml."


def test_the_refusal_carries_its_facts():
    error = UnusableThresholdError("golv", 7, "minst 8")
    assert (error.name, error.value, error.must, error.exit_code) == ("golv", 7, "minst 8", 2)
