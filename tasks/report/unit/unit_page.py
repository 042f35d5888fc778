"""The page of a unit or an area: where its year ends in one line, its months, and all that is known of it."""

from collections.abc import Iterator

from notifications.reports.month import MonthPage, Section
from notifications.reports.unit import UnitPage
from tasks.report.accuracy import accuracy_of_years
from tasks.report.activity import volumes_section
from tasks.report.cells import lagging_words
from tasks.report.indicators import indicators_section
from tasks.report.key_figures import key_figures_section
from tasks.report.plans import unit_plans_section
from tasks.report.risks import risks_section
from tasks.report.sick_leave import place_section
from tasks.report.unit.unit_tables import (
    activities_section,
    signals_of_place,
    told_section,
    units_section,
    year_section,
)
from tasks.report.units import carried_section, lacking_words
from tasks.rules.report.unit.part_of_report import ToldMonth, UnitReport
from tasks.rules.swedish import joined
from tasks.rules.wording import year_headline


def unit_page(report: UnitReport, month: MonthPage) -> UnitPage:
    """Return the page of a unit or an area. month: the page of the whole month's report."""
    return UnitPage(
        title=report.place.name,
        month=month.month,
        administration=month.administration,
        headline=_headline(report),
        lead=tuple(_lead(report)),
        is_whole=report.part.complete and not report.part.lacking,
        state=month.state,
        gaps=(
            *month.gaps[:1],  # of the whole month only what was delivered: the others name other units
            *lagging_words(report.part),
            *(lacking_words(source, report.part) for source in report.part.lacking),
        ),
        sections=tuple(section for section in _sections(report) if section is not None),
        foot=month.foot,
    )


def _headline(report: UnitReport) -> str:
    """Say where the year ends: `Förskolan Norr: befarat underskott 0,45 mnkr`."""
    now = _now(report)
    if now is None or now.deviation is None:
        return f"{report.place.name}: året har inte kunnat bedömas"
    is_whole_year = report.part.period.month == 12
    return f"{report.place.name}: {year_headline(now.budget, now.forecast, is_whole_year=is_whole_year)}"


def _now(report: UnitReport) -> ToldMonth | None:
    told = report.told
    return told[-1] if told and told[-1].period == report.part.period else None


def _lead(report: UnitReport) -> Iterator[str]:
    """Say what it lies in, why it is warned or not, and what its manager and the board have said."""
    if report.place.path:
        yield f"Ingår i {joined(report.place.path)}."
    if report.sentence:
        yield report.sentence
    own = [warning for warning in report.part.warnings if warning.code == report.place.code]
    for warning in own:
        yield from filter(None, (warning.own.sentence, warning.risk_sentence))
    for line in report.part.budget.lines:
        if line.reason:
            yield line.reason


def _sections(report: UnitReport) -> Iterator[Section | None]:
    part = report.part
    yield units_section(report)
    yield year_section(report)
    yield told_section(report.told)
    yield unit_plans_section(part.plans, part.period)
    if part.volumes:
        yield volumes_section(part)
    yield key_figures_section(part)
    own = [signal for signal in part.signals if signal.unit == report.place.code]
    yield signals_of_place(own)
    yield place_section(part, report.place.code)
    yield accuracy_of_years([row for row in part.accuracy if row.code == report.place.code])
    if part.indicators:
        yield indicators_section(part)
    yield activities_section(part.activities)
    yield risks_section(part) if part.risks else None
    yield carried_section(part) if part.result_units.units else None
