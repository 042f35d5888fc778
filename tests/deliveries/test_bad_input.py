"""Each bad delivery gets a receipt, changes nothing, and the month is done when the good file comes."""

import pytest

from tasks.rules.deliveries.findings import Example
from tests.worlds.bad_deliveries import (
    REFUSED,
    Bad,
    encrypted_workbook,
    managers_mailed,
    refused_then_mended,
    sees_done,
    sees_refusal,
    workbook,
    zip_bomb,
)
from tests.worlds.small_administration import UNITS, economy, organisation, sick_leave

LAST_ROW = 38
"""The row that is added below the ledger of three units and twelve months."""


def added(line):
    return economy() + line + "\n"


def with_cell(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


SPREADSHEET_MENDS = "Öppna arbetsboken i Excel så att den räknas om, och spara den."
BAD = {
    "an empty file": Bad("ekonomi", b"", "Filen är tom", "Exportera den igen."),
    "a header only": Bad(
        "ekonomi",
        economy().splitlines()[0] + "\n",
        "Filen har bara rubriker",
        "Exportera den igen med rader.",
    ),
    "a missing column": Bad(
        "bistand",
        "period;hushall\n2026-09;900\n",
        "Kolumnen medelbidrag eller utbetalt saknas",
        "Lägg till en kolumn med rubriken medelbidrag eller utbetalt.",
        row=1,
        column="medelbidrag eller utbetalt",
    ),
    "a misspelt column": Bad(
        "ekonomi",
        with_cell(economy(), "utfall", "utfal"),
        "Kolumnen utfall saknas",
        "Byt rubriken ”utfal” till utfall, om det är den som menas.",
        row=1,
        column="utfall",
        value="utfal",
    ),
    "a column twice": Bad(
        "ekonomi",
        with_cell(economy(), "kontogrupp", "budget"),
        "Kolumnen budget finns två gånger",
        "Ta bort eller byt namn på den ena.",
        column="budget",
    ),
    "an unknown unit": Bad(
        "ekonomi",
        added("2026-09;Förskolan Nor;Personal;1;1"),
        "Enheten finns inte i registret",
        "Menas 101 (Förskolan Norr)? Rätta koden, eller leverera ett register som har enheten.",
        row=LAST_ROW,
        column="enhet",
        value="Förskolan Nor",
    ),
    "a month that the file's name doesn't say": Bad(
        "sjukfranvaro",
        sick_leave("2026-08"),
        "Månaden är inte filens",
        "Filen gäller 2026-09: rätta raden eller filens namn.",
        row=2,
        column="period",
        value="2026-08",
        count=6,
        examples=tuple(
            Example(row, "2026-08", "Filen gäller 2026-09: rätta raden eller filens namn.")
            for row in (2, 3, 4)
        ),
    ),
    "an outcome of a month to come": Bad(
        "ekonomi",
        economy(closed=10, over=()),
        "Utfall efter filens månad 2026-09",
        "Lämna bara budget för senare månader: töm cellen.",
        row=29,
        column="utfall",
        value="1000000",
        count=3,
        examples=tuple(
            Example(row, "1000000", "Lämna bara budget för senare månader: töm cellen.")
            for row in (29, 30, 31)
        ),
    ),
    "a file of a month to come": Bad(
        "ekonomi",
        economy(closed=12),
        "Filens månad 2026-12 har inte börjat",
        "Rätta månaden i filens namn, eller vänta med att lämna den.",
        period="2026-12",
    ),
    "a duplicate key": Bad(
        "ekonomi",
        added("2026-09;Förskolan Norr;Personal;1;1"),
        "Raden gäller samma sak som en tidigare rad",
        "Se rad 26: ta bort den ena raden eller slå ihop dem.",
        row=LAST_ROW,
        column="enhet",
        value="2026-09, Personal, 101",
    ),
    "text in a number": Bad(
        "ekonomi",
        added("2026-09;101;Lokaler;ett tusen;1"),
        "Det är inget tal",
        "Skriv ett tal, till exempel 12 345,50, eller lämna cellen tom.",
        row=LAST_ROW,
        column="budget",
        value="ett tusen",
    ),
    "a number that may be two": Bad(
        "ekonomi",
        added("2026-09;101;Lokaler;1.234;1"),
        "Talet kan läsas på två sätt",
        "Skriv 1234 om du menar tusental och 1,2340 om du menar decimaler.",
        row=LAST_ROW,
        column="budget",
        value="1.234",
    ),
    "a total among the detail": Bad(
        "ekonomi",
        added("2026-09;Summa;Personal;3000000;3200000"),
        "Summaraden är inte lika med summan av sina rader",
        "Utfall är 3\u00a0200\u00a0000, raderna tillsammans 3\u00a0100\u00a0000. "
        "Rätta den som är fel: kanske saknas rader.",
        row=LAST_ROW,
        column="enhet",
        value="Summa",
    ),
    "a negative headcount": Bad(
        "sjukfranvaro",
        with_cell(sick_leave(), ";12;", ";-12;"),
        "Anställda får inte vara mindre än 0",
        "Rätta värdet, eller lämna cellen tom om det saknas.",
        row=2,
        column="anstallda",
        value="-12",
    ),
    "more hours absent than there are": Bad(
        "sjukfranvaro",
        with_cell(sick_leave(), ";40,5;", ";1850,5;"),
        "Frånvarotimmarna är tillsammans fler än de ordinarie timmarna",
        "Kontrollera att timmarna gäller samma personer och samma månad.",
        row=2,
        column="ordinarie_timmar",
        value="1900",
    ),
    "a row cut short": Bad(
        "ekonomi",
        economy()[:-12],
        "Raden har 3 fält men rubriken har 5",
        'Rätta raden. En text som innehåller ; ska stå inom citattecken (").',
        row=37,
    ),
    "a zip bomb": Bad(
        "ekonomi",
        zip_bomb(),
        "Arbetsboken blir orimligt stor när den packas upp",
        "Spara bara tabellen i en ny arbetsbok.",
        suffix="xlsx",
    ),
    "an encrypted workbook": Bad(
        "ekonomi",
        encrypted_workbook(),
        "Arbetsboken är lösenordsskyddad",
        "Ta bort lösenordet och spara den igen.",
        suffix="xlsx",
    ),
    "formulas without values": Bad(
        "ekonomi",
        workbook(cells=[("D2", "=1+1"), ("E3", "=D3*2")]),
        "Cellen har en formel utan uträknat värde",
        SPREADSHEET_MENDS,
        row=2,
        column="budget",
        suffix="xlsx",
        faults=2,
    ),
    "a web page saved as CSV": Bad(
        "ekonomi",
        "<!DOCTYPE html>\n<html><body>Logga in</body></html>\n",
        "Filen är en webbsida (HTML)",
        "Ofta har en inloggning eller ett fel sparats i stället. Exportera tabellen igen.",
    ),
    "UTF-16": Bad(
        "ekonomi",
        economy().encode("utf-16"),
        "Filen är UTF-16",
        "Spara den som CSV UTF-8 (i Excel: CSV UTF-8, kommaavgränsad).",
    ),
    "NUL bytes": Bad(
        "ekonomi",
        with_cell(economy().encode(), b"Personal", b"Pers\0nal"),
        "Filen innehåller NUL-tecken",
        "Filen har troligen skadats på vägen. Exportera och lämna in den igen.",
    ),
    "a file of another format": Bad(
        "ekonomi",
        "#FLAGGA 0\n",
        "Filer av typen .se läses inte än",
        "Lämna uppgifterna som CSV UTF-8 eller Excelarbetsbok (.xlsx).",
        suffix="se",
    ),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_month_waits_for_the_good_file_after(world, bad):
    refused_then_mended(world, bad)


def test_a_unit_that_has_ended_is_refused_with_the_one_that_continues_it(world):
    register = organisation(
        extra=[
            "104;Förskolan Väst;enhet;A1;forskola;;;;;nej;;2019-01-01;2026-06-30",
            "105;Förskolan Nya Väst;enhet;A1;forskola;;;;;nej;104;2026-07-01;",
        ]
    )
    months = [(month, "104" if month < 7 else "105") for month in range(1, 10)]
    good = economy() + "".join(f"2026-{month:02d};{unit};Personal;1000;1000\n" for month, unit in months)
    bad = Bad(
        "ekonomi",
        good.replace("2026-09;105", "2026-09;104"),
        "Enheten finns inte i radens månad",
        "I september 2026 finns den inte. Den fortsätter som 105. "
        "Rätta enheten, månaden eller registrets datum.",
        row=46,
        column="enhet",
        value="104",
    )
    hours = sick_leave(units=(*UNITS, "105"))
    refused_then_mended(world, bad, organisation=register, ekonomi=good, sjukfranvaro=hours)


BESIDE = {name: BAD[name] for name in ("a number that may be two", "formulas without values")}


@pytest.mark.parametrize("bad", BESIDE.values(), ids=BESIDE)
@pytest.mark.usefixtures("done_month")
def test_a_finished_month_stays_as_it_is_beside(world, bad):
    report = world.manad("report", "2026-09", "--format", "json").json
    bad = Bad(**vars(bad) | {"anything": "_rattad"})
    answer = sees_refusal(world, bad, code=REFUSED)
    assert "September 2026: klar." in answer.out
    assert world.manad("report", "2026-09", "--format", "json").json == report
    (world.inbox / bad.name).unlink()
    sees_done(world)
    assert len(managers_mailed(world)) == 1
