"""The budget of the ledger, where it comes from another system than the outcome."""

from dataclasses import replace

from tasks.sources.ekonomi import SOURCE as LEDGER

SOURCE = replace(
    LEDGER,
    name="budget",
    title="Ekonomi (budget)",
    origin="Budget ur budgetsystemet, när utfallet kommer ur ett annat system: årets alla månader, "
    "månadens egna belopp.",
    half_of=LEDGER.name,
    year_in_every_month=True,
    months_ahead=14,
    not_after_period=(),
    signs=LEDGER.signs_of("budget"),
    columns=tuple(column for column in LEDGER.columns if column.name != "utfall"),
)
