"""Tiny deliveries and a tiny register for the tests of the check."""

from datetime import date

from tasks.deliveries.tables.read_csv import read_csv
from tasks.rules.deliveries.check import check_delivery
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.sources import all_sources
from tests.rules.published_month import FOLDER

SEPTEMBER = Period(2026, 9)
TODAY = date(2026, 10, 7)
REGISTER = Register(
    [
        (
            Period(2026, 1),
            [
                UnitVersion("AVD", "Avdelning ett", "avdelning"),
                UnitVersion("VO", "Äldreomsorg", "verksamhetsomrade", "AVD"),
                UnitVersion("E1", "Solen", "enhet", "VO"),
                UnitVersion("E2", "Månen", "enhet", "VO"),
                UnitVersion("E3", "Stjärnan", "enhet", "VO"),
                UnitVersion("E4", "Stjärnan", "enhet", "VO"),
                UnitVersion("OLD", "Gamla", "enhet", "VO", valid_to=date(2026, 6, 30)),
                UnitVersion("NEW", "Nya", "enhet", "VO", replaces=("OLD",), valid_from=date(2026, 7, 1)),
            ],
        )
    ]
)


def table(text):
    """Read a delivery written as CSV in a test."""
    return read_csv(text.encode(), max_rows=10_000)


def published(source):
    """Read a delivery of the published month."""
    return read_csv((FOLDER / f"{source}_2021-04.csv").read_bytes(), max_rows=1000)


def check(source, text, register=REGISTER, period=SEPTEMBER, today=TODAY, **known):
    """Check a delivery written as CSV in a test."""
    return check_delivery(table(text), all_sources()[source], period, register, today=today, **known)


EKONOMI = "period;enhet;kontogrupp;budget;utfall\n"
SICK = (
    "period;enhet;kon;anstallda;ordinarie_timmar;franvarotimmar_1_14;franvarotimmar_15_90;franvarotimmar_91\n"
)
FORECAST = "period;verksamhetsomrade;ingar_i;budget;prognos_fore_resultatoverforing\n"
TREE = "kod;namn;niva;overordnad;chef_epost;ersatter;giltig_fran;giltig_till\n"
VOLUMES = "period;enhet;matt;utfall\n"
ACTIVITIES = "aktivitet;ansvarig_epost;startdatum;slutdatum\n"
