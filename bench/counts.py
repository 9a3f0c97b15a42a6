"""What is counted against ceilings: reading our samples, adding a plan to a database, the site's pages."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from bench.counting import PYTHON, SQLITE, operations, steps_counted
from bench.pile import extra
from bench.samples import PLANS
from bench.timing import forget
from extract import extract_plan
from publish.database import build
from publish.pages.addresses import Addresses
from publish.serve import site

READ = (
    "mau-08-tre-em.txt", "mau-13-ho-tich.md", "mau-14-the-thao-hoc-duong.html", "mau-34-chuyen-doi-so-phuong.docx",
    "mau-33-chuyen-doi-so-tinh.pdf", "baocao-02-so-ket-6-thang.txt",
)  # fmt: skip
BUILT = tuple(f"mau-{number:02}-*.txt" for number in range(1, 31))
TO = Addresses(str)
_DAY, _QUARTER, _YEAR = "2026-10-15", "2026-Q4", 2026
_WORDS, _WORD = "tập huấn cán bộ", "tuyên truyền"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things done, and what does them alike: Python's or SQLite's version."""

    what: str
    done: int
    by: str


def reading() -> Iterator[Count]:
    """Each sample to its record, when all is loaded that any plan has need of."""
    for path in [*sorted(PLANS.glob("*.txt")), *(PLANS / name for name in READ)]:
        extract_plan(path)
    for name in READ:
        work = partial(extract_plan, PLANS / name)
        forget()
        yield Count(f"reading {name}, operations", operations(work), PYTHON)


def built(folder: Path) -> tuple[list[Path], Path]:
    """The samples that a database is made of, and the database."""
    paths = [path for pattern in BUILT for path in sorted(PLANS.glob(pattern))]
    build(paths, db := folder / "plans.db")
    return paths, db


def adding(paths: list[Path], db: Path) -> Iterator[Count]:
    """One plan more than a database has, and then nothing new; what is done in other processes is not counted."""
    (new := db.with_name("moi.txt")).write_text(extra(0), "utf-8")
    for what in ("one plan more", "nothing new"):
        done: list[int] = []
        with steps_counted() as steps:
            done.append(operations(lambda: build([*paths, new], db)))
        yield Count(f"build, {what}, operations", done[0], PYTHON)
        yield Count(f"build, {what}, steps of SQL", steps.done, SQLITE)


def pages(db: Path) -> Iterator[Count]:
    """The site's pages, each of the largest thing of its kind that the database has."""
    with steps_counted() as steps, site(db) as datasette, ThreadPoolExecutor(1) as thread:
        datasette.executor = thread  # one connection: no other has to learn the tables first
        found = asyncio.run(_asked(datasette, addresses(db), lambda: steps.done))
    yield from (Count(f"page {name}, steps of SQL", done, SQLITE) for name, done in found)


async def _asked(datasette: Datasette, paths: dict[str, str], done: Callable[[], int]) -> list[tuple[str, int]]:
    await datasette.invoke_startup()
    for path in (TO.path("/khong-co"), TO.downloads()):  # where files are measured, once for a database
        await datasette.client.get(path)
    found = []
    for name, path in paths.items():
        before = done()
        response = await datasette.client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
        found.append((name, done() - before))
    return found


def addresses(db: Path) -> dict[str, str]:
    """An address of each kind of page, by a name that stays."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row

        def first(sql: str, *values: object) -> Any:
            return connection.execute(f"{sql} limit 1", values).fetchone()

        plan = dict(first("select id, slug from plans order by tasks_count desc, id"))
        task = first("select id from tasks where plan_id = ? order by id", plan["id"])["id"]
        target = first("select id from targets order by id")["id"]
        unit = first("select id from units order by tasks_count desc, id")["id"]
        locality = first("select id from localities order by plans_count desc, id")["id"]
        indicator = first("select code from indicators where code != 'other' order by targets_count desc, code")["code"]
    return {
        "home": TO.home(),
        "plans": TO.plans(),
        "plans, by words": TO.plans(tu_khoa="xã"),
        "plan": TO.plan(plan),
        "whole text": TO.plan(plan, "nguon"),
        "target": TO.target(target),
        "task": TO.task(task),
        "search, words": TO.search(tu_khoa=_WORDS),
        "search, narrowed": TO.search(tu_khoa=_WORD, loai="nhiem-vu", nam=_YEAR),
        "search, whole texts": TO.search(tu_khoa=_WORDS, loai="toan-van"),
        "compare": TO.compare(chi_so=indicator),
        "compare, like a target": TO.compare_target(target),
        "calendar": TO.calendar(nam=_YEAR),
        "calendar, a quarter": TO.calendar(quy=_QUARTER),
        "units": TO.units(),
        "unit": TO.unit(unit),
        "localities": TO.localities(),
        "locality": TO.locality(locality),
        "progress": TO.progress(_DAY),
        "quality": TO.quality(),
        "downloads": TO.downloads(),
    }
