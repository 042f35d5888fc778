"""Indicators: outcome, forecast and targets as the board and the city council published them."""

from tasks.rules.declaration import Column, Kind, Plausible, Source

SOURCE = Source(
    name="indikatorer",
    title="Indikatorer",
    origin="Indikatorer och årsmål ur ledningssystemet.",
    plausible=Plausible(
        targets=("arsmal", "kf_arsmal"),
        outcomes=("utfall", "prognos_helar", "utfall_foregaende_ar"),
        parts=("utfall_man", "utfall_kvinnor"),
    ),
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), must_exist=True, is_key=True),
        Column("indikator", Kind.TEXT, "Indikator", must_exist=True, is_key=True, is_item=True),
        Column("utfall", Kind.NUMBER, "Utfall", aliases=("periodens_utfall",)),
        Column("utfall_man", Kind.NUMBER, "Utfall män"),
        Column("utfall_kvinnor", Kind.NUMBER, "Utfall kvinnor"),
        Column("utfall_foregaende_ar", Kind.NUMBER, "Utfall föregående år", aliases=("utfall_fg_ar",)),
        Column("prognos_helar", Kind.NUMBER_OR_TEXT, "Prognos helår", aliases=("prognos", "helarsprognos")),
        Column("arsmal", Kind.TARGET, "Årsmål", aliases=("namndens_arsmal",)),
        Column("kf_arsmal", Kind.TARGET, "Kommunfullmäktiges årsmål", aliases=("kfs_arsmal",)),
        Column("periodicitet", Kind.TEXT, "Periodicitet"),
    ),
)
