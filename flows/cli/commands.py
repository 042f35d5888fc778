"""Which function answers each command; what goes wrong in one is a line and an exit code.

Functions are named and not imported, so that a command loads only what it needs.
"""

import signal
from argparse import Namespace
from collections.abc import Callable
from pkgutil import resolve_name

from flows.cli.exit_codes import FAILED, INTERRUPTED
from flows.terminal.terminal import complain
from tasks.errors import ManadError
from tasks.installation import EXPECTED_ERRORS
from tasks.settings import read_settings

Command = Callable[[Namespace], int]
"""What answers a command: opens the installation, asks a task, shows the answer, returns an exit code."""

COMMANDS = {
    "run": "flows.cli.run_commands:run_command",
    "preview": "flows.cli.run_commands:preview_command",
    "chase": "flows.cli.run_commands:chase_command",
    "deliver": "flows.cli.delivery_commands:deliver_command",
    "release": "flows.cli.delivery_commands:release_command",
    "fetch": "flows.cli.delivery_commands:fetch_command",
    "status": "flows.cli.month_commands:status_command",
    "deviations": "flows.cli.month_commands:deviations_command",
    "report": "flows.cli.month_commands:report_command",
    "mail list": "flows.cli.mail_commands:list_command",
    "mail show": "flows.cli.mail_commands:show_command",
    "mail resend": "flows.cli.mail_commands:resend_command",
    "mail settle": "flows.cli.mail_commands:settle_command",
    "plan list": "flows.cli.plan_commands:list_command",
    "plan show": "flows.cli.plan_commands:show_command",
    "plan submit": "flows.cli.plan_commands:submit_command",
    "plan withdraw": "flows.cli.plan_commands:withdraw_command",
    "plan approve": "flows.cli.plan_commands:approve_command",
    "plan return": "flows.cli.plan_commands:return_command",
    "plan link": "flows.cli.plan_commands:link_command",
    "plan revoke": "flows.cli.plan_commands:revoke_command",
    "calendar": "flows.cli.calendar_command:calendar_command",
    "serve": "flows.cli.serve_commands:serve_command",
    "web": "flows.cli.serve_commands:web_command",
    "backtest": "flows.cli.trial_commands:backtest_command",
    "demo": "flows.cli.trial_commands:demo_command",
    "doctor": "flows.cli.trial_commands:doctor_command",
}


def command_of(name: str) -> Command:
    """Return the function that answers a command."""
    command: Command = resolve_name(COMMANDS[name])
    return command


def answer(arguments: Namespace) -> int:
    """Answer a command; what goes wrong is one line and an exit code, never a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being stopped is left as cleanly as Ctrl-C
    command = command_of(arguments.command)
    try:
        return command(arguments)
    except EXPECTED_ERRORS as error:
        complain(f"manad: {error}")
        return error.exit_code if isinstance(error, ManadError) else FAILED
    except KeyboardInterrupt:
        complain("manad: avbruten. Inget är halvt sparat; kör samma kommando igen.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody at a terminal: it is kept in a file
        from tasks.operations.close_month import unforeseen  # noqa: PLC0415 - loads half of the product

        kept = unforeseen(read_settings().home, arguments.command.replace(" ", "_"), error)
        complain(f"manad: {kept}")
        return FAILED
