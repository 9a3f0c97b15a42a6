"""The API by examples that run: each address answers from the database at hand, and comes with code that reads it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from publish.pages.addresses import Addresses
from publish.pages.page import row
from publish.search import folded

_WORDS_ASKED = 2
# What the examples ask for: something that the database has.
_SAMPLES = {
    "plan": "select id from plans where targets_count order by issued_date desc, id limit 1",
    "year": "select max(year) from plans",
    "target": """
        select id from targets where plan_id = (
            select id from plans where targets_count order by issued_date desc, id limit 1
        ) order by position limit 1
    """,
    "indicator": "select code from indicators where code != 'other' order by localities_count desc, code limit 1",
    "quarter": "select quarter from quarters order by tasks desc, quarter limit 1",
    "unit": "select id from units order by tasks_count desc, id limit 1",
    "locality": "select id from localities order by plans_count desc, id limit 1",
    "day": "select max(as_of) from actuals",
    "title": "select title from plans where title is not null order by issued_date desc, id limit 1",
}
_SQL = """select localities.full_name as dia_phuong, count(*) as so_nhiem_vu
from tasks join plans on plans.id = tasks.plan_id
left join localities on localities.id = plans.locality_id
where plans.year = :nam group by 1 order by 2 desc"""


@dataclass(frozen=True, slots=True)
class Example:
    """`answer` is "list" or "object" (JSON), "lines" (of JSON), "csv" or "ics"; `path` begins at the site's root.

    `title` and `about` are Vietnamese, and translated when shown; `sql` is the query that the address holds, if any.
    """

    name: str
    title: str
    about: str
    answer: str
    path: str
    sql: str = ""


def samples(connection: sqlite3.Connection) -> dict[str, str]:
    """What the examples ask for; "" where the database has nothing of the kind."""
    return {name: str(next(iter((row(connection, sql) or {}).values()), None) or "") for name, sql in _SAMPLES.items()}


def examples(found: dict[str, str]) -> list[Example]:
    """The examples, but those that ask for what the database lacks."""
    to = Addresses(str)
    return [*_of_tables(found), *_of_questions(found), *_of_records(found, to), *_of_files(found, to)]


def _of_tables(found: dict[str, str]) -> Iterator[Example]:
    yield Example(
        "loc",
        "Lọc một bảng",
        "Mảng các chỉ tiêu đọc chắc chắn của một năm. Cột nào cũng lọc được: year__gte=2025, text__contains=x",
        "list",
        f"/plans/targets.json?year={found['year']}&confidence=high&_shape=array&_size=100",
    )
    yield Example(
        "lat-trang",
        "Lật trang",
        "Đối tượng gồm rows và next_url; gọi tiếp next_url cho đến khi nó là null. Mỗi lần nhiều nhất 5.000 dòng.",
        "object",
        "/plans/tasks.json?_size=100&_shape=objects",
    )
    yield Example(
        "theo-khoa",
        "Dạng của kết quả",
        "_shape=object cho một đối tượng, khóa của bảng là tên; _shape=array cho một mảng; arrayfirst chỉ cột đầu.",
        "object",
        "/plans/indicators.json?_shape=object&_size=max",
    )
    if found["quarter"]:
        yield Example(
            "khung-nhin",
            "Khung nhìn có sẵn tên tiếng Việt",
            "Việc của một quý với đơn vị theo vai trò: lich_nhiem_vu. Cũng có so_sanh_chi_tieu, nhiem_vu_theo_don_vi.",
            "list",
            f"/plans/lich_nhiem_vu.json?quy={found['quarter']}&_shape=array",
        )
    if found["day"]:
        yield Example(
            "tien-do",
            "Tình trạng của chỉ tiêu tính đến một ngày",
            "Mỗi dòng là một khoảng ngày, nên tu_ngay__lte và den_ngay__gte cùng một ngày cho biết tình trạng ngày ấy.",
            "list",
            f"/plans/tinh_trang_chi_tieu.json?tu_ngay__lte={found['day']}&den_ngay__gte={found['day']}&_shape=array&_size=100",
        )


def _of_questions(found: dict[str, str]) -> Iterator[Example]:
    yield Example(
        "sql",
        "Câu SQL bất kỳ",
        "Chỉ đọc, nhiều nhất 2 giây và 5.000 dòng; chữ sau dấu hai chấm là tham số trên địa chỉ.",
        "list",
        f"/plans.json?sql={quote(_SQL)}&nam={found['year']}&_shape=array",
        _SQL,
    )
    if words := " ".join(folded(found["title"]).split()[:_WORDS_ASKED]):
        yield Example(
            "tim",
            "Tìm trong toàn văn",
            "Chỉ tiêu, nhiệm vụ, kế hoạch có các từ ấy; gõ có dấu hay không dấu đều được.",
            "list",
            f"/plans/tim_kiem.json?tu_khoa={quote(words)}&_shape=array",
        )


def _of_records(found: dict[str, str], to: Addresses) -> Iterator[Example]:
    if found["plan"]:
        yield Example(
            "ban-ghi",
            "Bản ghi đầy đủ của một kế hoạch",
            "Toàn văn, mục, chỉ tiêu, nhiệm vụ, căn cứ, chỗ cần xem lại, với vị trí của từng giá trị trong toàn văn.",
            "object",
            f"{to.plan({'id': found['plan']})}.json",
        )
    if found["target"]:
        yield Example(
            "chi-tieu",
            "Một chỉ tiêu và nguồn của nó",
            "Chỉ tiêu với các con số và chỗ đã đọc; nhiệm vụ cũng có địa chỉ như vậy. Địa chỉ không đổi.",
            "object",
            f"{to.target(found['target'])}.json",
        )


def _of_files(found: dict[str, str], to: Addresses) -> Iterator[Example]:
    yield Example(
        "csv",
        "CSV cho người đọc, có lọc",
        "Nhiệm vụ của một năm, có BOM nên Excel mở đúng. Lọc bằng nam, dia_phuong, ke_hoach; viết được nhiều lần.",
        "csv",
        to.downloads("nhiem-vu.csv", nam=found["year"]),
    )
    yield Example(
        "csv-bang",
        "CSV của bảng, khung nhìn hoặc câu SQL bất kỳ",
        "_stream=on cho mọi dòng; _bom=on thêm BOM cho Excel và chặn công thức; bỏ _bom thì từng giá trị y nguyên.",
        "csv",
        "/plans/problems.csv?_stream=on&_bom=on",
    )
    if found["locality"]:
        yield Example(
            "jsonl",
            "Bản ghi của một địa phương, mỗi dòng một kế hoạch",
            "JSON Lines: đọc từng dòng, không phải nạp cả tệp.",
            "lines",
            to.downloads("ban-ghi.jsonl", dia_phuong=found["locality"]),
        )
    if found["unit"]:
        yield Example(
            "lich",
            "Lịch của một đơn vị",
            "iCalendar: thêm địa chỉ này vào Outlook, Google Calendar hoặc điện thoại thì lịch tự cập nhật.",
            "ics",
            to.unit_feed(found["unit"]),
        )


_PYTHON = {
    "list": 'import pandas as pd\ntable = pd.read_json("{url}")',
    "object": 'import requests\nrecord = requests.get("{url}").json()',
    "lines": 'import pandas as pd\nrecords = pd.read_json("{url}", lines=True)',
    "csv": 'import pandas as pd\ntable = pd.read_csv("{url}")',
    "ics": 'import icalendar, requests\ncalendar = icalendar.Calendar.from_ical(requests.get("{url}").content)',
}
_R = {
    "list": 'table <- jsonlite::fromJSON("{url}")',
    "object": 'record <- jsonlite::fromJSON("{url}")',
    "lines": 'records <- jsonlite::stream_in(url("{url}"))',
    "csv": 'table <- readr::read_csv("{url}")',
    "ics": 'lines <- readLines("{url}")',
}


def snippets(example: Example, url: str) -> dict[str, str]:
    """Code that reads the example, by program; `url` is its whole address."""
    safe = url.replace("'", "%27").replace('"', "%22")
    return {
        "curl": f"curl -s '{safe}'",
        "Python": _PYTHON[example.answer].replace("{url}", safe),
        "R": _R[example.answer].replace("{url}", safe),
    }
