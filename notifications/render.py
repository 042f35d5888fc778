"""Turn a mail's values into subject, text and HTML, and show its HTML outside of a mail program."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from html import escape
from pathlib import Path
from textwrap import TextWrapper
from urllib.parse import quote

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from notifications.mails import MailValues

_HERE = Path(__file__).parent
_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
# Control characters, marks that turn the writing direction, and halves of surrogate pairs.
_UNWANTED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_HANGING = re.compile(r" *(?:- |\d+\. )?")  # what the following lines of a list item are indented by
_LONGEST_SUBJECT = 150
_WIDTH = 72
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9\[][^\s\"'<>]*")
_CONTENT_ID = re.compile(r"[A-Za-z0-9._-]+")
_SHOWN_PICTURE = re.compile(r'(<img src=")cid:([A-Za-z0-9._-]+)(?=")')
_VERBATIM = "    "  # a line that starts so is never wrapped: a command to copy


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's three parts; the subject is one line."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Templates:
    subject: Template
    text: Template
    html: Template


def render(values: MailValues) -> Rendered:
    """Render the mail whose folder holds the class of `values`.

    Every string loses control characters first; HTML escapes every value. Raises TypeError for a value
    that isn't a string, a bool, a tuple or a dataclass of those, and ValueError for a link that isn't a web
    address or a picture that isn't a content-id.
    """
    templates = _templates(type(values).__module__.rpartition(".")[2])
    context = cleaned_fields(values)
    context["subject"] = subject = _one_line(templates.subject.render(context))
    return Rendered(
        subject=subject,
        text=_wrapped(templates.text.render(context)),
        html=_inliner().inline(templates.html.render(context)),
    )


def with_pictures(html: str, pictures: Mapping[str, bytes | str]) -> str:
    """Return a rendered mail whose pictures a browser finds.

    `pictures` maps content-ids to PNG bytes, which are put into the page, or to file names relative to it.
    Raises KeyError for a picture of the mail that isn't among them.
    """
    return _SHOWN_PICTURE.sub(lambda found: found[1] + _address(pictures[found[2]]), html)


@cache
def _environment(*, for_html: bool) -> Environment:
    """Build an environment for HTML or for plain text.

    Two, not one that looks at the template's name: a macro of an unescaped template would reach HTML
    as safe markup.
    """
    environment = Environment(
        loader=FileSystemLoader([_HERE / "mails", _HERE]),
        autoescape=for_html,  # noqa: S701  (False only for plain text)
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"underlined": _underlined, "web": _web, "content_id": _content_id}
    return environment


@cache
def _templates(name: str) -> _Templates:
    plain = _environment(for_html=False)
    return _Templates(
        subject=plain.get_template(f"{name}/subject.txt.j2"),
        text=plain.get_template(f"{name}/body.txt.j2"),
        html=_environment(for_html=True).get_template(f"{name}/body.html.j2"),
    )


@cache
def _inliner() -> CSSInliner:
    """Build the inliner; it leaves the layout's own <style> alone, which can't be inlined."""
    style = (_HERE / "_base" / "mail.css").read_text(encoding="utf-8")
    return CSSInliner(
        extra_css=style, inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False
    )


def cleaned_fields(values: object, figures: tuple[type, ...] = ()) -> dict[str, object]:
    """Return the values' fields without the characters that no reader should meet.

    figures: types that may stand among the words as they are, besides bool.
    """
    return {field.name: _cleaned(getattr(values, field.name), figures) for field in fields(values)}  # type: ignore[arg-type]


def _cleaned(value: object, figures: tuple[type, ...]) -> object:
    """Copy a value without control characters; a line break becomes a space."""
    if isinstance(value, str):
        return _UNWANTED.sub("", _BREAKS.sub(" ", str(value)))
    if isinstance(value, (bool, *figures)):
        return value
    if isinstance(value, tuple):
        return tuple(_cleaned(item, figures) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**cleaned_fields(value, figures))
    raise TypeError(f"A mail's values are strings, bools and tuples, not {type(value).__name__}.")


def _one_line(subject: str) -> str:
    line = re.sub(r"[ \n]+", " ", subject).strip(" ")
    if len(line) <= _LONGEST_SUBJECT:
        return line
    return line[: _LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"


def _underlined(title: str, mark: str) -> str:
    return f"{title}\n{mark * min(len(title), _WIDTH)}"


def _web(address: str) -> str:
    """Pass a web address. Raises ValueError for anything else that could stand in a link."""
    if not _WEB_ADDRESS.fullmatch(address):
        raise ValueError(f"A mail links to web addresses only, not to {address!r}.")
    return address


def _content_id(name: str) -> str:
    """Pass the name of a picture in the mail. Raises ValueError for what isn't one."""
    if not _CONTENT_ID.fullmatch(name):
        raise ValueError(f"A picture has a content-id of letters, digits, dots and hyphens, not {name!r}.")
    return name


@cache
def _wrapper(indent: str) -> TextWrapper:
    return TextWrapper(_WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _wrapped(text: str) -> str:
    """Wrap lines at 72 characters, keep indents, and leave at most one empty line in a row."""
    lines = (line if line.startswith(_VERBATIM) else _wrapped_line(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip(" ") for line in lines)).strip("\n") + "\n"


def _wrapped_line(line: str) -> str:
    if len(line) <= _WIDTH:
        return line
    return _wrapper(" " * len(_HANGING.findall(line)[0])).fill(line)


def _address(picture: bytes | str) -> str:
    if isinstance(picture, str):
        return escape(quote(picture))
    return f"data:image/png;base64,{b64encode(picture).decode()}"
