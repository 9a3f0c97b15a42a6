"""`kehoach doctor`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

import io
import sys
from importlib.metadata import version
from pathlib import Path

import click

from publish.usage import Command


@click.command(cls=Command)
@click.argument("db", metavar="[DB]", required=False, type=click.Path(path_type=Path))
@click.option("--deep", is_flag=True, help="Đọc lại mọi tệp gốc để xem có thay đổi không (lâu nếu có nhiều tệp).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text (mặc định) để người đọc; json để chương trình giám sát đọc.",
)
def doctor(db: Path | None, form: str, *, deep: bool) -> None:
    """Kiểm tra máy và cơ sở dữ liệu, nói lệnh để sửa.

    Xem máy có đủ chương trình, gói Python, chỗ trống để đọc kế hoạch không; nếu có DB thì xem tệp có nguyên vẹn, có
    đúng phiên bản, tệp gốc có còn không. Lệnh này không sửa gì.

    Ví dụ:
      kehoach doctor
      kehoach doctor plans.db --deep
      kehoach doctor plans.db --format json

    Mã thoát: 0 đủ cả (có thể có chỗ nên xem lại); 1 có chỗ thiếu hoặc hỏng; 2 gọi sai cách.
    """
    from publish.doctor.examination import examine
    from publish.doctor.finding import State
    from publish.doctor.report import as_json, as_lines, worst

    findings = list(examine(db, deep=deep))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # where Vietnamese can't be written, that is one of the findings
    click.echo(as_json(findings, version("kehoach")) if form == "json" else as_lines(findings))
    click.get_current_context().exit(1 if worst(findings) is State.FAILED else 0)
