"""Social assistance (ekonomiskt bistånd): households, persons and kronor of the month."""

from collections.abc import Iterator

from tasks.rules.declaration import NOT_NEGATIVE, Bounds, Column, Kind, OneOf, Plausible, Size, Source

MEASURES = (
    ("hushall", Kind.COUNT, "Hushåll", Bounds.between(None, "20000")),
    ("medelbidrag", Kind.AMOUNT, "Medelbidrag per hushåll", Bounds.between("1000", "30000")),
    ("utbetalt", Kind.AMOUNT, "Utbetalt", Bounds.between("10000", "500000000")),
    ("vuxna", Kind.COUNT, "Vuxna", Bounds.between(None, "30000")),
    ("barn", Kind.COUNT, "Barn", Bounds.between(None, "30000")),
    ("unga_18_24", Kind.COUNT, "Unga 18–24 år", Bounds.between(None, "10000")),
)
PLACES = (("", ""), ("_staden", ", staden"))
SPANS = (
    ("", ""),
    ("_snitt_hittills", ", snitt hittills i år"),
    ("_snitt_foregaende_ar", ", snitt föregående år"),
)


def _columns() -> Iterator[Column]:
    """Make every measure's columns: own or the city's, of the month or as a mean."""
    for name, kind, title, soft in MEASURES:
        for place, in_place in PLACES:
            for span, in_span in SPANS:
                yield Column(
                    f"{name}{place}{span}",
                    kind if kind is Kind.AMOUNT or not span else Kind.NUMBER,
                    f"{title}{in_place}{in_span}",
                    must_exist=f"{name}{place}{span}" == "hushall",
                    is_totalled=not place and not span,
                    hard=NOT_NEGATIVE,
                    soft=Bounds() if place else soft,
                )


SOURCE = Source(
    name="bistand",
    title="Ekonomiskt bistånd",
    origin="Månadens hushåll och utbetalningar ur verksamhetssystemet för ekonomiskt bistånd.",
    one_of=(OneOf(("medelbidrag", "utbetalt")),),
    personal=("namn",),
    plausible=Plausible(
        counted=("hushall", "utbetalt"),
        sizes=(
            Size("hushall", ("hushall_snitt_hittills",)),
            Size("hushall", ("hushall_snitt_foregaende_ar",)),
            Size("utbetalt", ("hushall", "medelbidrag"), is_exact=True),
        ),
    ),
    may_lag=True,
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), must_exist=True, is_key=True),
        *_columns(),
    ),
)
