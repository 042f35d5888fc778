"""What older versions knew of early signals by name has codes after the migration."""

from datetime import date

import pytest

from sql.migrate import migrate
from tests.worlds.old_database import keep_assessment, keep_report, old_database

AUGUST = date(2026, 8, 1)
SERIES = {
    ("bistand", "Antal hushåll"): "forandring",
    ("bistand", "Helårsprognos"): "helar",
    ("bistand", "Hushåll"): "hushall",
    ("bistand", "Vuxna"): "vuxna",
    ("bistand", "Barn"): "barn",
    ("bistand", "Unga 18–24 år"): "unga_18_24",
    ("bistand", "Medelbidrag per hushåll"): "medelbidrag",
    ("prestationer", "Prestationsförändring, inskrivna barn"): "prestationsforandring",
    ("prestationer", "Inskrivna barn"): None,
    ("prestationer", "Barn"): None,
    ("sjukfranvaro", "Sjukfrånvaro"): None,
}


@pytest.fixture
def old(server):
    """A database of the last version that knew signals by name, with August assessed."""
    with old_database(server, "0008") as (url, connection):
        keep_assessment(connection, AUGUST)
        yield url, connection


def test_a_kept_signal_has_the_code_of_its_series(old):
    url, connection = old
    connection.execute("insert into watch (period, version, settings) values (%s, 1, '{}')", [AUGUST])
    for source, indicator in SERIES:
        connection.execute(
            "insert into leading_signal select max(id), %s, %s, 'hela förvaltningen', '', '', 'antal', null, "
            "null, null, '', '', null, false, '{}' from watch",
            [source, indicator],
        )
    migrate(url)
    rows = connection.execute("select source, indicator, series from leading_signal").fetchall()
    assert {(source, indicator): series for source, indicator, series in rows} == SERIES


def test_a_kept_report_has_the_codes_of_its_signals(old):
    url, connection = old
    keep_report(
        connection,
        AUGUST,
        """{"period": "2026-08", "signaler": [
        {"kalla": "bistand", "indikator": "Helårsprognos", "varde": 1.50},
        {"kalla": "prestationer", "indikator": "Inskrivna barn", "varde": 2}], "omraden": []}""",
    )
    migrate(url)
    content, as_text = connection.execute("select content, content::text from month_report").fetchone()
    assert content["signaler"] == [
        {"kalla": "bistand", "indikator": "Helårsprognos", "varde": 1.5, "serie": "helar"},
        {"kalla": "prestationer", "indikator": "Inskrivna barn", "varde": 2},
    ]
    assert (list(content), "1.50" in as_text) == (["period", "signaler", "omraden"], True)
