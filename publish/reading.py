"""Files -> records: a plan is extracted, a record file (`kehoach extract` wrote it) is taken as it stands."""

import gc
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, overload

from pydantic import ValidationError

from extract import SUFFIXES, extract_plan
from extract.errors import KehoachError, UnreadableFile
from publish.converting import converted_together
from publish.inputs import Failure, Input
from publish.limits import Limits, too_large
from publish.remote.local import local_copy
from publish.remote.location import Location, Remote
from publish.workers import Ended, Workers
from schemas import Record

RECORD_SUFFIX = ".json"
_HEAD = 100  # bytes
_OF_RECORDS = frozenset({RECORD_SUFFIX, ".jsonl", ".xml", ".zip"})
# (sha256, file name) -> the record that an earlier run of this extractor made of that file, if it is known.
Known = Callable[[str, str], Record | None]
Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Read:
    """An input and its record; `reused` says that it was not extracted anew."""

    input: Input
    record: Record
    reused: bool = False

    @property
    def source(self) -> Location:
        """The document itself: the input, or for a file of records the document named in it, looked for beside it."""
        path = self.input.path
        if path.suffix.lower() not in _OF_RECORDS - SUFFIXES:
            return path
        name = Path(self.record.source.filename).name
        return path.with_name(name) if name and "\0" not in name else path


def as_it_is(read: Read) -> Read:
    """The shape of what is read where nothing else is asked for."""
    return read


@overload
def read_all(
    inputs: Iterable[Input], *, known: Known | None = None, limits: Limits | None = None, cluster: str | None = None
) -> Iterator[Read | Failure]: ...
@overload
def read_all(
    inputs: Iterable[Input],
    *,
    known: Known | None = None,
    limits: Limits | None = None,
    cluster: str | None = None,
    shape: Callable[[Read], Shape],
) -> Iterator[Shape | Failure]: ...
def read_all(
    inputs: Iterable[Input],
    *,
    known: Known | None = None,
    limits: Limits | None = None,
    cluster: str | None = None,
    shape: Callable[[Read], object] = as_it_is,
) -> Iterator[object]:
    """Each input's record in turn, or why there is none; one bad file stops nothing.

    Files are read in processes of their own, which end when they go beyond the limits; with `cluster`, the address of
    a Dask scheduler or "local", in such processes of its workers. There too, `shape` (a function that can be pickled)
    makes of what was read what is given here, never None: little of it, and little costs little.
    """
    limits = limits or Limits()
    ready = partial(without_reading, known, shape)
    if cluster is not None:
        from publish.cluster.dispatch import read_on_cluster  # noqa: PLC0415  (Dask, of the extra "cluster")

        yield from read_on_cluster(inputs, cluster, ready, limits, shape)
        return
    for part in converted_together(inputs, lambda file: ready(file) is None):
        with (
            _folder_for(part) as folder,
            workers_for(
                limits, shape, folder, jobs=min(limits.processes, len(part)), prepare=_preparation(part)
            ) as workers,
            closing(workers.results(part, ready)) as outcomes,
        ):
            yield from (outcome_of(file, outcome, limits) for file, outcome in zip(part, outcomes, strict=True))


@contextmanager
def _folder_for(part: list[Input]) -> Iterator[Path | None]:
    """Where files are fetched to; what processes that were ended have left there goes with it."""
    if not any(isinstance(file.path, Remote) for file in part):
        yield None
        return
    with TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def workers_for(
    limits: Limits,
    shape: Callable[[Read], Shape],
    folder: Path | None,
    *,
    jobs: int,
    prepare: Callable[[], None] | None = None,
) -> Workers[Input, Shape | Failure]:
    """Processes that read files, and fetch into `folder` those that are elsewhere."""
    return Workers(
        partial(_read_or_say_why, limits, shape, folder),
        seconds=lambda file: limits.seconds_for(file.path),
        jobs=jobs,
        memory=limits.memory << 20,
        prepare=prepare,
    )


def outcome_of(file: Input, outcome: Shape | Failure | Ended, limits: Limits) -> Shape | Failure:
    """The outcome of a file, or why the process that read it ended."""
    return Failure(file.path, limits.why(file.path, outcome)) if isinstance(outcome, Ended) else outcome


def _preparation(part: list[Input]) -> Callable[[], None] | None:
    """What to load before the first process is started; nothing for one plan, or for records only."""
    plans = [file.path.suffix.lower() for file in part if not _is_record_file(file.path)]
    return partial(prepare, pdf=".pdf" in plans) if len(plans) > 1 else None


@cache
def prepare(*, pdf: bool) -> None:
    """Read a small plan of our own, so that what reading loads is there once for all processes."""
    with as_file(files("publish").joinpath("first.txt")) as path:
        extract_plan(path)
    if pdf:
        import_module("extract.read.pdf")
    gc.freeze()


def without_reading(known: Known | None, shape: Callable[[Read], Shape], file: Input) -> Shape | Failure | None:
    """What is known of a file without reading what it says; None where it has to be read."""
    try:
        reason = too_large(file.path)
        if reason is not None:
            return Failure(file.path, reason)
        if known is None or isinstance(file.path, Remote) or _is_record_file(file.path):
            return None
        with file.path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # said where the file is read
        return None
    record = known(sha256, file.path.name)
    return None if record is None else shape(Read(file, record, reused=True))


def _read_or_say_why(
    limits: Limits, shape: Callable[[Read], Shape], folder: Path | None, file: Input
) -> Shape | Failure:
    try:
        with local_copy(file.path, folder) as path:
            if _is_record_file(path):
                return shape(Read(file, read_record(path), reused=True))
            return shape(Read(file, extract_plan(path)))
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


def _is_record_file(path: Location) -> bool:
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


def is_plan(path: Location) -> bool:
    """Whether a file of a folder is of a kind that is extracted."""
    return path.suffix.lower() in SUFFIXES


def is_plan_or_record(path: Location) -> bool:
    """Whether a file of a folder is of a kind that gives a record; JSON of another shape is passed over."""
    return is_plan(path) or (path.suffix.lower() == RECORD_SUFFIX and _holds_record(path))


def _holds_record(path: Location) -> bool:
    if too_large(path):
        return False
    try:
        if isinstance(path, Remote):
            return _begins_as_record(path)
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError, UnreadableFile):
        return False
    return isinstance(content, dict) and {"schema_version", "source", "document"} <= content.keys()


def _begins_as_record(location: Remote) -> bool:
    """Of a file elsewhere only the beginning is looked at."""
    from publish.remote.fetching import beginning  # noqa: PLC0415

    return re.match(rb'\s*\{\s*"schema_version"', beginning(location, _HEAD)) is not None
