"""The extractor's name: the release, and a digest of its rules, so that a changed rule makes another extractor."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

RELEASE = "0.1.0"
_RULES = (".py", ".yaml", ".csv")


@cache
def extractor() -> str:
    """Like "kehoach 0.1.0+3f2a9c1d": the same rules give the same name on every machine."""
    return f"kehoach {RELEASE}+{digest('extract', 'schemas')}"


@cache
def digest(*packages: str, kinds: tuple[str, ...] = _RULES, but: tuple[str, ...] = ()) -> str:
    """Eight letters that change with any file of these kinds in the packages; folders named in `but` are left out."""
    found = hashlib.sha256()
    for package in packages:
        for name, content in sorted(_files(files(package), package, kinds, but)):
            found.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n"))
    return found.hexdigest()[:8]


def _files(folder: Traversable, path: str, kinds: tuple[str, ...], but: tuple[str, ...]) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in {"__pycache__", *but}:
            found += _files(entry, f"{path}/{entry.name}", kinds, but)
        elif entry.name.endswith(kinds):
            found.append((f"{path}/{entry.name}", entry.read_bytes()))
    return found
