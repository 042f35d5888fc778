"""To the board and the city: a tertial's report in the published order. All strings are ready to read."""

from dataclasses import dataclass

from notifications.reports.month import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialPage:
    """The page: `title` says which tertial, `headline` in one line what is the matter.

    `state`, `gaps` and `is_whole` tell of completeness, as on the month's page.
    """

    title: str  # "Tertialrapport 1 2026"
    administration: str
    headline: str
    lead: tuple[str, ...]
    is_whole: bool
    state: str
    gaps: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
