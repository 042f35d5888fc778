"""The board's analysis of risk and materiality (risk- och väsentlighetsanalys)."""

from tasks.rules.declaration import Bounds, Column, Kind, Source

ONE_TO_FIVE = Bounds.between("1", "5")
WATCHED = (
    ("ja", "ja"),
    ("x", "ja"),
    ("nej", "nej"),
    ("ej aktuell", "ej aktuell"),
    ("ej aktuellt", "ej aktuell"),
)

SOURCE = Source(
    name="risker",
    title="Risker",
    origin="Nämndens risk- och väsentlighetsanalys.",
    unit_columns=("enhet",),
    units_need_register=False,
    units_may_lack=True,
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column("indikator", Kind.TEXT, "Indikator", must_exist=True, is_key=True, is_item=True),
        Column(
            "risk",
            Kind.TEXT,
            "Risk",
            aliases=("riskbeskrivning",),
            must_exist=True,
            is_key=True,
            is_item=True,
        ),
        Column("omrade", Kind.TEXT, "Område", aliases=("verksamhetsomrade",), may_tell_apart=True),
        Column("enhet", Kind.CODE, "Enhet", aliases=("enhetskod",), may_tell_apart=True, is_detail=True),
        Column("enhetstyp", Kind.TEXT, "Enhetstyp", may_tell_apart=True),
        Column("sannolikhet", Kind.GRADE, "Sannolikhet 1–5", must_exist=True, hard=ONE_TO_FIVE),
        Column("konsekvens", Kind.GRADE, "Konsekvens 1–5", must_exist=True, hard=ONE_TO_FIVE),
        Column("atgard", Kind.TEXT, "Åtgärd", aliases=("atgarder",)),
        Column("arsmal", Kind.TARGET, "Årsmål", aliases=("namndens_arsmal",)),
        Column("kf_arsmal", Kind.TARGET, "Kommunfullmäktiges årsmål", aliases=("kfs_arsmal",)),
        Column("bevakas", Kind.CHOICE, "Bevakas", choices=WATCHED),
    ),
)
