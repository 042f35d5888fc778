"""The words of the commands that have actions of their own: `manad mail list`, `manad plan submit`."""

from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.parser import Actions, Parser, actions, command, day, period

if TYPE_CHECKING:
    from flows.cli.parser import Commands


def add_mail(commands: "Commands") -> None:
    """Add `manad mail` and its actions."""
    mail = actions(
        command(
            commands,
            "mail",
            "Utkorgen: vem som fått vad och när, skicka om, avgör.",
            "manad mail list --state uncertain",
        ),
        "mail",
    )
    listing = mail.add("list", "mejlen, nyaste månaden först", "manad mail list --unit 101")
    listing.add_argument(
        "--state", metavar="LÄGE", help="queued, retrying, sent, failed, skipped, settled, uncertain"
    )
    listing.add_argument("--period", type=period, metavar="PERIOD")
    listing.add_argument("--address", metavar="ADRESS", help="vad någon har fått")
    listing.add_argument("--unit", metavar="KOD", help="vem som har fått något om en enhet")
    listing.add_argument("--kind", metavar="SLAG", help="avvikelse, paminnelse, eskalering …")
    listing.add_argument("--json", action="store_true", help="som JSON")
    showing = mail.add("show", "ett mejl som det skrevs", "manad mail show 17")
    showing.add_argument("id", type=int, metavar="ID")
    resend = mail.add("resend", "skicka ett mejl igen, eller alla", "manad mail resend --failed")
    resend.add_argument("id", type=int, nargs="?", metavar="ID")
    resend.add_argument("--failed", action="store_true", help="alla som misslyckats")
    resend.add_argument("--uncertain", action="store_true", help="alla osäkra: de kan ha gått fram")
    settle = mail.add("settle", "avgör ett mejl", "manad mail settle 17 --sent")
    settle.add_argument("id", type=int, metavar="ID")
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--sent", dest="settled_as", action="store_const", const="sent", help="det kom fram")
    how.add_argument(
        "--dropped", dest="settled_as", action="store_const", const="dropped", help="det ska inte skickas"
    )


def add_plan(commands: "Commands") -> None:
    """Add `manad plan` and its actions."""
    plan = actions(
        command(commands, "plan", "Åtgärdsplaner: se, lämna in, besluta.", "manad plan list"), "plan"
    )
    listing = plan.add("list", "planerna, nyaste månaden först", "manad plan list --period 2026-09")
    listing.add_argument("--period", type=period, metavar="PERIOD")
    listing.add_argument("--unit", metavar="KOD", help="bara enhetens planer")
    listing.add_argument("--json", action="store_true", help="som JSON")
    showing = _of_plan(plan.add("show", "en plan med allt som hänt", "manad plan show 12"))
    showing.add_argument("--json", action="store_true", help="som JSON")
    _plan_submit(plan)
    _by_and_today(_of_plan(plan.add("withdraw", "ta tillbaka en inlämnad plan", "manad plan withdraw 12")))
    approving = _of_plan(plan.add("approve", "godkänn en plan", "manad plan approve 12"))
    approving.add_argument("--comment", default="", metavar="TEXT", help="läses av chefen")
    _by_and_today(approving)
    example = 'manad plan return 12 --comment "Ange vem som ansvarar."'
    returning = _of_plan(plan.add("return", "återsänd en plan", example))
    returning.add_argument("--comment", required=True, metavar="TEXT", help="läses av chefen")
    _by_and_today(returning)
    _of_plan(plan.add("link", "länken som planens chef får", "manad plan link 12"))
    _of_plan(plan.add("revoke", "gör planens länkar ogiltiga", "manad plan revoke 12"))


def _plan_submit(plan: Actions) -> None:
    example = 'manad plan submit 12 --measure "Färre vikarier;biträdande rektor;2026-11;40 000"'
    parser = _of_plan(plan.add("submit", "lämna in en plan", example))
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
    _by_and_today(parser)


def _of_plan(parser: Parser) -> Parser:
    parser.add_argument("plan", type=int, metavar="NUMMER", help="planens nummer, se manad plan list")
    return parser


def _by_and_today(parser: Parser) -> None:
    parser.add_argument("--by", metavar="NAMN", help="för vem det görs; förval: den inloggade")
    parser.add_argument("--today", type=day, metavar="DATUM", help="dagen som det sägs ske")
