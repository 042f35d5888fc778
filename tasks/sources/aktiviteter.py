"""Activities of the plan of operations: who answers for them, and from when to when."""

from tasks.rules.declaration import Column, Kind, Source

SOURCE = Source(
    name="aktiviteter",
    title="Aktiviteter",
    origin="Verksamhetsplanens aktiviteter ur ledningssystemet.",
    repeats_rows=True,
    in_order=(("startdatum", "slutdatum"),),
    columns=(
        Column("aktivitet", Kind.TEXT, "Aktivitet", must_exist=True, is_key=True, is_item=True),
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column("mal", Kind.TEXT, "Mål", aliases=("malkod",), may_tell_apart=True),
        Column("ansvarig_epost", Kind.EMAIL, "Ansvarigs e-post", aliases=("ansvarig_e_post", "epost")),
        Column("startdatum", Kind.DATE, "Startdatum", aliases=("start",), must_exist=True),
        Column("slutdatum", Kind.DATE, "Slutdatum", aliases=("slut",), must_exist=True),
        Column("avvikelse", Kind.TEXT, "Avvikelse", aliases=("kommentar",)),
        Column("lage", Kind.TEXT, "Läge", aliases=("status",)),
        Column("analys", Kind.TEXT, "Analys"),
    ),
)
