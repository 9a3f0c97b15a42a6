"""Bombs and loops: each is stopped and named with its reason, the good files beside it are written, nothing is left."""

import os
import re
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from extract.read.libreoffice import batch
from publish.inputs import Failure, Input
from publish.limits import Limits
from publish.reading import Read, read_all
from publish.workers import Ended, Workers
from tests.records import COMMUNE_TEXT, WARD_TEXT

KEHOACH = Path(sys.executable).with_name("kehoach")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</A 5 0 R>>>>/Contents 4 0 R>>"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of the objects; XREF in its trailer is the place of its own table."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    last = trailer.replace(b"XREF", b"%d" % len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1, table, len(places) + 1, last, len(out),
    )  # fmt: skip


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), entries, data)


def pdf_of_looping_tree() -> bytes:
    loop = b"<</Type/Pages/Parent 2 0 R/Count 9/Kids[3 0 R 2 0 R]>>"
    return pdf(CATALOG, loop, loop)


def pdf_that_unpacks_twice() -> bytes:
    """Some kilobytes that are 840 MB of drawing."""
    packer = zlib.compressobj(1)
    piece = b"0 0 m 9 9 l S\n" * 100_000
    once = b"".join([*(packer.compress(piece) for _ in range(600)), packer.flush()])
    drawing = stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")
    return pdf(CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", PAGE, drawing, b"<<>>")


def pdf_with_a_drawing_in_itself() -> bytes:
    calls = b"/A Do " * 50
    form = stream(calls, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>")
    return pdf(CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", PAGE, stream(calls), form)


def pdf_of_many_pages() -> bytes:
    """Seven kilobytes that are 100,000 pages: each stands in the tree a thousand times a hundred."""
    tree = b"<</Type/Pages/Count 100000/Kids[%b]>>" % (b"4 0 R " * 1000)
    page = b"<</Type/Page/Parent 4 0 R/MediaBox[0 0 595 842]>>"
    return pdf(CATALOG, tree, page, b"<</Type/Pages/Parent 2 0 R/Count 100/Kids[%b]>>" % (b"3 0 R " * 100))


def png(width: int, height: int) -> bytes:
    """A picture that says it is of this size, and is not."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def docx(folder: Path, name: str, **parts: bytes) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for part, data in parts.items():
            archive.writestr(f"word/{part}.xml", data)
    return path


def nested_tables(depth: int) -> bytes:
    opening, closing = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
    return f"<w:document {WORD}><w:body>{opening}{closing}</w:body></w:document>".encode()


@pytest.fixture
def bombs(tmp_path: Path) -> Path:
    """A folder of bombs, and of two good plans between them."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a-tot.txt").write_text(WARD_TEXT, "utf-8")
    (folder / "m-tot.txt").write_text(COMMUNE_TEXT, "utf-8")
    (folder / "cay.pdf").write_bytes(pdf_of_looping_tree())
    (folder / "no-hai-lan.pdf").write_bytes(pdf_that_unpacks_twice())
    (folder / "ve-trong-ve.pdf").write_bytes(pdf_with_a_drawing_in_itself())
    (folder / "nhieu-trang.pdf").write_bytes(pdf_of_many_pages())
    (folder / "rong.png").write_bytes(png(60_000, 60_000))
    with (folder / "nang.jpg").open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(1 << 30)
    docx(folder, "no.docx", document=b" " * (100 << 20))
    docx(folder, "no-nhieu.docx", document=b"<a/>", **{f"header{i}": b" " * (4 << 20) for i in range(50)})
    docx(folder, "long-nhau.docx", document=nested_tables(5000))
    (folder / "long-nhau.html").write_text("<div>" * 2_000_000, "ascii")
    (folder / "long-nhau.json").write_text("[" * 1_000_000, "ascii")
    os.mkfifo(folder / "vo-tan.txt")
    return folder


REASONS = {
    "cay.pdf": r"hỏng|lỗi",
    "no-hai-lan.pdf": r"bộ nhớ",
    "ve-trong-ve.pdf": r"bộ nhớ|giây",
    "nhieu-trang.pdf": r"100000 trang",
    "rong.png": r"quá lớn",
    "nang.jpg": r"lớn hơn 256 MB",
    "no.docx": r"bung ra quá lớn \(100 MB\)",
    "no-nhieu.docx": r"bung ra quá lớn \(200 MB\)",
    "long-nhau.docx": r"hỏng|lồng nhau",
    "long-nhau.html": r"giây|bộ nhớ|lồng nhau",
    "long-nhau.json": r"không phải bản ghi",
    "vo-tan.txt": r"quá 5 giây",
}


def test_every_bomb_is_stopped_and_named_and_the_good_files_are_written(bombs: Path, tmp_path: Path):
    out = tmp_path / "out"
    files = sorted(bombs.iterdir())
    start = time.monotonic()
    done = subprocess.run(
        [KEHOACH, "extract", *files, "--out", out, "--timeout", "5", "--memory", "700"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert time.monotonic() - start < 60
    assert done.returncode == 1
    said = dict(re.findall(r"^Lỗi: \S*/([^/:\s]+): (.*)$", done.stderr, re.MULTILINE))
    assert said.keys() == REASONS.keys(), done.stderr
    assert [name for name, reason in REASONS.items() if not re.search(reason, said[name])] == []
    assert [name for name, reason in said.items() if not re.search(r"; hãy|\. Hãy|\. Nếu", reason)] == []
    assert sorted(path.name for path in out.iterdir()) == ["a-tot.txt.json", "m-tot.txt.json"]
    assert "Traceback" not in done.stderr


def test_a_build_goes_on_after_a_file_that_takes_too_long(tmp_path: Path):
    os.mkfifo(tmp_path / "vo-tan.txt")
    (tmp_path / "tot.txt").write_text(WARD_TEXT, "utf-8")
    done = subprocess.run(
        [KEHOACH, "build", tmp_path / "vo-tan.txt", tmp_path / "tot.txt", "--db", tmp_path / "p.db", "--timeout", "4"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(r"vo-tan\.txt: đọc quá 4 giây.*--timeout", done.stderr)
    assert "1 kế hoạch" in done.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGKILL, -9)])
def test_stopping_the_program_stops_its_processes(tmp_path: Path, sent: signal.Signals, code: int):
    pipe = tmp_path / "vo-tan.txt"
    os.mkfifo(pipe)
    with subprocess.Popen([KEHOACH, "extract", pipe, "--out", tmp_path / "out"], stderr=subprocess.PIPE) as program:
        writer = os.open(pipe, os.O_WRONLY)  # waits until a process reads
        program.send_signal(sent)
        assert program.wait(timeout=10) == code
        with pytest.raises(BrokenPipeError):
            write_until_nobody_reads(writer)
        os.close(writer)


def write_until_nobody_reads(writer: int) -> None:
    for _ in range(100):
        os.write(writer, b"x")
        time.sleep(0.02)


def spin(_: str) -> str:
    while True:
        pass


def run_away(_: str) -> str:
    return str(re.match(r"(?:a+)+b", "a" * 60))


def take_memory(_: str) -> str:
    return str(len([bytes(1 << 20) for _ in range(4000)]))


def be_killed(_: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)  # as the system does where memory is short
    return ""


def leave(_: str) -> str:
    os._exit(0)


def start_another(_: str) -> str:
    subprocess.run(["sleep", "77.077"], check=True)
    return ""


TASKS = {task.__name__: task for task in (spin, run_away, take_memory, be_killed, leave, start_another)}


def task(item: str) -> str:
    return TASKS[item](item) if item in TASKS else item.upper()


def outcomes(items: list[str], jobs: int = 2) -> list[str | Ended]:
    with Workers(task, seconds=lambda _: 0.5, jobs=jobs, memory=1 << 30) as workers:
        return list(workers.results(items, lambda item: "known" if item == "k" else None))


@pytest.mark.parametrize(
    ("bad", "by"),
    [
        ("spin", signal.SIGALRM),
        ("run_away", signal.SIGALRM),
        ("start_another", signal.SIGALRM),
        ("be_killed", signal.SIGKILL),
        ("leave", None),
        ("take_memory", None),
    ],
)
def test_a_process_that_ends_costs_its_own_result_only(bad: str, by: signal.Signals | None):
    for jobs in (1, 3):
        assert outcomes(["a", bad, "k", "b"], jobs) == ["A", Ended(by), "known", "B"]


def test_what_a_process_started_ends_with_it():
    outcomes(["start_another"])
    time.sleep(1)  # the kernel ends a killed process in its own time
    running = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.is_file()]
    assert not [line for line in running if b"77.077" in line]


def test_results_come_in_the_order_of_the_items_however_many():
    items = [f"x{i}" for i in range(700)]
    assert outcomes(items) == [item.upper() for item in items]


def children() -> set[str]:
    """The processes that this one has started and that are still there, as the kernel numbers them."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children in files")
def test_no_process_is_left():
    before = children()
    outcomes(["a", "spin", "b"])
    assert children() <= before


def test_files_for_libreoffice_are_converted_together_before_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    converted: list[set[str]] = []

    def converting(files):
        converted.append({path.name for path in files})
        return batch({})

    monkeypatch.setattr("extract.read.libreoffice.batch", converting)
    monkeypatch.setattr("extract.read.libreoffice.shutil.which", lambda _: None)
    for name in ("1.rtf", "3.RTF"):
        (tmp_path / name).write_bytes(rb"{\rtf1 a}")
    (tmp_path / "2.txt").write_text(WARD_TEXT, "utf-8")
    files = [Input(path, path.name) for path in sorted(tmp_path.iterdir())]
    kinds = [type(outcome) for outcome in read_all(files, limits=Limits(jobs=1))]
    assert kinds == [Failure, Read, Failure]
    assert converted == [{"1.rtf", "3.RTF"}]
