"""Three months by real commands: a unit is hidden, shown and hidden again, and months are corrected.

Few are fewer than ten millions here, so that every hidden count is a number that nothing else has.
"""

import random
from decimal import Decimal

import tasks.assessment.explain_units
import tasks.figures.tell_people
from tests.privacy.keeper import PARTS, Keeper
from tests.worlds.small_administration import economy, organisation

FEW = 10_000_000
SETTINGS = f"[small_groups]\nfewest_persons = {FEW}\n"
SPANS = ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")
SMALL = "103"


class Administration:
    """Draws the figures of months, hands them in, and knows which of them nobody may find."""

    def __init__(self, world):
        self.world, self.draw, self.secrets = world, random.Random(12), {}
        world.home.joinpath("manad.toml").write_text(SETTINGS, encoding="utf-8")
        self.revisions = 0

    def hand_in(self, period, *, small):
        """Hand in a month: its small unit is absent, few or many."""
        month = int(period[-2:])
        few = self.draw.randint(1_000_000, FEW - 1)
        texts = {
            "organisation": organisation(),
            "ekonomi": economy(closed=month, over=("101", SMALL)),
            "prestationer": self.volumes(period, small, few),
            "bistand": self.assistance(period, small),
            "sjukfranvaro": self.sick_leave(period, small),
        }
        self.revisions += 1
        for source, text in texts.items():
            self.world.put(f"{source}_{period}_{self.revisions}.csv", text)

    def keep(self, name, secret):
        self.secrets[f"{name} {self.revisions}"] = float(secret)

    def volumes(self, period, small, few):
        shift = random.Random(period).randint(1_000_000, FEW)  # no two months are alike
        own = {"101": 50_123_457 + shift, "102": 40_765_433 - 2 * shift}
        if small != "absent":
            own[SMALL] = few if small == "few" else 24_681_357
            if small == "few":
                self.keep("volymer", few)
        own["A1"] = sum(own.values())
        rows = [
            f"{period};{code};Inskrivna barn;{42_000_000 if code == 'A1' else 21_000_000};{count};{count}"
            for code, count in own.items()
        ]
        return "\n".join(["period;enhet;matt;planerat;utfall;snitt_hittills", *rows]) + "\n"

    def assistance(self, period, small):
        month = int(period[-2:]) * 12_345_679  # no two months begin alike
        households, kronor, adults = 30_111_113 + month, 400_222_227 + month, 60_333_339
        part, of_part, young = (self.draw.randint(1_000_000, FEW - 1) for _ in range(3))
        if small == "few":
            self.keep("bistånd", part)
            self.keep("bistånd, kronor", of_part)
            self.keep("bistånd, unga", young)
        if small != "absent":
            households, kronor = households + part, kronor + of_part
        young = young if small == "few" else ""
        return f"period;hushall;utbetalt;vuxna;unga_18_24\n{period};{households};{kronor};{adults};{young}\n"

    def sick_leave(self, period, small):
        employees = {"101": (30, 15), "102": (20, 14), SMALL: (5, 3) if small == "few" else (25, 18)}
        rows, secret = [], []
        for unit, sexes in employees.items():
            for sex, count in zip("KM", sexes, strict=True):
                figures = hours(self.draw if unit == SMALL else random.Random(period + unit + sex), unit)
                if unit != SMALL or small != "absent":
                    rows.append(";".join(map(str, (period, unit, sex, count, *figures))))
                if unit == SMALL and small == "few":
                    secret.append((*figures, sum(figures[1:])))
        if secret:
            secret.append(tuple(map(sum, zip(*secret, strict=True))))
        for whose, figures in zip(("kvinnor", "män", "enheten"), secret, strict=False):
            for name, figure in zip(("ordinarie", *SPANS, "alla"), figures, strict=True):
                self.keep(f"sjukfrånvaro {whose} {name}", figure)
        head = ";".join(["period;enhet;kon;anstallda;ordinarie_timmar", *SPANS])
        return "\n".join([head, *rows]) + "\n"


def hours(draw, unit):
    """Return ordinary hours and those absent, in thousandths: the small unit has most of them."""
    bounds = [(1_000_000, 2_000_000), *[(10_000, 99_999)] * len(SPANS)]
    if unit == SMALL:
        bounds = [(3_000_000, 4_000_000), *[(200_000, 600_000)] * len(SPANS)]
    return [Decimal(draw.randint(low * PARTS, high * PARTS)) / PARTS for low, high in bounds]


def three_months(world):
    """Publish July twice, August, September, August corrected, and September again."""
    administration, keeper = Administration(world), Keeper(world)
    for period, small in (
        ("2026-07", "absent"),
        ("2026-07", "few"),
        ("2026-08", "many"),
        ("2026-09", "few"),
        ("2026-08", "few"),
    ):
        administration.hand_in(period, small=small)
        keeper.publish(period)
    keeper.publish("2026-09")
    secrets = administration.secrets
    of_all_spans = {name: secret for name, secret in secrets.items() if " enheten alla" in name}
    return {
        *(("skillnad", name) for name in keeper.differences(secrets)),
        *(("procent", name) for name in keeper.per_cents(of_all_spans)),
        *(("volymeffekt", name) for name in keeper.effects(secrets)),
    }, keeper


def test_nothing_hidden_follows_from_all_that_left_in_three_months(world):
    found, keeper = three_months(world)
    assert found == set()
    assert len(keeper.outputs[-1].texts) > 20  # mails and plans too
    employees = [
        row["anstallda"]
        for output in keeper.outputs
        for row in output.report["sjukfranvaro"]
        if (row["enhet"], row["kon"]) == (SMALL, None)
    ]
    assert employees == [None, None, 43, "doldt", 43, "doldt"]  # August stays as it was told
    rows = [
        row for output in keeper.outputs for row in output.report["prestationer"] if row["enhet"] == SMALL
    ]
    assert [row["utfall"] == "doldt" for row in rows] == [True] * 5  # few in July hide the year


def test_the_attack_finds_all_three_where_nothing_is_remembered_and_effects_are_shown(world, monkeypatch):
    monkeypatch.setattr(tasks.figures.tell_people, "told_sums", lambda *_: {})
    monkeypatch.setattr(tasks.assessment.explain_units, "is_of_few", lambda *_: False)
    found, _ = three_months(world)
    by_difference = {name.split()[0] for kind, name in found if kind == "skillnad"}
    assert {"volymer", "bistånd", "bistånd,", "sjukfrånvaro"} <= by_difference
    assert {kind for kind, _ in found} == {"skillnad", "procent", "volymeffekt"}
