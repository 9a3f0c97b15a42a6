"""Makes the scans in `scans/`: pages of a plan of corpus/plans, set like an official document, then spoiled as scanners do.

    python tests/data/make_scans.py

Needs the fonts of fonts-noto-core. The same seed gives the same files; what they hold is what tests/test_read_ocr.py expects.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from extract.model import Line, Table
from extract.read import read

HERE = Path(__file__).parent
PLAN = HERE.parents[1] / "corpus" / "plans" / "mau-05-xa-kham-suc-khoe-nghia-vu-quan-su.txt"
OUT = HERE / "scans"
FONTS = Path("/usr/share/fonts/truetype/noto")
DPI = 200
WIDTH, HEIGHT = round(8.27 * DPI), round(11.69 * DPI)
LEFT, RIGHT, TOP, BOTTOM = round(1.18 * DPI), round(0.6 * DPI), round(0.8 * DPI), round(0.8 * DPI)
SEED = 5


def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The serif font at a size in points."""
    name = "NotoSerif-Bold.ttf" if bold else "NotoSerif-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), round(0.92 * size * DPI / 72))


@dataclass
class Sheets:
    """Pages as they fill up; `y` is where the next line goes."""

    pages: list[Image.Image] = field(default_factory=list)
    y: int = HEIGHT

    def room(self, height: int) -> ImageDraw.ImageDraw:
        """The page that has room for so much, a new one where the last is full."""
        if self.y + height > HEIGHT - BOTTOM:
            self.pages.append(Image.new("L", (WIDTH, HEIGHT), 255))
            self.y = TOP
            if len(self.pages) > 1:
                ImageDraw.Draw(self.pages[-1]).text((WIDTH // 2, TOP // 2), str(len(self.pages)), 0, font(13))
        return ImageDraw.Draw(self.pages[-1])

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """A justified paragraph, its first line set in."""
        face, pitch = font(14, bold=bold), round(14 * 1.3 * DPI / 72)
        indent = round(0.5 * DPI)
        rows = list(wrapped(text, face, WIDTH - LEFT - RIGHT, indent))
        for i, words in enumerate(rows):
            draw = self.room(pitch)
            x = LEFT + (indent if i == 0 else 0)
            spare = WIDTH - RIGHT - x - sum(face.getlength(w) for w in words)
            last = i == len(rows) - 1
            step = face.getlength(" ") if last or len(words) == 1 else spare / (len(words) - 1)
            for word in words:
                draw.text((x, self.y), word, 0, face)
                x += face.getlength(word) + step
            self.y += pitch
        self.y += round(0.07 * DPI)

    def centred(self, text: str, size: float = 14) -> None:
        """Bold lines in the middle."""
        face, pitch = font(size, bold=True), round(size * 1.3 * DPI / 72)
        for words in wrapped(text, face, WIDTH - LEFT - RIGHT - DPI, 0):
            draw = self.room(pitch)
            draw.text(((LEFT + WIDTH - RIGHT) // 2, self.y), " ".join(words), 0, face, anchor="ma")
            self.y += pitch
        self.y += round(0.05 * DPI)

    def columns(self, left: Sequence[str], right: Sequence[str], *, aligned: bool, size: float = 12) -> None:
        """Two columns side by side: the left one centred, or a list with smaller lines."""
        pitch = round(13 * 1.35 * DPI / 72)
        draw = self.room(pitch * max(len(left), len(right)))
        small = pitch if aligned else round(size * 1.15 * DPI / 72)
        for i, text in enumerate(left):
            place = (LEFT + DPI, "ma") if aligned else (LEFT, "la")
            draw.text((place[0], self.y + i * small), text, 0, font(size, bold=text.isupper()), anchor=place[1])
        for i, text in enumerate(right):
            bold = text.isupper() or not aligned
            draw.text((WIDTH - RIGHT - round(1.9 * DPI), self.y + i * pitch), text, 0, font(13, bold=bold), anchor="ma")
        self.y += pitch * max(len(left), len(right))

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A ruled table."""
        face, pitch = font(12), round(12 * 1.2 * DPI / 72)
        for row in rows:
            cells = [list(wrapped(text, face, w - 20, 0)) for text, w in zip(row, widths, strict=True)]
            height = pitch * max(len(cell) for cell in cells) + 16
            draw, x = self.room(height), LEFT
            for lines, width in zip(cells, widths, strict=True):
                draw.rectangle((x, self.y, x + width, self.y + height), outline=0, width=2)
                for i, words in enumerate(lines):
                    draw.text((x + 10, self.y + 6 + i * pitch), " ".join(words), 0, face)
                x += width
            self.y += height


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int, indent: int) -> Iterator[list[str]]:
    """The words of a text line by line."""
    line: list[str] = []
    room = width - indent
    for word in text.split():
        if line and face.getlength(" ".join([*line, word])) > room:
            yield line
            line, room = [], width
        line.append(word)
    yield line


def set_plan() -> tuple[list[Image.Image], list[list[str]]]:
    """The plan's pages, and the rows of its table."""
    _, document = read(PLAN)
    lines = [block for block in document.blocks if isinstance(block, Line)]
    texts = [line.text for line in lines]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    rows = [[" ".join(line.text for line in cell.lines) for cell in row] for row in tables[0].rows]
    sheets, title = Sheets(), texts.index("KẾ HOẠCH")
    head = texts[:title]
    sheets.columns([*head[:2], "", head[4]], [*head[2:4], "", head[5]], aligned=True)
    sheets.centred("KẾ HOẠCH")
    sheets.centred(texts[title + 1])
    for block in document.blocks[title + 2 :]:
        if isinstance(block, Table) and block is tables[0] and len(block.rows) > 1:
            sheets.table(rows, widths(rows))
        elif isinstance(block, Line) and not block.text.startswith(("Nơi nhận", "TM.", "(Văn bản mẫu")):
            sheets.paragraph(block.text, bold=block.bold)
        if isinstance(block, Line) and block.text.endswith("./."):
            break
    left = ["Nơi nhận:", "- UBND tỉnh, Bộ CHQS tỉnh;", "- TT Đảng ủy, HĐND xã;", "- Thành viên HĐ NVQS xã;"]
    left += ["- Trưởng các ấp;", "- Lưu: VT."]
    right = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "", "Đặng Hữu Phước"]
    sheets.columns(left, right, aligned=False, size=11)
    return sheets.pages, rows


def widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide the columns are, by how much stands in them."""
    lengths = [min(60, max(8, *(len(row[i]) for row in rows))) for i in range(len(rows[0]))]
    room = WIDTH - LEFT - RIGHT
    return [room * length // sum(lengths) for length in lengths]


def spoiled(
    page: Image.Image, *, skew: float = 0, turn: int = 0, noise: float = 0, specks: float = 0.0002
) -> Image.Image:
    """The page as a scanner gives it: crooked, turned clockwise, grey and speckled."""
    page = page.rotate(skew, Image.Resampling.BICUBIC, expand=bool(skew), fillcolor=255).rotate(-turn, expand=True)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(0.6)), np.float32) * 0.88 + 18
    dice = np.random.default_rng(SEED)
    grey = grey + dice.normal(0, noise, grey.shape)
    grey[dice.random(grey.shape) < specks] = 30
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def stamped(page: Image.Image, x: int, y: int) -> Image.Image:
    """The page in colour with a round red stamp, and a blue signature through it."""
    page = page.convert("RGB")
    draw, radius, red = ImageDraw.Draw(page), round(0.7 * DPI), (205, 40, 45)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=5)
    draw.ellipse((x - radius // 2, y - radius // 2, x + radius // 2, y + radius // 2), outline=red, width=3)
    draw.text((x, y), "U.B.N.D XÃ", red, font(9, bold=True), anchor="mm")
    dice = random.Random(SEED)
    stroke = [(x + i * 16, y + dice.randint(-50, 30)) for i in range(14)]
    draw.line(stroke, (40, 50, 160), 4, joint="curve")
    return page


def bilevel(page: Image.Image) -> Image.Image:
    """Black and white, as fax and office scanners save it."""
    return page.point(lambda level: 255 if level > 150 else 0).convert("1", dither=Image.Dither.NONE)


def main() -> None:
    """Write the files."""
    OUT.mkdir(exist_ok=True)
    pages, rows = set_plan()
    first, last = pages[0], pages[-1]
    bilevel(spoiled(first)).save(OUT / "thang.png", dpi=(DPI, DPI), optimize=True)
    spoiled(first.resize((WIDTH * 3 // 4, HEIGHT * 3 // 4), Image.Resampling.LANCZOS), skew=2.3, noise=7).save(
        OUT / "nghieng.jpg", dpi=(150, 150), quality=40
    )
    bilevel(spoiled(pages[1], skew=-0.8, turn=90)).save(OUT / "xoay.png", dpi=(DPI, DPI), optimize=True)
    bilevel(spoiled(pages[1], turn=180)).save(OUT / "nguoc.png", dpi=(DPI, DPI), optimize=True)
    stamped(spoiled(last), WIDTH - RIGHT - round(2.4 * DPI), signature_height(last)).save(
        OUT / "dong-dau.jpg", dpi=(DPI, DPI), quality=45
    )
    table = Sheets()
    table.centred("PHỤ LỤC")
    table.table(rows, widths(rows))
    bilevel(spoiled(table.pages[0].crop((0, 0, WIDTH, table.y + DPI)), skew=1.1)).save(
        OUT / "bang.png", dpi=(DPI, DPI), optimize=True
    )
    few = Image.new("L", (WIDTH, HEIGHT // 2), 255)
    ImageDraw.Draw(few).text((WIDTH - 3 * DPI, DPI), "Đặng Hữu Phước", 0, font(14, bold=True))
    spoiled(few, noise=13).save(OUT / "gan-trong.jpg", dpi=(DPI, DPI), quality=30)
    whole = [bilevel(spoiled(page, skew=0.4 * (-1) ** i)) for i, page in enumerate(pages)]
    whole[0].save(OUT / "ca-van-ban.tif", save_all=True, append_images=whole[1:], compression="group4", dpi=(DPI, DPI))


def signature_height(page: Image.Image) -> int:
    """Where the signature stands on the last page: a little above its last line."""
    dark = np.flatnonzero((np.asarray(page) < 128).any(axis=1))
    return int(dark[-1]) - round(0.5 * DPI)


if __name__ == "__main__":
    main()
