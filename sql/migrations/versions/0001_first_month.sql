-- What the first month needs: deliveries and their figures, the month's state, assessments, the outbox.
-- A period is stored as the first day of its month. Amounts are kronor.

create domain period as date check (extract(day from value) = 1);

create table installation (
    id uuid primary key default gen_random_uuid(),
    installed_at timestamptz not null default now()
);
insert into installation default values;

-- A process at work. It is alive while its lease runs and its own database connection exists:
-- a killed process is seen at once, one that hangs or lost its network when the lease expires.
create table worker (
    id uuid primary key,
    host text not null,
    process_id integer not null,
    backend_pid integer not null,
    backend_start timestamptz not null,
    started_at timestamptz not null default now(),
    lease_until timestamptz not null
);

create view living_worker as
select worker.id
from worker
where
    worker.lease_until > now()
    and exists (
        select 1
        from pg_stat_activity
        where
            pg_stat_activity.pid = worker.backend_pid
            and pg_stat_activity.backend_start = worker.backend_start
    );

-- Deliveries -------------------------------------------------------------------------------------

create table delivery (
    id bigint generated always as identity primary key,
    source text not null,
    period period not null,
    state text not null check (state in ('accepted', 'refused')),
    revision integer check ((revision is not null) = (state = 'accepted')),
    sha256 text not null,
    file_name text not null,
    size_bytes bigint not null,
    row_count integer not null,
    problem_count integer not null,
    warning_count integer not null,
    receipt jsonb not null,
    received_at timestamptz not null default now(),
    unique (source, period, sha256, state),
    unique (source, period, revision)
);

create view current_delivery as
select distinct on (delivery.source, delivery.period) delivery.* -- noqa: AM04
from delivery
where delivery.state = 'accepted'
order by delivery.source asc, delivery.period asc, delivery.revision desc;

-- The ledger is the one source of millions of rows. Rows of a delivery lie together, so a BRIN index
-- finds them and costs nothing while loading (docs/adr/0004). The check before loading finds duplicates. A
-- foreign key and a domain would ask a million times what ledger_month, summed of these rows, asks once.
create table ledger_row (
    delivery_id bigint not null,
    row_no integer not null,
    period date not null,
    unit text not null,
    account_group text not null,
    budget numeric,
    outcome numeric
);
create index ledger_row_of_delivery on ledger_row using brin (delivery_id) with (
    pages_per_range = 16, autosummarize = on
);

-- A delivery's ledger by unit and month, summed once when it is stored.
create table ledger_month (
    delivery_id bigint not null references delivery,
    unit text not null,
    period period not null,
    budget numeric,
    outcome numeric,
    first_row integer not null,
    last_row integer not null,
    primary key (delivery_id, unit, period)
);

-- Every other figure, narrow: a new source or column needs no migration (docs/adr/0004).
create table figure (
    delivery_id bigint not null references delivery,
    row_no integer not null,
    period period not null,
    unit text,
    item text,
    measure text not null,
    value numeric,
    note text,
    primary key (delivery_id, row_no, measure)
);

create table unit_version (
    delivery_id bigint not null references delivery,
    row_no integer not null,
    code text not null,
    name text not null,
    level text not null check (level in ('avdelning', 'verksamhetsomrade', 'enhet')),
    parent text,
    unit_type text,
    manager text,
    manager_email text,
    deputy_email text,
    controller_email text,
    result_unit boolean,
    replaces text,
    valid_from date,
    valid_to date,
    primary key (delivery_id, row_no)
);

-- The month --------------------------------------------------------------------------------------

create table month (
    period period primary key,
    state text not null default 'waiting' check (
        state in (
            'waiting', 'complete', 'assessed', 'mails_queued', 'reported', 'done', 'incomplete', 'failed'
        )
    ),
    step text,
    reason text,
    first_assessed_on date,
    plan_due date,
    done_in text[] not null default array[]::text[],
    held_by uuid references worker,
    changed_at timestamptz not null default now()
);

create table month_run (
    id bigint generated always as identity primary key,
    period period not null references month,
    worker_id uuid not null references worker,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    state text,
    reason text
);

create table month_step (
    period period not null references month,
    step text not null,
    fingerprint text not null,
    result jsonb not null,
    finished_at timestamptz not null default now(),
    primary key (period, step)
);

-- Assessments: kept whole, so that the mail of that day can be made again ---------------------------

create table assessment (
    id bigint generated always as identity primary key,
    period period not null references month,
    version integer not null,
    assessed_on date not null,
    settings jsonb not null,
    complete boolean not null,
    missing text[] not null,
    units_valid integer not null,
    units_present integer not null,
    made_at timestamptz not null default now(),
    unique (period, version)
);

create table assessment_delivery (
    assessment_id bigint not null references assessment,
    delivery_id bigint not null references delivery,
    primary key (assessment_id, delivery_id)
);

create table unit_assessment (
    assessment_id bigint not null references assessment,
    unit text not null,
    name text not null,
    method text not null,
    outcome numeric,
    budget numeric,
    forecast numeric,
    lower_80 numeric,
    upper_80 numeric,
    deviation numeric,
    deviation_percent numeric,
    signal text check (signal in ('bevaka', 'larm')),
    rule text not null,
    sentence text not null,
    plan_required boolean not null,
    plan_due date,
    evidence jsonb not null,
    primary key (assessment_id, unit)
);

create table month_report (
    period period not null references month,
    version integer not null,
    assessment_id bigint not null references assessment,
    content json not null,
    made_at timestamptz not null default now(),
    primary key (period, version)
);

-- The outbox is the only way out -------------------------------------------------------------------

create table mail (
    id bigint generated always as identity primary key,
    period period not null,
    kind text not null,
    recipient_role text not null,
    address text not null,
    step text not null,
    occasion integer not null,
    mode text not null check (mode in ('live', 'redirected')),
    sent_to text not null,
    reply_to text,
    message_id text not null unique,
    subject text not null,
    body_text text not null,
    body_html text not null,
    required boolean not null,
    state text not null default 'queued' check (
        state in ('queued', 'retrying', 'claimed', 'sent', 'failed', 'skipped', 'settled')
    ),
    worker_id uuid references worker,
    claimed_for text check (claimed_for in ('folder', 'smtp')),
    attempts integer not null default 0,
    queued_at timestamptz not null default now(),
    first_attempt_at timestamptz,
    next_attempt_at timestamptz,
    finished_at timestamptz,
    reason text,
    settled_by text,
    settled_as text check (settled_as in ('sent', 'dropped')),
    check ((state = 'settled') = (settled_as is not null)),
    unique (period, kind, recipient_role, address, step, occasion, mode)
);

-- Which units and warnings each mail carries.
create table mail_warning (
    mail_id bigint not null references mail,
    unit text not null,
    level text not null,
    direction text not null,
    assessment_id bigint references assessment,
    primary key (mail_id, unit)
);

-- What everybody reads: a claim that nobody living holds is uncertain, one being sent is still queued.
create view mail_state as
select
    mail.*, -- noqa: AM04
    case
        when mail.state <> 'claimed' then mail.state
        when mail.worker_id in (select living_worker.id from living_worker) then 'queued'
        else 'uncertain'
    end as shown_state
from mail;
