"""What reading one file may take, and what is said of a file that takes more."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from publish.remote.location import Location
from publish.workers import Ended

_MB = 1 << 20
LARGEST_FILE = 256 * _MB  # a scanned plan of 500 pages in colour has about 150 MB
# A bomb is small on disk and gets little time. An honest scan has 0.05 MB a page and more, and a page takes seconds.
_SECONDS, _SECONDS_A_MB, _MOST_SECONDS = 120, 100, 3600
TOO_LARGE = f"tệp lớn hơn {LARGEST_FILE // _MB} MB nên không được mở; hãy tách riêng kế hoạch rồi thử lại"
MEMORY = 2048  # MB; a page scanned at 800 dpi takes half of it, a PDF of 500 pages a fifth


@dataclass(frozen=True, slots=True)
class Limits:
    """`jobs` processes at a time (None: one a core), `seconds` for each file (None: by its size), MB of `memory`."""

    jobs: int | None = None
    seconds: int | None = None
    memory: int = MEMORY

    @property
    def processes(self) -> int:
        """How many files are read at a time."""
        return self.jobs or _cores()

    def seconds_for(self, path: Location) -> int:
        """The time for one file."""
        return self.seconds or min(_MOST_SECONDS, _SECONDS + _SECONDS_A_MB * size_of(path) // _MB)

    def why(self, path: Location, ended: Ended) -> str:
        """Why the process that read a file ended, and what to do."""
        if ended.by is signal.SIGALRM:
            return (
                f"đọc quá {self.seconds_for(path)} giây nên đã dừng; hãy mở xem tệp có bất thường không, chia nhỏ tệp, "
                "hoặc cho thêm thời gian bằng --timeout"
            )
        how = f"tín hiệu {ended.by.name}" if ended.by else "tự thoát"
        return (
            f"tiến trình đọc tệp chết giữa chừng ({how}), có thể vì tệp hỏng hoặc cần hơn {self.memory} MB bộ nhớ; "
            "hãy mở tệp bằng chương trình khác rồi lưu lại, hoặc cho thêm bộ nhớ bằng --memory"
        )

    @property
    def out_of_memory(self) -> str:
        """What is said of a file that needs more memory than there is for it."""
        return (
            f"cần hơn {self.memory} MB bộ nhớ để đọc nên đã dừng; hãy chia nhỏ tệp, hoặc cho thêm bộ nhớ bằng --memory"
        )


def too_large(path: Location) -> str | None:
    """What is said of a file that is larger than any plan, None of others."""
    return TOO_LARGE if size_of(path) > LARGEST_FILE else None


def size_of(path: Location) -> int:
    """Bytes; of a file that nobody told the size of, what a file may have at most."""
    if not isinstance(path, Path):
        return LARGEST_FILE if path.size is None else path.size
    try:
        return path.stat().st_size
    except OSError:  # said where the file is opened
        return 0


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
