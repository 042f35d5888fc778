-- Action plans followed in kronor, the mails about them, links to their pages, and pictures in mails.

-- The plan that a unit's larm of a month demands. State by docs/plan_states.md; round counts from 1 and on by
-- every time it is returned; version counts every change, so that two people don't write over each other.
create table plan (
    id bigint generated always as identity primary key,
    unit text not null,
    period period not null references month,
    assessment_id bigint not null references assessment,
    state text not null default 'required' check (
        state in (
            'required', 'submitted', 'returned', 'withdrawn', 'approved', 'following', 'achieved', 'ended',
            'replaced', 'lapsed'
        )
    ),
    round integer not null default 1,
    due date not null,
    version integer not null default 1,
    comment text not null default '',
    acknowledged_on date,
    made_at timestamptz not null default now(),
    unique (unit, period)
);

-- A unit has at most one plan that nobody has decided: nobody is asked twice for the same thing.
create unique index one_undecided_plan on plan (unit)
where state in ('required', 'submitted', 'returned', 'withdrawn');

-- A draft's measures, then those that were handed in. A draft may lack the month and the amount (kr a month).
create table plan_measure (
    plan_id bigint not null references plan,
    number integer not null,
    what text not null,
    who text not null,
    from_month period,
    monthly_effect numeric,
    risk text not null,
    primary key (plan_id, number)
);

-- What happened to a plan, with its measures as they were then. Never changed.
create table plan_event (
    id bigint generated always as identity primary key,
    plan_id bigint not null references plan,
    happened_at timestamptz not null default now(),
    happened_on date not null,
    action text not null,
    actor text not null,
    comment text not null,
    measures jsonb not null
);
create index plan_event_of_plan on plan_event (plan_id);

-- The mails about a plan. A rung of the ladder (påminnelse 1, 2, eskalering) is one mail a round and mode.
create table plan_mail (
    plan_id bigint not null references plan,
    mail_id bigint not null references mail,
    mode text not null,
    round integer not null,
    rung text check (rung in ('reminder_1', 'reminder_2', 'escalation')),
    primary key (plan_id, mail_id)
);
create unique index one_mail_a_rung on plan_mail (plan_id, mode, round, rung) where rung is not null;

-- Links made before the epoch of what they open are revoked.
create table link_epoch (
    subject text primary key,
    epoch integer not null,
    revoked_on date not null
);

-- Of an approved plan: what it is counted with in the forecast (kr), and which one it was.
alter table unit_assessment
add column plan_effect numeric not null default 0 check (plan_effect >= 0),
add column plan_id bigint references plan;

-- A picture is kept once, however many mails show it.
create table picture (
    sha256 text primary key,
    png bytea not null
);
create table mail_picture (
    mail_id bigint not null references mail,
    content_id text not null,
    sha256 text not null references picture,
    primary key (mail_id, content_id)
);

-- thread: Message-IDs of the mails that it stands under. sent_on: the day of the run that sent it, which a
-- run with --today is told. recipient_refused: the server takes no mail for the address.
-- bodies_removed_on: when its texts were removed, as the retention setting says.
alter table mail
add column thread text[] not null default array[]::text[],
add column sent_on date,
add column recipient_refused boolean not null default false,
add column bodies_removed_on date;

update mail set sent_on = (finished_at at time zone 'Europe/Stockholm')::date
where state = 'sent';

drop view mail_state;
create view mail_state as
select
    mail.*, -- noqa: AM04
    case
        when mail.state <> 'claimed' then mail.state
        when mail.worker_id in (select living_worker.id from living_worker) then 'queued'
        else 'uncertain'
    end as shown_state
from mail;

-- Mails that must not go out any more: they remind of or escalate a plan that isn't awaited, or is in another
-- round, or their rung was passed on to somebody else; or their texts were removed.
create view overtaken_mail as
select mail.id
from mail
where
    mail.bodies_removed_on is not null
    or (
        mail.kind in ('paminnelse', 'eskalering')
        and exists (
            select 1
            from plan_mail
            inner join plan on plan_mail.plan_id = plan.id
            where
                plan_mail.mail_id = mail.id
                and (
                    plan_mail.rung is null
                    or plan_mail.round <> plan.round
                    or plan.state not in ('required', 'returned', 'withdrawn')
                )
        )
    );

-- What waits is few among years of mails.
create index mail_waiting on mail (mode, attempts, id) where state in ('queued', 'retrying');
