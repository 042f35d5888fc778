"""The mail that tells controllers that a month is done, apart from the others."""

from tests.worlds.small_administration import CONTROLLER


def without_closing(world):
    """Return the mails that were written, but those to the controller that the month is done."""
    return [mail for mail in world.mails() if not is_closing(mail)]


def closings(world):
    """Return the mails that tell that the month is done."""
    return [mail for mail in world.mails() if is_closing(mail)]


def is_closing(mail):
    return mail["To"] == CONTROLLER and " är klar: " in mail["Subject"]
