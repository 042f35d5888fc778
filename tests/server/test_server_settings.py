"""What the embedded PostgreSQL is like for those who use it."""

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from sql.database import as_written

from .place import Place

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize("locale", ["C", "sv_SE.ISO-8859-1", "xx_XX"])
def test_any_locale_of_the_user_gives_the_same_database(own_warm: Place, locale: str) -> None:
    client = own_warm.enter(LC_ALL=locale, LANG=locale, PGTZ="Asia/Tokyo", PGPORT="1")
    found = (
        "SELECT concat_ws(' ', current_setting('server_encoding'), datlocale, upper('å')) FROM pg_database"
    )
    assert client.ask(f"{found} WHERE datname = 'manad'") == "UTF8 C.UTF-8 Å"


def test_the_server_is_durable_and_listens_to_its_socket_only(own_warm: Place) -> None:
    names = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "max_wal_size", "jit")
    with own_warm.server() as entered, psycopg.connect(entered.conninfo()) as connection:
        found = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in names}
    assert found == dict(zip(names, ("on", "on", "on", "", "2GB", "off"), strict=True))


def test_databases_are_made_once_from_a_template_and_dropped_under_their_users(own_warm: Place) -> None:
    name = 'en "kopia" åäö/%'
    with own_warm.server() as entered:
        with psycopg.connect(entered.conninfo()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        assert entered.create_database(name, template="manad") == entered.create_database(name)
        with create_engine(as_written(entered.url(name)), poolclass=NullPool).connect() as connection:
            assert connection.scalar(text("SELECT seven FROM kept")) == 7
        with psycopg.connect(entered.conninfo(name)) as used:
            entered.drop_database(name)
            with pytest.raises(psycopg.OperationalError):
                used.execute("SELECT 1")
        entered.drop_database(name)
