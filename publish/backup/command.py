"""`kehoach backup`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from pathlib import Path

import click

from publish.logs.options import logged
from publish.usage import Command


@click.command(cls=Command)
@click.argument("db", metavar="DB", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--to",
    required=True,
    metavar="PATH",
    help="Tệp để ghi bản sao lưu; hoặc thư mục, mỗi ngày một tệp DIR/plans-2026-12-31.db.",
)
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(1, 3650),
    help="Chỉ giữ N bản mới nhất trong thư mục, xóa các bản cũ hơn (mặc định: giữ tất cả).",
)
@logged
def backup(db: Path, to: str, keep: int | None) -> None:
    """Sao lưu cơ sở dữ liệu, và khôi phục từ bản sao lưu.

    Chạy được khi trang đang mở, khi đang nhập số liệu. Bản sao lưu được kiểm tra trước khi thế chỗ tệp cũ. Khôi phục là
    sao theo chiều ngược lại.

    Ví dụ:
      kehoach backup plans.db --to sao-luu/ --keep 30
      kehoach backup plans.db --to /mnt/usb/plans.db
      kehoach backup sao-luu/plans-2026-12-31.db --to plans.db

    Mã thoát: 0 đã sao lưu; 1 không sao lưu được, bản cũ vẫn còn; 2 gọi sai cách.
    """
    from datetime import date

    from publish.backup.copying import back_up, dated, outdated
    from publish.logs import event

    folder = Path(to) if to.endswith("/") or Path(to).is_dir() else None
    if keep and folder is None:
        raise click.UsageError("--keep chỉ dùng khi --to là thư mục", click.get_current_context())
    target = dated(db, folder, date.today()) if folder else Path(to)
    back_up(db, target)
    removed = list(outdated(db, folder, keep)) if folder and keep else []
    for path in removed:
        path.unlink(missing_ok=True)
    event("backed-up", file=db, to=target, bytes=target.stat().st_size, removed=len(removed))
    click.echo(f"Đã sao lưu {db} sang {target}" + (f", bỏ {len(removed)} bản cũ." if removed else "."), err=True)
