"""The register as the organisation delivery."""

from collections.abc import Iterator
from datetime import date

from demo.names import address
from demo.register import Register, Unit
from demo.tables import columns

HEADER = columns(
    "kod;namn;niva;overordnad;enhetstyp;chef;chef_epost;ersattare_epost;controller_epost;resultatenhet;ersatter;"
    "giltig_fran;giltig_till"
)
OPENED = date(2019, 1, 1)
"""The register's first day, before every year that a delivery covers."""


def organisation_rows(register: Register) -> Iterator[list[str]]:
    """Yield the register's rows from the top down; a unit comes after the codes that it continues."""
    for name, department in sorted(register.departments.items(), key=lambda pair: pair[1].code):
        led = [department.head, address(department.head), "", department.controller_email]
        yield [department.code, name, "avdelning", "", "", *led, "nej", "", str(OPENED), ""]
    for name, area in sorted(register.areas.items(), key=lambda pair: pair[1].code):
        above = register.departments[area.department]
        led = [area.head, address(area.head), "", above.controller_email]
        yield [area.code, name, "verksamhetsomrade", above.code, "", *led, "nej", "", str(OPENED), ""]
    for unit in sorted(register.units, key=lambda unit: unit.code):
        yield from _unit_rows(register, unit)


def _unit_rows(register: Register, unit: Unit) -> Iterator[list[str]]:
    area = register.areas[unit.area]
    controller = register.departments[area.department].controller_email
    place = ["enhet", area.code, unit.profile.unit_type]
    led = [unit.manager, unit.manager_email, unit.deputy_email, controller]
    result_unit = "ja" if unit.profile.result_unit else "nej"
    start = OPENED
    for former in unit.formers:
        end = str(former.last.last_day)
        yield [former.code, former.name, *place, *led, result_unit, "", str(OPENED), end]
        start = former.last.plus(1).first_day
    replaces = ", ".join(former.code for former in unit.formers)
    yield [unit.code, unit.name, *place, *led, result_unit, replaces, str(start), ""]
