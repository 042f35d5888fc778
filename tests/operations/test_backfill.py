"""Old months followed up in hindsight."""

import logging
from datetime import date

from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.month import Options, hold_month
from tasks.rules.periods import Period
from tasks.rules.swedish import NBSP
from tasks.settings import read_settings

TODAY = date(2026, 10, 7)


def test_a_month_that_another_run_holds_is_named_and_the_others_are_made(world, monkeypatch):
    from flows import backfill as module  # noqa: PLC0415 - loading Prefect takes a second or more

    for name in ("_progress", "update_progress_artifact"):
        monkeypatch.setattr(module, name, lambda *_: None)
    monkeypatch.setattr(module, "get_run_logger", lambda: logging.getLogger("test"))
    for number in (8, 9):
        world.month_files(f"2026-{number:02d}", closed=number)
    what = Period(2026, 8), TODAY, Options(inbox=world.inbox), lambda _: None
    with open_installation(read_settings(), Clock()) as installation, hold_month(installation, *what):
        state = module.backfill.fn("2026-08", "2026-09", inbox=world.inbox, today=TODAY)
    assert (state.name, state.message) == ("CompletedWithWarnings", f"1{NBSP}månad klar; inte 2026-08")
    assert world.value("select count(*)::int from mail") == 0
