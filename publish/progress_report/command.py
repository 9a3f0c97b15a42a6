"""`kehoach progress report`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from datetime import date
from pathlib import Path

import click

from publish.progress.commands.arguments import DB, iso_day
from publish.usage import Command

_FORMS = (".docx", ".xlsx")


@click.command(cls=Command)
@DB
@click.option("--plan", required=True, metavar="PLAN", help="Mã hoặc số của kế hoạch, ví dụ 25/KH-UBND.")
@click.option("--as-of", required=True, metavar="DATE", callback=iso_day, help="Số liệu tính đến ngày này.")
@click.option(
    "--from",
    "start",
    metavar="DATE",
    callback=iso_day,
    help="Ngày đầu của kỳ báo cáo, ví dụ 1/4/2026; không có thì tính từ khi ban hành kế hoạch.",
)
@click.option("--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Tệp .docx hoặc .xlsx.")
def report(db: Path, plan: str, as_of: str, start: str | None, out: Path) -> None:
    """Lập báo cáo kết quả thực hiện một kế hoạch.

    Trình bày theo Nghị định 30/2020/NĐ-CP; chỗ nào dữ liệu không có thì để trống, tô vàng, để người lập ghi tiếp.

    Ví dụ:
      kehoach progress report plans.db --plan 25/KH-UBND --as-of 30/6/2026 --from 1/1/2026 --out bao-cao.docx
    """
    import sqlite3
    from contextlib import closing

    from publish.atomic import replacing
    from publish.database import check_ours
    from publish.progress_report.files import file_of, plan_meant, report_of
    from publish.progress_report.period import Period

    if out.suffix.lower() not in _FORMS:
        raise click.UsageError(f"--out {out}: tên tệp phải kết thúc bằng .docx hoặc .xlsx", click.get_current_context())
    if start and start > as_of:
        raise click.UsageError("--from: ngày đầu kỳ ở sau ngày của --as-of", click.get_current_context())
    check_ours(db)
    period = Period(date.fromisoformat(start) if start else None, date.fromisoformat(as_of))
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        made = report_of(connection, plan_meant(connection, plan), period)
    with replacing(out) as beside:
        beside.write_bytes(file_of(made, out.suffix.lower()[1:]))
    click.echo(f"{out}: {made.about.text}.", err=True)
