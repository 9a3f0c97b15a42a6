"""The formats: what each is called, what is in it, and what makes its files. A new format is an entry here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from publish.export.files import File

if TYPE_CHECKING:  # the help of the command names the formats, and loads none of what makes them
    from publish.export.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """`many` names the function that makes files for a folder or a ZIP, `one` that for the bytes of one file.

    A format has one of them or both. `file_name` is what the one file, or the ZIP, is called where nobody names it;
    `table` is the one table that is asked for. `offered` says that Tải về has it: Datasette itself gives the database,
    and the pages of units and places give their calendars.
    """

    name: str
    file_name: str
    media_type: str
    title: str
    says: str
    many: str = ""
    one: str = ""
    table: str = ""
    offered: bool = True

    @property
    def suffix(self) -> str:
        """The ending of the one file's name; ".zip" where there are many."""
        return "." + self.file_name.rpartition(".")[2]

    def files(self, source: "Source") -> Iterator[File]:
        """The files for a folder, each to be read before the next."""
        if not self.many:
            return iter([File(self.file_name, self.pieces(source))])
        made: Iterator[File] = resolve_name(f"publish.export.{self.many}")(source)
        return made

    def pieces(self, source: "Source") -> Iterator[bytes]:
        """The one file."""
        function = resolve_name(f"publish.export.{self.one}")
        made: Iterator[bytes] = function(source, self.table) if self.table else function(source)
        return made


ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"
JSON_LINES = "application/jsonl; charset=utf-8"
SQLITE = "application/vnd.sqlite3"

FORMATS = {
    form.name: form
    for form in (
        Format(
            "csv",
            "ke-hoach-csv.zip",
            ZIP,
            "Mọi bảng, CSV",
            "các bảng cho người đọc (ke-hoach, chi-tieu, nhiem-vu, can-cu, can-xem-lai) và mọi bảng của cơ sở dữ liệu "
            "(bang/), UTF-8 có BOM",
            many="comma_separated:csv_files",
        ),
        Format("xlsx", "ke-hoach.xlsx", XLSX, "Sổ Excel", "một sổ Excel, mỗi bảng một trang", one="workbook:workbook"),
        Format(
            "json",
            "ban-ghi.json",
            JSON,
            "Bản ghi, JSON",
            "bản ghi đầy đủ (toàn văn, vị trí của từng giá trị): một mảng trong một tệp, hoặc mỗi kế hoạch một tệp",
            many="records:record_files",
            one="records:record_list",
        ),
        Format(
            "jsonl",
            "ban-ghi.jsonl",
            JSON_LINES,
            "Bản ghi, JSON Lines",
            "bản ghi đầy đủ, mỗi kế hoạch một dòng, đọc dần được",
            one="records:record_lines",
        ),
        Format(
            "datapackage",
            "goi-du-lieu.zip",
            ZIP,
            "Gói dữ liệu",
            "Frictionless Data Package: CSV và datapackage.json mô tả kiểu, khóa, liên kết",
            many="data_package:data_package",
        ),
        Format(
            "iati",
            "iati.xml",
            XML,
            "IATI 2.03",
            "kế hoạch và nhiệm vụ là hoạt động; chỉ tiêu, mức gốc, kết quả thực hiện theo khung kết quả của IATI",
            one="iati:iati",
        ),
        Format(
            "stratml",
            "stratml.zip",
            ZIP,
            "StratML phần 2",
            "kế hoạch hoặc báo cáo thực hiện theo ISO 17469, mỗi kế hoạch một tệp XML",
            many="stratml:stratml",
        ),
        Format(
            "sqlite",
            "plans.db",
            SQLITE,
            "Cơ sở dữ liệu SQLite",
            "cơ sở dữ liệu, mở được bằng kehoach serve",
            one="sqlite_file:sqlite_file",
            offered=False,
        ),
        Format(
            "ics",
            "lich.zip",
            ZIP,
            "Lịch, iCalendar",
            "lịch việc của từng đơn vị (don-vi/) và từng địa phương (dia-phuong/), mỗi nơi một tệp .ics",
            many="calendars:calendars",
            offered=False,
        ),
    )
}


def one_table(name: str) -> Format:
    """One table as CSV for Excel: one for people ("nhiem-vu") or one of the database ("tasks")."""
    return Format("csv", f"{name}.csv", CSV, name, "một bảng", one="comma_separated:one_table", table=name)
