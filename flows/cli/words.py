"""The words of the `manad` command: what can be asked for, in the order that the help shows it.

A command is only named here (`mail list`); flows/cli/commands.py says which function answers it.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.action_words import add_mail, add_plan
from flows.cli.parser import Parser, command, day, period, year
from tasks.rules.operations.state import STEPS
from tasks.rules.periods import Period

if TYPE_CHECKING:
    from flows.cli.parser import Commands


@cache
def command_parser() -> Parser:
    """Return the parser of everything that `manad` understands, made once in a process."""
    parser = Parser(
        prog="manad",
        description=(
            "Månadsuppföljning: tar in månadens filer, varnar tidigt, mejlar en gång och skriver rapporten."
        ),
        epilog="Exempel: manad run 2026-09 --inbox leveranser    Mer om ett kommando: manad run --help",
    )
    commands = parser.add_subparsers(metavar="KOMMANDO", required=True, title="kommandon")
    for add in (_run, _deliver, _release, _fetch, _status, _deviations, _preview, _report, add_mail):
        add(commands)
    for add in (add_plan, _chase, _calendar, _web, _serve, _backtest, _demo, _doctor):
        add(commands)
    return parser


def _run(commands: "Commands") -> None:
    parser = command(
        commands, "run", "Kör en månad från filer till mejl och rapport. Kan upprepas.", "manad run 2026-09"
    )
    parser.add_argument("period", type=period, metavar="PERIOD", help="månaden, ÅÅÅÅ-MM")
    parser.add_argument("--inbox", type=Path, metavar="DIR", help="mappen med leveranser (bara läses)")
    parser.add_argument("--history", type=Path, metavar="DIR", help="tidigare månaders filer, tas in först")
    parser.add_argument("--dry-run", action="store_true", help="provkörning: inget sparas, inget skickas")
    parser.add_argument(
        "--no-mail", action="store_true", help="allt utom att köa mejl; nästa körning köar dem"
    )
    parser.add_argument(
        "--allow-missing", action="store_true", help="kör fast obligatoriska uppgifter saknas"
    )
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som körningen sägs ske")
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


def _deliver(commands: "Commands") -> None:
    parser = command(
        commands, "deliver", "Lämna in en eller flera filer.", "manad deliver ekonomi_2026-09.csv"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
    parser.add_argument("--source", metavar="KÄLLA", help="när filnamnet inte säger vilken källa det är")
    parser.add_argument("--period", type=period, metavar="PERIOD", help="när filnamnet inte säger månaden")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som inlämningen sägs ske")
    parser.add_argument(
        "--explain", action="store_true", help="visa bara hur filen skulle läsas; inget sparas"
    )


def _release(commands: "Commands") -> None:
    parser = command(
        commands,
        "release",
        "Säg att en hållen leverans har rätta siffror, eller att de är fel.",
        'manad release 17 --by "Kia Berg" --reason "Bokslutet är omfört"',
    )
    parser.add_argument("id", type=int, metavar="ID", help="leveransens nummer, ur manad status")
    parser.add_argument("--by", required=True, metavar="NAMN", help="vem som svarar för beslutet")
    parser.add_argument("--reason", default="", metavar="TEXT", help="varför siffrorna är rätt; sparas")
    parser.add_argument("--refuse", action="store_true", help="siffrorna är fel: neka filen")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som beslutet sägs ske")


def _fetch(commands: "Commands") -> None:
    parser = command(
        commands, "fetch", "Hämta källor som har en url i manad.toml till inkorgen.", "manad fetch 2026-09"
    )
    parser.add_argument(
        "period", nargs="?", type=period, metavar="PERIOD", help="utelämnad: månaden före dagens"
    )
    parser.add_argument("--inbox", type=Path, metavar="DIR", help="mappen att lägga filerna i")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som hämtningen sägs ske")


def _status(commands: "Commands") -> None:
    parser = command(commands, "status", "Månadens steg, leveranser och mejl.", "manad status 2026-09 --json")
    parser.add_argument("period", nargs="?", type=period, metavar="PERIOD", help="utelämnad: den senaste")
    parser.add_argument("--json", action="store_true", help="som JSON")


def _deviations(commands: "Commands") -> None:
    parser = command(commands, "deviations", "Månadens varningar, värst först.", "manad deviations 2026-09")
    parser.add_argument("period", type=period, metavar="PERIOD")
    parser.add_argument("--json", action="store_true", help="som JSON")
    parser.add_argument(
        "--order",
        choices=("kronor", "risk"),
        default="kronor",
        help="störst underskott först (kronor, förval) eller högst riskvärde först (risk)",
    )


def _preview(commands: "Commands") -> None:
    parser = command(
        commands,
        "preview",
        "Varje mejl och rapport som en körning skulle göra. Skickar och ändrar inget.",
        "manad preview 2026-09 --out granska",
    )
    parser.add_argument("period", type=period, metavar="PERIOD")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="mappen att skriva till")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som körningen sägs ske")
    _mail_choice(parser)


def _report(commands: "Commands") -> None:
    parser = command(
        commands,
        "report",
        "Månadens rapport, eller tertialets.",
        "manad report 2026-08 --tertial --format docx",
    )
    parser.add_argument("period", type=period, metavar="PERIOD")
    parser.add_argument(
        "--tertial", action="store_true", help="tertialrapporten (april, augusti), i december årets"
    )
    parser.add_argument("--unit", metavar="KOD", help="en enhets, eller ett områdes, egen sida")
    parser.add_argument(
        "--format",
        choices=("html", "xlsx", "docx", "json", "ilsweb"),
        default="html",
        help="html (förval), xlsx, docx, json, ilsweb (siffror till stadens planeringssystem)",
    )
    parser.add_argument("--out", type=Path, metavar="FIL", help="filen att skriva till")


def _chase(commands: "Commands") -> None:
    parser = command(
        commands,
        "chase",
        "Påminnelser och eskaleringar som är aktuella, och mejl att försöka med igen.",
        "manad chase --today 2026-10-15",
    )
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som det sägs ske")


def _calendar(commands: "Commands") -> None:
    parser = command(
        commands,
        "calendar",
        "Årshjulet: stängning, avläsningar, leveranser, mejl, planer, tertial, möten.",
        "manad calendar --out arshjul.ics",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FIL",
        help=".ics för kalendern, .html för en sida",
    )
    parser.add_argument(
        "--year", type=year, metavar="ÅR", help="året vars månader följs upp; utelämnat: dagens år"
    )
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som kalendern sägs skrivas")


def _web(commands: "Commands") -> None:
    parser = command(
        commands, "web", "Webbsidorna för åtgärdsplaner. Ctrl-C stoppar.", "manad web --port 4280"
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESS", help="förval: bara den här datorn")
    parser.add_argument("--port", type=int, default=4280, metavar="N", help="förval 4280")


def _serve(commands: "Commands") -> None:
    parser = command(
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


def _backtest(commands: "Commands") -> None:
    parser = command(
        commands,
        "backtest",
        "Pröva regeln på gamla år, månad för månad, och lär av dem.",
        "manad backtest gamla_ar.csv --out provning.csv",
    )
    parser.add_argument(
        "file", type=Path, metavar="FIL", help="enhet;enhetstyp;ar;manad;budget;utfall, flera år"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FIL", help="filen att skriva till")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som prövningen sägs ske")


def _demo(commands: "Commands") -> None:
    parser = command(
        commands,
        "demo",
        "Leveranser från en påhittad stadsdelsförvaltning.",
        "manad demo --out demo --seed 7",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--period", type=period, default=Period(2026, 9), metavar="PERIOD", help="förval 2026-09"
    )
    parser.add_argument("--units", type=int, default=125, metavar="N", help="antal enheter, förval 125")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="slumpfrö, förval 1")


def _doctor(commands: "Commands") -> None:
    command(commands, "doctor", "Finns allt som en månad behöver?", "manad doctor")
