"""The workbook of all plans, or of some: a sheet for each table for people, and one of notes."""

import json
from collections.abc import Iterator, Sequence

from publish.export.book import Book
from publish.export.sheet_rows import sheet_rows
from publish.export.sheet_xml import MOST_LINKS
from publish.export.sheets import SHEETS, Column
from publish.export.source import Source
from publish.pages.language import number

_LARGE = 1 << 30  # bytes of a database whose sheets may be over 2 GB of XML
_NOTES = (Column("what", "Mục", 28), Column("said", "Nội dung", 100))
_EXTRACTORS = """
    select distinct extractor from plans
    where extractor is not null and (?1 is null or id in (select value from json_each(?1))) order by extractor
"""


def workbook(source: Source, plans: Sequence[str] | None = None) -> Iterator[bytes]:
    """The workbook of the given plans, else of all."""
    book = Book(large=source.path.stat().st_size > _LARGE)
    for sheet in SHEETS:
        rows = ([row.get(column.name) for column in sheet.columns] for row in sheet_rows(source, sheet, plans))
        yield from book.sheets(sheet.title, sheet.columns, rows, printed=sheet.printed)
    yield from book.sheets("Ghi chú", _NOTES, _notes(source, book, plans))
    yield from book.end()


def _notes(source: Source, book: Book, plans: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    """What a reader of the workbook should know."""
    chosen = None if plans is None else json.dumps(list(plans))
    made = ", ".join(row["extractor"] for row in source.rows(_EXTRACTORS, chosen))
    yield "Nguồn", f"Đọc tự động từ văn bản gốc bằng {made}. Khi dùng vào việc chính thức, hãy đối chiếu với văn bản."
    if source.site:
        yield "Trang tra cứu", f"{source.site}/"
        yield (
            "Đường dẫn",
            f"Mỗi dòng có đường dẫn tới chỗ đã đọc; {number(MOST_LINKS)} dòng đầu của mỗi trang bấm được.",
        )
    for title, count in book.counts.items():
        yield f"Trang {title}", f"{number(count)} dòng"
    if book.cuts:
        yield (
            "Ô bị cắt",
            f"{number(book.cuts)} ô dài hơn 32.767 chữ cái, mức nhiều nhất của Excel; cuối ô ghi còn bao nhiêu.",
        )
    yield "Độ tin cậy", "Cao: đọc theo dạng chuẩn. Vừa: có phần suy từ ngữ cảnh. Thấp: hãy xem bản gốc trước khi dùng."
