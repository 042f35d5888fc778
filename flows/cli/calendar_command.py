"""`manad calendar`: the days of a year's follow-up."""

from argparse import Namespace

from flows.cli.exit_codes import DONE
from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.config import read_config
from tasks.operations.year_calendar import write_calendar
from tasks.settings import read_settings


def calendar_command(arguments: Namespace) -> int:
    """Write a year's calendar; no database is needed."""
    config = read_config(read_settings().config_file)
    today = arguments.today or Clock().today()
    say(str(write_calendar(config, arguments.year or today.year, today, arguments.out)))
    return DONE
