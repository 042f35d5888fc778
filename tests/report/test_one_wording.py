"""One deviation says the same wherever it is read: mail, picture, pages, report, terminal, Prefect's page."""

import html
import re

import pytest

from flows.runs.month_page import month_markdown
from tasks.assessment.warned_units import month_warnings
from tasks.operations.show_month import month_status
from tasks.rules.periods import Period
from tests.pages.conftest import opened_pages
from tests.pages.pages import words_of
from tests.worlds.small_administration import MANAGERS, PERIOD, economy

SAID = re.compile(r"underskott (?P<size>[0-9][0-9 ]*(?:,[0-9]+)?) (?P<unit>mnkr|tkr)")
MONTH = Period.parse(PERIOD)


def plain(text):
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("monthly", "over_by"),
    [
        pytest.param(1_000_000, 0.10, id="one decimal of a million adds up"),
        pytest.param(1_037_000, 0.047, id="two decimals are needed"),
        pytest.param(180_000, 0.11, id="it is told in tkr"),
    ],
)
def test_a_units_deviation_has_one_wording_wherever_it_is_read(world, monthly, over_by):
    world.month(ekonomi=economy(monthly=monthly, by=over_by))
    world.run()
    (mail,) = [mail for mail in world.mails() if mail["To"] == MANAGERS["101"]]
    written = mail.get_body(("html",)).get_content()
    found = SAID.search(plain(mail["Subject"]))
    whole, bare = found[0], f"underskott {found['size']}"
    in_board_table = bare if found["unit"] == "mnkr" else whole
    assert whole in plain(mail.get_body(("plain",)).get_content())
    assert whole in plain(html.unescape(re.search(r'alt="Diagram[^"]*"', written)[0]))
    with opened_pages(world) as pages:
        page = pages.client.get(pages.plan_path).text
        assert whole in plain(words_of(page))
        alt = re.search(r'alt="(Diagram[^"]*)"', page)[1]
        assert whole in plain(html.unescape(alt))
        warnings = month_warnings(pages.installation, MONTH)
        status = month_status(pages.installation, MONTH)
    assert whole in plain(month_markdown(MONTH, status, warnings, None))
    assert whole in plain(world.manad("deviations", PERIOD).out)
    (report,) = (world.home / "reports").rglob("*.html")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", report.read_text("utf-8"), re.DOTALL)
    told = [plain(re.sub("<[^>]*>", " ", html.unescape(cell))) for cell in cells]
    assert any(cell.startswith(in_board_table) for cell in told)
    others = {cell for cell in told if cell.startswith("underskott") and not cell.startswith(in_board_table)}
    assert not others, "another wording of the only deviation there is"
