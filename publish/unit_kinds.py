"""The kind of a unit, by the words its name begins with, as `unit_kinds.yaml` lists them."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extract.text import fold


def unit_kind(name: str) -> str:
    """A code of `codelists/unit_kinds.csv`; "other" where no known word begins the name.

    >>> unit_kind("Các khu phố")
    'hamlet'
    """
    return _kind_of(re.sub(r"\s+", " ", fold(name)).strip())


@cache
def listed() -> Mapping[str, Any]:
    """`unit_kinds.yaml` as it stands."""
    kinds: Mapping[str, Any] = yaml.safe_load(files("publish").joinpath("unit_kinds.yaml").read_text("utf-8"))
    return kinds


@cache
def _kind_of(folded: str) -> str:
    words, plural = _words()
    beginning = words.match(folded)
    if beginning:
        return _kinds()[beginning[0]]
    bare = plural.sub("", folded, count=1)
    return "other" if bare == folded else _kind_of(bare)


@cache
def _kinds() -> Mapping[str, str]:
    return {fold(word): kind for kind, entry in listed()["kinds"].items() for word in entry["words"]}


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a name may begin with, the longest first, and the plural words that may stand before it."""
    longest_first = sorted(_kinds(), key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    plural = "|".join(re.escape(fold(word)) for word in sorted(listed()["plural"], key=len, reverse=True))
    return re.compile(rf"(?:{words})(?!\w)"), re.compile(rf"^(?:{plural}) ")
