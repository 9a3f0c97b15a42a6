"""Makes the PDF files of the tests with LibreOffice, pypdfium2 and pyHanko from texts of our own.

    python tests/data/make_pdf.py [OUT]                  the files of tests/data/pdf, or into OUT
    python tests/data/make_pdf.py --plans OUT PLAN ...   plans of the corpus as PDF, for measuring

They need LibreOffice Writer, the font Noto Serif, and pyHanko; the tests read the committed files and need none of these.
"""

import datetime as dt
import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2 as pdfium
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.stamp import TextStampStyle

from extract.lexicon import phrases
from extract.lines import clean
from extract.model import Grid, Paragraph
from extract.normalize.legacy import decode_legacy
from extract.read import document_of
from extract.text import fold

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Layout:
    """How a page looks: margins and sizes in points; `gap` between paragraphs, `indent` of their first lines."""

    size: float = 14
    gap: float = 6
    indent: float = 36
    align: str = "justify"
    hang: float = 0
    landscape: bool = False
    head: str = ""
    foot: str = ""
    spacing: str = "100%"
    font: str = "Liberation Serif"


_STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties style:font-name="{font}" fo:font-family="{font}" fo:font-size="{size}pt" fo:language="vi" fo:country="VN" fo:hyphenate="false"/></style:default-style>
 <style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="10pt"/></style:style>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="{width}pt" fo:page-height="{height}pt" style:print-orientation="{orientation}" fo:margin-top="{top}pt" fo:margin-bottom="{bottom}pt" fo:margin-left="85pt" fo:margin-right="51pt"/><style:header-style/><style:footer-style/></style:page-layout>
 <style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" fo:text-indent="{indent}pt" fo:margin-left="{hang}pt" fo:margin-bottom="{gap}pt" fo:line-height="{spacing}"/></style:style>
 <style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:margin-bottom="{gap}pt"/></style:style>
 <style:style style:name="L" style:family="paragraph"><style:paragraph-properties fo:text-align="start"/><style:text-properties fo:font-size="11pt"/></style:style>
 <style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="{cells}"/><style:text-properties fo:font-size="{small}pt"/></style:style>
 <style:style style:name="N" style:family="paragraph" style:parent-style-name="C" style:master-page-name="Standard"/>
 <style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
 <style:style style:name="s" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
 <style:style style:name="i" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
 <style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="3pt"/></style:style>
 <style:style style:name="open" style:family="table-cell"><style:table-cell-properties fo:border="none" fo:padding="0pt"/></style:style>
 {widths}
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text>
"""
_END = "</office:text></office:body></office:document>"


class Book:
    """A document in LibreOffice's flat XML, part by part."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.parts: list[str] = []
        self.widths: dict[tuple[int, ...], str] = {}

    def paragraph(self, text: str, style: str = "B", mark: str = "") -> None:
        """A paragraph; `mark` is "b" or "i" for all of it."""
        self.parts.append(self._paragraph(text, style, mark))

    @staticmethod
    def _paragraph(text: str, style: str, mark: str = "") -> str:
        body = text if "<text:" in text else escape(text)
        body = f'<text:span text:style-name="{mark}">{body}</text:span>' if mark else body
        return f'<text:p text:style-name="{style}">{body}</text:p>'

    def table(self, rows: list[list[object]], widths: list[int], *, ruled: bool = True, heads: int = 1) -> None:
        """A table; a cell is a text, a list of paragraphs, or (paragraphs, colspan, rowspan); the first `heads` rows repeat."""
        name = self.widths.setdefault(tuple(widths), f"w{len(self.widths)}")
        columns = "".join(f'<table:table-column table:style-name="{name}c{i}"/>' for i in range(len(widths)))
        lines = [self._row(row, ruled=ruled) for row in rows]
        head = f"<table:table-header-rows>{''.join(lines[:heads])}</table:table-header-rows>" if heads else ""
        self.parts.append(
            f'<table:table table:style-name="{name}">{columns}{head}{"".join(lines[heads:])}</table:table>'
        )

    def _row(self, row: list[object], *, ruled: bool) -> str:
        cells = []
        for cell in row:
            content, colspan, rowspan = cell if isinstance(cell, tuple) else (cell, 1, 1)
            if content is None:
                cells.append("<table:covered-table-cell/>")
                continue
            paragraphs = content if isinstance(content, list) else [content]
            style, paragraph = ("cell", "T") if ruled else ("open", "C")
            body = "".join(p if p.startswith("<text:p") else self._paragraph(p, paragraph) for p in paragraphs)
            cells.append(
                f'<table:table-cell table:style-name="{style}" table:number-columns-spanned="{colspan}" '
                f'table:number-rows-spanned="{rowspan}">{body}</table:table-cell>'
                + "<table:covered-table-cell/>"
                * (colspan - 1)
            )
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def xml(self) -> str:
        """The whole file."""
        layout = self.layout
        width, height = (842, 595) if layout.landscape else (595, 842)
        widths = "".join(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{sum(w)}pt" '
            f'table:align="left"/></style:style>'
            + "".join(
                f'<style:style style:name="{name}c{i}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{x}pt"/></style:style>'
                for i, x in enumerate(w)
            )
            for w, name in self.widths.items()
        )
        return (
            _STYLES.format(
                width=width, height=height, orientation="landscape" if layout.landscape else "portrait", widths=widths,
                font=layout.font, size=layout.size, small=min(layout.size, 12), gap=layout.gap, align=layout.align,
                cells="start", indent=layout.indent - layout.hang, hang=layout.hang, spacing=layout.spacing,
                top=40 if layout.head else 56, bottom=40 if layout.foot else 56,
                head=f'<style:header><text:p text:style-name="C">{layout.head}</text:p></style:header>' if layout.head else "",
                foot=f'<style:footer><text:p text:style-name="C">{layout.foot}</text:p></style:footer>' if layout.foot else "",
            )
            + "".join(self.parts)
            + _END
        )  # fmt: skip


PAGE = "<text:page-number/>"


def converted(books: dict[str, str], out: Path) -> None:
    """Write each flat XML as PDF: one LibreOffice with a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for name, xml in books.items():
            source = Path(folder) / f"{name}.fodt"
            source.write_text(xml, "utf-8")
            sources.append(str(source))
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", str(out), *sources],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip


def of_plan(path: Path, layout: Layout) -> str:
    """A plan of the corpus laid out as NĐ 30/2020 wants it."""
    reading = clean(document_of(path, path.read_bytes()))
    book = Book(layout)
    blocks = list(reading.blocks)
    title = next((i for i, b in enumerate(blocks[:60]) if _is(b, "headings", "title")), 0)
    close = next((i for i, b in enumerate(blocks) if i > title and _is(b, "headings", "recipients")), len(blocks))
    _letterhead(book, blocks[:title])
    in_title = True
    for i, block in enumerate(blocks[title:close]):
        if isinstance(block, Grid):
            _grid(book, block)
            continue
        opens = any(p.find(block.folded) for p in phrases("headings", "preamble"))
        in_title = in_title and not (i and (opens or len(block.text) > 140 or block.text[:2] in {"I.", "- "}))
        book.paragraph(block.text, "C" if in_title else "B", "b" if in_title or block.bold else "")
    _signature(book, blocks[close:])
    return book.xml()


def _is(block: object, lexicon: str, section: str) -> bool:
    return isinstance(block, Paragraph) and any(p.find(block.folded) for p in phrases(lexicon, section))


def _letterhead(book: Book, blocks: list[object]) -> None:
    texts = [p.text for b in blocks for p in _paragraphs(b)]
    right = [t for t in texts if any(p.find(fold(t)) for p in phrases("letterhead", "national")) or "ngày" in t]
    left = [t for t in texts if t not in right]
    book.table([[left or [""], right or [""]]], [190, 269], ruled=False, heads=0)


def _signature(book: Book, blocks: list[object]) -> None:
    texts = [p for b in blocks if isinstance(b, Paragraph) for p in _paragraphs(b)]
    end = next((i for i, p in enumerate(texts) if p.folded.startswith("phụ lục")), len(texts))
    mark = next((i for i, p in enumerate(texts[:end]) if i and _is(p, "headings", "signatures")), end)
    left = [book._paragraph(p.text, "L") for p in texts[:mark]]
    right = [book._paragraph(p.text, "C", "b") for p in texts[mark:end]]
    right[-1:-1] = [book._paragraph("", "C")] * 3
    if left or right:
        book.table([[left or [""], right or [""]]], [229, 230], ruled=False, heads=0)
    started = end == len(texts)
    for block in blocks:
        if isinstance(block, Grid):
            _grid(book, block)
            continue
        started = started or (isinstance(block, Paragraph) and block is texts[end])
        if started and end < len(texts) and isinstance(block, Paragraph):
            book.paragraph(block.text, "C" if block is texts[end] or block.text.isupper() else "B")


def _paragraphs(block: object) -> list[Paragraph]:
    if isinstance(block, Grid):
        return [p for row in block.rows for cell in row for p in cell.paragraphs]
    return [block] if isinstance(block, Paragraph) else []


def _grid(book: Book, grid: Grid) -> None:
    columns = max(sum(c.colspan for c in row) for row in grid.rows)
    weights = [6] * columns
    for row in grid.rows:
        at = 0
        for cell in row:
            if cell.colspan == 1 and at < columns:
                weights[at] = max(weights[at], min(len(cell.text), 60))
            at += cell.colspan
    room = 706 if book.layout.landscape else 459
    widths = [max(28, round(room * w / sum(weights))) for w in weights]
    widths = [round(w * room / sum(widths)) for w in widths]
    rows, pending = [], {}
    for row in grid.rows:
        cells, at, waiting = [], 0, list(row)
        while at < columns and (waiting or at in pending):
            if pending.get(at, 0):
                pending[at] -= 1
                cells.append(None)
                at += 1
                continue
            if not waiting:
                break
            cell = waiting.pop(0)
            cells.append(([p.text for p in cell.paragraphs] or [""], cell.colspan, cell.rowspan))
            for i in range(at, at + cell.colspan):
                pending[i] = cell.rowspan - 1
            at += cell.colspan
        rows.append(cells)
    book.table(rows, widths)


LAYOUTS = {
    "a": Layout(foot=PAGE),
    "b": Layout(size=13, gap=0, indent=28, head=PAGE, spacing="130%"),
    "c": Layout(size=14, align="start", indent=0, gap=8),
    "d": Layout(size=12, landscape=True, hang=20, indent=0, foot=f"Trang {PAGE}"),
}
NOTO = "Noto Serif"
LEFT = ["ỦY BAN NHÂN DÂN", "XÃ AN LẠC"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
NOTE = (
    '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    '<text:p text:style-name="Footnote">Nghị quyết số 07-NQ/ĐU ngày 15/01/2026 của Đảng ủy xã về chuyển đổi số.</text:p>'
    "</text:note-body></text:note>"
)


def opening(book: Book, number: str = "Số: 25/KH-UBND", day: str = "An Lạc, ngày 29 tháng 01 năm 2026") -> None:
    """Letterhead and title."""
    book.table([[[*LEFT, number], [*RIGHT, day]]], [180, 279], ruled=False, heads=0)
    book.paragraph("KẾ HOẠCH", "C", "b")
    book.paragraph("Chuyển đổi số xã An Lạc năm 2026", "C", "b")


def prose() -> Book:
    """Running head, page number, a footnote, a superscript, a number broken at a line's end, a signature."""
    book = Book(Layout(size=12, foot=PAGE, head="Kế hoạch chuyển đổi số xã An Lạc", font=NOTO))
    opening(book)
    book.paragraph(
        f"Thực hiện nghị quyết của cấp ủy{NOTE} và Kế hoạch của tỉnh, Ủy ban nhân dân xã xây dựng Kế hoạch như sau:"
    )
    book.paragraph("I. MỤC TIÊU", mark="b")
    for i in range(1, 9):
        book.paragraph(
            f"{i}. Đến hết năm 2026, {80 + i}% hồ sơ thủ tục hành chính được xử lý trực tuyến toàn trình theo Nghị quyết "
            f"số {10 + i}/NQ-HĐND của Hội đồng nhân dân xã; người dân đánh giá hài lòng trên {90 + i}%."
        )
    book.paragraph("II. NHIỆM VỤ", mark="b")
    for i in range(1, 13):
        book.paragraph(
            f"{i}. Lắp đặt trạm phát sóng tại thôn {i} trên diện tích {100 + i} m"
            '<text:span text:style-name="s">2</text:span>, bảo đảm mỹ quan và an toàn điện cho nhà dân gần trạm. '
            f"Hoàn thành trước ngày {i + 10}/6/2026 (Chủ trì: Phòng Kinh tế; phối hợp: Công an xã)."
        )
    left = [book._paragraph(t, "L") for t in ("Nơi nhận:", "- UBND tỉnh;", "- Các thôn;", "- Lưu: VT.")]
    right = [book._paragraph(t, "C", "b") for t in ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Trần Văn Bình")]
    book.table([[left, right]], [229, 230], ruled=False, heads=0)
    return book


ROWS = [
    (
        f"{i}",
        f"Nhiệm vụ thứ {i}: rà soát, cập nhật dữ liệu của các thôn, báo cáo kết quả về Ủy ban nhân dân xã theo quy định.",
    )
    for i in range(1, 15)
]


def table(layout: Layout, heads: int) -> Book:
    """A table over two pages, with a head of two rows, merged cells, and a row that the page's end cuts."""
    book = Book(layout)
    book.paragraph("PHỤ LỤC", "C", "b")
    rows: list[list[object]] = [
        [("TT", 1, 2), ("Nhiệm vụ", 1, 2), ("Thực hiện", 2, 1), ("Thời gian", 1, 2)],
        [None, None, "Chủ trì", "Phối hợp", None],
        [("I. Nhóm nhiệm vụ về dữ liệu", 5, 1)],
    ]
    for i, (number, text) in enumerate(ROWS):
        unit: object = ("Phòng Văn hóa - Xã hội", 1, 3) if i == 2 else None if i in {3, 4} else "Công an xã"
        rows.append(
            [number, text * (4 if i == 9 else 1), unit, "Các thôn", f"Quý {['I', 'II', 'III', 'IV'][i % 4]}/2026"]
        )
    widths = [28, 190, 95, 75, 70] if not layout.landscape else [40, 330, 140, 100, 90]
    book.table(rows, widths, heads=heads)
    return book


def unruled() -> Book:
    """A table that no rules draw."""
    book = Book(Layout(size=12, font=NOTO, align="start"))
    book.paragraph("PHỤ LỤC", "C", "b")
    rows: list[list[object]] = [["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian"]]
    rows += [
        [f"{i}", f"Tổ chức lớp tập huấn kỹ năng số lần {i} cho Tổ công nghệ số", f"Thôn {i}", f"Tháng {i}/2026"]
        for i in range(1, 6)
    ]
    book.table(
        [[[book._paragraph(str(c), "T")] for c in row] for row in rows], [40, 200, 120, 90], ruled=False, heads=0
    )
    return book


def old_font(charset: str) -> Book:
    """A plan in the codes of an eight-bit font."""
    book = Book(Layout(size=12, font=NOTO))
    for text in (
        "Thực hiện Kế hoạch của Ủy ban nhân dân huyện về chuyển đổi số, Ủy ban nhân dân xã yêu cầu các đơn vị tổ chức thực hiện.",
        "Mỗi thôn thành lập một tổ công nghệ số cộng đồng, giúp bà con dùng dịch vụ công trực tuyến từ tháng ba.",
    ):
        book.paragraph(escape(in_old_codes(text, charset)))
    return book


def in_old_codes(text: str, charset: str) -> str:
    """A text as an eight-bit font has it, shown in Latin-1; capitals without a code of their own come out small."""
    codes = {decode_legacy(chr(c), charset): chr(c) for c in range(0xA1, 0x100)}
    if charset == "vni":
        marks = [chr(c) for c in range(0xC0, 0x100)]
        codes |= {decode_legacy(a + m, "vni"): a + m for a in "aeouyAEOUYôöÔÖ" for m in marks}
    return "".join(c if c.isascii() else codes.get(c) or codes[c.lower()] for c in text)


def turned(source: Path, out: Path, *, stored: bool) -> None:
    """The first page on its side: as /Rotate says where `stored`, else without a word."""
    pdf, new = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    page = pdf[0]
    width, height = page.get_size()
    form = page_as_form(pdf, new)
    sheet = new.new_page(height, width)
    thing = form.as_pageobject()
    thing.set_matrix(pdfium.PdfMatrix(0, 1, -1, 0, height, 0))
    sheet.insert_obj(thing)
    sheet.gen_content()
    if stored:
        sheet.set_rotation(90)
    new.save(out)


def page_as_form(pdf: "pdfium.PdfDocument", new: "pdfium.PdfDocument") -> "pdfium.PdfXObject":
    """The first page as something to set on another."""
    return pdf.page_as_xobject(0, new)


def scanned(source: Path, out: Path) -> None:
    """The first page as text, then the same as a picture."""
    pdf, new = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    new.import_pages(pdf, [0])
    picture = io.BytesIO()
    pdf[0].render(scale=1, grayscale=True).to_pil().save(picture, "JPEG", quality=30)
    image = pdfium.PdfImage.new(new)
    image.load_jpeg(picture, inline=True)
    width, height = pdf[0].get_size()
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = new.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    new.save(out)


def locked(source: Path, out: Path) -> None:
    """The file behind a password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(source.read_bytes())))
    writer.encrypt(owner_pass="chủ", user_pass="mở")
    with out.open("wb") as file:
        writer.write(file)


def certificate(name: str, organization: str) -> signers.SimpleSigner:
    """A signer with a certificate that vouches for itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    start = dt.datetime(2025, 1, 1)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(b"x", key, made, None, NoEncryption())
    return signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[])


def signed(source: Path, out: Path) -> None:
    """The number, the day and the month stamped into the blanks by a clerk's signatures, over the signer's own."""
    page = pdfium.PdfDocument(source)[0]
    text = page.get_textpage()
    read = text.get_text_range()

    def behind(word: str, start: int = 0) -> tuple[int, float, float]:
        end = read.index(word, start) + len(word)
        box = text.get_charbox(end - 1, loose=True)
        return end, box[2], box[1]

    end, x, y = behind("Số:")
    fields = [("SoVanBan", (x + 5, y - 1, x + 32, y + 12), "144")]
    end, x, y = behind("ngày")
    fields.append(("Ngay", (x + 5, y - 1, x + 24, y + 12), "20"))
    end, x, y = behind("tháng", end)
    fields.append(("Thang", (x + 5, y - 1, x + 24, y + 12), "5"))
    own = ("NguoiKy", (330, 330, 520, 400), "Ky boi: Tran Van Binh\nEmail: binh@anlac.example\n20/05/2026 10:11:12")
    data = source.read_bytes()
    person, office = (
        certificate("Trần Văn Bình", "UBND xã An Lạc"),
        certificate("Ủy ban nhân dân xã An Lạc", "UBND huyện Bình Minh"),
    )
    for name, box, stamp in (own, *fields):
        data = _signed(data, name, box, stamp, person if name == "NguoiKy" else office)
    out.write_bytes(data)


def _signed(data: bytes, name: str, box: tuple[float, ...], stamp: str, signer: signers.SimpleSigner) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    append_signature_field(writer, SigFieldSpec(name, on_page=0, box=tuple(map(int, box))))
    look = TextStampStyle(
        stamp_text=stamp,
        border_width=0,
        background=None,
        text_box_style=TextBoxStyle(font_size=12),
        inner_content_layout=SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0)),
    )
    about = signers.PdfSignatureMetadata(field_name=name)
    return signers.PdfSigner(about, signer=signer, stamp_style=look).sign_pdf(writer).getvalue()


def files(out: Path) -> None:
    """The files of the tests."""
    books = {
        "prose": prose(),
        "table": table(Layout(size=12, font=NOTO), heads=2),
        "table_once": table(Layout(size=12, font=NOTO), heads=0),
        "table_landscape": table(Layout(size=12, font=NOTO, landscape=True), heads=2),
        "unruled": unruled(),
        "tcvn3": old_font("tcvn3"),
        "vni": old_font("vni"),
    }
    blanks, odd = Book(Layout(size=12, font=NOTO)), Book(Layout(size=12))
    space = '<text:s text:c="12"/>'
    opening(
        blanks,
        f"<text:span>Số:{space}/KH-UBND</text:span>",
        f"<text:span>An Lạc, ngày ......... tháng{space}năm 2026</text:span>",
    )
    blanks.paragraph("Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh:")
    opening(odd)
    odd.paragraph("Thực hiện Nghị quyết của Đảng ủy, Ủy ban nhân dân xã yêu cầu các đơn vị thực hiện nghiêm túc.")
    converted({name: book.xml() for name, book in (books | {"blanks": blanks, "odd_fonts": odd}).items()}, out)
    signed(out / "blanks.pdf", out / "signed.pdf")
    locked(out / "tcvn3.pdf", out / "locked.pdf")
    scanned(out / "odd_fonts.pdf", out / "scanned.pdf")
    turned(out / "odd_fonts.pdf", out / "rotated.pdf", stored=True)
    turned(out / "odd_fonts.pdf", out / "sideways.pdf", stored=False)


def main(arguments: list[str]) -> None:
    """Write the files."""
    if arguments[:1] != ["--plans"]:
        files(Path(arguments[0]) if arguments else HERE / "pdf")
        return
    out = Path(arguments[1])
    for key, layout in LAYOUTS.items():
        books = {f"{Path(name).stem}": of_plan(Path(name), layout) for name in arguments[2:]}
        converted(books, out / key)


if __name__ == "__main__":
    main(sys.argv[1:])
