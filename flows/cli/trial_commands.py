"""`manad demo`, `manad backtest` and `manad doctor`: what is tried before the program is trusted."""

from argparse import Namespace

from demo.generate import generate
from flows.cli.exit_codes import DONE, FAILED
from flows.terminal.show_backtest import backtest_text
from flows.terminal.show_doctor import doctor_text
from flows.terminal.terminal import say
from tasks.assessment.backtest_years import backtest_years
from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.operations.check_installation import check_installation
from tasks.settings import read_settings


def demo_command(arguments: Namespace) -> int:
    """Write a fictional administration's deliveries."""
    written = generate(arguments.out, period=arguments.period, units=arguments.units, seed=arguments.seed)
    say(f"{len(written)} filer i {arguments.out.absolute()}. Kör månaden med:")
    say(f"  manad run {arguments.period} --inbox {arguments.out}")
    return DONE


def backtest_command(arguments: Namespace) -> int:
    """Replay old years."""
    with open_installation(read_settings(), Clock()) as installation:
        today = arguments.today or installation.clock.today()
        replayed = backtest_years(installation, arguments.file, arguments.out, today, say)
    say(backtest_text(replayed.measures, replayed.learnt, replayed.rows, arguments.out))
    return DONE


def doctor_command(_: Namespace) -> int:
    """Check whether everything that a month needs is in place."""
    checks = check_installation(read_settings(), Clock())
    say(doctor_text(checks))
    return DONE if all(check.is_well for check in checks) else FAILED
