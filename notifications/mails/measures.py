"""The measures of an action plan, as the mails about plans show them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure; `risk` is empty when none is told."""

    what: str
    who: str  # a role: "biträdande rektor"
    from_month: str  # "november 2026"
    monthly: str  # kr: "40 000"
    sum: str  # kr in the plan's months: "80 000"
    risk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTable:
    """A plan's measures, at least one, and what they add up to."""

    measures: tuple[MeasureRow, ...]
    months: str  # what the sums are of: "resten av 2026"
    total: str  # kr: "180 000"
    against: str  # a sentence: "Åtgärderna täcker 180 000 av underskottet på 820 000 kronor. …"
