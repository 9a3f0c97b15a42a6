"""What tests of evidence share: plans of PDFs, some of which can't be drawn, and what a page shows of a record."""

import hashlib
import json
import re
import shutil
import sqlite3
import unicodedata
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.read.pdf.frame import frame_of
from publish.database import build
from schemas import Record

PDF = Path(__file__).parent / "data" / "pdf"
DRAWN = ["prose.pdf", "table.pdf", "table_landscape.pdf", "rotated.pdf", "sideways.pdf", "unruled.pdf", "signed.pdf"]
TEXT_PLAN = "2063c9aba96fa48d"  # mau-17


def plans_of_pdfs(folder: Path) -> Path:
    """The database of some PDFs, and of files that say they are PDFs and can't be drawn, each beside its record."""
    for name in DRAWN:
        shutil.copy(PDF / name, folder)
    build([folder], folder / "first.db")
    record = record_of(folder / "first.db", "prose.pdf")
    for name, data in _undrawable().items():
        (folder / name).write_bytes(data)
        _as_if_read_from(record, folder / name)
    report = build([*(folder / name for name in DRAWN), *folder.glob("*.json")], folder / "plans.db")
    assert report.failures == ()
    return folder / "plans.db"


def _undrawable() -> dict[str, bytes]:
    empty = PdfDocument.new()
    out = BytesIO()
    empty.new_page(0.5, 0.5)
    empty.save(out)
    return {
        "khoa.pdf": (PDF / "locked.pdf").read_bytes(),
        "hong.pdf": b"%PDF-1.7 not really",
        "mot-trang.pdf": (PDF / "blanks.pdf").read_bytes(),  # the record speaks of a second page
        "khong-kich-thuoc.pdf": out.getvalue(),
    }


def _as_if_read_from(record: Record, path: Path) -> None:
    """Write a record that says that it was read from another file, as an earlier version of that file would give."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    own = json.loads(record.model_dump_json().replace(record.id, sha256[:16]))
    own["source"] |= {"filename": path.name, "sha256": sha256}
    path.with_suffix(".json").write_text(json.dumps(own), "utf-8")


def records(db: Path) -> list[Record]:
    with closing(sqlite3.connect(db)) as connection:
        return [Record.model_validate_json(one) for (one,) in connection.execute("select json from records")]


def record_of(db: Path, filename: str) -> Record:
    return next(one for one in records(db) if one.source.filename == filename)


def permalinks(record: Record) -> list[tuple[str, Any]]:
    targets = [(f"/chi-tieu/{one.id}", one) for one in record.targets]
    return targets + [(f"/nhiem-vu/{one.id}", one) for one in record.tasks]


def letters(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in plain if letter.isalnum())


def whole_pages(tree: LexborHTMLParser) -> list[tuple[int, LexborNode]]:
    """The pictures of whole pages, with the page's number."""
    found = []
    for svg in tree.css("svg.page"):
        address = svg.css_first("image").attributes["href"] or ""
        paper = svg.css_first("rect.paper").attributes
        if svg.attributes["viewBox"] == f"0 0 {paper['width']} {paper['height']}":
            found.append((int(re.search(r"/trang/(\d+)\.png", address)[1]), svg))
    return found


def rectangles(svg: LexborNode, which: str = ".box.main") -> list[tuple[float, float, float, float]]:
    """The boxes that are drawn, as x0, top, x1, bottom in points."""
    boxes = (rect.attributes for rect in svg.css(f"{which} rect"))
    found = [[float(box[name] or 0) for name in ("x", "y", "width", "height")] for box in boxes]
    return [(x, y, x + width, y + height) for x, y, width, height in found]


def printed_in(path: Path, page: int, boxes: list[tuple[float, float, float, float]]) -> str:
    """The letters of a PDF's page whose middles lie in boxes, a box after another, each along its longer side."""
    with PdfDocument(path) as pdf:
        frame, text = frame_of(pdf[page - 1]), pdf[page - 1].get_textpage()
        seen = [(text.get_text_range(i, 1), frame.seen_box(*text.get_charbox(i))) for i in range(text.count_chars())]
    said = ""
    for x0, top, x1, bottom in boxes:
        turned = bottom - top > 3 * (x1 - x0)  # lines of sideways.pdf lead upwards
        inside = [
            (-b[1] if turned else b[0], c)
            for c, b in seen
            if x0 <= (b[0] + b[2]) / 2 <= x1 and top <= (b[1] + b[3]) / 2 <= bottom
        ]
        said += "".join(c for _, c in sorted(inside, key=lambda one: one[0]))
    return letters(said)


def unbroken(html: str) -> str:
    return LexborHTMLParser(html).css_first("blockquote").text()
