"""Every way out of the system, and the room that it takes figures of people from: a new one is added here.

The rooms:
TOLD    `tasks/figures/tell_people.py` decides what may be told, beside all that was, and keeps it.
SIGNALS the table leading_signal: a signal made of what was told, marked where it is hidden.
WARNED  the table unit_assessment: what volumes explain, marked where they are of few.
REPORT  the table month_report: what was told, already hidden.
OWN     a supplier's own file: a receipt tells of it to whoever handed it in, and of sums to who releases it.
NOBODY  figures of money, plans and work, of no people.
"""

TOLD, SIGNALS, WARNED, REPORT, OWN, NOBODY = "told", "signals", "warned", "report", "own", "nobody"

COMMANDS = {
    "run": NOBODY, "preview": REPORT, "chase": NOBODY, "deliver": OWN, "release": OWN, "fetch": NOBODY,
    "status": NOBODY, "deviations": WARNED, "report": REPORT, "mail list": NOBODY, "mail show": WARNED,
    "mail resend": NOBODY, "mail settle": NOBODY, "plan list": NOBODY, "plan show": WARNED,
    "plan submit": NOBODY, "plan withdraw": NOBODY, "plan approve": NOBODY, "plan return": NOBODY,
    "plan link": NOBODY, "plan revoke": NOBODY, "serve": NOBODY, "web": NOBODY, "backtest": NOBODY,
    "demo": NOBODY, "doctor": NOBODY, "calendar": NOBODY,
}  # fmt: skip
"""What is written to the terminal, or to a file that is named there."""

MAILS = {
    "aktivitet_sen": NOBODY, "avvikelse": WARNED, "eskalering": WARNED, "i_balans": NOBODY,
    "korning_stoppad": NOBODY, "kvitto_mottagen": OWN, "kvitto_nekad": OWN, "leverans_hallen": OWN,
    "leverans_paminnelse": NOBODY, "manad_klar": WARNED, "paminnelse": WARNED, "plan_atersand": WARNED,
    "plan_att_besluta": WARNED, "plan_godkand": WARNED, "plan_mottagen": WARNED, "rattad_uppgift": WARNED,
    "sjukfranvaro_mote": SIGNALS,
}  # fmt: skip

PAGES = {
    "acknowledge": WARNED, "department": WARNED, "held": OWN, "layout": NOBODY, "macros": NOBODY,
    "message": NOBODY, "month": NOBODY, "plan": WARNED, "plan_form": WARNED, "plan_read": WARNED,
}  # fmt: skip
"""Templates of `web/`."""

ARTIFACTS = {"flows.backfill": NOBODY, "flows.month_report": REPORT, "flows.runs.month_page": WARNED}
"""Modules that show something on Prefect's pages."""

TABLES = {
    "figure": {
        "deliveries/list_known_figures": {"tasks.deliveries.known_figures"},  # OWN: holds a file against them
        "figures/list_figure_units": {"tasks.deliveries.check_month"},  # which units have any: no figure
        "figures/list_newest_figures": {"tasks.assessment.warned_units"},  # of the source `risker` alone
        "figures/list_rows_of_months": {"tasks.figures.delivered_rows"},  # TOLD, see READERS
        "figures/list_rows_of_deliveries": {"tasks.figures.delivered_rows"},  # TOLD, see READERS
        "figures/list_forecasts": {  # of the source `prognos` alone
            "tasks.assessment.manager_forecasts",
            "tasks.deliveries.known_figures",
            "tasks.figures.gathered_units",
        },
    },
    "leading_signal": {
        "signals/list_latest": {
            "tasks.assessment.warned_units",
            "tasks.report.write_report",
            "tasks.signals.meeting_mails",
        }
    },
    "unit_assessment": {
        "assessment/list_units": {"tasks.assessment.assessed"},
        "report/list_told_of_unit": {"tasks.report.unit.gather_unit"},  # budget and forecast alone
        "plans/list_counted": {"tasks.plans.month_plans"},
        "plans/list_plans": {"tasks.plans.read_plans"},
    },
    "month_report": {
        "report/find_latest": {"tasks.report.write_report"},
        "report/insert_report": {"tasks.report.write_report"},
        "figures/list_reported_deliveries": {"tasks.figures.delivered_rows"},
    },
    "told_sums": {
        "figures/list_told_sums": {"tasks.figures.told_sums"},
        "figures/list_reported_deliveries": {"tasks.figures.delivered_rows"},  # which deliveries: no figure
    },
}
"""The tables that hold figures of people: the queries that read each, and the modules that ask them."""

READERS = {
    "rows_of_people": {"tasks.figures.delivered_rows", "tasks.figures.tell_people"},
    "rows_reported_before": {"tasks.figures.delivered_rows", "tasks.figures.tell_people"},
    "telling_sick_leave": {"tasks.report.write_report", "tasks.signals.watch_signals"},
    "tell_volumes": {"tasks.assessment.assess_units", "tasks.figures.counting_places"},
    "tell_months_volumes": {"tasks.report.write_report"},
    "planned_volumes": {"tasks.signals.watch_signals"},
    "tell_assistance": {"tasks.report.write_report", "tasks.signals.watch_signals"},
    "told_sums": {"tasks.figures.tell_people"},
}
"""Functions that give figures of people, raw or as they may be told, and the modules that may name them."""
