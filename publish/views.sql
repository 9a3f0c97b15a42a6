-- Views for people: Vietnamese names and words, one line a thing, ready to filter and to download.

create view so_sanh_chi_tieu as
select
    targets.id as ma_chi_tieu,
    indicators.label_vi as chi_so,
    localities.full_name as dia_phuong,
    targets.year as nam,
    comparators.label_vi as so_sanh,
    measures.value as gia_tri,
    measures.unit as don_vi_tinh,
    measures.per as tinh_tren,
    changes.label_vi as muc_thay_doi,
    targets.text as noi_dung,
    targets.due_end as thoi_han,
    targets.quarter as quy,
    scopes.label_vi as loai_chi_tieu,
    confidences.label_vi as do_tin_cay,
    plans.title as ke_hoach,
    plans.issuer as noi_ban_hanh,
    targets.indicator as ma_chi_so,
    targets.plan_id as ma_ke_hoach
from targets
join plans on plans.id = targets.plan_id
left join localities on localities.id = plans.locality_id
left join indicators on indicators.code = targets.indicator
left join scopes on scopes.code = targets.scope
left join confidences on confidences.code = targets.confidence
left join measures on measures.target_id = targets.id and measures.position = 1
left join comparators on comparators.code = measures.comparator
left join changes on changes.code = measures.change;

create view lich_nhiem_vu as
select
    tasks.id as ma_nhiem_vu,
    task_quarters.quarter as quy,
    tasks.deadline_start as tu_ngay,
    tasks.deadline_end as thoi_han,
    tasks.deadline_text as thoi_han_ghi_trong_van_ban,
    deadline_kinds.label_vi as loai_thoi_han,
    tasks.deadline_rrule as chu_ky,
    tasks.text as nhiem_vu,
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'lead' order by task_units.position
    )) as chu_tri,
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'coordinate' order by task_units.position
    )) as phoi_hop,
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'implement' order by task_units.position
    )) as thuc_hien,
    (select group_concat(result, '; ') from (
        select task_results.text as result from task_results
        where task_results.task_id = tasks.id order by task_results.position
    )) as ket_qua,
    localities.full_name as dia_phuong,
    plans.title as ke_hoach,
    tasks.plan_id as ma_ke_hoach
from tasks
join plans on plans.id = tasks.plan_id
join deadline_kinds on deadline_kinds.code = tasks.deadline_kind
left join task_quarters on task_quarters.task_id = tasks.id
left join localities on localities.id = plans.locality_id;

create view nhiem_vu_theo_don_vi as
select
    task_units.id as ma_dong,
    units.name as don_vi,
    unit_kinds.label_vi as loai_don_vi,
    roles.label_vi as vai_tro,
    tasks.text as nhiem_vu,
    tasks.quarter as quy,
    tasks.deadline_end as thoi_han,
    tasks.deadline_text as thoi_han_ghi_trong_van_ban,
    task_kinds.label_vi as loai_nhiem_vu,
    localities.full_name as dia_phuong,
    plans.title as ke_hoach,
    task_units.unit_id as ma_don_vi,
    tasks.id as ma_nhiem_vu,
    tasks.plan_id as ma_ke_hoach
from task_units
join units on units.id = task_units.unit_id
join tasks on tasks.id = task_units.task_id
join plans on plans.id = tasks.plan_id
join roles on roles.code = task_units.role
left join unit_kinds on unit_kinds.code = units.kind
left join task_kinds on task_kinds.code = tasks.kind
left join localities on localities.id = plans.locality_id;

-- Every occurrence of every task, all days: what was reported of it, and what follows where nothing was.
create view task_spells as
select
    occurrence_spells.task_id, occurrence_spells.plan_id, due, coalesce(task_days.recurring, 0) as recurring, from_day,
    until_day, status, state_id
from occurrence_spells
left join task_days on task_days.task_id = occurrence_spells.task_id and task_days.day = occurrence_spells.due
union all
select
    task_id, plan_id, day, recurring, '0001-01-01', coalesce(min(day, date(first, '-1 day')), day), 'not_due', null
from (
    select
        task_days.*,
        (select min(from_day) from occurrence_spells where task_id = task_days.task_id and due = task_days.day) as first
    from task_days
)
union all
select
    task_id, plan_id, day, recurring, date(day, '+1 day'), coalesce(date(first, '-1 day'), '9999-12-31'),
    'not_reported', null
from (
    select
        task_days.*,
        (select min(from_day) from occurrence_spells where task_id = task_days.task_id and due = task_days.day) as first
    from task_days
)
where first is null or first > date(day, '+1 day')
union all
select id, plan_id, '', 0, '0001-01-01', coalesce(date(first, '-1 day'), '9999-12-31'), 'not_due', null
from (
    select
        tasks.id, tasks.plan_id,
        (select min(from_day) from occurrence_spells where task_id = tasks.id and due = '') as first
    from tasks where not exists (select 1 from task_days where task_id = tasks.id)
);

-- How each target stands: a row for each spell of days, so that "tu_ngay <= day <= den_ngay" answers for any day.
create view tinh_trang_chi_tieu as
select
    target_spells.id as ma_dong,
    localities.full_name as dia_phuong,
    indicators.label_vi as chi_so,
    targets.text as chi_tieu,
    target_statuses.label_vi as tinh_trang,
    status_reasons.label_vi as ly_do,
    target_spells.from_day as tu_ngay,
    target_spells.until_day as den_ngay,
    comparators.label_vi as so_sanh,
    course.value as muc_dat_ra,
    course.top as muc_tren,
    course.unit as don_vi_tinh,
    changes.label_vi as muc_thay_doi,
    target_spells.value as dat_duoc,
    target_spells.expected as tien_deu_phai_co,
    actuals.as_of as ngay_so_lieu,
    actuals.source as nguon,
    course.due as thoi_han,
    plans.title as ke_hoach,
    target_spells.status as ma_tinh_trang,
    target_spells.reason as ma_ly_do,
    target_spells.target_id as ma_chi_tieu,
    target_spells.actual_id as ma_so_lieu,
    target_spells.plan_id as ma_ke_hoach
from target_spells
join target_courses as course on course.id = target_spells.course_id
join targets on targets.id = target_spells.target_id
join plans on plans.id = target_spells.plan_id
join target_statuses on target_statuses.code = target_spells.status
join status_reasons on status_reasons.code = target_spells.reason
left join localities on localities.id = plans.locality_id
left join indicators on indicators.code = targets.indicator
left join comparators on comparators.code = course.comparator
left join changes on changes.code = course.change
left join actuals on actuals.id = target_spells.actual_id;

-- What is late, reported so or not reported at all, and in which days it was: a row for each spell of them.
-- Each half joins tables, not the view of all spells, so that a page of it reads a page's rows and no more.
create view nhiem_vu_cham as
select
    tasks.id as ma_nhiem_vu,
    localities.full_name as dia_phuong,
    tasks.text as nhiem_vu,
    task_statuses.label_vi as tinh_trang,
    spells.due as den_han,
    spells.from_day as tu_ngay,
    spells.until_day as den_ngay,
    iif(task_days.recurring, 'Định kỳ', 'Một lần') as loai,
    tasks.deadline_text as thoi_han_ghi_trong_van_ban,
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'lead' order by task_units.position
    )) as chu_tri,
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'implement' order by task_units.position
    )) as thuc_hien,
    reported_states.source as nguon,
    plans.title as ke_hoach,
    spells.status as ma_tinh_trang,
    spells.state_id as ma_bao_cao,
    spells.plan_id as ma_ke_hoach
from occurrence_spells as spells
join tasks on tasks.id = spells.task_id
join plans on plans.id = spells.plan_id
join task_statuses on task_statuses.code = spells.status
left join localities on localities.id = plans.locality_id
left join reported_states on reported_states.id = spells.state_id
left join task_days on task_days.task_id = spells.task_id and task_days.day = spells.due
where spells.status in ('doing_late', 'not_started_late')
union all
select
    tasks.id,
    localities.full_name,
    tasks.text,
    task_statuses.label_vi,
    task_days.day,
    date(task_days.day, '+1 day'),
    coalesce((
        select date(min(from_day), '-1 day') from occurrence_spells
        where occurrence_spells.task_id = task_days.task_id and occurrence_spells.due = task_days.day
    ), '9999-12-31'),
    iif(task_days.recurring, 'Định kỳ', 'Một lần'),
    tasks.deadline_text,
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'lead' order by task_units.position
    )),
    (select group_concat(unit, '; ') from (
        select units.name as unit from task_units join units on units.id = task_units.unit_id
        where task_units.task_id = tasks.id and task_units.role = 'implement' order by task_units.position
    )),
    null,
    plans.title,
    task_statuses.code,
    null,
    task_days.plan_id
from task_days
cross join tasks on tasks.id = task_days.task_id
cross join plans on plans.id = task_days.plan_id
cross join task_statuses on task_statuses.code = 'not_reported'
left join localities on localities.id = plans.locality_id
where not exists (
    select 1 from occurrence_spells
    where occurrence_spells.task_id = task_days.task_id and occurrence_spells.due = task_days.day
    and occurrence_spells.from_day <= date(task_days.day, '+1 day')
);

-- The latest actual of each target that no later entry replaces; targets without one are listed with blanks.
create view tien_do as
select
    targets.id as ma_chi_tieu,
    localities.full_name as dia_phuong,
    indicators.label_vi as chi_so,
    targets.text as chi_tieu,
    comparators.label_vi as so_sanh,
    measures.value as muc_dat_ra,
    measures.unit as don_vi_tinh,
    targets.due_end as thoi_han,
    latest.value as da_dat,
    latest.unit as don_vi_tinh_da_dat,
    latest.as_of as tinh_den_ngay,
    latest.source as nguon,
    latest.note as ghi_chu,
    plans.title as ke_hoach,
    targets.plan_id as ma_ke_hoach
from targets
join plans on plans.id = targets.plan_id
left join localities on localities.id = plans.locality_id
left join indicators on indicators.code = targets.indicator
left join measures on measures.target_id = targets.id and measures.position = 1
left join comparators on comparators.code = measures.comparator
left join actuals as latest on latest.id = (
    select actuals.id from actuals
    where actuals.target_id = targets.id
    and not exists (select 1 from actuals as later where later.supersedes = actuals.id)
    order by actuals.as_of desc, actuals.recorded_at desc, actuals.id desc
    limit 1
);

create view van_de_theo_ke_hoach as
select
    problems.id as ma_van_de,
    plans.title as ke_hoach,
    localities.full_name as dia_phuong,
    severities.label_vi as muc_do,
    problem_codes.label_vi as van_de,
    problems.message as chi_tiet,
    problem_codes.definition_vi as giai_thich,
    substr(plans.text, problems.span_start + 1, problems.span_end - problems.span_start) as doan_van_ban,
    problems.page as trang,
    plans.filename as tep,
    problems.plan_id as ma_ke_hoach
from problems
join plans on plans.id = problems.plan_id
left join localities on localities.id = plans.locality_id
left join severities on severities.code = problems.severity
left join problem_codes on problem_codes.code = problems.code;
