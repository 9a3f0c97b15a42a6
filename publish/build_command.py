"""`kehoach build`: documents -> the database."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from typing import TYPE_CHECKING

import click

from publish import logs
from publish.logs.options import logged
from publish.options import CLUSTER, DB, JOBS, MEMORY, PATHS, TIMEOUT
from publish.telling import finish, say_skipped
from publish.usage import Command

if TYPE_CHECKING:
    from publish.database import BuildReport
    from publish.remote.location import Location

_COUNTED = ("plans", "extracted", "reused", "unmatched")


@click.command(cls=Command)
@PATHS
@DB
@click.option("--again", is_flag=True, help="Đọc lại cả những tệp lần trước không đọc được.")
@JOBS
@TIMEOUT
@MEMORY
@CLUSTER
@logged
def build(  # noqa: PLR0913  (the options of the command)
    paths: "tuple[Location, ...]",
    db: "Location",
    *,
    again: bool,
    jobs: int | None,
    timeout: int | None,
    memory: int,
    cluster: str | None,
) -> None:
    """Đọc văn bản và tạo cơ sở dữ liệu.

    PATH là văn bản, bản ghi .json của `kehoach extract`, tệp của `kehoach export` (IATI, StratML, gói dữ liệu, JSON),
    hoặc thư mục chứa chúng, cũng có thể ở xa: s3://, gs://, http://, https://. Chỉ văn bản mới và văn bản đã đổi được
    đọc; văn bản đã bỏ đi thì mất khỏi cơ sở dữ liệu. Số liệu thực hiện đã nhập được giữ nguyên; số liệu trong tệp của
    `kehoach export` được thêm vào, mỗi số liệu một lần. Bị dừng giữa chừng thì chạy lại: những gì đã đọc không mất, và
    trang tra cứu luôn thấy cơ sở dữ liệu cũ hoặc mới, không bao giờ nửa chừng.

    Ví dụ:
      kehoach build ke-hoach/ --db plans.db
      kehoach build ke-hoach/ iati.xml --db plans.db
      kehoach build s3://ke-hoach/ --db s3://du-lieu/plans.db --cluster tcp://may-chu:8786

    Mã thoát như của `kehoach extract`.
    """
    from publish.bar import progress_bar
    from publish.database import build as build_database
    from publish.limits import Limits
    from publish.remote.putting import local_database

    with progress_bar("Đang đọc") as on_progress, local_database(db) as path:
        report = build_database(
            paths,
            path,
            limits=Limits(jobs, timeout, memory),
            on_progress=on_progress,
            on_wait=say_waiting,
            cluster=cluster,
            again=again,
        )
    say_built(report, db)
    finish(report.failures, "" if report.written else f"Không có văn bản nào đọc được; {db} giữ nguyên như trước.")


def say_waiting() -> None:
    """Say that another build of the same database has to end first."""
    click.echo("Một lần build khác của cơ sở dữ liệu này đang chạy; chờ lần ấy xong.", err=True)


def say_built(report: "BuildReport", db: "Location") -> None:
    """Say what a build has done, but for what could not be read."""
    failures, counts = len(report.failures), {name: getattr(report, name) for name in _COUNTED}
    logs.event("built", file=db, written=report.written, failures=failures, **counts)
    if report.skipped:
        say_skipped(report.skipped)
    for path in report.duplicates:
        click.echo(f"Trùng nội dung, chỉ tính một lần: {path}", err=True)
    if report.unmatched:
        click.echo(
            f"{report.unmatched} số liệu đã nhập không còn chỉ tiêu, nhiệm vụ tương ứng, giữ ở các bảng …_unmatched.",
            err=True,
        )
    if report.written:
        click.echo(f"{db}: {report.plans} kế hoạch ({report.extracted} mới đọc, {report.reused} dùng lại).", err=True)
