"""An Excel workbook -> the lines of cells of each worksheet, read bit by bit: what cells hold and how they show it."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from extract.errors import UnreadableFile
from publish.progress.grid import Area, Grid, Line
from publish.progress.written import Broken, Percent

_LARGEST_SHEET = 1 << 30  # bytes of XML; a million rows of ours are less
_LARGEST_PART = 256 << 20  # of any other part, which is held in memory
_MOST_COLUMNS = 16_384  # of a worksheet, by the format
_LITERAL = re.compile(r'"[^"]*"|\\.')  # what a number format shows as it stands: 0"%"
_DATES_OF_OTHERS = frozenset((*range(27, 37), *range(50, 59)))  # built-in dates that only some languages have
_HUGE_PAUSE = "quá lớn sau khi giải nén; hãy chia thành nhiều tệp, hoặc lưu ở dạng CSV UTF-8"
_BROKEN = "tệp Excel hỏng; hãy mở bằng Excel và lưu lại"
_NO_RESULT = Broken("ô này là công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại, hoặc ghi số vào ô")
_FAILED = (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError)


def xlsx_grids(path: Path) -> Iterator[Grid]:
    """The worksheets in their order, each to be read before the next; raises UnreadableFile where it is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_kind(path, archive)
            book = _Book(path, archive)
            yield from book.grids()
    except _FAILED as error:
        raise UnreadableFile(path, _BROKEN) from error


def _check_kind(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile where the archive is something else, or would fill the memory."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        kind = (
            "tệp Word" if "word/document.xml" in names else "tệp nén" if "mimetype" not in names else "tệp OpenDocument"
        )
        raise UnreadableFile(path, f"đây là {kind}, không phải bảng Excel; hãy lưu bảng ở dạng .xlsx")
    for entry in archive.infolist():
        most = _LARGEST_SHEET if entry.filename.startswith("xl/worksheets/") else _LARGEST_PART
        if entry.file_size > most:  # no more than this is ever read of it
            raise UnreadableFile(path, _HUGE_PAUSE)


@dataclass(slots=True)
class _Shown:
    """How the cells of each style show their numbers."""

    percent: frozenset[int]
    day: frozenset[int]
    epoch: datetime


class _Book:
    """The parts of an open workbook that its worksheets refer to."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        self._names = set(archive.namelist())
        self._texts = self._shared_texts()
        self._book = self._root("xl/workbook.xml")
        self._shown = self._styles()

    def grids(self) -> Iterator[Grid]:
        places = {one.get("Id"): str(one.get("Target")) for one in self._root("xl/_rels/workbook.xml.rels")}
        for one in self._book.iterfind("{*}sheets/{*}sheet"):
            key = next((value for name, value in one.items() if str(name).endswith("}id")), None)
            place = places.get(str(key), "")
            place = place.lstrip("/") if place.startswith("/") else f"xl/{place}"
            if place not in self._names or "/worksheets/" not in place:
                continue  # a chart on a sheet of its own
            grid = Grid(
                iter(()), str(one.get("name")), lettered=True, concealed=one.get("state", "visible") != "visible"
            )
            with closing(self._archive.open(place)) as stream:
                grid.lines = self._lines(stream, grid)
                yield grid

    def _root(self, name: str) -> etree._Element:
        with self._archive.open(name) as stream:
            return etree.parse(stream, _parser()).getroot()

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._names:
            return []
        return [_text_in(one) for one in self._root("xl/sharedStrings.xml").iterfind("{*}si")]

    def _styles(self) -> _Shown:
        properties = self._book.find("{*}workbookPr")
        old = properties is not None and properties.get("date1904") in {"1", "true"}
        epoch = MAC_EPOCH if old else WINDOWS_EPOCH
        if "xl/styles.xml" not in self._names:
            return _Shown(frozenset(), frozenset(), epoch)
        root = self._root("xl/styles.xml")
        own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in root.iterfind("{*}numFmts/{*}numFmt")}
        used = [int(one.get("numFmtId", 0)) for one in root.iterfind("{*}cellXfs/{*}xf")]
        codes = {at: _LITERAL.sub("", own.get(one, BUILTIN_FORMATS.get(one, ""))) for at, one in enumerate(used)}
        percent = frozenset(at for at, code in codes.items() if "%" in code)
        days = (at for at, code in codes.items() if is_date_format(code) or used[at] in _DATES_OF_OTHERS)
        return _Shown(percent, frozenset(days) - percent, epoch)

    def _lines(self, stream: IO[bytes], grid: Grid) -> Iterator[Line]:
        """The rows that hold something; merged areas stand behind them in the file."""
        number = 0
        for found in self._elements(stream):
            if str(found.tag).endswith("}row"):
                number = int(found.get("r", number + 1))
                if found.get("hidden") in {"1", "true"}:
                    grid.hidden.add(number)
                cells = self._cells(found)
                if cells:
                    yield number, cells
            else:
                grid.merged.append(_area(str(found.get("ref"))))

    def _elements(self, stream: IO[bytes]) -> Iterator[etree._Element]:
        """Rows and merged areas, each forgotten once it has been looked at."""
        safe = {"resolve_entities": False, "no_network": True, "load_dtd": False}
        try:
            for _, found in etree.iterparse(stream, events=("end",), tag=("{*}row", "{*}mergeCell"), **safe):
                yield found
                found.clear()
                above = found.getparent()
                while above is not None and found.getprevious() is not None:
                    del above[0]
        except _FAILED as error:
            raise UnreadableFile(self._path, _BROKEN) from error

    def _cells(self, row: etree._Element) -> list[object]:
        cells: list[object] = []
        for at, one in enumerate(row):
            place = one.get("r")
            column = coordinate_to_tuple(place)[1] if place else max(len(cells), at) + 1
            if column > _MOST_COLUMNS:
                raise ValueError(place)
            value = self._value(one)
            if value is not None:
                cells.extend([None] * (column - 1 - len(cells)))
                cells.append(value)
        return cells

    def _value(self, cell: etree._Element) -> object:
        kind, text, formula = cell.get("t", "n"), None, False
        for part in cell:
            name = str(part.tag).rpartition("}")[2]
            if name == "v":
                text = part.text
            elif name == "f":
                formula = True
            elif name == "is":
                return _text_in(part) or None
        if text is None:
            return _NO_RESULT if formula and kind != "str" else None
        return self._meant(kind, text, int(cell.get("s", 0)))

    def _meant(self, kind: str, text: str, style: int) -> object:
        match kind:
            case "s":
                return self._texts[int(text)] or None
            case "n":
                return self._number(float(text), style)
            case "b":
                return text == "1"
            case "e":
                return Broken(f"ô này có lỗi {text} của Excel; hãy sửa công thức hoặc ghi thẳng giá trị")
            case "d":
                return datetime.fromisoformat(text)
        return text or None

    def _number(self, value: float, style: int) -> object:
        if style in self._shown.percent:
            return Percent(round(value * 100, 9))
        if style in self._shown.day:
            return _day(value, self._shown.epoch)
        return value


def _day(value: float, epoch: datetime) -> date | time | timedelta | Broken | None:
    try:
        found: date | time | timedelta | None = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return Broken("ô này có định dạng ngày nhưng không phải ngày; hãy ghi như 30/06/2026")
    return found


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _text_in(element: etree._Element) -> str:
    """The text of its runs, without the reading aids of other scripts."""
    return "".join(
        one.text or ""
        for one in element.iter("{*}t")
        if (above := one.getparent()) is None or not str(above.tag).endswith("}rPh")
    )


def _area(reference: str) -> Area:
    bounds: Mapping[int, int] = {at: int(bound or 1) for at, bound in enumerate(range_boundaries(reference))}
    return Area(bounds[1], bounds[0], bounds[3], bounds[2], reference)


def letter(column: int) -> str:
    """The letters of a column that counts from 1."""
    return get_column_letter(column)
