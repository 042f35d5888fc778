from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.periods import Period, months_of
from tasks.rules.plans.measures import (
    LONGEST_COMMENT,
    LONGEST_RISK,
    LONGEST_WHAT,
    LONGEST_WHO,
    MONTHS_AHEAD,
    MOST_MEASURES,
    Measure,
    PlanProblem,
    has_personal_number,
    months_after,
    plan_problems,
    promised,
    text_problem,
    text_problems,
)
from tasks.rules.swedish import NBSP

SEPTEMBER = Period(2026, 9)
BUDGET = Decimal(23_500_000)
GOOD = Measure("Färre vikarier", "Bitr. rektor", Period(2026, 10), Decimal(25_000), "Sjukdom")


def months(*numbers):
    return [Period(2026, number) for number in numbers]


# What measures promise

PROMISES = {
    "the months left": (GOOD, months(10, 11, 12), 75_000),
    "from a later month": (replace(GOOD, from_month=Period(2026, 12)), months(10, 11, 12), 25_000),
    "not until next year": (replace(GOOD, from_month=Period(2027, 1)), months(10, 11, 12), 0),
    "no months": (GOOD, [], 0),
    "a draft without a month": (replace(GOOD, from_month=None), months(10, 11, 12), 0),
    "a draft without an amount": (replace(GOOD, monthly_effect=None), months(10, 11, 12), 0),
    "öre are kept": (replace(GOOD, monthly_effect=Decimal("0.05")), months(11, 12), Decimal("0.10")),
}


@pytest.mark.parametrize(("measure", "of", "kr"), PROMISES.values(), ids=PROMISES)
def test_a_measure_promises_its_effect_in_each_month_from_its_first(measure, of, kr):
    assert measure.promised(of) == kr


def test_measures_promise_together_what_each_does():
    later = replace(GOOD, from_month=Period(2026, 12), monthly_effect=Decimal(100_000))
    assert promised([GOOD, later], months(10, 11, 12)) == 175_000
    assert promised([], months(10, 11, 12)) == 0


@pytest.mark.parametrize(
    ("period", "left"),
    [(Period(2026, 1), months_of(2026)[1:]), (SEPTEMBER, tuple(months(10, 11, 12))), (Period(2026, 12), ())],
)
def test_the_months_after_a_month_are_the_rest_of_its_year(period, left):
    assert months_after(period) == left


# What makes a plan one that can be handed in


def problems(*measures, budget=BUDGET):
    return [(each.number, each.field) for each in plan_problems(measures, SEPTEMBER, budget)]


FIELDS = {
    "a good one": (GOOD, []),
    "without a risk": (replace(GOOD, risk=""), []),
    "nothing is to be done": (replace(GOOD, what=" \n"), ["what"]),
    "nobody does it": (replace(GOOD, who="\t"), ["who"]),
    "no month": (replace(GOOD, from_month=None), ["from_month"]),
    "the month of the larm": (replace(GOOD, from_month=SEPTEMBER), ["from_month"]),
    "the month after it": (replace(GOOD, from_month=Period(2026, 10)), []),
    "long ago": (replace(GOOD, from_month=Period(2025, 12)), ["from_month"]),
    "twelve months after": (replace(GOOD, from_month=Period(2027, 9)), []),
    "thirteen months after": (replace(GOOD, from_month=Period(2027, 10)), ["from_month"]),
    "no amount": (replace(GOOD, monthly_effect=None), ["monthly_effect"]),
    "an amount of nothing": (replace(GOOD, monthly_effect=Decimal(0)), ["monthly_effect"]),
    "a negative amount": (replace(GOOD, monthly_effect=Decimal(-1)), ["monthly_effect"]),
    "an öre": (replace(GOOD, monthly_effect=Decimal("0.01")), []),
    "no number": (replace(GOOD, monthly_effect=Decimal("NaN")), ["monthly_effect"]),
    "a number that signals": (replace(GOOD, monthly_effect=Decimal("sNaN")), ["monthly_effect"]),
    "without end": (replace(GOOD, monthly_effect=Decimal("Infinity")), ["monthly_effect"]),
    "the whole budget in a year": (replace(GOOD, monthly_effect=BUDGET / 12), []),
    "just over the whole budget": (replace(GOOD, monthly_effect=BUDGET / 12 + 1), ["monthly_effect"]),
    "everything is missing": (Measure("", ""), ["what", "who", "from_month", "monthly_effect"]),
    "as long as may be": (
        replace(GOOD, what="x" * LONGEST_WHAT, who="x" * LONGEST_WHO, risk="x" * LONGEST_RISK),
        [],
    ),
    "a letter too long": (
        replace(
            GOOD, what="x" * (LONGEST_WHAT + 1), who="x" * (LONGEST_WHO + 1), risk="x" * (LONGEST_RISK + 1)
        ),
        ["what", "who", "risk"],
    ),
    "100 kB everywhere": (replace(GOOD, what="å" * 100_000, who="å" * 100_000), ["what", "who"]),
    "a personal number": (replace(GOOD, risk="Gäller 19850709-9805"), ["risk"]),
    "script and SQL are words like others": (
        replace(
            GOOD, what="<script>alert(1)</script>", who="'; DROP TABLE plan; --", risk="{{ 7 * 7 }} ${x}"
        ),
        [],
    ),
}


@pytest.mark.parametrize(("measure", "fields"), FIELDS.values(), ids=FIELDS)
def test_a_measure_is_told_what_to_mend_where(measure, fields):
    assert problems(measure) == [(1, field) for field in fields]


BUDGETS = {
    "unknown: nothing to hold it against": (None, 10**9, []),
    "none: the unit's incomes are to cover its costs": (Decimal(0), 10**9, []),
    "net income: its size counts": (Decimal(-1_200_000), 100_000, []),
    "more than the net income": (Decimal(-1_200_000), 100_001, [(1, "monthly_effect")]),
    "exactly the budget": (Decimal(1_200_000), 100_000, []),
    "a krona a month more": (Decimal(1_200_000), 100_001, [(1, "monthly_effect")]),
}


@pytest.mark.parametrize(("budget", "effect", "found"), BUDGETS.values(), ids=BUDGETS)
def test_an_effect_of_a_year_is_held_against_the_budget(budget, effect, found):
    assert problems(replace(GOOD, monthly_effect=Decimal(effect)), budget=budget) == found


def test_a_plan_has_at_least_one_measure():
    assert plan_problems([], SEPTEMBER, BUDGET) == (PlanProblem(0, "", "Beskriv minst en åtgärd."),)


def test_a_plan_has_at_most_twenty():
    assert problems(*[GOOD] * MOST_MEASURES) == []
    assert plan_problems([GOOD] * (MOST_MEASURES + 1), SEPTEMBER, BUDGET) == (
        PlanProblem(0, "", "Skriv högst 20 åtgärder: slå ihop de små."),
    )


def test_each_problem_names_its_measure():
    assert problems(GOOD, replace(GOOD, who=""), GOOD, replace(GOOD, what="")) == [(2, "who"), (4, "what")]


WORDS = {
    "month": (replace(GOOD, from_month=None), "Välj den månad som effekten börjar."),
    "too early": (
        replace(GOOD, from_month=Period(2026, 7)),
        "Effekten kan tidigast börja i oktober 2026: september 2026 är redan stängd.",
    ),
    "too late": (replace(GOOD, from_month=Period(2028, 1)), "Effekten ska börja senast i september 2027."),
    "amount": (
        replace(GOOD, monthly_effect=None),
        "Ange effekten i kronor per månad, till exempel 25 000.",
    ),
    "negative": (
        replace(GOOD, monthly_effect=Decimal(-5)),
        "Effekten ska vara större än 0 kronor: den är hur mycket nettokostnaden minskar.",
    ),
    "thousands taken for kronor": (
        replace(GOOD, monthly_effect=Decimal(25_000_000)),
        (
            "Effekten är 300_000_000_kronor på ett år, mer än enhetens hela budget 23_500_000_kronor: "
            "kontrollera att beloppet är i kronor per månad."
        ),
    ),
    "long": (replace(GOOD, what="x" * 1_234), "Texten är 1_234 tecken: korta den till högst 500."),
    "what": (replace(GOOD, what=""), "Skriv vad som ska göras."),
    "who": (replace(GOOD, who=""), "Skriv vem som ansvarar, med roll i stället för namn."),
    "characters": (
        replace(GOOD, what="a\x00b"),
        "Texten har tecken som inte går att spara: skriv den på nytt utan att klistra in.",
    ),
    "a person": (
        replace(GOOD, what="850709-9805"),
        "Ta bort personnumret: planen är en allmän handling och ska inte innehålla personuppgifter.",
    ),
}


@pytest.mark.parametrize(("measure", "words"), WORDS.values(), ids=WORDS)
def test_a_problem_says_how_to_mend_it(measure, words):
    (problem,) = plan_problems([measure], SEPTEMBER, BUDGET)
    assert problem.text.replace(NBSP, "_") == words


# Free texts, which a draft is held to as well

DRAFTS = {
    "an empty one": ([Measure("", "")], []),
    "without month and amount": ([Measure("Färre vikarier", "")], []),
    "none": ([], []),
    "a long text": ([GOOD, replace(GOOD, risk="x" * (LONGEST_RISK + 1))], [(2, "risk")]),
    "a personal number": ([replace(GOOD, who="850709-9805")], [(1, "who")]),
    "an empty amount of good measures": ([GOOD] * MOST_MEASURES, []),
}


@pytest.mark.parametrize(("measures", "found"), DRAFTS.values(), ids=DRAFTS)
def test_a_draft_may_lack_anything_but_not_hold_anything(measures, found):
    assert [(each.number, each.field) for each in text_problems(measures)] == found


def test_a_flood_of_measures_is_not_told_of_each():
    flood = [replace(GOOD, what="x" * (LONGEST_WHAT + 1))] * 10_000
    assert len(text_problems(flood)) == MOST_MEASURES + 1


KEPT = {
    "line breaks and tabs": ("en\r\ntvå\ttre", True),
    "Swedish and other letters": ("Åsa Öst, Łódź, 你好, 👍🏽", True),
    "a no-break space": (f"25{NBSP}000", True),
    "NUL, which the database refuses": ("a\x00", False),
    "half a character, which can't be written": ("a\ud83d", False),
    "an escape sequence": ("\x1b[31m", False),
    "delete": ("\x7f", False),
    "exactly as long": ("x" * LONGEST_COMMENT, True),
    "a letter more": ("x" * (LONGEST_COMMENT + 1), False),
}


@pytest.mark.parametrize(("text", "kept"), KEPT.values(), ids=KEPT)
def test_a_text_is_kept_when_the_database_can_keep_it(text, kept):
    assert (text_problem(text, LONGEST_COMMENT) == "") == kept


PERSONAL = {
    "ten digits with a hyphen": "850709-9805",
    "ten digits": "8507099805",
    "twelve digits": "198507099805",
    "twelve digits with a hyphen": "19850709-9805",
    "a space between": "850709 9805",
    "spaces around the hyphen": "850709 - 9805",
    "older than a hundred": "121212+1212",
    "born this century": "20121212-1212",
    "an en dash, as word processors write it": "850709–9805",
    "a minus": "850709−9805",
    "a hyphen that doesn't break": "850709‑9805",
    "a no-break space": f"850709{NBSP}9805",
    "a samordningsnummer": "850769-9802",
    "born on the thirty-first": "851231-9800",
    "in a sentence": "Anpassad tjänst (850709-9805), från mars.",
    "straight after a word": "pnr:8507099805",
    "at the end of a line": "Anna\n850709-9805\n",
    "after an amount": "250000 2026, 850709-9805",
}


@pytest.mark.parametrize("text", PERSONAL.values(), ids=PERSONAL)
def test_a_personal_number_is_found(text):
    assert has_personal_number(text)


HARMLESS = {
    "nothing": "",
    "an amount and a year": "250 000 kronor per 2026",
    "an ungrouped amount and a year": "250000 2026",
    "an amount with a minus and a year": "150000-2026",
    "millions": "1 250 000 000 kronor",
    "ten digits that are no day": "9999999999",
    "a telephone number": "08-123 45 67",
    "a mobile number": "070-123 45 67",
    "a mobile number without spaces": "0701234567",
    "an international number": "+46 70 123 45 67",
    "an organisation number": "556012-5790",
    "the city's organisation number": "212000-0142",
    "an account and a year": "413012 2026",
    "a code of the organisation": "4110-231-234",
    "a ledger code of ten digits": "4112013456",
    "a date and a clock": "20261007 0800",
    "a span of months": "202610-2612",
    "a day that doesn't exist": "850732-9806",
    "a month that doesn't exist": "851307-9809",
    "a wrong check digit": "850709-9806",
    "within a longer number": "1850709980512",
    "with a digit before it": "7850709-9805",
    "with a digit after it": "850709-98051",
    "a bankgiro": "5050-1055",
    "percent": "12,5 % av 1 250 000",
    "other digits than ours": "٨٥٠٧٠٩-٩٨٠٥",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_is_no_personal_number_is_left_alone(text):
    assert not has_personal_number(text)


@given(
    st.dates(), st.integers(0, 999), st.sampled_from(["", "-", "+", " ", "–"]), st.booleans(), st.booleans()
)
def test_every_personal_number_is_found_in_any_way_of_writing(born, number, mark, century, coordinated):
    """The check digit is made here as Skatteverket describes it, by hand."""
    day = born.day + 60 * coordinated
    nine = f"{born.year % 100:02}{born.month:02}{day:02}{number:03}"
    products = "".join(str(int(digit) * factor) for digit, factor in zip(nine, [2, 1] * 5, strict=False))
    check = -sum(map(int, products)) % 10
    text = f"{'19' if century else ''}{nine[:6]}{mark}{nine[6:]}{check}"
    assert has_personal_number(f"Se {text}.")
    assert not has_personal_number(f"Se {text[:-1]}{(check + 1) % 10}.")


TEXTS = st.text(max_size=40)
MEASURES = st.builds(
    Measure,
    TEXTS,
    TEXTS,
    st.none() | st.builds(Period, st.integers(2025, 2028), st.integers(1, 12)),
    st.none() | st.decimals(-(10**15), 10**15, places=2) | st.just(Decimal("NaN")),
    TEXTS,
)


@given(st.lists(MEASURES, max_size=4), st.none() | st.decimals(-(10**12), 10**12, places=2))
def test_a_plan_without_problems_promises_something_in_time_and_within_the_budget(measures, budget):
    found = plan_problems(measures, SEPTEMBER, budget)
    assert all(each.text and 0 <= each.number <= len(measures) for each in found)
    assert set(text_problems(measures)) <= set(found) or not measures
    if not found:
        for each in measures:
            assert each.what.strip()
            assert each.who.strip()
            assert SEPTEMBER < each.from_month <= SEPTEMBER.plus(MONTHS_AHEAD)
            assert each.monthly_effect > 0
            assert not budget or each.monthly_effect * 12 <= abs(budget)
