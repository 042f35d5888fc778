"""Costs that are paid by incomes of the same size and weren't budgeted (omslutningsförändringar)."""

from tasks.rules.declaration import Column, Kind, Source

SOURCE = Source(
    name="omslutning",
    title="Omslutningsförändringar",
    origin="Controllerns tabell över kostnader som har egna intäkter utöver budget.",
    unit_columns=("verksamhetsomrade",),
    area_columns=("verksamhetsomrade",),
    part_of="ingar_i",
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column(
            "verksamhetsomrade",
            Kind.TEXT,
            "Verksamhetsområde",
            aliases=("omrade",),
            must_exist=True,
            is_key=True,
            is_detail=True,
        ),
        Column("ingar_i", Kind.TEXT, "Ingår i", aliases=("del_av", "varav")),
        Column(
            "kostnader", Kind.AMOUNT, "Kostnader", aliases=("kostnad",), must_exist=True, is_totalled=True
        ),
        Column("intakter", Kind.AMOUNT, "Intäkter", aliases=("intakt",), must_exist=True, is_totalled=True),
    ),
)
