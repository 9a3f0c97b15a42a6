"""Plans, units, places and indicators -> search entries: a row for all that the site's search finds, with facets.

`search_entries_fts` holds no text of its own. Its columns are the words of plans, targets and tasks as written
(`written`) and without accents (`plain`), those of what has a page of its own (`names`), and the facets, each as one
word (`facets`), so that narrowing a search is one more word to look for.

An entry's number says where it stands: newer plans have higher ones, a plan a higher one than what is in it, names the
highest, the most used of them first of all. It is made from these alone, so that entries come and go by themselves.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter

from publish.cells import slug
from publish.search import plain, written_words
from publish.tables import BY_NAME, Row

# Words are cut by us, the same for texts and for what people type: to the index, all but a blank is part of a word.
INDEX = """
    create virtual table search_entries_fts using fts5(
        written, plain, names, facets, content='', tokenize="ascii tokenchars '-_:.'"
    )
"""
_WHAT = {
    1: "insert into search_entries_fts (rowid, written, plain, facets) values (?, ?, ?, ?)",
    -1: """
        insert into search_entries_fts (search_entries_fts, rowid, written, plain, facets)
        values ('delete', ?, ?, ?, ?)
    """,
}
_NAME = {
    1: "insert into search_entries_fts (rowid, names) values (?, ?)",
    -1: "insert into search_entries_fts (search_entries_fts, rowid, names) values ('delete', ?, ?)",
}
_NUMBERED = """
    select plans.id, issued_date, year, tasks_count + targets_count + 1 as entries
    from temp.counted cross join plans on plans.id = counted.id
"""
_PLAN_ROW = """
    select plans.title, plans.number, plans.issuer, plans.signer_name, plans.filename, plans.year, plans.period_end,
        plans.locality_id, localities.full_name, localities.province, document_kinds.label_vi as kind
    from plans left join localities on localities.id = plans.locality_id
    left join document_kinds on document_kinds.code = plans.kind
    where plans.id = ?
"""
_TARGETS = """
    select targets.id, targets.text, targets.due_end, targets.quarter, targets.confidence,
        nullif(targets.indicator, 'other') as indicator, indicators.label_vi as named
    from targets left join indicators on indicators.code = nullif(targets.indicator, 'other')
    where targets.plan_id = ? order by targets.position desc
"""
_TASKS = """
    select tasks.id, tasks.text, tasks.deadline_end, tasks.confidence,
        (select group_concat(quarter, ' ') from (
            select quarter from task_quarters where task_id = tasks.id order by quarter
        )) as quarters,
        (select group_concat(unit_id || ':' || role, ' ') from (
            select unit_id, role from task_units where task_id = tasks.id order by position
        )) as units,
        (select group_concat(coalesce(name, ''), ' ') from (
            select name from task_units where task_id = tasks.id order by position
        )) as named,
        (select group_concat(text, ' ') from (
            select text from task_results where task_id = tasks.id order by position
        )) as results
    from tasks where tasks.plan_id = ? order by tasks.position desc
"""
# What has a page of its own; as the highest numbers come last, a search begins there.
_NAMES = {
    "indicator": """
        select code as id, label_vi as name, targets_count as often from indicators where targets_count > 0
        /* one */ and code = ?
    """,
    "unit": "select id, name, tasks_count as often from units /* one */ where id = ?",
    "place": "select id, full_name as name, plans_count as often from localities /* one */ where id = ?",
}
_NAMED = "select id, words from search_entries where record_id = ? and kind = ?"
_NUMBER = "select id from search_entries where record_id = ? and kind = ?"
_COLUMNS = tuple(BY_NAME["search_entries"].columns)
_ENTER = f"insert into search_entries values ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_COUNT_WORD = """
    insert into search_words (word, entries) values (?, ?)
    on conflict (word) do update set entries = entries + excluded.entries
"""
_WORDS_OF_ALL = (
    "create virtual table temp.vocabulary using fts5vocab(main, search_entries_fts, col)",
    "insert into search_words (word, entries) select term, doc from temp.vocabulary where col = 'plain'",
    "drop table temp.vocabulary",
)
_COUNT_ENTRIES = """
    insert into totals (name, number) values ('entries', ?)
    on conflict (name) do update set number = number + excluded.number
"""
# The bits of an entry's number. Of a plan's: the day, the plan, the place in it. Of a name's, under the highest bit:
# its kind, how much it is used, itself.
_DAY, _PLAN, _PLACE = 16, 32, 14
_USE, _ITSELF, _HIGHEST = 22, 38, 62
_FIRST_DAY = date(1945, 9, 2).toordinal()


@lru_cache(maxsize=1 << 12)
def facet_word(name: str, *values: str | int | None) -> str:
    """A facet's value as one word of the index.

    >>> facet_word("province", "Lạc Giang"), facet_word("unit_role", "công-an-xã", "lead")
    ('province:lạc-giang', 'unit_role:công-an-xã:lead')
    """
    return ":".join([name, *(slug(str(value)) for value in values)])


class Entries:
    """Adds and takes away entries, and counts in how many of them each word is."""

    def __init__(self, connection: sqlite3.Connection, *, words_of_all: bool = False) -> None:
        """Of a new database, the words of all are counted at the end."""
        self._connection, self._words_of_all = connection, words_of_all
        self._words: Counter[str] = Counter()
        self._number = 0

    def add(self) -> None:
        """Add the entries of the plans in temp.counted, which have none yet; by number, which is much faster."""
        self._connection.execute("create temp table numbered (number integer, plan text, entries int)")
        with _rows(self._connection, _NUMBERED) as plans:
            numbered = ((_number(plan), plan["id"], plan["entries"]) for plan in plans)
            self._connection.executemany("insert into temp.numbered values (?, ?, ?)", numbered)
        for number, key, entries in self._connection.execute("select * from temp.numbered order by number, plan"):
            first = self._free(number, entries)
            for at, (row, text) in enumerate(_entries(self._connection, key), first):
                self._put({**row, "id": at}, text)
        self._connection.execute("drop table temp.numbered")

    def take_away(self) -> None:
        """Take away the entries of the plans in temp.counted, whose rows are there still, and as they were then."""
        for (key,) in self._connection.execute("select id from temp.counted").fetchall():
            for row, text in _entries(self._connection, key):
                self._take_out(row, text)

    def name_anew(self, kind: str, keys: Iterable[str]) -> None:
        """Enter indicators, units or places as they are called and used now."""
        for key in sorted(keys):
            for number, words in self._connection.execute(_NAMED, [key, kind]).fetchall():
                self._connection.execute(_NAME[-1], [number, words])
                self._connection.execute("delete from search_entries where id = ?", [number])
                self._number -= 1
            with _rows(self._connection, _NAMES[kind], key) as found:
                self._name(kind, found)

    def name_all(self) -> None:
        """Enter all indicators, units and places of a new database."""
        for kind, sql in _NAMES.items():
            with _rows(self._connection, sql.partition("/* one */")[0]) as found:
                self._name(kind, found)

    def finish(self) -> None:
        """Write down how many entries there are, and in how many each word is."""
        if self._words_of_all:
            self._connection.execute("insert into search_entries_fts (search_entries_fts) values ('optimize')")
            for statement in _WORDS_OF_ALL:
                self._connection.execute(statement)
        else:
            self._connection.executemany(_COUNT_WORD, sorted(self._words.items()))
            zero = "delete from search_words where word = ? and entries = 0"
            self._connection.executemany(zero, ((word,) for word in self._words))
        self._connection.execute(_COUNT_ENTRIES, [self._number])

    def _name(self, kind: str, found: Iterable[Row]) -> None:
        for number, row in sorted(((_name_number(kind, row), row) for row in found), key=itemgetter(0)):
            at, words = self._free(number, 1), " ".join(map(plain, written_words(str(row["name"]))))
            self._insert({"id": at, "kind": kind, "record_id": row["id"], "words": words})
            self._connection.execute(_NAME[1], [at, words])

    def _put(self, row: Row, text: str) -> None:
        written = written_words(text)
        row["words"] = " ".join(map(plain, written))
        self._insert(row)
        self._connection.execute(_WHAT[1], [row["id"], " ".join(written), row["words"], " ".join(facet_words(row))])
        if not self._words_of_all:
            self._words.update(set(str(row["words"]).split()))

    def _take_out(self, row: Row, text: str) -> None:
        (number,) = self._connection.execute(_NUMBER, [row["record_id"], row["kind"]]).fetchone()
        written = written_words(text)
        words = " ".join(map(plain, written))
        self._connection.execute(_WHAT[-1], [number, " ".join(written), words, " ".join(facet_words(row))])
        self._connection.execute("delete from search_entries where id = ?", [number])
        self._words.subtract(set(words.split()))
        self._number -= 1

    def _insert(self, row: Row) -> None:
        self._connection.execute(_ENTER, list(map(row.get, _COLUMNS)))
        self._number += 1

    def _free(self, number: int, entries: int) -> int:
        """The number, or one soon after it where others have it: so many following ones are free."""
        while True:
            sql = "select max(id) from search_entries where id between ? and ?"
            (taken,) = self._connection.execute(sql, [number, number + entries - 1]).fetchone()
            if taken is None:
                return number
            number = taken + 1


def _number(plan: Row) -> int:
    """The number of a plan's first entry: by day of issue, then by the plan itself."""
    told = plan["issued_date"] or (f"{plan['year']:04}-01-01" if plan["year"] else None)
    day = date.fromisoformat(str(told)).toordinal() - _FIRST_DAY if told else 0
    day = min(max(day, 0), (1 << _DAY) - 1)
    return (day << _PLAN | _mixed(str(plan["id"]), _PLAN)) << _PLACE


def _name_number(kind: str, row: Row) -> int:
    used = min(int(str(row["often"] or 0)), (1 << _USE) - 1)
    at = list(_NAMES).index(kind)
    return 1 << _HIGHEST | (at << _USE | used) << _ITSELF | _mixed(str(row["id"]), _ITSELF)


def _mixed(key: str, bits: int) -> int:
    """So many bits out of a key, the same on every machine."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big") >> (64 - bits)


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


def _entries(connection: sqlite3.Connection, key: str) -> Iterator[tuple[Row, str]]:
    """Every entry of a plan, with the text that it is found by."""
    with _rows(connection, _PLAN_ROW, key) as plans, _rows(connection, _TASKS, key) as tasks:
        plan = next(plans)
        own: Row = {"plan_id": key, **{name: plan[name] for name in ("year", "locality_id", "province")}}
        for task in tasks:
            row: Row = {**own, **task, "kind": "task", "record_id": task["id"], "due": task["deadline_end"]}
            yield row, _text(task, "text", "named", "results")
    with _rows(connection, _TARGETS, key) as targets:
        for target in targets:
            row = {**own, **target, "kind": "target", "record_id": target["id"], "due": target["due_end"]}
            yield {**row, "quarters": target["quarter"]}, _text(target, "text", "named")
    row = {**own, "kind": "plan", "record_id": key, "due": plan["period_end"]}
    yield row, _text(plan, "kind", "title", "number", "issuer", "full_name", "signer_name", "filename")


def _text(row: Row, *names: str) -> str:
    return " ".join(str(row[name]) for name in names if row[name])


@contextmanager
def _rows(connection: sqlite3.Connection, sql: str, *values: object) -> Iterator[Iterator[Row]]:
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        yield (dict(zip(names, row, strict=True)) for row in cursor)
