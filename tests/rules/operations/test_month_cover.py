from datetime import date
from decimal import Decimal

import pytest

from tasks.rules.operations.month_cover import CountedMail, CountedUnit, DemandedPlan, month_cover

TODAY = date(2026, 10, 15)
YESTERDAY, LATER = date(2026, 10, 14), date(2026, 10, 20)


# units, assessed, larm, bevaka
UNITS = {
    "none": ([], (0, 0, 0, 0)),
    "one of each": (
        [
            CountedUnit(Decimal(-1), "larm"),
            CountedUnit(Decimal(1), "bevaka"),
            CountedUnit(Decimal(0), None),
            CountedUnit(None, None),
        ],
        (4, 3, 1, 1),
    ),
}


@pytest.mark.parametrize(("units", "expected"), UNITS.values(), ids=UNITS)
def test_missing_is_not_assessed_and_zero_is(units, expected):
    found = month_cover(units, [], [], TODAY)
    assert (found.units, found.assessed, found.alarms, found.watched) == expected


# required, in, late, approved
PLANS = {
    "awaited": (DemandedPlan("required", LATER), (1, 0, 0, 0)),
    "awaited on its last day": (DemandedPlan("required", TODAY), (1, 0, 0, 0)),
    "awaited the day after": (DemandedPlan("required", YESTERDAY), (1, 0, 1, 0)),
    "sent back": (DemandedPlan("returned", YESTERDAY), (1, 0, 1, 0)),
    "withdrawn": (DemandedPlan("withdrawn", LATER), (1, 0, 0, 0)),
    "handed in": (DemandedPlan("submitted", YESTERDAY), (1, 1, 0, 0)),
    "approved": (DemandedPlan("approved", YESTERDAY), (1, 1, 0, 1)),
    "followed": (DemandedPlan("following", YESTERDAY), (1, 1, 0, 1)),
    "achieved": (DemandedPlan("achieved", YESTERDAY), (1, 1, 0, 1)),
    "ended": (DemandedPlan("ended", YESTERDAY), (1, 1, 0, 1)),
    "no longer demanded": (DemandedPlan("lapsed", YESTERDAY), (0, 0, 0, 0)),
    "replaced": (DemandedPlan("replaced", YESTERDAY), (0, 0, 0, 0)),
}


@pytest.mark.parametrize(("plan", "expected"), PLANS.values(), ids=PLANS)
def test_a_plan_is_counted_by_where_it_stands(plan, expected):
    found = month_cover([], [plan], [], TODAY)
    assert (found.plans_required, found.plans_in, found.plans_late, found.plans_approved) == expected


# sent, failed, dropped, uncertain
MAILS = {
    "sent": (CountedMail("sent"), (1, 0, 0, 0)),
    "settled as sent": (CountedMail("settled"), (1, 0, 0, 0)),
    "settled as dropped": (CountedMail("settled", dropped=True), (0, 0, 1, 0)),
    "failed": (CountedMail("failed"), (0, 1, 0, 0)),
    "uncertain": (CountedMail("uncertain"), (0, 0, 0, 1)),
    "queued": (CountedMail("queued"), (0, 0, 0, 0)),
}


@pytest.mark.parametrize(("mail", "expected"), MAILS.values(), ids=MAILS)
def test_a_mail_is_counted_by_what_became_of_it(mail, expected):
    found = month_cover([], [], [mail], TODAY)
    assert (found.mails_sent, found.mails_failed, found.mails_dropped, found.mails_uncertain) == expected
