"""The report that a month leaves: kept as JSON, read back whole, and made into its page anew."""

import pytest

from tasks.rules.json_keys import of_json, to_json
from tasks.rules.report.month_report import MonthReport


@pytest.mark.usefixtures("done_month")
def test_what_is_kept_of_a_month_is_read_back_whole_and_its_page_can_be_made_of_it_anew(world):
    (path,) = (world.home / "reports").rglob("*.html")
    page = path.read_text("utf-8")
    kept = world.manad("report", "2026-09", "--format", "json").json
    assert to_json(of_json(MonthReport, kept)) == kept
    path.unlink()
    world.manad("report", "2026-09")
    assert path.read_text("utf-8") == page
