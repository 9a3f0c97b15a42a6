"""Files -> records: a plan is extracted, a record file (`kehoach extract` wrote it) is taken as it stands."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import ValidationError

from extract import SUFFIXES, extract_plan
from extract.errors import KehoachError, UnreadableFile
from publish.converting import converted_together
from publish.inputs import Failure, Input
from publish.limits import Limits, too_large
from publish.workers import Ended, Workers
from schemas import Record

RECORD_SUFFIX = ".json"
_OF_RECORDS = frozenset({RECORD_SUFFIX, ".jsonl", ".xml", ".zip"})
# (sha256, file name) -> the record that an earlier run of this extractor made of that file, if it is known.
Known = Callable[[str, str], Record | None]


@dataclass(frozen=True, slots=True)
class Read:
    """An input and its record; `reused` says that it was not extracted anew."""

    input: Input
    record: Record
    reused: bool = False

    @property
    def source(self) -> Path:
        """The document itself: the input, or for a file of records the document named in it, looked for beside it."""
        path = self.input.path
        if path.suffix.lower() not in _OF_RECORDS - SUFFIXES:
            return path
        name = Path(self.record.source.filename).name
        return path.with_name(name) if name and "\0" not in name else path


def read_all(
    inputs: Iterable[Input], *, known: Known | None = None, limits: Limits | None = None
) -> Iterator[Read | Failure]:
    """Each input's record in turn, or why there is none; one bad file stops nothing.

    Files are read in processes of their own, which end when they go beyond the limits.
    """
    limits = limits or Limits()
    ready = partial(_without_reading, known)
    for part in converted_together(inputs, lambda file: ready(file) is None):
        with _workers(part, limits) as workers, closing(workers.results(part, ready)) as outcomes:
            for file, outcome in zip(part, outcomes, strict=True):
                yield Failure(file.path, limits.why(file.path, outcome)) if isinstance(outcome, Ended) else outcome


def _workers(part: list[Input], limits: Limits) -> Workers[Input, Read | Failure]:
    plans = sum(not _is_record_file(file.path) for file in part)
    return Workers(
        partial(_read_or_say_why, limits),
        seconds=lambda file: limits.seconds_for(file.path),
        jobs=min(limits.processes, len(part)),
        memory=limits.memory << 20,
        prepare=_prepare if plans > 1 else None,
    )


def _prepare() -> None:
    """Read a small plan of our own, so that what reading loads is there once for all processes."""
    with as_file(files("publish").joinpath("first.txt")) as path:
        extract_plan(path)
    gc.freeze()


def _without_reading(known: Known | None, file: Input) -> Read | Failure | None:
    """What is known of a file without reading what it says; None where it has to be read."""
    try:
        reason = too_large(file.path)
        if reason is not None:
            return Failure(file.path, reason)
        if known is None or _is_record_file(file.path):
            return None
        with file.path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # said where the file is read
        return None
    record = known(sha256, file.path.name)
    return None if record is None else Read(file, record, reused=True)


def _read_or_say_why(limits: Limits, file: Input) -> Read | Failure:
    try:
        if _is_record_file(file.path):
            return Read(file, read_record(file.path), reused=True)
        return Read(file, extract_plan(file.path))
    except Exception as error:  # the edge: a bug met in one file must not cost the others
        return Failure(file.path, _why(error, limits))


def _why(error: Exception, limits: Limits) -> str:
    """Why a file gave no record, and what to do."""
    match error:
        case UnreadableFile():
            why = error.message
        case KehoachError():
            why = str(error)
        case MemoryError():
            why = limits.out_of_memory
        case RecursionError():
            why = "các phần của tệp lồng nhau quá sâu; hãy mở tệp bằng Word rồi lưu lại ở dạng .docx"
        case OSError():
            why = f"không đọc được tệp ({error.strerror}); hãy kiểm tra quyền đọc và ổ đĩa"
        case _:
            said = f"{type(error).__name__}: {error}"
            why = f"chương trình gặp lỗi ({said}); hãy gửi tệp này cho người phát triển"
    return why


def _is_record_file(path: Path) -> bool:
    return path.suffix.lower() == RECORD_SUFFIX and RECORD_SUFFIX not in SUFFIXES


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
    if too_large(path):
        return False
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and {"schema_version", "source", "document"} <= content.keys()
