"""`--log-format` and `--log-level` of a command, and its start and end in the log."""

import functools
import logging
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import ParamSpec, TypeVar

import click

from publish.logs.events import event, fault
from publish.logs.setting import FORMS, LEVELS, set_up

P = ParamSpec("P")
R = TypeVar("R")

_KEY = "publish.logs"


def logged(command: Callable[P, R]) -> Callable[P, R]:
    """The command with both options; what it is given and what it gives stay as they are."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        asked: dict[str, str] = click.get_current_context().meta.get(_KEY, {})
        if not asked:
            return command(*args, **kwargs)
        return _run_told(functools.partial(command, *args, **kwargs), asked)

    return _option("--log-format", tuple(FORMS), _FORMAT_HELP)(_option("--log-level", LEVELS, _LEVEL_HELP)(run))


_FORMAT_HELP = "Ghi nhật ký ra stderr, mỗi việc một dòng: json cho máy đọc, text cho người đọc (mặc định: không ghi)."
_LEVEL_HELP = "Ghi từ mức nào trở lên (mặc định info; debug ghi cả từng tệp)."


def _option(name: str, choices: tuple[str, ...], said: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    return click.option(name, type=click.Choice(choices), expose_value=False, callback=_keep, help=said)


def _keep(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta.setdefault(_KEY, {})[option.name] = value


def _run_told(command: Callable[[], R], asked: dict[str, str]) -> R:
    """Run the command with its start, its end, its exit code and what it took in the log."""
    set_up(asked.get("log_format", "text"), asked.get("log_level", "info"))
    name, began = click.get_current_context().info_name, time.monotonic()
    event("started", command=name, version=version("kehoach"))
    code: object = 0
    try:
        return command()
    except (SystemExit, click.exceptions.Exit) as left:
        code = left.code if isinstance(left, SystemExit) else left.exit_code
        raise
    except KeyboardInterrupt:
        code = 130
        raise
    except Exception as error:
        code = 1
        event("failed", logging.ERROR, command=name, **_told_of(error))
        raise
    finally:
        level = logging.WARNING if code else logging.INFO
        event("finished", level, command=name, seconds=time.monotonic() - began, code=code or 0)


def _told_of(error: Exception) -> dict[str, object]:
    """What an error says where it was raised on purpose or by the system; else where, since it may quote a document."""
    from extract.errors import KehoachError  # noqa: PLC0415  (`kehoach --help` must not wait for the extractor)

    if isinstance(error, KehoachError | OSError | click.UsageError):
        return {"error": type(error).__name__, "reason": str(error)}
    return fault(error)
