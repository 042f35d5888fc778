"""What Word knows and python-docx has no call for: fields, bookmarks, a place to fill in, repeated heads."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from docx.table import Table
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SOFT_HYPHEN = "\u00ad"
_MARK = "FFF2CC"
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field that shows these words until Word counts it anew."""
    _mark(paragraph, "begin")
    _instruction(paragraph, code)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def add_words(paragraph: Paragraph, text: str) -> Run:
    """Add words that may be broken where they have a soft hyphen, which isn't seen elsewhere."""
    first, *others = text.split(SOFT_HYPHEN)
    run = paragraph.add_run(first)
    for part in others:
        run._r.append(_element("w:softHyphen"))
        run._r.append(_text(part))
    return run


def add_contents(word: Document, titles: Sequence[tuple[str, int]]) -> None:
    """Add a table of contents: each title, with its heading's level, links to the bookmark of its section."""
    word.add_paragraph("Innehåll", "Subtitle")
    deepest = max((level for _, level in titles), default=1)
    for number, (title, level) in enumerate(titles, 1):
        entry = word.add_paragraph()
        entry.paragraph_format.space_after = 0
        entry.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        if number == 1:
            _mark(entry, "begin")
            _instruction(entry, f'TOC \\o "1-{max(deepest, 2)}" \\h \\n \\z \\u')
            _mark(entry, "separate")
        link = _element("w:hyperlink", {"w:anchor": _bookmark(number), "w:history": "1"})
        link.append(entry.add_run(title)._r)
        entry._p.append(link)
        if number == len(titles):
            _mark(entry, "end")


def add_bookmark(paragraph: Paragraph, number: int) -> None:
    """Mark a heading as where the contents' entry of this number leads."""
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": _bookmark(number)})
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def add_place(paragraph: Paragraph, name: str, shown: str, *, is_marked: bool = False) -> None:
    """Add a named place that a person or a system fills in.

    is_marked: its line has a colour that nobody misses, and the place is ordinary text once it is written in.
    """
    place, about, inside = (_element(tag) for tag in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    about.append(_element("w:alias", {"w:val": name}))
    about.append(_element("w:tag", {"w:val": name.casefold()}))
    if is_marked:
        about.append(_element("w:temporary"))
        shade = _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _MARK})
        paragraph._p.get_or_add_pPr().append(shade)
    about.append(_element("w:text", {"w:multiLine": "1"} if is_marked else None))
    inside.append(paragraph.add_run(shown)._r)
    place.append(about)
    place.append(inside)
    paragraph._p.append(place)


def describe_table(table: Table, title: str, words: str) -> None:
    """Give a table the title and description that a screen reader tells."""
    about = table._tbl.tblPr
    about.append(_element("w:tblCaption", {"w:val": title}))
    about.append(_element("w:tblDescription", {"w:val": words}))


def narrow_margins(table: Table) -> None:
    """Leave little room beside the words of a table's cells, for many columns to have more."""
    margins = _element("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margins.append(_element(side, {"w:w": "50", "w:type": "dxa"}))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # where the schema has it


def repeat_row(row: WordRow) -> None:
    """Repeat a row at the top of each page that its table goes on over."""
    keep_row(row)
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_row(row: WordRow) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def set_language(style: BaseOxmlElement, language: str) -> None:
    """Say in which language a style's words are."""
    style.get_or_add_rPr().append(_element("w:lang", {"w:val": language}))


def _bookmark(number: int) -> str:
    return f"_Toc{number:06}"


def _mark(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", {"w:fldCharType": kind}))


def _instruction(paragraph: Paragraph, code: str) -> None:
    instruction = _element("w:instrText", {"xml:space": "preserve"})
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)


def _text(words: str) -> BaseOxmlElement:
    text = _element("w:t", {"xml:space": "preserve"})
    text.text = words
    return text


def _element(tag: str, attributes: dict[str, str] | None = None) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        key = "{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name)
        element.set(key, value)
    return element
