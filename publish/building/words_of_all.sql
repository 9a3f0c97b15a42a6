-- As words.sql for all plans of a new database, whose full-text indexes know it already.

create virtual table temp.title_terms using fts5vocab(main, plans_fts, col);
create virtual table temp.target_terms using fts5vocab(main, targets_fts, col);
create virtual table temp.task_terms using fts5vocab(main, tasks_fts, col);

insert into words (word, titles, targets, tasks)
select replace(term, 'đ', 'd'), sum(titles), sum(targets), sum(tasks)
from (
    select term, doc as titles, 0 as targets, 0 as tasks from temp.title_terms where col = 'title'
    union all
    select term, 0, doc, 0 from temp.target_terms where col = 'search_text'
    union all
    select term, 0, 0, doc from temp.task_terms where col = 'search_text'
)
group by 1;

drop table temp.title_terms;
drop table temp.target_terms;
drop table temp.task_terms;
