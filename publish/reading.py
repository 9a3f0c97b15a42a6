"""Files -> records: a plan is extracted, a record file (`kehoach extract` wrote it) is taken as it stands."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from extract import SUFFIXES, extract_plan
from extract.errors import KehoachError, UnreadableFile
from publish.inputs import Failure, Input
from schemas import Record

RECORD_SUFFIX = ".json"
# (sha256, file name) -> the record that an earlier run of this extractor made of that file, if it is known.
Known = Callable[[str, str], Record | None]


@dataclass(frozen=True, slots=True)
class Read:
    """An input and its record; `reused` says that it was not extracted anew."""

    input: Input
    record: Record
    reused: bool = False


def read_all(inputs: Iterable[Input], *, known: Known | None = None) -> Iterator[Read | Failure]:
    """Each input's record in turn, or why there is none; one bad file stops nothing."""
    for file in inputs:
        yield _read_or_say_why(file, known)


def _read_or_say_why(file: Input, known: Known | None) -> Read | Failure:
    try:
        return _read(file, known)
    except UnreadableFile as error:
        return Failure(file.path, error.message)
    except KehoachError as error:
        return Failure(file.path, str(error))
    except OSError as error:
        return Failure(file.path, f"không đọc được tệp ({error.strerror}); hãy kiểm tra quyền đọc và ổ đĩa")
    except Exception as error:  # the edge: a bug met in one file must not cost the others
        said = f"{type(error).__name__}: {error}"
        return Failure(file.path, f"chương trình gặp lỗi ({said}); hãy gửi tệp này cho người phát triển")


def _read(file: Input, known: Known | None) -> Read:
    if file.path.suffix.lower() == RECORD_SUFFIX and RECORD_SUFFIX not in SUFFIXES:
        return Read(file, read_record(file.path), reused=True)
    if known is not None:
        sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
        record = known(sha256, file.path.name)
        if record is not None:
            return Read(file, record, reused=True)
    return Read(file, extract_plan(file.path))


def read_record(path: Path) -> Record:
    """The record a JSON file holds; UnreadableFile where it holds none."""
    try:
        record = Record.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "đầu tệp"
        message = f"không phải bản ghi của kehoach (tại {place}: {first['msg']}); hãy tạo lại bằng `kehoach extract`"
        raise UnreadableFile(path, message) from error
    for items in (record.targets, record.tasks):
        if len({item.id for item in items}) < len(items):
            raise UnreadableFile(path, "hai chỉ tiêu hoặc nhiệm vụ mang cùng một id; hãy sửa cho mỗi mục một id")
    return record


def is_plan(path: Path) -> bool:
    """Whether a file of a folder is of a kind that is extracted."""
    return path.suffix.lower() in SUFFIXES


def is_plan_or_record(path: Path) -> bool:
    """Whether a file of a folder is of a kind that gives a record; JSON of another shape is passed over."""
    return is_plan(path) or (path.suffix.lower() == RECORD_SUFFIX and _holds_record(path))


def _holds_record(path: Path) -> bool:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and {"schema_version", "source", "document"} <= content.keys()
