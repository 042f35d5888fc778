"""Values of the mails about deliveries, the month as a whole, sick leave and activities."""

from dataclasses import replace

from notifications.mails import MailValues
from notifications.mails.aktivitet_sen import AktivitetSen, LateActivity
from notifications.mails.kvitto_mottagen import KvittoMottagen, MonthSums
from notifications.mails.leverans_hallen import LeveransHallen
from notifications.mails.leverans_paminnelse import LeveransPaminnelse, OwedDelivery
from notifications.mails.manad_klar import Cover, ManadKlar
from notifications.mails.manad_klar import Unit as WarnedUnit
from notifications.mails.sjukfranvaro_mote import SickLeaveUnit, SjukfranvaroMote

ORGANISATION = "Demo stadsdelsförvaltning"
PERIOD = "september 2026"

RECEIPT = KvittoMottagen(
    organisation=ORGANISATION,
    file="ekonomi_2026-09.csv",
    source="ekonomi",
    period=PERIOD,
    received="2026-10-06 kl. 08.14",
    revision="1",
    rows="1 248",
    units="14 av 14 enheter",
    next_step="Nästa leverans är oktober 2026, senast den 6 november.",
    months=(
        MonthSums(month="augusti", budget="31 204 000", outcome="30 912 114"),
        MonthSums(month="september", budget="32 118 000", outcome="33 004 870"),
    ),
)
REVISED = replace(
    RECEIPT,
    revision="2",
    units="12 av 14 enheter",
    months=(
        replace(RECEIPT.months[0], budget_change="0", outcome_change="0"),
        replace(RECEIPT.months[1], budget_change="0", outcome_change="−512 300"),
    ),
    previous="revision 1, mottagen 2026-10-05 kl. 08.14",
    absent=("Förskola Väst", "Öppna förskolan Ålen"),
    absent_more="3",
    notes=("Rad 4: rubrikraden står under 3 titelrader, som inte har lästs.",),
    warnings=("Rad 18: enheten Hemtjänst Syd upphörde 2026-08-31 men har utfall i september.",),
)
BEFORE = LeveransPaminnelse(
    organisation=ORGANISATION,
    period=PERIOD,
    overdue=False,
    due="7 oktober",
    due_in="i morgon",
    deliveries=(
        OwedDelivery(
            source="ekonomi",
            file="ekonomi_2026-09.csv",
            contents="Budget och utfall per månad, enhet och kontogrupp.",
        ),
        OwedDelivery(
            source="sjukfrånvaro",
            file="sjukfranvaro_2026-09.csv",
            contents="Ordinarie timmar och frånvarotimmar per enhet och kön.",
        ),
    ),
    where="Lägg filerna i månadens inkorg, eller skicka dem till den som driftar månadsuppföljningen.",
    next_step="Saknas en fil den 8 oktober kan månaden inte bedömas.",
)
OVERDUE = replace(
    BEFORE,
    overdue=True,
    due_in="",
    deliveries=BEFORE.deliveries[:1],
    where="Lägg filen i månadens inkorg.",
    next_step="Månaden står still. Den bedöms den dag filen kommer, och chefernas mejl går ut då.",
)
DONE = ManadKlar(
    organisation=ORGANISATION,
    period=PERIOD,
    cover=Cover(
        units="12 av 14",
        alarms="3",
        watched="2",
        plans_required="3",
        plans_in="1",
        plans_late="1",
        plans_approved="0",
        mails_sent="18",
        mails_failed="1",
        mails_uncertain="0",
    ),
    missing=("sjukfrånvaro för 2 av 14 enheter", "bistånd"),
    units=(
        WarnedUnit(
            unit="Förskola Norr",
            signal="larm",
            headline="befarat underskott 0,8 mnkr",
            plan="krävs senast 14 oktober",
        ),
        WarnedUnit(
            unit="Förskola Söder",
            signal="larm",
            headline="befarat underskott 310 tkr",
            plan="inlämnad, beslut senast 26 oktober",
        ),
        WarnedUnit(
            unit="Öppna förskolan Ålen", signal="bevaka", headline="överskott 0,4 mnkr", plan="behövs inte"
        ),
    ),
    report="manad report 2026-09 --format html",
    next_step="Den 15 oktober påminns de som inte har lämnat plan.",
    care="Ett mejl kom inte fram: manad mail list --state failed visar vilket.",
    link="https://manad.stad.example/manad/eyJtYW5hZCI6IjIwMjYtMDkifQ.q3J0ZXhlbXBlbC1zaWduYXR1cg",
)
DONE_QUIETLY = replace(DONE, missing=(), units=(), care="", link="")
MEETING = SjukfranvaroMote(
    organisation=ORGANISATION,
    period=PERIOD,
    quarter="tredje kvartalet 2026",
    meet="din HR-konsult Bo Exempel",
    book_by="30 oktober",
    units=(
        SickLeaveUnit(
            unit="Förskola Norr",
            rolling="9,1 %",
            change="1,2 procentenheter högre än för ett år sedan",
            signal="Över sin vanliga nivå sedan juli.",
        ),
        SickLeaveUnit(
            unit="Förskola Väst", rolling="6,4 %", change="0,3 procentenheter lägre än för ett år sedan"
        ),
        SickLeaveUnit(unit="Öppna förskolan Ålen", rolling="färre än 10, visas inte"),
    ),
    sources=("sjukfrånvaro levererad 2026-10-05",),
    next_step="Nästa underlag kommer omkring den 11 januari 2027.",
    why_you="Du får det här var tredje månad som chef för enheterna.",
)
MEETING_HR = replace(
    MEETING,
    meet="chefen för enheten",
    units=MEETING.units[:1],
    why_you="Du får det här var tredje månad som HR-konsult för enheten.",
)
LATE = AktivitetSen(
    organisation=ORGANISATION,
    period=PERIOD,
    activities=(
        LateActivity(
            name="Ta fram en gemensam rutin för vikarieanskaffning i förskolan",
            start="1 februari 2026",
            end="31 augusti 2026",
            deviation="Försenad, väntar på nytt avtal.",
        ),
    ),
    answer_by="21 oktober",
    next_step="Det du svarar står i månadens rapport, som blir klar omkring den 23 oktober.",
    sources=("aktiviteter levererade 2026-10-02, rad 4",),
)
LATE_MANY = replace(
    LATE,
    activities=(
        *LATE.activities,
        LateActivity(
            name="Utbilda alla chefer i budgetuppföljning", start="1 mars 2026", end="30 september 2026"
        ),
    ),
)
HELD = LeveransHallen(
    organisation=ORGANISATION,
    file="ekonomi_2026-09.csv",
    source="Ekonomi",
    period=PERIOD,
    received="2026-10-06 kl. 08.14",
    doubts=(
        (
            "Utfallet i filen är 1 000 gånger mindre än i den förra för 121 av 125 enheter: tillsammans "
            "1 855 176 mot 1 649 313 254 kronor. Lämna beloppen i kronor, eller släpp in filen om de är rätt."
        ),
    ),
    meaning="Till dess väntar september 2026: filen räknas som saknad, och inga chefer mejlas.",
    decides=True,
    command='manad release 17 --by NAMN --reason "varför siffrorna är rätt"',
    link="https://uppfoljning.example.se/leverans/WyJjb250cm9sbGVyIl0.c2lnbmF0dXI",
    why_you="Du får det här som controller: du kan säga om siffrorna är rätt.",
)
EXAMPLES: dict[str, MailValues] = {
    "leverans_hallen": HELD,
    "leverans_hallen_utan_sidor": replace(HELD, link=""),
    "leverans_hallen_leverantor": replace(
        HELD,
        decides=False,
        command="",
        link="",
        meaning="Till dess gäller revision 2, mottagen 2026-10-05 kl. 08.14.",
        why_you="Du får det här som mottagare av kvitton för källan.",
    ),
    "kvitto_mottagen": RECEIPT,
    "kvitto_mottagen_revision": REVISED,
    "leverans_paminnelse": BEFORE,
    "leverans_paminnelse_sen": OVERDUE,
    "manad_klar": DONE,
    "manad_klar_lugn": DONE_QUIETLY,
    "sjukfranvaro_mote": MEETING,
    "sjukfranvaro_mote_hr": MEETING_HR,
    "aktivitet_sen": LATE,
    "aktivitet_sen_flera": LATE_MANY,
}
