"""A tiny administration that a test can read whole: one department, three units, amounts in thousands."""

import os
from pathlib import Path

PERIOD = "2026-09"
UNITS = {"101": "Förskolan Norr", "102": "Förskolan Söder", "103": "Hemtjänsten Öst"}
MANAGERS = {"101": "anna@example.se", "102": "bo@example.se", "103": "cia@example.se"}
CONTROLLER = "kontroll@example.se"

ORGANISATION_HEAD = (
    "kod;namn;niva;overordnad;enhetstyp;chef;chef_epost;ersattare_epost;controller_epost;"
    "resultatenhet;ersatter;giltig_fran;giltig_till"
)


def organisation(managers=MANAGERS, names=UNITS, extra=(), head=ORGANISATION_HEAD):
    """Return the register's text."""
    lines = [head, f"A1;Barn och äldre;avdelning;;;Alva;alva@example.se;;{CONTROLLER};nej;;2019-01-01;"]
    for code, name in names.items():
        address = managers.get(code, "")
        lines.append(f"{code};{name};enhet;A1;forskola;Chef {code};{address};;{CONTROLLER};nej;;2019-01-01;")
    return "\n".join([*lines, *extra]) + "\n"


def economy(year=2026, closed=9, over=("101",), by=0.10, units=UNITS, monthly=1_000_000):
    """Return a ledger's text: every unit spends its budget but those that are `over`, by a share of it."""
    lines = ["period;enhet;kontogrupp;budget;utfall"]
    for month in range(1, 13):
        for code in units:
            spent = round(monthly * (1 + by)) if code in over else monthly
            outcome = spent if month <= closed else ""
            lines.append(f"{year}-{month:02d};{code};Personal;{monthly};{outcome}")
    return "\n".join(lines) + "\n"


def volumes(period=PERIOD, units=UNITS):
    """Return a text of prestationer."""
    rows = [f"{period};{code};Inskrivna barn;40;38" for code in units]
    return "\n".join(["period;enhet;matt;planerat;utfall", *rows]) + "\n"


def assistance(period=PERIOD):
    """Return a text of bistand."""
    return f"period;hushall;medelbidrag\n{period};900;9 153\n"


def sick_leave(period=PERIOD, units=UNITS):
    """Return a text of sjukfranvaro."""
    spans = "franvarotimmar_1_14;franvarotimmar_15_90;franvarotimmar_91"
    head = f"period;enhet;kon;anstallda;ordinarie_timmar;{spans}"
    rows = [f"{period};{code};{sex};12;1900;40,5;30;20" for code in units for sex in "KM"]
    return "\n".join([head, *rows]) + "\n"


def forecasts(own, period=PERIOD, budget=12_000_000, requested=""):
    """Return a text of prognos: the units' own forecasts (kr before carry-over; empty: missing)."""
    head = "period;enhet;budget;begarda_budgetjusteringar;prognos_fore_resultatoverforing"
    return (
        "\n".join([head, *(f"{period};{code};{budget};{requested};{kr}" for code, kr in own.items())]) + "\n"
    )


def risks(*rows):
    """Return a text of risker: rows of indicator, likelihood, consequence and measure."""
    head = "indikator;risk;sannolikhet;konsekvens;atgard"
    return (
        "\n".join(
            [head, *(f"{name};Något händer;{how};{what};{measure}" for name, how, what, measure in rows)]
        )
        + "\n"
    )


def write_month(folder: Path, period=PERIOD, **texts):
    """Write a complete month's files; a text given by its source stands in, None leaves the file out."""
    folder.mkdir(parents=True, exist_ok=True)
    month = {
        "organisation": organisation(),
        "ekonomi": economy(),
        "prestationer": volumes(period),
        "bistand": assistance(period),
        "sjukfranvaro": sick_leave(period),
    } | texts
    for source, text in month.items():
        if text is not None:
            write(folder / f"{source}_{period}.csv", text)


def write(path: Path, text):
    """Write a file that has lain still for a while."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path
