"""The register: departments, business areas and units, who leads them, and what was merged or moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice

from demo import parameters as p
from demo.draws import Draws
from demo.names import People, address, place
from demo.profiles import PROFILES, Profile
from tasks.rules.periods import Period

PEOPLE_TOPIC, UNIT_TOPIC = 0, 1
MERGED, MOVED = ("förskola", 3), ("hemtjänst", 1)
"""Type and ordinal of the unit made of two at the last new year, and of the one with a new code in July."""
MOVED_IN = 7


@dataclass(frozen=True)
class Former:
    """A code that a unit continues: its name, its share of the unit's figures and its last month."""

    code: str
    name: str
    share: float
    last: Period


@dataclass(frozen=True)
class Unit:
    """A unit as the ledger knows it; `index` is its place in an order that never changes."""

    index: int
    code: str
    name: str
    profile: Profile
    area: str
    manager: str
    manager_email: str
    deputy_email: str
    formers: tuple[Former, ...]

    def parts(self, period: Period) -> list[tuple[str, float]]:
        """Return the codes that carry the unit's figures in a month, with their shares."""
        old = [(former.code, former.share) for former in self.formers if period <= former.last]
        return old or [(self.code, 1.0)]

    def split(self, period: Period, total: int) -> list[tuple[str, int]]:
        """Divide a figure of the unit between the codes that carry it; the parts add up to the figure."""
        if not self.formers:
            return [(self.code, total)]
        parts = self.parts(period)
        amounts = [round(total * share) for _, share in parts[:-1]]
        return list(zip((code for code, _ in parts), [*amounts, total - sum(amounts)], strict=True))


@dataclass(frozen=True)
class Department:
    """A department, its head and its controller's address."""

    code: str
    head: str
    controller_email: str


@dataclass(frozen=True)
class Area:
    """A business area, its head and the name of its department."""

    code: str
    head: str
    department: str


@dataclass(frozen=True)
class Register:
    """The whole organisation: units in their order, areas and departments by name."""

    units: list[Unit] = field(default_factory=list)
    departments: dict[str, Department] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)


def build_register(seed: int, units: int, period: Period) -> Register:
    """Return the register at the end of the period. More units leave the first ones as they are."""
    register, people = Register(), People(Draws(seed, PEOPLE_TOPIC))
    leaders: dict[tuple[str, int], tuple[str, str, str]] = {}
    for index, (profile, ordinal) in enumerate(islice(_order(), units)):
        _open_area(register, profile, ordinal, people)
        key = (_area(profile, ordinal), _span(profile, ordinal // len(profile.areas)))
        if key not in leaders:
            leaders[key] = _leader(people, Draws(seed, UNIT_TOPIC, index))
        register.units.append(_unit(index, ordinal, profile, leaders[key], period))
    return register


def _order() -> Iterator[tuple[Profile, int]]:
    """Yield profiles with their ordinals: one of each first, then whichever lags most behind its weight."""
    used = [0] * len(PROFILES)
    for index in count():
        lag = [profile.weight * (index + 1) - n for profile, n in zip(PROFILES, used, strict=True)]
        chosen = index if index < len(PROFILES) else lag.index(max(lag))
        yield PROFILES[chosen], used[chosen]
        used[chosen] += 1


def _area(profile: Profile, ordinal: int) -> str:
    return profile.areas[ordinal % len(profile.areas)]


def _span(profile: Profile, position: int) -> int:
    """Return which of the area's managers leads the unit at this position."""
    for leader in count():
        position -= profile.spans[leader % len(profile.spans)]
        if position < 0:
            break
    return leader


def _open_area(register: Register, profile: Profile, ordinal: int, people: People) -> None:
    """Give the area and its department a code and a leader when their first unit comes."""
    number, places = _numbering(profile.department)
    if profile.department not in register.departments:
        department = Department(f"A{number}", people.next(), address(people.next()))
        register.departments[profile.department] = department
    area = _area(profile, ordinal)
    if area not in register.areas:
        code = f"V{number}{places.index(area) + 1}"
        register.areas[area] = Area(code, people.next(), profile.department)


def _numbering(department: str) -> tuple[int, list[str]]:
    """Return the department's number and its areas, whether or not they have units yet."""
    names = list(dict.fromkeys(profile.department for profile in PROFILES))
    areas = [area for profile in PROFILES if profile.department == department for area in profile.areas]
    return names.index(department) + 1, areas


def _leader(people: People, draws: Draws) -> tuple[str, str, str]:
    """Return a manager's name, address and deputy's address."""
    manager, deputy = people.next(), people.next()
    return manager, address(manager), address(deputy) if draws.chance(p.DEPUTY) else ""


def _unit(index: int, ordinal: int, profile: Profile, leader: tuple[str, str, str], period: Period) -> Unit:
    name = profile.naming[ordinal % len(profile.naming)].format(place(index))
    code = f"{PROFILES.index(profile) + 1}{ordinal + 1:03d}"
    who = (profile.unit_type, ordinal)
    formers = _formers(who, code, name, period)
    if who == MOVED and not formers:
        code, name = f"{code}1", f"{name} mitt"
    manager, email, deputy = ("Vakant", "", "") if index in p.NO_MANAGER else leader
    area = _area(profile, ordinal)
    return Unit(index, code, name, profile, area, manager, email, deputy, formers)


def _formers(who: tuple[str, int], code: str, name: str, period: Period) -> tuple[Former, ...]:
    """Return the codes before the merger at the new year, or before the new code of July once it has come."""
    if who == MERGED:
        last = Period(period.year - 1, 12)
        return (
            Former(f"{code}1", f"{name} östra", p.MERGED_SHARE, last),
            Former(f"{code}2", f"{name} västra", 1 - p.MERGED_SHARE, last),
        )
    if who == MOVED and period.month >= MOVED_IN:
        return (Former(f"{code}1", f"{name} mitt", 1.0, Period(period.year, MOVED_IN - 1)),)
    return ()
