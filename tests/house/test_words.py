"""Code decides on codes and figures: no text that people read is compared, cut or searched.

A word that is changed must never change what happens. A word is anything with å, ä, ö, a no-break space or
spaces between its letters, a whole word in capitals, and whatever stands in one of the product's tables of
words (`…_IN_WORDS`, `…_WORDS`, `…_TITLES`), by itself or by the name of a constant.
"""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("flows", "tasks", "web", "notifications")
READABLE = re.compile(r"[åäöÅÄÖ\u00a0]|[A-Za-z] +[A-Za-z]|^[A-Z]{4,}$|^ +[a-z]+$|^[a-z]+ +$")
TABLE = re.compile(r"_IN_WORDS$|WORDS$|TITLES$")
SHOWN = re.compile(r"(^|_)(words|sentence|mening|headline|said)$")
"""What a name that ends so holds is made to be read."""
CUTS = {
    "startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "rsplit", "partition",
    "rpartition", "find", "index", "count",
}  # fmt: skip
COMPARES = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)

ALLOWED = {
    "notifications/charts/labels.py": "draws text sign by sign",
    "flows/serving/keep_serving.py": "says what the database says once, and not at every look",
}
"""Whole files, each with its reason."""

CODES_OF_THE_CONTRACT = {"EVERYBODY", "SMALL_UNITS"}
"""Whose series an early signal is: a code that the report's JSON has (`grupp`), and the database."""

CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
TEMPLATE = re.compile(r"""(?:==|!=|\bin|"equalto",)\s*["']([^"']*)["']""")


def constants(tree, words):
    """Return the texts of a module's own constants by name, and note those that stand in tables of words."""
    found = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and value is not None:
                keys, values = (value.keys, value.values) if isinstance(value, ast.Dict) else ([value], ())
                found[target.id] = Constant(texts(*keys), texts(*values))
                if TABLE.search(target.id):
                    words.update(found[target.id].values)
    return found


class Constant(NamedTuple):
    """The texts that a constant is or has as keys, and those that it holds as values of a table."""

    keys: list
    values: list


def texts(*nodes):
    return [
        part.value
        for node in nodes
        if node is not None and not isinstance(node, ast.Call)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    ]


class Product:
    """The product's modules, what their constants hold, and all words that stand in tables of words."""

    def __init__(self, sources):
        self.words = set()
        self.trees = {path: ast.parse(source) for path, source in sources.items()}
        self.constants = {path: constants(tree, self.words) for path, tree in self.trees.items()}
        for path, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.ImportFrom) and node.module:
                    other = self.constants.get(node.module.replace(".", "/") + ".py", {})
                    for alias in node.names:
                        if alias.name in other:
                            self.constants[path].setdefault(alias.asname or alias.name, other[alias.name])

    def decisions(self):
        """Return where words decide: file, line, and what is looked at."""
        return [
            (path, node.lineno, word)
            for path, tree in self.trees.items()
            for node in ast.walk(tree)
            for word in self.looked_at(path, node)
        ]

    def looked_at(self, path, node):
        if isinstance(node, ast.Compare) and any(isinstance(each, COMPARES) for each in node.ops):
            for side in (node.left, *node.comparators):
                yield from self.words_in(path, side)
        elif isinstance(node, ast.MatchValue):
            yield from self.words_in(path, node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CUTS:
            yield from self.words_in(path, node.func.value)
            for argument in node.args[:1]:
                yield from self.words_in(path, argument)

    def words_in(self, path, node):
        """Yield the words that an expression is made of; not what is only looked up or called by it."""
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            for part in node.elts:
                yield from self.words_in(path, part)
        elif isinstance(node, ast.JoinedStr | ast.BinOp):
            yield from (text for text in texts(node) if self.is_word(text))
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and self.is_word(node.value):
                yield node.value
        elif isinstance(node, ast.Subscript):
            yield from self.named(path, node.value, values=True)
        elif isinstance(node, ast.Call):
            called = node.func
            yield from self.named(path, getattr(called, "value", called), values=True)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield from self.named(path, node)

    def named(self, path, node, *, values=False):
        """Yield a name that stands for words; values: what is looked up in it, or made of it, is meant."""
        name = getattr(node, "id", getattr(node, "attr", ""))
        held = self.constants[path].get(name) if isinstance(node, ast.Name) else None
        if held is not None:
            found = any(self.is_word(text) for text in (held.values if values and held.values else held.keys))
        else:
            found = SHOWN.search(name) or (values and TABLE.search(name))
        if found and name not in CODES_OF_THE_CONTRACT:
            yield name

    def is_word(self, text):
        return bool(READABLE.search(text)) or text in self.words


def product():
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return Product({str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths})


def test_no_words_decide_anything():
    assert [found for found in product().decisions() if found[0] not in ALLOWED] == []


def test_every_file_that_may_look_at_words_does():
    assert {path for path, _, _ in product().decisions()} >= ALLOWED.keys()


def test_no_template_decides_by_words():
    known = product()
    found = [
        (str(path.relative_to(ROOT)), word)
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.j2"))
        for code in CODE.findall(path.read_text("utf-8"))
        for word in TEMPLATE.findall(code)
        if known.is_word(word)
    ]
    assert found == []


LATE = 'LATE_IN_WORDS = {"escalation": "eskalerad"}\n'
DECIDING = {
    "a word of a table": LATE + 'plan.late == "eskalerad"',
    "a table's word by its key": LATE + 'late.count(LATE_IN_WORDS["escalation"])',
    "a sentence made of a template": 'CORRECTED = "Rättat i {month}."\nwhy != CORRECTED.format(month=month)',
    "words by their beginning": 'state_words.startswith("late")',
    "words cut": 'sentence(lack).replace(" saknas", "")',
    "an amount cut at its no-break space": 'NBSP = "\\u00a0"\namount(kr).rsplit(NBSP, 1)',
    "one of several": 'words in ("uppgift saknas", "i balans")',
    "a word in capitals": 'part.signal == "LARM"',
    "a match": 'match told:\n    case "återtagen":\n        pass',
}


@pytest.mark.parametrize("code", DECIDING.values(), ids=DECIDING)
def test_a_decision_by_words_is_found(code):
    assert Product({"rule.py": code}).decisions()


CODES = {
    "a code": 'plan.state == "lapsed"',
    "words looked up by a code": LATE + 'LATE_IN_WORDS[plan.late] if plan.late == "escalation" else ""',
    "whether there are words": "words is None",
    "a key of a table of words": LATE + "rung in LATE_IN_WORDS",
    "a constant that is a code": 'HIDDEN = "doldt"\nvalue == HIDDEN',
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_a_decision_by_codes_is_not(code):
    assert Product({"rule.py": code}).decisions() == []
