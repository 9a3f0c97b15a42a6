"""`kehoach progress import`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.progress.commands.arguments import DB
from publish.usage import Command

if TYPE_CHECKING:
    from publish.progress.grid import Fault

_MOST_SAID = 200  # faults


@click.command(name="import", cls=Command)
@DB
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", help="Người nhập, ghi kèm mỗi số liệu.")
@click.option("--recorded-at", metavar="TIME", help="Thời điểm nhập (ISO 8601, giờ Việt Nam) nếu không phải bây giờ.")
@click.option(
    "--good-rows", is_flag=True, help="Nhập những dòng đúng dù có dòng sai; không có thì sai một dòng là không nhập gì."
)
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không nhập.")
def import_(  # noqa: PLR0913  (the options of the command)
    db: Path, file: Path, *, by: str | None, recorded_at: str | None, good_rows: bool, dry_run: bool
) -> None:
    """Nhập bảng đã điền (.xlsx, .csv).

    Mọi dòng được kiểm tra trước; các lỗi được kể hết một lần, kèm dòng và cột. Nhập lại cùng tệp không đổi gì; số liệu
    sửa được thêm vào và thay số cũ, số cũ vẫn còn trong lịch sử.

    Ví dụ:
      kehoach progress import plans.db tien-do.xlsx --by "Nguyễn Văn An"
      kehoach progress import plans.db tien-do.xlsx --dry-run

    Mã thoát: 0 đã nhập; 1 có lỗi (không nhập gì, trừ khi có --good-rows); 2 gọi sai cách.
    """
    from publish.ours import check_current
    from publish.progress.importing import check_sheet, import_sheet
    from publish.progress.store import Recorded

    recorded = Recorded(_time(recorded_at), by)
    check_current(db)
    if dry_run:
        done = check_sheet(db, file, recorded)
        click.echo(f"{done.facts} số liệu đúng, {len(done.faults)} lỗi; chưa nhập gì.", err=True)
    else:
        done = import_sheet(db, file, recorded, good_rows=good_rows)
    for notice in done.notices:
        click.echo(f"Lưu ý: {notice}", err=True)
    if kept := done.stored:
        replacing = f" ({kept.corrected} thay số cũ)" if kept.corrected else ""
        click.echo(f"Đã nhập {kept.added} số liệu{replacing}, {kept.known} đã có từ trước.", err=True)
    _say(done.faults)
    if done.faults and done.stored is None:
        click.echo("Chưa nhập gì. Hãy sửa các ô trên rồi nhập lại.", err=True)
    click.get_current_context().exit(1 if done.faults else 0)


def _time(given: str | None) -> str:
    """When facts are entered, in UTC, so that times can be compared as they are written."""
    from publish.progress.store import VIETNAM

    if given is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        message = f"--recorded-at {given}: hãy ghi như 2026-07-01T08:30:00"
        raise click.UsageError(message, click.get_current_context()) from error
    return (at if at.tzinfo else at.replace(tzinfo=VIETNAM)).astimezone(UTC).isoformat(timespec="seconds")


def _say(faults: "Sequence[Fault]") -> None:
    for fault in faults[:_MOST_SAID]:
        click.echo(f"Lỗi: {fault}", err=True)
    if len(faults) > _MOST_SAID:
        click.echo(f"… và {len(faults) - _MOST_SAID} lỗi khác.", err=True)
