-- What was told of a month: which figures its sums were made of, and which sums were hidden. A new version is
-- held against all of them, since the difference of two published sums is a figure too.

create table told_sums (
    id bigint generated always as identity primary key,
    source text not null,
    period period not null,
    mark text not null,
    told jsonb not null,
    told_at timestamptz not null default now(),
    unique (source, period, mark)
);
