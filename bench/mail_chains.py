"""One way to make and send digests, in a process of its own so that its memory is its own.

`python -m bench.mail_chains CHAIN COUNT PORT` prints what it took as JSON.
"""

import json
import resource
import smtplib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from bench.mail_digests import CONTROLLER, LIST_ID, QUEUED, SENDER, Digest, content_ids, digests
from notifications.charts import YearChart, draw_all
from notifications.message import build_message
from notifications.render import Rendered, render
from notifications.transport import open_transport
from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.outbox.queue_mail import MailKey, open_outbox
from tasks.outbox.send_mails import send_waiting
from tasks.rules.periods import Period
from tasks.settings import Settings, read_settings
from tasks.worker import worker_at_work

MONTH, TODAY = Period(2026, 9), date(2026, 10, 7)


def ours(mails: Sequence[Digest], port: int) -> Iterator[int]:
    """Make and send mails as the product does: queued together, then each claimed, sent and marked."""
    with a_home() as home, open_installation(_settings(home, port), Clock()) as installation:
        yield 0
        drawn = draw_all(chart for mail in mails for chart in mail.charts)
        with installation.database.transaction() as transaction:
            outbox = open_outbox(installation, transaction)
            for mail in mails:
                pictures = dict(
                    zip(content_ids(mail.charts), map(drawn.__getitem__, mail.charts), strict=True)
                )
                key = MailKey(MONTH, "avvikelse", "chef", mail.to)
                outbox.queue(
                    transaction, key, mail.values, required=False, reply_to=CONTROLLER, pictures=pictures
                )
        with worker_at_work(installation) as worker:
            sent = send_waiting(installation, worker, TODAY)
        assert sent == {"sent": len(mails)}, sent
        yield 1


@contextmanager
def a_home() -> Iterator[Path]:
    """Lend a folder that the database's own account reaches."""
    with tempfile.TemporaryDirectory(prefix="manad-bench-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _settings(home: Path, port: int) -> Settings:
    return read_settings(
        {
            "MANAD_HOME": str(home),
            "MANAD_MAIL_URL": f"smtp://127.0.0.1:{port}",
            "MANAD_MAIL_FROM": SENDER,
            "MANAD_OPERATOR_EMAIL": CONTROLLER,
        }
    )


def built(mail: Digest, rendered: Rendered, drawn: dict[YearChart, bytes]) -> bytes:
    """Build a mail as the product does."""
    return build_message(
        rendered,
        sender=SENDER,
        to=mail.to,
        reply_to=CONTROLLER,
        message_id=mail.message_id,
        date=QUEUED,
        list_id=LIST_ID,
        pictures=_pictures(mail, drawn),
    )


def _pictures(mail: Digest, drawn: dict[YearChart, bytes]) -> dict[str, bytes]:
    return {name: drawn[chart] for name, chart in zip(content_ids(mail.charts), mail.charts, strict=True)}


def floor(mails: Sequence[Digest], port: int) -> Iterator[int]:
    """Send mails that are built beforehand; the first yield, of nothing, is where the time begins."""
    drawn = draw_all(chart for mail in mails for chart in mail.charts)
    ready = [built(mail, render(mail.values), drawn) for mail in mails]
    yield 0
    with open_transport(f"smtp://127.0.0.1:{port}") as transport:
        for mail, message in zip(mails, ready, strict=True):
            transport.send(SENDER, mail.to, message, mail.message_id)
            yield len(message)


def plain(mails: Sequence[Digest], port: int) -> Iterator[int]:
    """Do as a plain script does: SVG through resvg, EmailMessage, smtplib over one connection."""
    from bench.mail_pictures import by_resvg  # noqa: PLC0415  (ours shall not carry matplotlib's memory)

    yield from _plain(mails, port, by_resvg)


def matplotlib(mails: Sequence[Digest], port: int) -> Iterator[int]:
    """Do the same with a matplotlib figure that is used again."""
    from bench.mail_pictures import by_matplotlib  # noqa: PLC0415

    by_matplotlib(mails[0].charts[0])  # makes the figure and finds the fonts
    yield 0
    yield from _plain(mails, port, by_matplotlib)


def _plain(mails: Sequence[Digest], port: int, draw: Callable[[YearChart], bytes]) -> Iterator[int]:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as server:
        for mail in mails:
            message = _email_message(mail, render(mail.values), [draw(chart) for chart in mail.charts])
            server.send_message(message)
            yield 1  # its size would cost a third of its time


def _email_message(mail: Digest, rendered: Rendered, pictures: Sequence[bytes]) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Reply-To"] = SENDER, mail.to, CONTROLLER
    message["Subject"], message["Date"] = rendered.subject, format_datetime(QUEUED)
    message["Message-ID"], message["List-Id"] = mail.message_id, f"<{LIST_ID}>"
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    html = message.get_payload()[1]
    for name, picture in zip(content_ids(mail.charts), pictures, strict=True):
        html.add_related(picture, "image", "png", cid=f"<{name}>", disposition="inline")
    return message


def main(chain: str, count: int, port: int) -> None:
    """Run a chain once over."""
    mails, sizes = digests(count), []
    begun = ended = time.perf_counter()
    for size in {"ours": ours, "floor": floor, "plain": plain, "matplotlib": matplotlib}[chain](mails, port):
        ended = time.perf_counter()
        if size == 0:
            begun = ended
        sizes.append(size)
    took = ended - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"each": took / count, "megabytes": megabytes, "largest": max(sizes) / 1000}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
