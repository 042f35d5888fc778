"""Values of the mails about action plans, corrections and quiet units."""

from dataclasses import replace

from notifications.mails import MailValues, eskalering, i_balans, paminnelse, plan_att_besluta, rattad_uppgift
from notifications.mails.measures import MeasureRow, MeasureTable
from notifications.mails.plan_atersand import PlanAtersand
from notifications.mails.plan_godkand import PlanGodkand
from notifications.mails.plan_mottagen import PlanMottagen

ORGANISATION = "Demo stadsdelsförvaltning"
PERIOD = "september 2026"
TOKEN = "eyJwbGFuIjoxMiwicm9sbCI6ImNoZWYiLCJ1dCI6IjIwMjYtMTItMzEifQ.q3J0ZXhlbXBlbC1zaWduYXR1cg"
PLAN_LINK = f"https://manad.stad.example/plan/{TOKEN}"
DEPARTMENT_LINK = f"https://manad.stad.example/avdelning/{TOKEN}"
CLOSED = "Nästa besked, om oktober, kommer omkring den 9 november."

QUIET = i_balans.IBalans(
    organisation=ORGANISATION,
    period=PERIOD,
    year="2026",
    units=(
        i_balans.UnitInBalance(
            unit="Förskola Väst",
            budget="18,2 mnkr",
            forecast="18,1 mnkr",
            deviation="överskott 0,1 mnkr (0,5 %)",
        ),
        i_balans.UnitInBalance(
            unit="Förskola Öst", budget="9,4 mnkr", forecast="9,4 mnkr", deviation="underskott 21 tkr (0,2 %)"
        ),
    ),
    sources=("ekonomi levererad 2026-10-06, rad 88–111",),
    next_step=CLOSED,
    why_you="Du får det här som chef för enheterna i organisationsregistret.",
)
QUIET_ONE = replace(QUIET, units=QUIET.units[:1])

NORR_LATE = paminnelse.AwaitedPlan(
    unit="Förskola Norr",
    headline="befarat underskott 0,8 mnkr",
    due="14 oktober",
    next_steps=(
        "Påminnelse 2 skickas 19 oktober om planen inte har kommit.",
        "Har vi ingen plan den 21 oktober informerar vi avdelningschefen Karin Exempel.",
    ),
    link=PLAN_LINK,
)
SODER_RETURNED = paminnelse.AwaitedPlan(
    unit="Förskola Söder",
    headline="befarat underskott 310 tkr",
    due="23 oktober",
    next_steps=("Har vi ingen plan den 30 oktober informerar vi avdelningschefen Karin Exempel.",),
    link=PLAN_LINK + "2",
    returned="16 oktober",
    comment="Beskriv hur vikarierna ska minska, och räkna på oktober till december.",
)
REMINDER = paminnelse.Paminnelse(
    organisation=ORGANISATION, period=PERIOD, number="1", of="2", parts=(NORR_LATE,)
)
REMINDERS = replace(
    REMINDER,
    number="2",
    parts=(
        replace(NORR_LATE, next_steps=NORR_LATE.next_steps[1:]),
        SODER_RETURNED,
        replace(
            NORR_LATE,
            unit="Förskola Ö",
            headline="befarat underskott 160 tkr",
            next_steps=NORR_LATE.next_steps[1:],
            link=PLAN_LINK + "3",
        ),
    ),
    why_you="Du får det här som ersättare för enheterna, eftersom mejladress till chefen saknas i "
    "organisationsregistret.",
)

ESCALATION = eskalering.Eskalering(
    organisation=ORGANISATION,
    period=PERIOD,
    department="Avdelning Förskola",
    parts=(
        eskalering.MissingPlan(
            unit="Förskola Norr",
            manager="rektor Anna Exempel",
            headline="befarat underskott 0,8 mnkr",
            due="14 oktober",
            reminded=("15 oktober", "19 oktober"),
        ),
    ),
    answer_by="28 oktober",
    next_step="Planer som saknas den 28 oktober redovisas i månadens rapport.",
    link=DEPARTMENT_LINK,
)
ESCALATIONS = replace(
    ESCALATION,
    parts=(
        *ESCALATION.parts,
        eskalering.MissingPlan(
            unit="Förskola Söder",
            manager="rektor Bo Exempel",
            headline="befarat underskott 310 tkr",
            due="14 oktober",
            reminded=("15 oktober", "20 oktober"),
            returned="9 oktober",
        ),
    ),
    link="",
)

PLAN = MeasureTable(
    measures=(
        MeasureRow(
            what="Två vikariat förlängs inte när barngruppen Myran slås ihop med Fjärilen",
            who="biträdande rektor",
            from_month="november 2026",
            monthly="75 000",
            sum="150 000",
            risk="Fler barn kan komma i november.",
        ),
        MeasureRow(
            what="Inköp av material stoppas till årsskiftet",
            who="rektor",
            from_month="oktober 2026",
            monthly="15 000",
            sum="45 000",
        ),
    ),
    months="resten av 2026",
    total="195 000",
    against="Åtgärderna täcker 195 000 av underskottet på 820 000 kronor. "
    "625 000 kronor återstår utan åtgärd.",
)
SMALL_PLAN = replace(
    PLAN,
    measures=(replace(PLAN.measures[1], monthly="110 000", sum="330 000"),),
    total="330 000",
    against="Åtgärden täcker hela underskottet på 310 000 kronor.",
)
RECEIVED = PlanMottagen(
    organisation=ORGANISATION,
    period=PERIOD,
    unit="Förskola Norr",
    headline="befarat underskott 0,8 mnkr",
    received="12 oktober 2026 kl. 14.02",
    plan=PLAN,
    decider="avdelningschefen Karin Exempel",
    decide_by="26 oktober",
    link=PLAN_LINK,
)
TO_DECIDE = plan_att_besluta.PlanAttBesluta(
    organisation=ORGANISATION,
    period=PERIOD,
    department="Avdelning Förskola",
    parts=(
        plan_att_besluta.PlanToDecide(
            unit="Förskola Norr",
            manager="rektor Anna Exempel",
            headline="befarat underskott 0,8 mnkr",
            received="12 oktober",
            plan=PLAN,
        ),
    ),
    decide_by="26 oktober",
    next_step="Den som har lämnat planen får ditt beslut i ett mejl.",
    link=DEPARTMENT_LINK,
)
MANY_TO_DECIDE = replace(
    TO_DECIDE,
    parts=(
        *TO_DECIDE.parts,
        plan_att_besluta.PlanToDecide(
            unit="Förskola Söder",
            manager="rektor Bo Exempel",
            headline="befarat underskott 310 tkr",
            received="13 oktober",
            plan=SMALL_PLAN,
        ),
    ),
)
APPROVED = PlanGodkand(
    organisation=ORGANISATION,
    period=PERIOD,
    unit="Förskola Norr",
    headline="befarat underskott 0,8 mnkr",
    approved="16 oktober 2026",
    decider="avdelningschefen Karin Exempel",
    plan=PLAN,
    next_step="Effekten följs upp varje månad, första gången omkring den 9 november.",
    comment="Bra. Återkom i november om fler åtgärder.",
    link=PLAN_LINK,
)
SENT_BACK = PlanAtersand(
    organisation=ORGANISATION,
    period=PERIOD,
    unit="Förskola Norr",
    headline="befarat underskott 0,8 mnkr",
    returned="16 oktober 2026",
    decider="avdelningschefen Karin Exempel",
    comment="Åtgärderna täcker en fjärdedel av underskottet. Beskriv minst en till, gärna om bemanningen på "
    "eftermiddagarna, och räkna på vad den ger i november och december.",
    due="23 oktober",
    plan=PLAN,
    next_step="Har planen inte kommit skickas påminnelse 1 den 26 oktober.",
    link=PLAN_LINK,
)

FALLEN = rattad_uppgift.CorrectedUnit(
    unit="Förskola Norr",
    change="befarat underskott 0,8 → 0,3 mnkr",
    figures=(
        rattad_uppgift.CorrectedFigure(name="Helårsprognos", told="24,3 mnkr", now="23,8 mnkr"),
        rattad_uppgift.CorrectedFigure(
            name="Avvikelse", told="underskott 0,8 mnkr", now="underskott 0,3 mnkr"
        ),
        rattad_uppgift.CorrectedFigure(name="Besked", told="LARM", now="BEVAKA"),
    ),
    reason="Ekonomi rättades den 12 oktober: utfallet i september är 0,5 mnkr lägre.",
    demand="Kravet på åtgärdsplan har fallit bort. Du behöver inte lämna någon.",
    sources=("ekonomi revision 2, levererad 2026-10-12, rad 412–423",),
)
CORRECTED = rattad_uppgift.RattadUppgift(
    organisation=ORGANISATION,
    period=PERIOD,
    told_on="7 oktober 2026",
    parts=(FALLEN,),
    next_step=CLOSED,
)
CORRECTED_MANY = replace(
    CORRECTED,
    parts=(
        rattad_uppgift.CorrectedUnit(
            unit="Hemtjänst Öst",
            change="befarat underskott 1,4 → 1,1 mnkr",
            figures=(
                rattad_uppgift.CorrectedFigure(name="Hemtjänsttimmar i september", told="4 210", now="4 120"),
                rattad_uppgift.CorrectedFigure(name="Helårsprognos", told="41,4 mnkr", now="41,1 mnkr"),
            ),
            reason="Prestationer rättades den 12 oktober.",
            demand="Kravet på åtgärdsplan står kvar: lämna den senast den 14 oktober.",
            sources=("prestationer revision 2, levererad 2026-10-12, rad 18",),
            link=PLAN_LINK,
        ),
        FALLEN,
    ),
    why_you="Du får det här som chef för enheterna i organisationsregistret.",
)
EXAMPLES: dict[str, MailValues] = {
    "i_balans": QUIET,
    "i_balans_en": QUIET_ONE,
    "paminnelse": REMINDER,
    "paminnelse_utan_lank": replace(REMINDER, parts=(replace(NORR_LATE, link=""),)),
    "paminnelse_flera": REMINDERS,
    "eskalering": ESCALATION,
    "eskalering_flera": ESCALATIONS,
    "plan_mottagen": RECEIVED,
    "plan_att_besluta": TO_DECIDE,
    "plan_att_besluta_flera": MANY_TO_DECIDE,
    "plan_godkand": APPROVED,
    "plan_atersand": SENT_BACK,
    "rattad_uppgift": CORRECTED,
    "rattad_uppgift_flera": CORRECTED_MANY,
}
