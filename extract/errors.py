"""What goes wrong for good: a file unreadable, or of a kind that is not read. Messages are Vietnamese, for the user."""

from pathlib import Path


class KehoachError(Exception):
    """The root of every error this program raises on purpose."""


class UnreadableFile(KehoachError):
    """A file that can't be read at all; `message` says why and what to do."""

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = Path(path)
        self.message = message
