"""A printed plan -> the same as an office scans it: grey, a little crooked and speckled, signed and stamped in red."""

import io
import math
import random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 200
SEED = 35
QUALITY = 38  # of the JPEG: as small as offices send them
RED, BLUE = (200, 45, 50), (45, 55, 150)
FONT = "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf"
WORDS = "ỦY BAN NHÂN DÂN"


def scanned(printed: bytes) -> bytes:
    """The pages of a PDF as pictures; the last is in colour, for the stamp beside the signer's name."""
    source, out = pdfium.PdfDocument(printed), pdfium.PdfDocument.new()
    for i, page in enumerate(source):
        width, height = page.get_size()
        picture = spoiled(page.render(scale=DPI / 72, grayscale=True).to_pil(), skew=0.35 * (-1) ** i)
        if i == len(source) - 1:
            picture = signed(picture, *signature(page))
        _add(out, picture, width, height)
    file = io.BytesIO()
    out.save(file)
    return file.getvalue()


def _add(out: pdfium.PdfDocument, picture: Image.Image, width: float, height: float) -> None:
    """A new page that is all picture."""
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=QUALITY)
    image = pdfium.PdfImage.new(out)
    image.load_jpeg(packed, inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = out.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()


def spoiled(page: Image.Image, *, skew: float) -> Image.Image:
    """The page crooked, its paper grey, with noise and specks."""
    page = page.convert("L").rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    dice = np.random.default_rng(SEED)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(0.6)), np.float32) * 0.87 + 20
    grey += dice.normal(0, 2, grey.shape).astype(np.float32)
    grey[dice.random(grey.shape) < 0.00008] = 40
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def signature(page: pdfium.PdfPage) -> tuple[int, int]:
    """Where the signer signs, in pixels: halfway between the last "CHỦ TỊCH" of the page and the name under it."""
    found, text = None, page.get_textpage()
    searcher = text.search("CHỦ TỊCH", match_case=True)
    while (place := searcher.get_next()) is not None:
        found = place[0]
    if found is None:
        raise ValueError("không thấy chức danh người ký")
    left, bottom, _, _ = text.get_charbox(found)
    scale = DPI / 72
    return round((left + 30) * scale), round((page.get_height() - bottom + 32) * scale)


def signed(page: Image.Image, x: int, y: int) -> Image.Image:
    """The page with a blue signature at a place, and the round stamp over its left third."""
    page = page.convert("RGB")
    draw, dice = ImageDraw.Draw(page), random.Random(SEED)  # noqa: S311
    stroke = [(x - 70 + i * 14, y + dice.randint(-34, 34)) for i in range(14)]
    draw.line(stroke, BLUE, 4, joint="curve")
    stamp(draw, x - 110, y)
    return page


def stamp(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """Two circles, a star between them, and words around."""
    outer, inner = round(0.66 * DPI), round(0.44 * DPI)
    draw.circle((x, y), outer, outline=RED, width=5)
    draw.circle((x, y), inner, outline=RED, width=2)
    turns = [(k * math.pi / 5, 18 if k % 2 else 46) for k in range(10)]
    draw.polygon([(x + r * math.sin(turn), y - r * math.cos(turn)) for turn, r in turns], outline=RED, width=3)
    face, middle = ImageFont.truetype(FONT, 20), (outer + inner) / 2
    for i, letter in enumerate(WORDS):
        turn = math.pi * (i / (len(WORDS) - 1) - 0.5) * 1.3
        draw.text((x + middle * math.sin(turn), y - middle * math.cos(turn)), letter, RED, face, anchor="mm")
