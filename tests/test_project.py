"""The project itself: pinned versions, packaged data, commands and documents that say what is true."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("schemas", "extract", "corpus", "publish")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = [
    line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")
]
COMMANDS = ["site", "test", "lint", "score", "bench", "help"]
DOCUMENTS = ["README.md", "README.vi.md", "CONTRIBUTING.md"]


def normalized(requirement: str) -> str:
    """A requirement's package name in the one spelling of PEP 503."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def requirements() -> list[str]:
    extras = PROJECT["project"]["optional-dependencies"].values()
    return [*PROJECT["project"]["dependencies"], *(requirement for extra in extras for requirement in extra)]


@pytest.mark.parametrize("line", CONSTRAINTS)
def test_a_constraint_is_one_exact_version_without_an_address(line: str):
    assert re.fullmatch(r"[\w.-]+==[\w.+!]+", line)


@pytest.mark.parametrize("requirement", requirements())
def test_a_requirement_has_a_range_and_a_version_in_constraints(requirement: str):
    assert ">=" in requirement
    assert "<" in requirement
    assert normalized(requirement) in {normalized(line) for line in CONSTRAINTS}


def imported_packages() -> Iterator[tuple[str, str]]:
    """The top-level packages that the program's modules import, each with the module's path."""
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            yield from ((name.partition(".")[0], str(path.relative_to(ROOT))) for name in names)


def test_what_the_program_imports_is_declared():
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *extras["cluster"], *extras["remote"]]
    declared = {normalized(requirement) for requirement in wanted}
    distributions = packages_distributions()
    known = {*sys.stdlib_module_names, *PACKAGES}
    assert [
        (name, path)
        for name, path in imported_packages()
        if name not in known and not declared & {normalized(dist) for dist in distributions.get(name, [])}
    ] == []


def data_files() -> list[str]:
    """The suffixes of the files of the packages that are not modules."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return sorted({path.suffix for path in paths} - {".py", ".pyc", ".pyi"})


@pytest.mark.parametrize("suffix", data_files())
def test_every_kind_of_data_file_is_packaged(suffix: str):
    assert f"*{suffix}" in PROJECT["tool"]["setuptools"]["package-data"]["*"]


def make(*arguments: str) -> str:
    done = subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_make_alone_lists_the_commands():
    listed = re.findall(r"^  make ([a-z]+)", make(), re.MULTILINE)
    assert set(COMMANDS) <= set(listed)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_a_document_names_exists(name: str):
    listed = re.findall(r"^  make ([a-z]+)", make("help"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z]+)", (ROOT / name).read_text("utf-8"))) <= set(listed)


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_every_file_a_document_links_to_exists(name: str):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("script", [".ci/run", *(f"scripts/{p.name}" for p in (ROOT / "scripts").glob("*.sh"))])
def test_a_script_can_be_run_and_parsed(script: str):
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / script], check=True)


def test_a_missing_system_program_is_named_and_stops_nothing():
    only_shell = {"PATH": "/nowhere"}
    done = subprocess.run(
        ["/bin/bash", ROOT / "scripts/install-system.sh", "--check", "ocr", "office", "browser"],
        env=only_shell,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    for package in ("tesseract-ocr", "tesseract-ocr-vie", "libreoffice-writer", "chromium", "fonts-noto-core"):
        assert package in done.stdout


def test_an_unknown_feature_is_a_wrong_use():
    done = subprocess.run([ROOT / "scripts/install-system.sh", "--check", "gold"], capture_output=True, check=False)
    assert done.returncode == 2


def test_the_licence_is_the_one_the_project_names():
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text("utf-8")
