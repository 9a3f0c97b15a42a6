-- By how much what was reported of the tasks in temp.touched changes the counts, added (:sign 1) or taken back (:sign -1).
-- With :due 1 also the counts of what is due with nothing reported, for tasks that come or go.

create temp table steps as
with first as (
    select task_id, plan_id, due, min(from_day) as day
    from temp.touched cross join occurrence_spells on occurrence_spells.task_id = touched.id
    group by task_id, due
),

steps as (
    select task_id, plan_id, due, from_day as day, status, :sign as number
    from temp.touched cross join occurrence_spells on occurrence_spells.task_id = touched.id
    union all
    select task_id, plan_id, due, date(until_day, '+1 day'), status, -:sign
    from temp.touched cross join occurrence_spells on occurrence_spells.task_id = touched.id
    where until_day < '9999-12-31'
    union all
    -- From the first report on, nothing follows from its day alone.
    select task_id, plan_id, due, day, iif(due = '' or day <= due, 'not_due', 'not_reported'), -:sign from first
    union all
    select task_id, plan_id, due, date(due, '+1 day'), 'not_due', :sign from first where day <= due
    union all
    select task_id, plan_id, due, date(due, '+1 day'), 'not_reported', -:sign from first where day <= due
    union all
    select task_id, plan_id, day, '0001-01-01', 'not_due', :sign
    from temp.touched cross join task_days on task_days.task_id = touched.id where :due
    union all
    select task_id, plan_id, day, date(day, '+1 day'), 'not_due', -:sign
    from temp.touched cross join task_days on task_days.task_id = touched.id where :due
    union all
    select task_id, plan_id, day, date(day, '+1 day'), 'not_reported', :sign
    from temp.touched cross join task_days on task_days.task_id = touched.id where :due
    union all
    select tasks.id, plan_id, '', '0001-01-01', 'not_due', :sign
    from temp.touched cross join tasks on tasks.id = touched.id
    where :due and not exists (select 1 from task_days where task_days.task_id = tasks.id)
)

select
    steps.task_id, coalesce(plans.locality_id, '') as locality_id,
    coalesce(nullif(substr(due, 1, 4), '') + 0, plans.year, 0) as year,
    iif(due = '', '', substr(due, 1, 4) || '-Q' || ((substr(due, 6, 2) + 2) / 3)) as quarter,
    coalesce(task_days.recurring, 0) as recurring, steps.day, status, steps.number
from steps join plans on plans.id = steps.plan_id
left join task_days on task_days.task_id = steps.task_id and task_days.day = steps.due;

insert into temp.differences (facet, value, year, recurring, day, status, number)
with places as materialized (
    select locality_id, year, recurring, day, status, sum(number) as number
    from temp.steps group by locality_id, year, recurring, day, status
)

select 'locality', locality_id, year, recurring, day, status, number from places
union all
select 'all', '', year, recurring, day, status, sum(number) from places group by year, recurring, day, status;

insert into temp.differences (facet, value, year, recurring, day, status, number)
select 'quarter', quarter, year, recurring, day, status, sum(number)
from temp.steps group by quarter, year, recurring, day, status;

-- Of those who lead a task; where no one does, of those who carry it out.
insert into temp.differences (facet, value, year, recurring, day, status, number)
select 'unit', unit_id, year, recurring, day, status, sum(number)
from temp.steps
join (
    select distinct task_units.task_id, unit_id
    from temp.touched cross join task_units on task_units.task_id = touched.id
    where role = 'lead' or (
        role = 'implement'
        and not exists (select 1 from task_units as lead where lead.task_id = touched.id and lead.role = 'lead')
    )
) as charged on charged.task_id = steps.task_id
group by unit_id, year, recurring, day, status;

drop table temp.steps;
