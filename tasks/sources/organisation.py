"""The organisation register: units, their place in the tree, and who gets their mails."""

from tasks.rules.declaration import Column, Kind, Shape, Source

LEVELS = (
    ("avdelning", "avdelning"),
    ("verksamhetsomrade", "verksamhetsomrade"),
    ("verksamhetsområde", "verksamhetsomrade"),
    ("enhet", "enhet"),
)

SOURCE = Source(
    name="organisation",
    title="Organisationsregister",
    origin="Hela registret ur katalogen eller ekonomisystemets organisationsträd.",
    shape=Shape.REGISTER,
    in_order=(("giltig_fran", "giltig_till"),),
    months_ahead=12,
    columns=(
        Column(
            "kod",
            Kind.CODE,
            "Kod",
            aliases=("enhetskod", "ansvar", "ansvarskod", "kostnadsstalle", "kst", "orgkod"),
            must_exist=True,
            is_key=True,
        ),
        Column("namn", Kind.TEXT, "Namn", aliases=("benamning", "enhetsnamn"), must_exist=True),
        Column(
            "niva",
            Kind.CHOICE,
            "Nivå",
            aliases=("orgniva",),
            must_exist=True,
            must_be_filled=True,
            choices=LEVELS,
        ),
        Column(
            "overordnad",
            Kind.CODE,
            "Överordnad",
            aliases=("overordnad_kod", "overordnad_enhet", "tillhor"),
            must_exist=True,
        ),
        Column("enhetstyp", Kind.TEXT, "Enhetstyp", aliases=("typ", "verksamhetstyp")),
        Column("chef", Kind.TEXT, "Chef", aliases=("enhetschef", "ansvarig")),
        Column("chef_epost", Kind.EMAIL, "Chefens e-post", aliases=("chef_e_post", "epost", "e_post")),
        Column("ersattare_epost", Kind.EMAIL, "Ersättarens e-post", aliases=("ersattare_e_post",)),
        Column("controller_epost", Kind.EMAIL, "Controllerns e-post", aliases=("controller_e_post",)),
        Column("resultatenhet", Kind.YES_NO, "Resultatenhet", aliases=("ar_resultatenhet",)),
        Column("ersatter", Kind.CODES, "Ersätter", aliases=("ersatter_kod", "tidigare_kod")),
        Column("giltig_fran", Kind.DATE, "Giltig från", aliases=("giltig_from", "fran_datum")),
        Column("giltig_till", Kind.DATE, "Giltig till", aliases=("giltig_tom", "till_datum")),
    ),
)
