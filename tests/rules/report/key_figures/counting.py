"""Units and areas that count volumes and cost money, for tests of the key figures."""

from dataclasses import replace
from decimal import Decimal

from tasks.rules.declaration import Volume
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.report.key_figures.counted import counted_measures
from tasks.rules.report.key_figures.key_figures import key_figures
from tasks.rules.signals.volume_watch import CountingPlace
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.unit_costs import PlaceMoney, UnitMoney
from tasks.rules.volumes.volumes import NOTHING, MeasuredVolume

SEPTEMBER = Period(2026, 9)
CHILDREN = Volume("Inskrivna barn", "niva", one="barn", many="barn")
ROOMS = Volume("Platser i förskola", "niva", one="plats", many="platser", room_of=CHILDREN.name)
BEDS = Volume("Helmånadsplatser", "niva", one="helmånadsplats", are_places=True)
HOURS = Volume("Hemtjänsttimmar", "flode", one="timme", many="timmar")
GRANTED = replace(HOURS, name="Beviljade hemtjänsttimmar", room_of=HOURS.name)
REGISTER = Register(
    [
        (
            Period(2025, 1),
            [
                UnitVersion("A1", "Skola", "avdelning"),
                UnitVersion("V1", "Norr", "verksamhetsomrade", "A1"),
                UnitVersion("V2", "Söder", "verksamhetsomrade", "A1"),
                UnitVersion("n1", "Norr ett", "enhet", "V1"),
                UnitVersion("n2", "Norr två", "enhet", "V1"),
                UnitVersion("s1", "Söder ett", "enhet", "V2"),
                UnitVersion("a1", "Under avdelningen", "enhet", "A1"),
                UnitVersion("x1", "Under ingen", "enhet"),
                UnitVersion("old", "Stängd", "enhet", "V1", valid_to=Period(2026, 3).first_day),
            ],
        )
    ]
)


def year(*values):
    figures = tuple(None if value is None else Decimal(value) for value in values)
    return figures + NOTHING[len(figures) :]


def months(value, count=9):
    return year(*[value] * count)


def volume(count, declared=CHILDREN, planned=10, before=8, **means):
    """Return a measure; a number is that of every month, else the months are given."""
    series = [each if isinstance(each, tuple) else months(each) for each in (count, planned, before)]
    measured = MeasuredVolume(getattr(declared, "name", declared), declared, *series)
    if isinstance(declared, str):
        measured = replace(measured, declared=None)
    return CountedVolume(measured, measured.outcome, (), **means)


def money(outcome=1000, budget=1200, before=800, year_budget=14_400):
    series = [each if isinstance(each, tuple) else months(each) for each in (outcome, budget, before)]
    return PlaceMoney(UnitMoney(*series), None if year_budget is None else Decimal(year_budget))


def place(code, *volumes, kr=None):
    own = (None, None) if kr is None else (kr.months, kr.year_budget)
    return CountingPlace(code, code, "enhet" if kr else "verksamhetsområde", volumes, *own)


def counted(*places, others=None, month=SEPTEMBER, fewest=5):
    """Return the measures of some places; others: the money of units that count nothing, by code."""
    of_units = {each.code: PlaceMoney(each.money, each.year_budget) for each in places if each.money}
    return list(counted_measures(places, of_units | (others or {}), REGISTER, month, fewest))


def figures(*places, month=SEPTEMBER, **settings):
    """Return the key figures by area and measure."""
    found = key_figures(counted(*places, month=month, **settings), month.month)
    return {(each.area, each.measure): each for each in found}
