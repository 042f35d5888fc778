"""Early signals that the program makes itself are known by a code, and not by what they are called."""

from sql.migrations import run_sql_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
