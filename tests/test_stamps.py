"""A red stamp and a blue signature over print: taken away in grey, the print left; and seen at all in a scanned PDF."""

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageDraw

from extract import extract_plan
from extract.read.ocr.stamps import in_grey
from extract.read.pdf import scanned
from tests.tesseract import needs_tesseract

ROOT = Path(__file__).parents[1]
PAPER, PRINT, RED, BLUE = 240, 30, (200, 45, 50), (45, 55, 170)
RING = (150, 150, 350, 350)
BAR = (140, 240, 360, 252)  # as thick as a letter's stroke is wide


def page(*, ink: tuple[int, int, int] | None = RED, over: bool = False) -> Image.Image:
    """A sheet with a bar of print, and a ring of ink that covers it, or that it shows through."""
    sheet = Image.new("RGB", (500, 500), (PAPER,) * 3)
    ImageDraw.Draw(sheet).rectangle(BAR, fill=(PRINT,) * 3)
    if ink is None:
        return sheet
    stamp = Image.new("RGB", sheet.size, (255, 255, 255))
    ImageDraw.Draw(stamp).ellipse(RING, outline=ink, width=5)
    if not over:
        return ImageChops.multiply(sheet, stamp)
    covered = ImageChops.invert(stamp).convert("L").point(lambda level: 255 if level else 0)
    return Image.composite(stamp, sheet, covered)


def compressed(image: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


@pytest.mark.parametrize("quality", [40, 60, 90])
@pytest.mark.parametrize("over", [True, False], ids=["covers", "shines through"])
def test_a_stamp_is_taken_away_and_the_print_below_it_left(over, quality):
    seen = compressed(page(over=over), quality)
    grey, inked = np.asarray(in_grey(seen), int), np.asarray(seen.convert("L"), int)
    clean = np.asarray(page(ink=None).convert("L"), int)
    middle = (slice(BAR[1] + 2, BAR[3] - 2), slice(BAR[0] + 3, BAR[2] - 3))
    assert grey[middle].mean() < PRINT + 25
    bare = np.ones_like(clean, dtype=bool)
    bare[BAR[1] - 12 : BAR[3] + 12] = False
    assert np.abs(grey - clean)[bare].mean() < 2
    assert (grey[bare] < PAPER - 60).sum() < 0.1 * (inked[bare] < PAPER - 60).sum()


def test_a_page_without_a_stamp_is_its_grey():
    plain = page(ink=None)
    assert in_grey(plain).tobytes() == plain.convert("L").tobytes()


def test_a_line_of_red_print_stays():
    sheet = page(ink=None)
    ImageDraw.Draw(sheet).rectangle((100, 100, 300, 112), fill=RED)
    assert in_grey(sheet).tobytes() == sheet.convert("L").tobytes()


def test_blue_print_away_from_a_stamp_stays():
    sheet = page()
    ImageDraw.Draw(sheet).rectangle((100, 440, 300, 452), fill=BLUE)
    assert in_grey(sheet).crop((100, 440, 300, 452)).getextrema()[1] < PAPER / 2


@pytest.mark.parametrize(("picture", "coloured"), [(page(), True), (page(ink=None).convert("L"), False)])
def test_a_page_of_a_pdf_is_drawn_in_colour_where_its_picture_is(picture, coloured, monkeypatch):
    drawn = []
    monkeypatch.setattr(scanned, "read_page", lambda image, number, dpi: drawn.append(image.mode))
    scanned._read(pdf_of(picture), 0)
    assert drawn == ["RGB" if coloured else "L"]


def pdf_of(picture: Image.Image) -> pdfium.PdfDocument:
    """A PDF with one page that is all picture."""
    file, pdf = io.BytesIO(), pdfium.PdfDocument.new()
    picture.save(file, "JPEG")
    image = pdfium.PdfImage.new(pdf)
    image.load_jpeg(file, inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(180, 180))
    sheet = pdf.new_page(180, 180)
    sheet.insert_obj(image)
    sheet.gen_content()
    return pdf


@needs_tesseract
def test_who_signed_a_scan_is_read_under_the_stamp():
    signer = extract_plan(next((ROOT / "corpus" / "plans").glob("mau-35-*-scan.pdf"))).document.signer
    assert (signer.name, signer.position) == ("Giàng Seo Phử", "CHỦ TỊCH")
