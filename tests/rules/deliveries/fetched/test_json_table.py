"""Lists of JSON objects as tables."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.deliveries.fetched.json_table import NoTableError, json_as_csv

# JSON, key of the list → CSV
TABLES = {
    "text, numbers and null": (
        '[{"enhet": "0101", "budget": 1000000, "utfall": null}]',
        "",
        "enhet;budget;utfall\n0101;1000000;\n",
    ),
    "numbers as they stood": (
        '[{"a": 1.10, "b": -0.0, "c": 1e3, "d": 12345678901234567890.123456789, "e": 100.00}]',
        "",
        "a;b;c;d;e\n1.10;-0.0;1e3;12345678901234567890.123456789;100.00\n",
    ),
    "a list under a key": ('{"antal": 1, "rader": [{"a": 1}]}', "rader", "a\n1\n"),
    "columns that come later": ('[{"a": 1}, {"b": 2, "a": 3}]', "", "a;b\n1;\n3;2\n"),
    "another order of keys": ('[{"a": 1, "b": 2}, {"b": 3, "a": 4}]', "", "a;b\n1;2\n4;3\n"),
    "signs of the table itself": ('[{"a": "x;y", "b": "\\"z\\""}]', "", 'a;b\n"x;y";"""z"""\n'),
    "line ends in a text": ('[{"a": "x\\ny", "b": 1}]', "", 'a;b\n"x\ny";1\n'),
    "å, ä and ö": ('[{"område": "Äldre"}]', "", "område\nÄldre\n"),
    "a byte order mark": ('\ufeff[{"a": 1}]', "", "a\n1\n"),
    "the last page": ('{"rader": [{"a": 1}], "next": null}', "rader", "a\n1\n"),
    "the only column is empty": ('[{"a": null}, {"a": 1}]', "", 'a\n""\n1\n'),
}


@pytest.mark.parametrize(("text", "key", "table"), TABLES.values(), ids=TABLES)
def test_a_list_becomes_a_table(text, key, table):
    assert json_as_csv(text.encode(), key).decode() == table


# JSON, key of the list, what is told
REFUSED = {
    "no JSON": ("period;enhet", "", "ingen riktig JSON"),
    "cut off": ('[{"a": 1}', "", "ingen riktig JSON"),
    "deeper than anything is": ("[" * 200_000, "", "ingen riktig JSON"),
    "not a number": ('[{"a": NaN}]', "", "NaN som tal"),
    "infinity": ('[{"a": -Infinity}]', "", "-Infinity som tal"),
    "the same key twice": ('[{"a": 1, "a": 2}]', "", "'a' två gånger"),
    "an object without a key told": ('{"rader": []}', "", "Det är ett objekt: ange i list_key"),
    "a text": ('"hej"', "", "Det är en text eller ett tal"),
    "nothing": ("null", "", "Det är ingenting"),
    "another key": ('{"rader": []}', "data", "Under data står ingenting"),
    "an object under the key": ('{"data": {}}', "data", "Under data står ett objekt"),
    "a list though a key is told": ("[]", "data", "Ta bort list_key"),
    "an empty list": ("[]", "", "tom lista"),
    "empty objects": ("[{}, {}]", "", "objekten i listan är tomma"),
    "a list in the list": ('[{"a": 1}, [1]]', "", "rad 2 i listan är en lista"),
    "a text in the list": ('["a"]', "", "rad 1 i listan är en text eller ett tal"),
    "an object in a cell": ('[{"a": 1}, {"a": {"b": 1}}]', "", "rad 2, 'a': ett objekt kan inte stå"),
    "a list in a cell": ('[{"a": []}]', "", "rad 1, 'a': en lista kan inte stå"),
    "true in a cell": ('[{"a": true}]', "", "sant eller falskt kan inte stå"),
    "one page of several": ('{"value": [{"a": 1}], "@odata.nextLink": "https://x"}', "value", "en sida av"),
    "another word for it": ('{"results": [{"a": 1}], "next": "https://x"}', "results", "en sida av flera"),
    "half a sign": ('[{"a": "\\ud800"}]', "", "tecken som inte finns"),
}


@pytest.mark.parametrize(("text", "key", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_of_flat_objects_is_told(text, key, told):
    with pytest.raises(NoTableError) as caught:
        json_as_csv(text.encode(), key)
    assert told in str(caught.value)


def test_what_is_not_utf8_is_told():
    with pytest.raises(NoTableError, match="inte UTF-8"):
        json_as_csv('[{"a": "å"}]'.encode("cp1252"))


CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"))
ROWS = st.lists(st.dictionaries(st.sampled_from("abc"), CELLS, min_size=1), min_size=1)


@given(ROWS)
def test_every_text_is_read_back_as_it_was(rows):
    table = io.StringIO(json_as_csv(json.dumps(rows).encode()).decode(), newline="")
    read = list(csv.DictReader(table, delimiter=";"))
    columns = read[0].keys()
    assert read == [{column: row.get(column) or "" for column in columns} for row in rows]
