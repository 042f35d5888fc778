"""The ledger: budget and outcome per unit, account group and month."""

from decimal import Decimal

from tasks.rules.declaration import Bounds, Column, Kind, RowMonths, Shape, Signs, Source

WARNED_BEYOND = Bounds.between("-500000000", "500000000")

SOURCE = Source(
    name="ekonomi",
    title="Ekonomi",
    origin="Budget och utfall ur ekonomisystemet: månadens egna belopp, aldrig ackumulerade.",
    shape=Shape.LEDGER,
    months=RowMonths.OF_YEAR,
    unit_columns=("enhet",),
    covers_every_unit=True,
    sums_rows=True,
    not_after_period=("utfall",),
    signs=Signs(
        "kontogrupp",
        amounts=("budget", "utfall"),
        income_words=("intäkt", "intakt", "inkomst"),
        cost_words=("kostnad", "personal", "lön", "lokal"),
        tolerance=Decimal(10_000),
    ),
    columns=(
        Column(
            "period",
            Kind.PERIOD,
            "Månad",
            aliases=("manad", "redovisningsperiod", "bokforingsperiod", "ar_manad"),
            must_exist=True,
            is_key=True,
        ),
        Column(
            "enhet",
            Kind.CODE,
            "Enhet",
            aliases=("enhetskod", "ansvar", "ansvarskod", "kostnadsstalle", "kst"),
            must_exist=True,
            is_key=True,
            is_detail=True,
        ),
        Column(
            "kontogrupp",
            Kind.TEXT,
            "Kontogrupp",
            aliases=("konto", "kontoklass", "kontotyp", "slag", "kostnadsslag"),
            must_exist=True,
            is_key=True,
            is_detail=True,
            is_spelt_freely=True,
        ),
        Column(
            "budget",
            Kind.AMOUNT,
            "Budget",
            aliases=("periodbudget", "budget_period", "budgetbelopp"),
            must_exist=True,
            is_totalled=True,
            soft=WARNED_BEYOND,
        ),
        Column(
            "utfall",
            Kind.AMOUNT,
            "Utfall",
            aliases=("belopp", "redovisat", "saldo", "periodutfall", "utfall_period"),
            must_exist=True,
            is_totalled=True,
            soft=WARNED_BEYOND,
        ),
    ),
)
