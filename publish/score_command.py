"""`kehoach score`."""
# ruff: noqa: PLC0415  (`kehoach --help` must not wait for what it does not use)

from pathlib import Path

import click

from publish.usage import Command


@click.command(cls=Command)
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.argument("records", metavar="RECORDS_DIR", type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Kể từng chỗ sót và từng chỗ sai.")
@click.option(
    "--min", "floors", metavar="NAME=F1", multiple=True, help="Mã thoát 1 nếu F1 của chỉ số thấp hơn mức này."
)
def score(gold: Path, records: Path, *, errors: bool, floors: tuple[str, ...]) -> None:
    """Chấm điểm bản ghi theo bản chuẩn.

    In precision, recall và F1 của từng trường. GOLD_DIR chứa bản chuẩn *.json; RECORDS_DIR là nơi
    `kehoach extract` đã ghi.

    Ví dụ:
      kehoach score gold/ ban-ghi/
      kehoach score gold/ ban-ghi/ --errors --min "whole records=0.9" --min targets=0.95
    """
    from corpus.score import below_floors, format_table, score_folders

    context = click.get_current_context()
    for folder in (gold, records):
        if not any(folder.glob("*.json")):
            raise click.UsageError(f"{folder}: không có tệp .json nào để so; hãy kiểm tra lại thư mục", context)
    least = dict(_floor(text) for text in floors)
    table = score_folders(gold, records)
    try:
        below = below_floors(table, least)
    except ValueError as error:
        raise click.UsageError(str(error), context) from error
    click.echo(format_table(table, errors=errors))
    for line in below:
        click.echo(f"Thấp hơn mức đặt ra: {line}", err=True)
    context.exit(1 if below else 0)


def _floor(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        message = f'--min {text}: cần TÊN=SỐ, ví dụ --min "whole records=0.9"'
        raise click.UsageError(message, click.get_current_context()) from None
