-- What explains a unit's deviation, and the year of the places above the units.

-- Kronor, + is more cost; together they are forecast − budget. Null without volumes.
alter table unit_assessment
add column volume_effect numeric,
add column price_effect numeric,
add check ((volume_effect is null) = (price_effect is null));

-- A place above the units in an assessment: its number in the tree's order, 0 is the whole administration,
-- which has no code; and the code of the place that it lies in, null where that is the whole.
create table area_assessment (
    assessment_id bigint not null references assessment,
    place integer not null,
    level text not null,
    code text check ((code is null) = (place = 0)),
    parent text,
    name text not null,
    units_assessed integer not null,
    units_valid integer not null,
    outcome numeric,
    budget numeric,
    forecast numeric,
    lower_80 numeric,
    upper_80 numeric,
    deviation numeric,
    deviation_percent numeric,
    signal text check (signal in ('bevaka', 'larm')),
    sentence text not null,
    evidence jsonb not null,
    primary key (assessment_id, place)
);
