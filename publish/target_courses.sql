-- What each target is judged by (docs/status.md): its first measure, and the time that it is for. A row a target in
-- temp.touched; one that holds for every year has a row a year. temp.measured says of the unit of a measure what it is.

insert into target_courses (
    target_id, plan_id, locality_id, indicator, year, from_day, until_day, start, due, counted_from, counted_since,
    comparator, value, top, unit, kind, change, reading, ceiling, bound, first_day, days
)
with recursive times as (
    select
        targets.id, targets.plan_id, targets.position, targets.due_rrule, plans.issued_date,
        coalesce(plans.locality_id, '') as locality_id, targets.indicator,
        coalesce(targets.year, plans.year, 0) as counted_year,
        coalesce(plans.period_start, plans.year || '-01-01', plans.issued_date) as begins,
        coalesce(targets.due_start, plans.period_start, plans.year || '-01-01', plans.issued_date) as start,
        coalesce(targets.due_end, plans.period_end, plans.year || '-12-31') as due
    from temp.touched cross join targets on targets.id = touched.id join plans on plans.id = targets.plan_id
),

main as (
    select
        times.*, measures.comparator, measures.value, measured.unit, measured.kind, measured.per, measures.change,
        -- The other end of "80 - 85%".
        (
            select other.value from measures as other
            where other.target_id = times.id and other.position = 2 and measures.comparator = '>='
            and other.comparator = '<=' and other.unit is measures.unit and other.per is measures.per
            and other.subject is measures.subject and other.change is measures.change and other.value > measures.value
        ) as top,
        start <= due and coalesce(
            measured.per = '#years' or due_rrule glob 'FREQ=YEARLY*' or due_rrule glob '*INTERVAL=12*', 0
        ) as yearly
    from times
    left join measures on measures.target_id = times.id and measures.position = 1 and measures.value is not null
    left join temp.measured on measured.id = measures.id
),

years (id, year, last) as (
    select id, cast(substr(start, 1, 4) as integer), cast(substr(due, 1, 4) as integer) from main where yearly
    union all
    select id, year + 1, last from years where year < last
),

windows as (
    select id, null as year, '0001-01-01' as from_day, '9999-12-31' as until_day from main where not coalesce(yearly, 0)
    union all
    select
        id, year, iif(year = min(year) over one, '0001-01-01', year || '-01-01'),
        iif(year = last, '9999-12-31', year || '-12-31')
    from years window one as (partition by id)
),

timed as (
    select
        main.*, windows.from_day, windows.until_day, windows.year,
        coalesce(max(main.start, windows.year || '-01-01'), main.start) as starts,
        coalesce(min(main.due, windows.year || '-12-31'), main.due) as ends
    from main join windows on windows.id = main.id
),

judged as (
    select
        *,
        value is not null and (
            kind in ('#share', '#points', '#rank')
            or change is not null
            or per not in ('', '#years')
            or (due_rrule is not null and not coalesce(yearly, 0))
        ) as reading,
        kind = '#rank' or comparator in ('<=', '<') as ceiling,
        1e-9 * max(1.0, abs(value)) as close
    from timed
)

select
    id, plan_id, locality_id, indicator, counted_year, from_day, until_day, starts, ends,
    -- A plan is often signed after its time has begun; what is counted from that day on is counted from the beginning.
    max(starts, iif(issued_date <= ends, issued_date, starts)),
    coalesce(year, substr(min(begins, start), 1, 4)) || '-01-01',
    comparator, value, top, unit, kind, change, reading, ceiling,
    -- A value up to this (from this on, if it is no ceiling) reaches the level.
    value + iif(ceiling = (comparator in ('<', '>')), -close, close),
    iif(starts <= ends, julianday(starts), null),
    iif(starts <= ends, julianday(ends) - julianday(starts) + 1, null)
from judged order by plan_id, position, from_day;
