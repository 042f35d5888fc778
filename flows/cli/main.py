"""The `manad` command: reads the words, hands them to a command, turns errors into one line."""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from flows.cli.cli_plans import add_chase, add_plan, add_web
from tasks.rules.operations.state import STEPS
from tasks.rules.periods import Period

TRANSLATIONS = (
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
        for english, swedish in TRANSLATIONS:
            message = re.sub(f"^{english}$", swedish, message)
        self.exit(2, f"{self.prog}: {message}. Se {self.prog} --help\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    arguments = _parser().parse_args(words)
    from flows.cli import commands  # noqa: PLC0415 - --help must answer without loading the database

    command = commands.found(arguments.command_function)
    return commands.guarded(command, arguments)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} är ingen månad; skriv till exempel 2026-09") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} är inget datum; skriv till exempel 2026-10-07") from None


def _parser() -> Parser:
    parser = Parser(
        prog="manad",
        description=(
            "Månadsuppföljning: tar in månadens filer, varnar tidigt, mejlar en gång och skriver rapporten."
        ),
        epilog="Exempel: manad run 2026-09 --inbox leveranser    Mer om ett kommando: manad run --help",
    )
    commands = parser.add_subparsers(metavar="KOMMANDO", required=True, title="kommandon")
    for add in (_run, _deliver, _fetch, _status, _deviations, _preview, _report, _mail):
        add(commands)
    add_plan(commands, _command, _day, _period)
    add_chase(commands, _command, _day)
    add_web(commands, _command)
    for add in (_serve, _backtest, _demo, _doctor):
        add(commands)
    return parser


def _command(commands: "argparse._SubParsersAction[Parser]", name: str, what: str, example: str) -> Parser:
    parser = commands.add_parser(name, help=what, description=what, epilog=f"Exempel: {example}")
    parser.set_defaults(command_function=f"{name}_command")
    return parser


def _run(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands, "run", "Kör en månad från filer till mejl och rapport. Kan upprepas.", "manad run 2026-09"
    )
    parser.add_argument("period", type=_period, metavar="PERIOD", help="månaden, ÅÅÅÅ-MM")
    parser.add_argument("--inbox", type=Path, metavar="DIR", help="mappen med leveranser (bara läses)")
    parser.add_argument("--dry-run", action="store_true", help="provkörning: inget sparas, inget skickas")
    parser.add_argument(
        "--no-mail", action="store_true", help="allt utom att köa mejl; nästa körning köar dem"
    )
    parser.add_argument(
        "--allow-missing", action="store_true", help="kör fast obligatoriska uppgifter saknas"
    )
    parser.add_argument("--today", type=_day, metavar="DATUM", help="dagen som körningen sägs ske")
    parser.add_argument(
        "--from", dest="from_step", choices=STEPS, metavar="STEG", help="gör om från detta steg: %(choices)s"
    )
    _mail_choice(parser)


def _mail_choice(parser: Parser) -> None:
    parser.add_argument(
        "--mails",
        choices=("none", "failed", "changed"),
        help="en klar månad: inga nya mejl (none), de misslyckade (failed), det som ändrats (changed)",
    )


def _deliver(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands, "deliver", "Lämna in en eller flera filer.", "manad deliver ekonomi_2026-09.csv"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
    parser.add_argument("--source", metavar="KÄLLA", help="när filnamnet inte säger vilken källa det är")
    parser.add_argument("--period", type=_period, metavar="PERIOD", help="när filnamnet inte säger månaden")
    parser.add_argument("--today", type=_day, metavar="DATUM", help="dagen som inlämningen sägs ske")


def _fetch(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands, "fetch", "Hämta källor som har en url i manad.toml till inkorgen.", "manad fetch 2026-09"
    )
    parser.add_argument(
        "period", nargs="?", type=_period, metavar="PERIOD", help="utelämnad: månaden före dagens"
    )
    parser.add_argument("--inbox", type=Path, metavar="DIR", help="mappen att lägga filerna i")
    parser.add_argument("--today", type=_day, metavar="DATUM", help="dagen som hämtningen sägs ske")


def _status(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands, "status", "Månadens steg, leveranser och mejl.", "manad status 2026-09 --json"
    )
    parser.add_argument("period", nargs="?", type=_period, metavar="PERIOD", help="utelämnad: den senaste")
    parser.add_argument("--json", action="store_true", help="som JSON")


def _deviations(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(commands, "deviations", "Månadens varningar, värst först.", "manad deviations 2026-09")
    parser.add_argument("period", type=_period, metavar="PERIOD")
    parser.add_argument("--json", action="store_true", help="som JSON")
    parser.add_argument(
        "--order",
        choices=("kronor", "risk"),
        default="kronor",
        help="störst underskott först (kronor, förval) eller högst riskvärde först (risk)",
    )


def _preview(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands,
        "preview",
        "Varje mejl och rapport som en körning skulle göra. Skickar och ändrar inget.",
        "manad preview 2026-09 --out granska",
    )
    parser.add_argument("period", type=_period, metavar="PERIOD")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="mappen att skriva till")
    parser.add_argument("--today", type=_day, metavar="DATUM", help="dagen som körningen sägs ske")
    _mail_choice(parser)


def _report(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(commands, "report", "Månadens rapport.", "manad report 2026-09 --format json")
    parser.add_argument("period", type=_period, metavar="PERIOD")
    parser.add_argument("--format", choices=("html", "json"), default="html", help="html (förval) eller json")
    parser.add_argument("--out", type=Path, metavar="FIL", help="filen att skriva till")


def _mail(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands,
        "mail",
        "Utkorgen: vem som fått vad och när, skicka om, avgör.",
        "manad mail list --state uncertain",
    )
    actions = parser.add_subparsers(metavar="ÅTGÄRD", required=True, title="åtgärder")
    listing = actions.add_parser(
        "list", help="mejlen, nyaste månaden först", epilog="Exempel: manad mail list --unit 101"
    )
    listing.set_defaults(command_function="mail_list_command")
    listing.add_argument(
        "--state", metavar="LÄGE", help="queued, retrying, sent, failed, skipped, settled, uncertain"
    )
    listing.add_argument("--period", type=_period, metavar="PERIOD")
    listing.add_argument("--address", metavar="ADRESS", help="vad någon har fått")
    listing.add_argument("--unit", metavar="KOD", help="vem som har fått något om en enhet")
    listing.add_argument("--kind", metavar="SLAG", help="avvikelse, paminnelse, eskalering …")
    listing.add_argument("--json", action="store_true", help="som JSON")
    showing = actions.add_parser("show", help="ett mejl som det skrevs", epilog="Exempel: manad mail show 17")
    showing.set_defaults(command_function="mail_show_command")
    showing.add_argument("id", type=int, metavar="ID")
    resend = actions.add_parser(
        "resend", help="skicka ett mejl igen, eller alla", epilog="Exempel: manad mail resend --failed"
    )
    resend.set_defaults(command_function="mail_resend_command")
    resend.add_argument("id", type=int, nargs="?", metavar="ID")
    resend.add_argument("--failed", action="store_true", help="alla som misslyckats")
    resend.add_argument("--uncertain", action="store_true", help="alla osäkra: de kan ha gått fram")
    settle = actions.add_parser(
        "settle", help="avgör ett mejl", epilog="Exempel: manad mail settle 17 --sent"
    )
    settle.set_defaults(command_function="mail_settle_command")
    settle.add_argument("id", type=int, metavar="ID")
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--sent", dest="settled_as", action="store_const", const="sent", help="det kom fram")
    how.add_argument(
        "--dropped", dest="settled_as", action="store_const", const="dropped", help="det ska inte skickas"
    )


def _serve(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands,
        "serve",
        "Kör allt: databas, Prefects server, arbetare, flöden och webbsidor. Ctrl-C stoppar.",
        "manad serve",
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="VÄRD", help="förval: bara den här datorn")
    parser.add_argument("--port", type=int, default=4200, metavar="PORT", help="Prefects sidor; förval 4200")
    parser.add_argument(
        "--web-port", type=int, default=4280, metavar="PORT", help="våra egna sidor; förval 4280"
    )


def _backtest(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands,
        "backtest",
        "Pröva regeln på gamla år, månad för månad, och lär av dem.",
        "manad backtest gamla_ar.csv --out provning.csv",
    )
    parser.add_argument(
        "file", type=Path, metavar="FIL", help="enhet;enhetstyp;ar;manad;budget;utfall, flera år"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FIL", help="filen att skriva till")
    parser.add_argument("--today", type=_day, metavar="DATUM", help="dagen som prövningen sägs ske")


def _demo(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands,
        "demo",
        "Leveranser från en påhittad stadsdelsförvaltning.",
        "manad demo --out demo --seed 7",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--period", type=_period, default=Period(2026, 9), metavar="PERIOD", help="förval 2026-09"
    )
    parser.add_argument("--units", type=int, default=125, metavar="N", help="antal enheter, förval 125")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="slumpfrö, förval 1")


def _doctor(commands: "argparse._SubParsersAction[Parser]") -> None:
    _command(commands, "doctor", "Finns allt som en månad behöver?", "manad doctor")


if __name__ == "__main__":
    sys.exit(main())
