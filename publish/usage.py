"""click speaking Vietnamese: headings of the help, and what is wrong with a command line."""

import os
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

import click

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh", "Positional arguments": "Tham số"}
# "[0<=x<=65535]", which click adds to the help of a number
_EXTRA = re.compile(r"\s*\[\d+<=x<=\d+\]")
_USAGE = (("[OPTIONS]", "[TÙY CHỌN]"), ("COMMAND [ARGS]...", "LỆNH ..."))


class Formatter(click.HelpFormatter):
    """Help with Vietnamese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how the command is called."""
        for english, vietnamese in _USAGE:
            args = args.replace(english, vietnamese)
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """The heading of a part."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands with what they do."""
        said = [(term, _EXTRA.sub("", text).replace("[required]", "(bắt buộc)")) for term, text in rows]
        super().write_dl(said, col_max, col_spacing)

    def write_text(self, text: str) -> None:
        """Paragraphs filled to the width, but those with indented lines, which are examples."""
        paragraphs = text.split("\n\n")
        super().write_text("\n\n".join(f"\b\n{part}" if "\n  " in part else part for part in paragraphs))


class Context(click.Context):
    """A context whose help is Vietnamese."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is Vietnamese."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained."""
        return _explained(super().get_help_option(ctx))


def url_path(context: click.Context | None, option: click.Parameter | None, given: str) -> str:
    """The value of an option that is a path of web addresses: between slashes, which people may leave out.

    >>> url_path(None, None, "kehoach"), url_path(None, None, "/")
    ('/kehoach/', '/')
    """
    inner = given.strip("/")
    if not re.fullmatch(r"[\w.~/-]*", inner, re.ASCII) or "//" in inner:
        raise click.BadParameter("cần một đường dẫn như /kehoach/", context, option)
    return f"/{inner}/" if inner else "/"


class Group(click.Group):
    """Commands under one word: their help and their errors are Vietnamese."""

    context_class = Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained."""
        return _explained(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"không có lệnh {args[0]}; các lệnh: {', '.join(self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


class Program(Group):
    """The whole program; exit code 2 says that the command line is wrong."""


def run(program: Program, name: str) -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    try:
        code = program.main(prog_name=name, standalone_mode=False)
    except click.UsageError as error:
        code = _show(error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng.", err=True)
        code = 130
    except BrokenPipeError:  # the reader of our output has gone, as with "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        if error.filename is None:
            raise
        click.echo(f"Lỗi: {error.filename}: {error.strerror}; hãy kiểm tra quyền ghi và chỗ trống", err=True)
        code = 1
    except Exception as error:
        if not _is_ours(error):
            raise
        click.echo(f"Lỗi: {error}", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _is_ours(error: Exception) -> bool:
    """Whether the error was raised on purpose, with a message for the user."""
    from extract.errors import KehoachError  # noqa: PLC0415  (`kehoach --help` must not wait for the extractor)

    return isinstance(error, KehoachError)


def _explained(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Hiện trợ giúp này."
    return option


def _show(error: click.UsageError) -> int:
    """Say what is wrong with the command line, and where help is."""
    context = error.ctx
    if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
        click.echo(context.get_help(), err=True)
        return error.exit_code
    click.echo(f"Lỗi: {_in_vietnamese(error)}", err=True)
    if context is not None:
        click.echo(f"Xem cách dùng: {context.command_path} --help", err=True)
    return error.exit_code


def _in_vietnamese(error: click.UsageError) -> str:
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter):
        return f"thiếu {name}"
    if isinstance(error, click.NoSuchOption):
        return f"không có tùy chọn {error.option_name}"
    if isinstance(error, click.BadOptionUsage):
        return f"tùy chọn {error.option_name} cần đúng một giá trị"
    if isinstance(error, click.BadParameter):
        return f"giá trị không hợp lệ cho {name}: {_allowed(error)}"
    if error.message.startswith("Got unexpected extra argument"):
        return "thừa tham số " + error.message.partition("(")[2].rstrip(")")
    return error.message


def _allowed(error: click.BadParameter) -> str:
    """What the parameter would take."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"chọn một trong {', '.join(kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"cần một số từ {kind.min} đến {kind.max}"
    return error.message
