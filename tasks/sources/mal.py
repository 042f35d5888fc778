"""The goals: the city council's, the board's and the units', what is expected of them and how they went."""

from tasks.rules.declaration import Column, Kind, Source

LEVELS = (
    ("inriktningsmal", "inriktningsmal"),
    ("inriktningsmål", "inriktningsmal"),
    ("kf:s inriktningsmål", "inriktningsmal"),
    ("verksamhetsomradesmal", "verksamhetsomradesmal"),
    ("verksamhetsområdesmål", "verksamhetsomradesmal"),
    ("mål för verksamhetsområdet", "verksamhetsomradesmal"),
    ("kf:s mål för verksamhetsområdet", "verksamhetsomradesmal"),
    ("kf-mål", "verksamhetsomradesmal"),
    ("namndmal", "namndmal"),
    ("nämndmål", "namndmal"),
    ("nämndens mål", "namndmal"),
    ("enhetsmal", "enhetsmal"),
    ("enhetsmål", "enhetsmal"),
)
JUDGEMENTS = (
    ("helt", "helt"),
    ("uppfylls helt", "helt"),
    ("delvis", "delvis"),
    ("uppfylls delvis", "delvis"),
    ("ej", "ej"),
    ("inte", "ej"),
    ("uppfylls ej", "ej"),
    ("uppfylls inte", "ej"),
    ("uppfylls inte alls", "ej"),
)

SOURCE = Source(
    name="mal",
    title="Mål",
    origin="Mål och bedömningar ur ledningssystemet.",
    part_of="overordnad",
    whole_may_lack=True,
    columns=(
        Column("period", Kind.PERIOD, "Månad", aliases=("manad",), may_tell_apart=True),
        Column(
            "kod",
            Kind.TEXT,
            "Målets kod",
            aliases=("mal", "nummer"),
            must_exist=True,
            is_key=True,
            is_item=True,
        ),
        Column("namn", Kind.TEXT, "Målets namn", must_exist=True, must_be_filled=True),
        Column("niva", Kind.CHOICE, "Målets nivå", must_exist=True, must_be_filled=True, choices=LEVELS),
        Column("overordnad", Kind.TEXT, "Överordnat mål", aliases=("overordnat_mal",)),
        Column("bedomning", Kind.CHOICE, "Bedömning", aliases=("maluppfyllelse",), choices=JUDGEMENTS),
        Column("beskrivning", Kind.TEXT, "Beskrivning"),
        Column("forvantat_resultat", Kind.TEXT, "Förväntat resultat"),
        Column("analys", Kind.TEXT, "Analys"),
    ),
)
