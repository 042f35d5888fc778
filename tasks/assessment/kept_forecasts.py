"""Where an assessment keeps a unit's forecasts and earlier years, and by what they are judged."""

from tasks.rules.assessment.forecast_accuracy import AccuracySettings

ACCURACY = AccuracySettings()
OWN, CLOSED = "own_forecast", "closed_years"
"""Where an assessment's evidence has a unit's forecasts of this year, and all forecasts of earlier ones."""
CLOSED_FIGURES = ("outturn", "budget", "rule", "manager", "run_rate")
