"""Files that only LibreOffice opens -> the same as .docx: one process for many files, each run with its own profile."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from extract.errors import UnreadableFile

_PROGRAMS = ("soffice", "libreoffice")
_FILTER = "docx:MS Word 2007 XML"
_START_SECONDS, _FILE_SECONDS = 60, 20  # that LibreOffice may take to start, and for each file
_AT_ONCE = 60  # files for one process: what it holds of each is only freed at its end
_MISSING = (
    "cần LibreOffice để đọc tệp dạng {}, nhưng máy chưa có. "
    "Hãy cài bằng lệnh: sudo apt-get install --no-install-recommends libreoffice-writer"
)
_FAILED = "LibreOffice không mở được tệp (hỏng hoặc có mật khẩu). Hãy mở bằng Word rồi lưu lại ở dạng .docx."
_TOO_LONG = "LibreOffice đọc tệp quá {} giây nên đã dừng. Hãy mở bằng Word rồi lưu lại ở dạng .docx."

_held: dict[str, bytes | str] = {}  # of the batch that is being read, by content: the .docx, or why there is none


def docx_of(path: Path, data: bytes, kind: str) -> bytes:
    """The file as .docx; from the batch that is being read, else by a process of its own."""
    key = _digest(data)
    found = _held.get(key) or _converted({key: (kind, data)})[key]
    if isinstance(found, str):
        raise UnreadableFile(path, found)
    return found


def convert_all(files: Mapping[Path, tuple[str, bytes]]) -> dict[Path, bytes | UnreadableFile]:
    """The .docx of each file, of its kind and bytes, or why there is none; files with the same bytes once."""
    keys = {path: _digest(data) for path, (_, data) in files.items()}
    found = _converted({keys[path]: file for path, file in files.items()})
    return {
        path: UnreadableFile(path, got) if isinstance(got := found[key], str) else got for path, key in keys.items()
    }


@contextmanager
def batch(files: Mapping[Path, tuple[str, bytes]]) -> Iterator[None]:
    """Convert the files together; while the block runs, here and in processes forked in it, reading them finds them."""
    found = _converted({_digest(data): (kind, data) for kind, data in files.values()})
    _held.update(found)
    try:
        yield
    finally:
        for key in found:
            _held.pop(key, None)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _converted(files: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes | str]:
    """The .docx of each, or the message why there is none; what fails among others is tried once more alone."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        return {key: _MISSING.format(f".{kind}") for key, (kind, _) in files.items()}
    out: dict[str, bytes | str] = {}
    keys = list(files)
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        out |= _run(program, {key: files[key] for key in part})
        for key in part:
            if isinstance(out[key], str) and len(part) > 1:
                out |= _run(program, {key: files[key]})
    return out


def _run(program: str, files: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes | str]:
    """One process for all of the files."""
    with tempfile.TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True) as folder:
        given, made = Path(folder) / "in", Path(folder) / "out"
        given.mkdir()
        names = {key: given / f"{i}.{kind}" for i, (key, (kind, _)) in enumerate(files.items())}
        for key, (_, data) in files.items():
            names[key].write_bytes(data)
        seconds = _START_SECONDS + _FILE_SECONDS * len(files)
        arguments = [
            program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", "--convert-to", _FILTER, "--outdir", str(made), *map(str, names.values()),
        ]  # fmt: skip
        failed = _FAILED if _finishes(arguments, seconds) else _TOO_LONG.format(seconds)
        results = {key: made / f"{name.stem}.docx" for key, name in names.items()}
        return {key: result.read_bytes() if result.is_file() else failed for key, result in results.items()}


def _finishes(arguments: Sequence[str], seconds: float) -> bool:
    """Run to the end, or to the time limit; then it is ended with every process that it started."""
    with subprocess.Popen(  # noqa: S603  (the program is LibreOffice, the files are named by us)
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=seconds)
        except BaseException as error:  # too long, or the user breaks off
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                return False
            raise
    return True
