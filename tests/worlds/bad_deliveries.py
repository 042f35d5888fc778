"""Bad deliveries, and what must hold of each: a receipt everywhere, nothing changed, the good file heals."""

import hashlib
import io
import zipfile
from collections import Counter
from dataclasses import dataclass

import openpyxl

from tasks.rules.deliveries.findings import Example
from tests.worlds.small_administration import MANAGERS, PERIOD, economy

MISSING_SOURCE, REFUSED = 3, 1
OPERATOR, MANAGER = "drift@example.se", MANAGERS["101"]


@dataclass(frozen=True)
class Bad:
    """A file that is refused, and the first problem that its receipt tells of, word for word."""

    source: str
    content: str | bytes
    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    suffix: str = "csv"
    period: str = PERIOD
    anything: str = ""
    count: int = 1
    faults: int | None = None
    """In how many places anything is wrong, where that is more than the first problem's."""
    examples: tuple[Example, ...] = ()

    @property
    def name(self):
        return f"{self.source}_{self.period}{self.anything}.{self.suffix}"

    @property
    def problem(self):
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "remedy": self.remedy,
            "count": self.count,
            "examples": [vars(example) for example in self.examples],
        }

    @property
    def words(self):
        """What a person must be able to read of the problem."""
        word = "rad" if self.examples else "Rad"
        place = [f"{word} {self.row}"] if self.row else []
        return [*place, *filter(None, (self.column, self.value)), self.rule, self.remedy]


def refused_then_mended(world, bad, **texts):
    """Let a bad file come where a month lacks it, see it refused, and let the good one come in its place."""
    good = {bad.source: texts.pop(bad.source, None)} if bad.source in texts else {}
    world.month(**texts | {bad.source: None})
    assert quietly(world.run()).code == MISSING_SOURCE
    sees_refusal(world, bad, code=MISSING_SOURCE)
    if bad.period != PERIOD:
        (world.inbox / bad.name).unlink()
    world.month(**texts | good)
    sees_done(world)


def sees_refusal(world, bad, *, code):
    """Put a bad file into the inbox and run: the receipt is everywhere, and nothing else is changed."""
    before = world.contents()
    path = world.put(bad.name, bad.content)
    answer = quietly(world.run())
    assert answer.code == code, answer.out
    tells(answer.out, bad.name, *bad.words)
    receipt, sha256 = world.rows(
        "select receipt, sha256 from delivery where state = 'refused' order by id desc limit 1"
    )[0]
    assert (receipt["file"], receipt["problem_count"]) == (bad.name, bad.faults or bad.count)
    assert receipt["problems"][0] == bad.problem
    mail = next(mail for mail in world.mails() if bad.name in plain(mail["Subject"]))
    assert mail["To"] == OPERATOR
    tells(mail.get_body(("plain",)).get_content(), bad.name, *bad.words)
    has_only(before, world.contents(), delivery=1, mail=1)
    keeps_bytes(world, path.read_bytes(), sha256)
    return answer


def sees_done(world, mailed=(MANAGER,)):
    """Run: the month is done, no file is refused, and each manager has been mailed exactly once."""
    answer = quietly(world.run())
    assert answer.code == 0, answer.out
    assert world.value("select state from month where period = '2026-09-01'") == "done"
    assert managers_mailed(world) == sorted(mailed)
    return answer


def managers_mailed(world):
    """Return the receivers of the deviation mails that were written, one for each mail."""
    return [mail["To"] for mail in world.mails() if plain(mail["Subject"]).startswith("Månadsuppföljning ")]


def impatient(world, more=""):
    """Let a file that has just changed be looked at again after one second, not two."""
    (world.home / "manad.toml").write_text(f"{more}[files]\nquiet_seconds = 1\n", encoding="utf-8")


def has_only(before, after, **added):
    """Check that nothing was changed but for so many rows added to these tables."""
    for table, rows in after.items():
        gone, new = Counter(before[table]) - Counter(rows), Counter(rows) - Counter(before[table])
        assert not gone, (table, gone)
        assert new.total() == added.get(table, 0), (table, new)


def keeps_bytes(world, data, sha256=None):
    """Check that the bytes lie whole under their hash, and that no copy was left half made."""
    digest = hashlib.sha256(data).hexdigest()
    assert sha256 in (None, digest)
    assert (world.home / "raw" / digest[:2] / digest).read_bytes() == data
    has_nothing_half(world)


def has_nothing_half(world):
    """Check that no file was left half made."""
    assert not [*world.home.rglob("*.part"), *world.home.rglob("*.tmp"), *(world.home / "errors").rglob("*")]


def quietly(answer):
    """Check that a command showed no traceback; return what it answered."""
    assert "Traceback" not in answer.out + answer.err
    return answer


def one_line(answer):
    """Return the one line of an error."""
    (line,) = quietly(answer).err.splitlines()
    assert line.startswith("manad")
    return line


def tells(text, *parts):
    """Check that a text has these parts, however its lines are broken."""
    for part in parts:
        assert plain(str(part)) in plain(text), (part, text)


def plain(text):
    return " ".join(text.split())


def workbook(text=None, cells=()):
    """Return a ledger as a workbook, some cells replaced."""
    book = openpyxl.Workbook()
    for line in (text or economy()).splitlines():
        book.active.append(line.split(";"))
    for place, value in cells:
        book.active[place] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def zip_bomb(size=120_000_000):
    """Return a workbook of a few hundred kilobytes whose sheet inflates to `size` bytes of spaces."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as whole,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
    ):
        for name in whole.namelist():
            padding = b" " * size if name.endswith("sheet1.xml") else b""
            bomb.writestr(name, whole.read(name) + padding)
    return written.getvalue()


def encrypted_workbook():
    """Return the head of what Excel saves with a password: an OLE file with an encrypted package in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
