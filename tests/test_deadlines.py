"""Deadlines of values, tasks, targets and headings; every plan here is for 2026."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.find.deadlines import deadline_in_task, deadline_of_value, due_in_target, due_of_heading
from extract.model import Mention
from extract.text import fold, nfc
from schemas import Deadline

# The rows of the table "Deadlines" of the annotation guide.
GUIDE_TABLE = [
    ("Trước 15/6/2024", "by ..2024-06-15"),
    ("hoàn thành trước ngày 30/6/2024", "by ..2024-06-30"),
    ("chậm nhất 15/6", "by ..2026-06-15"),
    ("Trong tháng 6/2024", "month 2024-06-01..2024-06-30"),
    ("Quý I/2026", "quarter 2026-01-01..2026-03-31"),
    ("Quý II năm 2026", "quarter 2026-04-01..2026-06-30"),
    ("Quý I (từ tháng 01-03)", "quarter 2026-01-01..2026-03-31"),
    ("đến hết năm 2026", "by ..2026-12-31"),
    ("đến năm 2030", "by ..2030-12-31"),
    ("23/4/2018", "period 2018-04-23..2018-04-23"),
    ("Dự kiến 10/7/2018", "period 2018-07-10..2018-07-10"),
    ("ngày 26, 27/12/2025", "period 2025-12-26..2025-12-27"),
    ("không quá 5 ngày làm việc", "other"),
    ("sau khi có kết quả", "other"),
    ("Theo lộ trình", "other"),
    ("theo hướng dẫn của cấp trên", "other"),
    ("Sau khi có hướng dẫn, trước ngày 30/9/2025", "by ..2025-09-30"),
    ("Quý IV/2025 - Quý II/2026", "period 2025-10-01..2026-06-30"),
    ("Năm 2026", "year 2026-01-01..2026-12-31"),
    ("hoàn thành trong năm 2026", "year 2026-01-01..2026-12-31"),
    ("Theo kế hoạch trong năm", "year 2026-01-01..2026-12-31"),
    ("từ năm 2025 trở đi", "ongoing 2025-01-01.."),
    ("cuối năm 2026", "by ..2026-12-31"),
    ("6 tháng đầu năm 2026", "period 2026-01-01..2026-06-30"),
    ("giai đoạn 2026-2030", "period 2026-01-01..2030-12-31"),
    ("từ tháng 3 đến tháng 6/2026", "period 2026-03-01..2026-06-30"),
    ("Thường xuyên trong năm 2024", "ongoing 2024-01-01..2024-12-31"),
    ("Thường xuyên trong năm", "ongoing 2026-01-01..2026-12-31"),
    ("Thường xuyên", "ongoing"),
    ("Duy trì thường xuyên", "ongoing"),
    ("trước ngày 14 hàng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=14"),
    ("hàng tháng", "recurring FREQ=MONTHLY"),
    ("hằng quý", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("hằng năm", "recurring FREQ=YEARLY"),
    ("(10/10) hằng năm", "recurring FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=10"),
    (
        "trước ngày 01/6 và 15/11 hằng năm",
        "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
    ),
    ("Thường xuyên, hằng năm", "recurring FREQ=YEARLY"),
    ("hàng tuần", "recurring FREQ=WEEKLY"),
    ("4 lần/tháng", "recurring FREQ=MONTHLY"),
    ("định kỳ", "recurring"),
    ("Cuối năm hoặc theo đợt", "other ..2026-12-31"),
    ("Quý I, II/2026", "period 2026-01-01..2026-06-30"),
    ("Tháng 3 - 5/2026", "period 2026-03-01..2026-05-31"),
    ("Từ 01/3 đến 30/4/2026", "period 2026-03-01..2026-04-30"),
]

# What else stands in attribute lines and cells.
VALUES = [
    ("Sau khi có hướng dẫn", "other"),
    ("Cả năm", "year 2026-01-01..2026-12-31"),
    ("Hàng năm", "recurring FREQ=YEARLY"),
    ("2026-2030", "period 2026-01-01..2030-12-31"),
    ("2025", "year 2025-01-01..2025-12-31"),
    ("Năm học 2025-2026", "period 2025-09-01..2026-05-31"),
    ("Trong quý III", "quarter 2026-07-01..2026-09-30"),
    ("Hoàn thành trước ngày 20/12", "by ..2026-12-20"),
    ("Từ ngày ký", "other"),
    ("Hằng tháng, quý, năm", "recurring FREQ=MONTHLY FREQ=MONTHLY;INTERVAL=3 FREQ=YEARLY"),
    ("Tháng 9", "month 2026-09-01..2026-09-30"),
    ("9/2026", "month 2026-09-01..2026-09-30"),
    ("Đầu năm 2026", "year 2026-01-01..2026-12-31"),
    ("Cuối quý II", "by ..2026-06-30"),
    ("30 ngày sau khi ban hành", "other"),
    ("Ngay sau khi ban hành Kế hoạch", "other"),
    ("ngày 22\\\ntháng 12 năm 2024", "month 2024-12-01..2024-12-31"),
    ("15.6.2026", "period 2026-06-15..2026-06-15"),
    ("quý 1", "quarter 2026-01-01..2026-03-31"),
    ("T6/2026", "month 2026-06-01..2026-06-30"),
    ("trước ngày 25 của tháng cuối quý", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25"),
    ("định kỳ 6 tháng, năm", "recurring FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY"),
    (
        "Định kỳ, trước ngày 15/6 và 15/12",
        "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
    ),
    ("thứ Sáu hằng tuần", "recurring FREQ=WEEKLY;BYDAY=FR"),
    ("hằng ngày", "recurring FREQ=DAILY"),
    ("2 lần/năm", "recurring FREQ=YEARLY"),
    ("31/6/2026", "other"),
    ("Trước 31/6", "other"),
    ("Trước Tết Nguyên đán năm 2026", "other"),
    ("Xong trong tháng 3", "month 2026-03-01..2026-03-31"),
    ("Hoàn thành quý I", "quarter 2026-01-01..2026-03-31"),
    ("Hoàn thành đến hết quý I", "by ..2026-03-31"),
    ("Tháng 6 và tháng 12/2026", "period 2026-06-01..2026-12-31"),
    ("Trước tháng 6/2026", "by ..2026-05-31"),
    ("Năm 2026 và các năm tiếp theo", "ongoing 2026-01-01.."),
    ("24/7", "ongoing"),
    ("Theo Kế hoạch số 25/KH-UBND ngày 29/01/2026", "other"),
    ("-", "-"),
    ("nt", "-"),
    ("Từ quý II/2026", "ongoing 2026-04-01.."),
    ("Quý II, III", "period 2026-04-01..2026-09-30"),
    ("Tháng 4 (đợt 1), tháng 10 (đợt 2)", "period 2026-04-01..2026-10-31"),
    ("từ nay đến hết 30/6", "by ..2026-06-30"),
    ("Đến 30/11/2026", "by ..2026-11-30"),
    ("Thường xuyên, báo cáo trước 15/12", "by ..2026-12-15"),
    ("Trong năm", "year 2026-01-01..2026-12-31"),
    ("Quý III-IV/2026", "period 2026-07-01..2026-12-31"),
    ("thực hiện xong trước 30/4", "by ..2026-04-30"),
    ("Theo chỉ đạo", "other"),
    ("Trong tháng 6 hằng năm", "recurring FREQ=YEARLY;BYMONTH=6"),
    ("Từ 15/5 - 30/6/2026", "period 2026-05-15..2026-06-30"),
    ("Khi có yêu cầu", "other"),
    ("Trước và sau bầu cử", "other"),
    ("Từ tháng 01/2026 đến tháng 12/2026", "period 2026-01-01..2026-12-31"),
    ("Liên tục trong năm", "ongoing 2026-01-01..2026-12-31"),
    ("Trong giai đoạn 2026 - 2030", "period 2026-01-01..2030-12-31"),
    ("Tháng 5-6", "period 2026-05-01..2026-06-30"),
    ("31/12/2026", "period 2026-12-31..2026-12-31"),
    ("Hoàn thành ngày 30/6/2026", "by ..2026-06-30"),
    ("Trước 10h00 ngày 15/6/2026", "by ..2026-06-15"),
    ("Tuần 2 tháng 3/2026", "month 2026-03-01..2026-03-31"),
    ("08h00 ngày 15/3/2026", "period 2026-03-15..2026-03-15"),
    ("Thứ Hai, ngày 15/3/2026", "period 2026-03-15..2026-03-15"),
    ("Tháng 01, 02/2026", "period 2026-01-01..2026-02-28"),
    ("Từ 01/01 đến 31/12", "period 2026-01-01..2026-12-31"),
    ("Trước 31/12 hàng năm", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("Quý I hàng năm", "recurring FREQ=YEARLY"),
    ("Hàng quý, năm", "recurring FREQ=MONTHLY;INTERVAL=3 FREQ=YEARLY"),
    ("Ngày 15, 30 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=15,30"),
    ("Trong tháng 02 và tháng 3 năm 2026", "period 2026-02-01..2026-03-31"),
    ("Quý 2,3,4/2026", "period 2026-04-01..2026-12-31"),
    ("Đến 2030", "by ..2030-12-31"),
    ("03/2026 - 12/2026", "period 2026-03-01..2026-12-31"),
    ("Từ tháng 3/2026", "ongoing 2026-03-01.."),
    ("Trước ngày 15 tháng 6 năm 2026", "by ..2026-06-15"),
    ("Chậm nhất 17 giờ 00 ngày 15/3/2026", "by ..2026-03-15"),
    ("Thường xuyên/Quý I", "ongoing 2026-01-01..2026-03-31"),
    ("Q.I/2026", "quarter 2026-01-01..2026-03-31"),
    ("Quý I+II/2026", "period 2026-01-01..2026-06-30"),
    ("Quý I &II", "period 2026-01-01..2026-06-30"),
    ("Trước Quý II", "by ..2026-03-31"),
    ("Từ Quý I đến Quý III/2026", "period 2026-01-01..2026-09-30"),
    ("T1-T3/2026", "period 2026-01-01..2026-03-31"),
    ("Trong 2 năm 2026-2027", "period 2026-01-01..2027-12-31"),
    ("Trong năm học", "other"),
    ("Hàng tháng (trước ngày 20)", "recurring FREQ=MONTHLY;BYMONTHDAY=20"),
    ("Thực hiện hằng năm", "recurring FREQ=YEARLY"),
    ("Tháng 12/2025 - 3/2026", "period 2025-12-01..2026-03-31"),
    ("Quý 4/2025 - Quý 1/2026", "period 2025-10-01..2026-03-31"),
    ("Năm 2026, 2027", "period 2026-01-01..2027-12-31"),
    ("2026, 2027", "period 2026-01-01..2027-12-31"),
    ("Cuối tháng 6/2026", "by ..2026-06-30"),
    ("Trung tuần tháng 5", "month 2026-05-01..2026-05-31"),
    ("Trước 30/6 và 31/12/2026", "by ..2026-12-31"),
    ("Hoàn thành chậm nhất trong quý II/2026", "by ..2026-06-30"),
    ("Xong trước ngày khai giảng", "other"),
    ("Thời gian: Quý II/2026", "quarter 2026-04-01..2026-06-30"),
    ("Hoàn thành trong quý I, báo cáo trước 15/4", "quarter 2026-01-01..2026-03-31"),
    ("Ngày 19/8/2026", "period 2026-08-19..2026-08-19"),
    ("từ 7h30 ngày 15/3/2026", "ongoing 2026-03-15.."),
    ("Đến tháng 12", "by ..2026-12-31"),
    ("Đến hết quý III", "by ..2026-09-30"),
    ("Quý II - Quý IV", "period 2026-04-01..2026-12-31"),
    ("Từ nay đến cuối năm", "by ..2026-12-31"),
    ("Tháng 4 hằng năm", "recurring FREQ=YEARLY;BYMONTH=4"),
    ("Trước, trong và sau Tết", "other"),
    ("30/9/2026 và 15/12/2026", "period 2026-09-30..2026-12-15"),
    ("Trước ngày 10 tháng cuối mỗi quý", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
    ("Trước ngày 10/6, 10/12", "by ..2026-12-10"),
    ("Theo thời gian quy định", "other"),
    ("Thường xuyên (hằng quý báo cáo)", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("Theo từng quý", "other"),
    ("Năm 2026 (Quý II)", "year 2026-01-01..2026-12-31"),
    ("Quý II và cả năm", "quarter 2026-04-01..2026-06-30"),
    ("Sau sáp nhập", "other"),
    ("Định kỳ theo quy định", "recurring"),
    ("Định kỳ hoặc đột xuất", "recurring"),
    ("Đột xuất", "other"),
    ("6 tháng, năm", "recurring FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY"),
    ("Quý, 6 tháng, năm", "recurring FREQ=MONTHLY;INTERVAL=3 FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY"),
    ("tháng/quý/năm", "recurring FREQ=MONTHLY FREQ=MONTHLY;INTERVAL=3 FREQ=YEARLY"),
    ("Tháng 6, tháng 12", "period 2026-06-01..2026-12-31"),
    ("Quý I –Quý II", "period 2026-01-01..2026-06-30"),
    ("15/3-15/4/2026", "period 2026-03-15..2026-04-15"),
    ("Hết tháng 6", "by ..2026-06-30"),
    ("Hoàn thành 100% trước 31/12", "by ..2026-12-31"),
]

# Times in tasks' own text: those that govern the task, and those that do not.
TASKS = [
    ("Tham mưu ban hành Kế hoạch trong tháng 01/2026.", "month 2026-01-01..2026-01-31"),
    ("Tổ chức Hội nghị tổng kết trong quý IV/2026.", "quarter 2026-10-01..2026-12-31"),
    ("Hoàn thành trước 30/6.", "by ..2026-06-30"),
    ("Rà soát, cập nhật danh sách hộ nghèo, hoàn thành trước ngày 30/11/2026.", "by ..2026-11-30"),
    ("Gửi báo cáo về UBND tỉnh trước ngày 15/12/2026 để tổng hợp.", "by ..2026-12-15"),
    ("Định kỳ hằng quý báo cáo kết quả thực hiện về Sở Nội vụ.", "recurring FREQ=MONTHLY;INTERVAL=3"),
    (
        "Định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12) báo cáo UBND xã.",
        "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
    ),
    ("Hằng năm, tổ chức khám sức khỏe cho người cao tuổi.", "recurring FREQ=YEARLY"),
    ("Thường xuyên kiểm tra, đôn đốc việc thực hiện.", "ongoing"),
    ("Xây dựng kế hoạch hoạt động hằng năm của Tổ.", "-"),
    ("Triển khai Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025.", "-"),
    ("Thực hiện Quy hoạch chung xã đến năm 2030, tầm nhìn đến năm 2045.", "-"),
    ("Tổ chức kỷ niệm Ngày Thương binh liệt sĩ 27/7.", "-"),
    ("Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia (10/10).", "-"),
    ("Căn cứ Kế hoạch số 25/KH-UBND ngày 29/01/2026, xây dựng kế hoạch triển khai.", "-"),
    ("Tổ chức lễ giao nhận quân (hoàn thành trong tháng 3/2026).", "month 2026-03-01..2026-03-31"),
    ("Xây dựng đề án (Thời gian: Quý II/2026).", "quarter 2026-04-01..2026-06-30"),
    ("Kiểm tra công tác PCCC tại các chợ (Quý III/2026).", "quarter 2026-07-01..2026-09-30"),
    (
        "Tổ chức tuyên truyền về bầu cử; thời gian thực hiện: từ tháng 01 đến tháng 3/2026.",
        "period 2026-01-01..2026-03-31",
    ),
    ("Từ ngày 15/5 đến ngày 15/6/2026, tổ chức Tháng hành động vì trẻ em.", "period 2026-05-15..2026-06-15"),
    ("Trước ngày 20/12, các đơn vị gửi báo cáo về UBND xã.", "by ..2026-12-20"),
    ("Năm 2026: Tiếp tục triển khai mô hình.", "-"),
    ("Năm 2027: Nhân rộng mô hình.", "year 2027-01-01..2027-12-31"),
    ("Giai đoạn 2026-2028: Xây dựng 3 mô hình điểm.", "period 2026-01-01..2028-12-31"),
    ("Đến hết năm 2026, hoàn thành số hóa hồ sơ.", "by ..2026-12-31"),
    ("Ngay sau khi Kế hoạch được ban hành, các đơn vị xây dựng kế hoạch cụ thể.", "other"),
    ("Phun hóa chất diệt muỗi 2 lần/năm tại các ổ dịch.", "recurring FREQ=YEARLY"),
    ("Họp giao ban hằng tháng để đánh giá tiến độ.", "recurring FREQ=MONTHLY"),
    ("Giải quyết các vụ việc phát sinh trước ngày 01/7/2025.", "-"),
    ("Số liệu báo cáo tính từ ngày 15/12/2025 đến ngày 14/12/2026.", "-"),
    ("Thống kê số vụ cháy tính đến ngày 14/12.", "-"),
    ("Chủ động, thường xuyên nắm tình hình địa bàn.", "ongoing"),
    (
        ("Báo cáo tháng trước ngày 20; báo cáo quý trước ngày 20 của tháng cuối quý; báo cáo năm trước ngày 10/12."),
        (
            "recurring FREQ=MONTHLY;BYMONTHDAY=20 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20 "
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"
        ),
    ),
    ("Gửi báo cáo kết quả chậm nhất ngày 05 hằng tháng.", "recurring FREQ=MONTHLY;BYMONTHDAY=5"),
    ("Tổng hợp, báo cáo định kỳ 6 tháng, năm về Ban Chỉ đạo.", "recurring FREQ=MONTHLY;INTERVAL=6 FREQ=YEARLY"),
    (
        "Báo cáo UBND xã kết quả thực hiện trước ngày 25 của tháng cuối quý.",
        "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25",
    ),
    ("Lập dự toán kinh phí hằng năm gửi phòng Kinh tế.", "-"),
    ("Tổ chức sơ kết 6 tháng đầu năm và tổng kết năm.", "-"),
    ("Thực hiện chi trả cho đối tượng sinh trước ngày 01/01/1950.", "-"),
    ("Tổ chức Ngày hội toàn dân bảo vệ ANTQ vào ngày 19/8/2026.", "period 2026-08-19..2026-08-19"),
    ("Tổ chức 02 đợt ra quân: đợt 1 trong tháng 4, đợt 2 trong tháng 10.", "month 2026-04-01..2026-04-30"),
    ("Tháng 3/2026: Phát động phong trào.", "month 2026-03-01..2026-03-31"),
    ("10/10 thôn tổ chức họp dân.", "-"),
    ("Thực hiện tuyên truyền trên Đài truyền thanh xã mỗi tuần 02 buổi.", "-"),
    ("Chậm nhất sau 05 ngày làm việc kể từ ngày nhận hồ sơ, trả kết quả.", "other"),
    ("Phấn đấu đến năm 2030, 100% hộ dân dùng nước sạch.", "by ..2030-12-31"),
    ("Định kỳ vào ngày 25 hằng tháng, Công an xã báo cáo kết quả.", "recurring FREQ=MONTHLY;BYMONTHDAY=25"),
    ("Trong năm 2026, tổ chức ít nhất 02 lớp tập huấn.", "-"),
    ("Trong quý II năm 2026 hoàn thành việc lắp đặt camera.", "quarter 2026-04-01..2026-06-30"),
    ("Tiếp tục duy trì thường xuyên hoạt động của các câu lạc bộ.", "ongoing"),
    ("Khám sức khỏe định kỳ cho học sinh, hoàn thành trước 30/10/2026.", "by ..2026-10-30"),
    ("Thực hiện nghiêm chế độ thông tin, báo cáo theo quy định.", "-"),
    ("Các đơn vị báo cáo kết quả (trước ngày 15/11/2026) về UBND phường.", "by ..2026-11-15"),
    ("Cuối năm, tổ chức tổng kết, khen thưởng.", "by ..2026-12-31"),
    ("Sau khi kết thúc chiến dịch, báo cáo kết quả trước ngày 05/6/2026.", "by ..2026-06-05"),
    ("Tổ chức trao quà nhân dịp Tết Trung thu năm 2026.", "-"),
    ("Xây dựng kế hoạch năm 2027 trước ngày 31/12/2026.", "by ..2026-12-31"),
    ("Tổ chức lễ phát động tại sân vận động phường, sáng ngày 26/7/2026.", "period 2026-07-26..2026-07-26"),
    ("Họp dân, thống nhất mức đóng góp ngày 26, 27/9/2026;", "period 2026-09-26..2026-09-27"),
    ("Thực hiện kết luận của Chủ tịch UBND tỉnh ngày 26/7/2026.", "-"),
    ("Khắc phục hậu quả vụ cháy xảy ra ngày 26/7/2026.", "-"),
    ("Tôn tạo bia ghi danh liệt sĩ của trận đánh ngày 26/7/1953.", "-"),
    ("Đón đoàn kiểm tra ngày 26/7.", "-"),
    ("7h30 ngày 12/3/2026: Tổ chức lễ rước nước.", "period 2026-03-12..2026-03-12"),
    ("14 giờ 00 chiều ngày 11/3/2026, khai mạc hội thi.", "period 2026-03-11..2026-03-11"),
    ("Đóng cửa bãi chôn lấp không hợp vệ sinh trong quý IV/2026.", "quarter 2026-10-01..2026-12-31"),
]

# A full date is by; a head before a colon; days that nobody knows; later years; named months.
MORE_VALUES = [
    ("3O/6/2026", "period 2026-06-30..2026-06-30"),
    ("Trước 0l/4/2026", "by ..2026-04-01"),
    ("Quý lI/2026", "quarter 2026-04-01..2026-06-30"),
    ("Quý III/2O26", "quarter 2026-07-01..2026-09-30"),
    ("trước ngày l5/l0/2026", "by ..2026-10-15"),
    ("Tháng sáu", "month 2026-06-01..2026-06-30"),
    ("Từ tháng ba đến tháng mười một năm 2026", "period 2026-03-01..2026-11-30"),
    ("ngày 15 tháng tám năm 2026", "period 2026-08-15..2026-08-15"),
    ("mỗi tháng hai, ba lần", "recurring FREQ=MONTHLY"),
    ("T3-T12", "period 2026-03-01..2026-12-31"),
    ("T4 - T10/2026", "period 2026-04-01..2026-10-31"),
    ("T2-T6 hằng tuần", "recurring FREQ=WEEKLY"),
    ("Trước 20 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=20"),
    ("chậm nhất 05 hàng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=5"),
    ("Ngày 25 của tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=25"),
    ("Ngày 25 của tháng 6", "period 2026-06-25..2026-06-25"),
    ("Học kỳ I", "other"),
    ("Học kỳ II năm học 2025-2026", "other"),
    ("Học kỳ I (từ 08/9/2025 đến 16/01/2026)", "period 2025-09-08..2026-01-16"),
    ("Báo cáo năm trước ngày 05/12/2026", "by ..2026-12-05"),
    ("Báo cáo năm trước ngày 05/12", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"),
]
MORE_TASKS = [
    ("Báo cáo năm gửi Sở Y tế trước ngày 08/12/2026.", "by ..2026-12-08"),
    ("Báo cáo năm gửi Sở Y tế trước ngày 08/12.", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8"),
    ("Báo cáo 6 tháng gửi trước ngày 10/6/2026.", "by ..2026-06-10"),
    ("Gửi báo cáo về huyện trước 18 hằng tháng.", "recurring FREQ=MONTHLY;BYMONTHDAY=18"),
    ("Trạm Y tế: Hằng năm, lập danh sách người cao tuổi.", "recurring FREQ=YEARLY"),
    ("Công an xã: Quý II/2026, tổng kiểm tra tạm trú.", "quarter 2026-04-01..2026-06-30"),
    ("Ban Công tác Mặt trận các thôn: Thường xuyên vận động hộ dân.", "ongoing"),
    ("Nội dung tuyên truyền: kết quả hoạt động hằng năm của Quỹ.", "-"),
    ("Xử lý sự cố không quá 12 giờ kể từ khi tiếp nhận tin báo.", "other"),
    ("Niêm yết danh sách ngay sau khi được phê duyệt; tiếp nhận ý kiến của cử tri.", "other"),
    ("Trả lời kiến nghị không quá 05 ngày làm việc.", "other"),
    ("Lập biên bản, hoàn thành trong 10 ngày kể từ ngày kiểm tra.", "other"),
    ("Ngay sau khi nghiệm thu, bàn giao trước ngày 20/9/2026.", "by ..2026-09-20"),
    ("100% hồ sơ được trả kết quả trong vòng 03 ngày làm việc.", "-"),
    ("Rút ngắn thời gian giải quyết không quá 02 ngày làm việc.", "-"),
    ("Sửa chữa trụ sở thôn, hoàn thành trong năm 2027.", "year 2027-01-01..2027-12-31"),
    ("Triển khai mở rộng trong năm 2028.", "year 2028-01-01..2028-12-31"),
    ("Xây dựng kế hoạch thực hiện trong năm 2027.", "-"),
    ("Đánh giá kết quả đạt được trong năm 2025.", "-"),
    ("Hoàn thành trong năm 2026.", "-"),
    ("Họp tổ giúp việc hằng quý để rà soát tiến độ.", "recurring FREQ=MONTHLY;INTERVAL=3"),
    # the interval of a sentence that charges somebody with the work is the work's
    ("Súc rửa bể chứa; khử khuẩn nguồn nước. Giao Trạm cấp nước thực hiện hằng tháng.", "recurring FREQ=MONTHLY"),
    (
        "Nạo vét kênh nội đồng. Giao Hợp tác xã chủ trì, phối hợp với các thôn thực hiện định kỳ 6 tháng một lần.",
        "recurring FREQ=MONTHLY;INTERVAL=6",
    ),
    ("Lập sổ theo dõi hộ thoát nghèo. Phân công các trưởng thôn cập nhật hằng tuần.", "recurring FREQ=WEEKLY"),
    ("Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện hằng năm.", "recurring FREQ=YEARLY"),
    ("Sửa nhà văn hóa. Giao Phòng Kinh tế tham mưu kế hoạch hằng năm.", "-"),
    ("Sửa nhà văn hóa. Giao Phòng Kinh tế bố trí trong dự toán hằng năm của xã.", "-"),
    ("Mở thư viện lưu động. Giao Đoàn xã phục vụ bạn đọc hằng ngày.", "-"),
    ("Trồng cây phân tán. Các thôn chăm sóc, cây chết hằng năm được trồng dặm.", "-"),
    ("Lồng ghép nội dung vào sinh hoạt chi bộ hằng tháng, quán triệt đến đảng viên.", "-"),
    ("Học kỳ I: tổ chức hội giảng cấp trường.", "other"),
    ("Tổ chức sơ kết học kỳ I theo hướng dẫn.", "-"),
    ("Trong tháng sáu, mở lớp dạy bơi.", "month 2026-06-01..2026-06-30"),
    ("Cắm biển cảnh báo trước ngày 3O/4/2O26.", "by ..2026-04-30"),
]

# Times in targets.
DUES = [
    ("hoàn thành trước ngày 30/6/2024", "by ..2024-06-30"),
    ("đến năm 2030 đạt 80% hộ dân dùng nước sạch", "by ..2030-12-31"),
    ("Đến hết năm 2026, 100% hồ sơ được số hóa", "by ..2026-12-31"),
    ("Tỷ lệ đạt 80% vào năm 2030", "by ..2030-12-31"),
    ("Tỷ lệ thôn đạt tiêu chuẩn xanh đạt 45% vào năm 2028 và 60% vào năm 2030", "by ..2028-12-31"),
    ("Hoàn thành 45% nội dung của Chương trình đến năm 2030", "-"),
    ("cuối năm 2026 còn dưới 1% hộ nghèo", "by ..2026-12-31"),
    ("100% cán bộ được tập huấn trong quý II", "quarter 2026-04-01..2026-06-30"),
    ("đến 2028 đạt 60%", "by ..2028-12-31"),
    ("Năm 2026, đạt 60%", "-"),
    ("Năm 2027 đạt 70%, năm 2028 đạt 80%", "year 2027-01-01..2027-12-31"),
    ("Năm 2026 đạt 60%, đến năm 2030 đạt 80%", "-"),
    ("Tăng 10% so với năm 2025", "-"),
    ("100% xã có quy hoạch đến năm 2030, tầm nhìn 2045 được phê duyệt", "-"),
    ("Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều giai đoạn 2022-2025 giảm 1%", "-"),
    ("Giai đoạn 2026-2030, mỗi năm giảm 1% hộ nghèo", "period 2026-01-01..2030-12-31"),
    ("Đạt 80% vào năm 2028 và 100% vào năm 2030", "by ..2028-12-31"),
    ("Phấn đấu đến năm 2030 có 100% trường đạt chuẩn", "by ..2030-12-31"),
    ("Nâng tỷ lệ từ 60% năm 2025 lên 80% năm 2030", "year 2030-01-01..2030-12-31"),
    ("100% thôn có nhà văn hóa (hoàn thành trong tháng 3/2026)", "month 2026-03-01..2026-03-31"),
    ("Trong 6 tháng đầu năm giải ngân đạt 50%", "period 2026-01-01..2026-06-30"),
    ("Hoàn thành 100% trước 31/12/2026", "by ..2026-12-31"),
    ("Thực hiện Chiến lược phát triển giáo dục đến năm 2030", "-"),
    ("Duy trì 100% trạm y tế đạt Bộ tiêu chí quốc gia về y tế xã giai đoạn đến năm 2030.", "-"),
    ("Tầm nhìn đến năm 2045: trở thành đô thị thông minh", "by ..2045-12-31"),
    ("Định hướng đến năm 2035 đạt 90%", "by ..2035-12-31"),
]

# Headings over targets.
HEADINGS = [
    ("Mục tiêu đến hết năm 2026", "by ..2026-12-31"),
    ("Đến năm 2030", "by ..2030-12-31"),
    ("Giai đoạn 2026-2028", "period 2026-01-01..2028-12-31"),
    ("Năm 2027", "year 2027-01-01..2027-12-31"),
    ("Mục tiêu cụ thể năm 2026", "-"),
    ("Chỉ tiêu cụ thể năm 2026 (9 mục tiêu)", "-"),
    ("Mục tiêu đến năm 2030, tầm nhìn đến năm 2045", "by ..2030-12-31"),
    ("Định hướng đến năm 2045", "by ..2045-12-31"),
    ("Mục tiêu cụ thể", "-"),
    ("Chỉ tiêu quý I", "quarter 2026-01-01..2026-03-31"),
    ("Trong năm 2026", "-"),
]


def short(mention: Mention[Deadline] | None) -> str:
    """ "by ..2026-06-15": a deadline on one line, "-" for none."""
    if mention is None:
        return "-"
    value = mention.value
    days = f" {value.start or ''}..{value.end or ''}" if value.start or value.end else ""
    return value.kind.value + days + (f" {value.rrule}" if value.rrule else "")


@pytest.mark.parametrize(("text", "expected"), GUIDE_TABLE + VALUES + MORE_VALUES)
def test_a_whole_value_is_the_deadline_that_the_guide_sets(text: str, expected: str) -> None:
    assert short(deadline_of_value(text, year=2026)) == expected


@pytest.mark.parametrize(("text", "expected"), TASKS + MORE_TASKS)
def test_a_time_in_a_task_counts_where_it_governs_the_whole_task(text: str, expected: str) -> None:
    assert short(deadline_in_task(text, year=2026)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lắp đặt camera tại các chốt trong năm 2026.", "year 2026-01-01..2026-12-31"),
        ("Năm 2026: Khảo sát, lập dự án.", "year 2026-01-01..2026-12-31"),
        ("Đánh giá kết quả năm 2025.", "-"),
    ],
)
def test_in_a_plan_for_several_years_its_first_is_a_deadline_like_the_others(text: str, expected: str) -> None:
    assert short(deadline_in_task(text, year=2026, single_year=False)) == expected
    assert short(deadline_in_task(text, year=2026)) == "-"


def test_in_a_plan_for_several_years_a_target_may_be_due_in_its_first() -> None:
    assert short(due_in_target("Đạt từ 70% trở lên trong năm 2026", year=2026)) == "-"
    found = due_in_target("Đạt từ 70% trở lên trong năm 2026", year=2026, single_year=False)
    assert short(found) == "year 2026-01-01..2026-12-31"


@pytest.mark.parametrize(("text", "expected"), DUES)
def test_a_target_is_due_when_it_says_but_for_the_plans_own_year(text: str, expected: str) -> None:
    assert short(due_in_target(text, year=2026)) == expected


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_a_heading_sets_the_due_of_the_targets_under_it(text: str, expected: str) -> None:
    assert short(due_of_heading(text, year=2026)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Quý II", "quarter"), ("Trước 15/6", "by"), ("Thường xuyên trong năm", "ongoing"), ("Trong năm", "year")],
)
def test_without_a_year_the_kind_stays_and_the_days_are_absent(text: str, expected: str) -> None:
    assert short(deadline_of_value(text, year=None)) == expected


def test_the_words_before_a_time_belong_to_what_is_quoted() -> None:
    text = "Gửi báo cáo về Sở Y tế trước ngày 15/12/2026 để tổng hợp."
    mention = deadline_in_task(text, year=2026)
    assert mention is not None
    assert mention.value.text == text[mention.start : mention.end] == "trước ngày 15/12/2026"


def test_white_space_and_line_breaks_inside_a_time_change_nothing() -> None:
    assert short(deadline_of_value("Trước\nngày 15 tháng\n6 năm 2026", year=2026)) == "by ..2026-06-15"


@given(st.text(alphabet="0123456789/-. ,;()hằng quýnămthángđiểmtrước ngàyIVđịnh kỳ\n", max_size=60))
def test_odd_text_gives_a_deadline_or_none_and_quotes_itself(text: str) -> None:
    for find in (deadline_of_value, deadline_in_task, due_in_target, due_of_heading):
        for year in (2026, None):
            mention = find(nfc(text), year=year)
            assert mention is None or nfc(text)[mention.start : mention.end] == mention.value.text


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}"]))
def test_every_day_of_the_calendar_is_read_back(day: date, form: str) -> None:
    mention = deadline_of_value("Trước ngày " + form.format(day), year=2026)
    assert mention is not None
    assert mention.value.end == day


def gold(shared: Path) -> list[tuple[str, int, dict[str, Any], bool]]:
    """Text, year, gold deadline and whether an attribute line may be its source, of every task of the shared gold."""
    rows = []
    for path in sorted((shared / "gold" / "json").glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        year = int(record["document"]["period"]["start"][:4])
        lined = path.name.startswith("002")
        for task in record["tasks"]:
            from_line = task["kind"] == "appendix" or (lined and task["kind"] == "task")
            rows.append((nfc(task["text"]), year, task.get("deadline") or {}, from_line))
    return rows


def test_every_task_of_the_gold_has_the_deadline_that_its_text_states(shared: Path) -> None:
    wrong = []
    for text, year, expected, from_line in gold(shared):
        mention = deadline_in_task(text, year=year)
        value = mention.value.model_dump(mode="json", include={"kind", "start", "end", "rrule"}) if mention else {}
        found = {name: part for name, part in value.items() if part is not None}
        if found != expected and not from_line:
            wrong.append((text, found, expected))
    assert wrong == []


def test_two_hundred_tasks_take_a_few_milliseconds(shared: Path) -> None:
    texts = [(text, fold(text)) for text, *_ in gold(shared)][:200]
    best = min(_seconds(texts) for _ in range(5))
    assert best < 0.02, f"{best * 1000:.1f} ms"


def _seconds(texts: list[tuple[str, str]]) -> float:
    start = time.perf_counter()
    for text, folded in texts:
        deadline_in_task(text, year=2026, folded=folded)
    return time.perf_counter() - start
