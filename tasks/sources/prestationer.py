"""Volumes: children, places and hours, per business area or unit."""

from dataclasses import replace

from tasks.rules.declaration import NOT_NEGATIVE, Column, Kind, OneOf, Plausible, Size, Source, Volume
from tasks.rules.volumes.adjustment import LSS_READINGS, PRESCHOOL_READINGS

HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")
CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn", reading_months=PRESCHOOL_READINGS)

SOURCE = Source(
    name="prestationer",
    title="Prestationer",
    origin="Antal barn, platser och timmar ur verksamhetssystemen.",
    unit_columns=("enhet", "verksamhetsomrade"),
    area_columns=("verksamhetsomrade",),
    one_of=(OneOf(("enhet", "verksamhetsomrade"), in_every_row=True),),
    volumes=(
        CHILDREN,
        replace(CHILDREN, name="Inskrivna barn 1-3 år", part_of=CHILDREN.name),
        replace(CHILDREN, name="Inskrivna barn 4-5 år", part_of=CHILDREN.name),
        replace(CHILDREN, name="Inskrivna barn allmän förskola", part_of=CHILDREN.name),
        Volume("Platser i förskola", "niva", one="plats", many="platser", room_of=CHILDREN.name),
        Volume(
            "Vård- och omsorgsboende, helmånadsplatser",
            "niva",
            one="helmånadsplats",
            many="helmånadsplatser",
            are_places=True,
        ),
        Volume("LSS-insatser", "niva", one="insats", many="insatser", reading_months=LSS_READINGS),
        Volume("Placeringar", "niva", one="placering", many="placeringar"),
        Volume("Hushåll med ekonomiskt bistånd", "niva", one="hushåll", many="hushåll"),
        Volume("Deltagare i arbetsmarknadsinsats", "niva", one="deltagare", many="deltagare"),
        HOURS,
        replace(HOURS, name="Beviljade hemtjänsttimmar", room_of=HOURS.name),
        Volume("Besök", "flode", one="besök", many="besök"),
    ),
    plausible=Plausible(
        counted=("utfall",),
        pairs=(("utfall", "planerat", "plan"),),
        sizes=(Size("utfall", ("snitt_hittills",)), Size("utfall", ("snitt_foregaende_ar",))),
    ),
    may_lag=True,
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
            is_spelt_freely=True,
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
