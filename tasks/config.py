"""The TOML file: thresholds and habits of one administration, each with its reason beside it."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from tasks.errors import UsageError
from tasks.rules.assessment.deviation_facts import DeviationSettings
from tasks.rules.assessment.risk_order import RiskSettings
from tasks.rules.deliveries.completeness import CompletenessSettings
from tasks.rules.deliveries.doubts.doubt import PlausibleSettings
from tasks.rules.deliveries.fetched.addresses import FetchSettings, SourceSettings
from tasks.rules.json_values import Json
from tasks.rules.periods import parse_span
from tasks.rules.plans.ladder import RUNGS
from tasks.rules.report.goals.indicators import IndicatorSettings
from tasks.rules.report.ilsweb.settings import IlswebSettings
from tasks.rules.report.reconciliation import ReconciliationSettings
from tasks.rules.report.result_units import ResultUnitSettings
from tasks.rules.signals.assistance_watch import AssistanceSettings
from tasks.rules.signals.sick_leave_groups import SickLeaveSettings
from tasks.rules.signals.volume_signal import VolumeSignalSettings
from tasks.rules.small_groups import SmallGroupSettings
from tasks.rules.swedish import joined
from tasks.rules.thresholds import check_between
from tasks.rules.volumes.adjustment import MeasureSettings
from tasks.sources import all_sources
from tasks.toml_values import filled, plain, told_fields

TEMPLATE = Path(__file__).with_name("manad.toml")


@dataclass(frozen=True)
class ReportSettings:
    """What the month's report names on its own."""

    ekonomiskt_bistand_och_arbetsmarknad: tuple[str, ...] = ("Arbetsmarknadsåtgärder", "Ekonomiskt bistånd")


@dataclass(frozen=True)
class PlanSettings:
    """When an action plan is due, in working days after the month's first assessment."""

    due_working_days: int = 5


@dataclass(frozen=True)
class LadderSettings:
    """How a plan that hasn't come is followed up.

    working_days: after its due day for påminnelse 1, påminnelse 2 and eskalering. mute: spans of days
    (`07-01--07-31`) on which nothing is sent and no working day counts. decision_working_days: how long the
    avdelningschef has to decide a plan.
    """

    working_days: tuple[int, ...] = (1, 3, 5)
    mute: tuple[str, ...] = ("07-01--07-31",)
    decision_working_days: int = 5

    def __post_init__(self) -> None:
        days = self.working_days
        if len(days) != len(RUNGS) or list(days) != sorted(set(days)) or min(days) < 1:
            raise UsageError("ladder.working_days ska vara tre stigande antal dagar, till exempel [1, 3, 5].")
        for span in self.mute:
            if parse_span(span) is None:
                raise UsageError(f"ladder.mute är {span!r} men ska se ut som 07-01--07-31.")


@dataclass(frozen=True)
class WebSettings:
    """How long (days) a link in a mail can be opened."""

    link_days: int = 90


@dataclass(frozen=True)
class WatchSettings:
    """By which working day of the next month a month is to be done; after it the operator is told."""

    done_by_working_day: int = 8

    def __post_init__(self) -> None:
        check_between("done_by_working_day", Decimal(self.done_by_working_day), 1, 18)


@dataclass(frozen=True)
class FileSettings:
    """How large a delivery may be (MB) and how long a file must lie still before it is taken in (s)."""

    max_size_mb: int = 200
    quiet_seconds: int = 2


@dataclass(frozen=True)
class MailSettings:
    """What every mail says of its sender, and how mails go out.

    allowed_domains: nobody else is mailed; empty: every domain. per_minute: at most so many a minute over
    SMTP, 0: as fast as the server takes them. all_clear: tell managers without warnings, too.
    keep_texts_months: the texts of mails are removed after so many months, 0: never.
    """

    administration: str = "Stadsdelsförvaltningen"
    list_id: str = "manadsuppfoljning.example.se"
    timeout_seconds: int = 30
    allowed_domains: tuple[str, ...] = ()
    per_minute: int = 0
    all_clear: bool = False
    keep_texts_months: int = 36

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", self.list_id):
            raise UsageError(f"mail.list_id är {self.list_id!r} men ska se ut som utskick.kommun.se.")


@dataclass(frozen=True)
class Config:
    """The validated configuration."""

    deviation: DeviationSettings = field(default_factory=DeviationSettings)
    deviation_by_type: Mapping[str, DeviationSettings] = field(default_factory=dict)
    completeness: CompletenessSettings = field(default_factory=CompletenessSettings)
    plausible: PlausibleSettings = field(default_factory=PlausibleSettings)
    result_units: ResultUnitSettings = field(default_factory=ResultUnitSettings)
    risk: RiskSettings = field(default_factory=RiskSettings)
    sick_leave: SickLeaveSettings = field(default_factory=SickLeaveSettings)
    assistance: AssistanceSettings = field(default_factory=AssistanceSettings)
    volumes: VolumeSignalSettings = field(default_factory=VolumeSignalSettings)
    measures: Mapping[str, MeasureSettings] = field(default_factory=dict)
    indicators: Mapping[str, IndicatorSettings] = field(default_factory=dict)
    small_groups: SmallGroupSettings = field(default_factory=SmallGroupSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    ilsweb: IlswebSettings = field(default_factory=IlswebSettings)
    reconciliation: ReconciliationSettings = field(default_factory=ReconciliationSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    ladder: LadderSettings = field(default_factory=LadderSettings)
    web: WebSettings = field(default_factory=WebSettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    files: FileSettings = field(default_factory=FileSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)

    @property
    def measures_added(self) -> list[str]:
        """Return the names of the measures that are declared here and nowhere else."""
        return [name for name, own in self.measures.items() if own.kind is not None]

    @property
    def lags(self) -> dict[str, int]:
        """Return by source how many months it lags; one that doesn't is not in it."""
        return {name: source.lag_months for name, source in self.sources.items() if source.lag_months}

    def deviation_of(self, unit_type: str | None) -> DeviationSettings:
        """Return from where the deviations of units of a type are signalled."""
        return self.deviation_by_type.get(unit_type or "", self.deviation)

    def as_data(self, *sections: str) -> dict[str, object]:
        """Return sections as plain JSON values, to be stored or fingerprinted."""
        return {name: self._plain_sections[name] for name in sections}

    @cached_property
    def _plain_sections(self) -> dict[str, object]:
        return {name: plain(value) for name, value in asdict(self).items()}


def read_config(path: Path) -> Config:
    """Read the configuration; the first time, write it with its comments. Raises UsageError."""
    try:
        if not path.exists():
            _write_whole(path, TEMPLATE.read_bytes())
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} går inte att läsa: {error}. Rätta raden.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} går inte att läsa eller skriva: {error}.") from error
    return parse_config(data, str(path))


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: another run that begins now must not read half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def parse_config(data: Json, where: str = "manad.toml") -> Config:
    """Make a configuration of TOML data. Raises UsageError naming the key that can't be used."""
    sections = dict(data)
    sources, by_type = sections.pop("sources", {}), sections.pop("deviation_by_type", {})
    config = Config(
        **told_fields(Config, sections, where),
        sources={name: _source(name, table, f"{where}: sources.{name}") for name, table in sources.items()},
    )
    return replace(config, deviation_by_type=_by_type(config.deviation, by_type, where))


def _source(name: str, table: object, where: str) -> SourceSettings:
    settings = filled(SourceSettings, table, where)
    if settings.problem:
        raise UsageError(f"{where}: {settings.problem}")
    may_lag = [source.name for source in all_sources().values() if source.may_lag]
    if settings.lag_months and name not in may_lag:
        raise UsageError(
            f"{where}: lag_months går inte att använda här. Bara {joined(may_lag)} får komma senare; "
            "andra källor ska vara månadens egna. Ta bort raden."
        )
    return settings


def _by_type(base: DeviationSettings, types: object, where: str) -> dict[str, DeviationSettings]:
    """Return the settings of each type of unit: the common ones, less what is said otherwise of the type."""
    where = f"{where}: deviation_by_type"
    if not isinstance(types, dict):
        raise UsageError(f"{where} ska vara ett avsnitt.")
    common = plain(asdict(base))
    return {
        name: filled(DeviationSettings, _overridden(common, table), f"{where}.{name}")
        for name, table in types.items()
    }


def _overridden(base: object, table: object) -> object:
    """Return a section with what another one says otherwise, key by key."""
    if not isinstance(base, dict) or not isinstance(table, dict):
        return table
    return base | {key: _overridden(base.get(key), value) for key, value in table.items()}
