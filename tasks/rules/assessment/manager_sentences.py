"""What is said of a unit's own forecast beside the rule's: the two are shown, and never mixed silently."""

from decimal import Decimal

from tasks.rules.assessment.manager_forecast import ForecastVersion, month_before
from tasks.rules.periods import Period
from tasks.rules.swedish import round_half_up
from tasks.rules.wording import amount, net_amount

WEIGHED = "Vägd prognos (regelns och enhetens egen)"


def own_forecast_sentence(
    own: ForecastVersion,
    month: Period,
    rule: Decimal | None,
    *,
    budget: Decimal | None = None,
    adjusted_budget: Decimal | None = None,
) -> str:
    """Tell a unit's own forecast, how it has moved, and the rule's (kr; without it the year is unknown).

    month: the one that was closed. The adjusted budget is told where it differs from the one that the rule
    holds the unit against: the unit's own forecast is to be held against that.
    """
    if own.kr is None:
        return ""
    told = f"Enhetens egen prognos{_told_in(own.period, month)}: {net_amount(own.kr)}"
    against = _against(budget, adjusted_budget)
    beside = "" if rule is None else f"; regelns: {net_amount(rule)}"
    return f"{told}{against}{_moved(own, own.kr)}{beside}."


def own_forecast_in_mail(
    own: Decimal, told_in: Period, month: Period, rule: Decimal | None, floor_kr: Decimal, *, is_manager: bool
) -> str:
    """Remind a reader of the unit's own forecast where it is further from the rule's than the floor (kr)."""
    if rule is None or abs(own - rule) <= floor_kr:
        return ""
    return (
        f"{'Din' if is_manager else 'Enhetens'} egen prognos{_told_in(told_in, month)} är {net_amount(own)}."
    )


def _told_in(told_in: Period, month: Period) -> str:
    """Say the month of a forecast that was not told anew."""
    return "" if told_in == month else f" från {month_before(told_in, month)}"


def _against(budget: Decimal | None, adjusted: Decimal | None) -> str:
    if adjusted is None or (budget is not None and _is_nothing(adjusted - budget)):
        return ""
    return f" mot justerad budget {net_amount(adjusted)}"


def _moved(own: ForecastVersion, kr: Decimal) -> str:
    if own.change is None or own.since is None:
        return ""
    since = month_before(own.since, own.period)
    if _is_nothing(own.change):
        return f", oförändrad sedan {since}"
    is_more, what = (own.change < 0, " nettointäkt") if kr < 0 else (own.change > 0, "")
    return f", {amount(abs(own.change))} {'högre' if is_more else 'lägre'}{what} än i {since}"


def _is_nothing(kr: Decimal) -> bool:
    """Tell whether an amount shows as 0 tkr."""
    return round_half_up(kr.scaleb(-3)) == 0
