-- Why the program moved a plan, as a code with the month whose assessment gave it: words are made where it is
-- shown. What was kept in words before is read by them once, here; a text that is none of them is a person's.

alter table plan_event
add column reason text check (reason in ('larm_ended', 'covered', 'corrected', 'unit_ended', 'taken_over')),
add column reason_month period,
add constraint a_reason_has_a_month check ((reason is null) = (reason_month is null));

with
sentence (reason, before, after) as (
    values
    ('larm_ended', 'Larmet har upphört: enheten har inget larm i ', '.'),
    ('covered', 'Godkända åtgärder täcker underskottet i ', '.'),
    ('corrected', 'Rättade uppgifter: enheten har inget larm i ', ' längre.'),
    ('unit_ended', 'Enheten finns inte längre i ', '.'),
    ('taken_over', 'Ersatt av kravet på en plan för ', '.')
),

month_name (number, name) as (
    values
    (1, 'januari'), (2, 'februari'), (3, 'mars'), (4, 'april'), (5, 'maj'), (6, 'juni'),
    (7, 'juli'), (8, 'augusti'), (9, 'september'), (10, 'oktober'), (11, 'november'), (12, 'december')
),

reason_in_words as (
    select
        sentence.reason,
        make_date(year, month_name.number, 1) as reason_month,
        sentence.before || month_name.name || ' ' || year || sentence.after as words
    from sentence
    cross join month_name
    cross join generate_series(2000, 2100) as year
)

update plan_event set
    reason = reason_in_words.reason,
    reason_month = reason_in_words.reason_month,
    comment = ''
from reason_in_words
where
    plan_event.comment = reason_in_words.words
    and plan_event.actor = 'programmet'
    and plan_event.action in ('lapse', 'replace');

-- A plan repeats what was said with its last move.
update plan set comment = ''
where
    plan.state in ('lapsed', 'replaced')
    and (
        select plan_event.reason is not null
        from plan_event
        where plan_event.plan_id = plan.id and plan_event.action in ('lapse', 'replace')
        order by plan_event.id desc
        limit 1
    );

-- Reports that are kept get the codes of what they say of plans, beside the words.
with
plan_words (words, state, late) as (
    values
    ('krävs', 'required', null),
    ('inlämnad', 'submitted', null),
    ('återsänd för komplettering', 'returned', null),
    ('återtagen', 'withdrawn', null),
    ('godkänd', 'approved', null),
    ('följs upp', 'following', null),
    ('åtgärdad', 'achieved', null),
    ('avslutad utan full effekt', 'ended', null),
    ('ersatt av en senare plan', 'replaced', null),
    ('kravet har fallit bort', 'lapsed', null),
    ('försenad, påmind 1', null, 'reminder_1'),
    ('försenad, påmind 2', null, 'reminder_2'),
    ('försenad, eskalerad', null, 'escalation')
),

list_of_plans (name, words_key, state_key, late_key) as (
    values
    ('atgardsplaner', 'lage', 'lage_kod', 'forsenad'),
    ('avvikelser', 'plan_lage', 'plan_lage_kod', 'plan_forsenad')
)

update month_report set
    content = (
        select json_object_agg(part.key, coalesce(coded.list, part.value) order by part.place)
        from json_each(month_report.content) with ordinality as part (key, value, place)
        left join list_of_plans on part.key = list_of_plans.name
        left join lateral (
            select json_agg(
                (
                    select json_object_agg(field.key, field.value order by field.place)
                    from (
                        select
                            own.key,
                            own.value,
                            own.place
                        from json_each(item.value) with ordinality as own (key, value, place)
                        union all
                        select
                            list_of_plans.state_key,
                            to_json(plan_words.state),
                            1001
                        from plan_words
                        where plan_words.words = item.value ->> list_of_plans.words_key
                        union all
                        select
                            list_of_plans.late_key,
                            to_json(plan_words.late),
                            1002
                        from plan_words
                        where plan_words.words = item.value ->> list_of_plans.words_key
                    ) as field
                )
                order by item.place
            ) as list
            from json_array_elements(
                case when list_of_plans.name is null then '[]' else part.value end
            ) with ordinality as item (value, place)
        ) as coded on list_of_plans.name is not null
    );
