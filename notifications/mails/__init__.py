"""The mails: a folder each, with its values in `__init__.py` and three templates beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MailValues:
    """What every mail shows. All strings are ready to read: the caller formats figures and dates.

    `would_have_gone_to` is set when the mail is redirected (a trial): the address it was meant for.
    A field called `link` is a whole web address, or empty where there are no web pages to open.
    """

    organisation: str
    would_have_gone_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerMail(MailValues):
    """A mail to a manager, and what ends it: why the reader got it, and what to do in doubt.

    The defaults are for the manager whom the register names; a stand-in is told something else.
    """

    why_you: str = "Du får det här som chef för enheten i organisationsregistret."
    doubt: str = "Stämmer något inte? Svara på det här mejlet så når du din controller."
