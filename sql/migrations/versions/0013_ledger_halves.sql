-- Budget and outcome may come from two systems: `budget` and `utfall` are the halves of what `ekonomi` is.
-- Each half of a month has its own deciding delivery, and which one that is is decided here and nowhere else.

-- The deliveries of the ledger that count. rows_of: the delivery whose rows they are. A year's file of
-- budgets tells every month of it the whole year: its rows are kept once, and each of its months leads to
-- them. known_from: what was told for a later month is newer. A year's file was known from its first month
-- on, so that a month's own budget goes on deciding after it.
create view ledger_delivery as
with counting as (
    select
        delivery.id,
        delivery.source,
        cast(delivery.period as date) as period,
        case
            when delivery.source = 'budget' then coalesce(delivery.of_file, delivery.id)
            else delivery.id
        end as rows_of
    from delivery
    inner join current_delivery on delivery.id = current_delivery.id
    where delivery.source in ('ekonomi', 'budget', 'utfall')
)

select
    counting.id,
    counting.source,
    counting.period,
    counting.rows_of,
    case
        when counting.source = 'budget'
            then least(
                counting.period,
                (
                    select cast(min(month.period) as date) from delivery as month
                    where month.of_file = counting.rows_of
                )
            )
        else counting.period
    end as known_from
from counting;

-- Of the deliveries for the months up to one, the newest that has a month decides that month whole: its
-- budgets, and its outcomes. Files are never merged; the two halves of a month may be of two. A file's months
-- are of one year. strict: planned by itself, as so many rows; written into a query it is taken for one row.
create function deciding_ledger(as_of date, first_month date, last_month date)
returns table (period date, budget_from bigint, outcome_from bigint)
language sql stable strict rows 40
as $$
    with delivered as materialized (
        select distinct
            ledger_delivery.rows_of,
            ledger_delivery.source,
            ledger_delivery.known_from,
            make_date(cast(extract(year from ledger_delivery.known_from) as integer), 1, 1) as january
        from ledger_delivery
        where ledger_delivery.period <= as_of
    ),

    told as materialized (
        select
            delivered.rows_of,
            delivered.source,
            delivered.known_from,
            cast(delivered.january + make_interval(months => later) as date) as month
        from delivered
        cross join generate_series(0, 11) as later
    )

    select
        told.month,
        (
            array_agg(told.rows_of order by told.known_from desc, told.rows_of desc)
            filter (where told.source <> 'utfall')
        )[1],
        (
            array_agg(told.rows_of order by told.known_from desc, told.rows_of desc)
            filter (where told.source <> 'budget')
        )[1]
    from told
    where
        told.month between first_month and last_month
        and exists (
            select 1 from ledger_month
            where ledger_month.delivery_id = told.rows_of and ledger_month.period = told.month
        )
    group by told.month
$$;

-- Each unit's months as known at a month's close: budget and outcome side by side, as one file of both would
-- have them, with the delivery and the rows that each stands on.
create function known_ledger(as_of date, first_month date, last_month date)
returns table (
    unit text,
    period date,
    budget numeric,
    outcome numeric,
    budget_from bigint,
    budget_first integer,
    budget_last integer,
    outcome_from bigint,
    outcome_first integer,
    outcome_last integer
)
language sql stable
as $$
    with deciding as materialized (
        select * from deciding_ledger(as_of, first_month, last_month)
    ),

    budgeted as (
        select ledger_month.*
        from deciding
        inner join ledger_month
            on deciding.budget_from = ledger_month.delivery_id and deciding.period = ledger_month.period
    ),

    spent as (
        select ledger_month.*
        from deciding
        inner join ledger_month
            on deciding.outcome_from = ledger_month.delivery_id and deciding.period = ledger_month.period
    )

    select
        coalesce(budgeted.unit, spent.unit),
        cast(coalesce(budgeted.period, spent.period) as date),
        budgeted.budget,
        spent.outcome,
        budgeted.delivery_id,
        budgeted.first_row,
        budgeted.last_row,
        spent.delivery_id,
        spent.first_row,
        spent.last_row
    from budgeted
    full join spent on budgeted.unit = spent.unit and budgeted.period = spent.period
$$;
