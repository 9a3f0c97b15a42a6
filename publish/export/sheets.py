"""The tables for people: which they are, and their columns with Vietnamese headings, in the order of the file."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a column's cells hold; dates come as ISO 8601."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in letters, as spreadsheets count it."""

    name: str
    heading: str
    width: int = 14
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` stands in file names and addresses, `title` on the sheet; `about` says what a row is.

    On paper only the first columns are to be seen, as many as `printed`: more can't be read on A4.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    printed: int

    def head(self) -> list[str]:
        """The headings."""
        return [column.heading for column in self.columns]


_C, _NUMBER, _DATE, _LINK = Column, Kind.NUMBER, Kind.DATE, Kind.LINK
_POSITION = _C("position", "STT", 6, _NUMBER)
_OF_PLAN = (_C("locality", "Địa phương", 18), _C("plan", "Kế hoạch", 30), _C("plan_number", "Số kế hoạch", 16))
_SECTION = _C("section", "Mục", 26)
_DEADLINE = _C("deadline", "Thời hạn", 18)
_DAYS = (
    _C("deadline_start", "Từ ngày", 12, _DATE),
    _C("deadline_end", "Đến ngày", 12, _DATE),
    _C("quarter", "Quý", 13),
)
_UNITS = (
    _C("lead", "Chủ trì", 20),
    _C("coordinate", "Phối hợp", 20),
    _C("implement", "Thực hiện", 20),
)
_RESULTS = _C("results", "Kết quả, sản phẩm", 22)
_MEASURE = (
    _C("comparator", "So sánh", 13),
    _C("value", "Giá trị", 11, _NUMBER),
    _C("unit", "Đơn vị tính", 12),
)
_MEASURES = (_C("per", "Tính trên", 12), _C("measures", "Mọi con số", 24))
_TRACE = (
    _C("issuer", "Nơi ban hành", 26),
    _C("issued_date", "Ngày ban hành", 12, _DATE),
    _C("page", "Trang", 7, _NUMBER),
    _C("confidence", "Độ tin cậy", 11),
    _C("id", "Mã", 22),
    _C("link", "Đường dẫn", 30, _LINK),
)

PLANS = Sheet(
    "ke-hoach",
    "Kế hoạch",
    "Mỗi dòng một văn bản: số, ngày, nơi ban hành, người ký, kinh phí, số chỉ tiêu và nhiệm vụ.",
    (
        _POSITION,
        _C("title", "Tên kế hoạch", 54),
        _C("number", "Số, ký hiệu", 18),
        _C("kind", "Loại văn bản", 14),
        _C("issuer", "Nơi ban hành", 26),
        _C("issuer_level", "Cấp ban hành", 13),
        _C("locality", "Địa phương", 20),
        _C("issued_date", "Ngày ban hành", 12, _DATE),
        _C("year", "Năm", 7, _NUMBER),
        _C("period_start", "Thực hiện từ", 12, _DATE),
        _C("period_end", "Thực hiện đến", 12, _DATE),
        _C("signer_name", "Người ký", 22),
        _C("signer_position", "Chức vụ", 18),
        _C("targets_count", "Số chỉ tiêu", 10, _NUMBER),
        _C("tasks_count", "Số nhiệm vụ", 10, _NUMBER),
        _C("problems_count", "Chỗ cần xem lại", 10, _NUMBER),
        _C("funding_text", "Kinh phí", 50),
        _C("funding_sources", "Nguồn kinh phí", 30),
        _C("filename", "Tệp", 28),
        _C("pages", "Số trang", 8, _NUMBER),
        _C("text_source", "Cách lấy chữ", 16),
        _C("extractor", "Bộ đọc", 22),
        _C("sha256", "SHA-256 của tệp", 20),
        _C("id", "Mã", 20),
        _C("link", "Đường dẫn", 30, _LINK),
    ),
    printed=9,
)
TARGETS = Sheet(
    "chi-tieu",
    "Chỉ tiêu",
    "Mỗi dòng một mục tiêu hoặc chỉ tiêu, với con số, đơn vị tính và thời hạn.",
    (
        _POSITION,
        _C("text", "Chỉ tiêu", 54),
        _C("indicator", "Chỉ số", 24),
        *_MEASURE,
        _DEADLINE,
        *_OF_PLAN,
        _SECTION,
        *_MEASURES,
        _C("year", "Năm phải đạt", 9, _NUMBER),
        *_DAYS,
        _C("scope", "Loại chỉ tiêu", 18),
        _C("modality", "Mức độ cam kết", 14),
        *_TRACE,
    ),
    printed=9,
)
TASKS = Sheet(
    "nhiem-vu",
    "Nhiệm vụ",
    "Mỗi dòng một nhiệm vụ, với đơn vị chủ trì, phối hợp, thực hiện, thời hạn và kết quả phải có.",
    (
        _POSITION,
        _C("text", "Nhiệm vụ", 54),
        *_UNITS,
        _DEADLINE,
        _RESULTS,
        *_OF_PLAN,
        _SECTION,
        *_DAYS,
        _C("measures", "Con số", 20),
        _C("kind", "Loại nhiệm vụ", 13),
        *_TRACE,
    ),
    printed=9,
)
CITATIONS = Sheet(
    "can-cu",
    "Căn cứ",
    "Mỗi dòng một văn bản mà kế hoạch căn cứ hoặc viện dẫn.",
    (
        _POSITION,
        _C("relation", "Quan hệ", 10),
        _C("kind", "Loại văn bản", 14),
        _C("number", "Số, ký hiệu", 20),
        _C("date", "Ngày", 12, _DATE),
        _C("cited_issuer", "Cơ quan ban hành", 24),
        _C("title", "Tên, trích yếu", 54),
        *_OF_PLAN,
        _C("cited", "Là kế hoạch có ở đây", 40),
        _C("page", "Trang", 7, _NUMBER),
        _C("id", "Mã", 24),
        _C("link", "Đường dẫn", 30, _LINK),
    ),
    printed=9,
)
PROBLEMS = Sheet(
    "can-xem-lai",
    "Chỗ cần xem lại",
    "Mỗi dòng một chỗ không đọc được, còn trống hoặc mâu thuẫn trong văn bản.",
    (
        _POSITION,
        _C("severity", "Mức độ", 9),
        _C("code", "Vấn đề", 24),
        _C("message", "Chi tiết", 44),
        _C("there", "Đoạn văn bản", 50),
        *_OF_PLAN,
        _C("page", "Trang", 7, _NUMBER),
        _C("id", "Mã", 24),
        _C("link", "Đường dẫn", 30, _LINK),
    ),
    printed=7,
)
# One plan's targets and tasks in one table, for who opens its CSV.
CONTENTS = Sheet(
    "noi-dung",
    "Nội dung",
    "Mỗi dòng một chỉ tiêu hoặc nhiệm vụ của kế hoạch.",
    (
        _C("what", "Loại", 11),
        _POSITION,
        _SECTION,
        _C("text", "Nội dung", 54),
        _C("indicator", "Chỉ số", 24),
        *_MEASURE,
        *_MEASURES,
        *_UNITS,
        _DEADLINE,
        *_DAYS,
        _RESULTS,
        *_OF_PLAN,
        *_TRACE,
    ),
    printed=7,
)
SHEETS = (PLANS, TARGETS, TASKS, CITATIONS, PROBLEMS)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
