"""Seeds -> files of generated plans as text, Word or PDF, with their gold beside them."""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.generate import Generated, generated
from corpus.layouts import body
from corpus.word import docx

FORMATS = ("text", "docx", "pdf")
_SUFFIX = {"text": "txt", "docx": "docx", "pdf": "pdf"}
_AT_ONCE = 40  # files that LibreOffice converts in a call
_LONGEST_CALL = 900  # seconds


def write_plans(seeds: Iterable[int], plans: Path, gold: Path, form: str) -> list[tuple[Generated, Path]]:
    """Write the plans of the seeds and their gold; each plan with the file it is in."""
    for folder in (plans, gold):
        folder.mkdir(parents=True, exist_ok=True)
    made = [generated(seed, layout=form != "text") for seed in seeds]
    paths = [plans / f"{Path(plan.name).stem}.{_SUFFIX[form]}" for plan in made]
    for plan, path in zip(made, paths, strict=True):
        record = {**plan.gold, "doc": path.name}
        (gold / f"{path.name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
        if form == "docx":
            path.write_bytes(_word(plan, font="Times New Roman", size=26))
        elif form == "text":
            path.write_text(plan.content, "utf-8")
    if form == "pdf":
        for at in range(0, len(made), _AT_ONCE):
            _print(made[at : at + _AT_ONCE], paths[at : at + _AT_ONCE])
    return list(zip(made, paths, strict=True))


def _word(plan: Generated, *, font: str, size: int) -> bytes:
    return docx("".join(body(plan.content)), font=font, size=size)


def _print(plans: Sequence[Generated], paths: Sequence[Path]) -> None:
    """Print plans as PDF in one call of LibreOffice, with a profile of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{path.stem}.docx" for path in paths]
        for plan, source in zip(plans, sources, strict=True):
            source.write_bytes(_word(plan, font="Noto Serif", size=22))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(paths[0].parent)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=_LONGEST_CALL)  # noqa: S603
