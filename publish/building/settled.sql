-- What counts of rows that come and go can't tell: how many different ones there are, and the first and last. Of units
-- and indicators only those in temp.touched_units and temp.touched_indicators can have changed.

delete from indicator_places where targets = 0 and indicator in (select id from temp.touched_indicators);
delete from unit_places where plans = 0 and unit_id in (select id from temp.touched_units);
delete from unit_quarters where tasks = 0 and unit_id in (select id from temp.touched_units);
delete from quarters where tasks = 0;
delete from problem_counts where problems = 0;
delete from confidence_counts where number = 0;

update indicators set
    localities_count = (
        select count(*) from indicator_places where indicator = indicators.code and locality_id is not null
    )
where code in (select id from temp.touched_indicators);

update units set
    localities_count = (select count(*) from unit_places where unit_id = units.id and locality_id is not null)
where id in (select id from temp.touched_units);

update problem_counts set
    severity = case
        when exists (select 1 from problems where code = problem_counts.code and severity = 'high') then 'high'
        when exists (select 1 from problems where code = problem_counts.code and severity = 'medium') then 'medium'
        when exists (select 1 from problems where code = problem_counts.code and severity = 'low') then 'low'
        else 'info'
    end;

insert or replace into totals (name, number)
select 'units', count(*) from units
union all
select 'localities', count(*) from localities where plans_count > 0
union all
select 'first_year', min(year) from plans
union all
select 'last_year', max(year) from plans;
