"""Every mail's style is what Word's engine renders, and its text can be read in light and dark mode."""

import re
from xml.etree.ElementTree import Element

import pytest

from notifications.mails import MailValues
from notifications.render import render
from tests.mails.mail_examples import EXAMPLES
from tests.mails.parsed_mail import (
    MAIL,
    MODES,
    Style,
    dark_style,
    inline_style,
    matches,
    media_rules,
    nodes,
)

every_mail = pytest.mark.parametrize("values", EXAMPLES.values(), ids=EXAMPLES)

CORE = {
    *("color", "background-color", "text-align", "vertical-align", "line-height", "white-space"),
    *("font-family", "font-size", "font-weight", "text-decoration", "border", "border-collapse"),
}
CORE_EXTENDED = CORE | {"margin", "margin-top"}
FULL = CORE_EXTENDED | {
    *("width", "height", "padding", "padding-left", "padding-top"),
    *("border-top", "border-bottom", "border-left"),
}
"""The groups of Microsoft's list (aa338201), as far as the mails use them."""

RENDERED_BY_WORD = {"body": CORE, "span": CORE, "a": CORE, "div": CORE_EXTENDED, "p": CORE_EXTENDED}

WORDS_OWN = {"mso-hide", "mso-padding-alt"}
"""Properties of Word alone (Microsoft Office HTML and XML Reference); others take no notice of them."""

HARMLESS = {
    ("html", "color-scheme"): "tells Apple Mail that dark mode is looked after",
    ("body", "margin"): "no edge in programs that show the body",
    ("body", "padding"): "no edge in programs that show the body",
    ("body", "-webkit-text-size-adjust"): "iOS leaves the text's size alone",
    ("div", "display"): "hides the preheader; Word hides it by mso-hide",
    ("div", "max-height"): "hides the preheader; Word hides it by mso-hide",
    ("div", "max-width"): "hides the preheader; Word hides it by mso-hide",
    ("div", "overflow"): "hides the preheader; Word hides it by mso-hide",
    ("td", "font-variant-numeric"): "figures of one width; Word's are already",
    ("th", "font-variant-numeric"): "figures of one width; Word's are already",
    ("td", "word-break"): "a long word is broken; Word widens the table",
    ("th", "word-break"): "a long word is broken; Word widens the table",
    ("td", "overflow-wrap"): "a long word is broken; Word widens the table",
    ("th", "overflow-wrap"): "a long word is broken; Word widens the table",
    ("table", "table-layout"): "columns keep their widths; Word goes by the width attributes",
    ("img", "display"): "no gap below a picture",
    ("a", "display"): "the whole button is the link; Word pads the cell by mso-padding-alt",
    ("a", "padding"): "the whole button is the link; Word pads the cell by mso-padding-alt",
}


@every_mail
def test_inline_style_is_rendered_by_word_or_does_no_harm_there(values: MailValues) -> None:
    for node in nodes(render(values).html):
        known = RENDERED_BY_WORD.get(node.tag, FULL) | WORDS_OWN
        unknown = {name for name in node.style if name not in known}
        assert {name for name in unknown if (node.tag, name) not in HARMLESS} == set(), node.tag


def test_every_exception_is_needed() -> None:
    used = {
        (node.tag, name)
        for values in EXAMPLES.values()
        for node in nodes(render(values).html)
        for name in node.style
    }
    assert set(HARMLESS) <= used


def test_the_head_has_two_media_queries_whose_every_declaration_beats_the_inline_style() -> None:
    assert re.findall(r"@media \((.*?)\)", MODES) == ["max-width: 660px", "prefers-color-scheme: dark"]
    for condition in ("max-width: 660px", "prefers-color-scheme: dark"):
        for selector, body in media_rules(condition):
            assert body, selector
            assert all(value.endswith(" !important") for value in body.values()), selector


@every_mail
def test_the_head_has_no_other_style(values: MailValues) -> None:
    styles = [node.element.text or "" for node in nodes(render(values).html) if node.tag == "style"]
    assert [style.strip() for style in styles] == [MODES.strip()]


def luminance(rgb: str) -> float:
    channels = (int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, 1.4.3: from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(path: tuple[Element, ...], style_of, name: str) -> str:
    """Return the nearest ancestor's value, the element's own included."""
    for depth in range(len(path), 0, -1):
        style: Style = style_of(path[:depth])
        if name in style:
            return style[name]
    raise AssertionError(f"{path[-1].tag} has no {name}")


MODE_STYLES = {"light": lambda path: inline_style(path[-1]), "dark": dark_style}


@pytest.mark.parametrize("mode", MODE_STYLES)
@every_mail
def test_every_text_has_contrast_enough_against_what_it_stands_on(mode: str, values: MailValues) -> None:
    style_of = MODE_STYLES[mode]
    pairs = {
        (nearest(node.path, style_of, "color"), nearest(node.path, style_of, "background-color"))
        for node in nodes(render(values).html)
        if (node.texts or node.tag == "img") and any(each.tag == "body" for each in node.path)
        if "preheader" not in node.element.get("class", "")
    }
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_rule_of_the_style_sheets_is_used_by_some_mail() -> None:
    sheet = re.sub(r"/\*.*?\*/|@media [^{]*\{", "", MAIL + MODES, flags=re.DOTALL)
    selectors = {one.strip() for group in re.findall(r"([^{}]+)\{", sheet) for one in group.split(",")}
    paths = [node.path for values in EXAMPLES.values() for node in nodes(render(values).html)]
    assert {one for one in selectors if not any(matches(one, path) for path in paths)} == set()
