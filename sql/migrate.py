"""Bring a database's schema up to date: forward only, one process at a time."""

from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sql.database import as_written, database_error
from sql.errors import DatabaseError

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_301_202_609
NOT_ALLOWED = "42501"


def newest_revision() -> str:
    """Return the revision that this code needs."""
    return max(path.name for path in (FOLDER / "versions").glob("[0-9]*.sql")).split("_")[0]


def migrate(url: str) -> bool:
    """Apply the migrations that are missing; tell whether any was. Raises DatabaseError."""
    engine = create_engine(as_written(url), poolclass=NullPool, use_native_hstore=False)
    try:
        with engine.begin() as connection:
            found, newest = _revision(connection), newest_revision()
            if found is not None and found > newest:
                raise DatabaseError(
                    f"Databasens schema ({found}) är nyare än programmet ({newest}): uppdatera programmet."
                )
            if found == newest:
                return False
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            _upgrade(connection)
            return True
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == NOT_ALLOWED:
            raise DatabaseError(
                "Databasens schema behöver ändras, och kontot får inte göra det: "
                "ange schemaägarens MANAD_DATABASE_OWNER_URL och kör igen."
            ) from error
        raise database_error(error) from error


def _revision(connection: Connection) -> str | None:
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic.config import Config  # noqa: PLC0415 - a quarter of a second that most starts don't need
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, scripts, fn=lambda rev, _: scripts._upgrade_revs("head", rev)) as context:
        context.configure(connection=connection)
        context.run_migrations()
