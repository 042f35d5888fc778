"""Values of every mail, as a caller would format them; the golden files show what becomes of them."""

from dataclasses import replace

from notifications.mails import MailValues
from notifications.mails.avvikelse import Avvikelse, DeviatingUnit, UnitFigures
from notifications.mails.korning_stoppad import KorningStoppad
from notifications.mails.kvitto_nekad import FileProblem, KvittoNekad
from tests.mails import mail_examples_months, mail_examples_plans
from tests.mails.mail_examples_plans import ORGANISATION, PLAN_LINK

NORR = DeviatingUnit(
    unit="Förskola Norr",
    signal="larm",
    headline="befarat underskott 0,8 mnkr",
    amounts_in="mnkr",
    before=UnitFigures(budget="23,5", forecast="24,3", deviation="underskott 0,8 (3,4 %)"),
    effect=UnitFigures(budget="", forecast="0,0", deviation="ingen plan ännu"),
    after=UnitFigures(budget="23,5", forecast="24,3", deviation="underskott 0,8"),
    why="Enhetens helårsprognos är 24,3 mnkr mot budget 23,5 mnkr. Underskottet är 0,8 mnkr (3,4 %). "
    "Fler barn än planerat förklarar 0,2 mnkr och högre kostnad per barn 0,6 mnkr.",
    rule="Ni får larmet eftersom underskottet är större än både 150 tkr och 2 % av budgeten "
    "(gränsen i oktober), två månader i rad.",
    sources=("ekonomi levererad 2026-11-06, rad 412–423", "prestationer levererade 2026-11-05, rad 18"),
    plan_due="16 november",
    escalates="23 november",
)
SODER = DeviatingUnit(
    unit="Förskola Söder",
    signal="larm",
    headline="befarat underskott 310 tkr",
    amounts_in="tkr",
    before=UnitFigures(budget="14 200", forecast="14 510", deviation="underskott 310 (2,2 %)"),
    effect=UnitFigures(budget="", forecast="0", deviation="ingen plan ännu"),
    after=UnitFigures(budget="14 200", forecast="14 510", deviation="underskott 310"),
    why="Enhetens helårsprognos är 14 510 tkr mot budget 14 200 tkr. Underskottet är 310 tkr (2,2 %). "
    "Högre kostnad per barn förklarar hela underskottet.",
    own_forecast="Din egen prognos är 14 200 tkr.",
    rule="Ni får larmet eftersom underskottet är större än både 150 tkr och 2 % av budgeten "
    "(gränsen i oktober).",
    sources=("ekonomi levererad 2026-11-06, rad 424–435",),
    plan_due="16 november",
    escalates="23 november",
    change="worse",
)
ALEN = DeviatingUnit(
    unit="Öppna förskolan Ålen",
    signal="bevaka",
    headline="överskott 0,4 mnkr",
    amounts_in="mnkr",
    before=UnitFigures(budget="6,1", forecast="5,7", deviation="överskott 0,4 (6,6 %)"),
    effect=UnitFigures(budget="", forecast="", deviation="behövs inte"),
    after=UnitFigures(budget="6,1", forecast="5,7", deviation="överskott 0,4"),
    why="Enhetens helårsprognos är 5,7 mnkr mot budget 6,1 mnkr. Överskottet är 0,4 mnkr (6,6 %).",
    rule="Enheten bevakas eftersom överskottet är större än både 150 tkr och 5 % av budgeten.",
    sources=("ekonomi levererad 2026-11-06, rad 512–523",),
    change="new",
    stand_in="ersättare",
    lacking="mejladress till chefen",
)
ONE = Avvikelse(organisation=ORGANISATION, period="oktober 2026", year="2026", parts=(NORR,))
MANY = Avvikelse(
    organisation=ORGANISATION,
    would_have_gone_to="eva.exempel@stad.example",
    period="oktober 2026",
    year="2026",
    parts=(replace(NORR, change="new"), SODER, ALEN),
    second_mail=True,
)
LINKED_NORR = replace(
    NORR,
    link=PLAN_LINK,
    picture="diagram-1",
    picture_alt="Diagram över ackumulerat underskott mot periodiserad budget: utfallet till och med oktober "
    "är 0,6 mnkr, prognosen för helåret 0,8 mnkr, troligen mellan 0,6 och 1,0. "
    "Gränsen för larm är 0,5 (2 %).",
)
LINKED = replace(ONE, parts=(LINKED_NORR,))
LINKED_MANY = replace(
    MANY,
    would_have_gone_to="",
    parts=(
        replace(
            LINKED_NORR,
            plan_standing="Planen som skulle ha lämnats 14 oktober saknas fortfarande.",
        ),
        replace(
            SODER,
            effect=UnitFigures(budget="", forecast="−100", deviation="godkända åtgärder"),
            after=UnitFigures(budget="14 200", forecast="14 410", deviation="underskott 210"),
            plan_standing="Godkända åtgärder väntas ge 100 tkr under resten av året.",
            link=PLAN_LINK + "2",
        ),
        ALEN,
    ),
)
WAITING = replace(
    ONE,
    parts=(
        replace(
            LINKED_NORR,
            plan_due="",
            escalates="",
            effect=UnitFigures(budget="", forecast="0,0", deviation="plan väntar på beslut"),
            plan_standing="Din plan från 12 oktober väntar på beslut; du behöver inte lämna någon ny.",
            next_step="Avdelningschefen beslutar senast den 26 oktober.",
            link_text="Se planen",
        ),
    ),
)
WATCHED = replace(
    ONE,
    parts=(replace(ALEN, change="", stand_in="controller", is_for_controller=True, lacking="chef"),),
)
COVERED = replace(
    ONE,
    parts=(
        replace(
            NORR,
            effect=UnitFigures(budget="", forecast="−0,8", deviation="godkänd plan"),
            after=UnitFigures(budget="23,5", forecast="23,5", deviation="i balans"),
            plan_due="",
            escalates="",
        ),
    ),
)
REFUSED = KvittoNekad(
    organisation=ORGANISATION,
    file="ekonomi_2026-10.csv",
    source="ekonomi",
    period="oktober 2026",
    received="2026-11-06 kl. 14.02",
    problem_count="3",
    places="128",
    problems=(
        FileProblem(
            row="412",
            column="utfall",
            value="1.234",
            rule="Ett belopp får inte vara tvetydigt.",
            remedies=("Skriv 1234 eller 1234,00, utan punkt mellan tusental.",),
            rows="12 rader",
            examples=("rad 412 ”1.234”", "rad 413 ”2.345”", "rad 414 ”3.456”"),
        ),
        FileProblem(
            row="415",
            column="enhet",
            value="Förskola Nord",
            rule="Enheten ska finnas i organisationsregistret.",
            remedies=("Rätta namnet eller lägg till enheten i organisation. Menar du Förskola Norr?",),
        ),
        FileProblem(
            row="",
            column="budget",
            value="",
            rule="Kolumnen måste finnas.",
            remedies=("Lägg till kolumnen budget i filens första rad.",),
        ),
    ),
    left_out="114",
    needed_by="9 november",
)
WHOLE = replace(
    REFUSED,
    period="",
    problem_count="1",
    places="",
    problems=(
        FileProblem(
            row="",
            column="",
            value="",
            rule="Två okända filer för samma källa och period kom samtidigt: ekonomi_2026-10_ny.csv.",
            remedies=("Lämna bara den som gäller.",),
        ),
    ),
    left_out="",
    needed_by="",
)
INCOMPLETE = KorningStoppad(
    organisation=ORGANISATION,
    period="oktober 2026",
    failed=False,
    step="kontrollerar underlaget",
    stopped="2026-11-06 kl. 02.14",
    reason="sjukfrånvaro saknas för 5 av 14 enheter",
    mails="Inga mejl har skickats",
    actions=(
        "Be HR lämna sjukfrånvaro för de enheter som saknas.",
        "Lägg filen i inkorgen som sjukfranvaro_2026-10.csv.",
    ),
    command="manad run 2026-10",
    missing=("Förskola Norr", "Förskola Söder", "Hemtjänst Väst", "Hemtjänst Öst", "Ungdomsgården Ålen"),
)
FAILED = replace(
    INCOMPLETE,
    failed=True,
    step="spara underlag",
    reason="databasen svarar inte",
    actions=("Kontrollera att databasen är igång: manad doctor visar vad som är fel.",),
    missing=(),
    detail="connection refused: 127.0.0.1 port 5432",
)
EXAMPLES: dict[str, MailValues] = {
    "avvikelse": ONE,
    "avvikelse_flera": MANY,
    "avvikelse_lank": LINKED,
    "avvikelse_flera_lank": LINKED_MANY,
    "avvikelse_plan_vantar": WAITING,
    "avvikelse_bevaka": WATCHED,
    "avvikelse_plan_finns": COVERED,
    "kvitto_nekad": REFUSED,
    "kvitto_nekad_hela_filen": WHOLE,
    "korning_stoppad": INCOMPLETE,
    "korning_misslyckad": FAILED,
    **mail_examples_plans.EXAMPLES,
    **mail_examples_months.EXAMPLES,
}
