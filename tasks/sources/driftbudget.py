"""The board's costs and incomes of the year: the first table of the tertial report."""

from tasks.rules.declaration import Column, Kind, Source

SIDES = (
    ("kostnader", "kostnader"),
    ("kostnad", "kostnader"),
    ("intakter", "intakter"),
    ("intäkter", "intakter"),
    ("intäkt", "intakter"),
)

SOURCE = Source(
    name="driftbudget",
    title="Driftbudget",
    origin="Nämndens kostnader och intäkter ur controllerns tabell.",
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column(
            "slag",
            Kind.CHOICE,
            "Slag",
            aliases=("verksamhetsomrade",),
            must_exist=True,
            is_key=True,
            is_item=True,
            choices=SIDES,
        ),
        Column("budget", Kind.AMOUNT, "Budget", must_exist=True, is_totalled=True),
        Column(
            "begarda_budgetjusteringar",
            Kind.AMOUNT,
            "Begärda budgetjusteringar",
            aliases=("budgetjusteringar",),
            is_totalled=True,
        ),
        Column(
            "prestationsforandringar",
            Kind.AMOUNT,
            "Prestations- och omslutningsförändringar",
            aliases=("prestations_och_omslutningsforandringar",),
            is_totalled=True,
        ),
        Column(
            "prognos",
            Kind.AMOUNT,
            "Prognos",
            aliases=("prognos_fore_resultatoverforing", "helarsprognos"),
            must_exist=True,
            is_totalled=True,
        ),
    ),
)
