"""`kehoach watch`: builds whenever files come, change or go."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish import logs
from publish.build_command import say_built, say_waiting
from publish.logs.options import logged
from publish.options import JOBS, MEMORY, PATHS, TIMEOUT
from publish.telling import say_failures
from publish.usage import Command

if TYPE_CHECKING:
    from publish.database import BuildReport
    from publish.remote.location import Location


@click.command(cls=Command)
@PATHS
@click.option("--db", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Tệp cơ sở dữ liệu SQLite.")
@click.option(
    "--every",
    metavar="SECONDS",
    default=600,
    type=click.IntRange(1, 86400),
    help="Bao lâu xem lại tất cả một lần, cho ổ mạng và địa chỉ ở xa, nơi không báo khi có tệp mới (mặc định 600).",
)
@JOBS
@TIMEOUT
@MEMORY
@logged
def watch(  # noqa: PLR0913  (the options of the command)
    paths: "tuple[Location, ...]", db: Path, *, every: int, jobs: int | None, timeout: int | None, memory: int
) -> None:
    """Theo dõi thư mục: có văn bản mới, đổi hay bỏ thì cập nhật cơ sở dữ liệu ngay.

    Như chạy `kehoach build` một lần, rồi chạy lại mỗi khi có gì đổi và đã yên được một giây. Trang tra cứu đang mở thấy
    dữ liệu mới mà không cần khởi động lại. Dừng bằng Ctrl-C.

    Ví dụ:
      kehoach watch ke-hoach/ --db plans.db
    """
    from extract.errors import KehoachError
    from publish.building.watching import occasions
    from publish.database import build
    from publish.limits import Limits

    signal.signal(signal.SIGTERM, _interrupt)
    before: BuildReport | None = None
    try:
        for _ in occasions(paths, db, every):
            try:
                report = build(paths, db, limits=Limits(jobs, timeout, memory), on_wait=say_waiting)
            except KehoachError as error:  # the next occasion may be a better one
                logs.event("not built", logging.ERROR, file=db)
                click.echo(f"Lỗi: {error}", err=True)
                continue
            if before is None or report.extracted or report != before:
                say_built(report, db)
                say_failures(one for one in report.failures if before is None or one not in before.failures)
            before = report
    except KeyboardInterrupt:
        click.echo("Đã dừng theo dõi.", err=True)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
