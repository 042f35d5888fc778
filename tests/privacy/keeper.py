"""Somebody who keeps every output and finds in them what was hidden: by differences, per cents, formulas."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import date

from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.plans.action_plans import list_plans
from tasks.rules.volumes.volumes import VolumeSettings
from tasks.settings import read_settings
from tests.pages.pages import Pages, words_of

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])")
HALF_A_TENTH = 0.05
"""A per cent with one decimal is so far from what it was rounded from."""
PARTS = 1000
"""Hours have so many parts, so that hardly two figures are alike."""


@dataclass
class Output:
    """What was published of a month once: the report, and every text."""

    period: str
    report: dict
    texts: list


@dataclass
class Keeper:
    """Publishes months of a world by its commands, and keeps all that leaves."""

    world: object
    outputs: list = field(default_factory=list)

    def publish(self, period):
        run = self.world.run("--mails", "changed", "--allow-missing", period=period)
        assert run.code == 0, run
        report = self.world.manad("report", period, "--format", "json")
        status = self.world.manad("status", period, "--json")
        deviations = self.world.manad("deviations", period, "--json")
        pages = [words_of(path.read_text("utf-8")) for path in (self.world.home / "reports").rglob("*.html")]
        commands = [run.out, report.out, status.out, deviations.out]
        self.outputs.append(
            Output(period, report.json, [*commands, *pages, *self.mails(), *self.plan_pages()])
        )

    def mails(self):
        """Return the text of every mail that was queued so far, both bodies and the subject."""
        for mail in self.world.mails():
            yield mail["Subject"]
            for part in mail.walk():
                if part.get_content_maintype() == "text":
                    yield words_of(part.get_content())

    def plan_pages(self):
        """Return what the manager's page of each plan says, and the department's and the controller's."""
        with open_installation(read_settings(), Clock()) as installation:
            pages = Pages(self.world, installation, date(2026, 10, 8))
            paths = [f"/plan/{pages.token(subject=f'plan:{plan.id}')}" for plan in list_plans(installation)]
            for path in (*paths, pages.department_path, pages.month_path):
                answer = pages.client.get(path)
                assert answer.status_code == 200, path
                yield words_of(answer.text)

    def numbers(self):
        """Return every number of at least three digits that was published anywhere, in thousandths."""
        found = set()
        for output in self.outputs:
            for text in output.texts:
                joined = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text)
                found |= {round(float(each.replace(",", ".")) * PARTS) for each in NUMBER.findall(joined)}
        return {number for number in found if number >= 100 * PARTS}

    def differences(self, secrets):
        """Return the secrets that are a published number, or the difference or the sum of two."""
        numbers = self.numbers()
        return {
            name
            for name, secret in ((name, round(secret * PARTS)) for name, secret in secrets.items())
            if secret in numbers
            or any(number + secret in numbers or secret - number in numbers for number in numbers)
        }

    def per_cents(self, secrets):
        """Return the secrets that a version's per cent of its shown hours has more of than another one's.

        Each has one decimal, so the hours that it stands for are known within a bound. What a place was told
        to have in the other version may be added: it is what was replaced.
        """
        found = set()
        for one, other in itertools.permutations(self.outputs, 2):
            now, then = absent_hours(one), absent_hours(other)
            for place in now.keys() & then.keys() if one.period == other.period else ():
                bounds = now[place][0] - then[place][1], now[place][1] - then[place][0]
                if bounds[1] - bounds[0] < now[place][0] / 100:
                    found |= {
                        name
                        for name, secret in secrets.items()
                        for replaced in (0, *shown_hours(other))
                        if bounds[0] <= secret - replaced <= bounds[1]
                    }
        return found

    def effects(self, secrets):
        """Return the secrets that are the level of a year whose volymeffekt was told."""
        levels = [
            level
            for output in self.outputs
            for unit in output.report["avvikelser"]
            if isinstance(unit["volymeffekt"], float)
            for level in levels_of(unit, output)
        ]
        return {
            name
            for name, secret in secrets.items()
            if any(abs(level - secret) < secret / 1000 for level in levels)
        }


def levels_of(unit, output):
    """Solve the open formula of volymeffekt, (expected − planned) · budget / planned, for the months' level.

    The rule expects the months so far, and of the others the plan and a part of the difference to it.
    """
    for row in output.report["prestationer"]:
        if row["enhet"] == unit["enhet"] and row["planerat"]:
            plan, known = row["planerat"], int(output.period[-2:])
            expected = plan * (1 + unit["volymeffekt"] / unit["budget"])
            stays = known / (known + float(VolumeSettings().half_stays))
            coming = 12 - known
            yield (12 * expected - coming * (1 - stays) * plan) / (known + coming * stays)


def absent_hours(output):
    """Return the hours absent of each place whose hours and per cent are shown, as bounds."""
    ordinary = {
        row["enhet"]: row["ordinarie_timmar"]
        for row in output.report["sjukfranvaro"]
        if row["kon"] is None and row["ordinarie_timmar"] != "doldt"
    }
    per_cent = {
        row["enhet"]: round(row["delar"]["manaden"], 1)
        for row in output.report["signaler"]
        if row["kalla"] == "sjukfranvaro" and isinstance(row["delar"].get("manaden"), float)
    }
    return {
        place: tuple(hours * (per_cent[place] + bound) / 100 for bound in (-HALF_A_TENTH, HALF_A_TENTH))
        for place, hours in ordinary.items()
        if place in per_cent
    }


def shown_hours(output):
    """Return the hours absent of each unit that tells them."""
    for row in output.report["sjukfranvaro"]:
        if row["kon"] is None and row["niva"] == "enhet" and row["anstallda"] not in {None, "doldt"}:
            yield row["franvarotimmar_1_14"] + row["franvarotimmar_15_90"] + row["franvarotimmar_91"]
