"""`kehoach progress template`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from pathlib import Path

import click

from publish.progress.commands.arguments import DB, LOCALITY, PLAN, iso_day
from publish.usage import Command


@click.command(cls=Command)
@DB
@PLAN
@LOCALITY
@click.option("--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Tệp .xlsx hoặc .csv.")
@click.option(
    "--from",
    "first",
    metavar="DATE",
    callback=iso_day,
    help="Việc định kỳ: chỉ các lần đến hạn từ ngày này, ví dụ 1/4/2026.",
)
@click.option(
    "--to", "last", metavar="DATE", callback=iso_day, help="Việc định kỳ: chỉ các lần đến hạn đến hết ngày này."
)
def template(  # noqa: PLR0913  (the options of the command)
    db: Path, plan: str | None, locality: str | None, out: Path, *, first: str | None, last: str | None
) -> None:
    """Tạo bảng để điền số liệu thực hiện.

    Mỗi chỉ tiêu, mỗi nhiệm vụ một dòng; việc định kỳ mỗi lần đến hạn một dòng, đã ghi sẵn kỳ. Mã và nội dung được khóa;
    trạng thái nhiệm vụ chọn từ danh sách; ô xám không phải điền.

    Ví dụ:
      kehoach progress template plans.db --plan 25/KH-UBND --out tien-do.xlsx
      kehoach progress template plans.db --locality "Khe Vàng" --from 1/4/2026 --to 30/6/2026 --out quy-2.xlsx
    """
    from publish.ours import check_current
    from publish.progress.asked_for import Selection, asked_lines
    from publish.progress.template import write_template

    if out.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.UsageError(f"--out {out}: tên tệp phải kết thúc bằng .xlsx hoặc .csv", click.get_current_context())
    check_current(db)
    asked = asked_lines(db, Selection(plan, locality, first, last))
    write_template(asked.lines, out)
    if asked.left_out:
        click.echo(
            f"{asked.left_out} lần đến hạn của việc định kỳ không ghi vào bảng vì quá dài; hãy chọn thời gian bằng "
            "--from và --to.",
            err=True,
        )
    click.echo(f"{out}: {len(asked.lines)} dòng để điền.", err=True)
