"""Budget and outcome may come from two systems: which delivery decides each of them is asked here."""

from sql.migrations import run_sql_beside

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
