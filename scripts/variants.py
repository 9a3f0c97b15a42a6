"""Random plans -> what each of the ways that plans vary in costs: a table in docs/variants.md.

`python -m scripts.variants [--count N] [--format text|docx|pdf] [--write] [--quick]` scores N generated plans; exit 1
where whole records are below the format's least. A plan counts under each way of its form by the F1 of its whole
records; a target or a task under the way its measure, its deadline and its sentence are said by whether it was read
whole.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.generate import Generated
from corpus.generate.files import FORMATS, write_plans
from corpus.generate.forms import WAYS
from corpus.likeness import matched, plain_name
from corpus.score import Row, ScoreTable, score_folders
from extract import extract_plan

PAGE = Path(__file__).parents[1] / "docs" / "variants.md"
_MARK = "<!-- {}: written by python -m scripts.variants -->"
COUNTS, QUICK = {"text": 1000, "docx": 200, "pdf": 100}, 20
LEAST = {"text": 0.97, "docx": 0.95, "pdf": 0.95}  # F1 of whole records
Item = Mapping[str, Any]
Counts = dict[tuple[str, str], list[int]]  # by what varies and how: read whole, in all


@dataclass
class Losses:
    """Scores of generated plans: of all, by the form's ways, and by the ways that single records are said in."""

    table: ScoreTable
    by_form: dict[tuple[str, str], Row] = field(default_factory=dict)
    by_record: Counts = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def losses(count: int, form: str, folder: Path, *, first: int = 0) -> Losses:
    """Write, read and score plans, in a folder; its parts `plans`, `gold` and `records` stay there."""
    made = write_plans(range(first, first + count), folder / "plans", folder / "gold", form)
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    found = Losses(ScoreTable({}, {}, {}))
    for plan, path in made:
        record = extract_plan(path).model_dump(mode="json", exclude_none=True)
        (records / f"{path.name}.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        for way, right in _single_records(plan.gold, record):
            found.by_record[way][0] += right
            found.by_record[way][1] += 1
    found.table = score_folders(folder / "gold", records)
    found.by_form = _by_form([(plan, path.name) for plan, path in made], found.table)
    return found


def _by_form(plans: Sequence[tuple[Generated, str]], table: ScoreTable) -> dict[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}
    for plan, name in plans:
        row = table.by_document[name]
        for way in plan.form.shown():
            have = found.get(way, Row())
            found[way] = Row(have.right + row.right, have.found + row.found, have.gold + row.gold)
    return found


def _single_records(gold: Item, record: Item) -> Iterator[tuple[tuple[str, str], bool]]:
    """Each target and task of gold with the way that it is said in, and whether that part of it was read."""
    pairs = {i: record["targets"][j] for i, j in matched(gold["targets"], record["targets"])}
    for i, target in enumerate(gold["targets"]):
        found = pairs.get(i)
        yield ("measure", target["way"]), found is not None and _measures(target) == _measures(found)
    pairs = {i: record["tasks"][j] for i, j in matched(gold["tasks"], record["tasks"])}
    for i, task in enumerate(gold["tasks"]):
        found = pairs.get(i)
        if "way" in task:
            yield ("deadline", task["way"]), found is not None and _deadline(task) == _deadline(found)
        if "shape" in task:
            yield ("sentence", task["shape"]), found is not None and _units(task) == _units(found)


def _measures(target: Item) -> list[tuple[str, float, bool]]:
    return sorted((m["comparator"], float(m["value"]), m["unit"] == "%") for m in target["measures"])


def _deadline(task: Item) -> tuple[Any, ...]:
    due = task.get("deadline") or {}
    return tuple(due.get(part) for part in ("kind", "start", "end", "rrule"))


def _units(task: Item) -> list[tuple[str, str]]:
    return sorted((plain_name(unit["name"]), unit["role"]) for unit in task.get("units") or ())


def report(found: Losses) -> str:
    """The tables as Markdown: what varies, how, F1 of whole records with it, and how much less than without it."""
    whole = found.table.rows["whole records"]
    lines = [f"{whole.gold} records, F1 of whole records {whole.f1:.3f}.", ""]
    lines += ["| What varies | How | F1 | Loss |", "| --- | --- | ---: | ---: |"]
    order = [(what, how) for what, ways in WAYS.items() for how in ways]
    for (what, how), row in sorted(found.by_form.items(), key=lambda item: order.index(item[0])):
        rest = Row(whole.right - row.right, whole.found - row.found, whole.gold - row.gold)
        lines.append(f"| {what} | `{how}` | {row.f1:.3f} | {rest.f1 - row.f1:+.3f} |")
    lines += ["", "| Part of a record | How it is said | Read | Of |", "| --- | --- | ---: | ---: |"]
    for (what, how), (right, of) in sorted(found.by_record.items()):
        lines.append(f"| {what} | {how} | {right / of:.3f} | {of} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table of one format, or write it into its place on the page; exit 1 below LEAST."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, help="1000 as text, 200 as docx, 100 as pdf")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--keep", type=Path, help="a folder to leave plans, gold and records in")
    parser.add_argument("--write", action="store_true", help=f"write the table to {PAGE.name}")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} plans, and no limit")
    wanted = parser.parse_args()
    count = QUICK if wanted.quick else wanted.count or COUNTS[wanted.format]
    with tempfile.TemporaryDirectory() as name:
        found = losses(count, wanted.format, wanted.keep or Path(name), first=wanted.first)
    text = report(found)
    if wanted.write:
        _write(wanted.format, f"{count} plans as {wanted.format}: {text}")
    sys.stdout.write(text + "\n")
    return int(found.table.rows["whole records"].f1 < LEAST[wanted.format] and not wanted.quick)


def _write(form: str, text: str) -> None:
    mark, end = _MARK.format(form), f"<!-- end of {form} -->"
    before, _, rest = PAGE.read_text("utf-8").partition(mark)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{mark}\n{text}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
