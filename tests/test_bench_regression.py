"""The regression check: its counts are the same every time, and what grows trips it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.counting import operations, steps_counted
from bench.counts import Count, adding, built, pages, reading
from bench.regression import MARGIN, Ceiling, ceilings, lowered, main, past, write
from extract import extract_plan, pipeline
from publish.database import build
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return built(tmp_path_factory.mktemp("regression"))[1]


def test_reading_a_plan_is_as_many_operations_whatever_was_read_before():
    first = next(reading())
    for path in sorted((ROOT / "corpus" / "plans").glob("mau-1*.txt")):
        extract_plan(path)
    assert next(reading()) == first


def test_hash_seeds_move_no_count():
    command = [sys.executable, "-c", "from bench.counts import reading; print(next(reading()).done)"]
    one, other = (
        int(subprocess.check_output(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}))
        for seed in ("1", "2")
    )
    assert one == pytest.approx(other, rel=0.001)


def test_how_deep_the_folder_lies_moves_no_count(tmp_path):
    def counts(folder):
        folder.mkdir(parents=True)
        names = ("mau-08-tre-em.txt", "mau-13-ho-tich.md")
        files = [Path(shutil.copy(ROOT / "corpus" / "plans" / name, folder)) for name in names]
        build(files, folder / "plans.db")
        return [one.done for one in adding(files, folder / "plans.db")]

    counts(tmp_path / "first")  # loads what any build has need of
    assert counts(tmp_path.joinpath(*"abcdefghij")) == pytest.approx(counts(tmp_path / "x"), rel=0.005)


def test_a_slower_stage_is_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    monkeypatch.setenv("PATH", "")
    file = tmp_path / "ceilings.csv"
    asked = ["--only", "reading", "--ceilings", str(file)]
    assert main([*asked, "--lower"]) == 0
    quick = pipeline.clean

    def slow(document):
        cleaned = quick(document)
        for one in range(0, len(cleaned.text), 2):  # a look at every other letter
            _ = cleaned.text[one] == "\0" or cleaned.text[one] == "\1"
        return cleaned

    monkeypatch.setattr(pipeline, "clean", slow)
    assert main(asked) == 1
    assert "reading mau-08-tre-em.txt, operations" in capsys.readouterr().out.splitlines()[-1]


def test_a_lost_index_is_found(db):
    most = lowered({}, pages(db))
    assert list(past(pages(db), most)) == []
    with closing(sqlite3.connect(db)) as connection:
        names = connection.execute("select name from sqlite_master where name like 'idx_tasks_plan%'").fetchall()
        for (name,) in names:
            connection.execute(f"drop index {name}")
    grown = [line.split(",")[0] for line in past(pages(db), most)]
    assert "page plan" in grown


def test_many_short_queries_count_as_one_long_one():
    with steps_counted() as steps, closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("select 1")
        one = steps.done
        for _ in range(99):
            connection.execute("select 1")
    assert steps.done == 100 * one > 0


def test_an_operation_in_a_loop_counts_each_time():
    def loop(times):
        for _ in range(times):
            pass

    ten, hundred = operations(lambda: loop(10)), operations(lambda: loop(100))
    assert hundred - ten == 90 * 3  # FOR_ITER, STORE_FAST, JUMP_BACKWARD


def test_ceilings_go_down_only_and_are_written_and_read(tmp_path):
    old = {"a": Ceiling(100, "x"), "b": Ceiling(1000, "x"), "gone": Ceiling(1, "x"), "other": Ceiling(1, "older")}
    new = lowered(old, [Count("a", 100, "x"), Count("b", 100, "x"), Count("new", 100, "x"), Count("other", 100, "x")])
    least = round(100 * MARGIN)
    assert {name: one.most for name, one in new.items()} == {"a": 100, "b": least, "new": least, "other": least}
    write(new, tmp_path / "file.csv")
    assert ceilings(tmp_path / "file.csv") == new


def test_what_has_no_ceiling_is_told():
    assert list(past([Count("new", 1, "x")], {})) == ["new: 1, no ceiling (make ceilings)"]
