"""The ledger in two halves: what a month lacks, what a file is taken as, and what is doubted of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tasks.rules.deliveries.completeness import CompletenessSettings, month_completeness
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.halves.meant import HalvesToTake
from tasks.rules.deliveries.halves.needed import source_missing
from tasks.rules.deliveries.halves.together import Opposed, are_opposed, mixed_in_one_pass, mixed_with
from tasks.rules.deliveries.plausible import PlausibleSettings, judge
from tasks.rules.deliveries.tables.explanation import explain
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.deliveries.tables.wide_months import turn_long
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tasks.sources import all_halves, all_sources, halves_of
from tests.rules.delivered_files import EKONOMI, REGISTER, SEPTEMBER, TODAY, check, table
from tests.rules.deliveries.ledgers import as_known, changed, delivery, half_of, known, rows

HALVES = HalvesToTake(halves_of("ekonomi"), Decimal(80))
NEEDS_LEDGER = CompletenessSettings(required_sources=("ekonomi", "bistand"))


@pytest.mark.parametrize(
    ("accepted", "held", "missing", "reason"),
    [
        ({"ekonomi"}, (), (), ""),
        ({"budget", "utfall"}, (), (), ""),
        (set(), (), ("ekonomi",), "ekonomi saknas"),
        ({"utfall"}, (), ("ekonomi (budget)",), "ekonomi (budget) saknas"),
        ({"budget"}, (), ("ekonomi (utfall)",), "ekonomi (utfall) saknas"),
        (
            {"budget"},
            {"utfall"},
            ("ekonomi (utfall)",),
            "ekonomi (utfall) hålls tills någon har sagt att siffrorna är rätt",
        ),
        (  # one is held and the other hasn't come
            set(),
            {"utfall"},
            ("ekonomi (budget)", "ekonomi (utfall)"),
            "ekonomi (budget) saknas; ekonomi (utfall) hålls tills någon har sagt att siffrorna är rätt",
        ),
    ],
)
def test_a_month_needs_the_ledger_whole_or_both_halves(accepted, held, missing, reason):
    found = month_completeness(
        {*accepted, "bistand"}, {}, ["101"], NEEDS_LEDGER, held=held, halves=all_halves()
    )
    assert (found.missing_sources, found.reason) == (missing, reason)


def test_a_half_that_lacks_leads_to_the_source_that_is_to_be_handed_in():
    names = ["ekonomi (budget)", "ekonomi (utfall)", "ekonomi", "bistand"]
    assert [source_missing(name, all_halves()) for name in names] == [
        "budget",
        "utfall",
        "ekonomi",
        "bistand",
    ]


def test_a_half_is_required_where_its_whole_is():
    needed = {name for name, source in all_sources().items() if NEEDS_LEDGER.requires(source)}
    assert needed == {"ekonomi", "budget", "utfall", "bistand"}
    assert CompletenessSettings(required_sources=("budget",)).requires(all_sources()["budget"])


def ledger(budget, outcome, head=EKONOMI, months=range(1, 10), units=("E1", "E2")):
    """Return a ledger's text whose amounts are told by functions of the month."""
    return head + "".join(
        f"2026-{month:02d};{unit};Personal;{budget(month)};{outcome(month)}\n"
        for month in months
        for unit in units
    )


def always(_):
    return 100


def never(_):
    return ""


def first(months):
    return lambda month: 100 if month <= months else ""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (ledger(always, always), "ekonomi"),
        (ledger(never, always), "utfall"),
        (ledger(always, never), "budget"),
        (ledger(never, never), "ekonomi"),  # nothing in either tells which it is
        (ledger(first(1), always), "utfall"),  # 8 of 9 months empty: 89 %
        (ledger(first(2), always), "ekonomi"),  # 7 of 9: 78 %
        (ledger(always, first(9), months=range(1, 13)), "ekonomi"),  # months to come have no outcome
        (ledger(always, never, months=range(10, 13)), "ekonomi"),  # and no closed month tells anything
        (ledger(lambda _: "abc", never), "budget"),  # what can't be read is no empty cell
        (ledger(always, lambda _: "Anna", EKONOMI.replace("utfall", "handläggare")), "budget"),
        (ledger(always, always, EKONOMI.replace("utfall", "prognos")), "ekonomi"),  # it may be the outcome
        (ledger(always, always, EKONOMI.replace("budget", "budget_2026")), "ekonomi"),
    ],
)
def test_a_file_that_holds_one_half_alone_is_taken_as_that(text, source):
    assert check("ekonomi", text, halves=HALVES).source.name == source


def test_a_file_is_what_it_is_called_where_no_halves_are_known():
    assert check("ekonomi", ledger(never, always)).source.name == "ekonomi"
    none_of_these = HalvesToTake((all_sources()["budget"],), Decimal(80))
    assert check("ekonomi", ledger(never, always), halves=none_of_these).source.name == "ekonomi"


def test_a_year_that_runs_is_judged_by_the_months_that_have_begun():
    text = ledger(always, first(1), months=range(1, 13))
    found = check("ekonomi", text, halves=HALVES, period=Period(2026, 12), today=date(2026, 2, 3))
    assert found.source.name == "ekonomi"


def test_what_was_taken_as_a_half_says_so_and_how_many_amounts_are_left_out():
    found = check("ekonomi", ledger(first(1), always), halves=HALVES)
    assert found.is_accepted
    assert found.warnings == ()
    [note] = found.notes
    assert (note.rule, note.column) == (
        "Kolumnen är tom i nästan alla avslutade månader: filen är läst som utfall, "
        "och 2\u00a0belopp i kolumnen är inte lästa".replace("\u00a0", NBSP),
        "budget",
    )
    assert found.ledger["budget"].null_count() == found.ledger.height
    absent = check(
        "ekonomi", ledger(always, lambda _: "", "period;enhet;kontogrupp;budget;\n"), halves=HALVES
    )
    assert absent.notes[0] == Problem("Kolumnen utfall saknas: filen är läst som budget", "")


def test_an_explanation_shows_every_column_and_what_the_file_is_taken_as():
    raw = table(ledger(never, always))
    told = explain(raw, all_sources()["ekonomi"], SEPTEMBER, REGISTER, today=TODAY, sheet=None, halves=HALVES)
    assert told.source_title == "Ekonomi (utfall)"
    assert [(one.header, one.title) for one in told.columns] == [
        ("period", "Månad"),
        ("enhet", "Enhet"),
        ("kontogrupp", "Kontogrupp"),
        ("budget", "läses inte"),
        ("utfall", "Utfall"),
    ]


def test_the_year_s_file_of_a_half_is_each_months_and_a_december_s_file_is_decembers():
    text = "period;enhet;kontogrupp;budget\n" + "".join(
        f"2027-{month:02d};E1;Personal;100\n" for month in range(1, 13)
    )
    december = Period(2027, 12)
    year = check("budget", text, period=december, is_year=True)  # decided well before it begins
    assert (year.is_accepted, len(year.months)) == (True, 12)
    assert check("budget", text, period=december).months == (december,)
    assert not check(
        "budget", text.replace("2027", "2028"), period=Period(2028, 12), is_year=True
    ).is_accepted


def test_a_running_year_of_outcomes_is_taken_in_to_the_month_that_runs():
    amounts = {month: 100 if month < 10 else 0 for month in range(1, 13)}  # as systems export months to come
    text = "period;enhet;kontogrupp;utfall\n" + "".join(
        f"2026-{month:02d};E1;Personal;{kr}\n" for month, kr in amounts.items()
    )
    found = check("utfall", text, period=Period(2026, 12), is_year=True)
    assert found.is_accepted
    assert found.months == tuple(Period(2026, month) for month in range(1, 10))
    assert "har inga uppgifter och har lämnats utanför" in found.notes[0].rule
    begun = check("utfall", text.replace("2026-10;E1;Personal;0", "2026-10;E1;Personal;7"), is_year=True)
    assert begun.months[-1] == Period(2026, 10)


def test_months_side_by_side_need_no_word_for_the_only_amount():
    months = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    wanted = Wanted(all_sources()["budget"], SEPTEMBER)
    frame = pl.DataFrame(
        {"row_no": [2], "enhet": ["E1"], "kontogrupp": ["Personal"], **{month: ["100"] for month in months}}
    ).cast({"row_no": pl.Int64})
    turned = turn_long(["enhet", "kontogrupp", *months], frame, wanted)
    assert turned.problems == ()
    assert turned.headers == ("period", "enhet", "kontogrupp", "budget")
    assert turned.frame["budget"].to_list() == ["100"] * 12


def test_whole_and_half_are_opposed_and_nothing_else_is():
    pairs = [("ekonomi", "budget"), ("utfall", "ekonomi"), ("budget", "utfall"), ("ekonomi", "prognos")]
    found = [are_opposed(all_sources()[one], all_sources()[other]) for one, other in pairs]
    assert found == [True, True, False, False]


def test_a_refusal_names_the_other_file_and_says_what_to_hand_in():
    whole = [Opposed("ekonomi", SEPTEMBER, "ekonomi_2026-09.csv")]
    refused = mixed_with(all_sources()["budget"], whole)
    assert refused.rule.startswith("ekonomi_2026-09.csv är redan mottagen för september 2026")
    assert "Lämna det som är nytt i ekonomi_2026-09, med både budget och utfall" in refused.remedy
    halves = [Opposed(half, SEPTEMBER, f"{half}_2026-09.csv") for half in ("budget", "utfall")]
    refused = mixed_with(all_sources()["ekonomi"], halves)
    assert refused.rule.startswith(
        "budget_2026-09.csv och utfall_2026-09.csv är redan mottagna för september"
    )
    assert refused.remedy == "Lämna det som är nytt i budget_2026-09 och utfall_2026-09, var för sig."
    refused = mixed_with(all_sources()["ekonomi"], halves[:1])
    assert refused.remedy == "Lämna bara utfallet, i utfall_2026-09, och det som är nytt i budget_2026-09."
    assert "även a.csv, b.csv" in mixed_in_one_pass(["a.csv", "b.csv"]).rule


def doubts(made, measure, beside=None, before=None):
    """Return what is doubted of a half, with the kinds: beside the other one as it is known, or alone."""
    other = "outcome" if measure == "budget" else "budget"
    have = before or known()
    if beside is not None:
        have = replace(have, other_half=as_known(delivery(beside), other))
    return judge(half_of(delivery(made), measure), have, PlausibleSettings()).doubts


HONEST = rows()
SUMS = changed(HONEST, outcome=lambda month: month)


@pytest.mark.parametrize(
    ("made", "measure", "beside", "before", "expected"),
    [
        (HONEST, "budget", None, None, []),
        (HONEST, "outcome", None, None, []),
        (HONEST, "budget", HONEST, None, []),
        (HONEST, "outcome", HONEST, None, []),
        (HONEST, "outcome", HONEST, known(HONEST), []),
        (
            changed(HONEST, outcome=0.001),
            "outcome",
            HONEST,
            None,
            ["thousandfold"],
        ),  # a year that no unit has
        (changed(HONEST, budget=0.001), "budget", HONEST, None, ["thousandfold"]),
        (changed(HONEST, outcome=0.1), "outcome", HONEST, None, ["apart"]),
        (changed(HONEST, budget=0.1), "budget", HONEST, None, ["apart"]),
        (changed(HONEST, budget=12), "budget", HONEST, None, ["apart"]),  # a year's budget in each month
        (changed(HONEST, outcome=0.001), "outcome", None, known(HONEST), ["thousandfold"]),
        (SUMS, "outcome", HONEST, None, ["accumulated"]),
        (SUMS, "outcome", None, None, ["accumulated"]),
        (changed(HONEST, outcome=0, months={9}), "outcome", HONEST, None, ["nothing"]),
        (changed(HONEST, outcome=0, months={9}), "outcome", None, None, ["nothing"]),
        (changed(HONEST, outcome=-1), "outcome", HONEST, None, ["turned"]),
        (changed(HONEST, budget=-1), "budget", HONEST, None, ["turned"]),
        (changed(HONEST, outcome=-1), "outcome", None, None, ["turned"]),  # by its groups alone
        (changed(HONEST, budget=0.7), "budget", HONEST, known(HONEST), ["moved"]),
        (changed(HONEST, budget=0.7), "outcome", changed(HONEST, budget=0.7), known(HONEST), []),
    ],
)
def test_a_half_is_held_against_the_other_one(made, measure, beside, before, expected):
    assert [doubt.kind for doubt in doubts(made, measure, beside, before)] == expected


@pytest.mark.parametrize(
    ("made", "measure", "said"),
    [
        (changed(HONEST, outcome=0.1), "outcome", "Utfallet är 9,9 gånger mindre än budgeten"),
        (changed(HONEST, budget=12), "budget", "Budgeten är 12 gånger större än utfallet"),
        (changed(HONEST, budget=-1), "budget", "Budgeten har omvänt tecken mot utfallet"),
    ],
)
def test_the_doubt_is_about_the_file_that_came(made, measure, said):
    assert doubts(made, measure, HONEST)[0].rule.replace(NBSP, " ").startswith(said)
