"""Gold and plans -> score tables, `corpus/scores.json` and the README's table; fails below `corpus/floors.csv`.

Scored are our own samples and, where there is a folder `shared` beside the project (or at `KEHOACH_SHARED`), its
plans as text, as born-digital files and as scans. `--errors` lists each miss and false find; `--raise-floors` raises
the floors to what was scored.
"""

import csv
import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict

from corpus.links import Link, LinkScores, score_links
from corpus.score import ScoreTable, below_floors, format_table, score_folders
from publish.progress.proposals.review_columns import REACHED, REVIEW_COLUMNS, Asked
from schemas.codelists import codelist

ROOT = Path(__file__).parents[1]
SCORES = ROOT / "corpus" / "scores.json"
FLOORS = ROOT / "corpus" / "floors.csv"
NOTICEABLE = 0.0005

Scores = dict[str, dict[str, float]]  # rates by measure


class SetScores(TypedDict):
    """What `corpus/scores.json` keeps of a set; `confidence` says how many whole records of each level are right."""

    plans: int
    measures: Scores
    confidence: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class PlanSet:
    """Plans and their gold as JSON, scored together; `name` is that of `floors.csv`, `documents` a pattern of names.

    Reading them may need a `program`; without it they are not scored.
    """

    name: str
    title: str
    plans: Path
    gold: Path
    documents: str = ".*"
    program: str = ""


def plan_sets() -> list[PlanSet]:
    """The sets, present or not."""
    shared = Path(os.environ.get("KEHOACH_SHARED") or ROOT.parent / "shared")
    renditions = shared / "corpus" / "renditions", shared / "gold" / "renditions"
    samples = ROOT / "corpus" / "plans", ROOT / "corpus" / "gold" / "json"
    readable = ".*" if shutil.which("tesseract") else r".*(?<!-scan)\.\w+"
    return [
        PlanSet("samples", "Our own samples", *samples, rf"mau-{readable}"),
        PlanSet("reports", "Our own reports", *samples, r"baocao-.*"),
        PlanSet("shared", "Shared plans", shared / "corpus", shared / "gold" / "json"),
        PlanSet("files", "As PDF, DOCX", *renditions, r".*(?<!_scan)\.(pdf|docx)"),
        PlanSet("doc", "As DOC", *renditions, r".*\.doc", "soffice"),
        PlanSet("scans", "As scans", *renditions, r".*_scan\.pdf", "tesseract"),
    ]


def gold_of(plans: PlanSet) -> Path | None:
    """A folder with the gold of the set's documents alone, None where there is none or what reads them is missing."""
    if not plans.gold.is_dir() or (plans.program and not shutil.which(plans.program)):
        return None
    folder = ROOT / "build" / "gold" / plans.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in plans.gold.glob("*.json"):
        if re.fullmatch(plans.documents, json.loads(path.read_text("utf-8"))["doc"]):
            shutil.copyfile(path, folder / path.name)
    return folder


def extracted(plans: PlanSet, gold: Path) -> Path:
    """The folder of records just extracted from the plans of a set that have gold."""
    names = sorted(json.loads(path.read_text("utf-8"))["doc"] for path in gold.glob("*.json"))
    folder = ROOT / "build" / "records" / plans.name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    program = Path(sys.executable).with_name("kehoach")
    done = subprocess.run([program, "extract", *(plans.plans / name for name in names), "--out", folder], check=False)
    if done.returncode not in {0, 1}:  # 1: some plans could not be read, which the score then shows
        sys.exit(done.returncode)
    if names and not any(folder.glob("*.json")):
        sys.exit(f"no plan of {plans.plans} could be extracted; nothing scored")
    return folder


def links_scored(gold: Path) -> LinkScores:
    """How well the reports' values are led to targets: of the records just extracted, by the commands people use."""
    records = ROOT / "build" / "records"
    folders = [folder for folder in (records / "samples", records / "reports") if folder.is_dir()]
    db, review = ROOT / "build" / "links.db", ROOT / "build" / "links.csv"
    program = Path(sys.executable).with_name("kehoach")
    db.unlink(missing_ok=True)
    subprocess.run([program, "build", *folders, "--db", db], check=True)
    subprocess.run([program, "progress", "propose", db, "--out", review], check=True)
    return score_links(gold, records / "reports", records / "samples", _links(review))


def _links(review: Path) -> list[Link]:
    """The proposals of a review file."""
    titles = {column.name: column.title for column in REVIEW_COLUMNS}
    levels = {row["label_vi"]: row["code"] for row in codelist("confidences")}
    with review.open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: row[title] for name, title in titles.items()} for row in csv.DictReader(file)]
    return [
        Link(
            row[Asked.FILE], int(row[Asked.SPAN_START]), row[Asked.TARGET], int(row[Asked.RANK].split()[0]),
            levels[row[Asked.CONFIDENCE]],
        )
        for row in rows
        if row[Asked.KIND] == REACHED
    ]  # fmt: skip


def floors(name: str) -> dict[str, float]:
    """The least F1 of each measure of a set."""
    with FLOORS.open(encoding="utf-8", newline="") as file:
        return {row["measure"]: float(row["floor"]) for row in csv.DictReader(file) if row["set"] == name}


def raised(least: Mapping[str, float], now: Scores) -> dict[str, float]:
    """Floors where the scores put them, cut to two places; none goes down.

    >>> raised({"tasks": 0.9, "targets": 0.97}, {"tasks": {"f1": 0.958}, "targets": {"f1": 0.96}})
    {'tasks': 0.95, 'targets': 0.97}
    """
    return {m: max(least.get(m, 0.0), _rounded_down(rates["f1"])) for m, rates in now.items()}


def _rounded_down(f1: float) -> float:
    """Two decimals that are surely not above a score of three: 0.970 may stand for 0.9696."""
    return f1 if f1 == 1 else math.floor(f1 * 100 - 0.05) / 100


def write_floors(all_floors: Mapping[str, Mapping[str, float]]) -> None:
    """Write `corpus/floors.csv` anew."""
    rows = [(name, m, f"{floor:.2f}") for name, least in all_floors.items() for m, floor in least.items()]
    with FLOORS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("set", "measure", "floor"), *rows])


def scores_of(table: ScoreTable) -> Scores:
    """A table's rates to three places, as `corpus/scores.json` keeps them."""
    return {
        measure: {"precision": round(row.precision, 3), "recall": round(row.recall, 3), "f1": round(row.f1, 3)}
        for measure, row in table.rows.items()
    }


def set_scores(table: ScoreTable) -> SetScores:
    """All that is kept of a set's table."""
    levels = {level: {"right": row.right, "found": row.found} for level, row in table.by_confidence.items()}
    return {"plans": len(table.by_document), "measures": scores_of(table), "confidence": levels}


def gains_and_losses(before: Scores, now: Scores) -> list[str]:
    """A line for each measure whose F1 is not what it was.

    >>> gains_and_losses({"tasks": {"f1": 0.9}}, {"tasks": {"f1": 0.95}})
    ['tasks: 0.900 -> 0.950 (+0.050)']
    """
    return [
        f"{measure}: {before[measure]['f1']:.3f} -> {rates['f1']:.3f} ({rates['f1'] - before[measure]['f1']:+.3f})"
        for measure, rates in now.items()
        if measure in before and abs(rates["f1"] - before[measure]["f1"]) > NOTICEABLE
    ]


def kept() -> dict[str, Any]:
    """The committed file: scores by set under "sets", first tries of the blind sets under "blind"."""
    return json.loads(SCORES.read_text("utf-8")) if SCORES.exists() else {}


def kept_scores() -> dict[str, SetScores]:
    """The committed scores by set."""
    return dict(kept().get("sets", {}))


def readme_table(scores: Mapping[str, Scores] | None = None) -> str:
    """F1 by measure and set as a Markdown table, from `corpus/scores.json`.

    >>> print(readme_table({"samples": {"tasks": {"f1": 0.9}}}))
    | Measure | Our own samples |
    | --- | ---: |
    | tasks | 0.900 |
    """
    scores = {name: one["measures"] for name, one in kept_scores().items()} if scores is None else scores
    shown = [plans for plans in plan_sets() if plans.name in scores]
    if not shown:
        return "(not measured yet: `make score`)"
    alike: dict[tuple[str, ...], list[PlanSet]] = defaultdict(list)
    for plans in shown:
        alike[tuple(scores[plans.name])].append(plans)
    return "\n\n".join(_table(measures, sets, scores) for measures, sets in alike.items())


def _table(measures: Sequence[str], sets: Sequence[PlanSet], scores: Mapping[str, Scores]) -> str:
    """The F1 of sets that are measured by the same measures."""
    rows = [["Measure", *(plans.title for plans in sets)], ["---", *("---:" for _ in sets)]]
    rows += [[measure, *(f"{scores[plans.name][measure]['f1']:.3f}" for plans in sets)] for measure in measures]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def readme_blind(blind: Mapping[str, Sequence[float]] | None = None) -> str:
    """F1 of whole records of the blind sets' plans, each before any rule was changed for it.

    >>> readme_blind({"D": [0.93, 1.0], "E": [0.0]})
    'set D .93 1.00, set E .00'
    """
    blind = kept().get("blind", {}) if blind is None else blind
    return ", ".join(
        f"set {name} {' '.join(f'{f1:.2f}'.removeprefix('0') for f1 in f1s)}" for name, f1s in blind.items()
    )


def scored(plans: PlanSet, gold: Path, before: SetScores | None) -> tuple[SetScores, list[str]]:
    """Extract and score a set, print its table and what changed; the scores, and what is below its floor."""
    print(f"\n{plans.title}", flush=True)
    table = score_folders(gold, extracted(plans, gold))
    if plans.name == "reports":
        links = links_scored(gold)
        table = replace(table, rows={**table.rows, **links.rows})
        shares = [f"{level} {row.right}/{row.found}" for level, row in links.levels.items()]
        print("\n".join([f"Proposals that are right: {', '.join(shares)}", *links.mistakes]))
    now = set_scores(table)
    changes = gains_and_losses(before["measures"], now["measures"]) if before else []
    print("\n".join([format_table(table, errors="--errors" in sys.argv), *changes]))
    return now, [f"{plans.name}: {line}" for line in below_floors(table, floors(plans.name))]


def main() -> None:
    """Score every set that is there; write the scores down; exit 1 where one is below its floor."""
    scores, low = kept_scores(), []
    for plans in plan_sets():
        gold = gold_of(plans)
        if gold is None:
            print(f"\n{plans.title}: not scored, {plans.gold} or {plans.program or 'what reads them'} is missing")
        else:
            scores[plans.name], below = scored(plans, gold, scores.get(plans.name))
            low += below
    SCORES.write_text(json.dumps({**kept(), "sets": scores}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if "--raise-floors" in sys.argv:
        write_floors({name: raised(floors(name), now["measures"]) for name, now in scores.items()})
    if low:
        sys.exit("below the floor:\n  " + "\n  ".join(low))


if __name__ == "__main__":
    main()
