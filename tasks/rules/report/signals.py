"""The month's leading signals as its report tells of them: of a hidden one only whose and of what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from tasks.rules.json_keys import HIDDEN, Figure, Key
from tasks.rules.signals.watched import Watched


@dataclass(frozen=True)
class SignalRow:
    """A series of a month; `level` is bevaka where it is to be watched, and all said of a hidden one `doldt`.

    unit: None of all units together. months_lacking: that many more known months its rule needs. parts: every
    other number of its sentences, by the contract's names. series_code: of the program's own.
    """

    source: Annotated[str, Key("kalla")]
    indicator: Annotated[str, Key("indikator")]
    scope: Annotated[str, Key("grupp")]
    unit: Annotated[str | None, Key("enhet")]
    name: Annotated[str, Key("namn")]
    measured_in: Annotated[str, Key("sort")]
    level: Annotated[str | None, Key("niva_signal")]
    value: Annotated[Figure, Key("varde")]
    compared: Annotated[Figure, Key("jamforelse")]
    rule: Annotated[str | None, Key("regel")]
    sentence: Annotated[str, Key("mening")]
    months_lacking: Annotated[int | None, Key("manader_saknas")]
    parts: Annotated[Mapping[str, object], Key("delar")]
    series_code: Annotated[str | None, Key("serie")]

    @property
    def is_watched(self) -> bool:
        """Tell whether the series is to be watched."""
        return self.level == "bevaka"

    @property
    def is_hidden(self) -> bool:
        """Tell whether it is of too few people to be told of."""
        return self.value == HIDDEN

    def part(self, name: str) -> Figure:
        """Return a figure of its sentences; of a hidden signal all are hidden."""
        value = HIDDEN if self.is_hidden else self.parts.get(name)
        if value == HIDDEN:
            return HIDDEN
        return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None

    def count(self, name: str) -> int:
        """Return a number of its sentences that counts something; 0 where it isn't there."""
        number = self.part(name)
        return int(number) if isinstance(number, Decimal) else 0


def signal_row(series: Watched) -> SignalRow:
    """Tell of a kept series what may be told."""
    is_hidden = series.is_hidden
    parts = {
        name: HIDDEN if name in series.hidden_figures else figure for name, figure in series.figures.items()
    }
    return SignalRow(
        source=series.source,
        indicator=series.indicator,
        scope=series.scope,
        unit=series.code or None,
        name=series.name,
        measured_in=series.measured_in,
        level=HIDDEN if is_hidden else series.signal,
        value=HIDDEN if is_hidden else series.value,
        compared=HIDDEN if is_hidden else series.compared,
        rule=HIDDEN if is_hidden else series.regel or None,
        sentence=HIDDEN if is_hidden else series.mening,
        months_lacking=None if is_hidden else series.months_lacking,
        parts={} if is_hidden else parts,
        series_code=series.series_code,
    )
