"""Every mail and report that a run would make, in one folder to look through."""

from html import escape
from pathlib import Path
from typing import Any

from tasks.errors import UsageError
from tasks.month import Month
from tasks.report_page import report_page


def write_preview(month: Month, out: Path) -> list[Path]:
    """Write an index, the month's unsent mails (HTML and text) and the report; return the paths, the index first.

    `month` is rehearsed: nothing of it stays anywhere else. Raises UsageError when `out` can't be written.
    """
    with month.reading() as transaction:
        mails = list(transaction.rows("mail/list_unsent", period=month.period.first_day))
        report = transaction.row("report/find_latest", period=month.period.first_day)
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = [path for mail in mails for path in _write_mail(out, mail)]
        if report is not None:
            page = report_page(report.content, report.version, month.installation.config.mail.administration)
            written.append(_write(out / "rapport.html", page))
        return [_write(out / "index.html", _index(month, mails, has_report=report is not None)), *written]
    except OSError as error:
        raise UsageError(f"Det går inte att skriva i {out}: {error.strerror}.") from error


def _write_mail(out: Path, mail: Any) -> list[Path]:
    name = f"mejl_{mail.id:04d}_{mail.kind}"
    text = f"Till: {mail.sent_to}\nÄmne: {mail.subject}\n\n{mail.body_text}"
    return [_write(out / f"{name}.html", mail.body_html), _write(out / f"{name}.txt", text)]


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _index(month: Month, mails: list[Any], *, has_report: bool) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(mail.sent_to)}</td>"
        f'<td><a href="mejl_{mail.id:04d}_{mail.kind}.html">{escape(mail.subject)}</a></td></tr>'
        for mail in mails
    )
    report = '<p><a href="rapport.html">Rapporten</a></p>' if has_report else ""
    title = f"Förhandsvisning {month.period.swedish}"
    return (
        '<!doctype html><html lang="sv"><meta charset="utf-8">'
        f"<title>{title}</title><style>body{{font:15px/1.5 'Segoe UI',Arial,sans-serif;margin:2em auto;max-width:60em;"
        "padding:0 1em}table{border-collapse:collapse}td{border-bottom:1px solid #d9dde2;padding:6px 16px 6px 0}</style>"
        f"<h1>{title}</h1><p>{len(mails)} mejl skulle skickas. Inget är skickat eller ändrat.</p>{report}"
        f"<table>{rows}</table></html>"
    )
