"""The board's investments: what each kind may cost, and is expected to."""

from tasks.rules.declaration import Column, Kind, Source

SOURCE = Source(
    name="investeringar",
    title="Investeringar",
    origin="Controllerns tabell över investeringar.",
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column(
            "investering",
            Kind.TEXT,
            "Investering",
            aliases=("investeringar", "namn"),
            must_exist=True,
            is_key=True,
            is_item=True,
        ),
        Column("budget", Kind.AMOUNT, "Budget", must_exist=True, is_totalled=True),
        Column(
            "begarda_budgetjusteringar",
            Kind.AMOUNT,
            "Begärda budgetjusteringar",
            aliases=("budgetjusteringar",),
            is_totalled=True,
        ),
        Column("prognos", Kind.AMOUNT, "Prognos", aliases=("helarsprognos",), is_totalled=True),
        Column("utfall", Kind.AMOUNT, "Utfall", is_totalled=True),
    ),
)
