"""Months of the small administration's volumes, social assistance and sick leave, with something to see."""

from tasks.rules.periods import Period
from tests.worlds.small_administration import UNITS

LAST = Period(2026, 9)
SOURCES = ("sjukfranvaro", "bistand", "prestationer")
EMPLOYEES = dict.fromkeys(UNITS, 40)


def sick_leave(period, percents, employees=EMPLOYEES):
    """Return a text of sjukfranvaro: per cent of sick leave by unit, women only, all in days 1–14."""
    spans = "franvarotimmar_1_14;franvarotimmar_15_90;franvarotimmar_91"
    head = f"period;enhet;kon;anstallda;ordinarie_timmar;{spans}"
    rows = [
        f"{period};{code};K;{employees[code]};6000;{60 * percent:.2f};0;0".replace(".", ",")
        for code, percent in percents.items()
    ]
    return "\n".join([head, *rows]) + "\n"


def assistance(period, households=900, grant=9153, **others):
    """Return a text of bistand."""
    names = "".join(f";{name}" for name in others)
    values = "".join(f";{value}" for value in others.values())
    return f"period;hushall;medelbidrag{names}\n{period};{households};{grant}{values}\n"


def volumes(period, counts, measure="Inskrivna barn", planned=40):
    """Return a text of prestationer: a count by unit."""
    rows = [f"{period};{code};{measure};{planned};{count}" for code, count in counts.items()]
    return "\n".join(["period;enhet;matt;planerat;utfall", *rows]) + "\n"


def months_before(count, last=LAST):
    return [last.plus(-back) for back in range(count - 1, -1, -1)]


def put_history(world, months=14, rise=3, employees=EMPLOYEES, households=900, of=SOURCES):
    """Put the months' files into the inbox: in the latest of them unit 101 is ill more and counts more.

    of: the sources that have a history; others have the last month only.
    """
    for place, period in enumerate(months_before(months), 1 - months):
        wobble = 0.2 if place % 2 else -0.2
        is_high = place > -rise
        percents = {
            code: 8 + wobble + unlike * 0.37 + (6 if is_high and code == "101" else 0)
            for unlike, code in enumerate(UNITS)
        }
        counts = {code: 46 if is_high and code == "101" else 40 for code in UNITS}
        swing = min(5, households // 3)
        texts = {
            "sjukfranvaro": sick_leave(period, percents, employees),
            "bistand": assistance(period, households + (swing if place % 2 else -swing)),
            "prestationer": volumes(period, counts),
        }
        for source in SOURCES if period == LAST else of:
            world.put(f"{source}_{period}.csv", texts[source])
