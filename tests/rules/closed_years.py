"""Made-up closed years of units, with the forecasts of them."""

from decimal import Decimal

from tasks.rules.assessment.forecast_accuracy import ClosedYear


def unit(code="101", area="Norr", **changed):
    """Give a unit that ended at 100 of a budget of 98; rule 101, manager 98, run-rate 104."""
    known = {"outturn": 100, "budget": 98, "rule": 101, "manager": 98, "run_rate": 104} | changed
    figures = {
        name: None if value is None else Decimal(value)
        for name, value in known.items()
        if name != "plan_approved"
    }
    return ClosedYear(code, area, **figures, plan_approved=bool(changed.get("plan_approved")))
