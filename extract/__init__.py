"""How a plan is read: `extract_plan(path)` gives its record."""

from importlib import import_module
from typing import TYPE_CHECKING

from extract.errors import KehoachError, UnreadableFile

if TYPE_CHECKING:
    from extract.pipeline import EXTRACTOR, extract_plan
    from extract.read import SUFFIXES

__all__ = ["EXTRACTOR", "SUFFIXES", "KehoachError", "UnreadableFile", "extract_plan"]

_WHERE = {"EXTRACTOR": "extract.pipeline", "extract_plan": "extract.pipeline", "SUFFIXES": "extract.read"}


def __getattr__(name: str) -> object:
    """Reading is loaded when it is first asked for: who wants a small part of this package does not wait for it."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(_WHERE[name]), name)
