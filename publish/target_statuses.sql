-- How each target stands, as spells of days (docs/status.md). The same rules as in progress/status.py; a test holds the two
-- against each other. This works on the targets in temp.touched; unit_pairs says how one unit is given in another.

-- What is said of a target from a day on: first of each figure, until the target's time is up (`decided`: time can't change
-- that). The figures stand in the order of their days; of those known on a day the one of the highest rank holds.
create temp table turns (
    course_id integer, from_day text, rank text, said text, held real, expected real, actual_id text,
    decided integer, of_a_part integer, due text,
    primary key (course_id, from_day, rank)
) without rowid;

insert into temp.turns
with figures as (
    select
        actuals.id as actual_id, actuals.as_of, coalesce(actuals.recorded_at, '') as recorded_at, actuals.period_start,
        min(actuals.as_of, coalesce(actuals.period_end, actuals.as_of)) as day, actuals.value, actuals.percent,
        course.id as course_id, course.value as level, course.kind as wanted, course.change,
        pair.kind, pair.factor, pair.other_factor, pair.converts,
        -- What a change is counted from, in the figure's unit; else where the pace begins, in the target's.
        (
            select
                iif(of_base.factor = of_base.other_factor, baselines.value,
                    round(baselines.value * of_base.factor / of_base.other_factor, 9))
            from baselines
            join unit_pairs as of_base on of_base.unit = coalesce(baselines.unit, '') and of_base.converts
                and of_base.other = iif(course.change is null, course.unit, coalesce(actuals.unit, ''))
            where baselines.target_id = touched.id
            and baselines.as_of < min(actuals.as_of, coalesce(actuals.period_end, actuals.as_of))
            and not exists (select 1 from baselines as later where later.supersedes = baselines.id)
            and coalesce(
                abs(julianday(baselines.period_end) - julianday(baselines.period_start)
                    - julianday(actuals.period_end) + julianday(actuals.period_start)) <= 3, true
            )
            order by baselines.as_of desc, coalesce(baselines.recorded_at, '') desc, baselines.id desc limit 1
        ) as before
    from temp.touched
    cross join actuals on actuals.target_id = touched.id
    join target_courses as course on course.target_id = touched.id
    left join unit_pairs as pair on pair.unit = coalesce(actuals.unit, '') and pair.other = course.unit
    where not exists (select 1 from actuals as later where later.supersedes = actuals.id)
    and min(actuals.as_of, coalesce(actuals.period_end, actuals.as_of)) between course.from_day and course.until_day
    and actuals.as_of <= course.until_day
),

-- The figure as the target measures it: in its unit, as a share of the whole, or as a change against the base.
measured as materialized (
    select
        course_id, actual_id, as_of, recorded_at, period_start, day, before,
        case
            when level is null then value
            when change is null and wanted = '#share' and kind <> '#share' then round(percent / other_factor, 9)
            when change is null or before is null then
                case
                    when not converts then null
                    when factor = other_factor then value
                    else round(value * factor / other_factor, 9)
                end
            when wanted = '#share' and kind <> '#share' then
                iif(before > 0, round(
                    iif(change = 'increase', 1, -1) * (value - before) / before * 100 / other_factor, 9
                ), null)
            when wanted = '#times' and kind <> '#times' then
                iif(before > 0 and value > 0, round(iif(change = 'increase', value / before, before / value), 9), null)
            when converts or (wanted = '#points' and kind = '#share') then
                round(iif(change = 'increase', 1, -1) * (value - before) * factor / other_factor, 9)
        end as held
    from figures
),

-- Of a part of the time only, a share or rank says nothing final; a count does where it reaches a floor or breaks a ceiling.
compared as (
    select
        measured.*, course.value as level, course.change, course.reading, ceiling, bound, course.due, top, first_day, days,
        coalesce(reading and period_start > counted_from, false) as of_a_part,
        iif(ceiling, held <= bound, held >= bound) as reached,
        case
            when course.value is null then 'no_measure'
            when held is null then iif(change is null, 'other_unit', 'no_base')
            when reading or period_start is null then null
            when period_start < counted_since then 'other_time'
            when period_start > counted_from and iif(ceiling, held <= bound, held >= bound) = ceiling then 'other_time'
        end as refused
    from measured cross join target_courses as course on course.id = measured.course_id
),

decided as materialized (
    select
        course_id, actual_id, as_of, recorded_at, period_start, day, level, change, reading, ceiling, due, before, held,
        of_a_part, days, refused,
        case
            when refused is not null then 'no_data ' || refused
            when reached and (not (ceiling or change is not null or of_a_part) or (day >= due and not of_a_part)) then
                case when day > due then 'met reached_late' when held > top then 'met above_range' else 'met reached' end
            when day >= due and not of_a_part then 'missed not_reached'
            when reached then 'on_course holding'
            when days is null then 'no_data no_time'
        end as said,
        min(1.0, max(0.0, (julianday(day) - first_day + 1) / days)) as passed
    from compared
),

paced as (
    select
        *,
        case
            when said is not null then null
            when change is not null then iif(ceiling, null, level * passed)
            when not (reading or period_start is null) then iif(ceiling, null, level * passed)
            when not ceiling then coalesce(before, 0) + (level - coalesce(before, 0)) * passed
            when before > level then before + (level - before) * passed
        end as expected
    from decided
)

select
    course_id, as_of, (refused is null) || day || as_of || recorded_at || char(9) || actual_id,
    case
        when said is not null then said
        when expected is null then 'behind not_reached'
        when iif(ceiling, expected - held, held - expected) >= -1e-9 * max(1.0, abs(level)) then 'on_course pace'
        else 'behind pace'
    end,
    held, expected, actual_id,
    coalesce(refused is not null or said like 'met%' or said like 'missed%', false), of_a_part, due
from paced;

-- What another figure outdoes that is known on the same day or was before never holds. Mostly there is none: then each has
-- a higher rank than the one before it.
delete from temp.turns where (course_id, from_day, rank) in (
    select course_id, from_day, rank
    from (
        select course_id, from_day, rank, max(rank) over (partition by course_id order by from_day) as best
        from temp.turns where course_id in (
            select course_id from temp.turns as one
            where rank < (
                select rank from temp.turns as before
                where before.course_id = one.course_id and before.from_day <= one.from_day and before.rank <> one.rank
                order by before.from_day desc limit 1
            )
        )
    )
    where rank < best
);

-- Once the time is up, a figure that has not decided says nothing any more: the last one from before, and all later ones.
update temp.turns set said = iif(of_a_part, 'no_data other_time', 'no_data not_final'), expected = null
where not decided and from_day > due;

insert or ignore into temp.turns
select
    course_id, date(due, '+1 day'), '', iif(of_a_part, 'no_data other_time', 'no_data not_final'), held, null,
    actual_id, true, of_a_part, due
from (
    select *, max(from_day) from temp.turns where from_day <= due and due < '9999-12-31' group by course_id
) as last
where not decided and not exists (
    select 1 from temp.turns as next where next.course_id = last.course_id and next.from_day = date(last.due, '+1 day')
);

insert into temp.turns
select
    course.id, from_day, '', iif(value is null, 'no_data no_measure', 'no_data no_actual'),
    null, null, null, true, false, due
from temp.touched cross join target_courses as course on course.target_id = touched.id
where not exists (select 1 from temp.turns where turns.course_id = course.id and turns.from_day = course.from_day);

-- Each holds until the next one.
insert into target_spells (
    target_id, plan_id, course_id, from_day, until_day, status, reason, value, expected, actual_id
)
select
    target_id, plan_id, course_id, turns.from_day,
    coalesce(
        (
            select date(next.from_day, '-1 day') from temp.turns as next
            where next.course_id = turns.course_id and next.from_day > turns.from_day and next.from_day <= course.until_day
            order by next.from_day limit 1
        ),
        until_day
    ),
    substr(said, 1, instr(said, ' ') - 1), substr(said, instr(said, ' ') + 1), held, round(expected, 6), actual_id
from temp.turns cross join target_courses as course on course.id = turns.course_id
where turns.from_day <= course.until_day
order by course_id, turns.from_day;

drop table temp.turns;
