"""Sick leave: hours absent by length and sex, beside the ordinary hours of the same people."""

from tasks.rules.declaration import NOT_NEGATIVE, AtMost, Bounds, Column, Kind, Plausible, Size, Source
from tasks.rules.signals.sick_leave_groups import FULL_TIME_MONTH_HOURS

ABSENT = ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")
SEXES = (
    ("k", "K"),
    ("kvinna", "K"),
    ("kvinnor", "K"),
    ("m", "M"),
    ("man", "M"),
    ("män", "M"),
)


def _absent(name: str, title: str, *aliases: str) -> Column:
    return Column(
        name,
        Kind.HOURS,
        title,
        aliases=aliases,
        must_exist=True,
        is_totalled=True,
        hard=NOT_NEGATIVE,
    )


SOURCE = Source(
    name="sjukfranvaro",
    title="Sjukfrånvaro",
    origin="Anställda och timmar per enhet ur lönesystemet, aldrig per person.",
    unit_columns=("enhet",),
    covers_every_unit=True,
    at_most=(
        AtMost(
            ABSENT,
            "ordinarie_timmar",
            "Frånvarotimmarna är tillsammans fler än de ordinarie timmarna",
            "Kontrollera att timmarna gäller samma personer och samma månad.",
        ),
    ),
    personal=("namn",),
    plausible=Plausible(
        counted=("ordinarie_timmar", *ABSENT),
        sizes=(Size("ordinarie_timmar", ("anstallda",), times=FULL_TIME_MONTH_HOURS),),
    ),
    may_lag=True,
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), must_exist=True, is_key=True),
        Column(
            "enhet",
            Kind.CODE,
            "Enhet",
            aliases=("enhetskod", "ansvar", "kostnadsstalle", "kst"),
            must_exist=True,
            is_key=True,
            is_detail=True,
        ),
        Column(
            "kon",
            Kind.CHOICE,
            "Kön",
            must_exist=True,
            is_key=True,
            is_item=True,
            is_detail=True,
            choices=SEXES,
        ),
        Column(
            "anstallda",
            Kind.COUNT,
            "Anställda",
            aliases=("antal_anstallda",),
            must_exist=True,
            is_totalled=True,
            hard=NOT_NEGATIVE,
            soft=Bounds.between(None, "2000"),
        ),
        Column(
            "ordinarie_timmar",
            Kind.HOURS,
            "Ordinarie timmar",
            aliases=("ordinarie_arbetstid", "arbetstimmar"),
            must_exist=True,
            is_totalled=True,
            hard=NOT_NEGATIVE,
        ),
        _absent("franvarotimmar_1_14", "Frånvarotimmar dag 1–14", "franvaro_1_14"),
        _absent("franvarotimmar_15_90", "Frånvarotimmar dag 15–90", "franvaro_15_90"),
        _absent("franvarotimmar_91", "Frånvarotimmar från dag 91", "franvaro_91", "franvarotimmar_91_"),
    ),
)
