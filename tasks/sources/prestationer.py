"""Volumes: children, places and hours, per business area or unit."""

from tasks.rules.declaration import NOT_NEGATIVE, Column, Kind, OneOf, Source, Volume

SOURCE = Source(
    name="prestationer",
    title="Prestationer",
    origin="Antal barn, platser och timmar ur verksamhetssystemen.",
    unit_columns=("enhet", "verksamhetsomrade"),
    area_columns=("verksamhetsomrade",),
    one_of=(OneOf(("enhet", "verksamhetsomrade"), in_every_row=True),),
    is_required=True,
    volumes=(
        Volume("Inskrivna barn", "niva"),
        Volume("Inskrivna barn 1-3 år", "niva"),
        Volume("Inskrivna barn 4-5 år", "niva"),
        Volume("Inskrivna barn allmän förskola", "niva"),
        Volume("Vård- och omsorgsboende, helmånadsplatser", "niva"),
        Volume("LSS-insatser", "niva"),
        Volume("Placeringar", "niva"),
        Volume("Hushåll med ekonomiskt bistånd", "niva"),
        Volume("Deltagare i arbetsmarknadsinsats", "niva"),
        Volume("Hemtjänsttimmar", "flode"),
        Volume("Besök", "flode"),
    ),
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), must_exist=True, is_key=True),
        Column(
            "enhet", Kind.CODE, "Enhet", aliases=("enhetskod", "ansvar", "kostnadsstalle"), is_detail=True
        ),
        Column("verksamhetsomrade", Kind.TEXT, "Verksamhetsområde", aliases=("omrade",), is_detail=True),
        Column(
            "matt",
            Kind.TEXT,
            "Mått",
            aliases=("prestation", "prestationsmatt"),
            must_exist=True,
            is_key=True,
            is_item=True,
        ),
        Column(
            "utfall",
            Kind.NUMBER,
            "Utfall",
            aliases=("antal", "volym"),
            must_exist=True,
            is_totalled=True,
            hard=NOT_NEGATIVE,
        ),
        Column(
            "planerat",
            Kind.NUMBER,
            "Planerat",
            aliases=("plan", "budgeterat", "planerad_volym"),
            is_totalled=True,
            hard=NOT_NEGATIVE,
        ),
        Column("snitt_hittills", Kind.NUMBER, "Snitt hittills i år", hard=NOT_NEGATIVE),
        Column("snitt_foregaende_ar", Kind.NUMBER, "Snitt föregående år", hard=NOT_NEGATIVE),
    ),
)
