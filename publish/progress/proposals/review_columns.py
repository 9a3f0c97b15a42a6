"""The columns of a review file: a row a proposed link, which a person accepts or refuses."""

from dataclasses import dataclass
from enum import StrEnum

from publish.progress.columns import plain


class Asked(StrEnum):
    """Columns by what they hold."""

    DECISION = "decision"
    SENTENCE = "sentence"
    KIND = "kind"
    VALUE = "value"
    UNIT = "unit"
    PERCENT = "percent"
    AS_OF = "as_of"
    START = "start"
    END = "end"
    TARGET_TEXT = "target_text"
    LEVEL = "level"
    PLAN = "plan"
    CONFIDENCE = "confidence"
    WHY = "why"
    RANK = "rank"
    TARGET = "target"
    SOURCE = "source"
    NOTE = "note"
    REPORT = "report"
    FILE = "file"
    SHA256 = "sha256"
    SPAN_START = "span_start"
    SPAN_END = "span_end"
    PAGE = "page"
    PLAN_ID = "plan_id"
    READ_VALUE = "read_value"
    READ_UNIT = "read_unit"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class ReviewColumn:
    """`width` in letters; `filled` says that people may write here, `needed` that a file without it can't be read."""

    name: Asked
    title: str
    width: int
    filled: bool = False
    needed: bool = False


REVIEW_COLUMNS = (
    ReviewColumn(Asked.DECISION, "Quyết định", 11, filled=True, needed=True),
    ReviewColumn(Asked.SENTENCE, "Báo cáo viết", 56),
    ReviewColumn(Asked.KIND, "Loại số liệu", 12),
    ReviewColumn(Asked.VALUE, "Giá trị", 12, filled=True, needed=True),
    ReviewColumn(Asked.UNIT, "Đơn vị tính", 12, filled=True),
    ReviewColumn(Asked.PERCENT, "Tỷ lệ (%)", 9, filled=True),
    ReviewColumn(Asked.AS_OF, "Tính đến ngày", 12, filled=True, needed=True),
    ReviewColumn(Asked.START, "Kỳ từ ngày", 12, filled=True),
    ReviewColumn(Asked.END, "Kỳ đến ngày", 12, filled=True),
    ReviewColumn(Asked.TARGET_TEXT, "Chỉ tiêu được đề xuất", 56),
    ReviewColumn(Asked.LEVEL, "Mức đặt ra", 14),
    ReviewColumn(Asked.PLAN, "Kế hoạch", 30),
    ReviewColumn(Asked.CONFIDENCE, "Độ tin cậy", 11),
    ReviewColumn(Asked.WHY, "Vì sao", 44),
    ReviewColumn(Asked.RANK, "Phương án", 10),
    ReviewColumn(Asked.TARGET, "Mã chỉ tiêu", 22, filled=True, needed=True),
    ReviewColumn(Asked.SOURCE, "Nguồn số liệu", 30, filled=True),
    ReviewColumn(Asked.NOTE, "Ghi chú", 26, filled=True),
    ReviewColumn(Asked.REPORT, "Mã báo cáo", 18, needed=True),
    ReviewColumn(Asked.FILE, "Tệp báo cáo", 24),
    ReviewColumn(Asked.SHA256, "SHA-256 của tệp", 16),
    ReviewColumn(Asked.SPAN_START, "Từ ký tự", 9, needed=True),
    ReviewColumn(Asked.SPAN_END, "Đến ký tự", 9, needed=True),
    ReviewColumn(Asked.PAGE, "Trang", 7),
    ReviewColumn(Asked.PLAN_ID, "Mã kế hoạch", 18),
    ReviewColumn(Asked.READ_VALUE, "Giá trị đọc được", 12),
    ReviewColumn(Asked.READ_UNIT, "Đơn vị đọc được", 12),
    ReviewColumn(Asked.KEY, "Mã đề xuất", 22, needed=True),
)
REVIEW_BY_TITLE = {plain(column.title): column for column in REVIEW_COLUMNS}

ACCEPT, REFUSE = "Nhận", "Bỏ"
REACHED, BASE = "Số thực hiện", "Giá trị gốc"


def number_text(value: float) -> str:
    """A number as people write it: a comma before decimals, none of those that say nothing.

    >>> number_text(80.80), number_text(1386.0)
    ('80,8', '1386')
    """
    return f"{value:.9f}".rstrip("0").rstrip(".").replace(".", ",")
