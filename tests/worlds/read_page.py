"""A report page as its reader sees it."""

from html.parser import HTMLParser

from tasks.report.write_report import KeptReport

HEADINGS = {"h2", "h3", "h4", "h5"}


class Reader(HTMLParser):
    """What a reader sees who has opened all that is folded: the words, and under each heading its rows.

    What only unfolds is left out, and so are the heads of a long table that stand again above its last rows.
    """

    def __init__(self):
        super().__init__()
        self.words, self.rows, self.title = [], {}, ""
        self._inside, self._cell = "", []
        self._unfolds = self._again = self._is_more = False

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        if tag == "details":
            self._is_more = ("class", "more") in attrs
        self._unfolds = tag == "summary" or (self._unfolds and tag not in HEADINGS)
        self._again = self._again or (self._is_more and tag in {"thead", "caption"})
        if tag == "tr" and not self._again:
            self.rows.setdefault(self.title, []).append([])
        if tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag):
        self._inside = ""
        if tag in {"td", "th"} and not self._again:
            self.rows[self.title][-1].append(" ".join(self._cell))
        if tag == "summary":
            self._unfolds = False
        if tag in {"thead", "caption"}:
            self._again = False
        if tag == "table":
            self._is_more = False

    def handle_data(self, data):
        words = " ".join(data.split())  # no-break spaces too
        if words and self._inside != "style" and not self._unfolds and not self._again:
            self.words.append(words)
            self._cell.append(words)
        if self._inside == "h2":
            self.title = words


def page(content, version=1, administration="Demo stadsdelsförvaltning"):
    """Return the page of a report as it is kept."""
    return KeptReport(version, content).page(administration)


def read(content, version=1):
    reader = Reader()
    reader.feed(page(content, version))
    return reader


def text(content, version=1):
    return " ".join(read(content, version).words)


def rows(content, title):
    """Return a section's rows below the head, each as its cells' words."""
    return read(content).rows[title][1:]


def row(content, title, name):
    """Return the cells beside that name."""
    (found,) = [cells[1:] for cells in rows(content, title) if cells[0] == name]
    return found
