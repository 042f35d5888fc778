"""The board's analysis of risk and materiality (risk- och väsentlighetsanalys)."""

from tasks.rules.declaration import Bounds, Column, Kind, Source

ONE_TO_FIVE = Bounds.between("1", "5")

SOURCE = Source(
    name="risker",
    title="Risker",
    origin="Nämndens risk- och väsentlighetsanalys.",
    columns=(
        Column("indikator", Kind.TEXT, "Indikator", must_exist=True, is_key=True, is_item=True),
        Column(
            "risk",
            Kind.TEXT,
            "Risk",
            aliases=("riskbeskrivning",),
            must_exist=True,
            is_key=True,
            is_item=True,
        ),
        Column("sannolikhet", Kind.COUNT, "Sannolikhet 1–5", must_exist=True, hard=ONE_TO_FIVE),
        Column("konsekvens", Kind.COUNT, "Konsekvens 1–5", must_exist=True, hard=ONE_TO_FIVE),
        Column("atgard", Kind.TEXT, "Åtgärd", aliases=("atgarder",)),
    ),
)
