"""The mails that correct what the month's earlier mails told: one to a receiver, a part for each unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from notifications.mails.rattad_uppgift import CorrectedFigure, CorrectedUnit, RattadUppgift
from tasks.assessment.assessed import AssessedMonth, assessed_month
from tasks.clock import STOCKHOLM
from tasks.outbox.month_post import MonthPost, why_you
from tasks.outbox.queue_mail import MailKey
from tasks.outbox.words import delivered_words, source_title
from tasks.plans.plan_mails import link_to
from tasks.plans.read_plans import Plan, plans_in
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.delivered import Delivery
from tasks.rules.outbox.occasions import (
    Decision,
    LastWord,
    MailedWarning,
    Standing,
    last_words,
    place,
    to_correct,
)
from tasks.rules.periods import Period
from tasks.rules.plans.state import AWAITED, STATES_IN_WORDS, UNDECIDED
from tasks.rules.swedish import (
    date_words,
    day_words,
    joined,
)
from tasks.rules.wording import amount, coarse_row, expected, is_nothing, read_deviation, side_of
from tasks.warnings.deviation_mail import warning_of
from tasks.warnings.earlier_mails import CORRECTION, MonthMail

WITHDRAWN = "Inget kvar att rätta sedan uppgifterna ändrades igen."
LEVELS = {"larm": "LARM", "bevaka": "BEVAKA", "inget": "ingen varning"}
RECALCULATED = "Uppgifterna är desamma: månaden bedömdes om med andra gränser eller ett annat beräkningssätt."

OWN_UNCHANGED = "Enhetens egna belopp är desamma; prognosen räknas om när andra enheters uppgifter ändras."


@dataclass(frozen=True)
class Corrections:
    """What a month's corrections are made with. told: earlier assessments that mails tell of, by number."""

    post: MonthPost
    now: AssessedMonth
    told: Mapping[int, AssessedMonth]
    plans: Mapping[str, Plan]

    def queue(self, address: str, earlier: Sequence[MonthMail], told_anew: Collection[str]) -> Decision:
        """Queue, replace or withdraw the correction to a receiver. told_anew: units that a new mail warns of.

        earlier: the month's warnings and corrections to the receiver.
        """
        last_told = self._still_theirs(address, last_words(mail.told for mail in earlier))
        warnings = to_correct(
            {unit: self._standing_told(word) for unit, word in last_told.items()},
            {unit: self._standing_now(unit, word) for unit, word in last_told.items()},
            told_anew,
        )
        decision = place(warnings, [mail.told for mail in earlier if mail.kind == CORRECTION])
        if decision.action == "withdraw":
            unsent = next(mail.id for mail in earlier if _is(mail, decision))
            self.post.transaction.run("outbox/withdraw_mail", mail=unsent, reason=WITHDRAWN)
        elif decision.occasion is not None:
            self._queue(
                MailKey(self.post.period, CORRECTION, earlier[0].role, address), decision, earlier, last_told
            )
        return decision

    def _still_theirs(self, address: str, last_told: Mapping[str, LastWord]) -> dict[str, LastWord]:
        """Leave out what the assessment is the same of, and units that are gone or somebody else's by now.

        In the order of the assessment: the largest underskott first.
        """
        return {
            unit: last_told[unit]
            for unit in self.now.units
            if unit in last_told
            and last_told[unit].assessment in self.told
            and self.post.receivers.of_unit(unit).address.lower() == address
        }

    def _standing_told(self, word: LastWord) -> Standing:
        return _standing(self._unit_told(word), word.warning)

    def _standing_now(self, code: str, word: LastWord) -> Standing:
        told, now = self._unit_told(word), self.now.units[code]
        reads_the_same = _figures_read(told) == _figures_read(now)
        return _standing(now, warning_now(now), figures_of=told if reads_the_same else now)

    def _unit_told(self, word: LastWord) -> AssessedUnit:
        return self.told[word.assessment].units[word.warning.unit]

    def _queue(
        self,
        key: MailKey,
        decision: Decision,
        earlier: Sequence[MonthMail],
        last_told: Mapping[str, LastWord],
    ) -> None:
        gone = [mail for mail in earlier if mail.told.is_told]
        units = {warning.unit for warning in decision.warnings}
        last = max(mail.told_on for mail in gone if units & {warning.unit for warning in mail.told.warnings})
        post, first = self.post, decision.warnings[0].unit
        values = RattadUppgift(
            organisation=post.organisation,
            would_have_gone_to=post.outbox.would_have_gone_to(key.address),
            why_you=why_you(post.receivers.of_unit(first)),
            period=post.period.swedish,
            told_on=date_words(last),
            parts=tuple(self._corrected(warning, last_told[warning.unit]) for warning in decision.warnings),
            next_step=post.next_news,
        )
        post.outbox.queue(
            post.transaction,
            MailKey(key.period, key.kind, key.role, key.address, occasion=decision.occasion or 1),
            values,
            required=True,
            reply_to=post.receivers.controller_of(first).address,
            warnings=decision.warnings,
            assessment=self.now.id,
            thread=[mail.message_id for mail in gone],
        )

    def _corrected(self, warning: MailedWarning, word: LastWord) -> CorrectedUnit:
        before, now = self._unit_told(word), self.now.units[warning.unit]
        plan = self.plans.get(warning.unit)
        new = self._new_deliveries(word)
        return CorrectedUnit(
            unit=now.name,
            change=_change(before, now, word.warning, warning, self.post.period),
            figures=tuple(_figures(before, now, word.warning, warning)),
            reason=_reason(before, now, new, self.post.period.month_name),
            demand=_demand(self.post, before, now, plan),
            sources=tuple(
                delivered_words(source_title(delivery.source), delivery)
                for delivery in new or self.now.ledger()
            ),
            link=link_to(self.post, plan) if plan is not None and plan.state in UNDECIDED else "",
        )

    def _new_deliveries(self, word: LastWord) -> list[Delivery]:
        before = self.told[word.assessment].deliveries
        return [delivery for number, delivery in self.now.deliveries.items() if number not in before]


def open_corrections(
    post: MonthPost, assessment: int, earlier: Mapping[str, Sequence[MonthMail]]
) -> Corrections:
    """Read what the mails of a month told of, as it was then and as it is now."""
    mails = [mail.told for mails in earlier.values() for mail in mails if mail.told.is_told]
    told = {mail.assessment for mail in mails if mail.warnings and mail.assessment != assessment}
    transaction = post.transaction
    return Corrections(
        post=post,
        now=assessed_month(transaction, assessment),
        told={number: assessed_month(transaction, number) for number in sorted(told)},
        plans={plan.unit: plan for plan in plans_in(transaction, post.outbox.mode, period=post.period)},
    )


def warning_now(unit: AssessedUnit) -> MailedWarning:
    """Return an assessed unit's warning, or that it has none."""
    if unit.signal is not None:
        return warning_of(unit)
    is_under = unit.deviation is not None and unit.deviation < 0
    return MailedWarning(unit.code, "inget", "underskott" if is_under else "överskott")


def _is(mail: MonthMail, decision: Decision) -> bool:
    return mail.kind == CORRECTION and mail.told.occasion == decision.occasion


def _standing(unit: AssessedUnit, warning: MailedWarning, figures_of: AssessedUnit | None = None) -> Standing:
    """Return how a unit stands, in coarse figures: the decimals that only make a row add up are no news."""
    kept = figures_of or unit
    row = coarse_row(kept.budget, kept.forecast)
    figures = (row.read(kept.budget), row.read(kept.forecast), read_deviation(kept.deviation))
    return Standing(warning.level, warning.direction, figures)


def _figures_read(unit: AssessedUnit) -> tuple[Decimal | None, ...]:
    """Return a unit's budget, forecast and deviation (kr) as its mails let them be read."""
    row = unit.row
    return row.read(unit.budget), row.read(unit.forecast), row.read_deviation(unit.deviation)


def _figures(
    before: AssessedUnit, now: AssessedUnit, told: MailedWarning, warning: MailedWarning
) -> Iterator[CorrectedFigure]:
    """Yield what is read otherwise now."""
    if told.level != warning.level:
        yield CorrectedFigure(name="Besked", told=LEVELS[told.level], now=LEVELS[warning.level])
    pairs = {
        "Budget": (before.row.amount(before.budget), now.row.amount(now.budget)),
        "Helårsprognos": (before.row.amount(before.forecast), now.row.amount(now.forecast)),
        "Avvikelse": (before.deviation_words, now.deviation_words),
    }
    for name, (then, after) in pairs.items():
        if then != after:
            yield CorrectedFigure(name=name, told=then, now=after)


def _change(
    before: AssessedUnit, now: AssessedUnit, told: MailedWarning, warning: MailedWarning, period: Period
) -> str:
    """Say in a few words what is otherwise: `befarat underskott 0,8 → 0,3 mnkr`."""
    then, after = before.row.deviation(before.deviation), now.row.deviation(now.deviation)
    if before.row.read_deviation(before.deviation) != now.row.read_deviation(now.deviation):
        if now.deviation is not None and _is_alike(before, now):
            then, after = before.row.deviation_figure(before.deviation), now.row.amount(abs(now.deviation))
        return f"{expected(before.deviation, then, is_whole_year=period.month == 12)} → {after}"
    if told.level != warning.level:
        return f"{LEVELS[told.level]} → {LEVELS[warning.level]}"
    return f"helårsprognos {before.row.amount(before.forecast)} → {now.row.amount(now.forecast)}"


def _is_alike(before: AssessedUnit, now: AssessedUnit) -> bool:
    """Tell whether both are underskott, or both överskott, in the same unit of money."""
    if before.deviation is None or now.deviation is None or before.row.unit != now.row.unit:
        return False
    return side_of(before.deviation) == side_of(now.deviation) != "balanced"


def _reason(before: AssessedUnit, now: AssessedUnit, new: Sequence[Delivery], month: str) -> str:
    """Say what came since, and what it did to the outcome of the year up to the month."""
    if not new:
        return RECALCULATED
    names = joined([f"{source_title(delivery.source)} den {_day(delivery)}" for delivery in new])
    came = f"{'Nya uppgifter' if len(new) > 1 else 'Ny uppgift'} har kommit: {names}"
    if before.outcome is None or now.outcome is None:
        return f"{came}."
    more = now.outcome - before.outcome
    if more == 0 and now.budget == before.budget:
        return f"{came}. {OWN_UNCHANGED}"
    if is_nothing(more):
        return f"{came}."
    return f"{came}. Utfallet till och med {month} är {amount(abs(more))} {'högre' if more > 0 else 'lägre'}."


def _day(delivery: Delivery) -> str:
    return day_words(delivery.received_at.astimezone(STOCKHOLM).date())


def _demand(post: MonthPost, before: AssessedUnit, now: AssessedUnit, plan: Plan | None) -> str:
    """Say whether the demand for a plan stands, or has fallen."""
    if plan is None:
        return _without_plan(before, now)
    if plan.state in AWAITED:
        if plan.due < post.today:
            return f"Kravet på åtgärdsplan står kvar: den skulle ha lämnats {day_words(plan.due)}."
        return f"Kravet på åtgärdsplan står kvar: lämna den senast {day_words(plan.due)}."
    if plan.state == "lapsed":
        return "Kravet på åtgärdsplan har fallit bort."
    if plan.state == "submitted":
        return "Åtgärdsplanen som du har lämnat väntar på beslut."
    return f"Åtgärdsplanen är {STATES_IN_WORDS[plan.state]}; det ändras inte av rättelsen."


def _without_plan(before: AssessedUnit, now: AssessedUnit) -> str:
    if now.plan_required:
        return "Åtgärdsplanen som redan finns gäller."
    return "Ingen åtgärdsplan krävs längre." if before.plan_required else "Ingen åtgärdsplan krävs."
