-- Counts that pages show at once, however many plans there are; filled when all rows are in.

update indicators set
    targets_count = (select count(*) from targets where targets.indicator = indicators.code),
    localities_count = (
        select count(distinct plans.locality_id) from targets join plans on plans.id = targets.plan_id
        where targets.indicator = indicators.code
    );

update localities set plans_count = (select count(*) from plans where plans.locality_id = localities.id);

update units set
    tasks_lead = work.tasks_lead,
    tasks_coordinate = work.tasks_coordinate,
    tasks_implement = work.tasks_implement,
    tasks_count = work.tasks_count,
    plans_count = work.plans_count
from (
    select
        task_units.unit_id,
        count(distinct tasks.id) filter (where task_units.role = 'lead') as tasks_lead,
        count(distinct tasks.id) filter (where task_units.role = 'coordinate') as tasks_coordinate,
        count(distinct tasks.id) filter (where task_units.role = 'implement') as tasks_implement,
        count(distinct tasks.id) as tasks_count,
        count(distinct tasks.plan_id) as plans_count
    from task_units join tasks on tasks.id = task_units.task_id
    group by task_units.unit_id
) as work
where work.unit_id = units.id;

insert into unit_quarters (id, unit_id, quarter, role, tasks)
select
    task_units.unit_id || '-' || task_quarters.quarter || '-' || task_units.role,
    task_units.unit_id, task_quarters.quarter, task_units.role, count(distinct task_quarters.task_id)
from task_units join task_quarters on task_quarters.task_id = task_units.task_id
group by task_units.unit_id, task_quarters.quarter, task_units.role;

insert into quarters (quarter, tasks) select quarter, count(*) from task_quarters group by quarter;

insert into problem_counts (code, plans, problems)
select code, count(distinct plan_id), count(*) from problems group by code;

insert into totals (name, number)
select 'plans', count(*) from plans
union all select 'targets', count(*) from targets
union all select 'tasks', count(*) from tasks
union all select 'units', count(*) from units
union all select 'localities', count(distinct locality_id) from plans
union all select 'problems', count(*) from problems
union all select 'legal_bases', count(*) from legal_bases
union all select 'first_year', min(year) from plans
union all select 'last_year', max(year) from plans;
