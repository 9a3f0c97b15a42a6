"""The columns of a progress sheet, as people see them: what names a row, what helps, what is to be filled in."""

from dataclasses import dataclass
from enum import StrEnum

from extract.text import unaccented


class Name(StrEnum):
    """Columns by what they hold."""

    ID = "id"
    KIND = "kind"
    PLAN = "plan"
    TEXT = "text"
    LEVEL = "level"
    DUE = "due"
    UNITS = "units"
    LATEST = "latest"
    KNOWN_BASE = "known_base"
    VALUE = "value"
    UNIT = "unit"
    PERCENT = "percent"
    STATE = "state"
    AS_OF = "as_of"
    START = "start"
    END = "end"
    BASE = "base"
    BASE_DAY = "base_day"
    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in letters; `filled` says that people write here, `needed` that a sheet without it can't be read.

    `says` tells people what to write.
    """

    name: Name
    title: str
    width: int
    filled: bool = False
    needed: bool = False
    says: str = ""


COLUMNS = (
    Column(Name.ID, "Mã (không sửa)", 24, needed=True, says="Mã của chỉ tiêu, nhiệm vụ; không sửa."),
    Column(Name.KIND, "Loại", 11, says="Chỉ tiêu thì ghi giá trị; nhiệm vụ thì chọn trạng thái."),
    Column(Name.PLAN, "Kế hoạch", 22, says="Số, ký hiệu của kế hoạch."),
    Column(Name.TEXT, "Nội dung", 60, says="Nguyên văn trong kế hoạch."),
    Column(Name.LEVEL, "Mức đặt ra", 16, says="Mức mà kế hoạch đặt ra."),
    Column(Name.DUE, "Thời hạn", 20, says="Thời hạn theo kế hoạch; việc định kỳ là ngày đến hạn của lần ấy."),
    Column(Name.UNITS, "Đơn vị thực hiện", 26, says="Các đơn vị được giao."),
    Column(Name.LATEST, "Số liệu gần nhất", 22, says="Số liệu hoặc trạng thái đã nhập gần nhất, để tham khảo."),
    Column(Name.KNOWN_BASE, "Giá trị gốc đã có", 18, says="Giá trị gốc đã nhập, để tham khảo."),
    Column(
        Name.VALUE,
        "Giá trị đạt được",
        14,
        filled=True,
        needed=True,
        says="Chỉ ghi số: 85,3 hoặc 1.250. Dấu chấm ngăn hàng nghìn, dấu phẩy trước số lẻ. Chưa có thì để trống.",
    ),
    Column(
        Name.UNIT,
        "Đơn vị tính",
        12,
        filled=True,
        says="Đã ghi sẵn; chỉ sửa khi số liệu tính bằng đơn vị khác đổi được (tỷ đồng, triệu đồng).",
    ),
    Column(
        Name.PERCENT,
        "Tỷ lệ (%)",
        10,
        filled=True,
        says="Tỷ lệ trên tổng số, khi giá trị đạt được là số đếm: 116 người, tỷ lệ 85,3.",
    ),
    Column(Name.STATE, "Trạng thái nhiệm vụ", 24, filled=True, needed=True, says="Chọn trong danh sách của ô."),
    Column(
        Name.AS_OF,
        "Tính đến ngày",
        13,
        filled=True,
        needed=True,
        says="Ngày mà số liệu phản ánh, như 30/06/2026; bắt buộc ở dòng có giá trị hoặc trạng thái.",
    ),
    Column(
        Name.START,
        "Kỳ từ ngày",
        13,
        filled=True,
        says="Nếu số liệu đếm trong một kỳ: ngày đầu của kỳ. Việc định kỳ đã ghi sẵn, không sửa.",
    ),
    Column(Name.END, "Kỳ đến ngày", 13, filled=True, says="Ngày cuối của kỳ. Việc định kỳ đã ghi sẵn, không sửa."),
    Column(
        Name.BASE,
        "Giá trị gốc",
        12,
        filled=True,
        says="Giá trị trước khi thực hiện kế hoạch, cùng đơn vị tính; ghi một lần, để tính mức tăng giảm và tiến độ.",
    ),
    Column(Name.BASE_DAY, "Ngày giá trị gốc", 13, filled=True, says="Ngày của giá trị gốc, như 31/12/2025."),
    Column(Name.SOURCE, "Nguồn số liệu", 28, filled=True, says="Báo cáo, sổ, phần mềm mà số liệu được lấy ra."),
    Column(Name.NOTE, "Ghi chú", 30, filled=True, says="Điều cần nói thêm; lý do, khi sửa lại số đã nhập."),
)
TARGET, TASK = "Chỉ tiêu", "Nhiệm vụ"
SHEET, GUIDE = "Tiến độ", "Hướng dẫn"  # the worksheet to fill in, and the one that says how


def plain(text: object) -> str:
    """A heading as it is compared: without accents, case, brackets and what stands in them.

    >>> plain("Mã (không sửa)"), plain(" GIÁ TRỊ  đạt được ")
    ('ma', 'gia tri dat duoc')
    """
    return " ".join(unaccented(str(text or "")).partition("(")[0].replace("_", " ").split())


BY_TITLE = {plain(column.title): column for column in COLUMNS} | {plain(column.name): column for column in COLUMNS}
