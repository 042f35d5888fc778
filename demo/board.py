"""What the board follows beside the money: social assistance, indicators, risks and activities."""

from collections.abc import Iterator

import numpy as np

from demo.draws import Draws, Floats, Integers
from demo.economy import YEARS, Economy
from demo.names import address
from demo.profiles import ASSISTANCE
from demo.register import Register, Unit
from demo.sickness import Sickness
from demo.tables import columns, hundredths, tenths, whole
from tasks.rules.periods import Period

ASSISTANCE_HEADER = columns(
    "period;hushall;hushall_snitt_hittills;hushall_snitt_foregaende_ar;medelbidrag;medelbidrag_snitt_hittills;"
    "medelbidrag_snitt_foregaende_ar;utbetalt;vuxna;barn;unga_18_24;hushall_staden;medelbidrag_staden;"
    "medelbidrag_staden_snitt_hittills;medelbidrag_staden_snitt_foregaende_ar"
)
INDICATOR_HEADER = columns(
    "period;indikator;utfall;utfall_man;utfall_kvinnor;utfall_foregaende_ar;prognos_helar;arsmal;kf_arsmal;periodicitet;"
    "mal;riktning"
)
RISK_HEADER = columns("indikator;risk;sannolikhet;konsekvens;atgard")
ACTIVITY_HEADER = columns("aktivitet;ansvarig_epost;startdatum;slutdatum;avvikelse;mal")
CITY_TOPIC, INDICATOR_TOPIC = 50, 51
CITY_TIMES, CITY_GRANT = 14, 1.04
"""The city has about this many times the district's households, and a little more money per household."""
ADULTS, CHILDREN, YOUNG = 1.28, 0.62, 0.11
"""Persons per household, and young adults' share of the adults: as in published statistics."""

INDICATORS = (
    # name, last year and its decimals, the board's target, the city council's target, how often, goal, better
    ("Andel nöjda föräldrar i förskolan", 861, 1, "88 %", "87 %", "år", "1.1", "hogre"),
    ("Andel legitimerade förskollärare", 362, 1, "öka", "38 %", "tertial", "1.1.1", ""),
    ("Brukarnas nöjdhet med hemtjänsten", 823, 1, "84 %", "85 %", "år", "1.2", "hogre"),
    (
        "Medarbetare som en brukare möter under 14 dagar",
        118,
        1,
        "Max 11 personer",
        "minska",
        "tertial",
        "1.2.1",
        "",
    ),
    (
        "Andel vuxna med ekonomiskt bistånd av befolkningen",
        222,
        2,
        "2,15 %",
        "minska",
        "månad",
        "1.3",
        "lagre",
    ),
    ("Barn i osäkra boendeförhållanden", 12, 0, "Max 10 personer", "0 st", "månad", "1.3", ""),
    ("Antal feriejobb", 1248, 0, "1 275 st", "Tas fram av nämnd", "år", "1.3", "hogre"),
    ("Prognossäkerhet tertialrapport 2", 12, 1, "+/- 1 %", "+/- 1 %", "år", "3.1", ""),
    ("Elanvändning per kvadratmeter", 431, 1, "minska", "fastställs {year}", "år", "2.1", ""),
)
WRITE = (whole, tenths, hundredths)
"""How a figure with 0, 1 and 2 decimals is written."""
RISKS = (
    (
        "Sjukfrånvaro",
        "Hög sjukfrånvaro ger dyra vikarier och sämre kontinuitet",
        4,
        3,
        "Rehabträffar varje månad",
    ),
    (
        "Andel legitimerade förskollärare",
        "Förskollärare slutar i förtid",
        3,
        4,
        "Handledning och karriärvägar",
    ),
    (
        "Brukarnas nöjdhet med hemtjänsten",
        "Beviljad tid blir inte utförd",
        3,
        4,
        "Veckovis avstämning av tid",
    ),
    (
        "Barn i osäkra boendeförhållanden",
        "Familjer flyttar mellan tillfälliga boenden",
        2,
        5,
        "Bostadssamordnare",
    ),
    ("Prognossäkerhet tertialrapport 2", "Placeringar blir kända sent", 4, 4, "Gemensam placeringslista"),
    ("Elanvändning per kvadratmeter", "Äldre lokaler drar mer än avtalat", 2, 2, ""),
)
ACTIVITIES = (
    ("Gemensam bemanningspool för äldreomsorgen", "{year}-02-01", "{year}-12-31", "", "1.2"),
    (
        "Översyn av lokaler i förskolan",
        "{year}-01-15",
        "{year}-06-30",
        "Försenad: väntar på hyresvärdens besked",
        "1.1",
    ),
    ("Ny rutin för sena leverantörsfakturor", "{year}-03-01", "{year}-09-30", "", "3.1"),
    (
        "Hemtagning av placerade barn",
        "{year}-01-01",
        "{year}-12-31",
        "Två av fem hemtagningar är klara",
        "1.3",
    ),
    ("Introduktion för nya enhetschefer", "{year}-08-15", "{year}-11-15", "", "3.2"),
    ("Språkombud på gruppbostäder", "{year}-04-01", "{year}-10-31", "", "1.3"),
    ("Feriejobb sommaren {year}", "{year}-02-15", "{year}-08-31", "", "1.3"),
)


def assistance(
    economies: list[tuple[Unit, Economy]], volumes: list[tuple[Integers, Integers]]
) -> tuple[Floats, Floats]:
    """Return households and kronor paid by [year, month]: what the units of assistance count and book."""
    households, paid = np.zeros((YEARS, 12)), np.zeros((YEARS, 12))
    for (_, economy), (_, true) in zip(economies, volumes, strict=True):
        if ASSISTANCE in economy.groups:
            households += true
            paid += np.rint(economy.outcome[economy.groups.index(ASSISTANCE)] / 100)
    return households, paid


def assistance_row(seed: int, households: Floats, paid: Floats, period: Period, year: int) -> list[str]:
    """Return the month's row; an average grant is paid / households over the months it is about."""
    city = 1 + 0.02 * (Draws(seed, CITY_TOPIC).normals(YEARS, 12)[year] - 0.5)
    at, so_far = period.month - 1, slice(0, period.month)
    now, paid_now = int(households[year, at]), int(paid[year, at])
    grant = [_mean(paid[index, part], households[index, part]) for index, part in
             ((year, slice(at, at + 1)), (year, so_far), (year - 1, slice(0, 12)))]  # fmt: skip
    figures = [now, round(float(households[year, so_far].mean())), round(float(households[year - 1].mean()))]
    figures += [*grant, paid_now, round(now * ADULTS), round(now * CHILDREN), round(now * ADULTS * YOUNG)]
    figures += [round(now * CITY_TIMES * float(city[at])), *(round(value * CITY_GRANT) for value in grant)]
    return [str(period), *map(whole, figures)]


def indicator_rows(seed: int, sickness: list[tuple[Unit, Sickness]], period: Period) -> Iterator[list[str]]:
    """Yield sick leave over twelve months, hours over hours, and the board's other indicators."""
    draws = Draws(seed, INDICATOR_TOPIC)
    yield _sick_leave("Sjukfrånvaro", sickness, period, 3)
    yield _sick_leave("Sjukfrånvaro dag 1–14", sickness, period, 1)
    for name, before, decimals, target, council, often, goal, better in INDICATORS:
        write = WRITE[decimals]
        now = round(before * (1 + 0.03 * draws.normal()))
        known = often == "månad" or (often == "tertial" and period.month >= 4) or period.month == 12
        shown = write(now) if known else ""
        targets = [target, council.format(year=period.year)]
        yield [str(period), name, shown, "", "", write(before), write(now), *targets, often, goal, better]


def activity_rows(register: Register, year: int) -> Iterator[list[str]]:
    """Yield the board's activities of the year, each with a head of area who answers for it."""
    heads = [area.head for area in register.areas.values()]
    for position, (name, start, end, deviation, goal) in enumerate(ACTIVITIES):
        dates = [start.format(year=year), end.format(year=year)]
        yield [name.format(year=year), address(heads[position % len(heads)]), *dates, deviation, goal]


def risk_rows() -> Iterator[list[str]]:
    """Yield the board's risks; likelihood and consequence are 1–5."""
    for indicator, risk, likelihood, consequence, measure in RISKS:
        yield [indicator, risk, str(likelihood), str(consequence), measure]


def _sick_leave(name: str, sickness: list[tuple[Unit, Sickness]], period: Period, spans: int) -> list[str]:
    """Return the indicator's row: per cent of ordinary hours over twelve months to the period."""
    rates = {sex: _rate(sickness, period, sex, spans) for sex in ("KM", "M", "K")}
    before = _rate(sickness, Period(period.year - 1, 12), "KM", spans)
    shown = [tenths(rates[sex]) for sex in ("KM", "M", "K")]
    goals = ["7,0 %", "7,3 %"] if spans == 3 else ["minska", "2,7 %"]
    return [str(period), name, *shown, tenths(before), tenths(rates["KM"]), *goals, "månad", "3.2", "lagre"]


def _rate(sickness: list[tuple[Unit, Sickness]], period: Period, sexes: str, spans: int) -> int:
    """Return tenths of a per cent: Σ hours absent / Σ ordinary hours."""
    absent = ordinary = 0
    for _, truth in sickness:
        for back in range(12):
            for hours in truth.months[period.plus(-back)]:
                if hours.sex in sexes:
                    absent += sum(hours.absent[:spans])
                    ordinary += hours.ordinary * 10
    return round(1000 * absent / ordinary) if ordinary else 0


def _mean(paid: Floats, households: Floats) -> int:
    return round(float(paid.sum()) / float(households.sum()))
