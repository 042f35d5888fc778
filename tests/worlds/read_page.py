"""A report page as its reader sees it."""

from html.parser import HTMLParser

from tasks.report.write_report import KeptReport


class Reader(HTMLParser):
    """What a reader sees: the words, and under each heading the rows of its tables."""

    def __init__(self):
        super().__init__()
        self.words, self.rows, self.title = [], {}, ""
        self._inside, self._cell = "", []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self._inside = tag
        if tag == "tr":
            self.rows.setdefault(self.title, []).append([])
        if tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag):
        self._inside = ""
        if tag in {"td", "th"}:
            self.rows[self.title][-1].append(" ".join(self._cell))

    def handle_data(self, data):
        words = " ".join(data.split())  # no-break spaces too
        if words and self._inside != "style":
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
