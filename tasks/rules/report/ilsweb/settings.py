"""What the city's planning system (Stratsys, ILS-webb) calls the board, its measures and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tasks.rules.thresholds import UnusableThresholdError

MONEY = {"kr": 0, "tkr": -3, "mnkr": -6}
SIGNS = (",", ".")


@dataclass(frozen=True)
class IlswebSettings:
    """The mapping. Only measures that stand here are written, each by the code that the system has for it.

    unit: the board. money: the unit of amounts. columns: what the system calls a column of the report; one
    that isn't named keeps its name, and an empty name leaves the column out. indicators: by name, or by the
    goal's code and the name (`3.2 Sjukfrånvaro`) where two goals have one of the same name. areas,
    budget_sides (`kostnader`, `intakter`), investments: by name. Raises UnusableThresholdError.
    """

    unit: str = ""
    decimal_sign: str = ","
    money: str = "mnkr"
    columns: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    budget_sides: Mapping[str, str] = field(default_factory=dict)
    investments: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.decimal_sign not in SIGNS:
            raise UnusableThresholdError("decimal_sign", self.decimal_sign, " eller ".join(SIGNS))
        if self.money not in MONEY:
            raise UnusableThresholdError("money", self.money, " eller ".join(MONEY))

    def written(self, value: Decimal, *, is_money: bool) -> str:
        """Write a figure (of money: kr) unrounded, without spaces between its digits: `-1234,5`."""
        scaled = value.scaleb(MONEY[self.money]) if is_money else value
        digits = f"{scaled.normalize():f}"
        return digits.replace(".", self.decimal_sign)
