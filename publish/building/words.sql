-- How common each word is, without accents: the rare ones say what a text is about. The words of the plans in temp.counted
-- are added (:sign 1) or taken away (:sign -1), as the full-text indexes cut them.

create virtual table temp.own_titles using fts5(title, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table temp.own_targets using fts5(search_text, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table temp.own_tasks using fts5(search_text, content='', tokenize='unicode61 remove_diacritics 2');

insert into temp.own_titles (rowid, title)
select plans.rowid, title from temp.counted cross join plans on plans.id = counted.id;
insert into temp.own_targets (rowid, search_text)
select targets.rowid, search_text from temp.counted cross join targets on targets.plan_id = counted.id;
insert into temp.own_tasks (rowid, search_text)
select tasks.rowid, search_text from temp.counted cross join tasks on tasks.plan_id = counted.id;

create virtual table temp.title_terms using fts5vocab(temp, own_titles, row);
create virtual table temp.target_terms using fts5vocab(temp, own_targets, row);
create virtual table temp.task_terms using fts5vocab(temp, own_tasks, row);

create temp table own_words as
select replace(term, 'đ', 'd') as word, sum(titles) as titles, sum(targets) as targets, sum(tasks) as tasks
from (
    select term, doc as titles, 0 as targets, 0 as tasks from temp.title_terms
    union all
    select term, 0, doc, 0 from temp.target_terms
    union all
    select term, 0, 0, doc from temp.task_terms
)
group by 1;

insert into words (word, titles, targets, tasks)
select word, :sign * titles, :sign * targets, :sign * tasks from temp.own_words where true
on conflict (word) do update set
    titles = titles + excluded.titles, targets = targets + excluded.targets, tasks = tasks + excluded.tasks;

delete from words
where titles = 0 and targets = 0 and tasks = 0 and word in (select word from temp.own_words);

drop table temp.own_words;
drop table temp.title_terms;
drop table temp.target_terms;
drop table temp.task_terms;
drop table temp.own_titles;
drop table temp.own_targets;
drop table temp.own_tasks;
