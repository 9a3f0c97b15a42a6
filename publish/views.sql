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
