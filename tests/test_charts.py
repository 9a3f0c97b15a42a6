"""Charts are drawn by a process of their own: kept, cut off, begun anew."""

import asyncio
import os
import re
import signal
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

import pytest

from publish.pages import charts
from publish.pages.level_charts import Bar, bar_chart
from publish.pages.levels import Level
from tests.site import serving

T = TypeVar("T")
UNLIKE_ANY_OTHER = iter(range(1, 1000))


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    charts.end()


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: where a browser was started, this one has an event loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def chart() -> dict[str, Any]:
    """A chart that was not drawn before."""
    return dict(bar_chart([Bar("Xã Thử Nghiệm", Level(next(UNLIKE_ANY_OTHER), ">="))]))


def pids() -> list[int]:
    return [pid for process in charts._processes for pid in process._processes]


def test_a_chart_is_an_svg_with_vietnamese_letters_and_no_style_of_its_own():
    svg = run(charts.drawn(bar_chart([Bar("Phường Vĩnh Trầm ở <đâu> & “đây”", Level(85, ">=", unit="%"))])))
    ElementTree.fromstring(svg)
    assert "Phường Vĩnh Trầm ở &lt;đâu&gt; &amp; “đây”".encode() in svg
    assert not re.search(rb"<style|\sstyle=|<script|href=", svg)


def test_a_chart_drawn_before_is_not_drawn_again():
    async def twice() -> None:
        spec = chart()
        first = await charts.drawn(spec)
        assert (await charts.drawn(spec)) is first

    run(twice())


def test_readers_who_ask_at_once_for_one_chart_wait_for_one_drawing():
    async def at_once() -> None:
        spec = chart()
        one, other = await asyncio.gather(charts.drawn(spec), charts.drawn(spec))
        assert one is other

    run(at_once())


def test_a_crash_gives_a_note_and_the_next_chart_is_drawn():
    async def crashing() -> None:
        await charts.drawn(chart())
        drawing = asyncio.ensure_future(charts.picture(chart()))
        await asyncio.sleep(0.02)
        os.kill(pids()[0], signal.SIGKILL)
        answer = await drawing
        assert answer.status == 503
        assert "Chưa vẽ được biểu đồ" in answer.body.decode()
        assert answer.headers["Cache-Control"] == "no-store"
        ElementTree.fromstring(answer.body)
        assert (await charts.picture(chart())).status == 200

    run(crashing())


def test_a_process_that_died_while_it_had_nothing_to_do_is_not_noticed():
    async def idle() -> None:
        await charts.drawn(chart())
        os.kill(pids()[0], signal.SIGKILL)
        await asyncio.sleep(0.5)
        assert (await charts.picture(chart())).status == 200

    run(idle())


def test_a_chart_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    async def slow() -> None:
        many = [Bar(f"Xã {at}", Level(at)) for at in range(20_000)]
        assert (await charts.picture(bar_chart(many))).status == 503

    monkeypatch.setattr(charts, "_SECONDS", 1)
    run(slow())


def test_a_crowd_is_sent_away_and_not_kept_waiting():
    async def crowd() -> None:
        answers = await asyncio.gather(*(charts.picture(chart()) for _ in range(charts._WAITING + 3)))
        assert sorted({answer.status for answer in answers}) == [200, 503]

    run(crowd())


def test_a_chart_fetches_nothing():
    spec = {**chart(), "data": {"url": "http://127.0.0.1:9/numbers.json"}}
    assert run(charts.picture(spec)).status == 503


def children(of: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == of and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def servers_of(db: Path) -> list[int]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"serve" in words and str(db).encode() in words:
            found.append(int(line.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
@pytest.mark.parametrize("kill", [False, True], ids=["told to end", "killed"])
def test_the_process_ends_with_the_site(sample_db: Path, tmp_path: Path, kill: bool):
    own = tmp_path / "own.db"
    own.symlink_to(sample_db)
    with serving(own) as site:
        assert site.get("/so-sanh/bieu-do.svg", chi_so="online_public_services")[0] == 200
        (server,) = servers_of(own)
        drawing = children(server)
        assert drawing
        if kill:
            os.kill(server, signal.SIGKILL)
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in drawing):
            return
        time.sleep(0.05)
    pytest.fail(f"still there: {drawing}")
