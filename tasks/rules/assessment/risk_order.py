"""The order of warnings by the board's risk- och väsentlighetsanalys, and the measures that it names.

A risk's value is sannolikhet × konsekvens, both 1–5. `manad deviations` keeps its own order (largest deficit
first); this one is for who asks what matters most to the board.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from tasks.rules.swedish import number, sort_key

Order = Literal["risk", "kronor"]
Key = tuple[object, ...]


@dataclass(frozen=True)
class Risk:
    """A row of the source risker; likelihood (sannolikhet) and consequence 1–5, None where missing.

    area, unit (its code, else as delivered) and unit_type say whom it concerns.
    """

    indicator: str
    risk: str
    likelihood: Decimal | None
    consequence: Decimal | None
    measure: str | None = None
    area: str | None = None
    unit: str | None = None
    unit_type: str | None = None
    target: str | None = None
    city_target: str | None = None
    watched: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Return the area, unit and unit type that it names: it concerns what is in all of them."""
        return tuple(name for name in (self.area, self.unit, self.unit_type) if name)

    @property
    def value(self) -> Decimal | None:
        """Return likelihood × consequence, 1–25; None when one is missing."""
        if self.likelihood is None or self.consequence is None:
            return None
        return self.likelihood * self.consequence


CONCERNS: Mapping[str, tuple[str, ...]] = {
    "Andel legitimerade förskollärare": ("förskola",),
    "Brukarnas nöjdhet med hemtjänsten": ("hemtjänst",),
    "Prognossäkerhet tertialrapport 2": ("socialtjänst",),
}
"""Teachers work in preschools, home care is what its users judge, and what is known late are placements."""


@dataclass(frozen=True)
class RiskSettings:
    """Which unit types or areas a risk concerns beside what its indicator names, by the risk's indicator.

    The analysis doesn't say it, so it is written down; what stands there replaces the defaults whole.
    """

    concerns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(CONCERNS))


@dataclass(frozen=True)
class Subject:
    """What a warning is about. deficit: kr, + is underskott, None where there is no amount.

    indicators: names of the leading signals that the unit has. belongs_to: its type, area and department.
    """

    unit: str
    deficit: Decimal | None
    indicators: tuple[str, ...] = ()
    belongs_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class RankedWarning:
    """A warning with the risks that concern it, worst first; value: of the worst one, None where unknown."""

    subject: Subject
    risks: tuple[Risk, ...]
    value: Decimal | None
    sentence: str


def risk_order(
    subjects: Sequence[Subject], risks: Sequence[Risk], settings: RiskSettings, by: Order
) -> tuple[RankedWarning, ...]:
    """Order warnings, the same way whatever order they come in.

    risk: highest value first, largest deficit first within a value. kronor: the other way round. A missing
    value or amount comes last, never as 0; the unit decides between equals.
    """
    ranked = [_ranked(subject, concerning(subject, risks, settings)) for subject in subjects]
    return tuple(sorted(ranked, key=_by_risk if by == "risk" else _by_kronor))


def concerning(subject: Subject, risks: Sequence[Risk], settings: RiskSettings) -> tuple[Risk, ...]:
    """Return the risks of a warning, worst first.

    A risk that names a unit, a unit type or an area concerns what is in it. One that names none concerns a
    leading signal of its indicator's name, and the types and areas that the settings give it. Names are
    compared without regard to case and surrounding spaces.
    """
    concerns = {_name(indicator): set(map(_name, of)) for indicator, of in settings.concerns.items()}
    signals, places = set(map(_name, subject.indicators)), set(map(_name, subject.belongs_to))
    places.add(_name(subject.unit))

    def is_concerned(risk: Risk) -> bool:
        if risk.named:
            return set(map(_name, risk.named)) <= places
        indicator = _name(risk.indicator)
        return indicator in signals or bool(places & concerns.get(indicator, set()))

    found = [risk for risk in risks if is_concerned(risk)]
    return tuple(sorted(found, key=lambda risk: (*_largest_first(risk.value), risk.indicator, risk.risk)))


def _ranked(subject: Subject, risks: tuple[Risk, ...]) -> RankedWarning:
    value = risks[0].value if risks else None
    return RankedWarning(subject, risks, value, " ".join(_sentence(risk) for risk in risks))


def _by_risk(warning: RankedWarning) -> Key:
    return (*_largest_first(warning.value), *_largest_first(warning.subject.deficit), *_tie(warning.subject))


def _by_kronor(warning: RankedWarning) -> Key:
    return (*_largest_first(warning.subject.deficit), *_largest_first(warning.value), *_tie(warning.subject))


def _largest_first(value: Decimal | None) -> tuple[bool, Decimal]:
    return (True, Decimal(0)) if value is None else (False, -value)


def _tie(subject: Subject) -> tuple[str, tuple[str, ...]]:
    return sort_key(subject.unit), subject.indicators


def _sentence(risk: Risk) -> str:
    """Say the risk, its value and the measure that the analysis names."""
    value = "uppgift saknas om riskvärdet" if risk.value is None else f"riskvärde {number(risk.value)}"
    measure = (risk.measure or "").strip().rstrip(".")
    named = f"Åtgärd enligt riskanalysen: {measure}." if measure else "Riskanalysen namnger ingen åtgärd."
    return f"Risk: {risk.risk.strip().rstrip('.')} ({value}). {named}"


def _name(text: str) -> str:
    return text.strip().casefold()
