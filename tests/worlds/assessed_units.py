"""Assessed and warned units as an assessment keeps them, for tests that read no database."""

from datetime import date
from decimal import Decimal

from tasks.assessment.warned_units import WarnedUnit
from tasks.plans.plan_rows import PlanNote
from tasks.rules.assessment.assessed_unit import AssessedUnit, Evidence
from tasks.rules.assessment.risk_order import RankedWarning, Subject


def assessed_unit(**changed):
    """A unit of 12 mnkr whose year is forecast 1,2 mnkr over."""
    figures = {
        "code": "101",
        "name": "Norr",
        "method": "pattern",
        "outcome": Decimal(9_900_000),
        "budget": Decimal(12_000_000),
        "forecast": Decimal(13_200_000),
        "lower": Decimal(13_000_000),
        "upper": Decimal(13_400_000),
        "deviation": Decimal(-1_200_000),
        "deviation_percent": Decimal(-10),
        "volume_effect": None,
        "price_effect": None,
        "signal": "larm",
        "rule": "regel",
        "sentence": "mening",
        "plan_required": True,
        "plan_due": date(2026, 10, 14),
        "plan_effect": Decimal(0),
        "plan_id": None,
        "evidence": Evidence(),
    }
    return AssessedUnit(**figures | changed)


def warned_unit(note="senast 14 oktober", **changed):
    """The same unit as a warning, with where its plan stands."""
    unit = assessed_unit(**changed)
    subject = Subject(unit.code, -unit.deviation)
    plan = PlanNote(state="required", late=None, note=note, due=unit.plan_due)
    return WarnedUnit(unit, plan, RankedWarning(subject, (), None, ""))
