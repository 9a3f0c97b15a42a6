"""A record -> another of the same kind: other place, years, numbers and citations; its spans still cut its text."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from bench.rewriting import Change, Rewriting, changed
from extract.normalize.gazetteer import listed
from schemas import Measure, Record
from schemas.codelists import by_code

_YEAR = r"(?<!\d)20[0-4]\d(?!\d)|(?<=UNTIL=)20[0-4]\d"
_ISO_LEAP_DAY = re.compile(r"\d{4}-02-29")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_YEARS = range(-7, 4)  # that a copy may lie before or after its sample
_COMMUNES, _PROVINCES = {"xã", "phường", "đặc khu"}, {"tỉnh", "thành phố"}  # kinds that the official list has
_UNDECIDED = 12  # one copy of so many leaves open which of the places of its name it is from
_CITES = 0.4  # of the copies name another plan of the pile
_TRIES = 5  # to find one that is older
_COMPARED = 0.5  # of the targets that are shares get an indicator

Node = dict[str, Any]


Changes = Callable[[str], Iterator[Change]]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the official list; of a province `name` and `province` are the same."""

    code: str
    name: str
    type: str
    province: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a copy from its sample: known without making the copy, so that others can cite it."""

    sample: Record
    place: Place
    years: int
    number: str | None
    issued: date | None
    changes: Changes

    def reworded(self, text: str) -> str:
        """What any text of the sample becomes in the copy."""
        new = changed(text, list(self.changes(text)))
        return new.replace("-02-29", "-02-28") if _ISO_LEAP_DAY.fullmatch(new) else new


def identity(samples: Sequence[Record], at: int, seed: str) -> Identity:
    """The copy at a position of the pile."""
    chance = Random(f"{seed}-{at}")  # noqa: S311 (varied, not secret)
    sample = samples[at % len(samples)]
    head = sample.document
    choice = places(head.locality.type or "xã")
    place = choice[int(len(choice) * chance.random() ** 2)]  # some places have many plans, most few
    years, digits = chance.choice(_YEARS), str(chance.randint(1, 400))
    issued = head.issued
    whole = None not in (issued.year, issued.month, issued.day)
    return Identity(
        sample=sample,
        place=place,
        years=years,
        number=_FIGURE.sub(digits, head.number, count=1) if head.number else None,
        issued=date((issued.year or 0) + years, issued.month or 1, min(issued.day or 1, 28)) if whole else None,
        changes=_word_changes(sample, place, years),
    )


@cache
def places(kind: str) -> tuple[Place, ...]:
    """The official units of a kind, in a mixed order; of a kind that is no more (huyện, thị trấn), the communes."""
    with files("schemas.codelists").joinpath("localities.csv").open(encoding="utf-8") as stream:
        every = [Place(**row) for row in csv.DictReader(stream)]
    kinds = {kind} if kind in _COMMUNES else {"tỉnh", "thành phố"} if kind in _PROVINCES else {"xã"}
    return tuple(sorted((one for one in every if one.type in kinds), key=lambda one: one.code[::-1]))


def _word_changes(sample: Record, place: Place, years: int) -> Changes:
    """Other names for the sample's places, in any case and over line breaks, and other years."""
    locality = sample.document.locality
    given = {locality.province: place.province, locality.name: place.name}
    names = {" ".join(old.split()).lower(): new for old, new in given.items() if old}
    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) or "(?!)"
    pattern = re.compile(rf"(?P<year>{_YEAR})|\b(?:{either})\b", re.IGNORECASE)

    def changes(text: str) -> Iterator[Change]:
        for found in pattern.finditer(text):
            if found["year"]:
                new = str(int(found["year"]) + years)
            else:
                new = names[" ".join(found[0].split()).lower()]
                new = new.upper() if found[0].isupper() else new
            yield Change(found.start(), found.end(), new)

    return changes


def varied(samples: Sequence[Record], at: int, seed: str, total: int) -> Record:
    """The copy at a position of a pile of `total` copies."""
    chance = Random(f"{seed}-{at}-text")  # noqa: S311 (varied, not secret)
    own = identity(samples, at, seed)
    cited = _cited(samples, at, seed, total, chance)
    record, tree = own.sample, own.sample.model_dump(mode="json")
    values = _values(record, chance)
    wanted = [*_citation_changes(record, cited), *_number_changes(own), *values, *own.changes(record.text)]
    text = Rewriting(record.text, wanted, sorted(_bounds(tree)))
    copy: Node = _rewritten(tree, text, own, {one: values[one] for one in text.changes if one in values})
    sha256 = hashlib.sha256(f"{seed}-{at}-{record.source.sha256}".encode()).hexdigest()
    copy |= {"id": sha256[:16], "text": text.new}
    copy["source"] |= {"sha256": sha256, "filename": f"{at:06}-{record.source.filename}"}
    for item in (*copy["targets"], *copy["tasks"]):
        item["id"] = item["id"].replace(record.id, copy["id"])
    for target in copy["targets"]:
        target.update(_indicator(target, chance))
    copy["document"] |= _head(own, open_place=at % _UNDECIDED == 0)
    if cited:
        copy["legal_bases"][_citing(record)] |= _citation(cited)
    return Record.model_validate(copy)


def _cited(samples: Sequence[Record], at: int, seed: str, total: int, chance: Random) -> Identity | None:
    """An earlier plan of the pile that the copy names, if it names one; some are named by many."""
    own = identity(samples, at, seed)
    if _citing(own.sample) < 0 or not own.issued or chance.random() > _CITES:
        return None
    others = (identity(samples, int(total * chance.random() ** 2), seed) for _ in range(_TRIES))
    return next((one for one in others if one.number and one.issued and one.issued < own.issued), None)


def _citing(record: Record) -> int:
    """The position of the citation that may name another plan; -1 where there is none."""
    return next((at for at, one in enumerate(record.legal_bases) if one.number and one.date), -1)


def _citation(cited: Identity) -> Node:
    head = cited.sample.document
    return {
        "kind": head.kind,
        "number": cited.number,
        "date": cited.issued,
        "issuer": cited.reworded(head.issuer or ""),
        "title": None,
    }


def _citation_changes(record: Record, cited: Identity | None) -> list[Change]:
    if cited is None:
        return []
    span, named = record.legal_bases[_citing(record)].span, _citation(cited)
    day = f"{cited.issued:%d/%m/%Y}"
    return [Change(span.start, span.end, f"Kế hoạch số {named['number']} ngày {day} của {named['issuer']}")]


def _number_changes(own: Identity) -> list[Change]:
    spans = own.sample.document.spans.get("number", ())
    if not spans or not own.number:
        return []
    figure = _FIGURE.search(own.sample.text, spans[0].start, spans[0].end)
    own_figure = _FIGURE.search(own.number)
    return [Change(figure.start(), figure.end(), own_figure[0])] if figure and own_figure else []


def _values(record: Record, chance: Random) -> dict[Change, float]:
    """Other numbers for what is measured, each with the value that it says."""
    found = {}
    measures = [
        *(m for one in record.targets for m in one.measures),
        *(m for one in record.tasks for m in one.measures),
    ]
    for measure in measures:
        figures = list(_FIGURE.finditer(record.text, measure.span.start, measure.span.end)) if measure.span else []
        if len(figures) == 1 and _said(figures[0][0]) == measure.value:
            new = _other_figure(figures[0][0], measure, chance)
            found[Change(figures[0].start(), figures[0].end(), new)] = _said(new)
    return found


def _other_figure(figure: str, measure: Measure, chance: Random) -> str:
    """A figure of the same look; of 100 %, often one below."""
    if measure.unit == "%" and measure.value == 100:
        return chance.choice([figure, figure, str(chance.randint(60, 99))])
    first, rest = figure[0], figure[1:]
    digits = [str(chance.randint(0, 9)) if one.isdigit() else one for one in rest]
    return "".join([str(chance.randint(1, 9)) if first != "0" else first, *digits])


def _said(figure: str) -> float:
    """The number that a figure stands for, as Vietnamese writes it."""
    whole = figure.replace(".", "") if _THOUSANDS.match(figure) else figure
    try:
        return float(whole.replace(",", "."))
    except ValueError:
        return -1


def _head(own: Identity, *, open_place: bool) -> Node:
    """The fields that the copy has from its identity."""
    place, kind = own.place, own.sample.document.locality.type or "xã"
    known = kind in _COMMUNES or kind in _PROVINCES
    locality: Node = {"type": place.type if known else kind, "name": place.name, "province": place.province}
    if known and open_place and kind in _COMMUNES:
        alike = [one for one in listed(place.type, place.name) if not one.former]
        fields = ("code", "name", "type", "province")
        locality |= {"province": None, "candidates": [{name: getattr(one, name) for name in fields} for one in alike]}
    elif known:
        locality["code"] = place.code
    issued = own.sample.document.issued
    dated: Node = {"year": issued.year and issued.year + own.years, "month": issued.month, "day": issued.day}
    if own.issued:
        dated["day"] = own.issued.day
    return {"number": own.number, "locality": locality, "issued": dated}


def _indicator(target: Node, chance: Random) -> Node:
    """An indicator for some shares that have none, so that there is much to compare; some indicators are common."""
    if target["indicator"] != "other" or not any(one["unit"] == "%" for one in target["measures"]):
        return {}
    codes = sorted(by_code("indicators"))
    return {"indicator": codes[int(len(codes) * chance.random() ** 3)]} if chance.random() < _COMPARED else {}


def _bounds(node: Any) -> Iterator[int]:
    """Where any span of the record begins or ends."""
    if isinstance(node, dict):
        if "bboxes" in node:
            yield from (node["start"], node["end"])
        for one in node.values():
            yield from _bounds(one)
    elif isinstance(node, list):
        for one in node:
            yield from _bounds(one)


def _rewritten(node: Any, text: Rewriting, own: Identity, values: dict[Change, float]) -> Any:
    """A part of the record with its spans moved and its texts as the new text has them."""
    match node:
        case {"bboxes": _}:
            return {**node, "start": text.at(node["start"]), "end": text.at(node["end"])}
        case dict():
            new = {name: _rewritten(one, text, own, values) for name, one in node.items()}
            return {**new, **_cut_anew(node, text), **_measured(node, values)}
        case list():
            return [_rewritten(one, text, own, values) for one in node]
        case str():
            return own.reworded(node)
        case _:
            return node


def _cut_anew(node: Node, text: Rewriting) -> Node:
    """The fields that are just what their spans cut out of the text."""
    spans = node["spans"] if isinstance(node.get("spans"), list) else [node["span"]] if node.get("span") else []
    old = " ".join(" ".join(text.old[one["start"] : one["end"]].split()) for one in spans)
    new = " ".join(" ".join(text.new[text.at(one["start"]) : text.at(one["end"])].split()) for one in spans)
    return {name: new for name, value in node.items() if old and isinstance(value, str) and value == old}


def _measured(node: Node, values: dict[Change, float]) -> Node:
    if "comparator" not in node or not node.get("span"):
        return {}
    start, end = node["span"]["start"], node["span"]["end"]
    return next(({"value": value} for one, value in values.items() if start <= one.start and one.end <= end), {})
