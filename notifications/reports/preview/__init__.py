"""The first page of a preview: every mail that would be sent, each a link."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewMail:
    """A mail of the preview; `file` is its page in the same folder, `text_file` its text part."""

    to: str
    subject: str
    file: str
    text_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The mails of a month that would be sent, and the report's file (empty without one)."""

    period: str
    mails: tuple[PreviewMail, ...]
    report: str
