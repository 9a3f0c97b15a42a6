"""`kehoach export`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

import sys
from pathlib import Path

import click

from publish.export.formats import FORMATS, Format, one_table
from publish.usage import Command

_GUESSED = {form.suffix: form.name for form in FORMATS.values() if form.one}
_SAID = "; ".join(f"{form.name}: {form.says}" for form in FORMATS.values())


@click.command(cls=Command)
@click.argument("db", metavar="DB", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--to",
    required=True,
    metavar="PATH",
    help="Nơi ghi: một thư mục; hoặc tên tệp có đuôi của định dạng; .zip gom nhiều tệp làm một; - là ghi ra stdout.",
)
@click.option(
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help=f"Mặc định theo đuôi của PATH, không có đuôi thì csv. {_SAID}.",
)
@click.option("--table", metavar="NAME", help="Chỉ một bảng, thành một tệp CSV: nhiem-vu, chi-tieu, tasks, targets …")
@click.option(
    "--plan", "plans", multiple=True, metavar="ID", help="Chỉ kế hoạch có mã hoặc số này; viết được nhiều lần."
)
@click.option(
    "--locality",
    "localities",
    multiple=True,
    metavar="NAME",
    help="Chỉ kế hoạch của địa phương có mã hoặc tên này, có dấu hay không; viết được nhiều lần.",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    type=click.IntRange(1900, 2100),
    metavar="YEAR",
    help="Chỉ kế hoạch của năm này (năm đầu).",
)
@click.option(
    "--site", default="", metavar="URL", help="Địa chỉ trang tra cứu, để mỗi dòng có đường dẫn tới chỗ đã đọc."
)
def export(  # noqa: PLR0913  (the options of the command)
    db: Path,
    to: str,
    name: str | None,
    table: str | None,
    *,
    plans: tuple[str, ...],
    localities: tuple[str, ...],
    years: tuple[int, ...],
    site: str,
) -> None:
    """Ghi dữ liệu ra tệp cho Excel, cho chương trình khác.

    DB là tệp mà `kehoach build` đã tạo. Cùng một cơ sở dữ liệu luôn cho cùng những tệp ấy.

    Ví dụ:
      kehoach export plans.db --to ke-hoach.xlsx
      kehoach export plans.db --to bang/ --format csv --year 2026
      kehoach export plans.db --to nhiem-vu.csv --table nhiem-vu --locality "Hòn Mây"
      kehoach export plans.db --to goi-du-lieu.zip --format datapackage
      kehoach export plans.db --to - --format jsonl | head -1

    Mã thoát: 0 đã ghi; 1 không ghi được hoặc không có kế hoạch nào đúng điều kiện; 2 gọi sai cách.
    """
    from publish.export.selection import Selection
    from publish.export.source import opened
    from publish.export.writing import pieces, write, write_stream

    form = _asked(name, table, to, site)
    with opened(db, Selection(plans, localities, years), site) as source:
        if to == "-":
            write_stream(pieces(source, form), sys.stdout.buffer)
            return
        paths = write(source, form, Path(to))
    what = str(paths[0]) if len(paths) == 1 else f"{to}: {len(paths)} tệp"
    click.echo(f"Đã ghi {what}.", err=True)


def _asked(name: str | None, table: str | None, to: str, site: str) -> Format:
    """The format that the command line asks for. Raises UsageError where its parts contradict one another."""
    context = click.get_current_context()
    if site and not site.startswith(("http://", "https://")):
        raise click.UsageError(f"--site {site}: cần địa chỉ bắt đầu bằng http:// hoặc https://", context)
    if table is None:
        return FORMATS[name or _GUESSED.get(Path(to).suffix.lower(), "csv")]
    if name not in {None, "csv"}:
        raise click.UsageError(f"--table chỉ dùng với csv, không với {name}", context)
    from publish.export.comma_separated import table_names

    if table not in table_names():
        raise click.UsageError(f"--table {table}: không có bảng này; các bảng: {', '.join(table_names())}", context)
    return one_table(table)
