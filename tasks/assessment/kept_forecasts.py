"""What an assessment kept of a unit's own forecasts and of earlier years, read for those who ask."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tasks.rules.assessment.forecast_accuracy import AccuracySettings, ClosedYear

ACCURACY = AccuracySettings()
OWN, CLOSED = "own_forecast", "closed_years"
"""Where an assessment's evidence has a unit's forecasts of this year, and all forecasts of earlier ones."""
CLOSED_FIGURES = ("outturn", "budget", "rule", "manager", "run_rate")


def own_forecast_keys(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Return an assessed unit's own forecast as it is shown in JSON: Decimal kronor, None for missing.

    An assessment that was made before these were kept has none.
    """
    own = evidence.get(OWN, {})
    return {
        "chefens_prognos": decimal_of(own.get("kr")),
        "chefens_prognos_forra": decimal_of(own.get("before")),
        "chefens_prognos_period": own.get("told_in"),
        "chefens_justerade_budget": decimal_of(own.get("adjusted_budget")),
        "chefens_prognoser": [
            {
                "period": each["period"],
                "prognos": decimal_of(each["kr"]),
                "andring": decimal_of(each["change"]),
                "mening": each["sentence"],
            }
            for each in own.get("versions", ())
        ],
        "chefens_mening": own.get("sentence"),
        "vagd_prognos": decimal_of(own.get("mixed")),
        "vagd_prognos_skal": own.get("mixed_reason"),
    }


def closed_years_of(evidence: Mapping[str, Any], unit: str, area: str) -> Iterator[tuple[int, ClosedYear]]:
    """Yield the earlier years that an assessment kept of a unit."""
    for each in evidence.get(CLOSED, ()):
        outturn, budget, rule, manager, run_rate = (decimal_of(each[name]) for name in CLOSED_FIGURES)
        yield each["year"], ClosedYear(unit, area, outturn, budget, rule, manager, run_rate)


def decimal_of(kept: str | None) -> Decimal | None:
    """Read an amount of an assessment's evidence."""
    return None if kept is None else Decimal(kept)
