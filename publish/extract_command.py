"""`kehoach extract`: documents -> records, written or shown."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.logs.options import logged
from publish.options import CLUSTER, JOBS, MEMORY, PATHS, TIMEOUT
from publish.telling import finish, say_skipped
from publish.usage import Command

if TYPE_CHECKING:
    from publish.inputs import Failure, Inputs
    from publish.limits import Limits
    from publish.reading import Read
    from publish.remote.location import Location

_MARKS = click.option(
    "--debug-pdf",
    "marks",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Vẽ lên các trang của một tệp những chỗ đã đọc được, mỗi loại một màu: FILE là .pdf; hoặc .html, là chữ đã "
    "đọc với các chỗ ấy được tô.",
)


@click.command(cls=Command)
@PATHS
@click.option(
    "-o",
    "--out",
    metavar="DIR",
    help="Thư mục để ghi kết quả, cũng có thể ở s3:// hoặc gs://; - là ghi ra stdout. Phải có, trừ khi dùng "
    "--debug-pdf.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "csv"]),
    default="json",
    help="json (mặc định): mỗi văn bản một tệp DIR/<tên tệp>.json; jsonl: DIR/records.jsonl, mỗi văn bản một dòng; "
    "csv: DIR/plans.csv, targets.csv, tasks.csv, mở được ngay bằng Excel.",
)
@JOBS
@TIMEOUT
@MEMORY
@CLUSTER
@_MARKS
@logged
def extract(  # noqa: PLR0913  (the options of the command)
    paths: "tuple[Location, ...]",
    out: str | None,
    form: str,
    *,
    jobs: int | None,
    timeout: int | None,
    memory: int,
    cluster: str | None,
    marks: Path | None,
) -> None:
    """Đọc văn bản thành bản ghi.

    PATH là tệp hoặc thư mục (đọc cả thư mục con), cũng có thể ở xa: s3://, gs://, http://, https://. Hai tệp trùng
    tên ở hai thư mục được ghi kèm tên thư mục ("a--000.txt.json").

    Ví dụ:
      kehoach extract ke-hoach/ --out ban-ghi/
      kehoach extract 25-KH-UBND.txt --out - | less
      kehoach extract ke-hoach/ --out bang/ --format csv
      kehoach extract 25-KH-UBND.pdf --debug-pdf xem.pdf
      kehoach extract s3://ke-hoach/2026/ --out s3://ban-ghi/2026/ --cluster tcp://may-chu:8786

    Mã thoát: 0 đọc được tất cả; 1 có tệp không đọc được (nêu tên và lý do ở stderr, các tệp khác vẫn được ghi);
    2 gọi sai cách.
    """
    from publish.inputs import find_inputs
    from publish.limits import Limits
    from publish.outputs import write_files, write_stream
    from publish.reading import is_plan
    from publish.remote.location import located

    _check_outputs(paths, out, marks)
    inputs = find_inputs(paths, is_plan)
    _say_what_was_found(inputs)
    failures = list(inputs.failures)
    reads = _reads(inputs, failures, Limits(jobs, timeout, memory), cluster)
    if marks is not None:
        from publish.marks.command import drawing

        reads = drawing(reads, marks)
    if out is None:
        count = sum(1 for _ in reads)
    elif out == "-":
        single = len(paths) == 1 and not _is_folder(paths[0])
        count = write_stream(reads, sys.stdout.buffer, form, single=single)
    else:
        count = write_files(reads, located(out), form)
    finish(failures, f"Đã đọc {count}/{count + len(failures)} đầu vào.")


def _check_outputs(paths: "tuple[Location, ...]", out: str | None, marks: Path | None) -> None:
    """Raise UsageError where nothing is to be written, or not where it is asked for."""
    context = click.get_current_context()
    if marks is not None:
        from publish.marks.command import check_asked

        check_asked(paths, marks)
    elif out is None:
        option = next(param for param in context.command.params if param.name == "out")
        raise click.MissingParameter(ctx=context, param=option)
    if out not in {None, "-"}:
        from publish.remote.putting import check_folder

        try:
            check_folder(str(out))
        except ValueError as error:
            raise click.UsageError(f"--out {out} {error}", context) from error


def _is_folder(path: "Location") -> bool:
    return path.is_dir() if isinstance(path, Path) else not path.suffix


def _reads(
    inputs: "Inputs", failures: "list[Failure]", limits: "Limits", cluster: str | None = None
) -> "Iterator[Read]":
    """The records one by one; what could not be read is added to `failures`."""
    from publish.bar import progress_bar
    from publish.inputs import Failure
    from publish.reading import read_all

    with progress_bar("Đang đọc") as on_progress:
        outcomes = read_all(inputs.files, limits=limits, cluster=cluster)
        for done, (file, outcome) in enumerate(zip(inputs.files, outcomes, strict=True), 1):
            on_progress(done, len(inputs.files), file.path)
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                yield outcome


def _say_what_was_found(inputs: "Inputs") -> None:
    if inputs.skipped:
        say_skipped(inputs.skipped)
    for file in inputs.renamed:
        click.echo(f"Trùng tên tệp: {file.path} được ghi với tên {file.name}", err=True)
