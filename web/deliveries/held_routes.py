"""What the link in the mail of a held delivery opens: its figures compared, and the decision about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from tasks.deliveries.held_deliveries import (
    LONGEST,
    NotHeldError,
    refuse_delivery,
    release_delivery,
)
from tasks.outbox.words import clock_words
from tasks.rules.deliveries.receipt import ReceiptSum
from tasks.rules.periods import Period
from tasks.rules.swedish import MISSING, number
from web.answers import FOREIGN_FORM, Alert, Fault, see_other
from web.posted import Posted
from web.render import Pages
from web.security import FormGuard, form_guard, is_our_form
from web.site import Site

RELEASE, REFUSE = "slapp-in", "neka"
DONE = {RELEASE: "Filen är insläppt, och månaden räknas med den.", REFUSE: "Filen är nekad."}
WORDS = {"released": "INSLÄPPT", "refused": "NEKAD"}
OVERTAKEN = Alert(
    "Det är redan avgjort",
    "Någon annan har beslutat, eller så har en nyare fil kommit. Nedan står vad som gäller.",
)


@dataclass(frozen=True)
class SumCell:
    """One of the file's sums; change: since the revision that counts, empty where there is none."""

    total: str
    change: str = ""


@dataclass(frozen=True)
class SumLine:
    """The sums of a month, and of one item where the source has them."""

    name: str
    cells: tuple[SumCell, ...]


@dataclass(frozen=True)
class Sums:
    """The file's sums, with a head for each column of figures."""

    heads: tuple[str, ...]
    lines: tuple[SumLine, ...]


@dataclass(frozen=True)
class Typed:
    """What was typed and isn't kept, and what to mend in it."""

    by: str = ""
    reason: str = ""
    faults: tuple[Fault, ...] = ()


class HeldRoutes:
    """A held delivery, for a controller or operator who holds its link."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self.site, self.pages = site, pages

    def router(self) -> APIRouter:
        """Return the routes. A GET changes nothing: mail scanners follow links."""
        router = APIRouter()
        path = "/leverans/{token}"
        router.add_api_route(path, self.show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(path, self.decide, methods=["POST"], response_model=None)
        return router

    def show(self, request: Request, token: str, gjort: str = "") -> Response:
        """Show the delivery; gjort: what was just done."""
        return self._page(token, form_guard(self.site, request, token), done=DONE.get(gjort, ""))

    def decide(self, request: Request, token: str, posted: Posted) -> Response:
        """Release or refuse it. What can't be done changes nothing, and keeps what was typed."""
        held = self.site.held_delivery(token)
        guard, action = form_guard(self.site, request, token), posted.get("gor", "")
        typed = Typed(posted.get("namn", ""), posted.get("skal", ""))
        if action not in DONE or not is_our_form(self.site, request, guard, posted):
            return self._page(token, guard, status=403, alert=FOREIGN_FORM, typed=typed)
        faults = _faults(typed, needs_reason=action == RELEASE)
        if faults:
            alert = Alert("Beslutet är inte sparat än", faults=faults)
            kept = Typed(typed.by, typed.reason, faults)
            return self._page(token, guard, status=422, alert=alert, typed=kept)
        decide = release_delivery if action == RELEASE else refuse_delivery
        try:
            decide(self.site.installation, held.id, by=typed.by, reason=typed.reason)
        except NotHeldError:
            return self._page(token, guard, status=409, alert=OVERTAKEN)
        return see_other(self.site, f"/leverans/{token}?gjort={action}")

    def _page(
        self,
        token: str,
        guard: FormGuard,
        *,
        status: int = 200,
        done: str = "",
        alert: Alert | None = None,
        typed: Typed | None = None,
    ) -> Response:
        held = self.site.held_delivery(token)
        receipt, decision = held.receipt, held.receipt.decision
        typed = typed or Typed()
        faults = {fault.id: fault.text for fault in typed.faults}
        page = self.pages.page(
            "held",
            status,
            month=receipt.when,
            source=receipt.source_title,
            file=receipt.file,
            received=clock_words(held.received_at),
            rows=number(receipt.rows),
            doubts=receipt.doubts,
            sums=_sums(receipt.totals),
            is_revision=receipt.is_revision,
            is_open=held.is_open,
            released=decision is not None and decision.decision == "released",
            decision="" if decision is None else WORDS[decision.decision],
            by="" if decision is None else decision.decided_by,
            reason="" if decision is None else decision.reason,
            decided="" if held.decided_at is None else clock_words(held.decided_at),
            address=f"{self.site.prefix}/leverans/{token}",
            typed=typed,
            faults=faults,
            guard=guard,
            done=done,
            alert=alert,
        )
        return guard.keep(page)


def _faults(typed: Typed, *, needs_reason: bool) -> tuple[Fault, ...]:
    faults = []
    if not typed.by.strip():
        faults.append(Fault("namn", "Skriv ditt namn."))
    if needs_reason and not typed.reason.strip():
        faults.append(Fault("skal", "Skriv varför siffrorna är rätt."))
    for name, text in (("namn", typed.by), ("skal", typed.reason)):
        if len(text) > LONGEST:
            faults.append(Fault(name, f"Korta texten till högst {LONGEST} tecken."))
    return tuple(faults)


def _sums(totals: Sequence[ReceiptSum]) -> Sums:
    """Lay out a file's sums: a line for each month and item, a column for each measure."""
    titles = {total.measure: total.title for total in totals}
    lines: dict[tuple[Period, str], dict[str, ReceiptSum]] = {}
    for total in totals:
        lines.setdefault((total.period, total.item or ""), {})[total.measure] = total
    return Sums(
        heads=tuple(titles.values()),
        lines=tuple(
            SumLine(
                " ".join(filter(None, (period.swedish, item))), tuple(_cell(of.get(name)) for name in titles)
            )
            for (period, item), of in lines.items()
        ),
    )


def _cell(total: ReceiptSum | None) -> SumCell:
    if total is None or total.total is None:
        return SumCell(MISSING if total else "")
    change = "" if not total.change else f"{'+' if total.change > 0 else ''}{number(total.change)}"
    return SumCell(number(total.total), change)
