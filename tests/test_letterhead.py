"""Heads and closings of every kind of plan, each a few lines in the order a reader gives them."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.find.letterhead import find_head
from extract.model import Grid, GridCell, Paragraph, Reading
from extract.text import fold, nfc, squeezed
from schemas import Head

BODY = "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao chất lượng.\nTrên đây là Kế hoạch, đề nghị các đơn vị thực hiện./."
CLOSING = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An"


def read(text: str) -> Reading:
    """A reading with a paragraph a line; `**` makes a line bold."""
    blocks, at, lines = [], 0, []
    for raw in nfc(text).split("\n"):
        line = squeezed(raw.replace("**", ""))
        if line:
            blocks.append(Paragraph(at, at + len(line), line, fold(line), bold="**" in raw))
            lines.append(line)
            at += len(line) + 1
    return Reading("\n".join(lines), tuple(blocks))


def head(front: str, closing: str = CLOSING) -> Head:
    reading = read(f"{front}\n{BODY}\n{closing}")
    found = find_head(reading, body_start=reading.text.index("I. MỤC ĐÍCH"), body_end=reading.text.index("./.") + 3)
    assert_every_value_has_a_span(reading, found)
    return found


def assert_every_value_has_a_span(reading: Reading, found: Head) -> None:
    values = found.model_dump()
    for name in ("number", "symbol", "title", "issuer", "place"):
        assert (values[name] is None) == (name not in found.spans), name
    for spans in found.spans.values():
        assert all(0 <= s.start < s.end <= len(reading.text) for s in spans)


def flat(found: Head) -> dict[str, object]:
    """The scored fields in one flat dict, an empty one left out."""
    issued, period = found.issued, found.period
    return {
        "number": found.number,
        "symbol": found.symbol,
        "title": found.title,
        "issuer": found.issuer,
        "level": found.issuer_level.value if found.issuer_level else None,
        "place": found.place,
        "issued": (issued.year, issued.month, issued.day),
        "period": (period.start and str(period.start), period.end and str(period.end)),
        "type": found.locality.type,
        "locality": found.locality.name,
        "province": found.locality.province,
        "signer": found.signer.name,
        "position": found.signer.position,
    }


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
TITLE = "KẾ HOẠCH\nPhòng, chống dịch bệnh năm 2026\nCăn cứ Luật số 12/2024/QH15;\nỦy ban nhân dân xã ban hành Kế hoạch như sau:"

# (name, front, what the head must hold)
HEADS = [
    (
        "a province in two columns",
        f"ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 144/KH-UBND\n{MOTTO}\nNghệ An, ngày 20 tháng 5 năm 2026\n{TITLE}",
        dict(number="144/KH-UBND", symbol="KH-UBND", issuer="Ủy ban nhân dân tỉnh Nghệ An", level="province", place="Nghệ An",
             issued=(2026, 5, 20), type="tỉnh", locality="Nghệ An", province="Nghệ An", title="Phòng, chống dịch bệnh năm 2026",
             period=("2026-01-01", "2026-12-31")),
    ),
    (
        "a city under the centre",
        f"UBND THÀNH PHỐ HẢI PHÒNG\n{MOTTO}\nSố: 15/KH-UBND\nHải Phòng, ngày 05 tháng 01 năm 2026\n{TITLE}",
        dict(issuer="UBND thành phố Hải Phòng", level="province", type="thành phố", locality="Hải Phòng", province="Hải Phòng"),
    ),
    (
        "a city's name with TP.",
        f"ỦY BAN NHÂN DÂN\nTP. HỒ CHÍ MINH\n-------\n{MOTTO}\n---------------\nSố: 2231/KH-UBND\nTP. Hồ Chí Minh, ngày 15 tháng 6 năm 2023\n{TITLE}",
        dict(issuer="Ủy ban nhân dân TP. Hồ Chí Minh", level="province", place="TP. Hồ Chí Minh", locality="Hồ Chí Minh",
             province="Hồ Chí Minh", issued=(2023, 6, 15)),
    ),
    (
        "a commune with blanks for number and day",
        f"ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\nSố:        /KH-UBND\n{MOTTO}\nRạch Kiến, ngày       tháng 01 năm 2026\n{TITLE}",
        dict(number=None, symbol="KH-UBND", issuer="Ủy ban nhân dân xã Rạch Kiến", level="commune", type="xã", locality="Rạch Kiến",
             province="Tây Ninh", issued=(2026, 1, None), place="Rạch Kiến"),
    ),
    (
        "dots for number and day",
        f"UBND XÃ NGỌC LIÊN\nSố:…../KH-UBND\n{MOTTO}\nNgọc Liên, ngày ... tháng ... năm 2026\n{TITLE}",
        dict(number=None, symbol="KH-UBND", issued=(2026, None, None), province="Thanh Hóa"),
    ),
    (
        "a ward under a parent whose name breaks before a word like a body's",
        f"UBND THÀNH PHỐ HẢI\nPHÒNG\nỦY BAN NHÂN DÂN\nPHƯỜNG HÒA BÌNH\n{MOTTO}\nSố: 41/KH-UBND Hòa Bình, ngày 30 tháng 3 năm 2026\n{TITLE}",
        dict(number="41/KH-UBND", issuer="Ủy ban nhân dân phường Hòa Bình", type="phường", locality="Hòa Bình", province="Hải Phòng",
             place="Hòa Bình", issued=(2026, 3, 30)),
    ),
    (
        "a special zone",
        f"ỦY BAN NHÂN DÂN\nĐẶC KHU CÔN ĐẢO\nSố: 12/KH-UBND\n{MOTTO}\nCôn Đảo, ngày 12 tháng 9 năm 2025\n{TITLE}",
        dict(issuer="Ủy ban nhân dân đặc khu Côn Đảo", level="commune", type="đặc khu", locality="Côn Đảo", province="Hồ Chí Minh"),
    ),
    (
        "a former district, in the province of its time",
        f"ỦY BAN NHÂN DÂN\nHUYỆN GÒ QUAO\nSố: 65/KH-UBND\n{MOTTO}\nGò Quao, ngày 04 tháng 3 năm 2019\n{TITLE}",
        dict(issuer="Ủy ban nhân dân huyện Gò Quao", level="district", type="huyện", locality="Gò Quao", province="Kiên Giang"),
    ),
    (
        "a district whose name is in several provinces, the preamble says which",
        f"ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH\nSố: 65/KH-UBND\n{MOTTO}\nChâu Thành, ngày 04 tháng 3 năm 2021\nKẾ HOẠCH\nPhòng dịch năm 2021\n"
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND tỉnh Long An, UBND huyện ban hành Kế hoạch như sau:",
        dict(type="huyện", locality="Châu Thành", province="Long An"),
    ),
    (
        "a town ward by number, the district says which",
        f"UBND QUẬN 3\nỦY BAN NHÂN DÂN\nPHƯỜNG 1\nSố: 65/KH-UBND\n{MOTTO}\nQuận 3, ngày 04 tháng 3 năm 2021\n{TITLE}",
        dict(issuer="Ủy ban nhân dân phường 1", type="phường", locality="1", province="Hồ Chí Minh", level="commune"),
    ),
    (
        "a provincial department takes the parent's territory",
        f"UBND TỈNH KIÊN GIANG\nSỞ Y TẾ\nSố: 245/KH-SYT\n{MOTTO}\nKiên Giang, ngày 14 tháng 02 năm 2022\n{TITLE}",
        dict(issuer="Sở Y tế tỉnh Kiên Giang", level="province", symbol="KH-SYT", locality="Kiên Giang", province="Kiên Giang", type="tỉnh"),
    ),
    (
        "a department whose name is two lines",
        f"UBND TỈNH ĐỒNG NAI\nSỞ GIÁO DỤC VÀ\nĐÀO TẠO\nSố: 245/KH-SGDĐT\n{MOTTO}\nĐồng Nai, ngày 14 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Sở Giáo dục và Đào tạo tỉnh Đồng Nai", level="province"),
    ),
    (
        "a department of a city under the centre",
        f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG\nSỞ NỘI VỤ\nSố: 245/KH-SNV\n{MOTTO}\nĐà Nẵng, ngày 14 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Sở Nội vụ thành phố Đà Nẵng", level="province", locality="Đà Nẵng"),
    ),
    (
        "a commune's office of culture and society",
        f"UBND XÃ CÔNG HẢI\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 05/KH-VHXH\n{MOTTO}\nCông Hải, ngày 14 tháng 10 năm 2025\n{TITLE}",
        dict(issuer="Phòng Văn hóa - Xã hội xã Công Hải", level="commune", type="xã", locality="Công Hải", province="Khánh Hòa"),
    ),
    (
        "a district's education office",
        f"UBND HUYỆN GÒ QUAO\nPHÒNG GD&ĐT\nSố: 05/KH-PGDĐT\n{MOTTO}\nGò Quao, ngày 14 tháng 9 năm 2022\n{TITLE}",
        dict(issuer="Phòng GD&ĐT huyện Gò Quao", level="district", locality="Gò Quao"),
    ),
    (
        "a school under a commune",
        f"UBND XÃ HÒA XÁ\nTRƯỜNG TIỂU HỌC HỒNG QUANG\nSố: 01/KH-THHQ\n{MOTTO}\nHòa Xá, ngày 05 tháng 9 năm 2025\n"
        "KẾ HOẠCH\nGiáo dục nhà trường năm học 2025 - 2026\nCăn cứ Thông tư số 28/2020/TT-BGDĐT ngày 04/9/2020;",
        dict(issuer="Trường Tiểu học Hồng Quang", level="other", type="xã", locality="Hòa Xá", symbol="KH-THHQ",
             title="Giáo dục nhà trường năm học 2025 - 2026", period=("2025-09-01", "2026-05-31")),
    ),
    (
        "a school's name on two lines",
        f"UBND PHƯỜNG HỒNG GAI\nTRƯỜNG TRUNG HỌC CƠ SỞ\nLÊ VĂN TÁM\nSố: 01/KH-THCSLVT\n{MOTTO}\nHồng Gai, ngày 05 tháng 9 năm 2025\n{TITLE}",
        dict(issuer="Trường Trung học cơ sở Lê Văn Tám", level="other", province="Quảng Ninh"),
    ),
    (
        "a school under a department with a bare province name",
        f"SỞ GD&ĐT NGHỆ AN\nTRƯỜNG THPT CON CUÔNG\nSố: 11/KH-THPTCC\n{MOTTO}\nCon Cuông, ngày 05 tháng 9 năm 2025\n{TITLE}",
        dict(issuer="Trường THPT Con Cuông", level="other", locality="Nghệ An", type="tỉnh", province="Nghệ An"),
    ),
    (
        "a hospital",
        f"SỞ Y TẾ TỈNH PHÚ THỌ\nBỆNH VIỆN ĐA KHOA TỈNH\nSố: 11/KH-BVĐK\n{MOTTO}\nPhú Thọ, ngày 05 tháng 3 năm 2026\n{TITLE}",
        dict(level="other", locality="Phú Thọ", province="Phú Thọ"),
    ),
    (
        "a Party committee of a commune",
        "ĐẢNG BỘ TỈNH NINH THUẬN\nĐẢNG ỦY XÃ CÔNG HẢI\n*\nSố 12-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nCông Hải, ngày 14 tháng 5 năm 2024\n"
        "KẾ HOẠCH\nthực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n-----\nThực hiện Nghị quyết số 57-NQ/TW, Đảng ủy xã xây dựng Kế hoạch như sau:",
        dict(number="12-KH/ĐU", symbol="KH/ĐU", issuer="Đảng ủy xã Công Hải", level="commune", locality="Công Hải", province="Ninh Thuận",
             title="thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", period=(None, None)),
    ),
    (
        "a blank in a Party number",
        f"ĐẢNG ỦY PHƯỜNG HỒNG GAI\n*\nSố 12 -KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nHồng Gai, ngày 14 tháng 8 năm 2025\n{TITLE}",
        dict(number="12-KH/ĐU", symbol="KH/ĐU", issuer="Đảng ủy phường Hồng Gai", level="commune"),
    ),
    (
        "a provincial Party committee",
        f"TỈNH ỦY NGHỆ AN\n***\nSố 215-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nNghệ An, ngày 14 tháng 8 năm 2025\n{TITLE}",
        dict(issuer="Tỉnh ủy Nghệ An", level="province", type="tỉnh", locality="Nghệ An", province="Nghệ An", symbol="KH/TU"),
    ),
    (
        "a district Party committee",
        f"ĐẢNG BỘ TỈNH KIÊN GIANG\nHUYỆN ỦY GÒ QUAO\n*\nSố -KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nGò Quao, ngày tháng 8 năm 2023\n{TITLE}",
        dict(issuer="Huyện ủy Gò Quao", level="district", type="huyện", locality="Gò Quao", province="Kiên Giang", number=None,
             symbol="KH/HU", issued=(2023, 8, None)),
    ),
    (
        "a Party committee's department",
        f"TỈNH ỦY NGHỆ AN\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 21-KH/BTGDVTU\nĐẢNG CỘNG SẢN VIỆT NAM\nNghệ An, ngày 14 tháng 8 năm 2025\n{TITLE}",
        dict(issuer="Ban Tuyên giáo và Dân vận tỉnh Nghệ An", level="province", locality="Nghệ An"),
    ),
    (
        "the Fatherland Front of a commune",
        f"ỦY BAN MTTQ VIỆT NAM\nXÃ NGỌC LIÊN\nBAN THƯỜNG TRỰC\n***\nSố: 05/KH-MTTQ-BTT\n{MOTTO}\nNgọc Liên, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Ban Thường trực Ủy ban MTTQ Việt Nam xã Ngọc Liên", level="commune", locality="Ngọc Liên", province="Thanh Hóa"),
    ),
    (
        "the Youth Union of a commune",
        f"ĐOÀN TNCS HỒ CHÍ MINH\nBCH ĐOÀN XÃ RẠCH KIẾN\n***\nSố: 05/KH-ĐTN\nRạch Kiến, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="BCH Đoàn xã Rạch Kiến", level="commune", locality="Rạch Kiến", province="Tây Ninh"),
    ),
    (
        "the police of a commune under those of its province",
        f"CÔNG AN TỈNH TÂY NINH\nCÔNG AN XÃ RẠCH KIẾN\nSố: 77/KH-CAX\n{MOTTO}\nRạch Kiến, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Công an xã Rạch Kiến", level="commune", locality="Rạch Kiến", province="Tây Ninh"),
    ),
    (
        "a steering committee",
        f"UBND XÃ RẠCH KIẾN\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ\nSố: 77/KH-BCĐ\n{MOTTO}\nRạch Kiến, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Ban Chỉ đạo chuyển đổi số xã Rạch Kiến", level="commune"),
    ),
    (
        "a joint plan on one line",
        f"SỞ Y TẾ - SỞ GIÁO DỤC VÀ ĐÀO TẠO\nTỈNH NGHỆ AN\nSố: 12/KHLN-SYT-SGDĐT\n{MOTTO}\nNghệ An, ngày 02 tháng 02 năm 2026\n"
        "KẾ HOẠCH LIÊN NGÀNH\nChăm sóc sức khỏe học sinh năm 2026\nCăn cứ Luật số 12/2024/QH15;",
        dict(issuer="Sở Y tế - Sở Giáo dục và Đào tạo tỉnh Nghệ An", level="province", locality="Nghệ An",
             title="Chăm sóc sức khỏe học sinh năm 2026", symbol="KHLN-SYT-SGDĐT"),
    ),
    (
        "a ministry",
        f"BỘ Y TẾ\nSố: 1245/KH-BYT\n{MOTTO}\nHà Nội, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Bộ Y tế", level="central", type=None),
    ),
    (
        "a draft",
        f"ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\n{MOTTO}\nSố: /KH-UBND\nRạch Kiến, ngày tháng năm 2026\nDỰ THẢO\n{TITLE}",
        dict(issuer="Ủy ban nhân dân xã Rạch Kiến", issued=(2026, None, None), title="Phòng, chống dịch bệnh năm 2026"),
    ),
    (
        "a converter's table with a cell a line",
        f"| UBND XÃ RẠCH KIẾN\n|\n| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n|\nSố: 15/KH-UBND\n| Rạch Kiến, ngày 02 tháng 02 năm 2026\n|\n{TITLE}",
        dict(issuer="UBND xã Rạch Kiến", number="15/KH-UBND", place="Rạch Kiến", issued=(2026, 2, 2)),
    ),
    (
        "a converter's table with a row a line",
        "| ỦY BAN NHÂN DÂN XÃ RẠCH KIẾN ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- |\n"
        f"| Số: 15/KH-UBND | Rạch Kiến, ngày 02 tháng 02 năm 2026 |\n{TITLE}",
        dict(issuer="Ủy ban nhân dân xã Rạch Kiến", number="15/KH-UBND", place="Rạch Kiến", issued=(2026, 2, 2)),
    ),
    (
        "columns that ran together on a line",
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ RẠCH KIẾN Độc lập - Tự do - Hạnh phúc\n"
        f"Số: 15/KH-UBND Rạch Kiến, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Ủy ban nhân dân xã Rạch Kiến", number="15/KH-UBND", place="Rạch Kiến", issued=(2026, 2, 2)),
    ),
    (
        "a law portal's page above the document",
        f"Trang chủ\nVăn bản\nKế hoạch\nSố hiệu: 15/KH-UBND\nLoại văn bản: Kế hoạch\nNội dung\nTải về\nSở Tư pháp\nMục lục\nTóm tắt\nLược đồ\nIn trang\n"
        f"ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\n-------\n{MOTTO}\n---------------\nSố: 15/KH-UBND\nRạch Kiến, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Ủy ban nhân dân xã Rạch Kiến", number="15/KH-UBND", place="Rạch Kiến"),
    ),
    (
        "a place broken over two lines",
        f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 15/KH-UBND\n{MOTTO}\nSơn\nLa, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(place="Sơn La", issued=(2026, 2, 2), issuer="Ủy ban nhân dân tỉnh Sơn La"),
    ),
    (
        "a day broken over two lines",
        f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH ĐỊNH\nSố: 15/KH-UBND\n{MOTTO}\nBình Định, ngày\n29 tháng 04 năm 2021\n{TITLE}",
        dict(place="Bình Định", issued=(2021, 4, 29), province="Bình Định"),
    ),
    (
        "no letterhead: issuer from the lead paragraph",
        "Số: /KH-UBND\nHà Nội, ngày tháng năm 2026\n**KẾ HOẠCH**\n**Hoạt động của Tổ trên địa bàn**\n**thành phố Hà Nội năm 2026**\n"
        "Căn cứ Kế hoạch số 01-KH/BCĐTW ngày 21/3/2025, UBND thành phố Hà Nội ban hành Kế hoạch hoạt động năm 2026 như sau:",
        dict(issuer="UBND thành phố Hà Nội", level="province", locality="Hà Nội", province="Hà Nội",
             title="Hoạt động của Tổ trên địa bàn thành phố Hà Nội năm 2026"),
    ),
    (
        "no letterhead: the ward's name from the title",
        "KẾ HOẠCH\nTriển khai hoạt động hè\ntrên địa bàn phường Hồng Gai năm 2024\nCăn cứ Kế hoạch số 254/KH-UBND ngày 29/5/2024 của UBND thành phố Hạ Long.\n"
        "Nhằm phát huy hiệu quả trong năm 2024, UBND phường xây dựng kế hoạch triển khai, cụ thể như sau:",
        dict(issuer="UBND phường Hồng Gai", number=None, symbol=None, place=None, issued=(None, None, None), province="Quảng Ninh",
             title="Triển khai hoạt động hè trên địa bàn phường Hồng Gai năm 2024"),
    ),
    (
        "no letterhead and no lead: issuer from the signature",
        "Số: 12/KH-UBND\nNgọc Liên, ngày 05 tháng 01 năm 2026\nKẾ HOẠCH\nTuyên truyền về bầu cử trên địa bàn xã Ngọc Liên nhiệm kỳ 2026 - 2031\nCăn cứ Luật số 12/2024/QH15;",
        dict(issuer="Ủy ban nhân dân xã Ngọc Liên", level="commune", period=(None, None)),
    ),
    (
        "a plan that came with a decision",
        f"ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\nSố: 212/QĐ-UBND\n{MOTTO}\nRạch Kiến, ngày 02 tháng 02 năm 2026\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\n"
        "Căn cứ Luật số 72/2025/QH15 ngày 16 tháng 6 năm 2025;\nQUYẾT ĐỊNH:\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình\n"
        "KẾ HOẠCH\nXây dựng nông thôn mới năm 2026\n(Ban hành kèm theo Quyết định số 212/QĐ-UBND ngày 02/02/2026 của UBND xã)",
        dict(number=None, symbol=None, issuer="Ủy ban nhân dân xã Rạch Kiến", issued=(2026, 2, 2), title="Xây dựng nông thôn mới năm 2026"),
    ),
    (
        "a title on the heading's own line",
        f"ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\nSố: 15/KH-UBND\n{MOTTO}\nRạch Kiến, ngày 02 tháng 02 năm 2026\n"
        "KẾ HOẠCH Triển khai công tác phòng cháy năm 2026\nCăn cứ Luật số 55/2024/QH15;",
        dict(title="Triển khai công tác phòng cháy năm 2026"),
    ),
    (
        "a school's heading with a word after it",
        f"UBND XÃ HÒA XÁ\nTRƯỜNG MẦM NON HOA SEN\nSố: 15/KH-MN\n{MOTTO}\nHòa Xá, ngày 02 tháng 9 năm 2025\n"
        "KẾ HOẠCH GIÁO DỤC\nNăm học 2025 - 2026\nCăn cứ Thông tư số 51/2020/TT-BGDĐT;",
        dict(title="GIÁO DỤC Năm học 2025 - 2026", issuer="Trường Mầm non Hoa Sen"),
    ),
    (
        "short day with slashes",
        f"ỦY BAN NHÂN DÂN\nXÃ RẠCH KIẾN\nSố: 15/KH-UBND\n{MOTTO}\nRạch Kiến, ngày 02/02/2026\n{TITLE}",
        dict(place="Rạch Kiến", issued=(2026, 2, 2)),
    ),
    (
        "old tone marks",
        f"UỶ BAN NHÂN DÂN\nPHƯỜNG HOÀ BÌNH\nSố: 15/KH-UBND\n{MOTTO}\nHoà Bình, ngày 02 tháng 02 năm 2026\n{TITLE}",
        dict(issuer="Uỷ ban nhân dân phường Hoà Bình", locality="Hoà Bình", province=None, level="commune"),
    ),
]


@pytest.mark.parametrize(("front", "expected"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS])
def test_a_head_gives_its_fields(front: str, expected: dict[str, object]) -> None:
    found = flat(head(front))
    assert {k: found[k] for k in expected} == expected


# (name, front after the letterhead, title)
TITLES = [
    ("lines in capitals", "KẾ HOẠCH\nTRIỂN KHAI CÔNG TÁC BẢO VỆ TRẺ EM\nTRÊN ĐỊA BÀN XÃ NĂM 2026\nCăn cứ Luật số 12/2016/QH13;",
     "TRIỂN KHAI CÔNG TÁC BẢO VỆ TRẺ EM TRÊN ĐỊA BÀN XÃ NĂM 2026"),
    ("a first word that preambles begin with too", "KẾ HOẠCH\nThực hiện công tác bảo vệ trẻ em năm 2026\nThực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2026 của UBND tỉnh;",
     "Thực hiện công tác bảo vệ trẻ em năm 2026"),
    ("a wrapped line that begins with such a word", "KẾ HOẠCH\nTuyên truyền, vận động nhân dân\nthực hiện nếp sống văn minh năm 2026\nCăn cứ Luật số 12/2016/QH13;",
     "Tuyên truyền, vận động nhân dân thực hiện nếp sống văn minh năm 2026"),
    ("a name that goes on with a capital", "KẾ HOẠCH\nHoạt động của Tổ trên địa bàn\nThành phố Hà Nội năm 2026\nCăn cứ Luật số 12/2016/QH13;",
     "Hoạt động của Tổ trên địa bàn Thành phố Hà Nội năm 2026"),
    ("a year alone on the last line", "KẾ HOẠCH\nTổ chức hoạt động của Tổ phường Hòa Bình năm\n2026\nThực hiện Công văn số 11/SKHCN-CNTT ngày 27/3/2026;",
     "Tổ chức hoạt động của Tổ phường Hòa Bình năm 2026"),
    ("Về việc", "KẾ HOẠCH\nVề việc tổ chức bầu cử năm 2026\n------\nCăn cứ Luật số 85/2025/QH15;", "Về việc tổ chức bầu cử năm 2026"),
    ("an attachment in brackets", "KẾ HOẠCH\nPhát triển kinh tế năm 2026\n(Kèm theo Quyết định số 12/QĐ-UBND\nngày 02/02/2026 của UBND xã)\nCăn cứ Luật số 85/2025/QH15;",
     "Phát triển kinh tế năm 2026"),
    ("an attachment on the title's line", "KẾ HOẠCH\nPhát triển kinh tế năm 2026 (Ban hành kèm theo Quyết định số 12/QĐ-UBND)", "Phát triển kinh tế năm 2026"),
    ("a lead paragraph that names the body first", "KẾ HOẠCH\nTổ chức Tết Trung thu năm 2026\nUBND xã Rạch Kiến xây dựng Kế hoạch tổ chức Tết Trung thu năm 2026, cụ thể như sau:",
     "Tổ chức Tết Trung thu năm 2026"),
    ("bold lines", "**KẾ HOẠCH**\n**Tổ chức Tết Trung thu**\n**Năm 2026**\nNăm 2026 là năm đầu của nhiệm kỳ, xã có nhiều trẻ em.\nUBND xã ban hành Kế hoạch như sau:",
     "Tổ chức Tết Trung thu Năm 2026"),
    ("a purpose for a preamble", "KẾ HOẠCH\nCải cách hành chính năm 2026\nNhằm nâng cao hiệu quả cải cách hành chính, UBND xã ban hành Kế hoạch như sau:",
     "Cải cách hành chính năm 2026"),
    ("joined into one paragraph each", "KẾ HOẠCH\nTriển khai hoạt động của Tổ công nghệ số cộng đồng trên địa bàn xã Rạch Kiến năm 2026\n"
     "Triển khai Kế hoạch số 12/KH-UBND ngày 02/01/2026 của UBND tỉnh về chuyển đổi số, UBND xã Rạch Kiến ban hành Kế hoạch như sau:",
     "Triển khai hoạt động của Tổ công nghệ số cộng đồng trên địa bàn xã Rạch Kiến năm 2026"),
    ("blanks lost in the heading", "KẾHOẠCH\nCải cách hành chính năm 2026\nCăn cứ Luật số 85/2025/QH15;", "Cải cách hành chính năm 2026"),
    ("letters set apart in the heading", "K Ế H O Ạ C H\nCải cách hành chính năm 2026\nCăn cứ Luật số 85/2025/QH15;", "Cải cách hành chính năm 2026"),
    ("no preamble at all", "KẾ HOẠCH\nCải cách hành chính năm 2026", "Cải cách hành chính năm 2026"),
    ("no title", "KẾ HOẠCH\nCăn cứ Luật số 85/2025/QH15 ngày 25/6/2025;", None),
    ("a subtitle in brackets", "KẾ HOẠCH\nTổng điều tra kinh tế năm 2026\n(Dự thảo lần 2)\nCăn cứ Luật số 85/2025/QH15;", "Tổng điều tra kinh tế năm 2026"),
    ("a decision named in the title", "KẾ HOẠCH\nThực hiện Quyết định số 112/QĐ-TTg ngày 02/3/2026 của Thủ tướng Chính phủ\nvề phát triển du lịch trên địa bàn xã\n"
     "Căn cứ Quyết định số 112/QĐ-TTg ngày 02/3/2026;",
     "Thực hiện Quyết định số 112/QĐ-TTg ngày 02/3/2026 của Thủ tướng Chính phủ về phát triển du lịch trên địa bàn xã"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "title"), [t[1:] for t in TITLES], ids=[t[0] for t in TITLES])
def test_a_title_is_the_lines_under_the_heading(front: str, title: str | None) -> None:
    assert head(f"Số: 15/KH-UBND\nRạch Kiến, ngày 02 tháng 02 năm 2026\n{front}").title == title


# (name, closing, signer, position, recipients)
CLOSINGS = [
    ("list, then signature", "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn Quý",
     "Nguyễn Văn Quý", "PHÓ CHỦ TỊCH", ("Như trên", "Lưu: VT")),
    ("signature, then list", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Thị Bình\nNơi nhận:\n- Như trên;\n- Lưu: VT.",
     "Trần Thị Bình", "CHỦ TỊCH", ("Như trên", "Lưu: VT")),
    ("columns that ran together", "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở Y tế; KT. CHỦ TỊCH\n- Các thôn; PHÓ CHỦ TỊCH\n- Lưu: VT. Nguyễn Văn Quý",
     "Nguyễn Văn Quý", "PHÓ CHỦ TỊCH", ("Sở Y tế", "Các thôn", "Lưu: VT")),
    ("lines that alternate", "Nơi nhận:\nTM. ỦY BAN NHÂN DÂN\n- Sở Y tế;\nCHỦ TỊCH\n- Lưu: VT.\nLê Văn Cường",
     "Lê Văn Cường", "CHỦ TỊCH", ("Sở Y tế", "Lưu: VT")),
    ("signed, with a note", "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nLê Văn Cường", "Lê Văn Cường", "CHỦ TỊCH", ("Lưu: VT",)),
    ("a name in capitals", "Nơi nhận:\n- Lưu: VT.\nHIỆU TRƯỞNG\nLÊ THỊ HOA", "Lê Thị Hoa", "HIỆU TRƯỞNG", ("Lưu: VT",)),
    ("a degree before the name", "Nơi nhận:\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nThS.BS. Phạm Văn Dũng", "Phạm Văn Dũng", "PHÓ GIÁM ĐỐC", ("Lưu: VT",)),
    ("a rank before the name", "Nơi nhận:\n- Lưu: VT.\nTRƯỞNG CÔNG AN XÃ\nThượng tá Võ Văn Em", "Võ Văn Em", "TRƯỞNG CÔNG AN XÃ", ("Lưu: VT",)),
    ("the Party", "Nơi nhận:\n- Lưu Văn phòng Đảng ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\nHồ Văn Mạnh", "Hồ Văn Mạnh", "PHÓ BÍ THƯ THƯỜNG TRỰC",
     ("Lưu Văn phòng Đảng ủy",)),
    ("capacity and position on one line", "Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH PHÓ CHỦ TỊCH\nĐỗ Thị Lan", "Đỗ Thị Lan", "PHÓ CHỦ TỊCH", ("Lưu: VT",)),
    ("body and position on one line", "TM. BAN CHỈ ĐẠO TRƯỞNG BAN\nĐỗ Thị Lan", "Đỗ Thị Lan", "TRƯỞNG BAN", ()),
    ("on behalf of", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nĐỗ Thị Lan", "Đỗ Thị Lan", "CHÁNH VĂN PHÒNG", ()),
    ("no name", "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", None, "CHỦ TỊCH", ("Lưu: VT",)),
    ("time stamps", "Nơi nhận:\n- Lưu VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nPhạm Xuân Khánh\n2026-01-10T14:13:11+0700", "Phạm Xuân Khánh", "PHÓ CHỦ TỊCH", ("Lưu VT",)),
    ("a digital signature's lines", "Ký bởi: Ủy ban nhân dân xã\nThời gian ký: 10/01/2026 14:13:11\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nPhạm Xuân Khánh",
     "Phạm Xuân Khánh", "CHỦ TỊCH", ()),
    ("an appendix after it", "Nơi nhận:\n- Lưu VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐỗ Hồng Đăng\nPHỤ LỤC\nPhân công nhiệm vụ\nTrần Văn Tám\nTrưởng thôn",
     "Đỗ Hồng Đăng", "CHỦ TỊCH", ("Lưu VT",)),
    ("a minority name", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nKsor H'Bơ Khăp", "Ksor H'Bơ Khăp", "CHỦ TỊCH", ()),
    ("two signatures of a joint plan", "GIÁM ĐỐC SỞ Y TẾ\nNguyễn Văn Hai\nGIÁM ĐỐC SỞ NỘI VỤ\nTrần Văn Ba", "Nguyễn Văn Hai", "GIÁM ĐỐC SỞ Y TẾ", ()),
    ("two signatures side by side", "GIÁM ĐỐC GIÁM ĐỐC\nNguyễn Văn Hai Trần Văn Ba", "Nguyễn Văn Hai", "GIÁM ĐỐC", ()),
    ("a recipient over two lines", "Nơi nhận:\n- Ủy ban Mặt trận Tổ quốc và các\ntổ chức chính trị - xã hội;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Hai", "Nguyễn Văn Hai", "CHỦ TỊCH",
     ("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", "Lưu: VT")),
    ("a list without bullets", "Nơi nhận:\nNhư trên;\nChủ tịch, các Phó Chủ tịch UBND xã;\nLưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Hai", "Nguyễn Văn Hai", "CHỦ TỊCH",
     ("Như trên", "Chủ tịch, các Phó Chủ tịch UBND xã", "Lưu: VT")),
    ("blanks lost", "Nơinhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Hai", "Nguyễn Văn Hai", "CHỦ TỊCH", ("Lưu: VT",)),
    ("nothing", "", None, None, ()),
]  # fmt: skip


@pytest.mark.parametrize(("closing", "signer", "position", "recipients"), [c[1:] for c in CLOSINGS], ids=[c[0] for c in CLOSINGS])
def test_a_closing_gives_signer_and_recipients(closing: str, signer: str | None, position: str | None, recipients: tuple[str, ...]) -> None:
    found = head("Số: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2026", closing)
    assert (found.signer.name, found.signer.position, found.recipients) == (signer, position, recipients)
