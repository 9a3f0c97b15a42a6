"""A finished database -> its search entries: a row for all that the site's search finds, with what to narrow it by.

`search_entries_fts` holds no text of its own. Its columns are the words of plans, targets and tasks as written
(`written`) and without accents (`plain`), those of what has a page of its own (`names`), and the facets, each as one
word (`facets`), so that narrowing a search is one more word to look for.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache

from publish.cells import slug
from publish.search import plain, written_words
from publish.tables import BY_NAME, Row

# Words are cut by us, the same for texts and for what people type: to the index, all but a blank is part of a word.
_INDEX = """
    create virtual table search_entries_fts using fts5(
        written, plain, names, facets, content='', tokenize="ascii tokenchars '-_:.'"
    )
"""
_ADD = "insert into search_entries_fts (rowid, written, plain, facets) values (?, ?, ?, ?)"
_ADD_NAME = "insert into search_entries_fts (rowid, names) values (?, ?)"
_WORDS = """
    create virtual table temp.vocabulary using fts5vocab(main, search_entries_fts, col);
    insert into search_words (word, entries) select term, doc from temp.vocabulary where col = 'plain';
    drop table temp.vocabulary;
"""
_PLANS = """
    select plans.id, plans.title, plans.number, plans.issuer, plans.signer_name, plans.filename, plans.year,
        plans.period_end, plans.locality_id, localities.full_name, localities.province, document_kinds.label_vi as kind
    from plans left join localities on localities.id = plans.locality_id
    left join document_kinds on document_kinds.code = plans.kind
    order by coalesce(plans.issued_date, plans.year), plans.id
"""
_TARGETS = """
    select targets.id, targets.text, targets.due_end, targets.quarter, targets.confidence,
        nullif(targets.indicator, 'other') as indicator, indicators.label_vi as named
    from targets left join indicators on indicators.code = nullif(targets.indicator, 'other')
    where targets.plan_id = ? order by targets.position desc
"""
_TASKS = """
    select tasks.id, tasks.text, tasks.deadline_end, tasks.confidence,
        (select group_concat(quarter, ' ') from task_quarters where task_id = tasks.id) as quarters,
        (select group_concat(unit_id || ':' || role, ' ') from task_units where task_id = tasks.id) as units,
        (select group_concat(coalesce(name, ''), ' ') from task_units where task_id = tasks.id) as named,
        (select group_concat(text, ' ') from task_results where task_id = tasks.id) as results
    from tasks where tasks.plan_id = ? order by tasks.position desc
"""
# What has a page of its own; the most used come last, where a search begins.
_NAMES = (
    "select 'indicator' as kind, code as id, label_vi as name from indicators where targets_count > 0 order by code",
    "select 'unit' as kind, id, name from units order by tasks_count, id desc",
    "select 'place' as kind, id, full_name as name from localities order by plans_count, id desc",
)


@lru_cache(maxsize=1 << 16)
def facet_word(name: str, *values: str | int | None) -> str:
    """A facet's value as one word of the index.

    >>> facet_word("province", "Lạc Giang"), facet_word("unit_role", "công-an-xã", "lead")
    ('province:lạc-giang', 'unit_role:công-an-xã:lead')
    """
    return ":".join([name, *(slug(str(value)) for value in values)])


def index_entries(connection: sqlite3.Connection) -> None:
    """Fill `search_entries`, `search_words` and make the index; newer plans come later, a plan after what is in it."""
    connection.execute(_INDEX)
    columns = list(BY_NAME["search_entries"].columns)
    insert = f"insert into search_entries values ({', '.join('?' * len(columns))})"  # noqa: S608
    for at, (row, text) in enumerate(_entries(connection), 1):
        written = written_words(text)
        row["words"] = " ".join(map(plain, written))
        connection.execute(insert, [at, *map(row.get, columns[1:])])
        if row.get("plan_id"):
            connection.execute(_ADD, [at, " ".join(written), row["words"], " ".join(facet_words(row))])
        else:
            connection.execute(_ADD_NAME, [at, row["words"]])
    connection.execute("insert into search_entries_fts (search_entries_fts) values ('optimize')")
    connection.executescript(_WORDS)


def facet_words(row: Row) -> Iterator[str]:
    """All that an entry can be narrowed by."""
    for name in ("kind", "year", "locality_id", "province", "indicator", "confidence"):
        if row.get(name) is not None:
            yield facet_word(name, row[name])
    for quarter in str(row.get("quarters") or "").split():
        yield facet_word("quarter", quarter)
    named = [unit.rpartition(":") for unit in str(row.get("units") or "").split()]
    for unit in dict.fromkeys(unit for unit, _, _ in named):
        yield facet_word("unit", unit)
    for role in dict.fromkeys(role for _, _, role in named):
        yield facet_word("role", role)
    for unit, _, role in named:
        yield facet_word("unit_role", unit, role)


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[Row, str]]:
    """Every entry, with the text that it is found by."""
    for plan in _rows(connection, _PLANS):
        own: Row = {"plan_id": plan["id"], **{name: plan[name] for name in ("year", "locality_id", "province")}}
        for task in _rows(connection, _TASKS, plan["id"]):
            row: Row = {**own, **task, "kind": "task", "record_id": task["id"], "due": task["deadline_end"]}
            yield row, _text(task, "text", "named", "results")
        for target in _rows(connection, _TARGETS, plan["id"]):
            row = {**own, **target, "kind": "target", "record_id": target["id"], "due": target["due_end"]}
            yield {**row, "quarters": target["quarter"]}, _text(target, "text", "named")
        row = {**own, "kind": "plan", "record_id": plan["id"], "due": plan["period_end"]}
        yield row, _text(plan, "kind", "title", "number", "issuer", "full_name", "signer_name", "filename")
    for names in _NAMES:
        for named in _rows(connection, names):
            yield {"kind": named["kind"], "record_id": named["id"]}, str(named["name"])


def _text(row: Row, *names: str) -> str:
    return " ".join(str(row[name]) for name in names if row[name])


def _rows(connection: sqlite3.Connection, sql: str, *values: object) -> Iterator[Row]:
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        yield from (dict(zip(names, row, strict=True)) for row in cursor)
