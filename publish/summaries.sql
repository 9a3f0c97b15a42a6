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
    plans_count = work.plans_count,
    localities_count = work.localities_count
from (
    select
        task_units.unit_id,
        count(distinct tasks.id) filter (where task_units.role = 'lead') as tasks_lead,
        count(distinct tasks.id) filter (where task_units.role = 'coordinate') as tasks_coordinate,
        count(distinct tasks.id) filter (where task_units.role = 'implement') as tasks_implement,
        count(distinct tasks.id) as tasks_count,
        count(distinct tasks.plan_id) as plans_count,
        count(distinct plans.locality_id) as localities_count
    from task_units join tasks on tasks.id = task_units.task_id join plans on plans.id = tasks.plan_id
    group by task_units.unit_id
) as work
where work.unit_id = units.id;

create temp table due_quarters as
select distinct
    task_id, recurring, substr(day, 1, 4) || '-Q' || ((cast(substr(day, 6, 2) as integer) + 2) / 3) as quarter
from task_days;
create index temp.due_quarters_task on due_quarters (task_id);

insert into unit_quarters (id, unit_id, quarter, role, tasks, recurring)
select
    task_units.unit_id || '-' || due_quarters.quarter || '-' || task_units.role,
    task_units.unit_id, due_quarters.quarter, task_units.role,
    count(distinct due_quarters.task_id), count(distinct due_quarters.task_id) filter (where due_quarters.recurring)
from task_units join due_quarters on due_quarters.task_id = task_units.task_id
group by task_units.unit_id, due_quarters.quarter, task_units.role;

insert into quarters (quarter, tasks, recurring) select quarter, count(*), sum(recurring) from due_quarters group by quarter;

drop table temp.due_quarters;

insert into problem_counts (code, severity, plans, problems)
select
    code,
    case max(case severity when 'high' then 3 when 'medium' then 2 when 'low' then 1 else 0 end)
        when 3 then 'high' when 2 then 'medium' when 1 then 'low' else 'info'
    end,
    count(distinct plan_id), count(*)
from problems group by code;

insert into confidence_counts (id, record, confidence, number)
select 'target-' || confidence, 'target', confidence, count(*) from targets where confidence is not null
group by confidence
union all
select 'task-' || confidence, 'task', confidence, count(*) from tasks where confidence is not null
group by confidence;

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

-- How common each word is, without accents: the rare ones say what a text is about. The full-text indexes know it.
create virtual table temp.title_terms using fts5vocab(main, plans_fts, col);
create virtual table temp.target_terms using fts5vocab(main, targets_fts, col);
create virtual table temp.task_terms using fts5vocab(main, tasks_fts, col);

insert into words (word, titles, targets, tasks)
select replace(term, 'đ', 'd'), sum(titles), sum(targets), sum(tasks)
from (
    select term, doc as titles, 0 as targets, 0 as tasks from title_terms where col = 'title'
    union all select term, 0, doc, 0 from target_terms where col = 'search_text'
    union all select term, 0, 0, doc from task_terms where col = 'search_text'
)
group by 1;

drop table temp.title_terms;
drop table temp.target_terms;
drop table temp.task_terms;
