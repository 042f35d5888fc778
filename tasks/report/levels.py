"""The levels behind the leading signals, as tables: sick leave and social assistance."""

from collections.abc import Iterator, Sequence
from typing import Any

from notifications.reports.month import Cell, Row, Table
from tasks.report.cells import (
    Content,
    absent,
    in_mnkr,
    known,
    mnkr_cell,
    most_decimals,
    result_cell,
)
from tasks.report.report_signal_cells import change_cell, figure_cell, part
from tasks.rules.periods import Period
from tasks.rules.report.month_report import HIDDEN
from tasks.rules.signals.assistance_comparison import TITLES
from tasks.rules.signals.assistance_month import HOUSEHOLDS
from tasks.rules.signals.assistance_watch import CHANGE, FORECAST
from tasks.rules.signals.watched import DEPARTMENT, EVERYBODY
from tasks.rules.swedish import number, percent, round_half_up

COMPARED = {CHANGE, *TITLES.values()}
WITHHELD = "visas inte"
SICK_PARTS = ("kvinnor", "man", "dag_1_14", "dag_15_90", "fran_dag_91")


def sick_leave_table(signals: Sequence[Content]) -> Iterator[Table]:
    """Hold twelve months of each department against the target; nothing while no year is known."""
    places = [each for each in signals if each["kalla"] == "sjukfranvaro"]
    whole = [each for each in places if each["grupp"] == EVERYBODY and known(each["varde"]) is not None]
    if not whole:
        return
    departments = [each for each in places if each["grupp"] == DEPARTMENT]
    target = known(whole[0]["jamforelse"])
    goal = "" if target is None else f" {percent(target, max(1, most_decimals(target)))}"
    heads = (
        "Avdelning",
        "Tolv månader",
        f"Mot årsmålet{goal}",
        "Kvinnor",
        "Män",
        "Dag 1–14",
        "Dag 15–90",
        "Från dag 91",
    )
    yield Table(
        caption="Sjukfrånvaro de senaste tolv månaderna, andel av ordinarie tid",
        heads=heads,
        rows=(*(_sick_leave(each) for each in departments), _sick_leave(whole[0])),
    )


def assistance_tables(signals: Sequence[Content], period: Period) -> Iterator[Table]:
    """Hold the month of social assistance against last year and the city, and its year against budget."""
    found = [each for each in signals if each["kalla"] == "bistand"]
    compared = {each["indikator"]: each for each in found if each["indikator"] in TITLES.values()}
    if compared:
        yield Table(
            caption="Ekonomiskt bistånd mot förra årets snitt",
            heads=("Mått", period.swedish.capitalize(), "Förra årets snitt", "Förändring", "I hela staden"),
            rows=tuple(
                _compared(compared[title], _is_changed(found))
                for title in TITLES.values()
                if title in compared
            ),
        )
    forecasts = [each for each in found if each["indikator"] == FORECAST and each["varde"] is not None]
    yield Table(
        caption=f"Ekonomiskt bistånd, helår {period.year}, mnkr",
        heads=(
            "Hushåll × bidrag",
            "Budget",
            "Prognos",
            "Avvikelse",
            "Av antal hushåll",
            "Av bidrag per hushåll",
        ),
        rows=tuple(_forecast(each) for each in forecasts),
    )


def levels_missing(signals: Sequence[Content]) -> Iterator[str]:
    """Say which of the levels can't be told, in the words of the rules."""
    for each in signals:
        if each["grupp"] == EVERYBODY and each["varde"] is None and each["indikator"] not in COMPARED:
            yield each["mening"]


def _sick_leave(place: Content) -> Row:
    is_whole = place["grupp"] == EVERYBODY
    return Row(
        name=Cell(text="Hela förvaltningen" if is_whole else place["namn"]),
        cells=(
            _percent(place["varde"]),
            _against_target(place),
            *(_percent(part(place, name)) for name in SICK_PARTS),
        ),
        kind="total" if is_whole else "",
    )


def _percent(value: Any) -> Cell:
    share = known(value)
    return absent(value, WITHHELD) if share is None else Cell(text=percent(share))


def _against_target(place: Content) -> Cell:
    """Say the difference in percentage points by a word: `1,4 över`."""
    year, target = known(place["varde"]), known(place["jamforelse"])
    if year is None or target is None:
        return absent(place["varde"] if year is None else None, WITHHELD)
    difference = round_half_up(year - target, 1)
    if difference == 0:
        return Cell(text="i nivå")
    return Cell(text=f"{number(abs(difference), 1)} {'över' if difference > 0 else 'under'}")


def _compared(each: Content, households: str) -> Row:
    return Row(
        name=Cell(text=each["indikator"]),
        cells=(
            figure_cell(each, each["varde"]),
            figure_cell(each, each["jamforelse"]),
            change_cell(each, part(each, "forandring_procent")),
            change_cell(each, part(each, "staden_forandring_procent")),
        ),
        detail=households if each["indikator"] == TITLES[HOUSEHOLDS] else "",
    )


def _is_changed(signals: Sequence[Content]) -> str:
    """Say whether the households have changed by more than chance; nothing where that is hidden."""
    shown = [each for each in signals if each["indikator"] == CHANGE and each["mening"] != HIDDEN]
    return " ".join(f"{each['mening']} {each['regel']}" for each in shown)


def _forecast(each: Content) -> Row:
    is_hidden = each["mening"] == HIDDEN
    return Row(
        name=Cell(text="Helårsprognos"),
        cells=(
            mnkr_cell(each["jamforelse"]),
            mnkr_cell(each["varde"]),
            result_cell(part(each, "avvikelse")),
            _cost_cell(part(each, "volymeffekt")),
            _cost_cell(part(each, "priseffekt")),
        ),
        detail="" if is_hidden else each["mening"],
    )


def _cost_cell(value: Any) -> Cell:
    """Say what an effect (kr, + is more cost) does, without a sign: `2,1 högre`."""
    kr = known(value)
    if kr is None:
        return absent(value)
    if round_half_up(kr.scaleb(-6), 1) == 0:
        return Cell(text="oförändrat")
    return Cell(text=f"{in_mnkr(abs(kr))} {'högre' if kr > 0 else 'lägre'}")
