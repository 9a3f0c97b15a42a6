"""`kehoach progress`: a sheet to fill in, its import, how far things have come. A command is a module of `commands`."""

import click

from publish.progress.commands.importing import import_
from publish.progress.commands.propose import propose
from publish.progress.commands.status import status
from publish.progress.commands.template import template
from publish.progress_report.command import report
from publish.usage import Group


@click.group(cls=Group)
def progress() -> None:
    """Nhập số liệu thực hiện và xem tiến độ.

    Ví dụ, từ bảng để điền đến tiến độ:
      kehoach progress template plans.db --locality "Khe Vàng" --out tien-do.xlsx
      kehoach progress import plans.db tien-do.xlsx
      kehoach progress status plans.db --as-of 30/6/2026
    """


# A new command is a module of `commands` and an entry here.
for one in (template, propose, import_, status, report):
    progress.add_command(one)
