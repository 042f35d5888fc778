"""The report's volumes and indicators."""

from tests.worlds.read_page import row, rows, text
from tests.worlds.report_content import CONTENT, changed, volume


def test_units_volumes_are_summed_and_say_how_many_they_are():
    assert rows(CONTENT, "Prestationer") == [
        ["Inskrivna barn 3 enheter", "115 2 av 3 enheter", "176,5", "uppgift saknas", "uppgift saknas"],
        ["Besök Äldreomsorg", "1 205", "uppgift saknas", "1 190,25", "uppgift saknas"],
    ]
    assert "Inskrivna barn: 2 av 3 enheter." in text(CONTENT)


def test_an_areas_volume_is_not_added_to_its_units():
    whole = {**volume(None, "Inskrivna barn", 175), "verksamhetsomrade": "Förskola"}
    both = changed(prestationer=[*CONTENT["prestationer"], whole])
    assert row(both, "Prestationer", "Inskrivna barn 3 enheter")[0] == "115 2 av 3 enheter"
    assert row(both, "Prestationer", "Inskrivna barn Förskola")[0] == "175"


def test_an_indicator_keeps_its_decimals_and_its_published_target():
    assert rows(CONTENT, "Indikatorer") == [
        [
            "Sjukfrånvaro mäts per månad",
            "7,0 kvinnor 8,1, män 5,8",
            "7,6",
            "",
            "7,0 %",
            "minska",
            "",
        ]
    ]


def test_a_units_own_indicator_is_called_by_the_units_name():
    (own,) = CONTENT["indikatorer"]
    named = changed(indikatorer=[{**own, "enhet": "1001", "enhetens_namn": "Solen"}])
    assert rows(named, "Indikatorer")[0][0] == "Sjukfrånvaro Solen, mäts per månad"
    kept_before = changed(indikatorer=[{**own, "enhet": "1001"}])
    assert rows(kept_before, "Indikatorer")[0][0] == "Sjukfrånvaro 1001, mäts per månad"
