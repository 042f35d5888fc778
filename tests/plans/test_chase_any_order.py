"""Whatever happens in whatever order: no step twice, none skipped silently, no decided plan escalated."""

import os
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from flows.chase import chase
from flows.runs.steps import plainly
from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.plans.action_plans import PlanDesk, PlanMoveError, list_plans
from tasks.plans.chase_plans import chase_plans
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.state import AWAITED
from tasks.settings import read_settings
from tests.worlds.examples import SAME_FIXTURES, examples
from tests.worlds.killed_month import new_world
from tests.worlds.small_administration import MANAGERS, economy, organisation
from tests.worlds.world import TODAY

MEASURES = [Measure("Färre vikarier", "biträdande rektor", Period(2026, 11), Decimal(60_000))]
RUNGS = """
    select
        plan_mail.plan_id, plan_mail.round, mail.kind, mail.step,
        count(*) filter (
            where mail_state.shown_state in ('sent', 'uncertain') or mail.settled_as = 'sent'
        ) as went_out
    from plan_mail
    inner join mail on mail.id = plan_mail.mail_id
    inner join mail_state on mail_state.id = mail.id
    where mail.kind in ('paminnelse', 'eskalering')
    group by 1, 2, 3, 4
"""
ESCALATED_TOO_EARLY = """
    select escalated.plan_id
    from plan_mail as escalated
    inner join mail on mail.id = escalated.mail_id
    where escalated.rung = 'escalation' and mail.state <> 'skipped' and 2 > (
        select count(*)
        from plan_mail as reminded
        inner join mail as reminder on reminder.id = reminded.mail_id
        where
            reminded.plan_id = escalated.plan_id
            and reminded.round = escalated.round
            and reminded.rung in ('reminder_1', 'reminder_2')
            and reminder.sent_on < coalesce(mail.sent_on, '2999-01-01')
    )
"""
SENT = """
    select mail.id, plan_mail.plan_id from plan_mail inner join mail on mail.id = plan_mail.mail_id
    where mail.kind in ('paminnelse', 'eskalering') and mail.state = 'sent'
"""
LOSE_ONE = """
    update mail set state = 'claimed', worker_id = (select id from worker limit 1), claimed_for = 'smtp'
    where id = (select min(id) from mail where state in ('queued', 'retrying'))
"""
COPIES = count(1)


@pytest.fixture(scope="module")
def warned(server, template, tmp_path_factory):
    """A database in which one manager is to hand in two plans and another one."""
    folder = tmp_path_factory.mktemp("chased")
    with new_world(server, template, folder) as world, environment(world.environment) as manad:
        world.month(
            organisation=organisation(MANAGERS | {"102": "anna@example.se"}),
            ekonomi=economy(over=tuple(MANAGERS)),
        )
        assert manad(["run", "2026-09", "--today", TODAY]) == 0
        yield world.conninfo.rpartition("/")[2].partition("?")[0]


@contextmanager
def environment(values):
    """Lend the command with an environment of its own."""
    from flows.cli.main import main  # noqa: PLC0415

    before = dict(os.environ)  # noqa: TID251
    os.environ.update(values)  # noqa: TID251
    try:
        yield main
    finally:
        os.environ.clear()  # noqa: TID251
        os.environ.update(before)  # noqa: TID251


class Life:
    """The days of three plans, in a database of their own."""

    def __init__(self, world):
        self.world = world
        self.today = date(2026, 10, 13)
        self.mails = world.home / "mails"
        self.installation = None

    def chase(self, days):
        self.today += timedelta(days=days)
        self._chased(plainly)

    def crash(self, step):
        """Die before a step of the round, or after the last of them that is named."""

        def until(one, *arguments):
            if one.__name__ == step:
                raise KeyboardInterrupt
            return one(*arguments)

        self._chased(until)

    def _chased(self, do):
        awaited = {plan.id for plan in self.plans() if plan.state in AWAITED}
        before = set(self.world.rows(SENT))
        try:
            chase(self.installation, self.today, do)
        except KeyboardInterrupt:
            pass
        else:
            self.nothing_is_forgotten()
        new = set(self.world.rows(SENT)) - before
        assert {plan for _, plan in new} <= awaited

    def server(self, works):
        """Take the way out away: a file lies where the folder of mails is to be."""
        if not works and not self.mails.is_file():
            self.mails.rename(self.mails.with_name(f"mails_{next(COPIES)}")) if self.mails.exists() else None
            self.mails.write_text("")
        elif works and self.mails.is_file():
            self.mails.unlink()

    def lose(self, _):
        """A sender dies with a mail in its hand that may have gone out."""
        self.world.execute(LOSE_ONE)

    def settle(self, how):
        for (mail,) in self.world.rows("select id from mail_state where shown_state = 'uncertain'"):
            self.world.execute(
                f"update mail set state = 'settled', settled_as = '{how}', settled_by = 'test', "
                f"sent_on = case when '{how}' = 'sent' then date '{self.today}' end where id = {mail}"
            )

    def do(self, what):
        """Do something with a plan, if its state allows it."""
        unit, action = what
        plan = next(plan for plan in self.plans() if plan.unit == unit)
        desk = PlanDesk(self.installation, self.today, "test")
        arguments = {"submit": (MEASURES,), "save_draft": (MEASURES,), "send_back": ("Ange mer.",)}
        try:
            getattr(desk, action)(plan.id, None, *arguments.get(action, ()))
        except PlanMoveError:
            return

    def plans(self):
        return list_plans(self.installation)

    def nothing_is_forgotten(self):
        """Every plan that is awaited is told of, or has a next step on a later day, or has had them all."""
        again = chase_plans(self.installation, self.today)
        assert not any(again.queued.values())

    def check(self):
        assert all(out <= 1 for *_, out in self.world.rows(RUNGS))
        assert self.world.rows(ESCALATED_TOO_EARLY) == []


ACTIONS = ("save_draft", "submit", "withdraw", "approve", "send_back")
DAYS = st.sampled_from([1, 2, 2, 3, 4, 7])
rounds = st.tuples(st.just("chase"), DAYS)
steps = st.lists(
    st.one_of(
        rounds,
        rounds,
        rounds,
        st.tuples(st.just("crash"), st.sampled_from(["chase_plans", "send_waiting", "forget_texts"])),
        st.tuples(st.just("server"), st.booleans()),
        st.tuples(st.just("lose"), st.none()),
        st.tuples(st.just("settle"), st.sampled_from(["sent", "sent", "dropped"])),
        st.tuples(st.just("do"), st.tuples(st.sampled_from(sorted(MANAGERS)), st.sampled_from(ACTIONS))),
    ),
    min_size=8,
    max_size=20,
)


@settings(
    max_examples=examples(40),
    database=None,
    phases=[Phase.generate],  # a life takes half a second: what fails is read as it is
    suppress_health_check=SAME_FIXTURES,
)
@given(happened=steps)
def test_any_order_of_days_hands_and_crashes_mails_no_step_twice(server, warned, tmp_path_factory, happened):
    with new_world(server, warned, tmp_path_factory.mktemp("life")) as world:
        life = Life(world)
        with open_installation(read_settings(world.environment), Clock()) as life.installation:
            for action, argument in happened:
                getattr(life, action)(argument)
                life.check()
