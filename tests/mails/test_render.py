import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

import notifications
from notifications.mails import MailValues
from notifications.render import render
from tests.mails.mail_examples import ALEN, EXAMPLES, MANY, NORR, ONE

GOLDEN = Path(__file__).parent / "golden"
PACKAGE = Path(notifications.__file__).parent
every_mail = pytest.mark.parametrize("values", EXAMPLES.values(), ids=EXAMPLES)


CHECKED = {"link", "picture"}  # a wrong one stops the mail: test_mail_links.py


def change_strings(value: object, change: Callable[[str], str]) -> object:
    """Copy a mail's values with every filled string changed, but for addresses and content-ids."""
    if isinstance(value, str):
        return change(value) if value else value
    if isinstance(value, tuple):
        return tuple(change_strings(item, change) for item in value)
    if is_dataclass(value):
        given = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in CHECKED}
        changed = {name: change_strings(given[name], change) for name in given}
        return replace(value, **changed)
    return value


def strings(value: object) -> list[str]:
    found: list[str] = []
    change_strings(value, lambda text: found.append(text) or text)
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_mail_looks_as_its_golden_files(name: str, rewrite_golden: bool) -> None:
    mail = render(EXAMPLES[name])
    parts = {"subject.txt": mail.subject + "\n", "txt": mail.text, "html": mail.html + "\n"}
    for ending, content in parts.items():
        golden = GOLDEN / f"{name}.{ending}"
        if rewrite_golden:
            golden.write_text(content, encoding="utf-8")
        assert content == golden.read_text(encoding="utf-8"), f"{golden.name}: pytest --rewrite-golden"


def test_every_mail_folder_has_its_templates_and_an_example() -> None:
    folders = {path.parent.name for path in (PACKAGE / "mails").glob("*/__init__.py")}
    assert folders == {type(values).__module__.rpartition(".")[2] for values in EXAMPLES.values()}
    for folder in folders:
        for template in ("subject.txt.j2", "body.txt.j2", "body.html.j2"):
            assert (PACKAGE / "mails" / folder / template).is_file()


@every_mail
@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&lt;b&gt;"])
def test_every_value_is_escaped_in_html(values: MailValues, payload: str) -> None:
    attacked = change_strings(values, lambda text: f"{text} {payload}")
    html = render(attacked).html
    assert payload not in html
    assert "<script" not in html
    assert html.count("<img") == render(values).html.count("<img")


@every_mail
def test_a_formula_is_plain_text_everywhere(values: MailValues) -> None:
    payload = "=cmd|' /C calc'!A0"
    mail = render(change_strings(values, lambda _: payload))
    assert payload in " ".join(mail.text.split())
    assert f">{payload}" in mail.html
    without_alt = re.sub(r' alt="[^"]*"', "", mail.html)
    assert "=cmd|" not in " ".join(re.findall(r"<[^>]*>", without_alt))


def test_a_value_marked_as_safe_is_escaped_all_the_same() -> None:
    assert "<b>fet</b>" not in render(replace(ONE, organisation=Markup("<b>fet</b>"))).html


@every_mail
def test_control_characters_and_line_breaks_reach_no_part(values: MailValues) -> None:
    mail = render(change_strings(values, lambda text: f"{text}\r\nBcc: x\x00\x1b[31m\u202e\u2028!\ud800"))
    assert mail == render(change_strings(values, lambda text: f"{text} Bcc: x[31m !"))
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u202e]", mail.subject)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", mail.text + mail.html)


@every_mail
def test_a_subject_is_one_line_of_at_most_150_characters(values: MailValues) -> None:
    subject = render(change_strings(values, lambda text: f"{text}\n" * 40)).subject
    assert len(subject) <= 150
    assert "\n" not in subject


@pytest.mark.parametrize("second_mail", [False, True])
@pytest.mark.parametrize("units", [1, 12])
def test_a_long_unit_name_gives_way_to_the_date_in_the_subject(units: int, second_mail: bool) -> None:
    part = replace(NORR, unit="Förskola " * 20, headline="befarat underskott 10,8 mnkr")
    crowded = replace(ONE, period="september 2026", parts=(part,) * units, second_mail=second_mail)
    subject = render(crowded).subject
    assert "Förskola" in subject
    assert subject.endswith("senast 16 november")


def test_subjects_say_month_unit_deviation_and_date() -> None:
    assert render(ONE).subject == (
        "Månadsuppföljning oktober 2026 – Förskola Norr: befarat underskott 0,8 mnkr. "
        "Åtgärdsplan senast 16 november"
    )


def test_different_plan_dates_are_not_given_as_one() -> None:
    two = replace(ONE, parts=(NORR, replace(NORR, unit="Förskola Väst", plan_due="20 november")))
    assert render(two).subject.endswith("2 åtgärdsplaner, datum i mejlet")


def test_a_unit_to_watch_is_not_asked_for_a_plan() -> None:
    mail = render(replace(ONE, parts=(ALEN,)))
    assert "Gör detta" not in mail.text + mail.html
    assert "Lämna en åtgärdsplan" not in mail.text + mail.html


def test_only_a_second_mail_says_that_there_was_one_before() -> None:
    assert "förra mejlet" not in render(ONE).text + render(ONE).html
    again = render(MANY)
    for part in (again.text, again.html):
        assert "Ny sedan förra mejlet." in part
        assert "Värre än i förra mejlet." in part


CODES = ("new", "worse")
"""Values that are worded by the mail itself."""


@every_mail
def test_html_shows_and_text_says_every_value(values: MailValues) -> None:
    mail = render(values)
    text = " ".join(mail.text.split()).lower()
    html = mail.html.replace("&nbsp;", "\u00a0").lower()
    for shown in strings(values):
        if shown in CODES or (shown == "Lämna åtgärdsplan" and "https:" not in text):
            continue
        assert " ".join(shown.lower().split()) in text
        assert shown.lower() in html


def test_a_command_is_never_wrapped() -> None:
    command = "manad run 2026-10 --inbox " + "a/" * 40 + " --allow-missing"
    assert f"    {command}\n" in render(replace(EXAMPLES["korning_stoppad"], command=command)).text


def test_a_row_of_a_table_survives_the_inlining() -> None:
    assert render(EXAMPLES["kvitto_nekad"]).html.count('scope="row"') == 3


def test_a_value_that_is_not_plain_is_refused() -> None:
    with pytest.raises(TypeError):
        render(replace(ONE, year=2026))


def test_a_value_that_a_template_misses_stops_the_mail() -> None:
    class Half(MailValues):
        __module__ = "notifications.mails.korning_stoppad"

    with pytest.raises(UndefinedError):
        render(Half(organisation="Demo"))
