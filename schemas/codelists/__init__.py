"""What exists, as CSV with stable codes: one file a list, `code` its key or the first column where it has none.

A code is never renamed or used anew; a code that is given up keeps its row.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType


@cache
def codelist(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `codelists/<name>.csv`, in the file's order; an empty cell is "".

    >>> [row["code"] for row in codelist("roles")]
    ['lead', 'coordinate', 'implement']
    """
    text = files(__name__).joinpath(f"{name}.csv").read_text("utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(StringIO(text), strict=True))


@cache
def by_code(name: str) -> Mapping[str, Mapping[str, str]]:
    """The rows of a codelist by their code.

    >>> by_code("roles")["lead"]["label_vi"]
    'Chủ trì'
    """
    return MappingProxyType({row["code"]: row for row in codelist(name)})


def names() -> tuple[str, ...]:
    """The names of all codelists, sorted."""
    return tuple(sorted(f.name.removesuffix(".csv") for f in files(__name__).iterdir() if f.name.endswith(".csv")))
