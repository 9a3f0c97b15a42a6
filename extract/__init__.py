"""How a plan is read: `extract_plan(path)` gives its record."""

from extract.errors import KehoachError, UnreadableFile
from extract.pipeline import EXTRACTOR, extract_plan
from extract.read import SUFFIXES

__all__ = ["EXTRACTOR", "SUFFIXES", "KehoachError", "UnreadableFile", "extract_plan"]
