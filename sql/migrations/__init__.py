"""Forward-only migrations: each is a plain SQL file with a stub that names its predecessor."""

from pathlib import Path


def run_sql_beside(stub: str) -> None:
    """Run the `.sql` file that lies beside a migration's stub, in the migration's own transaction."""
    from alembic import op  # noqa: PLC0415 - loaded only when there is something to migrate

    driver = op.get_bind().connection.driver_connection
    if driver is None:
        raise RuntimeError("no connection")
    driver.execute(Path(stub).with_suffix(".sql").read_text(encoding="utf-8"))
