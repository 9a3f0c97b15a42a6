"""Python and its packages -> findings: what is missing, too old or too new, and what differs from what was tested."""

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from publish.doctor.finding import Finding, failed, ok, warning

Installed = Callable[[str], str | None]

OLDEST_PYTHON = (3, 11)
# Where the exact versions that were tested may lie: in the copy of the project that runs, or beside its .venv.
_PLACES = (Path(__file__).parents[2], Path(sys.prefix).parent)
_NAMED = 5


def installed_version(name: str) -> str | None:
    """The version of an installed package."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def program_requirements() -> list[str]:
    """What the installed program says that it needs."""
    return requires("kehoach") or []


def check_python(running: Sequence[int] = sys.version_info[:3]) -> Finding:
    """Whether this Python is one that the program runs on."""
    said = ".".join(map(str, running[:3]))
    if tuple(running[:2]) < OLDEST_PYTHON:
        return failed("python", f"Python {said} quá cũ", "Cài Python 3.11 trở lên rồi cài lại kehoach")
    return ok("python", f"Python {said}")


def check_packages(wanted: Iterable[str], installed: Installed = installed_version) -> Finding:
    """Whether each package that the program needs is there, in a version that it was written for."""
    needed = [one for one in map(Requirement, wanted) if one.marker is None or one.marker.evaluate({"extra": ""})]
    faulty = {one: installed(one.name) for one in needed if not _fits(one, installed(one.name))}
    if faulty:
        said = ", ".join(f"{one.name} {got or 'không có'} (cần {one.specifier})" for one, got in faulty.items())
        quoted = " ".join(f"'{one}'" for one in faulty)
        remedy = f"{sys.executable} -m pip install {quoted}"
        return failed("packages", f"Gói Python thiếu hoặc sai phiên bản: {said}", remedy)
    return ok("packages", f"Có đủ {len(needed)} gói Python cần thiết")


def _fits(wanted: Requirement, got: str | None) -> bool:
    return got is not None and wanted.specifier.contains(got, prereleases=True)


def pinned_versions(places: Iterable[Path] = _PLACES) -> list[str]:
    """The lines of constraints.txt; none where the program runs without it."""
    found = (place / "constraints.txt" for place in places)
    return next((path.read_text("utf-8").splitlines() for path in found if path.is_file()), [])


def check_constraints(lines: Iterable[str], installed: Installed = installed_version) -> Finding:
    """Whether the packages are of the very versions that were tested; others mostly work too."""
    pinned = (line.strip().partition("==") for line in lines if "==" in line and not line.startswith("#"))
    other = [
        f"{name} {got} (đã thử {want})" for name, _, want in pinned if (got := installed(name)) not in {None, want}
    ]
    if other:
        more = f" và {len(other) - _NAMED} gói khác" if len(other) > _NAMED else ""
        message = f"Gói Python khác bản đã kiểm thử: {', '.join(other[:_NAMED])}{more}"
        return warning("constraints", message, f"{sys.executable} -m pip install --constraint constraints.txt kehoach")
    return ok("constraints", "Các gói Python đúng bản đã kiểm thử (constraints.txt)")
