"""Result units: what they carry from the year before and expect to carry on."""

from tasks.rules.declaration import NOT_NEGATIVE, Column, Kind, Source

SOURCE = Source(
    name="resultatenheter",
    title="Resultatenheter",
    origin="Controllerns tabell över enheter som för med sig sitt resultat till nästa år.",
    unit_columns=("enhet",),
    units_need_register=False,
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column("ar", Kind.YEAR, "År", aliases=("budgetar",), must_exist=True, is_key=True),
        Column(
            "enhet",
            Kind.CODE,
            "Enhet",
            aliases=("enhetskod", "ansvar", "kostnadsstalle"),
            must_exist=True,
            is_key=True,
            is_detail=True,
        ),
        Column("namn", Kind.TEXT, "Namn", aliases=("enhetsnamn", "benamning")),
        Column(
            "bruttobudget",
            Kind.AMOUNT,
            "Bruttobudget",
            must_exist=True,
            is_totalled=True,
            hard=NOT_NEGATIVE,
        ),
        Column(
            "overforing_fran_foregaende_ar",
            Kind.AMOUNT,
            "Överföring från föregående år (överskott −)",
            aliases=("overforing_fran", "ingaende_overforing"),
            must_exist=True,
            is_totalled=True,
        ),
        Column("resultat", Kind.AMOUNT, "Resultat (underskott +)", must_exist=True, is_totalled=True),
        Column("eget_handlande", Kind.YES_NO, "Eget handlande", aliases=("av_eget_handlande",)),
        Column("grupp", Kind.TEXT, "Grupp"),
    ),
)
