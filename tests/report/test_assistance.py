"""What the report shows of social assistance, and what it says of few people."""

from tests.worlds.read_page import row, rows
from tests.worlds.report_content import CONTENT, changed


def test_hidden_figures_are_said_in_words():
    assert row(CONTENT, "Ekonomiskt bistånd", "Hushåll")[0] == "färre än 5"
    assert (
        row(CONTENT, "Ekonomiskt bistånd", "Medelbidrag per hushåll, kronor")[0] == "visas inte (få personer)"
    )


def test_a_hidden_count_is_said_to_be_few_only_where_it_surely_is():
    def words(**parts):
        few = changed(bistand=[{"period": "2026-10", "medelbidrag": "doldt", **parts}])
        return [cells[1:3] for cells in rows(few, "Ekonomiskt bistånd") if "Medelbidrag" not in cells[0]]

    hidden = ["doldt"] * 2
    of_few = dict(zip(("hushall", "hushall_snitt_hittills"), hidden, strict=True))
    assert words(**of_few) == [["färre än 5", "visas inte (få personer)"]]  # the mean may be of many
    assert words(**of_few, barn="doldt")[1][0] == "visas inte (få personer)"  # hidden beside the households
    assert words(hushall=900, vuxna="doldt", barn="doldt", unga_18_24="doldt") == [
        ["900", "uppgift saknas"],
        ["färre än 5", "uppgift saknas"],
        ["färre än 5", "uppgift saknas"],
        ["visas inte (få personer)", "uppgift saknas"],  # perhaps only since the older ones are few
    ]
