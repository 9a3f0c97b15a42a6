"""The front's pieces, the lead paragraph or the signature -> the issuing body and its territory."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any

from extract.find.letterhead.front import Piece, either
from extract.lexicon import phrases
from extract.model import Mention, Reading
from extract.normalize.casing import natural
from extract.normalize.gazetteer import is_listed
from extract.normalize.territories import Territory, ends_in_province, is_province, levels, territories
from extract.normalize.wordlists import words
from extract.text import fold, squeezed
from schemas import IssuerLevel

_JOINT = re.compile(r"\s*[-–]\s*")
_DASHES = "-–"
_PEERS = {"mass", "department", "institution"}  # kinds that plan together; governments and Party bodies stand above
_CLAUSE = re.compile(r"[,;.\n]")
_LONGEST_LINE = 110
_LINES_ABOVE = 7  # of the number or quốc hiệu, in which bodies may stand; further up is a web page's menu


@dataclass(frozen=True, slots=True)
class Body:
    """A body as printed over one or more pieces, and what the lexicon knows of its first word.

    `joined` says that a dash joins it to the one before.
    """

    pieces: tuple[Piece, ...]
    means: dict[str, Any]
    joined: bool = False

    @property
    def printed(self) -> str:
        """The pieces' words joined; in capitals where a legacy font's came out small."""
        words = squeezed(" ".join(p.text for p in self.pieces)).strip(" -–,.:;")
        return words.upper() if words == words.lower() else words

    @property
    def kind(self) -> str:
        """government, party, department, mass, part, institution or central."""
        return str(self.means["kind"])

    def open_kind(self) -> str | None:
        """The kind of territory that its name ends in without naming it: "UBND phường"."""
        last = fold(self.printed)
        return next((k for k in sorted(levels(), key=len, reverse=True) if last.endswith(f" {k}")), None)

    @property
    def small(self) -> bool:
        """Whether a legacy font's capitals came out small."""
        return self.pieces[-1].text == self.pieces[-1].text.lower()

    def territory(self) -> Territory | None:
        """The territory in its name: after its kind, after "Huyện ủy", or a province's name at its end."""
        return _named_territory(self.printed, self.means)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body: its name in natural case, level, territory, the province above it, and where it was read.

    `partner` is the first body's name where several plan together.
    """

    name: str
    level: IssuerLevel
    territory: Territory | None
    province: str | None
    places: tuple[tuple[int, int], ...]
    partner: str | None = None


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return {fold(word): means for word, means in words("letterhead", "bodies")}


@cache
def body_start() -> re.Pattern[str]:
    """The first word of a body's name."""
    return either("bodies")


def _means(folded: str, match: re.Match[str]) -> dict[str, Any]:
    return _kinds()[squeezed(folded[match.start() : match.end()])]


def _named_territory(printed: str, means: dict[str, Any]) -> Territory | None:
    folded = fold(printed)
    found = list(territories(printed, folded))
    if found:
        return found[0].value
    word = body_start().match(folded)
    rest = natural(printed[word.end() :].strip()) if word else ""
    if means.get("territory") and rest:
        return Territory(means["territory"], rest)
    if means["kind"] == "institution":
        return None
    return ends_in_province(printed, or_word=means["kind"] != "mass")


def letterhead_bodies(front: Iterable[Piece], anchor: int | None, number: int | None) -> list[Body]:
    """The bodies of the letterhead, the parent first.

    `anchor` is where the number or quốc hiệu stands; what is far above it is a web page's, not the document's. After
    `number`, where that stands, no name goes on.
    """
    pieces = [p for p in front if any(c.isalpha() for c in p.text)]
    if anchor is not None:
        above = [p for p in pieces if p.start < anchor][-_LINES_ABOVE:]
        pieces = above + [p for p in pieces if p.start >= anchor]
    found: list[Body] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        if len(piece.text) > _LONGEST_LINE or any(p.find(piece.folded) for p in phrases("letterhead", "stamps")):
            continue
        if piece.capitals or not (anchor is None or any(b.pieces[0].capitals for b in found)):
            alike = piece.capitals or (bool(found) and found[-1].small and piece.text == piece.text.lower())
            _place(found, piece, following, goes_on=alike and (number is None or piece.start < number))
    return found


def _place(found: list[Body], piece: Piece, following: Piece | None, *, goes_on: bool) -> None:
    """A line begins a body, goes on with the one before it, or is neither."""
    if found and _completes(found[-1], piece):
        found[-1] = replace(found[-1], pieces=(*found[-1].pieces, piece))
        return
    joined = bool(found) and (found[-1].pieces[-1].text[-1] in _DASHES or piece.text[0] in _DASHES)
    for i, part in enumerate(_parts(piece)):
        bare = part.part(len(part.text) - len(part.text.lstrip(_DASHES + " ")), len(part.text)) or part
        means = _opening(bare, following)
        if means is not None:
            found.append(Body((bare,), means, joined=joined or i > 0))
        elif found and goes_on:
            found[-1] = replace(found[-1], pieces=(*found[-1].pieces, bare))


def _opening(piece: Piece, following: Piece | None) -> dict[str, Any] | None:
    """What a line's first words mean where they begin a body, also broken off: "ỦY BAN NHÂN / DÂN"."""
    match = body_start().match(piece.folded)
    if match is not None or following is None or not following.capitals:
        return _means(piece.folded, match) if match else None
    both = f"{piece.folded} {following.folded}"
    match = body_start().match(both)
    return _means(both, match) if match and match.end() > len(piece.folded) + 1 else None


def _completes(body: Body, piece: Piece) -> bool:
    """A word broken off a name looks like a body: "UBND THÀNH PHỐ HẢI / PHÒNG"."""
    if len(piece.text.split()) > 2 or body_start().match(piece.folded) is None:
        return False
    open_kind = body.open_kind()
    if open_kind is not None:
        return is_listed(open_kind, piece.text)
    territory, whole = body.territory(), Body((*body.pieces, piece), body.means).territory()
    if territory is None or whole is None or whole.name == territory.name:
        return False
    known = is_listed(whole.type, whole.name) and not is_listed(territory.type, territory.name)
    return known or is_province(whole.type, whole.name)


def _parts(piece: Piece) -> list[Piece]:
    """The bodies that a joint plan's line names with a dash between: "SỞ Y TẾ - SỞ NỘI VỤ"."""
    cuts = [m for m in _JOINT.finditer(piece.folded) if body_start().match(piece.folded, m.end())]
    edges = [(0, 0), *(m.span() for m in cuts), (len(piece.text), len(piece.text))]
    parts = [piece.part(a[1], b[0]) for a, b in pairwise(edges)]
    return [p for p in parts if p is not None]


def of_letterhead(found: Sequence[Body], reading: Reading, *, joint: bool, partners: int = 0) -> Issuer | None:
    """The issuer that the letterhead's bodies make: the last one, or all of a joint plan's.

    `partners` is how many bodies the number's letters name, 0 where they don't.
    """
    if not found:
        return None
    first = len(found) - 1
    while first and (
        found[first].joined or (joint and _are_partners(found[first - 1 : first + 1], len(found) - first, partners))
    ):
        first -= 1
    above, own = found[:first], found[first:]
    names = [_name(b, above, found, reading) for b in own]
    territory = next((t for b in [*own, *reversed(above)] if (t := b.territory())), None)
    places = tuple((p.start, p.end) for b in own for p in b.pieces)
    return Issuer(
        " - ".join(names),
        _level(own[0], territory, central=any(b.kind == "central" for b in above)),
        territory,
        _province([*above, *own]),
        places,
        names[0] if own[1:] else None,
    )


def _are_partners(two: Sequence[Body], so_far: int, partners: int) -> bool:
    """Whether a joint plan's letterhead names a further partner above the `so_far` ones, and no parent."""
    if so_far < partners:
        return True
    kinds = {b.kind for b in two}
    return len(kinds) == 1 or kinds <= _PEERS


def _name(body: Body, above: Sequence[Body], found: Sequence[Body], reading: Reading) -> str:
    """The body's name, with the body's above it where it is a part of that, with a territory where it has none."""
    name = natural(body.printed, reading.text, reading.folded)
    index = found.index(body)
    if body.kind == "part" and body.territory() is None and index > 0:
        return f"{name} {natural(found[index - 1].printed, reading.text, reading.folded)}"
    territory = next((t for b in reversed(above) if (t := b.territory())), None)
    return name if territory is None or body.territory() is not None else _with_name(name, territory)


def _level(body: Body, territory: Territory | None, *, central: bool = False) -> IssuerLevel:
    if body.kind == "institution":
        return IssuerLevel.OTHER
    if body.means.get("level") and (territory is None or territory.type == "thành phố"):
        return IssuerLevel(body.means["level"])
    if territory is not None:
        return level_of(territory)
    return IssuerLevel.CENTRAL if central or body.kind == "central" else IssuerLevel.OTHER


def level_of(territory: Territory) -> IssuerLevel:
    """The level of government of a territory."""
    if is_province(territory.type, territory.name):
        return IssuerLevel.PROVINCE
    return IssuerLevel(levels()[territory.type])


def _province(found: Sequence[Body]) -> str | None:
    """The province that a letterhead names."""
    named = (b.territory() for b in found)
    return next((t.name for t in named if t and level_of(t) is IssuerLevel.PROVINCE), None)


def of_lead(reading: Reading, start: int, end: int) -> Body | None:
    """The body that "xây dựng Kế hoạch" in the lead paragraph: the last one named before the verb, in its clause."""
    folded = reading.folded
    for plan in reversed(list(re.finditer(r"(?<!\w)kế\s*hoạch(?!\w)", folded[start:end]))):
        before = folded[max(start, start + plan.start() - 60) : start + plan.start()]
        first = start + plan.start() - len(before)
        verbs = (first + m.start() for m in _verb().finditer(before))
        stop = next((v for v in verbs if reading.text[v].islower()), None)  # "xã Đình Lập" is a name
        if stop is None:
            continue
        body = _last_body(reading, max(start, stop - 160), stop)
        if body is not None:
            return body
    return None


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('plan_verbs').pattern})(?=\s+(?:[^\W\d_]+\s+){{0,4}}\Z)")


def of_attachment(reading: Reading, start: int, end: int) -> Body | None:
    """The body whose decision a plan came with: "(Kèm theo Quyết định số … của UBND huyện Vân Đồn)"."""
    attached = next(
        (m for m in either("attached").finditer(reading.folded, start, end) if _in_brackets(reading, m)), None
    )
    if attached is None:
        return None
    stop = reading.text.find(")", attached.end(), end)
    stop = stop if stop >= 0 else end
    found = body_start().finditer(reading.folded, attached.end(), stop)
    match = next((m for m in found if reading.folded[m.start() - 1].isspace()), None)
    if match is None:
        return None
    text, folded = reading.text[match.start() : stop], reading.folded[match.start() : stop]
    return Body((Piece(match.start(), stop, text, folded),), _means(reading.folded, match))


def _in_brackets(reading: Reading, match: re.Match[str]) -> bool:
    return reading.text[: match.start()].rstrip().endswith("(")


def _last_body(reading: Reading, start: int, end: int) -> Body | None:
    """The body whose name ends where the verb begins."""
    clauses = [m.end() for m in _CLAUSE.finditer(reading.text, start, end) if m[0] != "\n"]
    for begin in (clauses[-1] if clauses else start, start):
        names = [(t.start, t.end) for t in territories(reading.text, reading.folded, begin, end)]
        found = [
            m
            for m in body_start().finditer(reading.folded, begin, end)
            if reading.text[m.start()].isupper() and not any(a < m.start() < b for a, b in names)  # "xã Kiên Đài"
        ]
        if found:
            match = found[-1]
            if len(found) > 1 and not reading.text[found[-2].end() : match.start()].strip():
                match = found[-2]  # "Ban Thường trực Ủy ban MTTQ": one name
            piece = Piece(match.start(), end, reading.text[match.start() : end], reading.folded[match.start() : end])
            trimmed = piece.part(0, len(piece.text.rstrip(" ,:\n")))
            return Body((trimmed,), _means(reading.folded, match)) if trimmed else None
    return None


def of_signature(capacity: Piece | None) -> Body | None:
    """The body on whose behalf the signer signs: "TM. ỦY BAN NHÂN DÂN"."""
    if capacity is None:
        return None
    match = body_start().search(capacity.folded)
    part = capacity.part(match.start(), len(capacity.text)) if match else None
    if match is None or part is None:
        return None
    position = either("positions").search(part.folded)
    bare = part.part(0, position.start()) if position and position.start() else part
    return Body((bare or part,), _means(capacity.folded, match))


def completed(body: Body, territory: Mention[Territory] | None, reading: Reading) -> Issuer:
    """The issuer that a body without its territory's name ("UBND phường") and the plan's territory make."""
    own = body.territory()
    name = natural(body.printed, reading.text, reading.folded)
    places = [(p.start, p.end) for p in body.pieces]
    if own is None and territory is not None and body.kind != "institution":
        own = territory.value
        name = _with_name(name, own)
        places.append((territory.start, territory.end))
    province = own.name if own and level_of(own) is IssuerLevel.PROVINCE else None
    return Issuer(name, _level(body, own), own or (territory.value if territory else None), province, tuple(places))


def _with_name(name: str, territory: Territory) -> str:
    """The name with the territory's: "UBND phường" and phường Hòa Bình: "UBND phường Hòa Bình"."""
    kind = re.search(rf"\s+{re.escape(territory.type)}\Z", fold(name))
    return f"{name[: kind.start()] if kind else name} {territory.type} {territory.name}"
