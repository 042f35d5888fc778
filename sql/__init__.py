"""The database: its server, migrations and queries. A leaf that knows no business type."""
