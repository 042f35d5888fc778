from decimal import Decimal

import pytest

from tasks.rules.json_keys import HIDDEN
from tasks.rules.periods import Period
from tasks.rules.report.driftbudget import Compliance
from tasks.rules.report.goals.own_figures import OWN_FIGURES, own_figures, signed_error
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.signals import signal_row
from tasks.rules.signals.watched import EVERYBODY, UNIT, Watched

COMPLIANCE = Compliance(Decimal("99.54"), None)


def sick(scope=EVERYBODY, **others):
    figures = {"dag_1_14": Decimal(3), "kvinnor": Decimal(9), "man": Decimal(7)}
    series = Watched(
        "sjukfranvaro",
        "Sjukfrånvaro",
        scope,
        "",
        "",
        "%",
        Decimal(8),
        None,
        None,
        "",
        "",
        None,
        figures=figures,
        **others,
    )
    return signal_row(series)


def test_every_own_figure_has_the_name_that_the_settings_call_it_by():
    month = AssistanceRow(Period(2026, 9), {"hushall": Decimal(900), "barn": HIDDEN})
    own = own_figures(COMPLIANCE, Decimal(-1), [sick(UNIT), sick()], month)
    assert {name: figure.value for name, figure in own.items()} == {
        "budgetfoljsamhet_fore": Decimal("99.54"),
        "budgetfoljsamhet_efter": None,
        "prognossakerhet_t2": -1,
        "sjukfranvaro": 8,
        "sjukfranvaro_1_14": 3,
        "bistand_hushall": 900,
        "bistand_barn": None,
    }
    assert (own["sjukfranvaro"].men, own["sjukfranvaro"].women) == (7, 9)
    assert {settings.egen_uppgift for settings in OWN_FIGURES.values()} <= own.keys()


@pytest.mark.parametrize(
    ("forecast", "outturn", "error"),
    [(99, 100, -1), (102, 100, 2), (-99, -100, 1), (None, 100, None), (1, 0, None)],
)
def test_an_error_has_the_sign_of_a_forecast_that_was_too_high(forecast, outturn, error):
    assert signed_error(None if forecast is None else Decimal(forecast), Decimal(outturn)) == error


def test_a_hidden_series_is_no_own_figure():
    own = own_figures(COMPLIANCE, Decimal(-1), [sick(is_hidden=True)], None)
    assert own["sjukfranvaro"].value is None
    assert "bistand_hushall" not in own
