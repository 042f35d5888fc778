import pytest

from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tests.rules.delivered_files import EKONOMI, TREE, check


def test_units_that_a_newer_register_leaves_out_end_the_day_before():
    before = Register([(Period(2026, 1), [UnitVersion(code, code, "enhet") for code in "ABC"])])
    checked = check("organisation", TREE + "B;Två;enhet;;;A;;\n", before)
    [warning] = checked.warnings
    assert warning.value == "A, C"
    assert warning.rule == "2\u00a0koder saknas i det här registret och upphör 31 augusti 2026"
    assert (
        check("organisation", TREE + "A;A;enhet;;;;;\nB;B;enhet;;;;;\nC;C;enhet;;;;;\n", before).warnings
        == ()
    )


@pytest.mark.parametrize("register", [None, Register([])])
def test_without_any_register_units_are_kept_with_one_warning(register):
    text = EKONOMI + "".join(f"2026-09;U{n:02d};Personal;1;1\n" for n in range(12))
    checked = check("ekonomi", text, register)
    [warning] = checked.warnings
    assert warning.rule == "Det finns inget organisationsregister: 12\u00a0enheter behålls som de står"
    assert warning.value.endswith("U09 …")
    assert checked.ledger["unit"].to_list()[0] == "U00"
    assert (checked.absent_units, checked.valid_units) == ((), 0)


def test_the_valid_units_of_the_month_that_are_absent_are_named():
    checked = check("ekonomi", EKONOMI + "2026-09;E1;Personal;1;1\n2026-08;E2;Personal;1;1\n")
    assert checked.absent_units == ("E2", "E3", "E4", "NEW")
    assert (checked.units, checked.valid_units) == (2, 5)
