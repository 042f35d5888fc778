"""The same attack on what the commands really publish: a small unit comes late, is corrected, and goes."""

import itertools
import json
import random
import re

import tasks.figures.tell_people
from tests.worlds.small_administration import UNITS, assistance, economy, organisation, volumes

SPANS = ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")
COLUMNS = ("ordinarie_timmar", *SPANS)
SMALL = "103"
EMPLOYEES = {"101": (30, 15), "102": (20, 14), SMALL: (5, 3)}


def hours(seed):
    """Return hours of each unit and sex that are nobody else's."""
    draw = random.Random(seed)
    return {
        (unit, sex): [draw.randint(100_000, 999_999), *(draw.randint(1000, 99_999) for _ in SPANS)]
        for unit in UNITS
        for sex in "KM"
    }


def sick_leave(period, figures, without=()):
    head = ";".join(["period;enhet;kon;anstallda", *COLUMNS])
    rows = [
        ";".join(map(str, [period, unit, sex, EMPLOYEES[unit]["KM".index(sex)], *own]))
        for (unit, sex), own in figures.items()
        if unit not in without
    ]
    return "\n".join([head, *rows]) + "\n"


class Keeper:
    """Somebody who keeps every output."""

    def __init__(self, world):
        self.world, self.outputs = world, []

    def publish(self, period):
        answer = self.world.run("--mails", "none", "--allow-missing", period=period)
        assert answer.code == 0, answer
        out = self.world.home / "granska" / str(len(self.outputs))
        self.world.manad("preview", period, "--out", out, "--today", "2026-10-07")
        self.outputs.append(
            [
                answer.out,
                self.world.manad("report", period, "--format", "json").out,
                self.world.manad("deviations", period, "--json").out,
                *(path.read_text("utf-8") for path in (self.world.home / "reports").rglob("*.html")),
                *(path.read_text("utf-8") for path in out.glob("*")),
            ]
        )

    def numbers(self):
        """Return every whole number that was published anywhere."""
        texts = "\n".join(text for several in self.outputs for text in several).replace("\u00a0", "")
        return {int(float(number)) for number in re.findall(r"(?<![\d.,])\d{3,8}(?:\.0)?(?![\d,])", texts)}

    def reports(self):
        return [json.loads(output[1]) for output in self.outputs]


def secrets(figures):
    """Return what nobody may find: the small unit's hours, by sex and together."""
    women, men = figures[SMALL, "K"], figures[SMALL, "M"]
    return {*women, *men, *(a + b for a, b in zip(women, men, strict=True))}


def found(keeper, *versions):
    """Return the secrets that are a published number, or the difference of two."""
    numbers = sorted(keeper.numbers())
    differences = {abs(one - other) for one, other in itertools.combinations(numbers, 2)}
    return set().union(*map(secrets, versions)) & {*numbers, *differences}


def month(world, period, text, closed):
    for source, content in {
        "organisation": organisation(),
        "ekonomi": economy(closed=closed),
        "prestationer": volumes(period),
        "bistand": assistance(period),
        "sjukfranvaro": text,
    }.items():
        world.put(f"{source}_{period}.csv", content)


def late_unit(world):
    """Publish a month without the small unit, with it, and with a correction of it."""
    keeper, first, second = Keeper(world), hours(1), hours(2)
    corrected = first | {key: own for key, own in second.items() if key[0] == SMALL}
    month(world, "2026-09", sick_leave("2026-09", first, without=[SMALL]), 9)
    keeper.publish("2026-09")
    world.put("sjukfranvaro_2026-09_hel.csv", sick_leave("2026-09", first))
    keeper.publish("2026-09")
    world.put("sjukfranvaro_2026-09_rattad.csv", sick_leave("2026-09", corrected))
    keeper.publish("2026-09")
    return keeper, (first, corrected)


def test_a_small_unit_that_comes_late_is_not_the_difference_of_two_reports(world):
    keeper, versions = late_unit(world)
    assert found(keeper, *versions) == set()
    first, *later = keeper.reports()
    for report in later:
        assert report["sjukfranvaro"][0]["anstallda"] == first["sjukfranvaro"][0]["anstallda"]
        assert report["sjukfranvaro"][0]["antal"] == 2
        assert report["sjukfranvaro_andring_utelamnad"] is True
    assert "gäller så få anställda att den inte visas" in keeper.outputs[1][3]


def test_the_attack_finds_it_where_nothing_is_remembered(world, monkeypatch):
    monkeypatch.setattr(tasks.figures.tell_people, "told_sums", lambda *_: {})
    keeper, versions = late_unit(world)
    assert len(found(keeper, *versions)) == 8  # both versions of it, women and men together


def test_what_is_told_again_is_kept_once_and_a_preview_keeps_nothing(world):
    month(world, "2026-09", sick_leave("2026-09", hours(1)), 9)
    world.manad("preview", "2026-09", "--out", world.home / "granska", "--today", "2026-10-07")
    world.manad("run", "2026-09", "--dry-run", "--inbox", world.inbox, "--today", "2026-10-07")
    assert world.value("select count(*) from told_sums") == 0
    world.run()
    kept = world.rows("select period, mark from told_sums order by id")
    assert kept
    world.run("--from", "assess_units", "--mails", "none")
    assert world.rows("select period, mark from told_sums order by id") == kept


def test_a_large_unit_that_comes_late_is_told_but_its_few_men_are_not(world):
    text = sick_leave("2026-09", hours(4)).replace("102;M;14", "102;M;4").replace("102;K;20", "102;K;30")
    without = "\n".join(row for row in text.splitlines() if ";102;" not in row) + "\n"
    month(world, "2026-09", without, 9)
    world.run("--allow-missing")
    world.put("sjukfranvaro_2026-09_hel.csv", text)
    world.run("--mails", "none", "--allow-missing")
    rows = world.manad("report", "2026-09", "--format", "json").json["sjukfranvaro"]
    by_place = {(row["enhet"], row["kon"]): row for row in rows}
    assert by_place["A1", None]["antal"] == 3
    assert by_place["A1", "M"]["fran_version"] == by_place["A1", "K"]["fran_version"] == 1
    assert by_place["A1", "M"]["antal"] == 2
    (page,) = (world.home / "reports").rglob("*.html")
    assert "är kvar från version 1" in page.read_text("utf-8")


def test_a_part_of_few_children_is_hidden_beside_its_whole_and_so_is_the_other_part(world):
    head = "period;enhet;matt;planerat;utfall"
    counts = {"Inskrivna barn": 40, "Inskrivna barn 1-3 år": 37, "Inskrivna barn 4-5 år": 3}
    rows = [f"2026-09;101;{measure};40;{count}" for measure, count in counts.items()]
    world.month(prestationer="\n".join([head, *rows]) + "\n")
    world.run("--allow-missing")
    reported = world.manad("report", "2026-09", "--format", "json").json["prestationer"]
    assert [row["utfall"] for row in reported] == [40, "doldt", "doldt"]


def test_few_children_follow_from_no_key_figure(world):
    counts = {"101": 60, "102": 3, "103": 60}
    rows = [f"2026-09;{unit};Inskrivna barn;60;{count};{count}" for unit, count in counts.items()]
    head = "period;enhet;matt;planerat;utfall;snitt_hittills"
    world.month(prestationer="\n".join([head, *rows]) + "\n")
    world.run("--allow-missing")
    whole, area, _ = world.manad("report", "2026-09", "--format", "json").json["nyckeltal"]
    for line in (whole, area):
        assert (line["snitt_hittills"], line["enheter"], line["av_enheter"]) == (120, 2, 3)
        assert line["kostnad_per"] == 2_100_000 / 120
        assert line["utelamnade"] == [{"skal": "fa_personer", "antal": 1}]
