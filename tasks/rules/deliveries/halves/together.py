"""A month's budget and outcome come together or each for itself: a file that mixes that is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.rules.declaration import Source
from tasks.rules.deliveries.findings import Problem
from tasks.rules.periods import Period, months_words
from tasks.rules.swedish import joined

LACKS = {"budget": "budgeten", "utfall": "utfallet"}
"""The halves, as a sentence names what they hold."""


@dataclass(frozen=True)
class Opposed:
    """An accepted file of the whole source or of its halves, in a month that another one of them is for."""

    source: str
    period: Period
    file_name: str


def are_opposed(one: Source, other: Source) -> bool:
    """Tell whether one source is a half of the other."""
    return one.whole == other.whole and (one.half_of is None) != (other.half_of is None)


def mixed_with(source: Source, accepted: Sequence[Opposed]) -> Problem:
    """Say which accepted files a file can't come beside, and what to do. accepted: at least one."""
    files = list(dict.fromkeys(one.file_name for one in accepted))
    are = "är redan mottagen" if len(files) == 1 else "är redan mottagna"
    came = f"{joined(files)} {are} för {months_words(sorted({one.period for one in accepted}))}"
    if source.half_of is not None:
        return Problem(
            f"{came}: där kommer budget och utfall tillsammans",
            f"Lämna det som är nytt i {_names(accepted)}, med både budget och utfall, eller lämna dem var "
            "för sig från nästa månad.",
        )
    new = f"Lämna det som är nytt i {_names(accepted)}"
    there = {one.source for one in accepted}
    lacking = [half for half in LACKS if half not in there]
    remedy = (
        f"Lämna bara {LACKS[lacking[0]]}, i {lacking[0]}_{accepted[0].period}, och det som är nytt i "
        f"{_names(accepted)}."
        if lacking
        else f"{new}, var för sig."
    )
    return Problem(f"{came}: där kommer budget och utfall var för sig", remedy)


def mixed_in_one_pass(others: Iterable[str]) -> Problem:
    """Say which new files a file can't come together with."""
    return Problem(
        f"Budget och utfall kommer både tillsammans och var för sig: även {', '.join(others)}",
        "Låt antingen filen med båda ligga kvar eller de två var för sig, och kör igen. "
        "Filer slås aldrig ihop.",
    )


def _names(accepted: Sequence[Opposed]) -> str:
    """Return what the files are to be called: `budget_2026-09`."""
    return joined(sorted({f"{one.source}_{one.period}" for one in accepted}))
