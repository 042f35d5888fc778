"""The words for what carries a unit's difference so far."""

from collections.abc import Sequence
from decimal import Decimal

from tasks.rules.assessment.cause_months import is_even, main_months, month_since
from tasks.rules.assessment.causes import DeviationCauses, Part, main_groups
from tasks.rules.assessment.deviation_facts import LEAST_DIFFERENCE, DeviationFacts
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.swedish import joined
from tasks.rules.wording import amount

SEEN = Decimal("0.03")
"""Groups that carry so much more than the difference look like a wrong sum, unless it is said why."""
PATTERNS = {"pattern": "enhetens vanliga mönster", "type": "det vanliga mönstret för sådana enheter"}


def causes_sentence(facts: DeviationFacts, causes: DeviationCauses) -> str:
    """Say which account groups and months carry the difference so far, and that a straight twelfth misleads.

    Empty where nothing is clear, and about a difference that goes the other way than the year's deviation:
    it is no cause of that.
    """
    said = _difference(facts, causes) if _is_of_the_deviation(facts, causes) else ()
    return " ".join([*said, *_straight_twelfth(facts, causes)])


def _is_of_the_deviation(facts: DeviationFacts, causes: DeviationCauses) -> bool:
    is_seen = facts.above is not None and abs(facts.above) >= LEAST_DIFFERENCE
    return is_seen and facts.deviation is not None and facts.deviation * causes.difference < 0


def _difference(facts: DeviationFacts, causes: DeviationCauses) -> Sequence[str]:
    named, when = main_groups(causes), _when(causes.months)
    so_far = "" if facts.period.month == 12 else " hittills"
    difference = f"Skillnaden{so_far}, {amount(abs(causes.difference))},"
    if not named:
        return [f"{difference} {when}."] if when else []
    groups = joined([_group(part, is_first=part is named[0]) for part in named])
    more = sum((abs(part.difference) for part in named), Decimal(0)) - abs(causes.difference)
    against = "; övrigt drar åt andra hållet" if more > SEEN * abs(causes.difference) else ""
    return [f"{difference} beror mest på {groups}{against}.", *([f"Den {when}."] if when else [])]


def _group(part: Part, *, is_first: bool) -> str:
    """Say a group: `Personal (0,3 mnkr mer än väntat)`; less income costs more."""
    more = "mer" if (part.difference > 0) != part.is_income else "mindre"
    return f"{part.name} ({amount(abs(part.difference))} {more}{' än väntat' if is_first else ''})"


def _when(months: Sequence[Decimal]) -> str:
    named, since = main_months(months), month_since(months)
    if named:
        return f"kom främst i {joined([MONTH_NAMES[month - 1] for month in named])}"
    if since is not None:
        return f"började i {MONTH_NAMES[since - 1]}"
    return "har byggts upp jämnt över månaderna" if is_even(months) else ""


def _straight_twelfth(facts: DeviationFacts, causes: DeviationCauses) -> Sequence[str]:
    pattern = PATTERNS.get(facts.method)
    if pattern is None or not causes.is_straight_twelfth or facts.period.month == 12:
        return []
    return [
        f"Budgeten är lagd i raka tolftedelar; därför jämförs med {pattern} och inte med budgetens månader."
    ]
