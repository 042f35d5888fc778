"""A manager's own forecast of the year: how it has moved, how good it used to be, and when it is weighed in.

Amounts are kr of the year, costs +; None is missing and never counts as 0. It stands beside the rule's, and
the two are never mixed before the managers' record is measured and good enough (see forecast_accuracy).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.assessment.forecast_accuracy import AccuracySettings, ClosedYear, is_remedied
from tasks.rules.periods import Period
from tasks.rules.swedish import MISSING, number, percent, round_half_up
from tasks.rules.wording import amount, is_nothing, net_amount, year_row

WEIGHED = "Vägd prognos (regelns och enhetens egen)"


@dataclass(frozen=True)
class Record:
    """The rule's and the managers' errors (% of the outturns) over the same unit-years; None for none."""

    unit_years: int
    rule_percent: Decimal | None
    manager_percent: Decimal | None


@dataclass(frozen=True)
class MixedForecast:
    """Half the rule's and half the manager's forecast (kr), or None; `reason` says why."""

    kr: Decimal | None
    reason: str


@dataclass(frozen=True)
class ForecastVersion:
    """A version of the manager's forecast (kr), told in a month.

    change: from the latest known one before, which was told in `since`; None for none.
    """

    period: Period
    kr: Decimal | None
    change: Decimal | None
    since: Period | None
    sentence: str


def record(years: Iterable[ClosedYear], settings: AccuracySettings) -> Record:
    """Measure the managers against the rule: Σ|miss| in % of Σ|outturn|, over the same unit-years.

    Those that a plan may have moved are left out: there the miss is no error of the forecast.
    """
    measured = [misses for year in years if (misses := _misses(year, settings)) is not None]
    rule, manager, outturn = (sum((each[column] for each in measured), Decimal(0)) for column in range(3))
    if outturn == 0:
        return Record(len(measured), None, None)
    return Record(len(measured), rule / outturn * 100, manager / outturn * 100)


def mixed_forecast(
    rule: Decimal | None, manager: Decimal | None, record: Record, settings: AccuracySettings
) -> MixedForecast:
    """Return (rule + manager) / 2 in kr with öre, once the managers' record is measured and good enough."""
    if rule is None or manager is None:
        missing = "regelns" if rule is None else "chefens"
        return MixedForecast(None, f"{MISSING.capitalize()}: {missing} prognos.")
    if record.rule_percent is None or record.manager_percent is None:
        return MixedForecast(None, _too_few(0, settings))
    if record.unit_years < settings.least_unit_years:
        return MixedForecast(None, _too_few(record.unit_years, settings))
    errors = f"{percent(record.manager_percent)} mot regelns {percent(record.rule_percent)}"
    limit = f"gränsen är {number(settings.worst_factor, 2)} gånger regelns"
    if record.manager_percent > settings.worst_factor * record.rule_percent:
        return MixedForecast(
            None, f"Chefernas prognoser vägs inte in: de har missat utfallet med {errors}, och {limit}."
        )
    return MixedForecast(
        round_half_up((rule + manager) / 2, 2),
        f"Hälften är regelns och hälften chefens prognos: chefernas har missat utfallet med {errors}, "
        f"och {limit}.",
    )


def forecast_versions(given: Iterable[tuple[Period, Decimal | None]]) -> tuple[ForecastVersion, ...]:
    """Tell how a unit's forecast (kr) has moved; versions of one period stand in the order they came."""
    versions: list[ForecastVersion] = []
    before: tuple[Period, Decimal] | None = None
    for period, kr in sorted(given, key=lambda version: version[0]):
        change = None if kr is None or before is None else kr - before[1]
        since = None if before is None else before[0]
        said = _version_sentence(period, kr, change, since)
        versions.append(ForecastVersion(period, kr, change, since, said))
        before = before if kr is None else (period, kr)
    return tuple(versions)


def newest_known(versions: Iterable[ForecastVersion]) -> ForecastVersion | None:
    """Return the newest version that has an amount; a later one without takes nothing back."""
    return next((version for version in reversed(tuple(versions)) if version.kr is not None), None)


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
    written = net_amount if budget is None or rule is None else year_row(budget, rule).net_amount
    told = f"Enhetens egen prognos{_told_in(own.period, month)}: {written(own.kr)}"
    against = _against(budget, adjusted_budget, written)
    beside = "" if rule is None else f"; regelns: {written(rule)}"
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


def _misses(year: ClosedYear, settings: AccuracySettings) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return the rule's miss, the manager's and the outturn (kr, without sign) where they can be compared."""
    if year.rule is None or year.manager is None or year.outturn is None:
        return None
    if any(is_remedied(forecast, year, settings) for forecast in (year.rule, year.manager)):
        return None
    return abs(year.rule - year.outturn), abs(year.manager - year.outturn), abs(year.outturn)


def _too_few(unit_years: int, settings: AccuracySettings) -> str:
    measured = f"{number(unit_years)} av minst {number(settings.least_unit_years)} enhetsår"
    return f"Chefernas prognoser vägs inte in: deras träffsäkerhet är mätt på {measured}."


def _version_sentence(
    period: Period, kr: Decimal | None, change: Decimal | None, since: Period | None
) -> str:
    when = period.swedish.capitalize()
    if kr is None:
        return f"{when}: {MISSING}."
    if change is None or since is None:
        return f"{when}: {net_amount(kr)}, den första prognosen."
    if is_nothing(change):
        return f"{when}: {net_amount(kr)}, oförändrat sedan {month_before(since, period)}."
    side = "högre" if change > 0 else "lägre"
    moved = f"{amount(abs(change))} {side} nettokostnad än i {month_before(since, period)}"
    return f"{when}: {net_amount(kr)}, {moved}."


def month_before(before: Period, period: Period) -> str:
    """Name an earlier month as one does in `period`: its year only where it is another."""
    if before == period:
        return "förra versionen samma månad"
    return before.month_name if before.year == period.year else before.swedish


def _told_in(told_in: Period, month: Period) -> str:
    """Say the month of a forecast that was not told anew."""
    return "" if told_in == month else f" från {month_before(told_in, month)}"


def _against(budget: Decimal | None, adjusted: Decimal | None, written: Callable[[Decimal], str]) -> str:
    if adjusted is None or (budget is not None and is_nothing(adjusted - budget)):
        return ""
    return f" mot justerad budget {written(adjusted)}"


def _moved(own: ForecastVersion, kr: Decimal) -> str:
    if own.change is None or own.since is None:
        return ""
    since = month_before(own.since, own.period)
    if is_nothing(own.change):
        return f", oförändrad sedan {since}"
    is_more, what = (own.change < 0, " nettointäkt") if kr < 0 else (own.change > 0, "")
    return f", {amount(abs(own.change))} {'högre' if is_more else 'lägre'}{what} än i {since}"
