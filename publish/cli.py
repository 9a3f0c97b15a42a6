"""The program `kehoach`: thin commands over the library, which they import only when they run."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

import logging
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish import logs
from publish.backup.command import backup
from publish.doctor.command import doctor
from publish.export.command import export
from publish.logs.options import logged
from publish.progress.command import progress
from publish.score_command import score
from publish.serve_command import serve
from publish.usage import Program, run

if TYPE_CHECKING:
    from publish.database import BuildReport
    from publish.inputs import Failure, Inputs
    from publish.limits import Limits
    from publish.reading import Read

_PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
_JOBS = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    help="Số tệp đọc cùng lúc, mỗi tệp một tiến trình (mặc định: số lõi của máy).",
)
_TIMEOUT = click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.IntRange(1, 86400),
    help="Thời gian cho một tệp, quá thì bỏ tệp đó (mặc định: 120 giây và thêm 100 giây mỗi MB, nhiều nhất một giờ).",
)
_MEMORY = click.option(
    "--memory",
    metavar="MB",
    default=2048,
    type=click.IntRange(256, 1_048_576),
    help="Bộ nhớ cho một tệp, cần hơn thì bỏ tệp đó (mặc định 2048).",
)
_MARKS = click.option(
    "--debug-pdf",
    "marks",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Vẽ lên các trang của một tệp những chỗ đã đọc được, mỗi loại một màu: FILE là .pdf; hoặc .html, là chữ đã "
    "đọc với các chỗ ấy được tô.",
)
_NAMED_SKIPPED = 3
_COUNTED = ("plans", "extracted", "reused", "unmatched")


@click.group(cls=Program, context_settings={"max_content_width": 100})
@click.version_option(version("kehoach"), message="%(prog)s %(version)s", help="Hiện phiên bản.")
def program() -> None:
    """Đọc kế hoạch của cơ quan nhà nước thành dữ liệu có dẫn nguồn, và mở trang tra cứu.

    Ví dụ, từ thư mục văn bản đến trang tra cứu:
      kehoach build ke-hoach/ --db plans.db
      kehoach serve plans.db
    """


@program.command()
@_PATHS
@click.option(
    "-o",
    "--out",
    metavar="DIR",
    help="Thư mục để ghi kết quả; - là ghi ra stdout. Phải có, trừ khi dùng --debug-pdf.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "csv"]),
    default="json",
    help="json (mặc định): mỗi văn bản một tệp DIR/<tên tệp>.json; jsonl: DIR/records.jsonl, mỗi văn bản một dòng; "
    "csv: DIR/plans.csv, targets.csv, tasks.csv, mở được ngay bằng Excel.",
)
@_JOBS
@_TIMEOUT
@_MEMORY
@_MARKS
@logged
def extract(  # noqa: PLR0913  (the options of the command)
    paths: tuple[Path, ...],
    out: str | None,
    form: str,
    *,
    jobs: int | None,
    timeout: int | None,
    memory: int,
    marks: Path | None,
) -> None:
    """Đọc văn bản thành bản ghi.

    PATH là tệp hoặc thư mục (đọc cả thư mục con). Hai tệp trùng tên ở hai thư mục được ghi kèm tên thư mục
    ("a--000.txt.json").

    Ví dụ:
      kehoach extract ke-hoach/ --out ban-ghi/
      kehoach extract 25-KH-UBND.txt --out - | less
      kehoach extract ke-hoach/ --out bang/ --format csv
      kehoach extract 25-KH-UBND.pdf --debug-pdf xem.pdf

    Mã thoát: 0 đọc được tất cả; 1 có tệp không đọc được (nêu tên và lý do ở stderr, các tệp khác vẫn được ghi);
    2 gọi sai cách.
    """
    from publish.inputs import find_inputs
    from publish.limits import Limits
    from publish.outputs import write_files, write_stream
    from publish.reading import is_plan

    _check_outputs(paths, out, marks)
    inputs = find_inputs(paths, is_plan)
    _say_what_was_found(inputs)
    failures = list(inputs.failures)
    reads = _reads(inputs, failures, Limits(jobs, timeout, memory))
    if marks is not None:
        from publish.marks.command import drawing

        reads = drawing(reads, marks)
    if out is None:
        count = sum(1 for _ in reads)
    elif out == "-":
        single = len(paths) == 1 and not paths[0].is_dir()
        count = write_stream(reads, sys.stdout.buffer, form, single=single)
    else:
        count = write_files(reads, Path(out), form)
    _finish(failures, f"Đã đọc {count}/{count + len(failures)} đầu vào.")


@program.command()
@_PATHS
@click.option("--db", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Tệp cơ sở dữ liệu SQLite.")
@_JOBS
@_TIMEOUT
@_MEMORY
@logged
def build(paths: tuple[Path, ...], db: Path, *, jobs: int | None, timeout: int | None, memory: int) -> None:
    """Đọc văn bản và tạo cơ sở dữ liệu.

    PATH là văn bản, bản ghi .json của `kehoach extract`, tệp của `kehoach export` (IATI, StratML, gói dữ liệu, JSON),
    hoặc thư mục chứa chúng. Văn bản không đổi thì không đọc lại; văn bản đã bỏ đi thì mất khỏi cơ sở dữ liệu. Số liệu
    thực hiện đã nhập được giữ nguyên; số liệu trong tệp của `kehoach export` được thêm vào, mỗi số liệu một lần.

    Ví dụ:
      kehoach build ke-hoach/ --db plans.db
      kehoach build ke-hoach/ iati.xml --db plans.db

    Mã thoát như của `kehoach extract`.
    """
    from publish.bar import progress_bar
    from publish.database import build as build_database
    from publish.limits import Limits

    limits = Limits(jobs, timeout, memory)
    with progress_bar("Đang đọc") as on_progress:
        report = build_database(paths, db, limits=limits, on_progress=on_progress)
    _say_what_was_built(report, db)
    _finish(report.failures, "" if report.written else f"Không có văn bản nào đọc được; {db} giữ nguyên như trước.")


for one in (backup, doctor, export, progress, score, serve):
    program.add_command(one)


def _check_outputs(paths: tuple[Path, ...], out: str | None, marks: Path | None) -> None:
    """Raise UsageError where nothing is to be written, or not where it is asked for."""
    context = click.get_current_context()
    if marks is not None:
        from publish.marks.command import check_asked

        check_asked(paths, marks)
    elif out is None:
        option = next(param for param in context.command.params if param.name == "out")
        raise click.MissingParameter(ctx=context, param=option)
    if out not in {None, "-"} and Path(str(out)).exists() and not Path(str(out)).is_dir():
        raise click.UsageError(f"--out {out} là một tệp; hãy cho tên thư mục", context)


def _reads(inputs: "Inputs", failures: "list[Failure]", limits: "Limits") -> "Iterator[Read]":
    """The records one by one; what could not be read is added to `failures`."""
    from publish.bar import progress_bar
    from publish.inputs import Failure
    from publish.reading import read_all

    with progress_bar("Đang đọc") as on_progress:
        outcomes = read_all(inputs.files, limits=limits)
        for done, (file, outcome) in enumerate(zip(inputs.files, outcomes, strict=True), 1):
            on_progress(done, len(inputs.files), file.path)
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                yield outcome


def _say_what_was_found(inputs: "Inputs") -> None:
    if inputs.skipped:
        _say_skipped(inputs.skipped)
    for file in inputs.renamed:
        click.echo(f"Trùng tên tệp: {file.path} được ghi với tên {file.name}", err=True)


def _say_skipped(skipped: tuple[Path, ...]) -> None:
    named = ", ".join(str(path) for path in skipped[:_NAMED_SKIPPED])
    more = f" và {len(skipped) - _NAMED_SKIPPED} tệp khác" if len(skipped) > _NAMED_SKIPPED else ""
    click.echo(f"Bỏ qua {len(skipped)} tệp không thuộc loại đọc được: {named}{more}", err=True)


def _say_what_was_built(report: "BuildReport", db: Path) -> None:
    failures, counts = len(report.failures), {name: getattr(report, name) for name in _COUNTED}
    logs.event("built", file=db, written=report.written, failures=failures, **counts)
    if report.skipped:
        _say_skipped(report.skipped)
    for path in report.duplicates:
        click.echo(f"Trùng nội dung, chỉ tính một lần: {path}", err=True)
    if report.unmatched:
        click.echo(
            f"{report.unmatched} số liệu đã nhập không còn chỉ tiêu, nhiệm vụ tương ứng, giữ ở các bảng …_unmatched.",
            err=True,
        )
    if report.written:
        click.echo(f"{db}: {report.plans} kế hoạch ({report.extracted} mới đọc, {report.reused} dùng lại).", err=True)


def _finish(failures: "Iterable[Failure]", summary: str) -> None:
    """Name what failed, sum up, and leave with 1 if anything did."""
    failures = tuple(failures)
    for failure in failures:
        if logs.in_use():  # what stands in brackets may quote the document
            logs.event("unread", logging.WARNING, file=failure.path, reason=failure.reason.partition(" (")[0])
        else:
            click.echo(f"Lỗi: {failure.path}: {failure.reason}", err=True)
    if summary:
        click.echo(summary, err=True)
    if failures:
        sys.exit(1)


def main() -> None:
    """Run the program."""
    run(program, "kehoach")
