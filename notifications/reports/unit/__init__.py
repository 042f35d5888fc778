"""To a unit or an area: its month on one page, for the workplace meeting. All strings are ready to read."""

from dataclasses import dataclass

from notifications.reports.tertial import TertialPage


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage(TertialPage):
    """The page: `title` is the unit's name, `month` which month it is of, else as a tertial's."""

    month: str
