-- Which of the program's own series a signal is, as a code: what it is called may change. Null of one that is
-- of a delivered measure, which is known by its name.

alter table leading_signal
add column series text check (
    series in (
        'forandring', 'helar', 'prestationsforandring',
        'hushall', 'vuxna', 'barn', 'unga_18_24', 'medelbidrag'
    )
);

update leading_signal set
    series = case leading_signal.indicator
        when 'Antal hushåll' then 'forandring'
        when 'Helårsprognos' then 'helar'
        when 'Hushåll' then 'hushall'
        when 'Vuxna' then 'vuxna'
        when 'Barn' then 'barn'
        when 'Unga 18–24 år' then 'unga_18_24'
        when 'Medelbidrag per hushåll' then 'medelbidrag'
    end
where leading_signal.source = 'bistand';

update leading_signal set series = 'prestationsforandring'
where leading_signal.source = 'prestationer' and leading_signal.indicator like 'Prestationsförändring, %';

-- Reports that are kept get the code beside the name.
with
own_series (source, indicator, series) as (
    values
    ('bistand', 'Antal hushåll', 'forandring'),
    ('bistand', 'Helårsprognos', 'helar'),
    ('bistand', 'Hushåll', 'hushall'),
    ('bistand', 'Vuxna', 'vuxna'),
    ('bistand', 'Barn', 'barn'),
    ('bistand', 'Unga 18–24 år', 'unga_18_24'),
    ('bistand', 'Medelbidrag per hushåll', 'medelbidrag'),
    ('prestationer', 'Prestationsförändring, %', 'prestationsforandring')
)

update month_report set
    content = (
        select json_object_agg(part.key, coalesce(coded.list, part.value) order by part.place)
        from json_each(month_report.content) with ordinality as part (key, value, place)
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
                            'serie' as key,
                            to_json(own_series.series) as value,
                            1001 as place
                        from own_series
                        where
                            own_series.source = item.value ->> 'kalla'
                            and item.value ->> 'indikator' like own_series.indicator
                    ) as field
                )
                order by item.place
            ) as list
            from json_array_elements(
                case when part.key = 'signaler' then part.value else '[]' end
            ) with ordinality as item (value, place)
        ) as coded on part.key = 'signaler'
    );
