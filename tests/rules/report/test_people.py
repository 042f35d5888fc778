"""What the report tells of sick leave that an earlier version of it told otherwise."""

from dataclasses import replace

from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.report.people import ToldSickLeave
from tasks.rules.signals.sick_leave_telling import Telling, month_to_tell
from tests.rules.delivered_rows import LAST, delivered

AREAS = [UnitVersion(code, code, "verksamhetsomrade") for code in ("V1", "V2")]
UNITS = [UnitVersion(f"u{number}", "Enhet", "enhet", f"V{1 + number % 2}") for number in range(6)]
REGISTER = Register([(LAST, [*AREAS, *UNITS])])
TELLING = Telling(REGISTER, LAST, 11)


def rows(*employees):
    """Return units' women and men."""
    return [
        delivered(LAST, f"u{number}", sex, anstallda=count, ordinarie_timmar=count * 100,
                  franvarotimmar_1_14=count, franvarotimmar_15_90=0, franvarotimmar_91=0)
        for number, counts in enumerate(employees)
        for sex, count in zip("KM", counts, strict=True)
    ]  # fmt: skip


def told(delivered_rows, *before):
    return month_to_tell(delivered_rows, TELLING, before)


FIRST = told(rows((30, 20), (30, 20), (30, 20), (30, 20)))
LATER = told(rows((30, 20), (30, 20), (30, 20), (30, 20), (30, 4)), FIRST)
"""A unit of four men comes late."""


def shown(month, **before):
    return {(row.code, row.sex): row for row in ToldSickLeave(month, **before).rows(REGISTER, LAST)}


def test_the_sexes_stay_as_they_were_where_their_change_would_tell_of_few_men():
    first = shown(FIRST)
    later = shown(LATER, before=tuple(first.values()), version=3)
    assert (first[None, None].employees, later[None, None].employees) == (200, 234)
    assert later["V1", "M"] == replace(first["V1", "M"], from_version=3)
    assert later["V2", "M"] == first["V2", "M"]


def test_what_stays_says_which_version_told_it_first():
    kept = tuple(replace(row, from_version=2) for row in shown(FIRST).values())
    assert shown(LATER, before=kept, version=3)["V1", "M"].from_version == 2


def test_what_was_told_of_another_month_stands_for_nothing():
    another = tuple(replace(row, period=LAST.plus(-1)) for row in shown(FIRST).values())
    assert shown(LATER, before=another, version=3) == shown(LATER)


def test_without_an_earlier_report_it_is_hidden():
    assert shown(LATER)["V1", "M"].is_hidden


def test_no_rows_are_no_sick_leave():
    assert ToldSickLeave(told([])).rows(REGISTER, LAST) == ()
