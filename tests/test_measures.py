"""Measures of targets on every subject, and how firmly a target is set."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.find.measures import find_measures, modality_of
from extract.model import Mention
from extract.normalize.quantities import vocabulary
from extract.text import nfc
from schemas import Measure, Modality

TARGETS = [
    ("Vận động mỗi gia đình trẻ sinh đủ 2 con.", ["= 2 con / gia đình trẻ"]),
    ("Mỗi hội viên trồng ít nhất 5 cây xanh.", [">= 5 cây xanh / hội viên"]),
    ("Mỗi đảng viên phụ trách 10 hộ.", ["= 10 hộ / đảng viên"]),
    ("Mỗi sinh viên được 3 suất quà.", ["= 3 suất quà / sinh viên"]),
    ("Giảm tỷ lệ hộ có 3 thế hệ trở lên thiếu nước sạch 0,3 % so với năm 2025.", [">= 0.3 % decrease"]),
    ("Tối thiểu 90% người dân trưởng thành có tài khoản thanh toán điện tử.", [">= 90 %"]),
    ("Tỷ lệ hộ nghèo còn dưới 1%.", ["< 1 %"]),
    ("Giảm tỷ lệ hộ nghèo 0,5%/năm.", [">= 0.5 % / năm decrease"]),
    ("Tỷ lệ hộ nghèo đa chiều giảm 1 - 1,5%/năm.", [">= 1 % / năm decrease", "<= 1.5 % / năm decrease"]),
    ("Giảm tỷ lệ hộ nghèo còn dưới 1% vào cuối năm 2026.", ["< 1 %"]),
    ("Tăng từ 60% lên 80%.", ["= 80 %"]),
    ("Nâng tỷ lệ lao động qua đào tạo từ 60% đến 65%.", ["= 65 %"]),
    ("Tăng 10% so với năm 2025.", [">= 10 % increase"]),
    ("Giảm ít nhất 5% số vụ cháy so với năm 2025.", [">= 5 % decrease"]),
    ("Số vụ tai nạn giao thông giảm từ 5% đến 10% trên cả 3 tiêu chí.", [">= 5 % decrease", "<= 10 % decrease"]),
    ("Doanh thu du lịch gấp đôi so với năm 2025.", ["= 2 lần"]),
    ("Tỷ suất tử vong mẹ dưới 45/100.000 trẻ đẻ sống.", ["< 45 / 100.000 trẻ đẻ sống"]),
    (
        "Đạt 8,5 bác sĩ/10.000 dân và 28 giường bệnh/10.000 dân.",
        ["= 8.5 bác sĩ / 10.000 dân", "= 28 giường bệnh / 10.000 dân"],
    ),
    ("Tỷ lệ mắc lao mới 4/100.000 dân.", ["= 4 / 100.000 dân"]),
    ("Thu ngân sách đạt 1,5 tỷ đồng.", ["= 1.5 tỷ đồng"]),
    ("Thu nhập bình quân đạt 65 triệu đồng/người/năm.", ["= 65 triệu đồng / người/năm"]),
    ("Trồng mới 5.000 cây xanh, tỷ lệ che phủ rừng đạt 42,5%.", ["= 5000 cây xanh", "= 42.5 %"]),
    ("Tỷ lệ trẻ em dưới 1 tuổi được tiêm chủng đầy đủ 8 loại vắc xin đạt trên 95%.", ["> 95 %"]),
    ("Có ít nhất một mô hình điểm.", [">= 1 mô hình điểm"]),
    ("Mỗi xã, phường có ít nhất một câu lạc bộ.", [">= 1 câu lạc bộ / xã, phường"]),
    ("Đạt 95% trở lên.", [">= 95 %"]),
    ("Từ 80% trở lên cử tri đi bầu cử.", [">= 80 %"]),
    ("Dưới 5% hồ sơ trễ hạn.", ["< 5 %"]),
    ("Không quá 15 ngày làm việc.", ["<= 15 ngày làm việc"]),
    ("Thời gian giải quyết tối đa 03 ngày làm việc/hồ sơ.", ["<= 3 ngày làm việc / hồ sơ"]),
    ("2/3 số xã đạt chuẩn nông thôn mới.", ["= 2 xã of 3"]),
    ("Phấn đấu 18/19 tiêu chí đạt chuẩn.", ["= 18 tiêu chí of 19"]),
    ("Thuộc nhóm 5 địa phương dẫn đầu cả nước về chỉ số cải cách hành chính.", ["<= 5 rank"]),
    ("Chỉ số PAPI nằm trong top 10 cả nước.", ["<= 10 rank"]),
    ("Xếp thứ 15 trở lên trong bảng xếp hạng PCI.", ["<= 15 rank"]),
    ("80 - 85% hộ dân được sử dụng nước sạch.", [">= 80 %", "<= 85 %"]),
    ("Từ 80% đến 85% học sinh tiểu học học 2 buổi/ngày.", [">= 80 %", "<= 85 %"]),
    ("100% trường học dạy 2 buổi/ngày.", ["= 100 %"]),
    ("100% (12/12) thôn có nhà văn hóa.", ["= 100 %", "= 12 thôn of 12"]),
    ("Tuyển chọn và gọi 25 công dân nhập ngũ, đạt 100% chỉ tiêu.", ["= 25 công dân", "= 100 %"]),
    ("Kết nạp từ 5 - 7 đảng viên mới.", [">= 5 đảng viên", "<= 7 đảng viên"]),
    ("Tổ chức 02 lớp tập huấn cho 120 người.", ["= 2 lớp tập huấn", "= 120 người"]),
    ("Xây dựng 03 mô hình “5 không 3 sạch”.", ["= 3 mô hình"]),
    ("Sản lượng lương thực đạt 12.500 tấn; diện tích gieo trồng 2.100 ha.", ["= 12500 tấn", "= 2100 ha"]),
    ("100% hồ sơ giải quyết theo Đề án 06, mức độ 3, mức độ 4.", ["= 100 %"]),
    ("Thực hiện Nghị quyết số 57-NQ/TW, 100% cán bộ được quán triệt.", ["= 100 %"]),
    ("> 85% người dân hài lòng.", ["> 85 %"]),
    ("≥ 90% hộ gia đình văn hóa.", [">= 90 %"]),
    ("Tỷ lệ tham gia BHYT đạt 95,5% dân số.", ["= 95.5 %"]),
    ("Tuổi thọ trung bình đạt 75,5 tuổi.", ["= 75.5 tuổi"]),
    ("Hoạt động phòng cháy chữa cháy thường trực 24/7, 100% cơ sở được kiểm tra.", ["= 100 %"]),
    ("Không để xảy ra cháy lớn; giảm 10% số vụ cháy.", [">= 10 % decrease"]),
    ("Ít nhất 02 tin bài/tháng trên Trang thông tin điện tử.", [">= 2 tin bài / tháng"]),
    ("Mỗi năm giảm 1% hộ nghèo.", [">= 1 % / năm decrease"]),
    ("Hằng năm tổ chức ít nhất 02 lớp tập huấn.", [">= 2 lớp tập huấn / năm"]),
    ("Phấn đấu tăng 2 bậc trên bảng xếp hạng.", [">= 2 bậc increase"]),
    ("Tỷ lệ suy dinh dưỡng thể thấp còi ở trẻ em dưới 5 tuổi giảm còn 18%.", ["= 18 %"]),
    ("Củng cố 05 câu lạc bộ và 03 đội văn nghệ.", ["= 5 câu lạc bộ", "= 3 đội"]),
    ("Bảo đảm 100% trẻ em 6 tuổi vào lớp 1.", ["= 100 %"]),
    (
        "Tỷ lệ giải ngân đạt 100% vốn đầu tư công (trong đó đạt ít nhất 50% trong 6 tháng đầu năm).",
        ["= 100 %", ">= 50 %"],
    ),
    ("Trên 90% (trong đó 95% ở đô thị) hộ dân phân loại rác tại nguồn.", ["> 90 %", "= 95 %"]),
    ("Có 98,5% - 99% cử tri đi bỏ phiếu.", [">= 98.5 %", "<= 99 %"]),
    ("Đón 1,2 triệu lượt khách, doanh thu 850 tỷ đồng.", ["= 1.2 triệu lượt khách", "= 850 tỷ đồng"]),
    ("Hiến máu: vận động được 150 đơn vị máu.", ["= 150 đơn vị máu"]),
    ("Duy trì 100% trạm y tế đạt Bộ tiêu chí quốc gia về y tế xã giai đoạn đến năm 2030.", ["= 100 %"]),
    ("Phủ sóng 5G đến 100% khu dân cư.", ["= 100 %"]),
    ("Tỷ lệ bao phủ bảo hiểm y tế đạt trên 95% dân số.", ["> 95 %"]),
    ("Tỷ lệ người dân được quản lý bằng hồ sơ sức khỏe điện tử đạt 90%.", ["= 90 %"]),
    ("Giảm tỷ lệ suy dinh dưỡng thể nhẹ cân ở trẻ dưới 5 tuổi xuống dưới 8%.", ["< 8 %"]),
    ("Tỷ suất tử vong trẻ em dưới 1 tuổi dưới 10‰.", ["< 10 ‰"]),
    ("100% phụ nữ mang thai được khám thai ít nhất 4 lần trong 3 thời kỳ thai nghén.", ["= 100 %", ">= 4 lần"]),
    ("Đạt 10 bác sĩ/vạn dân.", ["= 10 bác sĩ / vạn dân"]),
    ("Tỷ lệ trẻ 6-36 tháng tuổi uống vitamin A đạt 99%.", ["= 99 %"]),
    ("Xét nghiệm HIV cho 1.500 lượt người.", ["= 1500 lượt người"]),
    ("100% bệnh nhân lao được phát hiện và điều trị.", ["= 100 %"]),
    ("Số ca mắc sốt xuất huyết giảm 10% so với trung bình giai đoạn 2020-2025.", [">= 10 % decrease"]),
    ("Tỷ lệ chết/mắc sốt xuất huyết dưới 0,09%.", ["< 0.09 %"]),
    ("Phun hóa chất 02 đợt/năm tại 15 thôn.", ["= 2 đợt / năm"]),
    ("Huy động 99,8% trẻ 5 tuổi ra lớp mẫu giáo.", ["= 99.8 %"]),
    ("Duy trì 100% xã đạt chuẩn phổ cập giáo dục tiểu học mức độ 3.", ["= 100 %"]),
    ("Tỷ lệ học sinh tốt nghiệp THPT đạt từ 98% trở lên.", [">= 98 %"]),
    ("Có thêm 02 trường đạt chuẩn quốc gia mức độ 2.", ["= 2 trường"]),
    ("Tỷ lệ phòng học kiên cố đạt 95%.", ["= 95 %"]),
    ("Ít nhất 70% học sinh lớp 9 học tiếp lên THPT.", [">= 70 %"]),
    ("Mỗi trường có tối thiểu 01 phòng máy tính.", [">= 1 phòng máy tính / trường"]),
    ("Phấn đấu mỗi giáo viên có ít nhất 01 sáng kiến/năm học.", [">= 1 sáng kiến / năm học"]),
    ("Học sinh giỏi cấp tỉnh: 15 giải trở lên.", [">= 15 giải"]),
    ("Sĩ số bình quân không quá 35 học sinh/lớp.", ["<= 35 học sinh / lớp"]),
    ("Diện tích gieo trồng lúa cả năm đạt 2.350 ha, năng suất bình quân 58 tạ/ha.", ["= 2350 ha", "= 58 tạ / ha"]),
    ("Tổng đàn gia súc 12.000 con, đàn gia cầm 150.000 con.", ["= 12000 con", "= 150000 con"]),
    ("Tiêm phòng vắc xin dại cho đàn chó đạt trên 80% tổng đàn.", ["> 80 %"]),
    ("Tỷ lệ che phủ rừng duy trì ổn định ở mức 54,2%.", ["= 54.2 %"]),
    ("Trồng mới 150 ha rừng tập trung và 20.000 cây phân tán.", ["= 150 ha", "= 20000 cây"]),
    ("Có ít nhất 03 sản phẩm OCOP đạt 3 sao trở lên.", [">= 3 sản phẩm OCOP"]),
    ("Giá trị sản phẩm trên 1 ha đất canh tác đạt 120 triệu đồng.", ["= 120 triệu đồng"]),
    ("Xây dựng 05 mã số vùng trồng.", ["= 5 mã số"]),
    ("Thu nhập bình quân đầu người đạt 62 triệu đồng/năm.", ["= 62 triệu đồng / năm"]),
    ("Tỷ lệ cử tri đi bỏ phiếu đạt từ 99% trở lên.", [">= 99 %"]),
    ("Bầu đủ 28 đại biểu HĐND xã.", ["= 28 đại biểu"]),
    ("Tỷ lệ nữ ứng cử viên đạt ít nhất 35%.", [">= 35 %"]),
    ("Phấn đấu tỷ lệ đại biểu trẻ (dưới 40 tuổi) đạt 15%.", ["= 15 %"]),
    ("100% cơ sở kinh doanh có nguy cơ cháy, nổ được kiểm tra định kỳ 1 lần/năm.", ["= 100 %"]),
    (
        "Kéo giảm ít nhất 5% số vụ cháy, 5% số người chết do cháy so với năm 2025.",
        [">= 5 % decrease", ">= 5 % decrease"],
    ),
    ('Mỗi khu dân cư thành lập ít nhất 01 "Tổ liên gia an toàn phòng cháy, chữa cháy".', [">= 1 Tổ / khu dân cư"]),
    ("100% hộ gia đình trang bị ít nhất 01 bình chữa cháy.", ["= 100 %", ">= 1 bình chữa cháy"]),
    ("Mỗi thôn xây dựng 01 điểm chữa cháy công cộng.", ["= 1 điểm / thôn"]),
    ("Giảm tỷ lệ hộ nghèo đa chiều từ 4,5% xuống còn 3,2%.", ["= 3.2 %"]),
    ("Mỗi năm giảm từ 1% đến 1,5% hộ nghèo.", [">= 1 % / năm decrease", "<= 1.5 % / năm decrease"]),
    ("Giải quyết việc làm cho 850 lao động, trong đó xuất khẩu lao động 45 người.", ["= 850 lao động", "= 45 người"]),
    ("Xóa 100% nhà tạm, nhà dột nát (32 nhà).", ["= 100 %"]),
    ("100% hộ nghèo được vay vốn khi có nhu cầu.", ["= 100 %"]),
    ("Tỷ lệ thất nghiệp thành thị dưới 3%.", ["< 3 %"]),
    ("Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ đạt 30%.", ["= 30 %"]),
    ("Tỷ lệ thu gom, xử lý chất thải rắn sinh hoạt đạt 95%.", ["= 95 %"]),
    ("Giảm 50% túi ni lông khó phân hủy tại các chợ.", [">= 50 % decrease"]),
    ("100% khu dân cư không phát sinh điểm tồn đọng rác.", ["= 100 %"]),
    ("Trồng 1.000 cây xanh/năm.", ["= 1000 cây xanh / năm"]),
    ("Tỷ lệ hộ dân sử dụng nước sạch theo quy chuẩn đạt 65% trở lên.", [">= 65 %"]),
    ("Nồng độ bụi PM2.5 giảm 10%.", [">= 10 % decrease"]),
    ("Tuyển chọn, gọi công dân nhập ngũ đạt 100% chỉ tiêu (18 công dân).", ["= 100 %"]),
    ("Khám sức khỏe nghĩa vụ quân sự cho 120 công dân trong độ tuổi.", ["= 120 công dân"]),
    ("100% dân quân tự vệ được huấn luyện, kết quả 80% khá, giỏi trở lên.", ["= 100 %", "= 80 %"]),
    ("Tỷ lệ đảng viên trong lực lượng dân quân đạt trên 20%.", ["> 20 %"]),
    ('85% gia đình đạt danh hiệu "Gia đình văn hóa".', ["= 85 %"]),
    ("Có 12/15 thôn đạt danh hiệu thôn văn hóa.", ["= 12 thôn of 15"]),
    ("Tổ chức 04 chương trình văn nghệ, 02 giải thể thao cấp xã.", ["= 4 chương trình", "= 2 giải"]),
    ("Tỷ lệ người dân tập luyện thể dục thể thao thường xuyên đạt 38%.", ["= 38 %"]),
    ("Đón 500.000 lượt khách du lịch, tăng 15% so với năm 2025.", ["= 500000 lượt khách", ">= 15 % increase"]),
    (
        "Thu ngân sách nhà nước trên địa bàn đạt 25,6 tỷ đồng, tăng 8% so với dự toán.",
        ["= 25.6 tỷ đồng", ">= 8 % increase"],
    ),
    ("Tổng thu thuế hộ kinh doanh đạt 3.500 triệu đồng.", ["= 3500 triệu đồng"]),
    ("100% hộ kinh doanh chuyển từ thuế khoán sang kê khai.", ["= 100 %"]),
    ("Nợ đọng thuế không quá 5% tổng thu.", ["<= 5 %"]),
    ("Tỷ lệ giải ngân vốn đầu tư công đạt tối thiểu 95% kế hoạch giao.", [">= 95 %"]),
    ("Chỉ số cải cách hành chính (PAR INDEX) tăng ít nhất 03 bậc.", [">= 3 bậc increase"]),
    ("Nằm trong nhóm 10 xã, phường dẫn đầu của tỉnh về chuyển đổi số.", ["<= 10 rank"]),
    ("Chỉ số PCI đạt 70 điểm trở lên.", [">= 70 điểm"]),
    ("Mức độ hài lòng của người dân đạt từ 95% trở lên.", [">= 95 %"]),
    ("Tỷ lệ hồ sơ trực tuyến toàn trình đạt 80%; tỷ lệ thanh toán trực tuyến đạt 60%.", ["= 80 %", "= 60 %"]),
    ("Rút ngắn 30% thời gian giải quyết thủ tục hành chính.", [">= 30 % decrease"]),
    ("100% cán bộ, công chức được cấp chứng thư số cá nhân.", ["= 100 %"]),
    ("100% văn bản (trừ văn bản mật) được ký số và gửi qua trục liên thông.", ["= 100 %"]),
    ("Kết nạp 15 đảng viên mới; trên 90% chi bộ hoàn thành tốt nhiệm vụ.", ["= 15 đảng viên", "> 90 %"]),
    ("Kiểm tra 06 tổ chức đảng, giám sát 04 đảng viên.", ["= 6 tổ chức", "= 4 đảng viên"]),
    ("100% chi bộ tổ chức sinh hoạt chuyên đề ít nhất 04 kỳ/năm.", ["= 100 %", ">= 4 kỳ / năm"]),
    ('Mỗi chi bộ có ít nhất một mô hình "Dân vận khéo".', [">= 1 mô hình / chi bộ"]),
    ("Phát triển mới 20 đoàn viên công đoàn.", ["= 20 đoàn viên"]),
    ('Vận động quỹ "Vì người nghèo" đạt 200 triệu đồng.', ["= 200 triệu đồng"]),
    ("Tiếp nhận tối thiểu 300 đơn vị máu.", [">= 300 đơn vị máu"]),
    ("100% trẻ em có hoàn cảnh đặc biệt được trợ giúp.", ["= 100 %"]),
    ("Giảm tỷ lệ trẻ em bị xâm hại xuống dưới 0,02%.", ["< 0.02 %"]),
    ("Giảm 5% số trẻ em tử vong do đuối nước.", [">= 5 % decrease"]),
    ("90% trẻ em từ 6 đến dưới 16 tuổi biết kỹ năng an toàn trong môi trường nước.", ["= 90 %"]),
    ("Tổ chức ít nhất 02 diễn đàn trẻ em.", [">= 2 diễn đàn"]),
    ("Tối thiểu 50% số xã có điểm vui chơi cho trẻ em.", [">= 50 %"]),
    ("Tỷ lệ kết hôn cận huyết giảm 3-5%/năm.", [">= 3 % / năm decrease", "<= 5 % / năm decrease"]),
    ("Lắp đặt 45 camera an ninh tại 12 thôn.", ["= 45 camera"]),
    ("Tỷ lệ điều tra, khám phá án đạt trên 85%, án rất nghiêm trọng đạt trên 95%.", ["> 85 %", "> 95 %"]),
    ("Giảm ít nhất 5% số vụ phạm pháp hình sự.", [">= 5 % decrease"]),
    (
        "Tổ chức 12 buổi tuyên truyền cho khoảng 1.200 lượt người tham dự.",
        ["= 12 buổi tuyên truyền", "= 1200 lượt người"],
    ),
    ("Hòa giải thành từ 85% trở lên số vụ việc.", [">= 85 %"]),
    ("Duy trì 24/24 giờ trực cấp cứu; 100% ca cấp cứu được xử lý trong vòng 30 phút.", ["= 100 %"]),
    ("Bê tông hóa 3,5 km đường giao thông nông thôn.", ["= 3.5 km"]),
    ("Hoàn thành 19/19 tiêu chí nông thôn mới nâng cao.", ["= 19 tiêu chí of 19"]),
    ("Tỷ lệ hộ sử dụng điện đạt 99,9%.", ["= 99.9 %"]),
    ("Tốc độ tăng trưởng kinh tế bình quân đạt 8,5%/năm.", ["= 8.5 % / năm"]),
    ("Tăng trưởng GRDP 10 - 10,5%.", [">= 10 % increase", "<= 10.5 % increase"]),
    ("Phấn đấu tốc độ tăng giá trị sản xuất 9%.", ["= 9 %"]),
    ("Doanh thu thương mại điện tử tăng bình quân 20%/năm.", [">= 20 % / năm increase"]),
    ("Số doanh nghiệp thành lập mới tăng 10% trở lên so với cùng kỳ.", [">= 10 % increase"]),
    ("Có ít nhất 1 hợp tác xã nông nghiệp hoạt động hiệu quả.", [">= 1 hợp tác xã"]),
    ("Tối thiểu mỗi phường xây dựng 01 tuyến đường văn minh đô thị.", ["= 1 tuyến đường / phường"]),
    ("Hơn 2/3 số trường học có bếp ăn bán trú đạt chuẩn.", ["> 2 trường học of 3"]),
    ("Dân số năm 2030 khoảng 15 nghìn người.", ["= 15 nghìn người"]),
    ("Tuổi thọ trung bình đạt 75,5 tuổi, số năm sống khỏe tối thiểu 68 năm.", ["= 75.5 tuổi", ">= 68 năm"]),
    ("Tỷ số giới tính khi sinh dưới 109 bé trai/100 bé gái.", ["< 109 bé trai / 100 bé gái"]),
    ("Mức sinh thay thế 2,1 con/phụ nữ.", ["= 2.1 con / phụ nữ"]),
    ("Có 80% người cao tuổi được khám sức khỏe ít nhất 1 lần/năm.", ["= 80 %", ">= 1 lần / năm"]),
    ("Phấn đấu 100% người cao tuổi từ đủ 75 tuổi trở lên được hưởng trợ cấp.", ["= 100 %"]),
    ("Mở 01 lớp đào tạo nghề cho 35 lao động nông thôn.", ["= 1 lớp đào tạo nghề", "= 35 lao động"]),
    ('100% cơ quan thực hiện "4 tại chỗ".', ["= 100 %"]),
    ("Thực hiện Chỉ thị 05-CT/TW, 100% cán bộ đăng ký làm theo Bác.", ["= 100 %"]),
    ("Bảo đảm mỗi tổ có từ 5 đến 7 thành viên.", [">= 5 thành viên / tổ", "<= 7 thành viên / tổ"]),
    ("Tỷ lệ nội địa hóa đạt gấp 1,5 lần năm 2025.", ["= 1.5 lần"]),
    ("Chi trả qua tài khoản cho 1.245/1.300 đối tượng.", ["= 1245 đối tượng of 1300"]),
    ("Thực hiện tinh giản biên chế 5%, giảm 10% chi thường xuyên.", ["= 5 %", ">= 10 % decrease"]),
    ("Phấn đấu giảm 01 xã đặc biệt khó khăn.", [">= 1 xã decrease"]),
    ("100% (41/41) thôn có Tổ công nghệ số cộng đồng.", ["= 100 %", "= 41 thôn of 41"]),
    ("Xếp loại A: 85%, xếp loại B: 15%.", ["= 85 %", "= 15 %"]),
    ("Thu hút 3 dự án FDI với tổng vốn 50 triệu USD.", ["= 3 dự án", "= 50 triệu USD"]),
    ("Tỷ lệ đô thị hóa trên 45%, diện tích cây xanh đô thị 8 m2/người.", ["> 45 %", "= 8 m2 / người"]),
    ("Diện tích nhà ở bình quân 27 m2 sàn/người.", ["= 27 m2 sàn / người"]),
    ("Tiết kiệm tối thiểu 10% điện năng tiêu thụ.", [">= 10 %"]),
    ("Có 5-7 mô hình sản xuất công nghệ cao.", [">= 5 mô hình sản xuất", "<= 7 mô hình sản xuất"]),
    ("Đạt tối thiểu 03 huy chương cấp quốc gia.", [">= 3 huy chương"]),
    ("Không quá 02 vụ tai nạn lao động nghiêm trọng.", ["<= 2 vụ"]),
    ("Số hóa 15.000 hồ sơ hộ tịch.", ["= 15000 hồ sơ"]),
    ("100% trạm y tế có ít nhất một bác sĩ và hai điều dưỡng.", ["= 100 %", ">= 1 bác sĩ"]),
    ("Vận động trên 50% hộ dân tham gia bảo hiểm tai nạn.", ["> 50 %"]),
    ("Khoảng 80% cán bộ biết sử dụng AI.", ["= 80 %"]),
]

NO_MEASURES = [
    "Thực hiện Đề án 06 và Nghị quyết số 57-NQ/TW ngày 22/12/2024.",
    "Cài đặt định danh điện tử mức độ 1, mức độ 2.",
    "Duy trì trực 24/7; tiếp nhận phản ánh qua tổng đài 1022.",
    "Triển khai mô hình “3 tại chỗ”, phương châm 5 rõ.",
    "Tham mưu Đại hội Đảng bộ lần thứ XIV, nhiệm kỳ 2025 - 2030.",
    "Áp dụng hệ thống quản lý chất lượng ISO 9001:2015.",
    "Phát triển hạ tầng 5G, chuyển từ SIM 2G sang SIM 4G.",
    "Chăm sóc trẻ em dưới 6 tuổi, người từ 80 tuổi trở lên.",
    "Thực hiện Điều 12, khoản 3 Luật Bảo vệ môi trường.",
    "Từng bước nâng cao chất lượng giáo dục giai đoạn 2026-2030.",
    "Một phần hồ sơ được xử lý tại Bộ phận một cửa.",
    "Xem tại https://vidu.gov.vn/tin-100-nam.",
    "(3) Hoàn thiện hệ thống thông tin.",
]

# "từ … trở lên" with the noun between; grades have a "trở lên" of their own.
FROM_AND_UP = [
    ("Từ 85% hộ chăn nuôi, cơ sở giết mổ trở lên ký cam kết bảo vệ môi trường.", [">= 85 %"]),
    ("Từ 70% lao động nông thôn (kể cả lao động thời vụ) trở lên được tư vấn nghề.", [">= 70 %"]),
    ("Phấn đấu từ 65% chủ rừng trở lên có phương án chữa cháy rừng.", [">= 65 %"]),
    ("Từ 90% cán bộ, công chức trở lên được bồi dưỡng; 100% trưởng thôn dự tập huấn.", [">= 90 %", "= 100 %"]),
    ("Từ 30% hồ sơ trở xuống phải bổ sung giấy tờ.", ["<= 30 %"]),
    ("88% tổ viên trở lên đăng ký hiến máu.", [">= 88 %"]),
    ("Kết nạp từ 12 tổ viên mới trở lên.", [">= 12 tổ viên"]),
    ("75% học viên xếp loại khá trở lên.", ["= 75 %"]),
    ("60% giáo viên có trình độ thạc sĩ trở lên.", ["= 60 %"]),
    ("55% người từ 60 tuổi trở lên được lập hồ sơ sức khỏe.", ["= 55 %"]),
    ("Từ 40% năm 2025 tăng lên 60%; 12 xã trở lên tham gia.", ["= 60 %", ">= 12 xã"]),
]

# Any noun is counted, unless something says that the number names, places or times it.
ANY_NOUN = [
    ("Xây dựng 05 vườn thuốc nam.", ["= 5 vườn"]),
    ("Biên bản làm việc với 07 chủ đập.", ["= 7 chủ đập"]),
    ("Danh sách 215 nạn nhân.", ["= 215 nạn nhân"]),
    ("24/24 trạm bơm vận hành an toàn.", ["= 24 trạm of 24"]),
    ("Trao 40 ba lô, 120 áo ấm cho học sinh nghèo.", ["= 40 ba lô", "= 120 áo ấm"]),
    ("Thả 15.000 cá giống tại 03 hồ chứa.", ["= 15000 cá giống"]),
    ("Quyết định phê duyệt của 04 sở.", ["= 4 sở"]),
    ("Kiểm tra toàn bộ 09 kho vật tư.", ["= 9 kho vật tư"]),
    ("Mỗi thôn 02 điểm thu gom rác.", ["= 2 điểm / thôn"]),
    ("Danh mục 56 hiện vật", ["= 56 hiện vật"]),
    ("Thực hiện Chương trình 1719 theo tiến độ.", []),
    ("Triển khai bước 2 xây dựng vị trí việc làm.", []),
    ("Đạt chuẩn xóa mù chữ vòng 3 toàn tỉnh.", []),
    ("Quán triệt Nghị quyết Trung ương 5 khóa XII.", []),
    ("Ban hành văn bản trước ngày 20 hằng tháng.", []),
    ("Trực 24/24 giờ trong mùa mưa bão.", []),
]

# Who or what is counted is no goal.
QUALIFIED = [
    ("85% cơ sở có từ 50 lao động trở lên thành lập tổ chức công đoàn.", ["= 85 %"]),
    ("95% trang trại nuôi trên 500 con lợn xử lý chất thải bằng hầm khí sinh học.", ["= 95 %"]),
    ("100% hộ có ít nhất 02 bình chữa cháy.", ["= 100 %", ">= 2 bình chữa cháy"]),
    ("100% xã có từ 02 cán bộ trở lên.", ["= 100 %", ">= 2 cán bộ"]),
    ("Khoan 06 giếng sâu trên 80 m.", ["= 6 giếng"]),
    ("Diện tích lúa chất lượng cao 2.150 ha.", ["= 2150 ha"]),
    ("Hồ sơ điện tử được lưu tối thiểu 20 năm, 100% có bản sao dự phòng.", ["= 100 %"]),
    ("Thời gian cách ly tối thiểu 07 ngày.", [">= 7 ngày"]),
    ("Không để xảy ra vụ cháy làm chết từ 02 người trở lên.", []),
    ("Không để xảy ra quá 03 vụ cháy.", ["<= 3 vụ"]),
    ("Không còn hộ ở nhà tạm; xây mới 45 căn nhà.", ["= 45 căn nhà"]),
    ("Tỷ lệ bò có trọng lượng dưới 150 kg không quá 8%.", ["<= 8 %"]),
    ("Giá trị thu được trên 01 ha mặt nước nuôi trồng đạt 180 triệu đồng.", ["= 180 triệu đồng"]),
    ("Chấm theo thang điểm 10, 90% người dân cho từ 8 điểm trở lên.", ["= 90 %", ">= 8 điểm"]),
    ("Tỷ lệ hồ sơ phải trả lại hơn một lần dưới 1%.", ["< 1 %"]),
    ("Công nhận 03 khách sạn từ 4 sao trở lên.", ["= 3 khách sạn"]),
]

RATES = [
    ("Tỷ số giới tính khi sinh dưới 112 bé trai/100 bé gái.", ["< 112 bé trai / 100 bé gái"]),
    ("Tỷ suất chết sơ sinh dưới 8/1.000 ca đẻ sống.", ["< 8 / 1.000 ca đẻ sống"]),
    ("Tỷ suất tử vong mẹ không quá 12/1.000 bà mẹ.", ["<= 12 / 1.000 bà mẹ"]),
    ("Tỷ lệ mắc sốt rét dưới 6/100.000 dân, tỷ lệ mắc lao dưới 12‰.", ["< 6 / 100.000 dân", "< 12 ‰"]),
    (
        "Y tế: tỷ suất sinh thô dưới 14‰; tỷ lệ sinh con thứ ba dưới 9%; tử vong mẹ dưới 20/100.000 trẻ đẻ sống.",
        ["< 14 ‰", "< 9 %", "< 20 / 100.000 trẻ đẻ sống"],
    ),
    ("Đạt 9/1.000 người dân.", ["= 9 / 1.000 người dân"]),
    ("10/12 thôn có sân thể thao.", ["= 10 thôn of 12"]),
]

RANGES = [
    ("Thu nhập từ 60 triệu đồng đến 65 triệu đồng/người/năm.", [
        ">= 60 triệu đồng / người/năm", "<= 65 triệu đồng / người/năm",
    ]),
    ("Tổ chức từ 02 lớp đến 03 lớp tập huấn.", [">= 2 lớp tập huấn", "<= 3 lớp tập huấn"]),
    ("Tỷ lệ đạt từ 75% đến dưới 80%.", [">= 75 %", "< 80 %"]),
    ("Hỗ trợ 10 ~ 12 hộ khởi nghiệp.", [">= 10 hộ", "<= 12 hộ"]),
    ("Giảm 3 ÷ 5% số vụ.", [">= 3 % decrease", "<= 5 % decrease"]),
    ("Nâng tỷ lệ từ 52% năm 2024 lên 60% năm 2026.", ["= 60 %"]),
    ("Giảm tỷ lệ tảo hôn từ 6,5% (năm 2023) xuống còn 4%.", ["= 4 %"]),
    ("Đào tạo 05 nghệ nhân, 07 nghệ nhân được phong tặng.", ["= 5 nghệ nhân", "= 7 nghệ nhân"]),
]  # fmt: skip

# Letters that a scanner read for digits.
MISREAD = [
    ("Trên 8O% hộ dân tham gia.", ["> 80 %"]),
    ("l00% ấp có loa truyền thanh.", ["= 100 %"]),
    ("Trồng l.200 cây bóng mát.", ["= 1200 cây"]),
    ("Kiện toàn I2 tổ tự quản.", ["= 12 tổ"]),
    ("Xây dựng O3 mô hình.", ["= 3 mô hình"]),
    ("Cấp 50 bình 5l.", ["= 50 bình"]),
]

SUBJECTS = [
    ("100% người dân trưởng thành (từ 15 tuổi trở lên) có kỹ năng số.", "người dân trưởng thành"),
    ("Tỷ lệ hộ nghèo còn dưới 1%.", "hộ nghèo"),
    ("Đạt 95% trở lên.", None),
]

MODALITIES = [
    ("Phấn đấu mỗi hộ có một người biết sử dụng.", Modality.STRIVE),
    ("Bảo đảm 100% trẻ em đến trường.", Modality.ENSURE),
    ("Kích hoạt định danh, đảm bảo 100% công dân có tài khoản.", Modality.ENSURE),
    ("100% cơ quan được trang bị thiết bị nhằm bảo đảm an toàn thông tin.", Modality.NONE),
    ("Phấn đấu bảo đảm 100% hộ dân có nước sạch.", Modality.STRIVE),
    ("Tối thiểu 90% người dân có tài khoản.", Modality.NONE),
]


def short(mention: Mention[Measure]) -> str:
    """ ">= 1 lớp / năm": a measure on one line."""
    value = mention.value
    line = f"{value.comparator.value} {value.value:g} {value.unit}".rstrip()
    line += f" of {value.of:g}" if value.of is not None else ""
    line += f" / {value.per}" if value.per else ""
    return line + (f" {value.change.value}" if value.change else "")


@pytest.mark.parametrize(("text", "expected"), FROM_AND_UP)
def test_from_and_up_hold_a_number_with_its_noun_between(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), ANY_NOUN)
def test_any_noun_is_counted_unless_the_number_names_it(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), QUALIFIED)
def test_a_number_that_says_who_is_counted_is_no_measure(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize("example", [e for p in vocabulary("ranks") for e in p.examples])
def test_every_rank_of_the_lexicon_is_a_rank(example: str) -> None:
    assert [m.value.unit for m in find_measures(example)] == ["rank"]


@pytest.mark.parametrize(
    ("example", "comparator"),
    [(e, p.means["comparator"]) for p in vocabulary("comparators_after") for e in p.examples],
)
def test_every_comparator_behind_a_number_holds_it(example: str, comparator: str) -> None:
    assert [m.value.comparator.value for m in find_measures(f"Đạt 70% {example.strip()}")] == [comparator]


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_a_rate_is_read_with_its_whole(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_range_is_two_measures_and_a_base_is_none(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), MISREAD)
def test_letters_misread_for_digits_are_digits(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_a_target_is_measured_by_the_numbers_it_aims_at(text: str, expected: list[str]) -> None:
    assert [short(m) for m in find_measures(text)] == expected


@pytest.mark.parametrize("text", NO_MEASURES)
def test_numbers_that_name_or_place_things_are_no_measures(text: str) -> None:
    assert find_measures(text) == ()


@pytest.mark.parametrize(("text", "expected"), SUBJECTS)
def test_a_share_is_of_the_people_named_beside_it(text: str, expected: str | None) -> None:
    assert find_measures(text)[0].value.subject == expected


@pytest.mark.parametrize(("text", "expected"), MODALITIES)
def test_a_target_is_as_firm_as_its_own_words(text: str, expected: Modality) -> None:
    assert modality_of(text) is expected


@pytest.mark.parametrize("text", [text for text, _ in TARGETS])
def test_a_measure_quotes_its_number(text: str) -> None:
    for mention in find_measures(text):
        assert text[mention.start : mention.end].strip()


@given(st.text(alphabet='0123456789%/-.,()tăng giảm từ đến mỗi một hộ xã tỷ đồng "“”', max_size=60))
def test_odd_text_gives_measures_or_none_and_never_raises(text: str) -> None:
    text = nfc(text)
    for mention in find_measures(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_every_target_of_the_gold_has_its_measures(shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "gold" / "json").glob("*.json")):
        for target in json.loads(path.read_text("utf-8"))["targets"]:
            values = [m.value.model_dump(mode="json", exclude_none=True) for m in find_measures(nfc(target["text"]))]
            found = [{k: v for k, v in value.items() if k != "subject"} for value in values]
            if found != target["measures"]:
                wrong.append((target["text"], found, target["measures"]))
    assert wrong == []
