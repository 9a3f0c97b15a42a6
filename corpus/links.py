"""How well the values of reports are led to the targets of plans: what is proposed, held against gold.

A value of gold may name the target that it belongs to, by the plan's gold file and the target's first words; without
it, it belongs to none. Only values that extraction found count; what it misses, its own measures say.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.actual_matching import matched_actuals
from corpus.likeness import MATCH, Item, likeness
from corpus.score import LEVELS, Row

FIRST, NONE = "right proposals first", "no wrong link"
LINK_MEASURES = (FIRST, "right high proposals", NONE)


@dataclass(frozen=True, slots=True)
class Link:
    """A proposal: a value of a report, by the place of its number, and a target; `rank` counts from 1."""

    document: str
    start: int
    target_id: str
    rank: int
    confidence: str


@dataclass(frozen=True, slots=True)
class LinkScores:
    """`rows` by measure, `levels` the right ones among the proposals of each confidence.

    Measured are values whose first proposal is gold's target, high proposals that are right, and values that belong to
    none and have no high proposal.
    """

    rows: Mapping[str, Row]
    levels: Mapping[str, Row]
    mistakes: tuple[str, ...] = ()


def score_links(gold_dir: Path, reports_dir: Path, plans_dir: Path, links: Iterable[Link]) -> LinkScores:
    """Score proposals; the folders hold gold and the records that were proposed from."""
    targets = dict(_targets(plans_dir))
    by_document: dict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: link.rank):
        by_document[link.document].append(link)
    judged = [
        one
        for path in sorted(gold_dir.glob("*.json"))
        for one in _judged(_read(path), reports_dir, by_document, targets)
    ]
    return _counted(judged)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that was found: its proposals, each right or wrong; `asked` is gold's target, None where there is none.

    `in_gold` is false where extraction made the value up.
    """

    said: str
    asked: str | None
    links: tuple[tuple[Link, bool], ...]
    in_gold: bool = True


def _judged(
    gold: Item, reports_dir: Path, links: Mapping[str, Sequence[Link]], targets: Mapping[str, tuple[str, str]]
) -> Iterator[_Value]:
    record = reports_dir / f"{gold['doc']}.json"
    found = _read(record).get("actuals") or [] if record.exists() else []
    pairs = {j: gold["actuals"][i] for i, j in matched_actuals(gold.get("actuals") or [], found)}
    by_place: dict[int, list[Link]] = defaultdict(list)
    for link in links.get(gold["doc"], ()):
        by_place[link.start].append(link)
    for j, value in enumerate(found):
        asked = pairs[j].get("target") if j in pairs else None
        own = [(link, _is_right(asked, targets.get(link.target_id))) for link in by_place.get(_start(value), ())]
        said = f"{gold['doc']}\t{value['value']:g} {value['unit']}: {value['text'][:60]}"
        yield _Value(said, asked and str(asked["starts"]), tuple(own), j in pairs)


def _is_right(asked: Mapping[str, Any] | None, target: tuple[str, str] | None) -> bool:
    if asked is None or target is None or target[0] != asked["plan"]:
        return False
    return likeness({"starts": asked["starts"]}, {"text": target[1]}) >= MATCH


def _start(value: Item) -> int:
    spans = [value["span"]] if value.get("span") else value.get("spans") or [{"start": -1}]
    return int(spans[0]["start"])


def _targets(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each target's key, with its plan's name without suffix, and its text."""
    for path in folder.glob("*.json"):
        record = _read(path)
        for target in record["targets"]:
            own = target["id"]
            key = own if own.startswith(record["id"]) else f"{record['id']}-{own}"
            yield key, (Path(path.stem).stem, target["text"])


def _read(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return record


def _counted(values: Sequence[_Value]) -> LinkScores:
    linked = [value for value in values if value.asked is not None]
    unlinked = [value for value in values if value.asked is None and value.in_gold]
    first = [value for value in linked if value.links and value.links[0][1]]
    left = [value for value in unlinked if all(link.confidence != "high" for link, _ in value.links)]
    levels = {level: _of_level(values, level) for level in LEVELS}
    rows = (_share(len(first), len(linked)), levels["high"], _share(len(left), len(unlinked)))
    mistakes = [f"{FIRST}\t{one.said}\t{one.asked}" for one in linked if one not in first]
    mistakes += [f"{NONE}\t{one.said}" for one in unlinked if one not in left]
    return LinkScores(dict(zip(LINK_MEASURES, rows, strict=True)), levels, tuple(mistakes))


def _of_level(values: Iterable[_Value], level: str) -> Row:
    of_level = [right for value in values for link, right in value.links if link.confidence == level]
    return _share(sum(of_level), len(of_level))


def _share(right: int, count: int) -> Row:
    return Row(right, count, count)
