"""`manad mail`: the outbox seen, a mail sent again, and what became of one."""

import getpass
from argparse import Namespace
from dataclasses import asdict

from flows.cli.exit_codes import DONE
from flows.terminal import show_mails
from flows.terminal.terminal import as_json, say
from tasks.clock import Clock
from tasks.errors import UsageError
from tasks.installation import open_installation
from tasks.outbox.mails import list_mails, read_mail
from tasks.outbox.settle_mails import resend_mail, resend_mails, settle_mail
from tasks.settings import read_settings


def list_command(arguments: Namespace) -> int:
    """Show the outbox, or the part of it that is asked for."""
    with open_installation(read_settings(), Clock()) as installation:
        mails = list_mails(
            installation,
            arguments.state,
            period=arguments.period,
            address=arguments.address,
            unit=arguments.unit,
            kind=arguments.kind,
        )
    say(as_json([asdict(mail) for mail in mails]) if arguments.json else show_mails.mails_text(mails))
    return DONE


def show_command(arguments: Namespace) -> int:
    """Show one mail as it was written."""
    with open_installation(read_settings(), Clock()) as installation:
        say(show_mails.mail_text(read_mail(installation, arguments.id)))
    return DONE


def resend_command(arguments: Namespace) -> int:
    """Queue a mail again, or all that failed or are uncertain."""
    states = [state for state in ("failed", "uncertain") if getattr(arguments, state)]
    if (arguments.id is None) == (not states):
        raise UsageError("Ange ett mejls nummer, eller --failed eller --uncertain.")
    with open_installation(read_settings(), Clock()) as installation:
        if arguments.id is None:
            count = resend_mails(installation, states)
            say(f"{count} mejl är köade igen och skickas vid nästa körning eller manad chase.")
            return DONE
        subject = resend_mail(installation, arguments.id)
    say(f"Mejl {arguments.id} är köat igen och skickas vid nästa körning eller manad chase: {subject}")
    return DONE


def settle_command(arguments: Namespace) -> int:
    """Say what became of a mail."""
    with open_installation(read_settings(), Clock()) as installation:
        today = installation.clock.today()
        subject = settle_mail(installation, arguments.id, arguments.settled_as, getpass.getuser(), today)
    say(f"Mejl {arguments.id} {show_mails.settled_words(arguments.settled_as)}: {subject}")
    return DONE
