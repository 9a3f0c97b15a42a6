"""The plans' own files: drawn pages, downloads, and what is said where a file is gone, changed or can't be drawn."""

import hashlib
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from tests.evidence import PDF, record_of, unbroken, whole_pages
from tests.site import Site, serving

CLOSED = "Không mở được tệp gốc"


def test_what_a_signature_prints_is_in_the_picture(pdf_site: Site, pdf_db: Path):
    record = record_of(pdf_db, "signed.pdf")
    picture = Image.open(BytesIO(pdf_site.get(f"/ke-hoach/{record.id}/trang/1.png")[2])).convert("L")
    stamp = picture.crop((600, 900, 1100, 1020))  # "Ky boi: …" stands nowhere but in the signature's appearance
    assert stamp.getextrema()[0] < 128


UNDRAWABLE = {
    "khoa.pdf": CLOSED,
    "hong.pdf": CLOSED,
    "mot-trang.pdf": "Tệp gốc không có trang này",
    "khong-kich-thuoc.pdf": "không có kích thước",
}


@pytest.mark.parametrize(("name", "said"), UNDRAWABLE.items())
def test_a_page_that_cannot_be_drawn_is_explained_beside_the_records_text(
    pdf_site: Site, pdf_db: Path, name: str, said: str
):
    record = record_of(pdf_db, name)
    task = next(one for one in record.tasks if one.spans[0].page == 2)
    status, html = pdf_site.page(f"/nhiem-vu/{task.id}")
    if name == "khong-kich-thuoc.pdf":  # its second page is missing, its first has no size
        assert "Tệp gốc không có trang này" in html
        html = pdf_site.page(f"/ke-hoach/{record.id}/trang/1")[1]
    assert status == 200
    assert said in html
    assert task.text in unbroken(pdf_site.page(f"/nhiem-vu/{task.id}")[1])
    assert "svg" not in {node.tag for node in LexborHTMLParser(html).css("main *")}
    assert pdf_site.get(f"/ke-hoach/{record.id}/trang/2.png")[0] == 404


@pytest.fixture
def moved(pdf_db: Path, tmp_path: Path) -> Path:
    """A database alone in a folder, and the file of one of its plans in another, two folders down."""
    shutil.copy(pdf_db, tmp_path / "plans.db")
    (tmp_path / "kho" / "2026").mkdir(parents=True)
    shutil.copy(PDF / "prose.pdf", tmp_path / "kho" / "2026")
    return tmp_path


def test_a_file_that_is_gone_or_another_one_now_is_said_to_be(moved: Path):
    record = record_of(moved / "plans.db", "prose.pdf")
    address = f"/nhiem-vu/{record.tasks[0].id}"
    with serving(moved / "plans.db") as site:
        assert "Tệp gốc không còn ở chỗ cũ" in site.page(address)[1]
        (moved / "prose.pdf").write_bytes((PDF / "table.pdf").read_bytes())
        status, html = site.page(address)
        assert "Tệp gốc đã thay đổi" in html
        assert status == 200
        assert unbroken(html) == record.tasks[0].text
        assert [site.get(f"/ke-hoach/{record.id}/{part}")[0] for part in ("trang/1.png", "tep-goc")] == [404, 404]
        (moved / "prose.pdf").write_bytes((PDF / "prose.pdf").read_bytes())
        assert len(whole_pages(LexborHTMLParser(site.page(address)[1]))) == 1


def test_files_are_looked_for_by_name_where_they_are_said_to_be(moved: Path):
    record = record_of(moved / "plans.db", "prose.pdf")
    with serving(moved / "plans.db", "--sources", str(moved), "--sources", str(moved / "kho" / "2026")) as site:
        assert site.get(f"/ke-hoach/{record.id}/trang/1.png")[0] == 200


def test_the_original_file_is_a_download(sample_site: Site, sample_db: Path):
    for filename in ("table.pdf", "hai.txt", "mau-14-the-thao-hoc-duong.html"):
        record = record_of(sample_db, filename)
        status, headers, body = sample_site.get(f"/ke-hoach/{record.id}/tep-goc")
        assert status == 200
        assert hashlib.sha256(body).hexdigest() == record.source.sha256
        assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{filename}"
        assert headers["content-type"] == record.source.media_type
        assert headers["x-content-type-options"] == "nosniff"


def test_pictures_are_kept_by_browsers_for_good(pdf_site: Site, pdf_db: Path):
    record = record_of(pdf_db, "prose.pdf")
    path = f"/ke-hoach/{record.id}/trang/1.png"
    status, headers, _ = pdf_site.raw(path, cookie="kehoach_lang=en")
    assert status == 200
    assert "immutable" in headers["cache-control"]
    again, kept, body = pdf_site.raw(path, if_none_match=headers["etag"])
    assert (again, body) == (304, b"")
    assert kept["etag"] == headers["etag"]
    large = Image.open(BytesIO(pdf_site.get(f"{path}?co=lon")[2]))
    assert large.width == pytest.approx(2 * Image.open(BytesIO(pdf_site.get(path)[2])).width, abs=2)
