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
    digest = hashlib.sha256()
    for package in ("extract", "schemas"):
        for name, content in sorted(_files(files(package), package)):
            digest.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n"))
    return f"kehoach {RELEASE}+{digest.hexdigest()[:8]}"


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_RULES):
            found.append((f"{path}/{entry.name}", entry.read_bytes()))
    return found
