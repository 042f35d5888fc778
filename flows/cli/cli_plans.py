"""The words of the commands about action plans: `manad plan`, `manad chase` and `manad web`."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tasks.rules.periods import Period

Commands = Any
"""What argparse calls the place that commands are added to."""


def add_chase(commands: Commands, command: Callable[..., Any], day: Callable[[str], date]) -> None:
    """Add `manad chase`."""
    parser = command(
        commands,
        "chase",
        "Påminnelser och eskaleringar som är aktuella, och mejl att försöka med igen.",
        "manad chase --today 2026-10-15",
    )
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som det sägs ske")


def add_web(commands: Commands, command: Callable[..., Any]) -> None:
    """Add `manad web`."""
    parser = command(
        commands, "web", "Webbsidorna för åtgärdsplaner. Ctrl-C stoppar.", "manad web --port 4280"
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESS", help="förval: bara den här datorn")
    parser.add_argument("--port", type=int, default=4280, metavar="N", help="förval 4280")


def add_plan(
    commands: Commands,
    command: Callable[..., Any],
    day: Callable[[str], date],
    period: Callable[[str], Period],
) -> None:
    """Add `manad plan` with its actions."""
    parser = command(commands, "plan", "Åtgärdsplaner: se, lämna in, besluta.", "manad plan list")
    actions = parser.add_subparsers(metavar="ÅTGÄRD", required=True, title="åtgärder")
    listing = _action(actions, "list", "planerna, nyaste månaden först", "manad plan list --period 2026-09")
    listing.add_argument("--period", type=period, metavar="PERIOD")
    listing.add_argument("--unit", metavar="KOD", help="bara enhetens planer")
    listing.add_argument("--json", action="store_true", help="som JSON")
    _with_plan(_action(actions, "show", "en plan med allt som hänt", "manad plan show 12")).add_argument(
        "--json", action="store_true", help="som JSON"
    )
    _submit(actions, day)
    for name, what in (("withdraw", "ta tillbaka en inlämnad plan"), ("approve", "godkänn en plan")):
        _change(actions, name, what, f"manad plan {name} 12", day)
    _change(
        actions, "return", "återsänd en plan", 'manad plan return 12 --comment "Ange vem som ansvarar."', day
    )
    _with_plan(_action(actions, "link", "länken som planens chef får", "manad plan link 12"))
    _with_plan(_action(actions, "revoke", "gör planens länkar ogiltiga", "manad plan revoke 12"))


def _submit(actions: Commands, day: Callable[[str], date]) -> None:
    example = 'manad plan submit 12 --measure "Färre vikarier;biträdande rektor;2026-11;40 000"'
    parser = _with_plan(_action(actions, "submit", "lämna in en plan", example))
    parser.add_argument(
        "--measure",
        action="append",
        default=[],
        metavar="ÅTGÄRD",
        help="vad;vem;från månad;kronor per månad;risk (risk får utelämnas); en gång per åtgärd",
    )
    parser.add_argument(
        "--file", type=Path, metavar="FIL", help="CSV: vad;vem;fran;effekt_per_manad;risk, en rad per åtgärd"
    )
    parser.add_argument("--unchanged", action="store_true", help="samma åtgärder som i förra planen")
    parser.add_argument("--draft", action="store_true", help="spara utan att lämna in")
    _who_and_when(parser, day)


def _change(actions: Commands, name: str, what: str, example: str, day: Callable[[str], date]) -> None:
    parser = _with_plan(_action(actions, name, what, example))
    if name != "withdraw":
        parser.add_argument(
            "--comment", default="", required=name == "return", metavar="TEXT", help="läses av chefen"
        )
    _who_and_when(parser, day)


def _action(actions: Commands, name: str, what: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=what, description=f"{what.capitalize()}.", epilog=f"Exempel: {example}"
    )
    parser.set_defaults(command_function=f"plan_{name}_command")
    return parser


def _with_plan(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("plan", type=int, metavar="NUMMER", help="planens nummer, se manad plan list")
    return parser


def _who_and_when(parser: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    parser.add_argument("--by", metavar="NAMN", help="för vem det görs; förval: den inloggade")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som det sägs ske")
