"""A filled-in sheet, XLSX or CSV -> its rows by column, with their places; what is wrong with the sheet as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import compress, islice
from pathlib import Path
from typing import Any, NamedTuple

from extract.errors import UnreadableFile
from publish.progress.columns import BY_TITLE, COLUMNS, GUIDE, Name, plain
from publish.progress.csv_lines import csv_grid
from publish.progress.grid import Fault, Grid

_HEADING_WITHIN = 30  # rows from the top
_TEXT = frozenset({".csv", ".tsv", ".txt"})
_WRITTEN = frozenset({Name.ID, *(column.name for column in COLUMNS if column.filled)})
_READ = _WRITTEN | {Name.TEXT}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ALIKE = 0.6


class RowPlace(NamedTuple):
    """Where a row stands: its number, and its worksheet where there are several."""

    number: int
    sheet: str = ""


class SheetRow(NamedTuple):
    """The cells of a row that hold something, of the columns that are read; `titles` say how the sheet names them."""

    number: int
    cells: Mapping[Name, object]
    titles: Mapping[Name, str]
    sheet: str = ""
    hidden: bool = False


def place(row: SheetRow | RowPlace) -> str:
    """Where a row stands, in words."""
    return f"{row.sheet + ', ' if row.sheet else ''}dòng {row.number}"


def grouped(rows: Sequence[SheetRow], most: int = 10) -> str:
    """The places of rows, the first ones named.

    >>> grouped([SheetRow(5, {}, {}), SheetRow(9, {}, {})])
    'dòng 5, 9'
    """
    by_sheet: dict[str, list[int]] = defaultdict(list)
    for row in rows[:most]:
        by_sheet[row.sheet].append(row.number)
    said = "; ".join(
        f"{sheet + ' ' if sheet else ''}dòng {', '.join(map(str, numbers))}" for sheet, numbers in by_sheet.items()
    )
    return said + (" …" if len(rows) > most else "")


@dataclass(slots=True)
class Sheet:
    """`faults` concern the sheet, not one row's values, and are all known once `rows` has been read to its end.

    `notices` are what people should know, though nothing is wrong.
    """

    rows: Iterable[SheetRow] = ()
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Headed:
    """A grid whose heading has been read: which columns stand where, and how many there are."""

    grid: Grid
    row: int
    columns: Mapping[int, Name]
    titles: Mapping[Name, str]
    width: int


def read_sheet(path: Path) -> Sheet:
    """The rows of a file that `kehoach progress template` made and people filled in.

    Raises UnreadableFile where the file is no table at all; of a workbook that may be when its rows are read.
    """
    sheet = Sheet()
    sheet.rows = _rows_of(_grids(path), sheet)
    return sheet


def _grids(path: Path) -> Iterator[Grid]:
    """The tables of a file, by what it is and not by what it is called."""
    with path.open("rb") as stream:
        begin = stream.read(len(_OLE))
    if not begin:
        raise UnreadableFile(path, "tệp trống")
    if begin == _OLE:
        secret = _ENCRYPTED in path.read_bytes()
        said = (
            "tệp có mật khẩu; hãy bỏ mật khẩu (Excel: Tệp → Thông tin → Bảo vệ sổ làm việc) và lưu lại"
            if secret
            else "tệp Office đời cũ (.xls, .doc); hãy mở bằng Excel và lưu lại ở dạng .xlsx"
        )
        raise UnreadableFile(path, said)
    if begin.startswith(_ZIP):
        from publish.progress.xlsx_lines import xlsx_grids  # noqa: PLC0415  (CSV must not wait for it)

        return xlsx_grids(path)
    if path.suffix.lower() in _TEXT:
        return iter((csv_grid(path),))
    raise UnreadableFile(path, "không phải .xlsx hay .csv; hãy mở bằng Excel và lưu lại ở dạng .xlsx")


def _rows_of(grids: Iterable[Grid], sheet: Sheet) -> Iterator[SheetRow]:
    """The rows of every table that has our heading."""
    seen = 0
    for grid in grids:
        headed = _headed(grid, sheet)
        if headed is None:
            continue
        seen += 1
        named = f"trang “{grid.name}”" if seen > 1 else ""
        yield from _rows(headed, sheet, named)
        sheet.faults += [Fault(one.row, one.column, one.message, named) for one in _faults_below(headed)]
    if not seen and not sheet.faults:
        sheet.faults.append(Fault(0, "", f"không thấy dòng tên cột (cần có cột “{COLUMNS[0].title}”)"))


def _headed(grid: Grid, sheet: Sheet) -> _Headed | None:
    """The grid with its heading, which stands among the first rows; None where it has none."""
    empty = True
    for number, cells in islice(grid.lines, _HEADING_WITHIN):
        empty = empty and not any(cells)
        found = _columns(cells)
        if len(found) < 2 and (Name.ID not in found.values() or sum(map(bool, cells)) < 3):
            continue
        titles = {name: _titled(grid, at, cells[at]) for at, name in found.items()}
        headed = _Headed(grid, number, found, titles, len(cells))
        sheet.faults += _wrong_headings(headed, cells)
        sheet.notices += _unused(cells)
        return headed
    sheet.faults += grid.faults
    if grid.name and not empty and not grid.concealed and plain(grid.name) != plain(GUIDE):
        sheet.notices.append(f"Trang “{grid.name}” không có dòng tên cột nên được bỏ qua.")
    return None


def _columns(cells: Sequence[object]) -> dict[int, Name]:
    """Which columns stand where; of a column that comes twice, the first."""
    found: dict[int, Name] = {}
    for at, cell in enumerate(cells):
        column = BY_TITLE.get(plain(cell)) if isinstance(cell, str) else None
        if column and column.name not in found.values():
            found[at] = column.name
    return found


def _wrong_headings(headed: _Headed, cells: Sequence[object]) -> Iterator[Fault]:
    """Columns that come twice, and those that are not there, each with the heading that may have been meant."""
    names, row = set(headed.columns.values()), headed.row
    for at, cell in enumerate(cells):
        column = BY_TITLE.get(plain(cell)) if isinstance(cell, str) else None
        if column and column.name in _WRITTEN and at not in headed.columns:
            said = f"cột “{column.title}” có hai lần; hãy xóa hoặc đổi tên một cột"
            yield Fault(row, _titled(headed.grid, at, cell), said)
    unknown = {plain(cell): str(cell) for _, cell in _unknown(cells)}
    for column in COLUMNS:
        if column.name in names or not (column.filled or column.needed):
            continue
        near = get_close_matches(plain(column.title), list(unknown), 1, 0.5 if column.needed else _ALIKE)
        if near:
            said = f"thiếu cột “{column.title}”; có phải là “{unknown[near[0]]}”? Hãy đổi lại tên cột"
            yield Fault(row, column.title, said)
        elif column.needed:
            yield Fault(row, column.title, f"thiếu cột “{column.title}”; hãy thêm lại cột, dù để trống")


def _unknown(cells: Sequence[object]) -> list[tuple[int, object]]:
    return [(at, cell) for at, cell in enumerate(cells) if cell and plain(cell) and plain(cell) not in BY_TITLE]


def _unused(cells: Sequence[object]) -> list[str]:
    names = ", ".join(f"“{' '.join(str(cell).split())}”" for _, cell in _unknown(cells))
    return [f"Các cột không dùng tới: {names}."] if names else []


def _titled(grid: Grid, at: int, cell: object) -> str:
    title = " ".join(str(cell).split())
    if not grid.lettered:
        return f"“{title}”"
    from publish.progress.xlsx_lines import letter  # noqa: PLC0415  (only workbooks have letters)

    return f"{letter(at + 1)} ({title})"


def _rows(headed: _Headed, sheet: Sheet, named: str) -> Iterator[SheetRow]:
    grid, width, titles, hidden = headed.grid, headed.width, headed.titles, headed.grid.hidden
    where = [(at, name) for at, name in headed.columns.items() if name in _READ]
    names, wanted = [name for _, name in where], [headed.columns.get(at) in _READ for at in range(width)]
    for number, cells in grid.lines:
        if grid.exact and len(cells) > width:
            said = (
                f"dòng có {len(cells)} ô mà bảng chỉ có {width} cột; ô có dấu phẩy bên trong phải đặt trong ngoặc kép"
            )
            sheet.faults.append(Fault(number, "", said, named))
            continue
        if grid.exact and len(cells) == width:  # all of them text
            some: list[Any] = list(compress(cells, wanted))
            held: dict[Name, object] = dict(compress(zip(names, some), some))  # noqa: B905  (as long as each other)
            if any(map(str.isspace, some)):
                held = {name: cell for name, cell in held.items() if not _is_blank(cell)}
        else:
            held = {name: cells[at] for at, name in where if at < len(cells) and not _is_blank(cells[at])}
        if held:
            yield SheetRow(number, held, titles, named, number in hidden)


def _is_blank(cell: object) -> bool:
    return (not cell and cell != 0) or (type(cell) is str and cell.isspace())


def _faults_below(headed: _Headed) -> Iterator[Fault]:
    """What was found out while the rows were read."""
    yield from headed.grid.faults
    if headed.grid.concealed:
        yield Fault(0, "", f"trang “{headed.grid.name}” đang bị ẩn; hãy hiện nó ra để xem lại, hoặc xóa đi")
    for area in headed.grid.merged:
        touched = (headed.columns.get(at - 1) for at in range(area.first_column, min(area.last_column, 1000) + 1))
        if area.first_row > headed.row and any(name in _WRITTEN for name in touched):
            yield Fault(area.first_row, area.name, "các ô bị gộp; hãy bỏ gộp (Unmerge) và ghi riêng từng dòng")
