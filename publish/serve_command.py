"""`kehoach serve`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from pathlib import Path

import click

from publish.logs.options import logged
from publish.usage import Command, url_path


@click.command(cls=Command)
@click.argument("db", metavar="DB", type=click.Path(path_type=Path))
@click.option("--port", default=8001, type=click.IntRange(0, 65535), metavar="PORT", help="Cổng (mặc định 8001).")
@click.option("--host", default="127.0.0.1", metavar="HOST", help="Địa chỉ (mặc định 127.0.0.1, chỉ máy này mở được).")
@click.option(
    "--base-url",
    metavar="PATH",
    default="/",
    callback=url_path,
    help="Đường dẫn của trang khi đứng sau máy chủ khác, ví dụ /kehoach/ cho https://tinh.gov.vn/kehoach/.",
)
@click.option(
    "--sources",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Thư mục để tìm tệp gốc của kế hoạch khi tệp không còn ở chỗ cũ; viết được nhiều lần.",
)
@logged
def serve(db: Path, port: int, host: str, base_url: str, sources: tuple[Path, ...]) -> None:
    """Mở trang tra cứu của một cơ sở dữ liệu.

    In địa chỉ của trang; nhấn Ctrl-C để dừng.

    Ví dụ:
      kehoach serve plans.db
      kehoach serve plans.db --port 9000 --base-url /kehoach/
      kehoach serve plans.db --sources ke-hoach/
    """
    from publish.logs import event
    from publish.serve import address, listening, site
    from publish.serve import serve as run_site

    with site(db, base_url, sources) as datasette, listening(host, port) as sock:
        click.echo(address(sock, base_url))
        event("serving", address=address(sock, base_url), file=db)
        run_site(datasette, sock)
