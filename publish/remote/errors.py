"""What goes wrong with files elsewhere."""

from extract.errors import KehoachError


class Unreachable(KehoachError):
    """What is at a URL can't be fetched, listed or put there."""


class ChangedMeanwhile(KehoachError):
    """Somebody else put a newer database at the URL while this one was being worked on."""
