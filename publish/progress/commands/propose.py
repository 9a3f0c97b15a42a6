"""`kehoach progress propose`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from pathlib import Path

import click

from publish.progress.commands.arguments import DB, LOCALITY
from publish.usage import Command


@click.command(cls=Command)
@DB
@click.option(
    "--report",
    metavar="REPORT",
    help="Một báo cáo: một tệp, dù đã hay chưa có trong cơ sở dữ liệu; hoặc số, mã, tên tệp của báo cáo đã có.",
)
@LOCALITY
@click.option("--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Tệp .xlsx hoặc .csv.")
@click.option("--again", is_flag=True, help="Hỏi lại cả những số liệu đã nhập và những đề xuất đã bỏ.")
@click.option("--all-values", is_flag=True, help="Thêm dòng cho số liệu không tìm thấy chỉ tiêu nào, để tự ghi mã.")
def propose(  # noqa: PLR0913  (the options of the command)
    db: Path, report: str | None, locality: str | None, out: Path, *, again: bool, all_values: bool
) -> None:
    """Đề xuất chỉ tiêu cho số liệu trong báo cáo.

    Mỗi dòng của tệp là một số liệu và một chỉ tiêu có thể là của nó, kèm độ tin cậy và lý do. Chọn Nhận hoặc Bỏ ở cột
    Quyết định rồi nhập tệp bằng `kehoach progress import`; chưa nhập thì không có gì được gắn.

    Ví dụ:
      kehoach progress propose plans.db --report bao-cao-quy-I.docx --out duyet.xlsx
      kehoach progress propose plans.db --locality "Khe Vàng" --out duyet.xlsx
    """
    from publish.database import check_ours
    from publish.progress.proposals.proposing import proposed
    from publish.progress.proposals.review_file import write_review
    from publish.progress.proposals.review_lines import review_lines, target_lines

    if out.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.UsageError(f"--out {out}: tên tệp phải kết thúc bằng .xlsx hoặc .csv", click.get_current_context())
    check_ours(db)
    found = list(proposed(db, report=report, locality=locality, again=again))
    lines = list(review_lines(found, all_values=all_values))
    write_review(lines, target_lines(found), out)
    values = sum(len(one.report.actuals) for one in found)
    linked = sum(len({proposal.actual.id for proposal in one.proposals}) for one in found)
    decided = sum(one.decided for one in found)
    left_out = f" {decided} số liệu đã duyệt trước đây không hỏi lại." if decided else ""
    click.echo(f"{out}: {len(found)} báo cáo, {linked}/{values} số liệu có đề xuất.{left_out}", err=True)
