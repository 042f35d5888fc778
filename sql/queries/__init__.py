"""Named queries: `area/verb_noun` is the file `area/verb_noun.sql`. Parameters are named (`:period`)."""

from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text

FOLDER = Path(__file__).parent


@cache
def query(name: str) -> TextClause:
    """Return the query of a name. Raises FileNotFoundError for a name without a file."""
    return text((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))


def query_names() -> list[str]:
    """Return the names of all queries."""
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql"))
