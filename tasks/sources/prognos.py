"""The forecast of the year per business area or unit, as the controllers decided it."""

from tasks.rules.declaration import Column, Kind, OneOf, Plausible, Source

BEFORE = "prognos_fore_resultatoverforing"
AFTER = "prognos_efter_resultatoverforing"


def _amount(name: str, title: str, *aliases: str, must_exist: bool = False) -> Column:
    return Column(
        name,
        Kind.AMOUNT,
        title,
        aliases=aliases,
        must_exist=must_exist,
        is_totalled=True,
    )


SOURCE = Source(
    name="prognos",
    title="Prognos",
    origin="Helårsprognosen ur prognosverktyget eller controllerns tabell.",
    unit_columns=("enhet", "verksamhetsomrade"),
    area_columns=("verksamhetsomrade",),
    one_of=(
        OneOf(("enhet", "verksamhetsomrade"), in_every_row=True),
        OneOf((BEFORE, AFTER), are_equal=True),
    ),
    part_of="ingar_i",
    plausible=Plausible(
        forecasts=(BEFORE, AFTER), pairs=((BEFORE, "budget", "budget"), (AFTER, "budget", "budget"))
    ),
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), must_exist=True, is_key=True),
        Column(
            "enhet", Kind.CODE, "Enhet", aliases=("enhetskod", "ansvar", "kostnadsstalle"), is_detail=True
        ),
        Column("verksamhetsomrade", Kind.TEXT, "Verksamhetsområde", aliases=("omrade",), is_detail=True),
        Column("ingar_i", Kind.TEXT, "Ingår i", aliases=("del_av",)),
        _amount("budget", "Budget", "helarsbudget", "arsbudget", must_exist=True),
        _amount("begarda_budgetjusteringar", "Begärda budgetjusteringar", "budgetjusteringar"),
        _amount("prestationsforandringar", "Prestationsförändringar"),
        _amount(BEFORE, "Prognos före resultatöverföring", "prognos_fore"),
        _amount(AFTER, "Prognos efter resultatöverföring", "prognos", "prognos_efter", "helarsprognos"),
        Column("orsak", Kind.TEXT, "Orsak", aliases=("kommentar", "analys")),
    ),
)
