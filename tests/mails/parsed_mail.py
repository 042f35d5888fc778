"""A rendered mail as a tree, and the style that each of its elements ends up with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

import notifications

_BASE = Path(notifications.__file__).parent / "_base"
MAIL = (_BASE / "mail.css").read_text(encoding="utf-8")
MODES = (_BASE / "modes.css").read_text(encoding="utf-8")
Style = dict[str, str]


@dataclass(frozen=True)
class Node:
    """An element with its ancestors, the outermost first and itself last."""

    element: Element
    path: tuple[Element, ...]

    @property
    def tag(self) -> str:
        return self.element.tag

    @property
    def style(self) -> Style:
        return inline_style(self.element)

    @property
    def texts(self) -> str:
        """Text that stands directly in the element."""
        parts = [self.element.text, *(child.tail for child in self.element)]
        return "".join(part or "" for part in parts).strip()


def parse_errors(html: str) -> list[str]:
    """Return what the HTML standard calls parse errors, as tinyhtml5 finds them."""
    parser = HTMLParser(namespace_html_elements=False)
    parser.parse(html)
    return [f"{place}: {code} {data}" for place, code, data in parser.errors]


def nodes(html: str) -> list[Node]:
    root = HTMLParser(namespace_html_elements=False).parse(html)
    return list(_walk(root, ()))


def _walk(element: Element, above: tuple[Element, ...]) -> Iterator[Node]:
    if not isinstance(element.tag, str):
        return
    path = (*above, element)
    yield Node(element, path)
    for child in element:
        yield from _walk(child, path)


def inline_style(element: Element) -> Style:
    return declarations(element.get("style", ""))


def declarations(css: str) -> Style:
    pairs = (each.partition(":") for each in css.split(";") if each.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def media_rules(condition: str) -> list[tuple[str, Style]]:
    """Return the rules of one media query: a selector and its declarations each."""
    css = re.sub(r"/\*.*?\*/", "", MODES, flags=re.DOTALL)
    block = re.search(rf"@media \({re.escape(condition)}\) \{{(.*?)\n\}}", css, flags=re.DOTALL)
    assert block, condition
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", block[1])
    return [(one.strip(), declarations(body)) for selectors, body in found for one in selectors.split(",")]


def matches(selector: str, path: tuple[Element, ...]) -> bool:
    """Tell whether a selector of tags, classes and descendants is of the last element of a path."""
    *above, last = selector.split()
    if not _is(path[-1], last):
        return False
    rest = iter(path[-2::-1])
    return all(any(_is(element, simple) for element in rest) for simple in reversed(above))


def _is(element: Element, simple: str) -> bool:
    tag, *classes = simple.split(".")
    return (not tag or element.tag == tag) and set(classes) <= set(element.get("class", "").split())


def dark_style(path: tuple[Element, ...]) -> Style:
    """Return the last element's style in dark mode: the more exact rule wins, then the later one."""
    style = inline_style(path[-1])
    rules = [rule for rule in media_rules("prefers-color-scheme: dark") if matches(rule[0], path)]
    for _, body in sorted(rules, key=lambda rule: (rule[0].count("."), len(rule[0].split()))):
        style |= {name: value.removesuffix(" !important") for name, value in body.items()}
    return style
