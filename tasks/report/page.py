"""The month's report as a page: what is the matter in one line, what is missing, then section by section."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from notifications.page import render_page
from notifications.reports.month import Cell, MonthPage, ReportRow, ReportTable, Section
from tasks.report.accuracy import accuracy_section, backtest_section
from tasks.report.activity import indicators_section, volume_gaps, volumes_section
from tasks.report.assistance import assistance_section
from tasks.report.budget import areas_section, budget_section
from tasks.report.cells import Content, known, tkr_cell
from tasks.report.plans import plans_section, reach_sentence
from tasks.report.sick_leave import sick_leave_section
from tasks.report.signals import signals_section
from tasks.report.units import (
    no_warnings,
    result_units_section,
    unit_gaps,
    warnings_section,
)
from tasks.rules.periods import Period
from tasks.rules.plans.seen import is_late, late_words
from tasks.rules.swedish import MISSING, counted, date_words, joined, mnkr, number, round_half_up
from tasks.rules.wording import deviation_words
from tasks.sources import all_sources

ELSE = "Controllern följer upp att planerna kommer in."
MOST_CORRECTIONS = 20
"""Corrections beyond these, the smallest ones, are counted and not listed."""


def report_page(content: Content, version: int, administration: str) -> str:
    """Return the report of a month (content by the contract, as JSON holds it) as one page of HTML."""
    return render_page("month", _values(content, version, administration))


def _values(content: Content, version: int, administration: str) -> MonthPage:
    return MonthPage(
        administration=administration,
        month=Period.parse(content["period"]).swedish,
        headline=_headline(content),
        lead=tuple(_lead(content)),
        is_whole=content["complete"] and not (_gaps(content) or unit_gaps(content)),
        state=_state(content),
        gaps=(_delivered(content), *unit_gaps(content), *_gaps(content)),
        sections=_sections(content),
        foot=_foot(version),
    )


def _sections(content: Content) -> tuple[Section, ...]:
    return (
        budget_section(content),
        warnings_section(content),
        *_if_any(plans_section(content)),
        areas_section(content),
        signals_section(content),
        result_units_section(content),
        volumes_section(content),
        assistance_section(content),
        sick_leave_section(content),
        indicators_section(content),
        accuracy_section(content),
        *_if_any(backtest_section(content)),
        _corrections_section(content, _names(content)),
    )


def _if_any(section: Section | None) -> tuple[Section, ...]:
    return () if section is None else (section,)


def _headline(content: Content) -> str:
    """Say in one line what is the matter: `Befarat underskott 14,5 mnkr, 6 larm och 13 bevaka`."""
    deviation = known(content["totalt"]["avvikelse_efter"])
    if deviation is None:
        words = f"Helårsprognos för hela förvaltningen: {MISSING}"
        return f"{words}. {_warnings(content)}" if content["avvikelser"] else words
    words = deviation_words(deviation)
    if "skott" not in words:
        words = f"Helårsprognos {words}"
    elif Period.parse(content["period"]).month < 12:
        words = f"{'Befarat' if deviation < 0 else 'Väntat'} {words}"
    return (
        f"{words[0].upper()}{words[1:]}, {_warnings(content)}"
        if content["avvikelser"]
        else words.capitalize()
    )


def _warnings(content: Content) -> str:
    levels = [each["niva_signal"] for each in content["avvikelser"]]
    return f"{number(levels.count('larm'))} larm och {number(levels.count('bevaka'))} bevaka"


def _lead(content: Content) -> Iterator[str]:
    total = content["totalt"]
    budget, forecast = known(total["budget"]), known(total["prognos_efter"])
    if budget is not None and forecast is not None:
        of = f" för {_areas(total)}" if total["antal"] < total["av"] else ""
        yield f"Helårsprognosen{of} är {mnkr(forecast)} mot budget {mnkr(budget)}, efter resultatöverföring."
        yield _named(content)
    if not content["avvikelser"]:
        yield no_warnings(content)
    yield from _plans(content)


def _named(content: Content) -> str:
    named = known(content["varav_ekonomiskt_bistand_och_arbetsmarknad"]["avvikelse_efter"])
    return f"Varav ekonomiskt bistånd och arbetsmarknad: {deviation_words(named)}."


def _plans(content: Content) -> Iterator[str]:
    """Say how many plans are still to come by when, what happens else, and how far approved ones reach."""
    waited_for = [each for each in content["avvikelser"] if _waits(each)]
    if waited_for:
        plans = counted(len(waited_for), "åtgärdsplan", "åtgärdsplaner")
        days = {each.get("plan_vantas_senast", each["plan_senast"]) for each in waited_for}
        late = late_words(sum(is_late(each.get("plan_lage") or "") for each in waited_for))
        yield f"{plans} ska lämnas{_due(days - {None})}{late}. {ELSE}"
    reach = content.get("atgarder_racker")
    if reach is not None and known(reach["effekt"]):
        yield reach_sentence(reach, Period.parse(content["period"]))


def _waits(warning: Content) -> bool:
    """Tell whether a warned unit's plan is to be handed in; an older report knows only what it demanded."""
    if "plan_vantas_senast" in warning:
        return warning["plan_vantas_senast"] is not None
    return bool(warning["krav_pa_plan"])


def _due(days: set[str]) -> str:
    if not days:
        return ""
    first = date_words(date.fromisoformat(min(days)))
    return f" senast {first}" if len(days) == 1 else f", den första senast {first}"


def _state(content: Content) -> str:
    if not content["complete"]:
        return "INTE KOMPLETT."
    if unit_gaps(content):
        return "UPPGIFTER SAKNAS."
    return "KOMPLETT, MEN ENSTAKA UPPGIFTER SAKNAS." if _gaps(content) else "KOMPLETT."


def _delivered(content: Content) -> str:
    if content["missing"]:
        return f"Det saknas leverans av {joined([_title(source) for source in content['missing']])}."
    if content["complete"]:
        return f"Alla obligatoriska {'källor' if unit_gaps(content) else 'uppgifter'} är levererade."
    return "En del enheter saknar uppgifter."


def _gaps(content: Content) -> tuple[str, ...]:
    """Say which totals lack some of their parts."""
    total = content["totalt"]
    areas = f"Totalen räknar {_areas(total)}."
    return (*([areas] if total["antal"] < total["av"] else []), *volume_gaps(content))


def _areas(total: Content) -> str:
    return f"{number(total['antal'])} av {number(total['av'])} områden"


def _title(source: str) -> str:
    known_sources = all_sources()
    return known_sources[source].title.lower() if source in known_sources else source


def _corrections_section(content: Content, names: Mapping[str, str]) -> Section:
    """List earlier months' outcomes that were corrected, the largest change first."""
    title, corrections = "Rättade uppgifter sedan förra rapporten", content["andrat_sedan_forra"]
    if not corrections:
        return Section(title=title, sentences=("Inga uppgifter om tidigare månader har rättats.",))
    largest = sorted(corrections, key=_size_of_change, reverse=True)
    heads = ("Enhet", "Månad", "Utfall före", "Utfall nu", "Ändring", "Rad i leveransen")
    rows = tuple(_correction(each, names) for each in largest[:MOST_CORRECTIONS])
    left = len(largest) - len(rows)
    return Section(
        title=title,
        sentences=(f"{counted(len(largest), 'rättad uppgift', 'rättade uppgifter')}, störst ändring först.",),
        tables=(ReportTable(caption="Månadens utfall, tkr", heads=heads, rows=rows),),
        notes=(f"Ytterligare {number(left)} med mindre ändring visas inte här.",) if left else (),
    )


def _correction(each: Content, names: Mapping[str, str]) -> ReportRow:
    cells = (
        Cell(text=Period.parse(each["period"]).swedish),
        tkr_cell(each["utfall_fore"]),
        tkr_cell(each["utfall"]),
        Cell(text=_change_words(each)),
        Cell(text="" if each["rad"] is None else str(each["rad"])),
    )
    return ReportRow(name=Cell(text=names.get(each["enhet"], each["enhet"])), cells=cells)


def _change(each: Content, what: str) -> Decimal | None:
    before, now = known(each[f"{what}_fore"]), known(each[what])
    return None if before is None or now is None else now - before


def _size_of_change(each: Content) -> Decimal:
    return max(abs(_change(each, what) or Decimal(0)) for what in ("utfall", "budget"))


def _change_words(each: Content) -> str:
    if each["utfall_fore"] == each["utfall"]:
        return f"budget {_size_words(_change(each, 'budget'), known(each['budget_fore']))}"
    return _size_words(_change(each, "utfall"), known(each["utfall_fore"]))


def _size_words(change: Decimal | None, before: Decimal | None) -> str:
    if change is None:
        return "ny uppgift" if before is None else "uppgift borttagen"
    if round_half_up(change.scaleb(-3)) == 0:
        return "mindre än 1"
    return f"{number(abs(change).scaleb(-3))} {'högre' if change > 0 else 'lägre'}"


def _names(content: Content) -> Mapping[str, str]:
    """Return the units' names that the content tells somewhere."""
    rows = (*content["driftbudget"], *content["resultatenheter"], *content["avvikelser"])
    pairs = ((row.get("enhet"), row.get("namn") or row.get("verksamhetsomrade")) for row in rows)
    return {code: name for code, name in pairs if code and name}


def _foot(version: int) -> tuple[str, ...]:
    return (
        f"Rapportens version: {version}. Varje siffra kan följas till den levererade filen och raden.",
        "Summor räknas på oavrundade belopp, så avrundade delar och summa kan skilja 0,1.",
        "Rättas en uppgift senare ändras inte den här rapporten: nästa rapport säger ”rättad uppgift”.",
    )
