"""What commands answer, as text for a terminal: same order and words as in the mails, worst first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flows.terminal import paragraph, say, table, width
from tasks.clock import STOCKHOLM, Clock
from tasks.installation import Installation
from tasks.rules.completeness import assessed_sentence
from tasks.rules.manager_sentences import WEIGHED
from tasks.rules.periods import Period
from tasks.rules.receipt import receipt_text
from tasks.rules.risk_order import Order
from tasks.rules.swedish import (
    counted,
    day_words,
    deviation_words,
    joined,
    net_amount,
    number,
    percent,
)
from tasks.rules.watched import watched_sentence
from tasks.show_month import month_deviations, month_status

WORDS = {"larm": "LARM", "bevaka": "BEVAKA"}
DELIVERY_WORDS = {"accepted": "mottagen", "refused": "NEKAD", "superseded": "ersatt"}
STATE_WORDS = {
    "waiting": "väntar på leveranser",
    "complete": "underlaget är komplett",
    "assessed": "bedömd",
    "mails_queued": "mejlen är köade",
    "reported": "rapporten är skriven, mejl återstår",
    "done": "klar",
    "incomplete": "OFULLSTÄNDIG",
    "failed": "STOPPAD",
}
STEP_TITLES = {
    "receive_deliveries": "Tar in leveranser",
    "check_month": "Kontrollerar underlaget",
    "assess_units": "Bedömer enheter",
    "watch_signals": "Läser tidiga signaler",
    "queue_mails": "Köar mejl",
    "write_report": "Skriver rapporten",
    "queue_notices": "Köar meddelanden",
    "send_mails": "Skickar mejl",
    "close_month": "Avslutar",
    "stop_month": "Stannar",
}
NOT_ASSESSED = ("waiting", "complete", "incomplete", "failed")
UNITS_NAMED = 10
"""So many units that lack figures are named; the rest are counted."""
TITLE_WIDTH = 25
MAIL_WORDS = {
    "queued": "väntar",
    "retrying": "försöks igen",
    "sent": "skickade",
    "failed": "MISSLYCKADE",
    "skipped": "återtagna",
    "settled": "avgjorda",
    "uncertain": "OSÄKRA",
}


class Progress:
    """Tells what goes on while a month runs: what each step found, and how long it took."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._title = ""
        self._told = ""

    def __call__(self, text: str) -> None:
        """Tell one thing that happened; a step's last line is left open for the step's time."""
        if self._told:
            say()
        self._told = f"  {self._title:<{TITLE_WIDTH}}{text}"
        say(self._told, end="")
        self._title = ""

    def timed(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Carry out a step by calling it, and tell its time."""
        if self._told:
            say()
        self._told, self._title = "", STEP_TITLES.get(step.__name__, step.__name__)
        begun = self._clock.stopwatch()
        try:
            return step(*arguments)
        finally:
            if self._title:
                self("")
            spent = f"{self._clock.stopwatch() - begun:.1f} s".replace(".", ",")
            say(spent.rjust(max(0, width() - len(self._told) - 1)))
            self._told = ""


def run_summary(installation: Installation, period: Period, outcome: Any, *, dry_run: bool) -> str:
    """Tell how a run ended: deliveries, warnings worst first, mails, and what to open."""
    status = month_status(installation, period)
    parts = [*_receipts(outcome.arrivals), "", _deliveries(status["deliveries"])]
    if outcome.state not in NOT_ASSESSED:
        found = month_deviations(installation, period)
        parts += ["", deviations_text(found, period, short=True, assessed=assessed_units(status))]
    parts += _absent_units(status)
    parts += [
        "",
        _mails(status["mails"]),
        _ending(period, outcome, dry_run),
        *_paths(installation, status, dry_run),
    ]
    return "\n".join(parts)


def assessed_units(status: Mapping[str, Any]) -> str:
    """Say how many units the month's warnings are of; empty while it is not assessed."""
    found = _step_result(status, "assess_units")
    return assessed_sentence(found["bedomda"], found["enheter"]) if "bedomda" in found else ""


def _watched(status: Mapping[str, Any]) -> list[str]:
    """Say how many early signals there are; nothing while they haven't been read."""
    found = _step_result(status, "watch_signals")
    return [f"Tidiga signaler: {watched_sentence(found['bevaka'], found['serier'])}."] if found else []


def _absent_units(status: Mapping[str, Any]) -> list[str]:
    """Say which sources lack which units."""
    coverage = _step_result(status, "check_month").get("coverage", ())
    return [_absent_of(each) for each in coverage if each["absent"]]


def _absent_of(coverage: Mapping[str, Any]) -> str:
    shown = coverage["absent"][:UNITS_NAMED]
    rest = len(coverage["absent"]) - len(shown)
    codes = joined([*shown, *([f"{rest} till"] if rest else [])])
    of = f"{number(len(coverage['absent']))} av {counted(coverage['expected'], 'enhet', 'enheter')}"
    return paragraph(f"Uppgift saknas: {coverage['source']} för {of} ({codes}).")


def _step_result(status: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    return next((one["result"] for one in status["steps"] if one["step"] == step), {})


def _receipts(arrivals: Sequence[Any]) -> list[str]:
    return [
        receipt_text(one.receipt) for one in arrivals if one.state == "refused" and one.receipt is not None
    ]


def _ending(period: Period, outcome: Any, dry_run: bool) -> str:
    said = f"{period.swedish.capitalize()}: {STATE_WORDS[outcome.state]}."
    if outcome.reason:
        said += f" {outcome.reason}"
    if dry_run:
        said += " Provkörning: inget är sparat eller skickat."
    return paragraph(said)


def _paths(installation: Installation, status: Mapping[str, Any], dry_run: bool) -> list[str]:
    if dry_run:
        return []
    settings = installation.settings
    paths = []
    if status["mails"]["sent"] and settings.mail_folder is not None:
        paths.append(f"Mejlen:    {settings.mail_folder}")
    if settings.report_path(status["period"]).exists():
        paths.append(f"Rapporten: {settings.report_path(status['period'])}")
    return paths


def status_text(status: Mapping[str, Any]) -> str:
    """Tell where a month stands."""
    period = Period.parse(status["period"])
    state = STATE_WORDS[status["state"]] + (", körs nu" if status["running"] else "")
    parts = [f"{period.swedish.capitalize()}: {state}."]
    if status["reason"]:
        parts.append(paragraph(f"Stannade i {status['step']}: {status['reason']}"))
    if status["state"] not in NOT_ASSESSED and assessed_units(status):
        parts.append(f"{assessed_units(status)}.")
        parts += _watched(status)
    return "\n".join([*parts, *_absent_units(status), *_status_parts(status)])


def _status_parts(status: Mapping[str, Any]) -> list[str]:
    return ["", _deliveries(status["deliveries"]), "", _mails(status["mails"])]


def _deliveries(deliveries: Sequence[Mapping[str, Any]]) -> str:
    if not deliveries:
        return "Inga leveranser för månaden."
    rows = [
        (
            one["source"],
            DELIVERY_WORDS[one["state"]],
            "" if one["revision"] is None else str(one["revision"]),
            number(one["rows"]),
            _count(one["problems"], "fel") or _count(one["warnings"], "att notera"),
            one["file"],
        )
        for one in deliveries
    ]
    return table(("Leverans", "Läge", "Rev", "Rader", "", "Fil"), rows, right=(2, 3), wide=5)


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count else ""


def _mails(mails: Mapping[str, int]) -> str:
    counted = [f"{count} {MAIL_WORDS[state]}" for state, count in mails.items() if count]
    told = f"Mejl: {', '.join(counted) if counted else 'inga'}."
    if mails["uncertain"]:
        told += " Osäkra mejl kan ha gått fram: avgör dem med manad mail list --state uncertain."
    if mails["failed"]:
        told += " Misslyckade: se manad mail list --state failed."
    return paragraph(told)


def deviations_text(
    found: Sequence[Mapping[str, Any]],
    period: Period,
    *,
    short: bool = False,
    assessed: str = "",
    order: Order = "kronor",
) -> str:
    """Lay out warnings worst first; in full with the sentences of each. assessed: of how many units.

    order: what they are sorted by; by risk, each one's risk value is shown.
    """
    of = f" {assessed}." if assessed else ""
    if not found:
        return f"Inga varningar för {period.swedish}.{of}"
    alarms = sum(one["niva_signal"] == "larm" for one in found)
    title = f"Varningar {period.swedish}: {alarms} larm, {len(found) - alarms} att bevaka.{of} Helår i mnkr."
    by_risk = order == "risk"
    rows = [
        (
            WORDS[one["niva_signal"]],
            *([_risk_value(one)] if by_risk else []),
            one["namn"],
            _mnkr(one["budget"]),
            _mnkr(one["prognos"]),
            deviation_words(one["avvikelse"]),
            "" if one["avvikelse_procent"] is None else percent(abs(one["avvikelse_procent"])),
            "" if one["plan_senast"] is None else day_words(_day(one["plan_senast"])),
        )
        for one in found
    ]
    head = ("", *(["Risk"] if by_risk else []), "Enhet", "Budget", "Prognos", "Avvikelse", "", "Plan senast")
    right, wide = ((1, 3, 4, 6), 2) if by_risk else ((2, 3, 5), 1)
    shown = [title, "", table(head, rows, right=right, wide=wide)]
    if not short:
        shown += [text for one in found for text in ("", one["namn"], *_sentences(one))]
    return "\n".join(shown)


def _risk_value(warning: Mapping[str, Any]) -> str:
    return "" if warning["riskvarde"] is None else number(warning["riskvarde"])


def _sentences(warning: Mapping[str, Any]) -> list[str]:
    """Say why a unit is warned, what its manager and both forecasts say, and which risk it touches."""
    said = (
        warning["mening"],
        warning["chefens_mening"],
        _weighed(warning),
        warning["riskmening"],
        warning["regel"],
    )
    return [paragraph(sentence, "  ") for sentence in said if sentence]


def _weighed(warning: Mapping[str, Any]) -> str:
    if warning["vagd_prognos"] is None:
        return ""
    return f"{WEIGHED}: {net_amount(warning['vagd_prognos'])}."


def _mnkr(kr: Decimal | None) -> str:
    return "saknas" if kr is None else number(kr.scaleb(-6), 1)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def arrival_text(arrival: Any) -> str:
    """Tell what became of a file that was handed in."""
    if arrival.receipt is not None:
        return receipt_text(arrival.receipt)
    said = {
        "known": "har tagits emot förut; inget ändras",
        "growing": "skrivs fortfarande; lämna in den igen om en stund",
        "ignored": "är ingen leverans: döp den till <källa>_<ÅÅÅÅ-MM>.csv eller ange --source och --period",
    }[arrival.state]
    return f"{arrival.file} {said}."


def mails_text(mails: Sequence[Mapping[str, Any]]) -> str:
    """Lay out the outbox."""
    if not mails:
        return "Inga mejl."
    rows = [
        (
            str(mail["id"]),
            f"{mail['period']:%Y-%m}",
            MAIL_WORDS[mail["state"]],
            mail["sent_to"],
            mail["subject"],
        )
        for mail in mails
    ]
    reasons = [
        paragraph(f"{mail['id']}: {mail['reason']}", "  ")
        for mail in mails
        if mail["reason"] and mail["state"] in ("failed", "retrying", "uncertain")
    ]
    settled = [paragraph(_settled(mail), "  ") for mail in mails if mail["state"] == "settled"]
    return "\n".join(
        [table(("Id", "Månad", "Läge", "Till", "Ämne"), rows, right=(0,), wide=4), *reasons, *settled]
    )


def _settled(mail: Mapping[str, Any]) -> str:
    when = f"{mail['finished_at'].astimezone(STOCKHOLM):%Y-%m-%d kl. %H.%M}"
    said = "räknas som skickat" if mail["settled_as"] == "sent" else "skickas inte"
    return f"{mail['id']}: avgjort av {mail['settled_by']} {when}: {said}."


def doctor_text(checks: Sequence[Any]) -> str:
    """Lay out what was looked at."""
    rows = [
        ("OK" if check.is_well else "FEL", check.name, check.said if check.is_well else "se nedan")
        for check in checks
    ]
    wrong = [
        paragraph(check.said if check.said.startswith(check.name) else f"{check.name}: {check.said}")
        for check in checks
        if not check.is_well
    ]
    things = "1 sak" if len(wrong) == 1 else f"{len(wrong)} saker"
    said = f"{things} behöver åtgärdas." if wrong else "Allt som en månad behöver finns."
    return "\n".join(
        [table(("", "Inställning", ""), rows, wide=2), "", *wrong, *([""] if wrong else []), said]
    )
