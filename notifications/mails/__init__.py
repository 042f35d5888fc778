"""The mails: a folder each, with its values in `__init__.py` and three templates beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MailValues:
    """What every mail shows. All strings are ready to read: the caller formats figures and dates.

    `would_have_gone_to` is set when the mail is redirected (a trial): the address it was meant for.
    """

    organisation: str
    would_have_gone_to: str = ""
