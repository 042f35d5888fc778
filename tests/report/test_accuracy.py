"""The report's record of earlier forecasts."""

import pytest

from tests.worlds.read_page import rows, text
from tests.worlds.report_content import CONTENT

ACCURACY = "Prognossäkerhet, tertialrapport 2 2025"


def test_the_record_of_forecasts_shows_the_newest_year_by_area_and_the_board_last():
    assert rows(CONTENT, ACCURACY) == [
        ["Förskola", "1,0 % inom målet", "uppgift saknas", "1,0 %"],
        ["Äldreomsorg", "2,6 %", "0,4 % inom målet, 2 av 3 enheter", "uppgift saknas"],
        ["Nämnden", "0,8 % inom målet", "2,0 % 4 av 6 enheter, 1 åtgärdad enhet", "3,0 %"],
    ]


@pytest.mark.parametrize("parts", [{"prognossakerhet": []}, {}])
def test_a_record_of_no_year_is_said_to_be_none(parts):
    content = {key: value for key, value in CONTENT.items() if key != "prognossakerhet"} | parts
    assert "Prognossäkerhet Inget tidigare år har helt utfall att mäta prognoser mot." in text(content)
