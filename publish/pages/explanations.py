"""What Datasette and SQLite say is wrong, in words for readers."""

import re

from publish.pages.language import later, translated

# A message -> what to tell the reader; (?P<it>…) is what the message speaks of.
_SAID = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"no such table: (?P<it>.+)", later("Không có bảng nào tên %(it)s.")),
        (r"no such column: (?P<it>.+)", later("Không có cột nào tên %(it)s.")),
        (r"ambiguous column name: (?P<it>.+)", later("Cột %(it)s có ở nhiều bảng; hãy viết tên bảng trước tên cột.")),
        (r"no such function: (?P<it>.+)", later("Không có hàm nào tên %(it)s.")),
        (r"wrong number of arguments to function (?P<it>.+)", later("Hàm %(it)s nhận số tham số khác.")),
        (r'near "(?P<it>.+)": syntax error', later("Câu SQL sai cú pháp ở gần %(it)s.")),
        (r"incomplete input", later("Câu SQL còn thiếu phần cuối.")),
        (r"unrecognized token: (?P<it>.+)", later("Câu SQL có ký hiệu lạ: %(it)s.")),
        (r"Statement must be a SELECT", later("Chỉ nhận câu hỏi SELECT: dữ liệu ở đây chỉ để đọc.")),
        (r"Statement contained a disallowed PRAGMA", later("Câu PRAGMA này không được dùng ở đây.")),
        (r"You can only execute one statement at a time", later("Mỗi lần chỉ nhận một câu SQL.")),
        (r"Cannot sort table by (?P<it>.+)", later("Bảng không có cột %(it)s để xếp.")),
        (r"Cannot use _sort and _sort_desc", later("Chỉ xếp được theo một chiều: dùng _sort hoặc _sort_desc.")),
        (r"_n?o?col=(?P<it>.+) - invalid columns", later("Bảng không có cột %(it)s.")),
        (r"Cannot search by that column", later("Cột này không tìm được theo chữ.")),
        (r"_size must be", later("Số dòng mỗi trang (_size) phải là số nguyên trong giới hạn của trang.")),
        (r"Invalid _through", later("Bảng nêu ở _through không nối với bảng này.")),
        (r"_next not allowed for CSV streaming", later("Tải mọi dòng thì không dùng _next.")),
        (r"_facet= is not allowed|_where= is not allowed", later("Trang này không nhận tham số ấy.")),
        (r"Table not found", later("Cơ sở dữ liệu không có bảng này.")),
        (r"Record not found", later("Bảng không có dòng này.")),
        (r"Database not found", later("Trang không có cơ sở dữ liệu này.")),
    )
)


def explained(message: object) -> str:
    """The message in words for readers, in the language of the page; "" where we have none.

    >>> explained("no such table: nope"), explained("fts5: odd")
    ('Không có bảng nào tên nope.', '')
    """
    for pattern, text in _SAID:
        if found := pattern.search(str(message)):
            return translated(text) % found.groupdict()
    return ""
