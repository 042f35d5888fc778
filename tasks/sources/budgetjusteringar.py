"""What the board asks for or has been granted beside its budget, by name."""

from tasks.rules.declaration import Column, Kind, Source

KINDS = (
    ("drift", "drift"),
    ("driftbudget", "drift"),
    ("investering", "investering"),
    ("investeringar", "investering"),
    ("ombudgetering", "ombudgetering"),
    ("ombudgeteringar", "ombudgetering"),
)
STATES = (
    ("ansokt", "ansokt"),
    ("ansökt", "ansokt"),
    ("ansöker", "ansokt"),
    ("beviljad", "beviljad"),
    ("beviljat", "beviljad"),
    ("beviljade", "beviljad"),
)

SOURCE = Source(
    name="budgetjusteringar",
    title="Budgetjusteringar",
    origin="Controllerns lista över begärda och beviljade budgetjusteringar.",
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column("namn", Kind.TEXT, "Namn", aliases=("benamning",), must_exist=True, is_key=True, is_item=True),
        Column("belopp", Kind.AMOUNT, "Belopp", must_exist=True, is_totalled=True),
        Column(
            "slag",
            Kind.CHOICE,
            "Slag",
            must_exist=True,
            must_be_filled=True,
            may_tell_apart=True,
            choices=KINDS,
        ),
        Column("verksamhetsomrade", Kind.TEXT, "Verksamhetsområde", aliases=("omrade",), may_tell_apart=True),
        Column("lage", Kind.CHOICE, "Läge", aliases=("status",), may_tell_apart=True, choices=STATES),
    ),
)
