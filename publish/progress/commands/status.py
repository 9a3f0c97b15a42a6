"""`kehoach progress status`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from pathlib import Path

import click

from publish.progress.commands.arguments import DB, LOCALITY, PLAN, iso_day
from publish.usage import Command


@click.command(cls=Command)
@DB
@PLAN
@LOCALITY
@click.option(
    "--as-of",
    required=True,
    metavar="DATE",
    callback=iso_day,
    help="Ngày xét, ví dụ 2026-06-30 hoặc 30/6/2026.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="Cách in (mặc định text)."
)
def status(db: Path, plan: str | None, locality: str | None, as_of: str, form: str) -> None:
    """Xem tiến độ tính đến một ngày.

    Chỉ tiêu nào đã đạt, đúng tiến độ, chậm, không đạt, chưa có số liệu.

    Ví dụ:
      kehoach progress status plans.db --as-of 30/6/2026
      kehoach progress status plans.db --as-of 2026-06-30 --plan 25/KH-UBND --format csv
    """
    from publish.ours import check_current
    from publish.progress.saying import print_statuses

    check_current(db)
    print_statuses(db, as_of, form, plan=plan, locality=locality)
