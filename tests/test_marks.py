"""What `--debug-pdf` draws: boxes on their words, every span once, nothing of the text taken for HTML."""

import ctypes
import hashlib
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdfium2 import PdfDocument, PdfPage, raw
from selectolax.lexbor import LexborHTMLParser

from extract import extract_plan
from publish.marks import NoPages, marks_of, without_box, write_marks
from publish.marks.found import Mark
from publish.marks.html import html_page
from publish.marks.kinds import KINDS
from schemas import Box, Problem, Record, Severity, Span
from tests.conftest import ROOT
from tests.records import WARD_TEXT, all_records

KEHOACH = Path(sys.executable).with_name("kehoach")
PDF = ROOT / "tests" / "data" / "pdf"
WARD = next(record for record in all_records() if record.text == WARD_TEXT)
DRAWN = ["blanks.pdf", "rotated.pdf", "sideways.pdf", "unruled.pdf", "signed.pdf"]


def letters(text: str) -> Counter[str]:
    """How often each letter stands in a text; on a turned page pdfium gives them out of order."""
    return Counter(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())


def outlines(page: PdfPage) -> list[tuple[tuple[int, ...], Box]]:
    """The colour and place, in user space, of every rectangle with an outline that the page holds."""
    found = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        color = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetStrokeColor(shape, *color)
        found.append((tuple(part.value for part in color[:3]), shape.get_bounds()))
    return found


def drawn_text(original: PdfPage, page: PdfPage, mark: Mark, box: Box) -> str:
    """What the original says within the rectangle that was drawn for a box, in its colour and of its size."""
    wide, high = sorted((box[2] - box[0], box[3] - box[1]))
    text = original.get_textpage()
    said = []
    for color, (left, bottom, right, top) in outlines(page):
        narrow, long = sorted((right - left, top - bottom))
        if color == mark.kind.color and abs(narrow - wide) < 5 and abs(long - high) < 5:
            said.append(text.get_text_bounded(left - 1, bottom, right + 1, top))
    return "\n".join(said)


@pytest.mark.parametrize("name", DRAWN)
def test_the_boxes_drawn_lie_on_the_words_that_were_read(name: str, tmp_path: Path):
    record = extract_plan(PDF / name)
    assert write_marks(record, PDF / name, tmp_path / "out.pdf") == []
    with PdfDocument(PDF / name) as before, PdfDocument(tmp_path / "out.pdf") as after:
        assert [page.get_size() for page in after] == [page.get_size() for page in before]
        checked = 0
        for mark in marks_of(record):
            page = mark.span.page - 1
            said = "\n".join(drawn_text(before[page], after[page], mark, box) for box in mark.span.bboxes)
            stamped = name == "signed.pdf" and mark.label in {"number", "symbol", "issued"}  # not in the page's text
            assert stamped or letters(record.text[mark.span.start : mark.span.end]) <= letters(said), mark
            checked += not stamped
        assert checked >= 5


def test_the_page_below_stays_text(tmp_path: Path):
    write_marks(extract_plan(PDF / "prose.pdf"), PDF / "prose.pdf", tmp_path / "out.pdf")
    with PdfDocument(PDF / "prose.pdf") as before, PdfDocument(tmp_path / "out.pdf") as after:
        for old, new in zip(before, after, strict=True):
            assert letters(old.get_textpage().get_text_range()) <= letters(new.get_textpage().get_text_range())


def with_problem(record: Record, span: Span | None, message: str = "") -> Record:
    return record.model_copy(
        update={"problems": (Problem(code="unread_text", message=message, severity=Severity.LOW, span=span),)}
    )


def pictured(folder: Path, *, pages: int | None = 1) -> tuple[Record, Path]:
    """A picture of 600 × 840 points, and a record of it with one box."""
    path = folder / "anh.png"
    Image.new("RGB", (1000, 1400), "white").save(path, dpi=(120, 120))
    record = with_problem(WARD, Span(start=0, end=8, page=1, bboxes=((40, 20, 140, 35),)))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    source = WARD.source.model_copy(update={"sha256": sha256, "media_type": "image/png", "pages": pages})
    return record.model_copy(update={"source": source}), path


def test_a_picture_becomes_a_page_with_its_boxes(tmp_path: Path):
    record, path = pictured(tmp_path)
    write_marks(record, path, tmp_path / "out.pdf")
    with PdfDocument(tmp_path / "out.pdf") as pdf:
        assert len(pdf) == 1
        assert pdf[0].get_size() == pytest.approx((600, 840), abs=0.5)
        boxes = [box for color, box in outlines(pdf[0]) if color == KINDS["problems"].color]
    assert any(box == pytest.approx((40, 840 - 35, 140, 840 - 20), abs=1) for box in boxes)


def test_values_without_a_box_are_named(tmp_path: Path):
    record, path = pictured(tmp_path)
    lacking = write_marks(record, path, tmp_path / "out.pdf")
    assert {mark.kind.name for mark in lacking} >= {"targets", "tasks", "units", "deadlines"}
    assert len(lacking) == len(marks_of(record)) - 1
    text, _ = pictured(tmp_path, pages=None)
    assert write_marks(text, path, tmp_path / "out.html") == []


def test_a_value_that_says_no_place_is_without_a_box():
    tasks = tuple(
        task.model_copy(update={"units": tuple(u.model_copy(update={"span": None}) for u in task.units)})
        for task in WARD.tasks
    )
    units = [u for task in tasks for u in task.units]
    lacking = without_box(marks_of(WARD.model_copy(update={"tasks": tasks})))
    assert units
    assert [m.said for m in lacking if m.kind.name == "units" and m.span is None] == [u.canonical for u in units]


@pytest.mark.parametrize("pages", [None, 1])
def test_a_file_without_pages_and_a_file_that_is_not_the_one_read_are_refused(pages: int | None, tmp_path: Path):
    record, path = pictured(tmp_path, pages=pages)
    if pages:
        Image.new("RGB", (9, 9)).save(path)
    with pytest.raises(NoPages, match=r"out\.html"):
        write_marks(record, path, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_html_escapes_what_it_shows():
    evil = "<script>alert('x')</script>\"&"
    head = WARD.document.model_copy(update={"title": evil})
    record = with_problem(WARD, Span(start=0, end=len(evil)), evil).model_copy(
        update={"document": head, "text": evil + WARD.text}
    )
    page = html_page(record, marks_of(record))
    assert "<script" not in page
    assert [p.text() for p in LexborHTMLParser(page).css("main p")] == record.text.split("\n")
    assert "&lt;script&gt;" in page


SPANS = st.lists(st.tuples(st.integers(0, len(WARD_TEXT)), st.integers(0, 90)), max_size=12)


@given(SPANS)
@settings(max_examples=60)
def test_every_span_stands_once_in_the_html_with_its_words_however_spans_cross(ranges: list[tuple[int, int]]):
    spans = [Span(start=start, end=min(start + length, len(WARD_TEXT))) for start, length in ranges]
    marks = [*marks_of(WARD), *(Mark(KINDS["tasks"], "N", "", span) for span in spans)]
    tree = LexborHTMLParser(html_page(WARD, marks))
    assert [node.text() for node in tree.css("main p")] == WARD_TEXT.split("\n")
    for number, mark in ((i, mark) for i, mark in enumerate(marks) if mark.span is not None):
        assert len(tree.css(f"#m{number}")) == 1
        pieces = tree.css(f"#m{number}, mark[data-of=m{number}]")
        assert "".join(piece.text() for piece in pieces) == WARD_TEXT[mark.span.start : mark.span.end].replace("\n", "")


def test_problems_link_to_their_place():
    record = with_problem(WARD, Span(start=0, end=8), "Chỗ này")
    tree = LexborHTMLParser(html_page(record, marks_of(record)))
    [link] = tree.css("table a")
    [place] = tree.css(link.attributes["href"] or "")
    assert place.text() == WARD.text[:8]
    assert "problems" in (place.attributes["class"] or "")


def test_no_two_types_look_alike():
    colors = [kind.color for kind in KINDS.values()]
    assert all(max(abs(a - b) for a, b in zip(one, two, strict=True)) > 20 for one, two in pairwise(sorted(colors)))


def kehoach(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KEHOACH, *map(str, arguments)], capture_output=True, text=True, check=False)


REFUSED = [
    ([PDF / "prose.pdf", PDF / "table.pdf"], "out.pdf", "chỉ nhận một tệp"),
    ([PDF], "out.pdf", "chỉ nhận một tệp"),
    ([PDF / "prose.pdf"], "out.png", "tận cùng bằng .pdf hoặc .html"),
    ([ROOT / "README.md"], "out.pdf", "hãy xem dạng HTML: --debug-pdf"),
]


@pytest.mark.parametrize(("inputs", "out", "said"), REFUSED)
def test_what_cannot_be_drawn_is_refused_in_vietnamese(inputs: list[Path], out: str, said: str, tmp_path: Path):
    done = kehoach("extract", *inputs, "--debug-pdf", tmp_path / out)
    assert done.returncode == 2
    assert said.lower() in done.stderr.lower()
    assert not (tmp_path / out).exists()


def test_the_original_is_never_written_over(tmp_path: Path):
    plan = tmp_path / "ke-hoach.pdf"
    plan.write_bytes((PDF / "unruled.pdf").read_bytes())
    assert kehoach("extract", plan, "--debug-pdf", plan).returncode == 2
    assert plan.read_bytes() == (PDF / "unruled.pdf").read_bytes()


def test_marks_and_records_are_written_in_one_go(tmp_path: Path):
    done = kehoach("extract", PDF / "unruled.pdf", "--debug-pdf", tmp_path / "a.pdf", "--out", tmp_path / "records")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "records" / "unruled.pdf.json").exists()
