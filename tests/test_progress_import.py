"""Filled-in sheets come in: every fault is named by row and column, and what is right goes in whole or not at all."""

import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from extract.errors import UnreadableFile
from publish.progress.columns import Name
from publish.progress.importing import check_sheet
from publish.progress.store import Recorded
from publish.progress.written import Broken, Unclear, day, number
from tests.progress import (
    BUDGET,
    HOUSES,
    LESS,
    MONEY,
    MONTHLY,
    ONCE,
    PLAIN,
    RANK,
    RECORDED,
    SHARE,
    TITLES,
    Sheet,
    csv_file,
    imported,
    rows,
    said,
    state,
    value,
    xlsx_file,
)


def letter(name: Name) -> str:
    return get_column_letter(list(TITLES).index(name) + 1)


# What people write --------------------------------------------------------------------------------------------------

NUMBERS = [
    ("1.234,5", 1234.5), ("85,3", 85.3), ("85.3", 85.3), ("1.250", 1250), ("1.250.000", 1250000), ("0,125", 0.125),
    ("0.125", 0.125), ("85,3%", 85.3), ("85,3 %", 85.3), (" 12 ", 12), ("1 250", 1250), ("−5", -5), ("+5", 5), (12, 12),
    (85.3, 85.3), ("12500", 12500), ("1.250,75", 1250.75),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), NUMBERS)
def test_a_number_is_read_as_vietnamese_write_it(written: object, meant: float):
    assert number(written) == meant


NO_NUMBERS = [
    ("1,250", "ghi 1.250 nếu là hàng nghìn"), ("1,250.5", "ghi 1.250,5"), ("nhiều", "không phải số"), ("12/17 ấp", "một phần"),
    ("12/17", "một phần"), ("khoảng 85", "không phải số"), ("=A1", "công thức"), (True, "không phải số"), ("1e5", "không phải"),
    (date(2026, 7, 12), "định dạng ô thành Số"), (float("nan"), "quá lớn"), ("9" * 400, "quá lớn"), ("٣", "không phải số"),
    (Broken("hỏng"), "hỏng"), ("", "không phải số"), ("1.25.0", "không phải số"), ("--", "không phải số"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "why"), NO_NUMBERS)
def test_what_is_no_number_or_could_be_two_is_refused_with_a_remedy(written: object, why: str):
    with pytest.raises(Unclear, match=why):
        number(written)


DAYS = [
    ("30/6/2026", "2026-06-30"), ("30-06-2026", "2026-06-30"), ("30.6.2026", "2026-06-30"), ("2026-06-30", "2026-06-30"),
    (date(2026, 6, 30), "2026-06-30"), (datetime(2026, 6, 30, 8, 5), "2026-06-30"), ("2026-06-30 00:00:00", "2026-06-30"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), DAYS)
def test_a_day_is_read_with_the_day_before_the_month(written: object, meant: str):
    assert day(written) == meant


NO_DAYS = [
    ("31/6/2026", "lịch không có"), ("6/30/2026", "ngày đứng trước tháng"), ("30/6/26", "bốn chữ số"), ("quý II", "hãy ghi như"),
    (46203, "số 46203"), ("2026-02-30", "lịch không có"), (Broken("hỏng"), "hỏng"), (True, "không phải ngày"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "why"), NO_DAYS)
def test_a_day_that_no_calendar_has_is_refused(written: object, why: str):
    with pytest.raises(Unclear, match=why):
        day(written)


# What goes in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_values_states_and_bases_go_in(db: Path, tmp_path: Path, kind: str):
    lines = [
        value(SHARE, "85,3", source="Báo cáo 12/BC-UBND", base="80", base_day="31/12/2025"),
        value(HOUSES, "1.100", start="1/1/2026", end="30/6/2026", percent="88"),
        value(MONEY, 1500, unit="triệu đồng"),
        value(RANK, 4, unit="Hạng"),
        state(ONCE, "Hoàn thành đúng hạn", note="xong sớm"),
        state(MONTHLY, "hoan thanh qua han", start="15/2/2026", end="14/3/2026"),
    ]
    path = tmp_path / f"a.{kind}"
    done = imported(db, csv_file(path, lines) if kind == "csv" else xlsx_file(path, lines))
    assert said(done) == []
    assert done.stored is not None
    assert (done.stored.added, done.stored.corrected, done.stored.known) == (7, 0, 0)
    facts = rows(db, "select target_id, value, unit, converted, percent, as_of, period_start, source from actuals")
    assert sorted(facts) == [
        (SHARE, 85.3, "%", 85.3, None, "2026-06-30", None, "Báo cáo 12/BC-UBND"),
        (HOUSES, 1100.0, "hộ", 1100.0, 88.0, "2026-06-30", "2026-01-01", None),
        (MONEY, 1500.0, "triệu đồng", 1.5, None, "2026-06-30", None, None),
        (RANK, 4.0, "rank", 4.0, None, "2026-06-30", None, None),
    ]
    assert rows(db, "select target_id, value, converted, as_of, source, recorded_by from baselines") == [
        (SHARE, 80.0, 80.0, "2025-12-31", "Báo cáo 12/BC-UBND", "Nguyễn Văn An")
    ]
    assert sorted(rows(db, "select task_id, state, period_start, note from reported_states")) == [
        (MONTHLY, "done_late", "2026-02-15", None),
        (ONCE, "done_in_time", None, "xong sớm"),
    ]


def test_a_count_with_its_share_stands_for_a_target_in_percent(db: Path, tmp_path: Path):
    imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 116, unit="người", percent="85,3")]))
    assert rows(db, "select value, unit, converted, percent from actuals") == [(116.0, "người", 85.3, 85.3)]


def test_figures_of_a_later_part_of_a_target_are_kept_beside_those_of_its_first(db: Path, tmp_path: Path):
    with closing(sqlite3.connect(db)) as connection, connection:
        sql = "insert into measures (id, target_id, position, value, unit) values ('second', ?, 2, 2, 'căn nhà')"
        connection.execute(sql, (MONEY,))
    sheet = [value(MONEY, 900, unit="triệu đồng"), value(MONEY, 3, unit="căn nhà")]
    imported(db, csv_file(tmp_path / "a.csv", sheet))
    imported(db, csv_file(tmp_path / "b.csv", [value(MONEY, 4, unit="căn nhà")]))
    assert rows(db, "select value, converted is null, supersedes is null from actuals order by value") == [
        (3.0, 1, 1),
        (4.0, 1, 0),
        (900.0, 0, 1),
    ]
    judged = "select distinct value from target_spells where target_id = ? and value is not null"
    assert rows(db, judged, MONEY) == [(0.9,)]
    [fault] = said(check_sheet(db, csv_file(tmp_path / "c.csv", [value(MONEY, 3, unit="hộ")]), RECORDED))
    assert "không đổi được" in fault


def test_the_same_file_twice_changes_nothing(db: Path, tmp_path: Path):
    path = csv_file(
        tmp_path / "a.csv", [value(SHARE, 85, base=80, base_day="31/12/2025"), state(ONCE, "Chưa thực hiện")]
    )
    imported(db, path)
    before = rows(db, "select * from actuals union all select *, 1 from baselines order by 1")
    again = imported(db, path, recorded=Recorded("2026-08-02T01:00:00+00:00", "Người khác"))
    assert again.stored is not None
    assert (again.stored.added, again.stored.known) == (0, 3)
    assert rows(db, "select * from actuals union all select *, 1 from baselines order by 1") == before


def test_the_same_values_as_csv_and_as_workbook_are_the_same_facts(db: Path, tmp_path: Path):
    imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, "85,3"), value(HOUSES, "1.100")]))
    typed = [value(SHARE, 85.3, date(2026, 6, 30)), value(HOUSES, 1100, date(2026, 6, 30))]
    again = imported(db, xlsx_file(tmp_path / "a.xlsx", typed))
    assert again.stored is not None
    assert again.stored.added == 0


def test_a_correction_supersedes_and_the_history_stays(db: Path, tmp_path: Path):
    for reached in (80, 85):
        imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, reached)]))
    found = rows(db, "select value, id, supersedes from actuals order by value")
    assert [one[0] for one in found] == [80.0, 85.0]
    assert found[1][2] == found[0][1]


def test_a_share_that_is_corrected_alone_is_a_correction_too(db: Path, tmp_path: Path):
    imported(db, csv_file(tmp_path / "a.csv", [value(HOUSES, 100, percent=8)]))
    done = imported(db, csv_file(tmp_path / "a.csv", [value(HOUSES, 100, percent=9)]))
    assert done.stored is not None
    assert done.stored.corrected == 1


def test_an_older_value_that_comes_again_does_not_take_back_its_correction_unless_a_note_says_so(
    db: Path, tmp_path: Path
):
    for reached in (80, 85):
        imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, reached)]))
    old = imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 80)]))
    assert old.stored is not None
    assert old.stored.added == 0
    assert [notice for notice in old.notices if notice.startswith("dòng 2: số này đã nhập trước đây")]
    back = imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 80, note="số 85 ghi nhầm")]))
    assert back.stored is not None
    assert back.stored.corrected == 1


def test_a_row_that_is_left_empty_is_no_report_though_its_period_is_filled_in(db: Path, tmp_path: Path):
    lines = [{Name.ID: SHARE, Name.UNIT: "%"}, {Name.ID: MONTHLY, Name.START: "15/1/2026", Name.END: "14/2/2026"}]
    done = imported(db, csv_file(tmp_path / "a.csv", lines))
    assert said(done) == []
    assert done.facts == 0
    assert done.notices == ()


def test_rows_with_a_day_or_a_note_but_nothing_reported_are_passed_over_and_named(db: Path, tmp_path: Path):
    lines = [{Name.ID: SHARE, Name.AS_OF: "30/6/2026"}, {Name.ID: ONCE, Name.NOTE: "chưa có"}]
    done = imported(db, csv_file(tmp_path / "a.csv", lines))
    assert done.facts == 0
    assert done.notices == ("2 dòng có ngày hoặc ghi chú mà không có số liệu, được bỏ qua: dòng 2, 3.",)


def test_a_state_that_the_deadline_speaks_against_goes_in_with_a_word(db: Path, tmp_path: Path):
    done = imported(db, csv_file(tmp_path / "a.csv", [state(ONCE, "Đang thực hiện trong hạn", "15/7/2026")]))
    assert done.facts == 1
    assert "thời hạn đọc được là 30/06/2026" in done.notices[0]


# Character sets and separators ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_file_is_read_whatever_parts_its_cells(db: Path, tmp_path: Path, encoding: str, delimiter: str):
    lines = [value(SHARE, "85,3", source="Báo cáo; tháng 6, xã")]
    done = imported(db, csv_file(tmp_path / "a.csv", lines, encoding=encoding, delimiter=delimiter))
    assert said(done) == []
    assert rows(db, "select value, source from actuals") == [(85.3, "Báo cáo; tháng 6, xã")]


def test_windows_1258_is_read_and_composed(db: Path, tmp_path: Path):
    # Windows-1258 writes some tones as marks of their own.
    text = "Mã,Giá trị đạt được,Trạng thái nhiệm vụ,Tính đến ngày,Nguồn số liệu\n"
    text += f"{SHARE},85,,30/6/2026,Báo cáo của Ủy ban nhân dân xã về kết quả thực hiện\n"
    (tmp_path / "a.csv").write_bytes(_in_1258(text))
    assert said(imported(db, tmp_path / "a.csv")) == []
    assert rows(db, "select source from actuals") == [("Báo cáo của Ủy ban nhân dân xã về kết quả thực hiện",)]


def _in_1258(text: str) -> bytes:
    def written(one: str) -> bytes:
        try:
            return one.encode("cp1258")
        except UnicodeEncodeError:
            letters = unicodedata.normalize("NFD", one)
            tone = next(mark for mark in letters if mark in "\u0300\u0301\u0303\u0309\u0323")
            return unicodedata.normalize("NFC", letters.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")

    return b"".join(map(written, text))


def test_a_file_of_no_known_character_set_is_refused_with_a_remedy(db: Path, tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(bytes(range(128, 256)) * 20)
    with pytest.raises(UnreadableFile, match="CSV UTF-8"):
        imported(db, tmp_path / "a.csv")


def test_excels_own_line_on_separators_is_followed(db: Path, tmp_path: Path):
    path = csv_file(tmp_path / "a.csv", [value(SHARE, "85,3")], delimiter=";", encoding="utf-8")
    path.write_text("sep=;\n" + path.read_text("utf-8"), "utf-8")
    assert said(imported(db, path)) == []
    assert rows(db, "select value from actuals") == [(85.3,)]


def test_a_decimal_comma_without_quotes_that_shifts_a_row_is_seen(db: Path, tmp_path: Path):
    path = csv_file(tmp_path / "a.csv", [value(SHARE, "85X3")])
    path.write_text(path.read_text("utf-8").replace("85X3", "85,3"), "utf-8")
    (fault,) = said(imported(db, path))
    assert fault.startswith("dòng 2: dòng có 21 ô mà bảng chỉ có 20 cột")


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rows_below(db: Path, tmp_path: Path):
    path = csv_file(tmp_path / "a.csv", [value(SHARE, 85, note="X"), value(HOUSES, 9)])
    path.write_text(path.read_text("utf-8").replace(",X", ',"X'), "utf-8")
    (fault,) = said(imported(db, path))
    assert fault.startswith("dòng 2: dấu ngoặc kép")
    assert rows(db, "select count(*) from actuals") == [(0,)]


# Faults, a smallest sheet each ---------------------------------------------------------------------------------------

FAULTS = [
    (value("x-C001", 5), Name.ID, "không có chỉ tiêu hay nhiệm vụ nào mang mã x-C001"),
    (value("", 5), Name.ID, "thiếu mã"),
    (value(SHARE, "nhiều"), Name.VALUE, "không phải số"),
    (value(SHARE, 120), Name.VALUE, "120 % nằm ngoài 0–100 %"),
    (value(SHARE, "120%"), Name.VALUE, "120 % nằm ngoài 0–100 %"),
    (value(SHARE, -1), Name.VALUE, "-1 % nằm ngoài 0–100 %"),
    (value(SHARE, 12, unit="hộ"), Name.UNIT, "“hộ” không đổi được sang “%”"),
    (value(MONEY, 12, unit="hộ"), Name.UNIT, "“hộ” không đổi được sang “tỷ đồng”"),
    (value(HOUSES, "85%"), Name.VALUE, "ô ghi theo phần trăm mà đơn vị tính là “hộ”"),
    (value(HOUSES, None, percent="85"), Name.VALUE, "thiếu giá trị đạt được"),
    (value(HOUSES, 5, percent="-1"), Name.PERCENT, "nhỏ hơn 0"),
    (value(SHARE, 5, ""), Name.AS_OF, "thiếu ngày của số liệu"),
    (value(SHARE, 5, "31/6/2026"), Name.AS_OF, "lịch không có ngày này"),
    (value(SHARE, 5, "31/12/2025"), Name.AS_OF, "31/12/2025 trước khi kế hoạch bắt đầu (01/01/2026)"),
    (value(SHARE, 5, "2/8/2026"), Name.AS_OF, "02/08/2026 sau ngày nhập (01/08/2026)"),
    (value(SHARE, 5, start="1/6/2026", end="1/5/2026"), Name.END, "trước khi bắt đầu"),
    (value(SHARE, 5, state="Chưa thực hiện"), Name.STATE, "đây là chỉ tiêu"),
    ({Name.ID: SHARE, Name.BASE: 5}, Name.BASE_DAY, "thiếu ngày của giá trị gốc"),
    ({Name.ID: SHARE, Name.BASE: "?", Name.BASE_DAY: "31/12/2025"}, Name.BASE, "không phải số"),
    ({Name.ID: SHARE, Name.BASE: 5, Name.BASE_DAY: "31/12/2026"}, Name.BASE_DAY, "sau ngày nhập"),
    (state(ONCE, "Xong"), Name.STATE, "không có trạng thái “Xong”; hãy chọn một trong: Hoàn thành đúng hạn"),
    (state(ONCE, "Hoàn thành đúng hẹn"), Name.STATE, "có phải là “Hoàn thành đúng hạn”?"),
    (state(ONCE, "Chưa thực hiện", value=5), Name.VALUE, "đây là nhiệm vụ"),
    (state(ONCE, "Chưa thực hiện", base=5), Name.BASE, "đây là nhiệm vụ"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "column", "why"), FAULTS)
def test_a_fault_is_named_by_row_column_and_reason_and_nothing_goes_in(
    db: Path, tmp_path: Path, line: dict[Name, object], column: Name, why: str
):
    done = imported(db, csv_file(tmp_path / "a.csv", [value(HOUSES, 9), line]))
    (fault,) = done.faults
    assert (fault.row, fault.column) == (3, f"“{TITLES[column]}”")
    assert why in fault.message
    assert done.stored is None
    assert rows(db, "select count(*) from actuals") == [(0,)]


def test_a_workbooks_faults_name_the_columns_letter(db: Path, tmp_path: Path):
    (fault,) = said(imported(db, xlsx_file(tmp_path / "a.xlsx", [value(SHARE, "nhiều")])))
    assert fault.startswith(f"dòng 2, cột {letter(Name.VALUE)} (Giá trị đạt được): “nhiều” không phải số")


def test_all_faults_come_at_once_in_the_order_of_the_rows(db: Path, tmp_path: Path):
    done = imported(db, csv_file(tmp_path / "a.csv", [line for line, _, _ in FAULTS]))
    assert [fault.row for fault in done.faults] == [*range(2, 2 + len(FAULTS))]


def test_good_rows_go_in_alone_when_that_is_asked_for(db: Path, tmp_path: Path):
    done = imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 120), value(HOUSES, 9)]), good_rows=True)
    assert len(done.faults) == 1
    assert rows(db, "select target_id from actuals") == [(HOUSES,)]


def test_a_check_stores_nothing(db: Path, tmp_path: Path):
    found = check_sheet(db, csv_file(tmp_path / "a.csv", [value(HOUSES, 9)]), RECORDED)
    assert found.facts == 1
    assert rows(db, "select count(*) from actuals") == [(0,)]


def test_more_than_all_can_be_reached_of_what_was_planned(db: Path, tmp_path: Path):
    assert said(imported(db, csv_file(tmp_path / "a.csv", [value(BUDGET, 120)]))) == []


def test_a_change_takes_the_level_or_the_change_itself(db: Path, tmp_path: Path):
    lines = [value(LESS, 18, unit="vụ", base=20, base_day="31/12/2025"), value(LESS, 10, "31/7/2026")]
    assert said(imported(db, csv_file(tmp_path / "a.csv", lines))) == []
    assert sorted(rows(db, "select value, unit, converted from actuals")) == [(10.0, "%", 10.0), (18.0, "vụ", None)]


def test_a_target_without_a_measure_takes_any_value(db: Path, tmp_path: Path):
    assert said(imported(db, csv_file(tmp_path / "a.csv", [value(PLAIN, 3, unit="buổi")]))) == []


def test_one_thing_said_twice_otherwise_is_refused_and_said_twice_alike_counts_once(db: Path, tmp_path: Path):
    (fault,) = said(imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 5), value(SHARE, 6)])))
    assert "khác với dòng 2" in fault
    done = imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 5), value(SHARE, 5)]))
    assert done.stored is not None
    assert (done.stored.added, done.stored.known) == (1, 1)


def test_a_sheet_made_before_the_numbers_shifted_is_imported_by_its_words(db: Path, tmp_path: Path):
    lines = [value(SHARE, 5, text="Hỗ trợ  1.250 hộ."), value(HOUSES, 6, text="Ít nhất 85% người dân có tài khoản.")]
    done = imported(db, csv_file(tmp_path / "a.csv", lines))
    assert said(done) == []
    assert sorted(rows(db, "select target_id, value, unit from actuals")) == [(SHARE, 6.0, "%"), (HOUSES, 5.0, "hộ")]
    assert done.notices == ("2 dòng của một bảng cũ được ghi theo nội dung, vì mã đã đổi: dòng 2, 3.",)


@pytest.mark.parametrize("words", ["Ít nhất 85% người", "Trồng 40 ha rừng."])
def test_words_that_are_not_those_of_the_key_are_a_fault(db: Path, tmp_path: Path, words: str):
    (fault,) = said(imported(db, csv_file(tmp_path / "a.csv", [value(SHARE, 5, text=words)])))
    assert fault.startswith(f"dòng 2, cột “Nội dung”: nội dung không phải của mã {SHARE}; hãy lấy mã từ mẫu")


# Columns --------------------------------------------------------------------------------------------------------------


def test_columns_may_be_moved_and_the_heading_may_stand_lower(db: Path, tmp_path: Path):
    book = Workbook()
    assert book.active is not None
    book.active.append(["BÁO CÁO TIẾN ĐỘ"])
    book.active.append([])
    book.active.append(["TÍNH ĐẾN NGÀY", "Trạng thái nhiệm vụ", "gia tri dat duoc", "MÃ"])
    book.active.append(["30/6/2026", None, 85, SHARE])
    book.save(tmp_path / "a.xlsx")
    assert said(imported(db, tmp_path / "a.xlsx")) == []
    assert rows(db, "select value from actuals") == [(85.0,)]


def test_a_renamed_column_is_named_with_the_one_that_was_meant(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)]))
    sheet.at(Name.VALUE, 1).value = "Giá trị đạt"
    (fault,) = said(imported(db, sheet.saved()))
    assert fault.startswith("dòng 1, cột Giá trị đạt được: thiếu cột “Giá trị đạt được”; có phải là “Giá trị đạt”?")


def test_a_renamed_column_is_seen_though_it_may_be_missing(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85, unit="hộ")]))
    sheet.at(Name.UNIT, 1).value = "Đơn vị tính toán"
    assert "thiếu cột “Đơn vị tính”; có phải là “Đơn vị tính toán”?" in said(imported(db, sheet.saved()))[0]


def test_a_column_that_comes_twice_is_refused(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)]))
    sheet.page.cell(1, len(TITLES) + 1).value = "Giá trị đạt được"
    sheet.page.cell(2, len(TITLES) + 1).value = 90
    (fault,) = said(imported(db, sheet.saved()))
    assert "có hai lần" in fault


def test_columns_of_their_own_are_left_alone_and_named(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)]))
    sheet.page.cell(1, len(TITLES) + 1).value = "Người theo dõi"
    done = imported(db, sheet.saved())
    assert said(done) == []
    assert done.notices == ("Các cột không dùng tới: “Người theo dõi”.",)


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", ",,,\n"])
def test_an_empty_file_is_named_as_such(db: Path, tmp_path: Path, content: str):
    (tmp_path / "a.csv").write_text(content, "utf-8")
    with pytest.raises(UnreadableFile, match="tệp trống"):
        imported(db, tmp_path / "a.csv")


def test_a_table_of_something_else_has_no_heading_of_ours(db: Path, tmp_path: Path):
    (tmp_path / "a.csv").write_text("tên,tuổi\nAn,5\n", "utf-8")
    assert said(imported(db, tmp_path / "a.csv")) == ["cả bảng: không thấy dòng tên cột (cần có cột “Mã (không sửa)”)"]


# Workbooks ------------------------------------------------------------------------------------------------------------


def test_a_percentage_of_excel_is_what_it_shows(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 0.853), value(BUDGET, 95)]))
    sheet.at(Name.VALUE, 2).number_format = "0.0%"
    sheet.at(Name.VALUE, 3).number_format = '0"%"'  # the sign is written, nothing is multiplied
    assert said(imported(db, sheet.saved())) == []
    assert sorted(rows(db, "select value, unit from actuals")) == [(85.3, "%"), (95.0, "%")]


def test_a_percentage_where_things_are_counted_is_refused(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(HOUSES, 0.853)]))
    sheet.at(Name.VALUE).number_format = "0%"
    (fault,) = said(imported(db, sheet.saved()))
    assert "ô ghi theo phần trăm mà đơn vị tính là “hộ”" in fault


def test_a_date_of_excel_is_a_date_and_where_a_number_belongs_it_is_none(db: Path, tmp_path: Path):
    lines = [value(SHARE, 85, datetime(2026, 6, 30)), value(HOUSES, date(2026, 7, 12))]
    (fault,) = said(imported(db, xlsx_file(tmp_path / "a.xlsx", lines)))
    assert "dòng 3" in fault
    assert "ô này là ngày" in fault


def test_a_date_counted_from_1904_is_the_same_day(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85, date(2026, 6, 30))]))
    sheet.book.epoch = CALENDAR_MAC_1904
    imported(db, sheet.saved())
    assert rows(db, "select as_of from actuals") == [("2026-06-30",)]


def test_a_formula_counts_as_what_it_gave_and_without_a_result_is_refused(db: Path, tmp_path: Path):
    path = xlsx_file(tmp_path / "a.xlsx", [value(SHARE, "=80+5")])
    (fault,) = said(imported(db, path))
    assert "công thức chưa có kết quả" in fault
    _rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<f>80+5</f><v/>", "<f>80+5</f><v>85</v>")
             .replace("<f>80+5</f><v></v>", "<f>80+5</f><v>85</v>"))  # fmt: skip
    assert said(imported(db, path)) == []
    assert rows(db, "select value from actuals") == [(85.0,)]


def test_an_error_of_excel_is_refused(db: Path, tmp_path: Path):
    (fault,) = said(imported(db, xlsx_file(tmp_path / "a.xlsx", [value(SHARE, "#N/A")])))
    assert "lỗi #N/A của Excel" in fault


def test_merged_cells_are_named_where_people_write_and_left_alone_elsewhere(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85), value(HOUSES, 5)]))
    one, other = letter(Name.VALUE), letter(Name.TEXT)
    sheet.page.merge_cells(f"{one}2:{one}3")
    sheet.page.merge_cells(f"{other}2:{other}3")
    faults = said(imported(db, sheet.saved()))
    assert f"dòng 2, cột {one}2:{one}3: các ô bị gộp; hãy bỏ gộp (Unmerge) và ghi riêng từng dòng" in faults
    assert not [fault for fault in faults if f"{other}2" in fault]


def test_rows_that_a_filter_hides_go_in_and_are_named(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85), value(HOUSES, 5)]))
    sheet.page.row_dimensions[3].hidden = True
    done = imported(db, sheet.saved())
    assert done.facts == 2
    assert done.notices == ("1 dòng đang bị ẩn cũng được đọc: dòng 3.",)


def test_every_sheet_of_ours_in_a_workbook_is_read_and_others_are_named(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)]))
    june = sheet.book.copy_worksheet(sheet.page)
    june.title = "Tháng 6"
    june.cell(2, list(TITLES).index(Name.VALUE) + 1).value = "nhiều"
    sheet.book.create_sheet("Nháp").append(["cộng", 5])
    sheet.book.create_sheet("Trống")
    done = imported(db, sheet.saved())
    (fault,) = said(done)
    assert fault.startswith("trang “Tháng 6”, dòng 2, cột ")
    assert done.notices == ("Trang “Nháp” không có dòng tên cột nên được bỏ qua.",)


def test_a_hidden_sheet_with_values_is_not_read_unseen(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)]))
    hidden = sheet.book.copy_worksheet(sheet.page)
    hidden.title, hidden.sheet_state = "Cũ", "hidden"
    assert "trang “Cũ” đang bị ẩn" in said(imported(db, sheet.saved()))[0]


def test_a_protected_sheet_is_read(db: Path, tmp_path: Path):
    sheet = Sheet(xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)]))
    sheet.page.protection.sheet = True
    sheet.page.protection.password = "bí mật"
    assert said(imported(db, sheet.saved())) == []


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_TABLES = [
    ("a.xlsx", OLE + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512, "tệp có mật khẩu"),
    ("a.xls", OLE + b"\x00" * 2048, "lưu lại ở dạng .xlsx"),
    ("a.xlsx", b"PK\x03\x04" + b"\x00" * 400, "tệp Excel hỏng"),
    ("a.xlsx", b"", "tệp trống"),
    ("a.pdf", b"%PDF-1.7", "không phải .xlsx hay .csv"),
    ("a.xlsx", b"<html><table></table></html>", "không phải .xlsx hay .csv"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "why"), NO_TABLES)
def test_a_file_that_is_no_table_is_refused_with_a_remedy(
    db: Path, tmp_path: Path, name: str, content: bytes, why: str
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=why):
        imported(db, tmp_path / name)


def test_a_word_file_is_told_from_a_workbook_whatever_it_is_called(db: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableFile, match="tệp Word"):
        imported(db, tmp_path / "a.xlsx")


def test_a_workbook_is_read_whatever_it_is_called(db: Path, tmp_path: Path):
    path = xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)])
    assert said(imported(db, path.rename(tmp_path / "a.csv"))) == []


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/media/picture.png"])
def test_a_bomb_is_refused_before_it_goes_off(db: Path, tmp_path: Path, part: str):
    path = xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)])
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            if one != part:
                archive.writestr(one, content)
        with archive.open(part, "w", force_zip64=True) as stream:
            stream.write(parts.get(part, b""))
            for _ in range(1025 if part.startswith("xl/w") else 257):
                stream.write(b" " * (1 << 20))
    assert path.stat().st_size < 2 << 20
    with pytest.raises(UnreadableFile, match="quá lớn sau khi giải nén"):
        imported(db, path)


def test_entities_are_not_expanded(db: Path, tmp_path: Path):
    path = xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85, note="x")])
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", "utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    _rewrite(path, "xl/sharedStrings.xml", lambda xml: entity + xml.replace(">x<", ">&e;<").partition("?>")[2] or xml)
    try:
        imported(db, path)
    except UnreadableFile:
        return
    assert not rows(db, "select 1 from actuals where note like '%bí mật%'")


def test_a_broken_worksheet_is_refused(db: Path, tmp_path: Path):
    path = xlsx_file(tmp_path / "a.xlsx", [value(SHARE, 85)])
    _rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) * 3 // 4])
    with pytest.raises(UnreadableFile, match="tệp Excel hỏng"):
        imported(db, path)
    assert rows(db, "select count(*) from actuals") == [(0,)]


def _rewrite(path: Path, name: str, change) -> None:  # type: ignore[no-untyped-def]
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, change(content.decode()) if one == name else content)


def test_text_that_only_looks_like_a_formula_stays_text(db: Path, tmp_path: Path):
    lines = [value(SHARE, 85, note="'=HYPERLINK(1)", source="@an")]
    imported(db, csv_file(tmp_path / "a.csv", lines))
    assert rows(db, "select note, source from actuals") == [("'=HYPERLINK(1)", "@an")]
