"""Line-based gold (YAML, `at` gives lines of the plan) -> gold as JSON records with their text, which the scorer reads.

`python -m corpus.gold` writes `corpus/gold/json/` anew from `corpus/gold/*.yaml` and `corpus/plans/`; a plan that is no
text has one in `corpus/texts/`, and its gold gives the lines of that.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
GOLD = HERE / "gold"
PLANS = HERE / "plans"
TEXTS = HERE / "texts"

_TAG = re.compile(r"<[^>]+>")
_MARKUP = re.compile(r"^#+\s*|\*")
_MARKERS = re.compile(
    r"""
    ^\s*
    (?: [-–+•*]\s+                # "- "
      | \(?\d{1,2}[.)]\d?\.?\s+   # "1. ", "2.1. ", "3) "
      | \(\d{1,2}\)\s*            # "(1)"
      | [a-zđ]\)\s*               # "a)"
    )+
    """,
    re.VERBOSE,
)


def text_of(plan: Path) -> Path:
    """The file with a plan's text: the plan itself, or the source that its Word, PDF or scanned file is made of."""
    source = TEXTS / f"{plan.name}.md"
    return source if source.exists() else plan


def line_numbers(at: str | int) -> Iterator[int]:
    """The lines that `at` names.

    >>> list(line_numbers("37-39, 41"))
    [37, 38, 39, 41]
    """
    for part in str(at).split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first), int(last or first) + 1)


def without_markup(text: str) -> str:
    """A line without tags and Markdown, its blanks single."""
    return " ".join(_MARKUP.sub("", _TAG.sub(" ", text)).split())


def text_at(lines: list[str], at: str | int) -> str:
    """The text of an item, its lines joined, the bullet or ordinal in front taken off."""
    parts = (without_markup(lines[number - 1]) for number in line_numbers(at))
    return _MARKERS.sub("", " ".join(part for part in parts if part))


def compile_gold(gold: Mapping[str, Any], lines: list[str]) -> dict[str, Any]:
    """A gold file's content as a record: a title or item has the `text` of its lines where it brings none itself.

    Only a report has `actuals`; they are counted over its period where they say no other.
    """
    record = dict(gold)
    record["document"] = dict(gold["document"])
    title = record["document"].get("title")
    if isinstance(title, Mapping):
        record["document"]["title"] = _text(title, lines)
    for kind in ("targets", "tasks"):
        record[kind] = [_with_text(item, lines) for item in gold.get(kind, [])]
    if "actuals" in gold:
        record["actuals"] = [
            _with_period(_with_text(item, lines), gold["document"].get("period") or {}) for item in gold["actuals"]
        ]
    return record


def _with_period(actual: dict[str, Any], period: Mapping[str, Any]) -> dict[str, Any]:
    return actual if "start" in actual or "end" in actual else {**actual, **period}


def _text(entry: Mapping[str, Any], lines: list[str]) -> str:
    text = without_markup(entry["text"]) if "text" in entry else text_at(lines, entry["at"])
    if not text:
        raise ValueError(f"không có chữ nào ở dòng {entry['at']}")
    return text


def _with_text(item: Mapping[str, Any], lines: list[str]) -> dict[str, Any]:
    return dict(item) if "starts" in item else {**item, "text": _text(item, lines)}


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"không ghi được {value!r} thành JSON")


def compiled_files(gold_dir: Path = GOLD, plans_dir: Path = PLANS) -> Iterator[tuple[str, str]]:
    """The name and content of each JSON file that the gold files of a folder make."""
    for path in sorted(gold_dir.glob("*.yaml")):
        gold = yaml.safe_load(path.read_text("utf-8"))
        if not isinstance(gold, Mapping) or "doc" not in gold:
            continue
        lines = text_of(plans_dir / gold["doc"]).read_text("utf-8").split("\n")
        record = compile_gold(gold, lines)
        yield f"{gold['doc']}.json", json.dumps(record, ensure_ascii=False, indent=1, default=_iso) + "\n"


def main() -> None:
    """Write the JSON files, and remove those that no gold file makes any more."""
    out = GOLD / "json"
    out.mkdir(exist_ok=True)
    files = dict(compiled_files())
    for stale in {path.name for path in out.glob("*.json")} - files.keys():
        (out / stale).unlink()
    for name, content in files.items():
        (out / name).write_text(content, "utf-8")


if __name__ == "__main__":
    main()
