"""How the fictional administration behaves: every number with its reason (the kinds of units: profiles).

Nothing here is measured in a Swedish administration unless the reason says so. Later measurements compare
methods on this generator, so a change of a number makes old results incomparable: a decision, no tidying.
Amounts are kronor in the current year's prices; shares and rates are fractions (0.03 = 3 %).
"""

PAST_YEARS = 3
"""The forecast rule uses up to three years of history."""
GROWTH = 0.028
"""Next year's budget = this year's · (1 + this): about the municipal price index of a normal year."""
RESIZING = 0.015
"""Standard deviation of a unit's own yearly change of budget on top: children and clients move."""
SIZE_SPREAD, SIZE_LOW, SIZE_HIGH = 0.33, 0.5, 1.8
"""Units of one type differ: standard deviation and bounds of a unit's size relative to its type's mean."""
SHARE_SPREAD = 0.08
"""A unit's mix of account groups differs this much (standard deviation) from its type's."""
OWN_SEASON = 0.018
"""A unit's own lasting monthly deviation from its type's season (schedules, habits of booking)."""
FLAT_PHASING = 0.35
"""Share of units whose budget is straight twelfths: common, and why a phased budget misleads in summer."""

STRUCTURAL = 0.007
"""Standard deviation of cost against budget from January: no budget fits exactly."""
CARRY = 0.35
"""Share of the deviation in December that is left in January: measures and the new budget take the rest."""
KINDS = (
    ("ingen", 0.58),
    ("nivaskifte", 0.17),
    ("volymdrift", 0.09),
    ("engang", 0.09),
    ("sena_fakturor", 0.07),
)
"""What happens to a unit in a year. With STRUCTURAL and CARRY, 15–30 % of units end more than 2 % over."""
OVERSPEND = 0.72
"""Share of shifts and drifts that cost more: deficits are more common and larger than surpluses."""
SURPLUS_SIZE = 0.6
"""A shift that costs less is this much smaller: vacancies are filled, savings are spent."""
SHIFT_LOW, SHIFT_HIGH = 0.025, 0.09
"""Size of a shift or of a year's drift, of budget, before the type's scale: visible but not absurd."""
FROM_JANUARY = 0.3
"""Share of shifts that start in January: a saving in the budget that was never carried out."""
STAYS_LOW = 0.45
"""Least share of a shift that stays (the most: all); real series keep about two thirds."""
FADE = 0.6
"""The share of the passing part of a shift that is left a month later: gone in about half a year."""
ONE_OFF_LOW, ONE_OFF_HIGH, ONE_OFF_REFUND = 0.008, 0.03, 0.25
"""A one-off as a share of the year's budget, and how often it is a refund: repairs, settlements, back pay."""
LATE_LOW, LATE_HIGH = 0.3, 0.6
"""Late invoices: the share of purchases and material that a year's lapse books a month late."""
VOLUME_COST = 0.75
"""A per cent more volume costs this many per cent: premises and management don't follow."""
SHIFT_VOLUME = 0.2
"""Share of a shift that is volume: most of it is cost per child or client (price effect)."""

MERGED_SHARE = 0.55
"""What the larger of two merged preschools stood for."""
NO_MANAGER = (20, 77)
"""Index of the units without a manager's address: their mail goes to the controller."""
DEPUTY = 0.15
"""Share of managers with a deputy: about as many as are on leave."""
REPORTS_BUDGET = 0.45
"""Share of managers who forecast their budget until they must say otherwise: the wish to be in balance."""
REACTION_LOW, REACTION_HIGH = 0.3, 1.0
"""How much of the deviation that they could know the others report."""
NOTICE = 0.005
"""A deviation below this share of budget is not reported."""
BUDGET_REQUEST = 0.04
"""Share of units that ask for an adjustment of their budget (evacuation premises, investments)."""
RESULT_LIMIT, FUND_LIMIT = 0.05, 0.10
"""Of gross budget: result carried a year and the fund's ceiling (the city's rules for result units)."""

SICK_SPREAD = 0.22
"""Units of one type differ this much (standard deviation, relative) in sick leave."""
SICK_NOISE = 0.015
"""Standard deviation of a month's sick leave (fraction of hours) in a unit of 25 full-time posts."""
SICK_STEP, SICK_STEP_LOW, SICK_STEP_HIGH = 0.10, 0.015, 0.035
"""Share of units whose sick leave steps up once, and by how much: the step that the charts are to find."""
SICK_SEASON = (1.12, 1.2, 1.12, 1.0, 0.96, 0.86, 0.72, 0.82, 0.98, 1.05, 1.08, 1.09)
"""Infections: February highest, July lowest, as in every published monthly series."""
SICK_SPANS = (0.38, 0.22, 0.40)
"""Days 1–14, 15–90 and 91+ as shares of the hours absent in an average month."""
SICK_LUMPS = 0.3
"""Each sex's hours in each span vary this much a month (relative): one long illness shows in a small unit."""
SICK_MEN = 0.75
"""Men's sick leave relative to the unit's women's (published yearly figures lie near two thirds)."""
HOURS_A_DAY, DEGREE = 8, 0.92
"""Working day in hours and the average degree of employment."""
COST_PER_POST = 640_000
"""Personnel cost of a full-time post a year: pay of about 36 000 kr a month and social fees."""
HISTORY_MONTHS = 24
"""Months of sick leave, volumes and assistance before the current year: a control chart needs two years."""
NOISE_MEMORY = 0.4
"""Share of a month's noise that is left the month after: a vacancy or a long absence lasts."""
