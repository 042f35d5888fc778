"""No honest file of the demo is doubted, and every kind of impossible figures that is made of one is.

A month is held against the month before it and the years before, as they are when they come in order.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import get_args

import polars as pl
import pytest

from tasks.rules.deliveries.plausible import DoubtKind, PlausibleSettings, judge
from tasks.rules.periods import Period
from tests.deliveries.impossible_figures import FAULTS
from tests.rules.deliveries.demo_deliveries import Accepted, checked_file, demo_files, register_of
from tests.rules.deliveries.ledgers import as_known, half_of
from tests.worlds.whole import in_whole

SETTINGS = PlausibleSettings()
YEAR = 2026
YEAR_OF_MONTHS = tuple(range(1, 13))
MONTHS_OF_FAULTS = (1, 2, 3, 9, 12)


@dataclass
class Month:
    """A month's checked files by source, and what was accepted before them."""

    files: dict
    accepted: Accepted

    def known(self, source):
        return self.accepted.known(source, next(iter(self.files.values())).months[0])


def honest_months(folder, seed, months):
    """Yield the demo's months one by one, with all that came before them; take each in afterwards.

    Before the first one comes the history: three years of ledgers, two years and the months before of other
    sources, a file a year.
    """
    accepted = None
    for number in months:
        period = Period(YEAR, number)
        files = demo_files(folder / str(period), seed, period)
        register = register_of(files["organisation", period, False], period)
        accepted = accepted or Accepted(register, period)
        accepted.register(register, period)
        before = [key for key in files if key[1] != period or key[2]] if number == months[0] else []
        for source, at, is_year in sorted(before, key=lambda key: key[1]):
            checked = checked_file(files[source, at, is_year], source, at, register, is_year=is_year)
            yield Month({source: checked}, accepted)
            accepted.take_in(checked)
        now = [key for key in files if key[1:] == (period, False) and key[0] != "organisation"]
        of_month = {key[0]: checked_file(files[key], key[0], period, register) for key in now}
        yield Month(of_month, accepted)
        for checked in of_month.values():
            accepted.take_in(checked)


def last_month(folder, seed, number):
    """Return a month's files with the month before it and the ledgers of years accepted, and it not yet."""
    period = Period(YEAR, number)
    earlier = demo_files(folder / "earlier", seed, period.plus(-1)) if number > 1 else {}
    files = demo_files(folder / "now", seed, period)
    register = register_of(files["organisation", period, False], period)
    accepted = Accepted(register, period)
    monthly = {key[:2]: path for key, path in {**files, **earlier}.items() if not key[2]}
    for (source, at), path in sorted(monthly.items()):
        is_before = at == period.plus(-1) or (source == "ekonomi" and at < period)
        if is_before and source != "organisation":
            accepted.take_in(checked_file(path, source, at, register))
    now = [
        (source, path) for (source, at), path in monthly.items() if at == period and source != "organisation"
    ]
    return Month({source: checked_file(path, source, period, register) for source, path in now}, accepted)


def seeds(short, whole, last):
    """Return short cases, and a case of `make proof` for each seed up to the last."""
    proofs = [
        pytest.param(seed, *whole, marks=pytest.mark.proof, id=f"seed {seed}") for seed in range(1, last)
    ]
    return [*short, *proofs]


HONEST = [pytest.param(1, (1, 2), marks=in_whole), (2, (9, 10))]


@pytest.mark.parametrize(("seed", "months"), seeds(HONEST, (YEAR_OF_MONTHS,), 21), ids=str)
def test_no_honest_file_is_doubted_and_no_unit_of_it(tmp_path, seed, months):
    counted = Counter()
    for month in honest_months(tmp_path, seed, months):
        for source, checked in month.files.items():
            known = month.known(source)
            judgement = judge(checked, known, SETTINGS)
            said = [*judgement.doubts, *judgement.units]
            assert not said, (source, checked.period, said)
            counted[source] += 1
            for half, beside in in_halves(checked, known) if source == "ekonomi" else ():
                judgement = judge(half, beside, SETTINGS)
                said = [*judgement.doubts, *judgement.units]
                assert not said, (half.source.name, checked.period, beside.other_half is None, said)
                counted[half.source.name] += 1
    print(f"\nhonest files, none doubted: {counted.total()} {dict(counted)}")  # noqa: T201
    assert counted["ekonomi"] == len(months) + 3


def in_halves(checked, known, honest=None):
    """Yield the halves of a ledger with what is known, first without the other one and then with it.

    honest: the ledger that the other one is of; without it the same.
    """
    for measure, other in (("budget", "outcome"), ("outcome", "budget")):
        half = half_of(checked, measure)
        yield half, known
        yield half, replace(known, other_half=as_known(honest or checked, other))


def faulty(month, types):
    """Yield each fault with a month's file in which it is made, in all types of units where one is wrong."""
    by_type = {}
    for unit, name in month.accepted.types.items():
        by_type.setdefault(name, set()).add(unit)
    for fault in FAULTS:
        checked = month.files[fault.source]
        if checked.period.month >= fault.first_month:
            for name in types or by_type if fault.place == "one type" else ["förskola"]:
                yield fault, name, fault.make(checked, by_type[name])


@pytest.mark.parametrize(
    ("seed", "months", "types"),
    seeds([(1, (9,), ("förskola",))], (MONTHS_OF_FAULTS, None), 4),
    ids=str,
)
def test_every_kind_of_impossible_figures_is_doubted_wherever_it_is_made(tmp_path, seed, months, types):
    counted = Counter()
    for number in months:
        month = last_month(tmp_path / str(number), seed, number)
        for fault, name, checked in faulty(month, types):
            found = judge(checked, month.known(fault.source), SETTINGS).doubts
            assert fault.kind in {doubt.kind for doubt in found}, (number, str(fault), name, found)
            counted[fault.kind] += 1
            if fault.source == "ekonomi":
                honest = month.files["ekonomi"]
                of_halves = [
                    doubt.kind
                    for half, known in in_halves(checked, month.known("ekonomi"), honest)
                    if known.other_half is not None
                    for doubt in judge(half, known, SETTINGS).doubts
                ]
                assert fault.kind in of_halves, (number, str(fault), name, of_halves)
    print(f"\nfaults that were made, all doubted: {counted.total()} {dict(counted)}")  # noqa: T201
    assert set(counted) == set(get_args(DoubtKind))


def test_a_single_unit_in_tkr_is_told_and_the_file_is_not_held(tmp_path):
    month = last_month(tmp_path, 3, 9)
    checked = month.files["ekonomi"]
    unit = min(month.accepted.types)
    amounts = pl.col("budget", "outcome").cast(pl.Float64)
    in_tkr = pl.when(pl.col("unit") == unit).then(amounts / 1000).otherwise(amounts).cast(pl.String)
    made = replace(checked, ledger=checked.ledger.with_columns(in_tkr))
    judgement = judge(made, month.known("ekonomi"), SETTINGS)
    assert judgement.doubts == ()
    assert [doubtful.unit for doubtful in judgement.units] == [unit]
