"""What one check of `kehoach doctor` found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How things are: `failed` is what something will not work for, `warning` what somebody should look at."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is a code that stays the same; `remedy` says what to do, a command where there is one (Vietnamese)."""

    name: str
    state: State
    message: str
    remedy: str = ""


def ok(name: str, message: str) -> Finding:
    """All is well."""
    return Finding(name, State.OK, message)


def warning(name: str, message: str, remedy: str) -> Finding:
    """Something to look at."""
    return Finding(name, State.WARNING, message, remedy)


def failed(name: str, message: str, remedy: str) -> Finding:
    """Something that is needed and isn't there, or is broken."""
    return Finding(name, State.FAILED, message, remedy)
