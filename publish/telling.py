"""What a command says of the files that it was given (Vietnamese, on stderr), and how it leaves."""

import logging
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from publish import logs

if TYPE_CHECKING:
    from publish.inputs import Failure
    from publish.remote.location import Location

_NAMED_SKIPPED = 3


def say_skipped(skipped: "Sequence[Location]") -> None:
    """Name some of the files that are of no kind we read."""
    named = ", ".join(str(path) for path in skipped[:_NAMED_SKIPPED])
    more = f" và {len(skipped) - _NAMED_SKIPPED} tệp khác" if len(skipped) > _NAMED_SKIPPED else ""
    click.echo(f"Bỏ qua {len(skipped)} tệp không thuộc loại đọc được: {named}{more}", err=True)


def say_failures(failures: "Iterable[Failure]") -> None:
    """Name what could not be read, and why."""
    for failure in failures:
        if logs.in_use():  # what stands in brackets may quote the document
            logs.event("unread", logging.WARNING, file=failure.path, reason=failure.reason.partition(" (")[0])
        else:
            click.echo(f"Lỗi: {failure.path}: {failure.reason}", err=True)


def finish(failures: "Iterable[Failure]", summary: str) -> None:
    """Name what failed, sum up, and leave with 1 if anything did."""
    failures = tuple(failures)
    say_failures(failures)
    if summary:
        click.echo(summary, err=True)
    if failures:
        sys.exit(1)
