"""The outcome of the ledger, where the budget comes from another system."""

from dataclasses import replace

from tasks.sources.ekonomi import SOURCE as LEDGER

SOURCE = replace(
    LEDGER,
    name="utfall",
    title="Ekonomi (utfall)",
    origin="Utfall ur ekonomisystemet, när budgeten kommer ur ett annat system: månadens egna belopp, "
    "aldrig ackumulerade.",
    half_of=LEDGER.name,
    signs=LEDGER.signs_of("utfall"),
    columns=tuple(column for column in LEDGER.columns if column.name != "budget"),
)
