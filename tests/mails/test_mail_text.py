"""Every mail's text part stands alone, says what comes next and why the reader got it."""

import re
from dataclasses import fields, replace

import pytest

from notifications.mails import MailValues
from notifications.render import render
from tests.mails.mail_examples import EXAMPLES, LINKED, LINKED_NORR
from tests.mails.parsed_mail import nodes

every_mail = pytest.mark.parametrize("values", EXAMPLES.values(), ids=EXAMPLES)
named_mail = pytest.mark.parametrize("name", EXAMPLES)

PLAN_BY = "Har vi ingen plan den 23 november informerar vi avdelningschefen."
WATCHED = "Vi följer enheten varje månad och hör av oss om det blir larm."
QUIET = "Nästa besked, om oktober, kommer omkring den 9 november."
TOLD = "Har vi ingen plan den 21 oktober informerar vi avdelningschefen Karin Exempel."
REPORTED = "Planer som saknas den 28 oktober redovisas i månadens rapport."
NEXT_STEP = {
    "avvikelse": PLAN_BY,
    "avvikelse_flera": PLAN_BY,
    "avvikelse_lank": PLAN_BY,
    "avvikelse_flera_lank": PLAN_BY,
    "avvikelse_plan_vantar": "Avdelningschefen beslutar senast den 26 oktober.",
    "avvikelse_bevaka": WATCHED,
    "avvikelse_plan_finns": "Vi följer upp det nästa månad.",
    "i_balans": QUIET,
    "i_balans_en": QUIET,
    "paminnelse": "Påminnelse 2 skickas 19 oktober om planen inte har kommit.",
    "paminnelse_utan_lank": "Påminnelse 2 skickas 19 oktober om planen inte har kommit.",
    "paminnelse_flera": TOLD,
    "eskalering": REPORTED,
    "eskalering_flera": REPORTED,
    "plan_mottagen": "Planen beslutas av avdelningschefen Karin Exempel senast den 26 oktober.",
    "plan_att_besluta": "Godkänn eller återsänd senast den 26 oktober.",
    "plan_att_besluta_flera": "Godkänn eller återsänd senast den 26 oktober.",
    "plan_godkand": "Effekten följs upp varje månad, första gången omkring den 9 november.",
    "plan_atersand": "Har planen inte kommit skickas påminnelse 1 den 26 oktober.",
    "rattad_uppgift": QUIET,
    "rattad_uppgift_flera": QUIET,
    "kvitto_nekad": "Rätta den och lämna den igen senast den 9 november.",
    "kvitto_nekad_hela_filen": "Rätta den och lämna den igen.",
    "kvitto_mottagen": "Nästa leverans är oktober 2026, senast den 6 november.",
    "kvitto_mottagen_revision": "Nästa leverans är oktober 2026, senast den 6 november.",
    "leverans_hallen": "Kommer en rättad fil går den före, och då behöver ingen besluta.",
    "leverans_hallen_utan_sidor": "Kommer en rättad fil går den före, och då behöver ingen besluta.",
    "leverans_hallen_leverantor": "Är siffrorna fel: rätta filen och lämna den igen.",
    "leverans_paminnelse": "Lämna senast den 7 oktober, i morgon.",
    "leverans_paminnelse_sen": "Lämna nu. Det skulle ha kommit den 7 oktober.",
    "manad_klar": "Den 15 oktober påminns de som inte har lämnat plan.",
    "manad_klar_lugn": "Den 15 oktober påminns de som inte har lämnat plan.",
    "sjukfranvaro_mote": "Boka kvartalets möte med din HR-konsult Bo Exempel senast den 30 oktober.",
    "sjukfranvaro_mote_hr": "Boka kvartalets möte med chefen för enheten senast den 30 oktober.",
    "aktivitet_sen": "Svara senast den 21 oktober hur det har gått.",
    "aktivitet_sen_flera": "Svara senast den 21 oktober hur det har gått.",
    "korning_stoppad": "Kör sedan om månaden.",
    "korning_misslyckad": "Kör sedan om månaden.",
}


def shown(html: str) -> str:
    return " ".join(" ".join(re.sub(r"<[^>]*>", " ", html).replace("&nbsp;", "\u00a0").split(" ")).split())


def test_every_mail_is_asked_for_its_next_step() -> None:
    assert NEXT_STEP.keys() == EXAMPLES.keys()


@named_mail
def test_a_mail_tells_the_next_step_and_its_date(name: str) -> None:
    mail = render(EXAMPLES[name])
    assert NEXT_STEP[name] in " ".join(mail.text.split())
    assert NEXT_STEP[name] in shown(mail.html)


@every_mail
def test_the_foot_says_why_the_reader_got_it(values: MailValues) -> None:
    mail = render(values)
    for part in (" ".join(mail.text.split()), shown(mail.html)):
        assert re.search(r"Du får det här (som|var tredje månad som|eftersom) .+", part)


@every_mail
def test_a_subject_carries_the_reporting_period(values: MailValues) -> None:
    if values.period and "kvitto_nekad" not in type(values).__module__:
        assert values.period in render(values).subject.replace("September", "september")
    elif values.period:
        assert "2026-10" in render(values).subject  # in the file's name


@every_mail
def test_text_lines_fit_72_characters(values: MailValues) -> None:
    lines = render(values).text.splitlines()
    long = [line for line in lines if len(line) > 72 and not line.startswith("    ")]
    assert [line for line in long if not re.fullmatch(r"https://\S+", line)] == []


@every_mail
def test_text_has_every_link_of_the_html_whole_and_on_a_line_of_its_own(values: MailValues) -> None:
    mail = render(values)
    html_links = [node.element.get("href") for node in nodes(mail.html) if node.tag == "a"]
    text_links = [line for line in mail.text.splitlines() if "://" in line]
    assert text_links == html_links


def test_an_address_of_a_thousand_characters_is_not_broken() -> None:
    link = "https://manad.example/plan/" + "a-b" * 330
    assert f"\n{link}\n" in render(replace(LINKED, parts=(replace(LINKED_NORR, link=link),))).text


@every_mail
def test_text_stands_alone(values: MailValues) -> None:
    mail = render(values)
    said = " ".join(mail.text.split())
    assert not re.search(r"knapp|<[a-z/]|&[a-z]+;|cid:", said, flags=re.IGNORECASE)
    for node in nodes(mail.html):
        if node.tag == "img":
            assert node.element.get("alt") in said


@named_mail
def test_a_mail_of_several_parts_names_each_of_them(name: str) -> None:
    values = EXAMPLES[name]
    for field in ("parts", "units", "activities", "deliveries"):
        if field in {each.name for each in fields(values)} and isinstance(getattr(values, field), tuple):
            for part in getattr(values, field):
                title = getattr(part, "unit", None) or getattr(part, "name", None) or part.source
                assert title in shown(render(values).html)
                assert title in " ".join(render(values).text.split())


LONG = "Förskolan vid den gamla kvarnen i Övre Ålens by " * 3
CUT = {
    "paminnelse": "(skulle ha lämnats 14 oktober). Månadsuppföljning september 2026",
    "paminnelse_flera": "2 enheter till saknas (datum i mejlet). Månadsuppföljning september 2026",
    "eskalering_flera": "1 enhet till. Månadsuppföljning september 2026",
    "plan_att_besluta_flera": "1 enhet till. Månadsuppföljning september 2026",
    "rattad_uppgift": "befarat underskott 0,8 → 0,3\u00a0mnkr. Inget nytt larm",
    "rattad_uppgift_flera": "befarat underskott 1,4 → 1,1\u00a0mnkr. Inget nytt larm",
}


@pytest.mark.parametrize("name", CUT)
def test_a_long_name_gives_way_in_the_subject(name: str) -> None:
    values = EXAMPLES[name]
    parts = tuple(replace(part, unit=LONG.strip()) for part in values.parts)
    subject = render(replace(values, parts=parts)).subject
    assert "Förskolan" in subject
    assert subject.endswith(CUT[name])


@pytest.mark.parametrize(
    "name", ["plan_mottagen", "plan_godkand", "plan_atersand", "sjukfranvaro_mote_hr", "aktivitet_sen"]
)
def test_a_long_name_leaves_the_period_in_the_subject(name: str) -> None:
    values = EXAMPLES[name]
    if name == "sjukfranvaro_mote_hr":
        values = replace(values, units=(replace(values.units[0], unit=LONG.strip()),))
    elif name == "aktivitet_sen":
        values = replace(values, activities=(replace(values.activities[0], name=LONG.strip()),))
    else:
        values = replace(values, unit=LONG.strip())
    assert render(values).subject.endswith("Månadsuppföljning september 2026")
