"""How the words of a command are read: months, days, and errors in one Swedish line."""

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from tasks.rules.periods import Period

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]

_TRANSLATIONS = (
    (r"the following arguments are required: (.+)", r"det här saknas: \1"),
    (r"unrecognized arguments: (.+)", r"förstår inte: \1"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1 kan inte vara \2; välj bland \3"),
    (r"argument (\S+): expected one argument", r"\1 behöver ett värde"),
    (r"argument (\S+): invalid \w+ value: (.+)", r"\1 kan inte vara \2"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one Swedish line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Leave with one line that says what was wrong with the words."""
        for english, swedish in _TRANSLATIONS:
            message = re.sub(f"^{english}$", swedish, message)
        self.exit(2, f"{self.prog}: {message}. Se {self.prog} --help\n")


def command(commands: "Commands", name: str, what: str, example: str) -> Parser:
    """Add a command; `what` is a Swedish sentence, shown in the list and in its own help."""
    parser = commands.add_parser(name, help=what, description=what, epilog=f"Exempel: {example}")
    parser.set_defaults(command=name)
    return parser


def actions(parser: Parser, name: str) -> "Actions":
    """Return where a command's actions are added: `manad mail` has list, show, resend and settle."""
    return Actions(name, parser.add_subparsers(metavar="ÅTGÄRD", required=True, title="åtgärder"))


class Actions:
    """The actions of one command."""

    def __init__(self, command: str, parsers: "Commands") -> None:
        self._command, self._parsers = command, parsers

    def add(self, name: str, what: str, example: str) -> Parser:
        """Add an action; `what` is in Swedish, without capital and full stop."""
        parser = self._parsers.add_parser(
            name, help=what, description=f"{what.capitalize()}.", epilog=f"Exempel: {example}"
        )
        parser.set_defaults(command=f"{self._command} {name}")
        return parser


def period(text: str) -> Period:
    """Read a month. Raises ArgumentTypeError."""
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} är ingen månad; skriv till exempel 2026-09") from None


def year(text: str) -> int:
    """Read a year. Raises ArgumentTypeError."""
    if re.fullmatch("[12][0-9]{3}", text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} är inget år; skriv till exempel 2026")
    return int(text)


def day(text: str) -> date:
    """Read a day. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} är inget datum; skriv till exempel 2026-10-07") from None
