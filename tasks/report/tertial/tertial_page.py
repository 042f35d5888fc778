"""A tertial's report of a kept month: the published order, drafts to fill in, and what was left out."""

from collections.abc import Iterator
from decimal import Decimal

from notifications.reports.month import MonthPage, Section, Text
from notifications.reports.tertial import TertialPage
from tasks.report.tertial.economy_sections import economy_sections
from tasks.report.tertial.goal_sections import goal_sections, goal_sheets, summary_texts
from tasks.rules.report.area_sentence import area_sentence
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.tertial.decisions import decisions
from tasks.rules.report.tertial.occasion import report_title
from tasks.rules.swedish import percent
from tasks.rules.wording import deviation_words

HEADINGS = {
    "mal": "Uppföljning av kommunfullmäktiges inriktningsmål",
    "driftbudget": "Uppföljning av driftbudget",
    "resultatenheter": "Resultatenheter",
    "investeringar": "Investeringar",
    "forsaljningar": "Försäljningar av anläggningstillgångar",
    "driftprojekt": "Verksamhetsprojekt (driftprojekt)",
    "omslutning": "Omslutningsförändringar",
    "budgetjusteringar": "Budgetjusteringar",
    "lokaler": "Medel för lokaländamål",
    "ovrigt": "Övrigt",
    "rad": "Nämnden och råden (antal sammanträden)",
    "kompetens": "Ansökan om kompetensutvecklingsmedel",
}
"""Published headings that are left out where nothing was delivered for them, by the code of their section."""
BOARD = "Nämnden"


def tertial_page(report: MonthReport, month: MonthPage) -> TertialPage:
    """Return the report of a month as its tertial's; month: the same report's own page."""
    return _page(report, month, tuple(_sections(report)))


def tertial_sheets(report: MonthReport, month: MonthPage) -> TertialPage:
    """Return the same for a workbook: goals, indicators and activities in one table each."""
    tables = (*goal_sheets(report), *economy_sections(report))
    return _page(report, month, tables)


def _page(report: MonthReport, month: MonthPage, sections: tuple[Section, ...]) -> TertialPage:
    return TertialPage(
        title=report_title(report.period),
        administration=month.administration,
        headline=month.headline,
        lead=(),
        is_whole=month.is_whole,
        state=month.state,
        gaps=month.gaps,
        sections=(*sections, _left_out(sections)),
        foot=month.foot,
    )


def _sections(report: MonthReport) -> Iterator[Section]:
    yield Section(
        title="Förslag till beslut",
        code="beslut",
        texts=(
            Text(
                asks="[Skriv: pröva besluten, som är utkast ur siffrorna]",
                points=decisions(report.period, report.indicators, report.adjustments, report.turnovers),
                is_numbered=True,
            ),
            Text(asks="[Skriv: stadsdelsdirektörens namn och underskrift]"),
        ),
    )
    yield Section(title="Sammanfattande analys", code="analys", texts=tuple(_summary(report)))
    yield from goal_sections(report)
    yield from economy_sections(report)


def _summary(report: MonthReport) -> Iterator[Text]:
    yield from summary_texts(report.goals)
    yield Text(
        title="Ekonomi",
        asks="[Skriv: ekonomin i korthet]",
        words=" ".join(_economy(report)) or "Uppgift saknas.",
    )


def _economy(report: MonthReport) -> Iterator[str]:
    """Draft what the summary says of the economy: both forecasts, and how near the budget it ends."""
    total = report.budget.total
    words = area_sentence(
        BOARD,
        total.amounts.deviation_before,
        total.amounts.deviation_after,
        is_whole_year=report.period.month == 12,
    )
    if words:
        yield words
    programme: Decimal | None = total.programme.deviation
    if programme is not None:
        yield f"Programmets egen prognos är {deviation_words(programme)}, före resultatöverföring."
    after = report.budget.compliance.after
    if after is not None:
        yield f"Budgetföljsamheten är {percent(after)} efter resultatöverföring."


def _left_out(sections: tuple[Section, ...]) -> Section:
    there = {section.code for section in sections}
    return Section(
        title="Utelämnade rubriker",
        code="utelamnat",
        texts=(
            Text(
                words="Rubrikerna hör till den publicerade rapporten, men inget är lämnat till dem:",
                points=tuple(title for code, title in HEADINGS.items() if code not in there),
            ),
        ),
    )
