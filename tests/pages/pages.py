"""The pages as a test opens them: links, a client, and the forms that stand in an answer."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

from starlette.testclient import TestClient

from tasks.outbox.links import link_secret
from tasks.plans.action_plans import PlanDesk, list_plans, read_plan
from tasks.rules.outbox.signed_link import Link, sign
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure
from web.app import create_app

MANAGER, HEAD, CONTROLLER = "anna@example.se", "alva@example.se", "kontroll@example.se"
GOOD = {
    "vad-1": "Schemat läggs om så att vikarier bara tas in vid mer än två frånvarande",
    "vem-1": "Biträdande rektor",
    "fran-1": "2026-10",
    "effekt-1": "25 000",
    "risk-1": "Många sjuka i februari",
}


@dataclass
class Pages:
    """The application of an installation, on a day that a test may move."""

    world: object
    installation: object
    day: date
    app: object = field(init=False)
    client: TestClient = field(init=False)

    def __post_init__(self):
        self.app = create_app(self.installation, lambda: self.day)
        self.client = self.another_reader()

    def another_reader(self):
        """Return a client with cookies of its own."""
        return TestClient(self.app, follow_redirects=False)

    @property
    def plan(self):
        """The plan that the first unit is to write."""
        return next(plan for plan in list_plans(self.installation) if plan.unit == "101")

    def read(self):
        return read_plan(self.installation, self.plan.id)

    def token(self, role="chef", subject=None, address=MANAGER, days=30, epoch=0, secret=None):
        subject = subject or f"plan:{self.plan.id}"
        link = Link(role, subject, address, self.day + timedelta(days=days), epoch)
        return sign(link, secret or link_secret(self.installation.settings))

    @property
    def plan_path(self):
        return f"/plan/{self.token()}"

    @property
    def department_path(self):
        return f"/avdelning/{self.token('avdelningschef', 'avdelning:A1:2026-09', HEAD)}"

    @property
    def month_path(self):
        return f"/manad/{self.token('controller', 'manad:2026-09', CONTROLLER)}"

    def desk(self, actor=MANAGER):
        return PlanDesk(self.installation, self.day, actor)

    def submit(self):
        """Hand in a good plan, not by the pages."""
        self.desk().submit(self.plan.id, None, [measure()])

    def post(self, path, button, typed=None, client=None, **headers):
        """Open a page and send its form by a button, with what was typed."""
        client = client or self.client
        form = forms_of(client.get(path).text)[0]
        return client.post(path, data={**form.fields, **(typed or {}), "gor": button}, headers=headers)


def measure(what="Schemat läggs om", effect=25_000, month="2026-10"):
    return Measure(what, "Biträdande rektor", Period.parse(month), Decimal(effect))


@dataclass
class Form:
    """A form of an answer: where it goes, its fields as they are filled in, and its buttons."""

    action: str
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)


def forms_of(html):
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def words_of(html):
    """Return what a page says, without its marks and with plain spaces."""
    return re.sub(
        r"\s+", " ", unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))
    )


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.area, self.select = [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append(Form(attrs["action"]))
        elif tag == "input" and self.forms:
            self.forms[-1].fields[attrs["name"]] = attrs.get("value", "")
        elif tag == "button":
            self.forms[-1].buttons.append(attrs.get("value", ""))
        elif tag == "textarea":
            self.area = attrs["name"]
            self.forms[-1].fields[self.area] = ""
        elif tag == "select":
            self.select = attrs["name"]
            self.forms[-1].fields[self.select] = ""
        elif tag == "option" and "selected" in attrs:
            self.forms[-1].fields[self.select] = attrs["value"]

    def handle_data(self, data):
        if self.area:
            self.forms[-1].fields[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            text = self.forms[-1].fields[self.area]
            self.forms[-1].fields[self.area] = text.removeprefix("\n")
            self.area = None
