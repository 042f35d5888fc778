"""Every mail and report that a run would make, in one folder to look through."""

from pathlib import Path

from notifications.page import render_page
from notifications.render import with_pictures
from notifications.reports.preview import Preview, PreviewMail
from tasks.errors import UsageError
from tasks.month import Month
from tasks.outbox.mails import UnsentMail, unsent_mails
from tasks.report.write_report import newest_report

REPORT = "rapport.html"


def write_preview(month: Month, out: Path) -> list[Path]:
    """Write an index, the unsent mails (HTML and text) and the report; return the paths, the index first.

    `month` is rehearsed: nothing of it stays anywhere else. Pictures are written into
    their mails, so that each can be sent on as one file. Raises UsageError when `out` can't be written.
    """
    with month.reading() as transaction:
        mails = unsent_mails(transaction, month.period, month.installation.mail_mode)
        report = newest_report(transaction, month.period)
    index = Preview(
        period=month.period.swedish,
        mails=tuple(
            PreviewMail(
                to=mail.sent_to,
                subject=mail.subject,
                file=f"{_name(mail)}.html",
                text_file=f"{_name(mail)}.txt",
            )
            for mail in mails
        ),
        report=REPORT if report is not None else "",
    )
    texts = {"index.html": render_page("preview", index)}
    if report is not None:
        administration = month.installation.config.mail.administration
        texts[REPORT] = report.page(administration)
    for mail in mails:
        texts[f"{_name(mail)}.html"] = with_pictures(mail.body_html, mail.pictures)
        texts[f"{_name(mail)}.txt"] = f"Till: {mail.sent_to}\nÄmne: {mail.subject}\n\n{mail.body_text}"
    return _write_all(out, texts)


def _name(mail: UnsentMail) -> str:
    return f"mejl_{mail.id:04d}_{mail.kind}"


def _write_all(out: Path, texts: dict[str, str]) -> list[Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for earlier in [*out.glob("mejl_[0-9]*.html"), *out.glob("mejl_[0-9]*.txt")]:
            earlier.unlink()  # a mail of an earlier preview that would no longer be sent
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Det går inte att skriva i {out}: {error.strerror}.") from error
    return [out / name for name in texts]
