"""A real server for tests: the sample plans, some of them as pages to look at, and one plan that means harm."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

KEHOACH = Path(sys.executable).with_name("kehoach")

# What people, and programs that try addresses, put where a page expects a quarter, a name or a number.
ODD = [
    "abc",
    "2026-Q5",
    "0000-Q1",
    "9999-Q4",
    "2026-13",
    "2026-00",
    "😀",
    "' or 1=1 --",
    "<script>",
    "%",
    "_",
    "\x00",
    "9" * 400,
]

# A plan whose every part tries to be markup.
HARMFUL = """ỦY BAN NHÂN DÂN
XÃ THỬ NGHIỆM
Số: 66/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thử Nghiệm, ngày 28 tháng 12 năm 2026
KẾ HOẠCH
<script>window.hurt=1</script> Kiểm thử "dấu nháy" & <img src=x onerror="window.hurt=2"> năm 2027
I. MỤC TIÊU
1. Trên 90% <script>window.hurt=3</script> hộ gia đình có thẻ bảo hiểm y tế.
II. NHIỆM VỤ
1. Tổ chức tập huấn <b onmouseover="window.hurt=4">kỹ năng</b> cho Nhân dân; hoàn thành trong quý II năm 2027.
- Phòng Văn hóa - Xã hội "><script>window.hurt=5</script> chủ trì, phối hợp với Công an xã.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND theo dõi, báo cáo trước ngày 15 hằng tháng.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Thử
"""


@dataclass(frozen=True)
class Site:
    """A running site."""

    address: str

    def get(self, path: str, **query: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by lower-case name, and body."""
        asked = f"{self.address}{quote(path, safe='/%?=&~:.-_+(),')}" + (f"?{urlencode(query)}" if query else "")
        try:
            with urlopen(Request(asked), timeout=60) as response:
                return response.status, {k.lower(): v for k, v in response.headers.items()}, response.read()
        except HTTPError as error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()

    def raw(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """As `get`, for a path sent just as it is given, by any method; a redirect is not followed."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        with closing(connection):
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()

    def page(self, path: str, **query: str) -> tuple[int, str]:
        """Status and the page with its entities read."""
        status, _, body = self.get(path, **query)
        return status, unescape(body.decode())


@contextmanager
def serving(db: Path, *options: str) -> Iterator[Site]:
    """`kehoach serve` on a free port."""
    process = subprocess.Popen(
        [KEHOACH, "serve", str(db), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, "the site did not start"
        yield Site(address)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
        assert "Traceback" not in errors, errors
