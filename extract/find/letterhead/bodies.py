"""The front's pieces, the lead paragraph or the signature -> the bodies they name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any

from extract.find.letterhead.front import Piece, either, outside
from extract.lexicon import first, is_in, phrases
from extract.model import Reading
from extract.normalize.casing import natural
from extract.normalize.gazetteer import is_listed
from extract.normalize.territories import Territory, ends_in_province, is_province, levels, territories
from extract.normalize.wordlists import folded_words, words
from extract.text import fold, squeezed

_JOINT = re.compile(r"\s*[-–]\s*")
_DASHES = "-–"
_CLAUSE = re.compile(r"[,;.\n]")
_SHORT_FORM = re.compile(r"\([^()\s]{2,12}\)")
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
    def bare(self) -> bool:
        """Whether it is a government's first words and nothing of where: "ỦY BAN NHÂN DÂN"."""
        return self.kind == "government" and self.is_kind()

    def is_kind(self) -> bool:
        """Whether it is its first words and nothing more."""
        return fold(self.printed) in _kinds()

    @property
    def small(self) -> bool:
        """Whether a legacy font's capitals came out small."""
        return self.pieces[-1].text == self.pieces[-1].text.lower()

    def territory(self) -> Territory | None:
        """The territory in its name: after its kind, after "Huyện ủy", or a province's name at its end."""
        return _named_territory(self.printed, self.means)


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return {fold(word): means for word, means in words("letterhead", "bodies")}


@cache
def body_start() -> re.Pattern[str]:
    """The first word of a body's name."""
    return either("bodies")


@cache
def _unions() -> tuple[str, ...]:
    """Names of whole unions, one of which ends in a person's name that a city has too."""
    return tuple(folded_words("letterhead", "union_heads"))


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
    if means["kind"] == "institution" or folded.endswith(_unions()):
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
        if len(piece.text) > _LONGEST_LINE or is_in(phrases("letterhead", "stamps"), piece.folded):
            continue
        if piece.capitals or not (anchor is None or any(b.pieces[0].capitals for b in found)):
            alike = piece.capitals or (bool(found) and found[-1].small and piece.text == piece.text.lower())
            _place(found, piece, following, goes_on=alike and (number is None or piece.start < number))
    found = [_known_whole(b) if len(b.pieces) > 1 else b for b in found]
    return [b for b in found if fold(b.printed) not in _unions()] or found


def _known_whole(body: Body) -> Body:
    """The body with what its words mean where a line broke its first ones: "BAN CHẤP / HÀNH TRUNG ƯƠNG"."""
    folded = fold(body.printed)
    match = body_start().match(folded)
    return replace(body, means=_means(folded, match)) if match else body


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
    """A word broken off a name looks like a body: "UBND THÀNH PHỐ HẢI / PHÒNG"; "CHI BỘ / TRƯỜNG THCS …" is one.

    So does the end of a department's name: "SỞ NÔNG NGHIỆP VÀ MÔI / TRƯỜNG".
    """
    if _is_unnamed(body) and (means := _opening(piece, None)) and means["kind"] in ("institution", "department"):
        return True
    if len(piece.text.split()) > 2 or body_start().match(piece.folded) is None:
        return False
    if _is_department(body) < _is_department(Body((*body.pieces, piece), body.means)):
        return True
    open_kind = body.open_kind()
    if open_kind is not None:
        return is_listed(open_kind, piece.text)
    territory, whole = body.territory(), Body((*body.pieces, piece), body.means).territory()
    if territory is None or whole is None or whole.name == territory.name:
        return False
    known = is_listed(whole.type, whole.name) and not is_listed(territory.type, territory.name)
    return known or is_province(whole.type, whole.name)


def _is_department(body: Body) -> bool:
    """Whether what follows the body's first word is a department's whole name: "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"."""
    rest = fold(body.printed).partition(" ")[2]
    found = first(phrases("units", "departments"), rest)
    return found is not None and found[1].end() == len(rest)


def _is_unnamed(body: Body) -> bool:
    """A Party body or a union that does not say of what."""
    return body.kind in ("party", "mass") and body.is_kind()


def _parts(piece: Piece) -> list[Piece]:
    """The bodies that a joint plan's line names with a dash between: "SỞ Y TẾ - SỞ NỘI VỤ"."""
    cuts = [m for m in _JOINT.finditer(piece.folded) if body_start().match(piece.folded, m.end())]
    edges = [(0, 0), *(m.span() for m in cuts), (len(piece.text), len(piece.text))]
    parts = [piece.part(a[1], b[0]) for a, b in pairwise(edges)]
    return [p for p in parts if p is not None]


def of_lead(reading: Reading, start: int, end: int) -> Body | None:
    """The body that "xây dựng Kế hoạch" in the lead paragraph: the last one named before the verb, in its clause."""
    folded = reading.folded
    for plan in reversed(list(re.finditer(r"(?<!\w)kế\s*hoạch(?!\w)", folded[start:end]))):
        before = folded[max(start, start + plan.start() - 60) : start + plan.start()]
        first = start + plan.start() - len(before)
        verb = _verb().search(before)
        while verb is not None and _is_name(reading.text[first + verb.start() : first + verb.end()]):
            verb = _verb().search(before, verb.start() + 1)
        if verb is None:
            continue
        stop = first + verb.start()
        body = _last_body(reading, max(start, stop - 160), stop)
        if body is not None:
            return body
    return None


def _is_name(printed: str) -> bool:
    """Whether a verb's words are a name's: "xã Đình Lập"; but "Xây dựng" only begins with a capital."""
    return all(word[0].isupper() for word in printed.split())


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
            if len(found) > 1 and reading.text[found[-2].end() : match.start()].strip() in ("", "("):
                match = found[-2]  # "Ban Thường trực Ủy ban MTTQ", "Ủy ban nhân dân (UBND) tỉnh": one name
            piece = Piece(match.start(), end, reading.text[match.start() : end], reading.folded[match.start() : end])
            trimmed = piece.part(0, len(piece.text.rstrip(" ,:\n")))
            short = [m.span() for m in _SHORT_FORM.finditer(reading.text, match.start(), end)]
            return Body(tuple(outside([trimmed], short)), _means(reading.folded, match)) if trimmed else None
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
