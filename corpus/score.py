"""Gold records and found ones, two folders of JSON -> right, found, in gold, precision, recall and F1 of each measure.

Both folders hold the records of `kehoach extract`; gold ones have only the fields that are scored, and `doc`, the name
of the file. A found record is `<doc>.json`; one that is missing counts as empty. Gold with `actuals` is a report's:
its actual values are scored, and no targets and tasks.
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.actual_matching import ACTUAL_VALUES, IN_WHOLE_ACTUAL, matched_actuals
from corpus.likeness import Item, matched, plain, plain_name

Values = Callable[[Item], Iterable[Hashable]]
LEVELS = ("high", "medium", "low")
_SHOWN = 110


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one measure. With nothing found and nothing in gold all three rates are 1."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else float(self.gold == 0)

    @property
    def recall(self) -> float:
        """The share of gold that was found."""
        return self.right / self.gold if self.gold else float(self.found == 0)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value of gold that was missed (`kind` "missed"), or one found that gold has not ("wrong")."""

    measure: str
    document: str
    kind: str
    where: str
    value: str


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """`rows` by measure; whole records also by document, and by the confidence that the extractor gave them."""

    rows: Mapping[str, Row]
    by_document: Mapping[str, Row]
    by_confidence: Mapping[str, Row]
    mistakes: tuple[Mistake, ...] = ()

    def f1(self, measure: str) -> float:
        """The F1 of a measure, one of `MEASURES` or `REPORT_MEASURES`."""
        return self.rows[measure].f1


def _deadline(value: Mapping[str, Any] | None) -> list[Hashable]:
    if not value or not value.get("kind"):
        return []
    return [(value["kind"], value.get("start"), value.get("end"), value.get("rrule"))]


def _measures(target: Item) -> Iterator[Hashable]:
    for measure in target.get("measures") or ():
        unit = "%" if measure.get("unit") == "%" else "#"  # the noun counted is not scored
        yield measure.get("comparator"), float(measure["value"]), unit


def _units(task: Item) -> Iterator[tuple[str, Hashable]]:
    return ((plain_name(unit.get("name")), unit.get("role")) for unit in task.get("units") or ())


_TARGET_VALUES: dict[str, Values] = {
    "target measures": _measures,
    "target scope": lambda target: [target.get("scope")],
    "target indicator": lambda target: [target.get("indicator") or "other"],
    "target due": lambda target: _deadline(target.get("due")),
}
_TASK_VALUES: dict[str, Values] = {
    "task kind": lambda task: [task.get("kind")],
    "task group": lambda task: [task.get("group")],
    "task units": lambda task: (name for name, _ in _units(task)),
    "task unit roles": _units,
    "task deadlines": lambda task: _deadline(task.get("deadline")),
    "task results": lambda task: map(plain, task.get("results") or ()),
}
_IN_WHOLE = {"target measures", "target scope", "target due", "task kind", "task unit roles", "task deadlines"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A list of a record's items: the measure of the items themselves, of their values, and of the whole ones."""

    field: str
    measure: str
    values: Mapping[str, Values]
    in_whole: Set[str]
    whole: str
    match: Callable[[Sequence[Item], Sequence[Item]], list[tuple[int, int]]] = matched


_TARGETS = _Kind("targets", "targets", _TARGET_VALUES, _IN_WHOLE, "whole records")
_TASKS = _Kind("tasks", "tasks", _TASK_VALUES, _IN_WHOLE, "whole records")
_ACTUALS = _Kind("actuals", "actual values", ACTUAL_VALUES, IN_WHOLE_ACTUAL, "whole actuals", matched_actuals)


def _measures_of(*kinds: _Kind) -> tuple[str, ...]:
    items = (name for kind in kinds for name in (kind.measure, *kind.values))
    return "document fields", "legal bases", *items, kinds[0].whole


MEASURES = _measures_of(_TARGETS, _TASKS)
REPORT_MEASURES = _measures_of(_ACTUALS)


def _kinds(gold: Item) -> tuple[_Kind, ...]:
    return (_ACTUALS,) if _is_of_report(gold) else (_TARGETS, _TASKS)


def _is_of_report(gold: Item) -> bool:
    """Whether gold is a report's; a whole record of a plan, which may be gold too, has no actual values."""
    return bool(gold.get("actuals")) or ("actuals" in gold and "tasks" not in gold)


def _document_fields(document: Mapping[str, Any]) -> Iterator[tuple[str, Hashable]]:
    """The document's own fields; a null in gold must be null in the record."""
    locality, signer = document.get("locality") or {}, document.get("signer") or {}
    issued, period = document.get("issued") or {}, document.get("period") or {}
    for name in ("number", "symbol", "place", "title"):
        yield name, plain(document.get(name))
    yield "issuer", plain_name(document.get("issuer"))
    yield "issuer_level", document.get("issuer_level")
    yield "locality", (plain(locality.get("type")), plain(locality.get("name")))
    yield "province", plain(locality.get("province"))
    yield "issued", tuple(issued.get(part) for part in ("year", "month", "day"))
    yield "period", (period.get("start"), period.get("end"))
    yield "signer", plain(signer.get("name"))
    yield "position", plain(signer.get("position"))


def _bases(record: Item) -> list[Hashable]:
    return [(plain(base.get("number")), base.get("date")) for base in record.get("legal_bases") or ()]


@dataclass
class _Tally:
    """Counts while documents are scored."""

    document: str
    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)

    def count(self, measure: str, *, right: int, found: int, gold: int) -> None:
        """Add to one measure's counts."""
        self.right[measure] += right
        self.found[measure] += found
        self.gold[measure] += gold

    def bags(self, measure: str, gold: Iterable[Hashable], found: Iterable[Hashable], where: str = "") -> bool:
        """Count two bags of values and note where they differ; whether they are equal."""
        wanted, given = Counter(gold), Counter(found)
        self.count(measure, right=(wanted & given).total(), found=given.total(), gold=wanted.total())
        for value in (wanted - given).elements():
            self.mistake(measure, "missed", where, value)
        for value in (given - wanted).elements():
            self.mistake(measure, "wrong", where, value)
        return wanted == given

    def mistake(self, measure: str, kind: str, where: str, value: object) -> None:
        """Note one value that only one side has."""
        self.mistakes.append(Mistake(measure, self.document, kind, where, str(value)))

    def rows(self, measures: Iterable[str]) -> dict[str, Row]:
        """The counts of the measures."""
        return {m: Row(self.right[m], self.found[m], self.gold[m]) for m in measures}

    def add(self, other: "_Tally") -> None:
        """Take over another tally's counts and mistakes."""
        self.right.update(other.right)
        self.found.update(other.found)
        self.gold.update(other.gold)
        self.mistakes.extend(other.mistakes)


def _opening(item: Item) -> str:
    return str(item.get("text") or item.get("starts") or "")


def _confidence(level: object) -> str:
    return f"confidence {level}"


def _score_items(kind: _Kind, gold: list[Item], found: list[Item], tally: _Tally) -> None:
    """Match one kind of a document's items, and compare each value of every match, miss and false find."""
    pairs = kind.match(gold, found)
    tally.count(kind.measure, right=len(pairs), found=len(found), gold=len(gold))
    missed = set(range(len(gold))) - {i for i, _ in pairs}
    wrong = set(range(len(found))) - {j for _, j in pairs}
    for i in sorted(missed):
        tally.mistake(kind.measure, "missed", str(gold[i].get("at") or ""), _shown(gold[i]))
    for j in sorted(wrong):
        tally.mistake(kind.measure, "wrong", "", _shown(found[j]))
    for i, j in pairs:
        _score_item(kind, gold[i], found[j], tally)
    for i in sorted(missed):
        _score_item(kind, gold[i], None, tally)
    for j in sorted(wrong):
        _score_item(kind, None, found[j], tally)


def _shown(item: Item) -> str:
    """An item in a list of mistakes; an actual value with its number, for a text may hold several."""
    number = f"{item['value']:g} {item.get('unit')}: " if "value" in item else ""
    return (number + _opening(item))[:_SHOWN]


def _score_item(kind: _Kind, gold: Item | None, found: Item | None, tally: _Tally) -> None:
    where = _opening(gold or found or {})[:60]
    whole = gold is not None and found is not None
    for measure, values in kind.values.items():
        wanted = values(gold) if gold is not None else ()
        given = values(found) if found is not None else ()
        equal = tally.bags(measure, wanted, given, where)
        whole &= equal or measure not in kind.in_whole
    tally.count(kind.whole, right=whole, found=found is not None, gold=gold is not None)
    if found is not None:
        tally.count(_confidence(found.get("confidence")), right=whole, found=1, gold=0)


def _scored(gold: Item, found: Item) -> _Tally:
    tally = _Tally(gold["doc"])
    given = _document_fields(found.get("document") or {})
    tally.bags("document fields", _document_fields(gold["document"]), given)
    tally.bags("legal bases", _bases(gold), _bases(found))
    for kind in _kinds(gold):
        _score_items(kind, gold.get(kind.field) or [], found.get(kind.field) or [], tally)
    return tally


def _rows_shown(gold: Sequence[Item]) -> tuple[str, ...]:
    """The measures of plans, of reports or of both, by what there is gold for; those of plans where there is none."""
    reports = [record for record in gold if _is_of_report(record)]
    plans = MEASURES if len(reports) < len(gold) or not reports else ()
    return tuple(dict.fromkeys((*plans, *(REPORT_MEASURES if reports else ()))))


def score_folders(gold_dir: Path, records_dir: Path) -> ScoreTable:
    """Score the records of one folder against the gold of another."""
    total, by_document = _Tally(""), {}
    all_gold = [json.loads(path.read_text("utf-8")) for path in sorted(gold_dir.glob("*.json"))]
    for gold in all_gold:
        record = records_dir / f"{gold['doc']}.json"
        tally = _scored(gold, json.loads(record.read_text("utf-8")) if record.exists() else {})
        whole = _kinds(gold)[0].whole
        by_document.update({gold["doc"]: tally.rows([whole])[whole]})
        total.add(tally)
    levels = total.rows(_confidence(level) for level in LEVELS)
    by_confidence = {level: levels[_confidence(level)] for level in LEVELS}
    return ScoreTable(total.rows(_rows_shown(all_gold)), by_document, by_confidence, tuple(total.mistakes))


def format_table(table: ScoreTable, *, errors: bool = False) -> str:
    """The table as aligned text; with `errors` a tab-separated line for each mistake follows."""
    lines = [f"{'chỉ số':18} {'đúng':>6} {'tìm ra':>6} {'chuẩn':>6} {'P':>6} {'R':>6} {'F1':>6}"]
    lines += [
        f"{name:18} {row.right:6} {row.found:6} {row.gold:6} {row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f}"
        for name, row in table.rows.items()
    ]
    lines.append("F1 bản ghi trọn vẹn theo văn bản:")
    lines += [f"  {row.f1:6.3f}  {name}" for name, row in table.by_document.items()]
    lines.append("Tỷ lệ đúng của bản ghi trọn vẹn theo độ tin cậy:")
    lines += [f"  {_share(row)}  {level} ({row.right}/{row.found})" for level, row in table.by_confidence.items()]
    if errors:
        lines += ["\t".join((m.measure, m.document, m.kind, m.where, m.value)) for m in table.mistakes]
    return "\n".join(lines)


def _share(row: Row) -> str:
    return f"{row.right / row.found:6.3f}" if row.found else "     –"


def below_floors(table: ScoreTable, floors: Mapping[str, float]) -> list[str]:
    """A line for each measure whose F1 is below its floor; an unknown measure is a `ValueError`."""
    if unknown := floors.keys() - table.rows.keys():
        raise ValueError(f"không có chỉ số {', '.join(sorted(unknown))}; chọn trong: {', '.join(table.rows)}")
    return [f"{m} {table.f1(m):.3f} < {floor}" for m, floor in floors.items() if table.f1(m) < floor]
