"""Leading signals as a report has them: something of every kind, made up."""

HIDDEN = dict.fromkeys(("niva_signal", "varde", "jamforelse", "regel", "mening"), "doldt")


SERIES = {
    "Antal hushåll": "forandring", "Helårsprognos": "helar", "Hushåll": "hushall", "Vuxna": "vuxna",
    "Barn": "barn", "Unga 18–24 år": "unga_18_24", "Medelbidrag per hushåll": "medelbidrag",
    "Prestationsförändring": "prestationsforandring",
}  # fmt: skip


def signal(source, indicator, name="Bilan", code="bilan", group="enhet", **told):
    """Return a signal; without a figure it is missing."""
    empty = dict.fromkeys(("niva_signal", "varde", "jamforelse", "regel", "manader_saknas"))
    row = {"kalla": source, "indikator": indicator, "grupp": group, "enhet": code, "namn": name}
    series = SERIES.get(indicator.partition(",")[0])
    return {**row, "sort": "antal", **empty, "mening": "", "delar": {}, "serie": series, **told}


def everybody(source, indicator, name, **told):
    return signal(source, indicator, name, None, "hela förvaltningen", **told)


def sick_leave(name, code, group, year, women, men, **told):
    parts = {"kvinnor": women, "man": men, "dag_1_14": 3.1, "dag_15_90": 1.75, "fran_dag_91": 3.0}
    return signal(
        "sjukfranvaro", "Sjukfrånvaro", name, code, group,
        **{"sort": "%", "varde": year, "jamforelse": 7, "delar": parts, **told},
    )  # fmt: skip


def assistance(indicator, value, mean, change, city=None, **told):
    parts = {"forandring_procent": change, "staden_forandring_procent": city}
    return everybody(
        "bistand", indicator, "Ekonomiskt bistånd",
        **{"varde": value, "jamforelse": mean, "delar": parts, **told},
    )  # fmt: skip


def reading(name, code, kr, mean, planned, **told):
    parts = {"vantat_snitt": mean, "planerat": planned, "pris_satt": False}
    return signal(
        "prestationer", "Prestationsförändring, inskrivna barn", name, code,
        **{"sort": "kr", "varde": kr, "delar": parts, **told},
    )  # fmt: skip


SIGNALS = [
    everybody(
        "bistand", "Antal hushåll", "Ekonomiskt bistånd", varde=1310, jamforelse=1161.2, manader_saknas=0,
        niva_signal="bevaka", regel="Det är fler än slumpen brukar ge: gränsen går vid 1\u00a0232,2.",
        mening="1\u00a0310 hushåll fick ekonomiskt bistånd i oktober 2026.",
    ),
    assistance("Barn", "doldt", "doldt", None, **HIDDEN, delar={}),
    everybody(
        "bistand", "Helårsprognos", "Ekonomiskt bistånd", sort="kr",
        varde=140_300_000, jamforelse=137_400_000,
        mening="Till och med oktober har ekonomiskt bistånd kostat 117,0 mnkr.",
        delar={"avvikelse": -2_900_000, "volymeffekt": 3_400_000, "priseffekt": -500_000},
    ),
    assistance("Hushåll", 1310, 1154, 13.52, 1.1),
    assistance("Medelbidrag per hushåll", 10_130, 9635, 5.14, 5.14, sort="kr"),
    assistance("Unga 18–24 år", 64, 62.5, 2.4),
    assistance("Vuxna", 1481, 1481.2, -0.01),
    reading("Cedern", "cedern", -150_000, 59, 60),
    reading("Alen", "alen", 900_000, 66.5, 60.5),
    reading("Bilan", "bilan", 300_000, 58, 56),
    reading("Dungen", "dungen", 20, 40, 40),
    reading("Eken", "eken", None, None, 40),
    everybody(
        "prestationer", "Prestationsförändring, inskrivna barn", "Inskrivna barn", sort="kr",
        varde=1_050_020, mening="Inskrivna barn: årets avläsningar väntas ge 1,1 mnkr mer i budget.",
        delar={"enheter": 4, "av": 5, "mer": 1_200_020, "mindre": -150_000},
    ),
    everybody(
        "prestationer", "Prestationsförändring, LSS-insatser", "LSS-insatser", sort="kr",
        mening="LSS-insatser: uppgift saknas om årets avläsningar, så ingen ändring av budgeten kan räknas.",
        delar={"enheter": 0, "av": 3},
    ),
    signal(
        "prestationer", "Inskrivna barn", varde=52.9, jamforelse=56, niva_signal="bevaka", manader_saknas=0,
        regel="Skillnaden är större än gränsen.", delar={"skillnad_procent": -5.54},
    ),
    signal(
        "prestationer", "Kostnad per barn", sort="kr", varde=16_310.4, jamforelse=15_441.6,
        niva_signal="bevaka", manader_saknas=0, regel="Skillnaden är större än gränsen.",
        delar={"skillnad_procent": 5.63},
    ),
    signal(
        "prestationer", "Besök", "Dungen", "dungen", varde=1205, jamforelse=1140, niva_signal="bevaka",
        manader_saknas=0, delar={"skillnad_procent": 5.7},
    ),
    signal("prestationer", "Inskrivna barn", "Cedern", "cedern", manader_saknas=2),
    sick_leave("Förskola", "förskola", "avdelning", 8.38, 8.5, 6.2),
    sick_leave("Äldreomsorg", "äldre", "avdelning", 6.96, "doldt", "doldt"),
    sick_leave("Kultur", "kultur", "avdelning", "doldt", None, None, **HIDDEN, delar={}),
    sick_leave("Stöd", "stöd", "avdelning", 5.8, 6.1, None),
    sick_leave("hela förvaltningen", None, "hela förvaltningen", 7.68, 8.1, 5.8),
    sick_leave(
        "2 små enheter i Norra", "norra", "små enheter", 9.3, None, None, niva_signal="bevaka",
        manader_saknas=0, regel="En så stor ökning är sällan en slump: gränsen går vid 12,9\u00a0%.",
        delar={"senaste_tre": 14.8, "vanligt": 9.3},
    ),
    sick_leave("Eken", "eken", "enhet", 7.1, None, None, manader_saknas=11),
]  # fmt: skip
