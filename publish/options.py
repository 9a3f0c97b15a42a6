"""Options that commands share: what is read, and how much reading may take."""

import click

from publish.remote.parameter import LocationType

PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=LocationType())
JOBS = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    help="Số tệp đọc cùng lúc, mỗi tệp một tiến trình (mặc định: số lõi của máy).",
)
TIMEOUT = click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.IntRange(1, 86400),
    help="Thời gian cho một tệp, quá thì bỏ tệp đó (mặc định: 120 giây và thêm 100 giây mỗi MB, nhiều nhất một giờ).",
)
MEMORY = click.option(
    "--memory",
    metavar="MB",
    default=2048,
    type=click.IntRange(256, 1_048_576),
    help="Bộ nhớ cho một tệp, cần hơn thì bỏ tệp đó (mặc định 2048).",
)
CLUSTER = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Đọc bằng các worker của một cụm Dask: địa chỉ bộ điều phối (tcp://máy:8786), hoặc local để lập cụm ngay trên "
    "máy này với --jobs worker. Mặc định: các tiến trình của máy này.",
)
DB = click.option("--db", required=True, metavar="FILE", type=LocationType(), help="Tệp cơ sở dữ liệu SQLite.")
