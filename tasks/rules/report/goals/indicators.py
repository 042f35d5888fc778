"""The report's indicators: figures with their units, beside their targets, judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, cast

from tasks.rules.delivered import Delivered
from tasks.rules.json_keys import Figure, Key
from tasks.rules.measured.quantity_text import Quantity, parse_quantity, unit_part
from tasks.rules.measured.target_text import read_target
from tasks.rules.name_text import name_key
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.goals.due import is_due
from tasks.rules.report.goals.judgement import (
    DIRECTIONS,
    Direction,
    JudgedOn,
    Judgement,
    Measured,
    Verdict,
    is_of_the_city,
    judge,
)
from tasks.rules.swedish import round_half_up
from tasks.rules.thresholds import UnusableThresholdError

OUTCOMES = ("utfall", "utfall_foregaende_ar", "utfall_man", "utfall_kvinnor")
FIGURES = (*OUTCOMES, "prognos_helar")
TARGETS = ("arsmal", "kf_arsmal")
OWN_DECIMALS = 1
"""An own figure is shown and judged with so many decimals."""


@dataclass(frozen=True)
class IndicatorSettings:
    """What the deliveries don't say of an indicator: which way is better, and which own figure fills its row.

    Raises UnusableThresholdError.
    """

    riktning: str = ""
    egen_uppgift: str = ""

    def __post_init__(self) -> None:
        if self.riktning and self.riktning not in DIRECTIONS:
            raise UnusableThresholdError("riktning", self.riktning, " eller ".join(DIRECTIONS))


@dataclass(frozen=True)
class OwnFigure:
    """A figure that the system has of its own, in an indicator's unit: it is shown and judged.

    None is missing, and the delivered one stands. men, women: the same of them.
    """

    value: Decimal | None
    men: Figure = None
    women: Figure = None
    is_forecast: bool = False


@dataclass(frozen=True)
class TargetChange:
    """A target that was another one earlier in the year: what it was, and the month of the delivery since."""

    before: Annotated[FigureOrText, Key("fran")]
    now: Annotated[FigureOrText, Key("till")]
    since: Annotated[Period, Key("fran_och_med")]


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """An indicator beside its targets; what has a default lacks in reports that were kept before.

    periodicity: how often it is measured, or for which period. units: by column, where a cell's unit is
    another than the row's. is_due: it was to be measured. of_the_city: the city council's target is the whole
    city's. own: the system's own figure, which is shown and judged; difference: the delivered one less that.
    """

    period: Period
    indicator: Annotated[str, Key("indikator")]
    goal: Annotated[str | None, Key("mal")] = None
    unit: Annotated[str | None, Key("enhet")] = None
    unit_name: Annotated[str | None, Key("enhetens_namn", left_out=True)] = None
    outcome: Annotated[Decimal | None, Key("utfall")]
    men: Annotated[Figure, Key("utfall_man")]
    women: Annotated[Figure, Key("utfall_kvinnor")]
    outcome_before: Annotated[Decimal | None, Key("utfall_foregaende_ar")]
    forecast: Annotated[FigureOrText, Key("prognos_helar")]
    target: Annotated[FigureOrText, Key("arsmal")]
    city_target: Annotated[FigureOrText, Key("kf_arsmal")]
    periodicity: Annotated[str | None, Key("periodicitet")]
    measured_in: Annotated[str | None, Key("sort")] = None
    units: Annotated[Mapping[str, str] | None, Key("sorter", left_out=True)] = None
    direction: Annotated[Direction | None, Key("riktning")] = None
    when_measured: Annotated[str | None, Key("matperiod")] = None
    analysis: Annotated[str | None, Key("analys")] = None
    verdict: Annotated[Verdict | None, Key("bedomning")] = None
    judged_on: Annotated[JudgedOn | None, Key("bedoms_pa")] = None
    reason: Annotated[str | None, Key("bedomning_skal")] = None
    is_due: Annotated[bool | None, Key("skulle_matas")] = None
    city_verdict: Annotated[Verdict | None, Key("kf_bedomning")] = None
    of_the_city: Annotated[bool | None, Key("kf_arsmal_galler_staden")] = None
    outside_the_sexes: Annotated[bool | None, Key("utfall_utanfor_konen", left_out=True)] = None
    own: Annotated[Decimal | None, Key("egen_uppgift", left_out=True)] = None
    difference: Annotated[Decimal | None, Key("skillnad", left_out=True)] = None
    target_change: Annotated[TargetChange | None, Key("arsmal_andrat", left_out=True)] = None

    @property
    def shown_unit(self) -> str:
        """Return the unit that the row's figures have where their cells don't say another."""
        return self.measured_in or ""

    def unit_of(self, column: str) -> str:
        """Return the unit of one of its columns."""
        return (self.units or {}).get(column, self.shown_unit)


@dataclass(frozen=True)
class Indicators:
    """What the month's indicators are made of: its rows, and those of the months before it in the same year.

    own: figures of the system's own by what the settings call them.
    """

    rows: Sequence[Delivered]
    earlier: Sequence[Delivered] = ()
    own: Mapping[str, OwnFigure] = field(default_factory=dict)
    settings: Mapping[str, IndicatorSettings] = field(default_factory=dict)


def indicator_rows(indicators: Indicators, register: Register) -> tuple[IndicatorRow, ...]:
    """Judge delivered indicators, in the order of their file."""
    settings = {name_key(name): own for name, own in indicators.settings.items()}
    changes = _target_changes([*indicators.earlier, *indicators.rows])
    return tuple(
        _row(row, settings.get(name_key(row.item or ""), IndicatorSettings()), indicators, changes, register)
        for row in indicators.rows
    )


def _row(
    row: Delivered,
    settings: IndicatorSettings,
    indicators: Indicators,
    changes: Mapping[tuple[str, ...], TargetChange],
    register: Register,
) -> IndicatorRow:
    code = None if row.unit is None else register.find(row.unit, row.period).code or row.unit
    of_unit = register.unit(code or "", row.period)
    units = _units(row)
    of_figures = row.text("sort") or next((units[name] for name in FIGURES if units.get(name)), "")
    of_targets = [units[name] for name in TARGETS if units.get(name)]
    unit = of_figures or next(iter(of_targets), "")
    own = indicators.own.get(settings.egen_uppgift) if row.unit is None else None
    own = None if own is None or own.value is None else own
    outcome, forecast = row.figure("utfall"), row.cells.get("prognos_helar")
    shown = outcome if own is None or own.is_forecast else own.value
    expected: FigureOrText = own.value if own is not None and own.is_forecast else forecast
    told = cast("Direction | None", row.text("riktning") or settings.riktning or None)
    measured = Measured(
        target=row.text("arsmal"),
        outcome=_quantity(_as_shown(shown, own), units.get("utfall") or of_figures),
        forecast=_quantity(_as_shown(expected, own), units.get("prognos_helar") or of_figures),
        before=_quantity(row.figure("utfall_foregaende_ar"), units.get("utfall_foregaende_ar") or of_figures),
        told=told,
        city=row.text("kf_arsmal"),
    )
    judgement = judge(measured)
    of_the_city = is_of_the_city(measured.city, _own_sizes(measured))
    return IndicatorRow(
        period=row.period,
        indicator=row.item or "",
        goal=row.text("mal"),
        unit=code,
        unit_name=None if of_unit is None else of_unit.name,
        outcome=shown,
        men=row.figure("utfall_man") if own is None or own.men is None else own.men,
        women=row.figure("utfall_kvinnor") if own is None or own.women is None else own.women,
        outcome_before=row.figure("utfall_foregaende_ar"),
        forecast=expected,
        target=target_shown(row.text("arsmal")),
        city_target=target_shown(row.text("kf_arsmal")),
        periodicity=row.text("periodicitet"),
        measured_in=unit or None,
        units={name: own_unit for name, own_unit in units.items() if own_unit != unit} or None,
        direction=judgement.direction,
        when_measured=row.text("matperiod"),
        analysis=row.text("analys"),
        verdict=judgement.verdict,
        judged_on=judgement.judged_on,
        reason=judgement.reason or None,
        is_due=is_due(row.text("periodicitet"), row.period),
        city_verdict=_city_verdict(measured, judgement, of_the_city=of_the_city),
        of_the_city=of_the_city,
        outside_the_sexes=_is_outside(row, unit) or None,
        own=None if own is None else own.value,
        difference=_difference(own, outcome, forecast),
        target_change=changes.get(_key(row)),
    )


def _units(row: Delivered) -> dict[str, str]:
    """Return the units that the row's cells say, by column: of a target that of its number."""
    found = {name: unit_part(row.written.get(name)) for name in FIGURES}
    for name in TARGETS:
        by = read_target(row.text(name)).by
        found[name] = "" if by is None else by.unit
    return {name: unit for name, unit in found.items() if unit}


def _as_shown(value: FigureOrText, own: OwnFigure | None) -> FigureOrText:
    """Round an own figure as it is shown, to one decimal: what reads 100,0 reaches 100."""
    is_own = own is not None and value == own.value and isinstance(value, Decimal)
    return round_half_up(value, OWN_DECIMALS) if is_own and isinstance(value, Decimal) else value


def _quantity(value: FigureOrText, unit: str) -> Quantity | None:
    return Quantity(value, unit) if isinstance(value, Decimal) else None


def target_shown(text: str | None) -> FigureOrText:
    """Return a target as a number where it is one, else its words."""
    number = None if text is None else parse_quantity(text)
    return text if number is None else number.number


def _own_sizes(measured: Measured) -> tuple[Quantity | None, ...]:
    return (read_target(measured.target).by, measured.outcome, measured.forecast)


def _city_verdict(measured: Measured, judgement: Judgement, *, of_the_city: bool) -> Verdict | None:
    """Judge against the city council's target, where it is the board's as well; None where there is none."""
    if measured.city is None:
        return None
    if of_the_city:
        return "ej_bedomd"
    told = judgement.direction
    return judge(Measured(measured.city, measured.outcome, measured.forecast, measured.before, told)).verdict


def _is_outside(row: Delivered, unit: str) -> bool:
    """Tell whether the whole lies outside of women and men, and isn't the sum of those who are counted."""
    whole, men, women = (row.figure(name) for name in ("utfall", "utfall_man", "utfall_kvinnor"))
    if whole is None or men is None or women is None or min(men, women) <= whole <= max(men, women):
        return False
    return unit == "%" or whole != men + women


def _difference(own: OwnFigure | None, outcome: Decimal | None, forecast: FigureOrText) -> Decimal | None:
    """Return the delivered figure less the system's own.

    None where it isn't delivered, or differs by less than its last decimal.
    """
    delivered = None if own is None else forecast if own.is_forecast else outcome
    if own is None or own.value is None or not isinstance(delivered, Decimal):
        return None
    last = Decimal(1).scaleb(min(0, int(delivered.as_tuple().exponent)))
    return delivered - own.value if abs(delivered - own.value) >= last else None


def _key(row: Delivered) -> tuple[str, ...]:
    return (row.item or "", row.text("mal") or "", row.unit or "")


def _target_changes(rows: Sequence[Delivered]) -> dict[tuple[str, ...], TargetChange]:
    """Return the newest change of each indicator's target in the year, by the indicator's key."""
    newest: dict[tuple[str, ...], FigureOrText] = {}
    changes: dict[tuple[str, ...], TargetChange] = {}
    for row in sorted(rows, key=lambda row: row.period):
        key, target = _key(row), target_shown(row.text("arsmal"))
        before = newest.get(key)
        if target is not None:
            newest[key] = target
            if before is not None and before != target:
                changes[key] = TargetChange(before, target, row.period)
    return changes
