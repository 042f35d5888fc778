"""What a state is called: of a mail, a delivery, the month and its steps, wherever it is read.

The states themselves stand with the subjects that decide them; a test holds that each of them has its words.
What somebody must see to is written in capitals where many stand in a row: in a table and in a count.
"""

from collections.abc import Mapping

from tasks.rules.swedish import counted, number

MONTH_STATES: Mapping[str, str] = {
    "waiting": "väntar på leveranser",
    "complete": "underlaget är komplett",
    "assessed": "bedömd",
    "mails_queued": "mejlen är köade",
    "reported": "rapporten är skriven, mejl återstår",
    "done": "klar",
    "incomplete": "OFULLSTÄNDIG",
    "failed": "STOPPAD",
}
STEP_TITLES: Mapping[str, str] = {
    "receive_history": "Tar in tidigare månader",
    "receive_deliveries": "Tar in leveranser",
    "check_month": "Kontrollerar underlaget",
    "assess_units": "Bedömer enheter",
    "watch_signals": "Läser tidiga signaler",
    "queue_mails": "Köar mejl",
    "write_report": "Skriver rapporten",
    "queue_notices": "Köar meddelanden",
    "send_mails": "Skickar mejl",
    "tell_controllers": "Säger att månaden är klar",
    "close_month": "Avslutar",
    "stop_month": "Stannar",
}
FORECASTERS: Mapping[str, str] = {
    "regeln": "regeln",
    "takt": "samma takt",
    "budgetfördelad": "budgetens månader",
    "eget mönster": "eget mönster",
}
DELIVERY_STATES: Mapping[str, str] = {
    "accepted": "mottagen",
    "refused": "NEKAD",
    "held": "HÅLLEN",
    "superseded": "ersatt",
}
MAIL_STATES: Mapping[str, tuple[str, str]] = {
    "queued": ("väntar", "väntar"),
    "retrying": ("försöks igen", "försöks igen"),
    "sent": ("skickat", "skickade"),
    "failed": ("MISSLYCKAT", "MISSLYCKADE"),
    "skipped": ("återtaget", "återtagna"),
    "settled": ("avgjort", "avgjorda"),
    "uncertain": ("OSÄKERT", "OSÄKRA"),
}
"""Of one mail, and of several."""

_ADJECTIVES = ("sent", "failed", "skipped", "settled", "uncertain")


def month_state(state: str) -> str:
    """Return where a month stands: `klar`, `STOPPAD`."""
    return MONTH_STATES[state]


def step_title(step: str) -> str:
    """Return what a step does: `Bedömer enheter`; a name that is no step's stays as it is."""
    return STEP_TITLES.get(step, step)


def forecaster_words(name: str) -> str:
    """Return what a way of forecasting a year is called in a sentence: `samma takt`."""
    return FORECASTERS.get(name, name)


def delivery_state(state: str) -> str:
    """Return what became of a delivery: `mottagen`, `NEKAD`."""
    return DELIVERY_STATES[state]


def mail_state(state: str) -> str:
    """Return where one mail stands, in a table: `skickat`, `MISSLYCKAT`."""
    return MAIL_STATES[state][0]


def counted_mails(counts: Mapping[str, int]) -> str:
    """Count mails by where they stand, without those that are none: `27 skickade, 1 MISSLYCKAT`, `inga`."""
    told = (f"{number(count)} {MAIL_STATES[state][count != 1]}" for state, count in counts.items() if count)
    return ", ".join(told) or "inga"


def mails_are(count: int, state: str) -> str:
    """Say in a sentence where so many mails stand: `2 mejl är misslyckade`, `1 mejl försöks igen`."""
    return f"{counted(count, 'mejl', 'mejl')} {_in_sentence(state, MAIL_STATES[state][count != 1])}"


def mail_is(state: str) -> str:
    """Say where one mail stands, after its name in a sentence: `är skickat`, `väntar på att skickas`."""
    return "väntar på att skickas" if state == "queued" else _in_sentence(state, MAIL_STATES[state][0])


def _in_sentence(state: str, word: str) -> str:
    return f"är {word.lower()}" if state in _ADJECTIVES else word
