"""What the board wants: goals, investments, turnover and budget adjustments, the same whatever the seed."""

from collections.abc import Iterator

from demo.tables import columns

GOAL_HEADER = columns("kod;namn;niva;overordnad;bedomning;beskrivning;forvantat_resultat;analys")
INVESTMENT_HEADER = columns(
    "period;investering;budget_mnkr;begarda_budgetjusteringar_mnkr;prognos_mnkr;utfall_mnkr"
)
TURNOVER_HEADER = columns("period;verksamhetsomrade;ingar_i;kostnader_mnkr;intakter_mnkr")
ADJUSTMENT_HEADER = columns("period;namn;belopp_mnkr;slag;verksamhetsomrade;lage")

GOALS = (
    # code, name, level, judgement, what is expected
    ("1", "En trygg stadsdel att växa upp och åldras i", "inriktningsmal", "", ""),
    ("1.1", "Förskolan ger alla barn en god start", "verksamhetsomradesmal", "delvis", ""),
    (
        "1.1.1",
        "Varje barn möter legitimerade förskollärare",
        "namndmal",
        "",
        "Fler legitimerade i varje förskola",
    ),
    ("1.2", "Äldre har en trygg vardag", "verksamhetsomradesmal", "helt", ""),
    ("1.2.1", "Brukare möter få medarbetare", "namndmal", "", "Högst elva medarbetare på 14 dagar"),
    ("1.3", "Stödet når den som behöver det", "verksamhetsomradesmal", "delvis", ""),
    ("2", "En hållbar stadsdel", "inriktningsmal", "", ""),
    ("2.1", "Lokaler och resor belastar klimatet mindre", "verksamhetsomradesmal", "helt", ""),
    ("3", "En ekonomi som håller", "inriktningsmal", "", ""),
    ("3.1", "Budgeten är i balans", "verksamhetsomradesmal", "", ""),
    ("3.2", "Bra arbetsvillkor", "verksamhetsomradesmal", "", ""),
)
INVESTMENTS = (
    ("Parkinvesteringar", "4,0", "", "4,0", "2,6"),
    ("Reinvesteringar", "5,5", "", "5,2", "1,9"),
    ("Maskiner och inventarier", "2,9", "0,5", "3,4", "1,8"),
    ("Trygghetsinvesteringar", "1,2", "", "1,2", "0,3"),
)
TURNOVERS = (
    ("Individ- och familjeomsorg", "", "6,4", "-6,4"),
    ("Barn och ungdom", "Individ- och familjeomsorg", "3,9", "-3,9"),
    ("Vuxen", "Individ- och familjeomsorg", "2,5", "-2,5"),
    ("Förskoleverksamhet", "", "2,1", "-2,1"),
)
ADJUSTMENTS = (
    ("Sommarlovsaktiviteter", "1,2", "drift", "Barn, kultur och fritid", "beviljad"),
    ("Belysning i parkstråk", "0,8", "investering", "Stadsmiljö", "ansokt"),
    ("Evakueringslokaler", "0,9", "drift", "Förskoleverksamhet", "ansokt"),
)


def goal_rows() -> Iterator[list[str]]:
    """Yield the goals, each under the one whose code begins its own."""
    for code, name, level, judgement, expected in GOALS:
        yield [code, name, level, code.rpartition(".")[0], judgement, "", expected, ""]


def rows_of_month(rows: tuple[tuple[str, ...], ...], month: str) -> Iterator[list[str]]:
    """Yield rows with the month before them."""
    for row in rows:
        yield [month, *row]
