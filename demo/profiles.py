"""The kinds of units and account groups that the administration is made of, with the reasons beside them.

The same promise as in `parameters`: frozen, because later measurements compare methods on it.
"""

from dataclasses import dataclass

PERSONAL, PREMISES, PURCHASES = "Personal", "Lokaler", "Köp av verksamhet"
MATERIAL, ASSISTANCE, INCOME = "Material och tjänster", "Försörjningsstöd", "Intäkter"


@dataclass(frozen=True)
class Group:
    """How an account group behaves: monthly noise (relative), share booked late, follows deviations."""

    noise: float
    late: float = 0.0
    driver: bool = True


GROUPS = {
    PERSONAL: Group(0.016),  # monthly salaries; what varies is substitutes and hourly staff
    PREMISES: Group(0.004, driver=False),  # rent by contract
    PURCHASES: Group(0.065, late=0.12),  # few, large, late invoices
    MATERIAL: Group(0.11, late=0.15),  # many small ones
    ASSISTANCE: Group(0.018),  # hundreds of households even out
    INCOME: Group(0.03, driver=False),  # fees, rents and state grants
}

EVEN = (1.0,) * 12
HEATING = (1.06, 1.05, 1.03, 1.0, 0.98, 0.96, 0.95, 0.95, 0.98, 1.0, 1.02, 1.02)
"""Rent is even, heating and electricity are not."""
SCHOOL_PAY = (1.0, 1.0, 1.01, 1.01, 1.01, 1.03, 0.9, 0.94, 1.01, 1.02, 1.03, 1.04)
"""Preschools merge in July and need few substitutes; new pay comes in April."""
CARE_PAY = (0.98, 0.95, 0.98, 0.98, 0.98, 1.03, 1.1, 1.07, 0.98, 0.97, 0.97, 1.01)
"""Holiday pay and summer substitutes in round-the-clock care; public holidays in December."""
OFFICE_PAY = (1.0, 0.99, 1.0, 1.0, 1.0, 1.02, 0.97, 0.97, 1.01, 1.01, 1.01, 1.02)
SUMMER_PAY = (0.92, 0.93, 0.95, 0.98, 1.02, 1.18, 1.16, 1.04, 0.96, 0.95, 0.95, 0.96)
"""Parks and youth centres hire for the summer."""
BUYING = (0.85, 0.92, 1.0, 1.0, 1.0, 1.06, 0.7, 0.85, 1.04, 1.1, 1.14, 1.34)
"""Little is bought in July, what is left is bought before Christmas."""
CARE_BOUGHT = (0.95, 0.95, 0.98, 0.99, 1.0, 1.0, 1.02, 1.02, 1.01, 1.02, 1.02, 1.04)
"""Placements grow over a year; days in a month are ignored."""
GRANTS = (0.88, 0.88, 1.24, 0.88, 0.88, 1.24, 0.88, 0.88, 1.24, 0.88, 0.88, 1.24)
"""Fees are even, state grants are paid by quarter."""
HOUSEHOLDS = (1.02, 0.99, 1.0, 0.99, 0.98, 1.0, 1.03, 1.03, 0.99, 0.98, 0.98, 1.01)
"""Assistance: a little more in summer (no student aid) and around the new year."""
CHILDREN = (1.0, 1.02, 1.03, 1.04, 1.05, 1.05, 1.02, 0.92, 0.94, 0.96, 0.98, 0.99)
"""The oldest leave for school in August, places fill until spring."""
SEASONS = {
    PREMISES: HEATING,
    PURCHASES: CARE_BOUGHT,
    MATERIAL: BUYING,
    ASSISTANCE: HOUSEHOLDS,
    INCOME: GRANTS,
}


@dataclass(frozen=True)
class Measure:
    """A volume: its name in the deliveries, niva or flode, kronor of budget for each, season and noise."""

    name: str
    kind: str
    price: int
    season: tuple[float, ...]
    noise: float


@dataclass(frozen=True)
class Profile:
    """A kind of unit.

    `weight` is its share of the units, `budget` the mean net budget (kr), `costs` the shares of gross cost,
    `income` in relation to gross cost, `scale` the size of its shifts, `spans` how many units each manager
    leads, `men` and `sick` shares of staff and of hours.
    """

    unit_type: str
    department: str
    line: str
    areas: tuple[str, ...]
    naming: tuple[str, ...]
    weight: float
    budget: int
    costs: dict[str, float]
    income: float
    pay: tuple[float, ...]
    scale: float
    spans: tuple[int, ...]
    men: float
    sick: float
    measure: Measure
    result_unit: bool = False


PROFILES = (
    Profile(
        unit_type="förskola",
        department="Förskoleverksamhet",
        line="Förskoleverksamhet",
        areas=("Förskolor norra", "Förskolor södra", "Förskolor östra"),
        naming=("Förskolan {}",),
        weight=0.304,
        budget=14_000_000,  # about 85 children
        costs={PERSONAL: 0.74, PREMISES: 0.15, MATERIAL: 0.11},
        income=0.06,  # parents' fees and grants
        pay=SCHOOL_PAY,
        scale=0.75,  # the budget follows the children
        spans=(2, 1, 3, 1, 2, 4),  # a head often leads several preschools
        men=0.06,
        sick=0.082,
        measure=Measure("Inskrivna barn", "niva", 165_000, CHILDREN, 0.012),
        result_unit=True,  # preschools carry their result over (the city's rules)
    ),
    Profile(
        unit_type="LSS-boende",
        department="Stöd och service till personer med funktionsnedsättning",
        line="Stöd och service till personer med funktionsnedsättning",
        areas=("Gruppbostäder", "Servicebostäder"),
        naming=("Gruppbostaden {}", "Servicebostaden {}"),
        weight=0.216,
        budget=14_000_000,
        costs={PERSONAL: 0.83, PREMISES: 0.1, MATERIAL: 0.07},
        income=0.04,
        pay=CARE_PAY,
        scale=0.95,
        spans=(2, 2, 1, 3),  # two small group homes share a manager
        men=0.3,
        sick=0.075,
        measure=Measure("LSS-insatser", "niva", 1_150_000, EVEN, 0.01),
    ),
    Profile(
        unit_type="socialtjänst",
        department="Individ- och familjeomsorg",
        line="Individ- och familjeomsorg",
        areas=("Barn och ungdom", "Vuxen", "Socialpsykiatri"),
        naming=("Barn- och ungdomsenheten {}", "Vuxenenheten {}", "Socialpsykiatrin {}"),
        weight=0.128,
        budget=21_000_000,
        costs={PERSONAL: 0.42, PREMISES: 0.04, PURCHASES: 0.47, MATERIAL: 0.07},
        income=0.05,
        pay=OFFICE_PAY,
        scale=1.45,  # one placement costs millions
        spans=(1, 1, 2),
        men=0.18,
        sick=0.068,
        measure=Measure("Placeringar", "niva", 900_000, EVEN, 0.04),
    ),
    Profile(
        unit_type="hemtjänst",
        department="Äldreomsorg",
        line="Äldreomsorg",
        areas=("Hemtjänst",),
        naming=("Hemtjänsten {}",),
        weight=0.112,
        budget=21_000_000,
        costs={PERSONAL: 0.87, PREMISES: 0.03, MATERIAL: 0.1},
        income=0.1,
        pay=CARE_PAY,
        scale=1.2,  # hours granted and hours done drift apart
        spans=(1, 2, 1, 1),
        men=0.2,
        sick=0.092,
        measure=Measure("Hemtjänsttimmar", "flode", 480, EVEN, 0.02),
    ),
    Profile(
        unit_type="vård- och omsorgsboende",
        department="Äldreomsorg",
        line="Äldreomsorg",
        areas=("Vård- och omsorgsboende",),
        naming=("{} vård- och omsorgsboende",),
        weight=0.112,
        budget=42_000_000,
        costs={PERSONAL: 0.73, PREMISES: 0.17, MATERIAL: 0.1},
        income=0.1,  # residents' rent and food
        pay=CARE_PAY,
        scale=0.9,
        spans=(1,),
        men=0.15,
        sick=0.088,
        measure=Measure("Vård- och omsorgsboende, helmånadsplatser", "niva", 780_000, EVEN, 0.012),
    ),
    Profile(
        unit_type="fritid och kultur",
        department="Kultur och fritid",
        line="Barn, kultur och fritid",
        areas=("Barn, kultur och fritid",),
        naming=("Fritidsgården {}", "Parkleken {}", "Kulturhuset {}"),
        weight=0.08,
        budget=8_000_000,
        costs={PERSONAL: 0.6, PREMISES: 0.22, MATERIAL: 0.18},
        income=0.07,
        pay=SUMMER_PAY,
        scale=0.9,
        spans=(1, 2, 1, 3),
        men=0.42,
        sick=0.055,
        measure=Measure("Besök", "flode", 160, SUMMER_PAY, 0.05),
    ),
    Profile(
        unit_type="ekonomiskt bistånd och arbetsmarknad",
        department="Försörjning och arbete",
        line="Ekonomiskt bistånd",  # an appropriation of its own
        areas=("Ekonomiskt bistånd",),
        naming=("Försörjningsstöd {}",),
        weight=0.024,
        budget=48_000_000,
        costs={PERSONAL: 0.22, PREMISES: 0.02, ASSISTANCE: 0.72, MATERIAL: 0.04},
        income=0.02,
        pay=OFFICE_PAY,
        scale=1.0,
        spans=(1,),
        men=0.2,
        sick=0.07,
        measure=Measure("Hushåll med ekonomiskt bistånd", "niva", 157_000, HOUSEHOLDS, 0.012),
    ),
    Profile(
        unit_type="ekonomiskt bistånd och arbetsmarknad",
        department="Försörjning och arbete",
        line="Arbetsmarknadsåtgärder",
        areas=("Arbetsmarknadsåtgärder",),
        naming=("Arbetsmarknadsenheten {}",),
        weight=0.024,
        budget=14_000_000,
        costs={PERSONAL: 0.68, PREMISES: 0.08, PURCHASES: 0.14, MATERIAL: 0.1},
        income=0.12,  # state grants per participant
        pay=OFFICE_PAY,
        scale=1.0,
        spans=(1,),
        men=0.35,
        sick=0.06,
        measure=Measure("Deltagare i arbetsmarknadsinsats", "niva", 95_000, EVEN, 0.03),
    ),
)
