"""Indicators: outcome, forecast and targets as the board and the city council published them."""

from tasks.rules.declaration import Column, Kind, Plausible, Source

DIRECTIONS = (
    ("hogre", "hogre"),
    ("högre", "hogre"),
    ("öka", "hogre"),
    ("minst", "hogre"),
    ("lagre", "lagre"),
    ("lägre", "lagre"),
    ("minska", "lagre"),
    ("hogst", "lagre"),
    ("högst", "lagre"),
    ("inom", "inom"),
    ("lika", "lika"),
)

SOURCE = Source(
    name="indikatorer",
    title="Indikatorer",
    origin="Indikatorer och årsmål ur ledningssystemet.",
    unit_columns=("enhet",),
    units_need_register=False,
    units_may_lack=True,
    repeats_rows=True,
    plausible=Plausible(
        targets=("arsmal", "kf_arsmal"),
        outcomes=("utfall", "prognos_helar", "utfall_foregaende_ar"),
        parts=("utfall_man", "utfall_kvinnor"),
    ),
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), must_exist=True, is_key=True),
        Column("indikator", Kind.TEXT, "Indikator", must_exist=True, is_key=True, is_item=True),
        Column("utfall", Kind.QUANTITY, "Utfall", aliases=("periodens_utfall",)),
        Column("utfall_man", Kind.QUANTITY, "Utfall män", aliases=("utfall_man_pojkar", "utfall_manpojkar")),
        Column(
            "utfall_kvinnor",
            Kind.QUANTITY,
            "Utfall kvinnor",
            aliases=("utfall_kvinnor_flickor", "utfall_kvinnorflickor"),
        ),
        Column("utfall_foregaende_ar", Kind.QUANTITY, "Utfall föregående år", aliases=("utfall_fg_ar",)),
        Column("prognos_helar", Kind.NUMBER_OR_TEXT, "Prognos helår", aliases=("prognos", "helarsprognos")),
        Column("arsmal", Kind.TARGET, "Årsmål", aliases=("namndens_arsmal",)),
        Column("kf_arsmal", Kind.TARGET, "Kommunfullmäktiges årsmål", aliases=("kfs_arsmal",)),
        Column("periodicitet", Kind.TEXT, "Periodicitet"),
        Column("mal", Kind.TEXT, "Mål", aliases=("malkod",), may_tell_apart=True),
        Column("enhet", Kind.CODE, "Enhet", aliases=("enhetskod",), may_tell_apart=True, is_detail=True),
        Column("riktning", Kind.CHOICE, "Riktning", choices=DIRECTIONS),
        Column("sort", Kind.TEXT, "Sort"),
        Column("matperiod", Kind.TEXT, "Mätperiod", aliases=("matperioder",)),
        Column("analys", Kind.TEXT, "Analys", aliases=("kommentar",)),
    ),
)
