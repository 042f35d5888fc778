-- What replayed old years have taught the forecast, kept with its day: it is used from that month on.

create table learnt (
    id bigint generated always as identity primary key,
    learnt_on date not null,
    file_name text not null,
    learnt jsonb not null,
    measures jsonb not null,
    made_at timestamptz not null default now()
);
