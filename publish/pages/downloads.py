"""Tải về: the files that there are, how many rows each has and about how large it is, of all plans or of some."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.cells import address_words
from publish.export.comma_separated import sheet_csv
from publish.export.formats import CSV, FORMATS, JSON, XLSX, Format, one_table
from publish.export.normalized import TABLES_EXPORTED
from publish.export.records import record_json
from publish.export.selection import NothingChosen, Selection, chosen_plans
from publish.export.sheets import CONTENTS, SHEETS
from publish.export.sizes import Size
from publish.export.source import Source
from publish.export.workbook import workbook
from publish.pages.language import translated
from publish.pages.page import row, rows
from publish.pages.plan import known_key
from publish.tables import CODELISTS

Row = dict[str, Any]

_MOST_NAMED = 300  # localities among which to choose; more are found by typing
_YEARS = "select distinct year from plans where year order by year desc"
_COUNTS = """
    select count(*) as plans, coalesce(sum(targets_count), 0) as targets, coalesce(sum(tasks_count), 0) as tasks,
        coalesce(sum(problems_count), 0) as problems
    from plans where id in (select id from temp.counted)
"""
_BASES = "select count(*) as legal_bases from legal_bases where plan_id in (select id from temp.counted)"
# Which count says how many rows a file has.
_COUNTED = {
    "ke-hoach": "plans",
    "chi-tieu": "targets",
    "nhiem-vu": "tasks",
    "can-cu": "legal_bases",
    "can-xem-lai": "problems",
}
# One plan's files, by the ending of their addresses.
PLAN_FORMATS = {"xlsx": XLSX, "csv": CSV, "json": JSON}


@dataclass(frozen=True, slots=True)
class Offer:
    """A file to download; `rows` is None where it has several tables, `size` None where nobody measured."""

    name: str
    title: str
    about: str
    rows: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows; `counts` are of the plans that are asked for, `trouble` says why none are."""

    counts: Mapping[str, int]
    years: list[int]
    localities: list[Row]
    codelists: list[Row]
    trouble: NothingChosen | None = None


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan's file, whole."""

    name: str
    body: bytes


def page(connection: sqlite3.Connection, selection: Selection) -> Page:
    """The page for a selection; for all plans where the selection has none."""
    counts, trouble = _all_counts(connection), chosen(connection, selection)
    if selection and not trouble:
        counts = _counts_of(connection, chosen_plans(connection, selection))
    return Page(
        counts=counts,
        years=[
            one["year"] for one in rows(connection, "select distinct year from plans where year order by year desc")
        ],
        localities=rows(
            connection, "select id, full_name from localities where plans_count order by full_name limit ?", _MOST_NAMED
        ),
        codelists=_codelists(connection),
        trouble=trouble,
    )


def _all_counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {one["name"]: one["number"] for one in rows(connection, "select name, number from totals")}


def _counts_of(connection: sqlite3.Connection, plans: list[str]) -> dict[str, int]:
    connection.execute("create temp table if not exists counted (id text primary key)")
    connection.execute("delete from temp.counted")
    connection.executemany("insert into temp.counted values (?)", ((key,) for key in plans))
    return {**(row(connection, _COUNTS) or {}), **(row(connection, _BASES) or {})}


def _codelists(connection: sqlite3.Connection) -> list[Row]:
    counts = " union all ".join(f"select '{name}' as name, count(*) as codes from {name}" for name in _LISTS)  # noqa: S608
    return rows(connection, counts)


_LISTS = ("indicators", *CODELISTS)


def for_people(counts: Mapping[str, int], sizes: Mapping[str, Size]) -> list[Offer]:
    """The tables for people, each as CSV."""
    plans = counts["plans"]
    return [
        Offer(
            name=f"{sheet.name}.csv",
            title=translated(sheet.title),
            about=translated(sheet.about),
            rows=counts.get(_COUNTED[sheet.name], 0),
            size=_size(sizes, f"{sheet.name}.csv", plans),
        )
        for sheet in SHEETS
    ]


def for_programs(counts: Mapping[str, int], sizes: Mapping[str, Size]) -> list[Offer]:
    """Every format but the workbook, which has its own place, and the database, which is there only whole."""
    plans = counts["plans"]
    return [
        Offer(form.file_name, translated(form.title), _sentence(form.says), size=_size(sizes, form.file_name, plans))
        for form in FORMATS.values()
        if form.offered and form.name != "xlsx"
    ]


def _size(sizes: Mapping[str, Size], name: str, plans: int) -> int | None:
    return sizes[name].of(plans) if name in sizes else None


def _sentence(words: str) -> str:
    said = translated(words)
    return f"{said[:1].upper()}{said[1:]}."


def format_of(name: str) -> Format | None:
    """The format that a file's name means: of all, of a table for people, or of a table of the database."""
    known = {form.file_name: form for form in FORMATS.values() if form.offered}
    known |= {f"{sheet.name}.csv": one_table(sheet.name) for sheet in SHEETS}
    known |= {f"bang/{table.name}.csv": one_table(table.name) for table in TABLES_EXPORTED}
    return known.get(name)


def in_words(trouble: NothingChosen | None) -> str:
    """What is wrong with a selection, in the language of the page; "" where nothing is."""
    return translated(trouble.said) % trouble.values if trouble else ""


def chosen(connection: sqlite3.Connection, selection: Selection) -> NothingChosen | None:
    """What is wrong with a selection, None where it has plans."""
    try:
        if selection:
            chosen_plans(connection, selection)
    except NothingChosen as error:
        return error
    return None


def file_name(name: str, selection: Selection) -> str:
    """What a browser calls the file, by what was asked for.

    >>> file_name("bang/tasks.csv", Selection(localities=("Hòn Mây",), years=(2026,)))
    'tasks-hon-may-2026.csv'
    """
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    asked = address_words(" ".join([*selection.plans, *selection.localities, *map(str, selection.years)]))
    return f"{stem}-{asked}.{suffix}" if asked else f"{stem}.{suffix}"


def plan_file(connection: sqlite3.Connection, given: str, form: str, db: Path, site: str) -> PlanFile | None:
    """A plan's workbook, table or record; None where no plan is meant."""
    key = known_key(connection, given)
    found = key and row(connection, "select id, slug from plans where id = ?", key)
    if not key or not found:
        return None
    source = Source(connection, db, site)
    if form == "json":
        body = record_json(source, key)
    else:
        body = b"".join(workbook(source, [key]) if form == "xlsx" else sheet_csv(source, CONTENTS, [key]))
    return PlanFile(f"{'-'.join(filter(None, (found['slug'], key)))}.{form}", body)
