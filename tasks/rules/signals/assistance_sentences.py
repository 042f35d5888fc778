"""The sentences about the year's cost of social assistance: the forecast, its basis, and what drives it."""

from decimal import Decimal

from tasks.rules.periods import MONTH_NAMES
from tasks.rules.signals.assistance_forecast import AssistanceBasis, AssistanceForecast
from tasks.rules.swedish import joined, kronor, number, percent, round_half_up
from tasks.rules.wording import amount


def assistance_sentence(made: AssistanceForecast, year: int) -> str:
    """Tell the year's forecast of the appropriation, what it rests on, and how far it is from the budget."""
    if made.outcome is None or made.forecast is None or made.basis is None:
        return (
            "Uppgift saknas: hushåll och utbetalningar är inte kända för alla månader hittills i år, "
            "så ingen helårsprognos kan räknas för ekonomiskt bistånd."
        )
    if made.month == 12:
        return f"Hela {year} kostade ekonomiskt bistånd {amount(made.outcome)}{_result(made, 'ett')}"
    so_far = (
        f"Till och med {MONTH_NAMES[made.month - 1]} har ekonomiskt bistånd kostat {amount(made.outcome)}."
    )
    forecast = f"Helårsprognosen är därför {amount(made.forecast)}{_result(made, 'ett befarat')}"
    return f"{so_far} {_basis(made.basis)} {forecast}"


def _basis(basis: AssistanceBasis) -> str:
    """Say what the coming months are reckoned with."""
    when = "De senaste månaderna, med årstiden borträknad," if basis.has_season else "Hittills i år"
    seen = (
        f"{when} har i snitt {_households(basis.recent_households)} i månaden fått bistånd, "
        f"och årets bidrag har i snitt varit {kronor(basis.grant)} per hushåll."
    )
    if basis.stays == 1:
        return f"{seen} Så räknar vi resten av året."
    return (
        f"{seen} Av en skillnad mot planen brukar {percent(basis.stays * 100, 0)} finnas kvar: resten av "
        f"året räknar vi med {_households(basis.coming_households)} och {kronor(basis.coming_grant)}."
    )


def _result(made: AssistanceForecast, article: str) -> str:
    """Hold the year against the budget by a word: ` mot budget 97,0 mnkr: ett underskott på 1,6 mnkr …`."""
    if made.budget is None or made.deviation is None:
        return ". Budget saknas att jämföra med."
    verdict = _verdict(made.budget, made.deviation, article)
    return f" mot budget {amount(made.budget)}: {verdict}.{_effects(made)}"


def _verdict(budget: Decimal, deviation: Decimal, article: str) -> str:
    if _is_nothing(deviation):
        return "i balans"
    share = f" ({percent(abs(deviation) / abs(budget) * 100)})" if budget else ""
    if deviation > 0:
        article = article.replace("befarat", "väntat")
    return f"{article} {'underskott' if deviation < 0 else 'överskott'} på {amount(abs(deviation))}{share}"


def _effects(made: AssistanceForecast) -> str:
    """Say what households and grant do to the cost, by words and never by a sign."""
    if made.volume_effect is None or made.price_effect is None:
        return ""
    parts = [
        f"{more if kr > 0 else less} {'ökar' if kr > 0 else 'minskar'} kostnaden med {amount(abs(kr))}"
        for kr, more, less in (
            (made.volume_effect, "fler hushåll än planerat", "färre hushåll än planerat"),
            (made.price_effect, "högre bidrag per hushåll", "lägre bidrag per hushåll"),
        )
        if not _is_nothing(kr)
    ]
    said = joined(parts)
    return f" {said[:1].upper()}{said[1:]}." if said else ""


def _households(count: Decimal) -> str:
    return f"{number(count)} hushåll"


def _is_nothing(kr: Decimal) -> bool:
    return round_half_up(kr.scaleb(-3)) == 0
