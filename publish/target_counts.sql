-- By how much the spells of the targets in temp.touched change the counts of targets, added (:sign 1) or taken back (:sign -1).

create temp table steps as
with turns as materialized (
    select
        course_id, from_day, until_day, status,
        (
            select before.status from target_spells as before
            where before.target_id = spell.target_id and before.from_day < spell.from_day
            and before.course_id = spell.course_id
            order by before.from_day desc limit 1
        ) as previous
    from temp.touched cross join target_spells as spell on spell.target_id = touched.id
),

steps as (
    select course_id, from_day as day, status, :sign as number from turns where status is not previous
    union all
    select course_id, from_day, previous, -:sign from turns where previous <> status
    union all
    -- The last spell of a year: the next year's figures begin anew.
    select course_id, date(turns.until_day, '+1 day'), status, -:sign
    from turns join target_courses as course on course.id = turns.course_id
    where turns.until_day = course.until_day and turns.until_day < '9999-12-31'
)

select locality_id, indicator, year, day, status, number
from steps join target_courses as course on course.id = steps.course_id;
insert into temp.differences (facet, value, year, recurring, day, status, number)
select 'indicator', indicator, year, 0, day, status, sum(number) from temp.steps group by indicator, year, day, status;

insert into temp.differences (facet, value, year, recurring, day, status, number)
with places as materialized (
    select locality_id, year, day, status, sum(number) as number
    from temp.steps group by locality_id, year, day, status
)

select 'locality', locality_id, year, 0, day, status, number from places
union all
select 'all', '', year, 0, day, status, sum(number) from places group by year, day, status;

drop table temp.steps;
