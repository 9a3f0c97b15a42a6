"""`kehoach extract FILE --debug-pdf OUT`: what is asked, checked; what was drawn and could not be drawn, said."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from publish.marks.write import NoPages, write_marks
from publish.reading import Read
from publish.remote.local import local_copy
from publish.remote.location import Location

_SUFFIXES = (".pdf", ".html", ".htm")
_NAMED = 10


def check_asked(paths: Sequence[Location], out: Path) -> None:
    """Raise UsageError where marks can't be made as asked."""
    context = click.get_current_context()
    if len(paths) != 1 or (isinstance(paths[0], Path) and paths[0].is_dir()):
        raise click.UsageError("--debug-pdf chỉ nhận một tệp, không nhận thư mục hay nhiều tệp", context)
    if out.suffix.lower() not in _SUFFIXES:
        raise click.UsageError(f"--debug-pdf {out}: tên tệp phải tận cùng bằng .pdf hoặc .html", context)
    if out.is_dir():
        raise click.UsageError(f"--debug-pdf {out} là thư mục; hãy cho tên tệp", context)
    if isinstance(paths[0], Path) and out.resolve() == paths[0].resolve():
        raise click.UsageError(f"--debug-pdf {out} sẽ ghi đè văn bản gốc; hãy cho tên tệp khác", context)


def drawing(reads: Iterable[Read], out: Path) -> Iterator[Read]:
    """The same reads; the marks of each are written as it passes."""
    for read in reads:
        try:
            with local_copy(read.input.path) as path:
                lacking = write_marks(read.record, path, out)
        except NoPages as error:
            raise click.UsageError(str(error), click.get_current_context()) from error
        if lacking:
            named = ", ".join(f"{mark.kind.name} {mark.label}" for mark in lacking[:_NAMED])
            more = ", …" if len(lacking) > _NAMED else ""
            click.echo(f"{len(lacking)} giá trị không có khung: {named}{more}", err=True)
        yield read
