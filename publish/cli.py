"""The program `kehoach`: thin commands over the library, which they import only when they run."""

from importlib.metadata import version

import click

from publish.backup.command import backup
from publish.build_command import build
from publish.doctor.command import doctor
from publish.export.command import export
from publish.extract_command import extract
from publish.progress.command import progress
from publish.score_command import score
from publish.serve_command import serve
from publish.usage import Program, run
from publish.watch_command import watch


@click.group(cls=Program, context_settings={"max_content_width": 100})
@click.version_option(version("kehoach"), message="%(prog)s %(version)s", help="Hiện phiên bản.")
def program() -> None:
    """Đọc kế hoạch của cơ quan nhà nước thành dữ liệu có dẫn nguồn, và mở trang tra cứu.

    Ví dụ, từ thư mục văn bản đến trang tra cứu:
      kehoach build ke-hoach/ --db plans.db
      kehoach serve plans.db
    """


for one in (backup, build, doctor, export, extract, progress, score, serve, watch):
    program.add_command(one)


def main() -> None:
    """Run the program."""
    run(program, "kehoach")
