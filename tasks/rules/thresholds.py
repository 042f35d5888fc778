"""What an unusable threshold in the configuration is told."""

from decimal import Decimal

from tasks.errors import ManadError


class UnusableThresholdError(ManadError):
    """A threshold can't be used as it stands: `name`, `value` and what it `must` be."""

    exit_code = 2

    def __init__(self, name: str, value: object, must: str) -> None:
        self.name, self.value, self.must = name, value, must
        super().__init__(f"Gränsen {name} är {value} men måste vara {must}: ändra den i manad.toml.")


def check_between(name: str, value: Decimal, lowest: int, highest: int | None = None) -> None:
    """Raise UnusableThresholdError unless the value is a number from `lowest` to `highest` (or any above)."""
    within = value.is_finite() and value >= lowest and (highest is None or value <= highest)
    if not within:
        must = f"minst {lowest}" if highest is None else f"mellan {lowest} och {highest}"
        raise UnusableThresholdError(name, value, must)
