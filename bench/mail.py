"""A thousand digest mails with charts to a mail server, against a plain script and matplotlib."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.mail_digests import digests
from bench.mail_pictures import by_matplotlib, by_resvg
from bench.measure import TIMES, Bound, median
from notifications.charts import YearChart, draw

COUNTS = {"ours": 1_000, "plain": 60, "matplotlib": 30, "floor": 1_000}
"""How many mails each chain makes in a round; the slow ones make a sample, and all are compared by mail."""
CHARTS = 40


def run() -> list[Bound]:
    """Measure the charts alone, then the chains three times, one after the other."""
    print(f"mail: {COUNTS['ours']:,} digests")
    charts = [chart for mail in digests(CHARTS) for chart in mail.charts][:CHARTS]
    own, resvg, matplotlib = (drawing(way, charts) for way in (draw, by_resvg, by_matplotlib))
    print(f"    a chart: ours {own:.1f} ms, resvg {resvg:.0f} ms, matplotlib {matplotlib:.0f} ms")
    with sink() as port:
        rounds = [{chain: made(chain, count, port) for chain, count in COUNTS.items()} for _ in range(TIMES)]
    for each in rounds:
        rates = (f"{chain} {1 / took['each']:.0f}" for chain, took in each.items())
        print("    mails a second:", " · ".join(rates))
    ours = [each["ours"] for each in rounds]
    return [
        Bound("a chart ÷ matplotlib, figure reused", own / matplotlib, 1 / 3, 0.1, "×"),
        _shorter(rounds, "plain", 1.8, 3),
        _shorter(rounds, "matplotlib", 8, 15),
        Bound("a mail ÷ only sending it", median([_ratio(each, "floor") for each in rounds]), 30, 20, "×"),
        Bound("memory while making and sending them", max(one["megabytes"] for one in ours), 400, 400, "MB"),
        Bound("the largest mail", max(each["floor"]["largest"] for each in rounds), 500, 500, "kB"),
    ]


def _shorter(rounds: list[dict[str, dict[str, float]]], chain: str, must: float, aim: float) -> Bound:
    """Hold the time of one of our mails against a chain's: `must` and `aim` are how many times its rate."""
    value = median([_ratio(each, chain) for each in rounds])
    print(f"    {1 / value:.1f} × the rate of {chain}")
    return Bound(f"a mail ÷ {chain} chain", value, round(1 / must, 3), round(1 / aim, 3), "×")


def _ratio(each: dict[str, dict[str, float]], chain: str) -> float:
    return each["ours"]["each"] / each[chain]["each"]


def drawing(way: Callable[[YearChart], bytes], charts: list[YearChart]) -> float:
    """Return how many milliseconds a chart takes, the median of many."""
    way(charts[0])
    times = []
    for chart in charts:
        begun = time.perf_counter()
        way(chart)
        times.append(1_000 * (time.perf_counter() - begun))
    return statistics.median(times)


def made(chain: str, count: int, port: int) -> dict[str, float]:
    """Let a process of its own make and send mails; return what it took."""
    words = [sys.executable, "-m", "bench.mail_chains", chain, str(count), str(port)]
    told = subprocess.run(words, check=True, capture_output=True, text=True, timeout=600).stdout
    return json.loads(told)


@contextmanager
def sink() -> Iterator[int]:
    """Run the mail server; yields its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.mail_sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.communicate(timeout=10)
