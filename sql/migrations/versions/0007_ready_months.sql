-- Months whose deliveries suffice, by the fingerprint of those: whoever notes it first asks for the run.
create table month_ready (
    period period not null,
    mark text not null,
    made_at timestamptz not null default now(),
    primary key (period, mark)
);
