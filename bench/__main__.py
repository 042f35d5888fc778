"""Run every bench, or those named: `python -m bench load_ledger`. Exit 1 when a bound doesn't hold."""

import sys
from importlib import import_module

BENCHES = ("load_ledger", "demo_month", "mail", "prefect_overhead", "early_warning")


def main(names: list[str]) -> int:
    """Run benches and print their bounds together at the end."""
    bounds = [bound for name in names or BENCHES for bound in import_module(f"bench.{name}").run()]
    print()
    for bound in bounds:
        print(bound)
    return 0 if all(bound.holds for bound in bounds) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
