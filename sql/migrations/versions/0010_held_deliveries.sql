-- A delivery whose figures can't be right is held: its rows are kept with it and count for nothing until a
-- person has said that they are right, or wrong. Who said so, and why, is kept for ever.

alter table delivery
drop constraint delivery_state_check,
add constraint delivery_state_check check (state in ('accepted', 'refused', 'held'));

create table delivery_decision (
    delivery_id bigint primary key references delivery,
    decision text not null check (decision in ('released', 'refused')),
    decided_by text not null check (decided_by <> ''),
    reason text not null,
    decided_at timestamptz not null default now(),
    constraint a_release_has_a_reason check (reason <> '' or decision = 'refused')
);
