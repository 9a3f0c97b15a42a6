"""Pages of files as pictures, the places of words on them, and the bounds of what is kept."""

import asyncio
import hashlib
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pypdfium2 import PdfDocument

from publish.pages import drawing
from publish.pages.drawing import NoPicture, pages_of
from publish.pages.originals import NoOriginal, Originals
from publish.pages.pictures import Kept, Original, Pictures
from publish.pages.words import Letter, narrowed
from schemas import Span
from tests.conftest import ROOT
from tests.evidence import PDF

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """The work's result, from a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def original(path: Path, media_type: str = "application/pdf") -> Original:
    return Original(path, hashlib.sha256(path.read_bytes()).hexdigest(), media_type)


def opened(path: Path, media_type: str = "application/pdf") -> drawing.Pages:
    return pages_of(path, path.read_bytes(), media_type)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing, "_SECONDS", 0.0)
    with pytest.raises(NoPicture, match="quá nhiều thời gian"):
        opened(PDF / "prose.pdf").drawn(1, 144)


def test_a_huge_page_is_drawn_small(tmp_path: Path):
    pdf = PdfDocument.new()
    pdf.new_page(14_000, 14_000)
    pdf.save(tmp_path / "to.pdf")
    picture = opened(tmp_path / "to.pdf").drawn(1, 288)
    assert picture.width * picture.height <= 16_100_000


@pytest.mark.parametrize("number", [0, -1, 3, 10**9])
def test_pages_that_a_file_does_not_have_have_no_picture(number: int):
    for path, media_type in ((PDF / "prose.pdf", "application/pdf"), (SCANS / "thang.png", "image/png")):
        with pytest.raises(NoPicture, match="không có trang này"):
            opened(path, media_type).size(number)


SCANS = ROOT / "tests" / "data" / "scans"


@pytest.mark.parametrize("data", [b"", b"II*\0", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_damaged_scan_has_no_picture(data: bytes):
    with pytest.raises(NoPicture):
        pages_of(Path("anh.png"), data, "image/png").size(1)


def test_every_page_of_a_scan_is_drawn():
    scan = opened(SCANS / "ca-van-ban.tif", "image/tiff")
    pictures = {scan.drawn(number, 72).tobytes() for number in (1, 2, 3, 4)}
    assert len(pictures) == 4


def test_a_text_has_no_pages():
    with pytest.raises(NoPicture, match="không chia trang"):
        pages_of(Path("a.txt"), b"", "text/plain")


def test_pictures_are_made_once_whoever_asks(monkeypatch: pytest.MonkeyPatch):
    made = []
    draw = Pictures._draw_anew
    monkeypatch.setattr(Pictures, "_draw_anew", lambda *args: made.append(args) or draw(*args))
    pictures, file = Pictures(), original(PDF / "prose.pdf")

    async def ask() -> list[bytes]:
        return await asyncio.gather(*(pictures.png(file, 1) for _ in range(5)))

    first, *others = run(ask())
    assert first.startswith(b"\x89PNG")
    assert all(other == first for other in others)
    assert len(made) == 1


def test_a_file_that_changed_after_it_was_found_is_not_drawn(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes((PDF / "prose.pdf").read_bytes())
    file = original(path)
    path.write_bytes((PDF / "table.pdf").read_bytes())
    with pytest.raises(NoOriginal, match="đã thay đổi"):
        run(Pictures().png(file, 1))


def test_what_is_kept_stays_within_its_weight_and_the_oldest_goes_first():
    gone: list[str] = []
    kept: Kept[str, str] = Kept(10, gone.append)
    for name in "abc":
        kept.put(name, name, 4)
    assert gone == ["a"]
    assert kept.get("b") == "b"
    kept.put("d", "d", 4)
    assert gone == ["a", "c"]
    assert kept.weight == 8
    kept.put("e", "e", 99)
    assert kept.get("e") == "e"
    assert kept.weight == 99
    kept.put("e", "f", 1)
    assert (kept.get("e"), kept.weight, gone[-1]) == ("f", 1, "e")


def test_a_file_is_found_by_its_path_and_then_by_the_end_of_it(tmp_path: Path):
    data, other = b"ke hoach", b"khac"
    sha256 = hashlib.sha256(data).hexdigest()
    for place, content in (("cu/a/k.txt", other), ("moi/a/k.txt", data), ("moi/k.txt", other)):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    beside = tmp_path / "db"
    beside.mkdir()
    assert Originals(tmp_path).find("moi/a/k.txt", "k.txt", sha256) == tmp_path / "moi/a/k.txt"
    assert Originals(beside, (tmp_path / "moi",)).find("../cu/a/k.txt", "k.txt", sha256) == tmp_path / "moi/a/k.txt"
    with pytest.raises(NoOriginal, match="đã thay đổi"):
        Originals(beside).find("../cu/a/k.txt", "k.txt", sha256)
    for odd in (None, "khong/co.txt", "\0", "a" * 5000, "/", ".."):
        with pytest.raises(NoOriginal, match="không còn"):
            Originals(beside).find(odd, odd or "x", sha256)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_pipe_in_a_files_place_is_no_file(tmp_path: Path):
    os.mkfifo(tmp_path / "k.txt")
    with pytest.raises(NoOriginal):
        Originals(tmp_path).find("k.txt", "k.txt", "")


def typed(text: str, x: float = 0.0, y: float = 0.0) -> list[Letter]:
    """The letters of a line, each ten points wide and high."""
    return [Letter(c, x + 10 * i, y, x + 10 * i + 10, y + 10) for i, c in enumerate(text) if c != " "]


BOX = (0.0, 0.0, 400.0, 10.0)
NARROWED = [
    ("congan xa", "Công an xã", (0, 10), [(0.0, 0.0, 90.0, 10.0)]),
    ("1 congan", "1. Công an", (3, 10), [(20.0, 0.0, 80.0, 10.0)]),
    ("congan va congan", "Công an và Công an", (11, 18), [(100.0, 0.0, 160.0, 10.0)]),
    ("congan va congan", "Công an và Công an", (0, 7), [(0.0, 0.0, 60.0, 10.0)]),
    ("khac han", "Công an", (0, 7), [BOX]),  # the letters are others: a scan's, or of an old font
    ("", "Công an", (0, 7), [BOX]),
    ("congan", "Công an …", (8, 9), [BOX]),
]


@pytest.mark.parametrize(("printed", "text", "ends", "boxes"), NARROWED)
def test_a_spans_boxes_are_those_of_its_own_words(
    printed: str, text: str, ends: tuple[int, int], boxes: list[tuple[float, ...]]
):
    span = Span(start=ends[0], end=ends[1], page=1, bboxes=(BOX,))
    assert list(narrowed(text, span, typed(printed))) == boxes


def test_a_cells_lines_are_told_apart():
    letters = [*typed("tram yte"), *typed("xa", y=14)]
    span = Span(start=4, end=12, page=1, bboxes=((0.0, 0.0, 400.0, 30.0),))
    assert narrowed("Trạm Y tế xã", span, letters) == ((50.0, 0.0, 80.0, 10.0), (0.0, 14.0, 20.0, 24.0))[:2]


def test_a_turned_line_is_read_along_its_length():
    upwards = [Letter(c, 5, 100 - 10 * i, 15, 110 - 10 * i) for i, c in enumerate("congan")]
    span = Span(start=5, end=7, page=1, bboxes=((0.0, 0.0, 20.0, 200.0),))
    assert narrowed("Công an", span, upwards) == ((5.0, 50.0, 15.0, 70.0),)
