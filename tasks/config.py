"""The TOML file: thresholds and habits of one administration, each with its reason beside it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_type_hints

from tasks.errors import UsageError
from tasks.rules.completeness import CompletenessSettings
from tasks.rules.deviation import DeviationSettings
from tasks.rules.result_units import ResultUnitSettings

TEMPLATE = Path(__file__).with_name("manad.toml")
SPECIMEN = {bool: "true eller false", int: "ett heltal", str: "en text", Decimal: "ett tal"}


@dataclass(frozen=True)
class ReportSettings:
    """What the month's report names on its own."""

    ekonomiskt_bistand_och_arbetsmarknad: tuple[str, ...] = ("Arbetsmarknadsåtgärder", "Ekonomiskt bistånd")


@dataclass(frozen=True)
class PlanSettings:
    """When an action plan is due, in working days after the month's first assessment."""

    due_working_days: int = 5


@dataclass(frozen=True)
class FileSettings:
    """How large a delivery may be (MB) and how long a file must lie still before it is taken in (s)."""

    max_size_mb: int = 200
    quiet_seconds: int = 2


@dataclass(frozen=True)
class MailSettings:
    """What every mail says of its sender."""

    administration: str = "Stadsdelsförvaltningen"
    list_id: str = "manadsuppfoljning.example.se"
    timeout_seconds: int = 30

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", self.list_id):
            raise UsageError(f"mail.list_id är {self.list_id!r} men ska se ut som utskick.kommun.se.")


@dataclass(frozen=True)
class SourceSettings:
    """What an administration decides of a source itself."""

    leverantor_epost: str = ""


@dataclass(frozen=True)
class Config:
    """The validated configuration."""

    deviation: DeviationSettings = field(default_factory=DeviationSettings)
    completeness: CompletenessSettings = field(default_factory=CompletenessSettings)
    result_units: ResultUnitSettings = field(default_factory=ResultUnitSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    files: FileSettings = field(default_factory=FileSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)

    def as_data(self, *sections: str) -> dict[str, Any]:
        """Return sections as plain JSON values, to be stored or fingerprinted."""
        return {name: _plain(asdict(getattr(self, name))) for name in sections}


def read_config(path: Path) -> Config:
    """Read the configuration; the first time, write it with its comments. Raises UsageError."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(TEMPLATE.read_bytes())
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} går inte att läsa: {error}. Rätta raden.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} går inte att läsa eller skriva: {error}.") from error
    return parse_config(data, str(path))


def parse_config(data: Mapping[str, Any], where: str = "manad.toml") -> Config:
    """Make a configuration of TOML data. Raises UsageError naming the key that can't be used."""
    sections = dict(data)
    sources = sections.pop("sources", {})
    return Config(
        **_values(Config, sections, where),
        sources={
            name: _filled(SourceSettings, table, f"{where}: sources.{name}")
            for name, table in sources.items()
        },
    )


def _values(kind: type, table: Mapping[str, Any], where: str) -> dict[str, Any]:
    known = {one.name for one in fields(kind)}
    for key in table:
        if key not in known:
            raise UsageError(f"{where}: {key} är okänt. Här kan stå: {', '.join(sorted(known))}.")
    hints = get_type_hints(kind)
    return {key: _value(hints[key], value, f"{where}: {key}") for key, value in table.items()}


def _filled(kind: type, table: Any, where: str) -> Any:
    if not isinstance(table, dict):
        raise UsageError(f"{where} ska vara ett avsnitt.")
    values = _values(kind, table, where)
    try:
        return kind(**values)
    except TypeError:
        lacking = [one.name for one in fields(kind) if one.name not in values]
        raise UsageError(f"{where} är inte komplett: ange även {', '.join(lacking)}.") from None


def _value(kind: Any, value: Any, where: str) -> Any:
    if is_dataclass(kind):
        return _filled(kind, value, where)  # type: ignore[arg-type]
    if kind is Decimal and isinstance(value, int | float | str) and not isinstance(value, bool):
        return _decimal(value, where)
    if kind in (bool, int, str) and type(value) is kind:
        return value
    if kind not in SPECIMEN and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise UsageError(f"{where} ska vara {SPECIMEN.get(kind, 'en lista med texter')}, inte {value!r}.")


def _decimal(value: float | str, where: str) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise UsageError(f"{where} ska vara ett tal, inte {value!r}.") from None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
