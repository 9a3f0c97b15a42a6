"""What the commands of `kehoach progress` are asked with alike."""

from pathlib import Path

import click

DB = click.argument("db", metavar="DB", type=click.Path(path_type=Path))
PLAN = click.option("--plan", metavar="PLAN", help="Mã hoặc số của một kế hoạch, ví dụ 25/KH-UBND.")
LOCALITY = click.option("--locality", metavar="NAME", help="Mã hoặc tên địa phương, có dấu hay không dấu.")


def iso_day(context: click.Context, option: click.Parameter, given: str | None) -> str | None:
    """The value of an option that is a day, as ISO 8601; people also write 30/6/2026."""
    from publish.progress.written import Unclear, day  # noqa: PLC0415  (`--help` must not wait for it)

    if given is None:
        return None
    try:
        return day(given)
    except Unclear as error:
        raise click.UsageError(f"{option.opts[0]}: {error}", context) from error
