-- How what was reported of tasks stands, as spells of days (docs/status.md). The same rules as in progress/status.py; a test
-- holds the two against each other. This works on the tasks in temp.touched.

-- Every report that stands, with the due days that it may be about.
create temp table stated as
select
    reported_states.id as state_id, tasks.id as task_id, tasks.plan_id, state, as_of,
    coalesce(recorded_at, '') as recorded_at, period_start, period_end,
    period_start is not null and period_end is not null as has_period,
    coalesce((select max(recurring) from task_days where task_id = tasks.id), 0) as recurring,
    (select max(day) from task_days where task_id = tasks.id and day <= as_of) as before,
    (select min(day) from task_days where task_id = tasks.id and day > as_of) as after,
    (select min(day) from task_days where task_id = tasks.id and day between period_start and period_end) as within,
    (select min(day) from task_days where task_id = tasks.id and day > period_end) as next,
    (select max(day) from task_days where task_id = tasks.id) as last
from temp.touched
cross join tasks on tasks.id = touched.id
join reported_states on reported_states.task_id = touched.id
where not exists (select 1 from reported_states as later where later.supersedes = reported_states.id);

-- The occurrences that each is about.
create temp table matched as
with anchored as (
    select
        *,
        case
            when not recurring then coalesce(last, '')
            when has_period then coalesce(next, last)
            when before is null or after is null then coalesce(before, after, '')
            -- The due day in the month of the report; else in its quarter, in its year; of two such the one gone by.
            when substr(before, 1, 7) = substr(as_of, 1, 7) then before
            when substr(after, 1, 7) = substr(as_of, 1, 7) then after
            when substr(before, 1, 4) <> substr(as_of, 1, 4) and substr(after, 1, 4) = substr(as_of, 1, 4) then after
            when substr(after, 1, 4) = substr(as_of, 1, 4)
                and (substr(after, 6, 2) + 2) / 3 = (substr(as_of, 6, 2) + 2) / 3
                and (substr(before, 6, 2) + 2) / 3 <> (substr(as_of, 6, 2) + 2) / 3 then after
            else before
        end as due
    from temp.stated
)

select state_id, task_id, plan_id, state, as_of, recorded_at, due
from anchored where not (recurring and has_period and within is not null)
union all
select state_id, anchored.task_id, anchored.plan_id, state, as_of, recorded_at, task_days.day
from anchored join task_days on task_days.task_id = anchored.task_id and day between period_start and period_end
where anchored.recurring and has_period and (day <= as_of or day = within or state = 'dropped')
union all
select state_id, anchored.task_id, anchored.plan_id, state, as_of, recorded_at, task_days.day
from anchored join task_days on task_days.task_id = anchored.task_id and day > due
where anchored.recurring and not has_period and state = 'dropped';

insert into occurrence_spells (task_id, plan_id, due, from_day, until_day, status, state_id)
with followed as (
    select
        *,
        lead(as_of) over (partition by task_id, due order by as_of, recorded_at, state_id) as next_day,
        due <> '' and state in ('doing_in_time', 'not_started') as until_due
    from temp.matched
),

lasting as (
    select *, coalesce(date(next_day, '-1 day'), '9999-12-31') as until_day
    from followed where next_day is null or next_day > as_of
),

parted as (
    select task_id, plan_id, due, as_of as from_day, until_day, state as status, state_id from lasting
    where not until_due
    union all
    select task_id, plan_id, due, as_of, min(until_day, due), state, state_id from lasting
    where until_due and as_of <= due
    union all
    select
        task_id, plan_id, due, max(as_of, date(due, '+1 day')), until_day,
        iif(state = 'doing_in_time', 'doing_late', 'not_started_late'), state_id
    from lasting where until_due and until_day > due
)

select * from parted order by task_id, due, from_day;

drop table temp.stated;
drop table temp.matched;
