-- Counts that pages show at once, however many plans there are: those of the plans in temp.counted are added (:sign 1)
-- or taken away (:sign -1). Their rows have to be there in both cases.

update indicators set targets_count = targets_count + :sign * own.targets
from (
    select indicator, count(*) as targets
    from temp.counted cross join targets on targets.plan_id = counted.id group by indicator
) as own
where own.indicator = indicators.code;

insert into indicator_places (id, indicator, locality_id, targets)
select indicator || '/' || coalesce(plans.locality_id, ''), indicator, plans.locality_id, :sign * count(*)
from temp.counted cross join plans on plans.id = counted.id cross join targets on targets.plan_id = counted.id
where indicator is not null group by indicator, plans.locality_id
on conflict (id) do update set targets = targets + excluded.targets;

update localities set plans_count = plans_count + :sign * own.plans
from (
    select locality_id, count(*) as plans from temp.counted cross join plans on plans.id = counted.id group by locality_id
) as own
where own.locality_id = localities.id;

update units set
    tasks_lead = units.tasks_lead + :sign * work.tasks_lead,
    tasks_coordinate = units.tasks_coordinate + :sign * work.tasks_coordinate,
    tasks_implement = units.tasks_implement + :sign * work.tasks_implement,
    tasks_count = units.tasks_count + :sign * work.tasks_count,
    plans_count = units.plans_count + :sign * work.plans_count
from (
    select
        unit_id,
        count(distinct task_id) filter (where role = 'lead') as tasks_lead,
        count(distinct task_id) filter (where role = 'coordinate') as tasks_coordinate,
        count(distinct task_id) filter (where role = 'implement') as tasks_implement,
        count(distinct task_id) as tasks_count,
        count(distinct plan_id) as plans_count
    from temp.counted cross join task_units on task_units.plan_id = counted.id
    group by unit_id
) as work
where work.unit_id = units.id;

insert into unit_places (id, unit_id, locality_id, plans)
select unit_id || '/' || coalesce(locality_id, ''), unit_id, locality_id, :sign * count(*)
from (
    select distinct unit_id, plans.locality_id, plan_id
    from temp.counted cross join plans on plans.id = counted.id cross join task_units on task_units.plan_id = counted.id
)
where true group by unit_id, locality_id
on conflict (id) do update set plans = plans + excluded.plans;

create temp table due_quarters as
select distinct
    task_id, recurring, substr(day, 1, 4) || '-Q' || ((cast(substr(day, 6, 2) as integer) + 2) / 3) as quarter
from temp.counted cross join task_days on task_days.plan_id = counted.id;
create index temp.due_quarters_task on due_quarters (task_id);

insert into unit_quarters (id, unit_id, quarter, role, tasks, recurring)
select
    task_units.unit_id || '-' || due_quarters.quarter || '-' || task_units.role,
    task_units.unit_id, due_quarters.quarter, task_units.role,
    :sign * count(distinct due_quarters.task_id),
    :sign * count(distinct due_quarters.task_id) filter (where due_quarters.recurring)
from temp.counted
cross join task_units on task_units.plan_id = counted.id
join temp.due_quarters on due_quarters.task_id = task_units.task_id
where true group by task_units.unit_id, due_quarters.quarter, task_units.role
on conflict (id) do update set tasks = tasks + excluded.tasks, recurring = recurring + excluded.recurring;

insert into quarters (quarter, tasks, recurring)
select quarter, :sign * count(*), :sign * sum(recurring) from temp.due_quarters where true group by quarter
on conflict (quarter) do update set tasks = tasks + excluded.tasks, recurring = recurring + excluded.recurring;

drop table temp.due_quarters;

insert into problem_counts (code, severity, plans, problems)
select code, 'info', :sign * count(distinct plan_id), :sign * count(*)
from temp.counted cross join problems on problems.plan_id = counted.id where true group by code
on conflict (code) do update set plans = plans + excluded.plans, problems = problems + excluded.problems;

insert into confidence_counts (id, record, confidence, number)
select 'target-' || confidence, 'target', confidence, :sign * count(*)
from temp.counted cross join targets on targets.plan_id = counted.id where confidence is not null group by confidence
union all
select 'task-' || confidence, 'task', confidence, :sign * count(*)
from temp.counted cross join tasks on tasks.plan_id = counted.id where confidence is not null group by confidence
on conflict (id) do update set number = number + excluded.number;

insert into totals (name, number)
select 'plans', :sign * count(*) from temp.counted
union all
select 'targets', :sign * count(*) from temp.counted cross join targets on targets.plan_id = counted.id
union all
select 'tasks', :sign * count(*) from temp.counted cross join tasks on tasks.plan_id = counted.id
union all
select 'problems', :sign * count(*) from temp.counted cross join problems on problems.plan_id = counted.id
union all
select 'legal_bases', :sign * count(*) from temp.counted cross join legal_bases on legal_bases.plan_id = counted.id
where true
on conflict (name) do update set number = number + excluded.number;
