-- Leading signals: what a month's volumes, social assistance and sick leave say before the money does.

-- A month looked through once, with the settings of that day.
create table watch (
    id bigint generated always as identity primary key,
    period period not null references month,
    version integer not null,
    settings jsonb not null,
    made_at timestamptz not null default now(),
    unique (period, version)
);

-- A series of a unit or a group: what it came to, what it was held against, and why. Everything is kept as it
-- is; what is of too few people is marked, and never leaves (tasks/rules/report/month_report.py). The code is
-- that of a unit or of what it lies in, empty for the whole administration.
create table leading_signal (
    watch_id bigint not null references watch,
    source text not null,
    indicator text not null,
    scope text not null check (
        scope in ('enhet', 'små enheter', 'verksamhetsområde', 'avdelning', 'hela förvaltningen')
    ),
    code text not null,
    name text not null,
    measured_in text not null check (measured_in in ('%', 'antal', 'kr')),
    value numeric,
    compared numeric,
    signal text check (signal = 'bevaka'),
    rule text not null,
    sentence text not null,
    months_lacking integer,
    is_hidden boolean not null,
    evidence jsonb not null,
    primary key (watch_id, source, indicator, scope, code)
);
