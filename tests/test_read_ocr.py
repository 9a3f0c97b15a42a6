"""Scans are read whichever way they lie; what can't be read says so. The files are made by tests/data/make_scans.py."""

import shutil
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract import extract_plan
from extract.errors import UnreadableFile
from extract.model import Line, Table
from extract.read.ocr import engine as engines
from extract.read.ocr import read_page, read_picture
from extract.read.ocr.engine import Word
from extract.read.ocr.grid import ruled_tables
from extract.read.ocr.lines import paragraph_starts, printed_lines, two_columns
from extract.read.ocr.skew import Upright, upright
from tests.tesseract import needs_tesseract

ROOT = Path(__file__).parents[1]
SCANS = ROOT / "tests" / "data" / "scans"
PLAN = ROOT / "corpus" / "plans" / "mau-05-xa-kham-suc-khoe-nghia-vu-quan-su.txt"


def blocks_of(name: str) -> tuple[Line | Table, ...]:
    path = SCANS / name
    return read_picture(path, path.read_bytes()).blocks


def lines_of(name: str) -> list[Line]:
    return [block for block in blocks_of(name) if isinstance(block, Line)]


def text_of(name: str) -> str:
    return "\n".join(line.text for line in lines_of(name))


PAGES = [
    (
        "thang.png",
        ["Số: 203/KH-UBND", "Hòa Lộc Trung, ngày 14 tháng 10 năm 2025", "KẾ HOẠCH", "1.1. Lựa chọn công dân"],
    ),
    (
        "nghieng.jpg",
        ["Số: 203/KH-UBND", "Hòa Lộc Trung, ngày 14 tháng 10 năm 2025", "KẾ HOẠCH", "1.1. Lựa chọn công dân"],
    ),
    ("xoay.png", ["NỘI DUNG, BIỆN PHÁP TIẾN HÀNH", "2. Tuyên truyền, giáo dục"]),
    ("nguoc.png", ["NỘI DUNG, BIỆN PHÁP TIẾN HÀNH", "2. Tuyên truyền, giáo dục"]),
    ("dong-dau.jpg", ["Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phước"]),
    ("gan-trong.jpg", ["Đặng Hữu Phước"]),
]


@needs_tesseract
@pytest.mark.parametrize(("name", "parts"), PAGES)
def test_a_page_is_read_in_order_straight_crooked_turned_stamped_or_nearly_empty(name, parts):
    text, at = text_of(name), 0
    for part in parts:
        assert part in text[at:], part
        at = text.index(part, at)


@needs_tesseract
def test_straight_and_crooked_pages_say_the_same():
    straight, crooked = text_of("thang.png"), text_of("nghieng.jpg")
    assert SequenceMatcher(None, straight, crooked, autojunk=False).ratio() > 0.98


@needs_tesseract
def test_the_columns_of_a_letterhead_stay_apart():
    lines = [line.text for line in lines_of("nghieng.jpg")]
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "XÃ HÒA LỘC TRUNG"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in lines


@needs_tesseract
@pytest.mark.parametrize("name", ["thang.png", "nghieng.jpg", "nguoc.png", "xoay.png"])
def test_every_line_has_its_box_on_the_paper_as_it_was_scanned(name):
    with Image.open(SCANS / name) as image:
        scale = 72 / image.info["dpi"][0]
        grey = np.asarray(image.convert("L"))
    for line in lines_of(name):
        assert line.page == 1
        assert line.box is not None
        x0, y0, x1, y1 = (round(float(side) / float(scale)) for side in line.box)
        assert (grey[max(0, y0) : y1, max(0, x0) : x1] < 120).mean() > 0.02, line.text


@needs_tesseract
def test_a_ruled_table_keeps_its_rows_and_cells():
    (table,) = [block for block in blocks_of("bang.png") if isinstance(block, Table)]
    rows = [[" ".join(line.text for line in cell.lines) for cell in row] for row in table.rows]
    assert [len(row) for row in rows] == [5] * 7
    assert rows[0][:2] == ["TT", "Nội dung công việc"]
    assert [row[0] for row in rows[1:]] == list("123456")
    assert rows[1] == [
        "1", "Hội nghị triển khai kế hoạch, giao chỉ tiêu cho các ấp", "Văn phòng HĐND và UBND xã", "Ban CHQS xã",
        "Trước 25/10/2025",
    ]  # fmt: skip
    assert rows[6][2:4] == ["", ""]


@needs_tesseract
def test_a_scanned_plan_gives_the_records_of_its_text():
    scan, text = extract_plan(SCANS / "ca-van-ban.tif"), extract_plan(PLAN)
    assert scan.source.text_source == "ocr"
    assert scan.source.pages == 4
    assert scan.document.number == text.document.number
    assert scan.document.issued == text.document.issued
    assert scan.document.signer.position == text.document.signer.position
    for field in ("targets", "tasks"):
        expected, found = ([item.text for item in getattr(r, field)] for r in (text, scan))
        read = [t for t in expected if any(SequenceMatcher(None, t, f).ratio() > 0.95 for f in found)]
        assert len(read) >= 0.9 * len(expected), (field, set(expected) - set(read))
        assert len(found) <= 1.1 * len(expected)
    for task in scan.tasks:
        assert all(span.page and span.bboxes for span in task.spans)


def test_without_tesseract_a_scan_says_what_to_install(monkeypatch):
    monkeypatch.setattr(engines, "_language_data", lambda: None)
    engines.engine.cache_clear()
    try:
        with pytest.raises(UnreadableFile, match="sudo apt-get install tesseract-ocr tesseract-ocr-vie"):
            read_picture(Path("x.png"), (SCANS / "thang.png").read_bytes())
    finally:
        engines.engine.cache_clear()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")
def test_the_program_reads_what_the_library_reads():
    data = engines._language_data()
    assert data is not None
    by_command = engines._ByCommand(str(shutil.which("tesseract")), data)
    with Image.open(SCANS / "gan-trong.jpg") as image:
        by_command.show(image.convert("L"), 200)
        words = by_command.words(engines.Layout.PAGE, threshold=engines.Threshold.SAUVOLA)
        part = by_command.words(engines.Layout.BLOCK, (1000, 150, 1500, 300), threshold=engines.Threshold.OTSU)
    assert "Phước" in [word.text for word in words]
    assert any(word.text == "Phước" and word.x0 > 1000 for word in part)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"no picture at all", b"II*\x00\x08\x00\x00\x00"])
def test_a_damaged_picture_is_unreadable_and_says_so(data):
    with pytest.raises(UnreadableFile, match="ảnh hỏng"):
        read_picture(Path("x.png"), data)


@needs_tesseract
def test_an_empty_page_gives_nothing_and_no_problem():
    read = read_page(Image.new("L", (1654, 2339), 240), 1, 200)
    assert read.blocks == ()
    assert read.problems == ()


@needs_tesseract
def test_a_page_too_blurred_to_rely_on_says_so():
    with Image.open(SCANS / "thang.png") as image:
        blurred = image.convert("L").resize((270, 382)).resize(image.size)
    problems = read_page(blurred, 3, 200).problems
    assert [problem.code for problem in problems] == ["scanned_low_quality"]
    assert "Trang 3" in problems[0].message


SLOPES = [0.0, 0.5, -1.1, 2.4, -6.0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("slope", SLOPES)
def test_a_box_of_the_straightened_page_is_found_on_the_page_as_it_came(slope, turn):
    image = Image.new("L", (1000, 1400), 255)
    ImageDraw.Draw(image).rectangle((200, 300, 220, 320), fill=0)
    page = Upright(image, 200).turned(turn).straightened(slope)
    ys, xs = np.nonzero(np.asarray(page.image) < 100)
    box = page.box(xs.min(), ys.min(), xs.max(), ys.max())
    assert box == pytest.approx((200, 300, 220, 320), abs=4)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("slope", [0.0, -1.5, 4.0])
def test_a_page_is_made_upright_without_reading_it(slope, turn):
    with Image.open(SCANS / "thang.png") as image:
        straight = image.convert("L")
    spoiled = straight.rotate(slope, Image.Resampling.BILINEAR, expand=True, fillcolor=255).rotate(-turn, expand=True)
    page = upright(spoiled, 200)
    a, _, _, _, e, _ = page.matrix
    assert page.image.height > page.image.width
    assert (round(a), round(e)) == {0: (1, 1), 90: (0, 0), 180: (-1, -1), 270: (0, 0)}[turn]


def test_merged_cells_span_what_no_ruling_cuts():
    image = Image.new("L", (1000, 700), 255)
    draw = ImageDraw.Draw(image)
    for box in [
        (50, 50, 350, 250),
        (350, 50, 950, 150),
        (350, 150, 650, 250),
        (650, 150, 950, 250),
        (50, 250, 950, 350),
    ]:
        draw.rectangle(box, outline=0, width=3)
    (table,) = ruled_tables(image, 200)
    assert [[(slot.colspan, slot.rowspan) for slot in row] for row in table.rows] == [
        [(1, 2), (2, 1)],
        [(1, 1), (1, 1)],
        [(3, 1)],
    ]


def test_a_frame_or_underlining_is_no_table():
    image = Image.new("L", (1000, 700), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((50, 50, 900, 300), outline=0, width=3)
    for y in (400, 450, 500):
        draw.line((100, y, 600, y), fill=0, width=3)
    assert ruled_tables(image, 200) == []


def words(*places: tuple[str, int, int]) -> list[Word]:
    """Words of 20 pixels' height at (text, x, y), 12 pixels a letter, a line a height."""
    return [Word(t, x, y, x + 12 * len(t), y + 20, 96.0, (1, 1, y)) for t, x, y in places]


def test_columns_are_read_one_after_the_other_though_their_lines_are_not_level():
    left = [("Nơi", 100, 100), ("nhận:", 145, 100), ("UBND", 100, 128), ("Lưu:", 100, 156)]
    right = [("TM.", 500, 104), ("ỦY", 545, 104), ("BAN", 580, 104), ("CHỦ", 520, 140), ("TỊCH", 570, 140)]
    page = words(*left, *right)
    merged = [Word(w.text, w.x0, w.y0, w.x1, w.y1, 96.0, (1, 1, (w.y0 - 90) // 30)) for w in page]
    lines = [line.text for line in printed_lines(merged, two_columns(merged))]
    assert lines == ["Nơi nhận:", "UBND", "Lưu:", "TM. ỦY BAN", "CHỦ TỊCH"]


def test_a_line_with_one_wide_gap_is_no_column():
    page = words(("Mục", 100, 100), ("đích", 172, 100), ("yêu", 260, 100), ("cầu", 100, 140), ("chung", 150, 140))
    assert two_columns(page) == []


def test_a_paragraph_begins_after_a_short_line_or_with_an_indent():
    page = words(
        *[("Thực", 140, 100), ("hiện-----------------------------", 200, 100)],
        *[("kế", 100, 130), ("hoạch-----------------------------------", 136, 130)],
        *[("này.", 100, 160)],
        *[("Căn", 100, 190), ("cứ---------------------------------------", 148, 190)],
        *[("luật", 100, 220), ("định------------------------------------", 160, 220)],
    )
    assert paragraph_starts(printed_lines(page)) == [True, False, False, True, False]
