"""The lines of a signature, or of several side by side -> who signs, in what position, on whose behalf."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, zip_longest

from extract.find.letterhead.front import Piece, either
from extract.normalize.casing import is_capitals
from extract.normalize.territories import titled
from extract.normalize.wordlists import folded_words
from extract.text import fold

_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d")
_WORD = re.compile(r"\S+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*['’.]?")
_MOST_SIGNATURES = 4
_LONGEST_NAME = 5  # words
_MOST_WORDS = 16  # of names on one line
_LONGEST_POSITION = 70  # characters


@dataclass(frozen=True, slots=True)
class Signature:
    """A signer's name, position, and on whose behalf they sign, each as the piece that it was read from."""

    name: Piece | None = None
    position: Piece | None = None
    capacity: Piece | None = None


def acts_for(piece: Piece) -> re.Match[str] | None:
    """The match of "TM.", "KT." at a line's start, in capitals, or small where a legacy font's capitals came out so."""
    match = either("capacities").match(piece.folded)
    begun = piece.text[: max(match.end(), 2)] if match else ""
    return match if is_capitals(begun) or piece.text == piece.text.lower() else None


@dataclass(slots=True)
class _Block:
    """A signature while its lines come in."""

    capacities: list[Piece] = field(default_factory=list)
    positions: list[Piece] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        return bool(self.capacities or self.positions)

    @property
    def position(self) -> Piece | None:
        """The last line's, which stands above the name."""
        return _position(self.positions[-1]) if self.positions else None

    @property
    def abreast(self) -> int:
        """How many sign on one line, as far as its positions say."""
        return max((len(_held(p)) for row in self.positions if (p := _position(row))), default=0)


def signatures(right: Sequence[Piece]) -> tuple[tuple[Signature, ...], bool]:
    """The signatures, and whether they stand side by side."""
    found: list[Signature] = []
    block = _Block()
    for piece in right:
        if _is_mark(piece):
            continue
        position = _position(piece)
        if acts_for(piece) is not None or _names_body(piece, block):
            block.capacities.append(piece)
        if position is not None:
            block.positions.append(piece)
        elif block.begun and acts_for(piece) is None:
            names = names_on(piece, block.abreast)
            if names and has_surname(names[0]):
                if len(names) > 1:
                    return _abreast(block, names), True
                found.append(_signature(block, names[0]))
                block = _Block()
            block.loose.extend(names[:1])
        if len(found) == _MOST_SIGNATURES:
            break
    if not found and block.begun:
        name = block.loose[0] if block.loose and block.position else None
        found.append(_signature(block, name))
    return tuple(found), len({s.name.column for s in found if s.name}) > 1


def _names_body(piece: Piece, block: _Block) -> bool:
    """A line above the position that says whose signature it is: "CÔNG AN XÃ"."""
    if block.begun or not piece.capitals or _position(piece) is not None:
        return False
    return either("bodies").match(piece.folded) is not None


def _signature(block: _Block, name: Piece | None) -> Signature:
    return Signature(name, block.position, block.capacities[0] if block.capacities else None)


def _abreast(block: _Block, names: list[Piece]) -> tuple[Signature, ...]:
    """Several names on a line: each with its part of the positions' lines and its capacity."""
    positions = _side_by_side(block.positions, len(names))
    if positions is None:
        position = block.position
        held = _held(position) if position else []
        only = names[-1] if held and held[0].start() > 0 else names[0]
        bare = position.part(held[0].start(), len(position.text)) if position and held else position
        return (Signature(only, bare, block.capacities[0] if block.capacities else None),)
    capacities = _of_several(block.capacities, len(names))
    return tuple(Signature(*parts) for parts in zip_longest(names, positions, capacities))


def _held(piece: Piece) -> list[re.Match[str]]:
    """The positions that a line names."""
    return list(either("positions").finditer(piece.folded))


def _side_by_side(rows: Sequence[Piece], count: int) -> list[Piece] | None:
    """The positions in the row that has one a name, in place of those after "KT." what stands below them."""
    at = next((i for i, row in enumerate(rows) if len(_held(row)) == count), None)
    if at is None:
        return None
    row = rows[at]
    edges = [0, *(m.start() for m in _held(row)[1:]), len(row.text)]
    parts = [p for a, b in pairwise(edges) if (p := row.part(a, b))]
    below = iter(rows[at + 1 :])
    return [next(below, p) if either("capacities").match(p.folded) else p for p in parts]


def _of_several(capacities: list[Piece], count: int) -> list[Piece]:
    """The bodies on whose behalf several sign, also where one line names them all: "CÔNG AN XÃ HỘI NÔNG DÂN XÃ"."""
    if len(capacities) == 1:
        line = capacities[0]
        edges = [*(m.start() for m in either("bodies").finditer(line.folded)), len(line.text)]
        parts = [p for a, b in pairwise(edges) if (p := line.part(a, b))]
        if len(parts) == count:
            return parts
    return capacities[:count]


def _is_mark(piece: Piece) -> bool:
    """A note on the signing, a time stamp, a rule: no part of the signature's words."""
    if not any(c.isalpha() for c in piece.text):
        return True
    return bool(_marks().match(piece.folded)) or bool(_STAMP.search(piece.text))


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{either('signing_marks').pattern})")


def _position(piece: Piece) -> Piece | None:
    """The position that a line holds: all of it, or what follows a body or another's position after "KT.", "TM."."""
    found = list(either("positions").finditer(piece.folded))
    if not found or len(piece.text) > _LONGEST_POSITION:
        return None
    capacity = either("capacities").match(piece.folded)
    if capacity is not None:
        after = piece.folded[capacity.end() : found[0].start()].strip(" .")
        begin = found[0].start() if after else found[1].start() if len(found) > 1 else 0
        return piece.part(begin, len(piece.text))
    if not piece.capitals and (found[0].start() > 0 or piece.text.endswith((".", ";", ":", ","))):
        return None
    return piece


def names_on(piece: Piece, abreast: int = 0) -> list[Piece]:
    """The persons named on a line, two to five words each, ranks and degrees left out; `abreast` is how many sign."""
    at = 0
    while title := _honorifics().match(piece.folded, at):
        at = title.end()
    bare = piece.part(at, (piece.text + "(").index("(", at))
    words = list(_WORD.finditer(bare.text)) if bare else []
    if bare is None or not all(_NAME_WORD.fullmatch(w[0]) and w[0][0].isupper() for w in words):
        return []
    body = either("bodies").match(bare.folded)
    if (body and body[0] not in _surnames()) or either("positions").search(bare.folded):
        return []
    if len(words) > _LONGEST_NAME or (abreast > 1 and len(words) >= 2 * abreast):
        edges = [*_name_starts([fold(w[0]) for w in words], abreast), len(words)]
        ends = [*(w.start() for w in words), len(bare.text)]
        if len(edges) > 2:
            return [p for a, b in pairwise(edges) if (p := bare.part(ends[a], ends[b]))]
    return [bare] if 2 <= len(words) <= _LONGEST_NAME else []


def _name_starts(words: list[str], abreast: int) -> list[int]:
    """Where each of several names begins: at surnames, so that most have three words; none where that can't be."""
    best: list[list[tuple[int, list[int]]]] = [[(0, [])]]  # by end: cost and starts
    for end in range(1, min(len(words), _MOST_WORDS) + 1):
        options = [
            (cost + (end - start - 3) ** 2 + 2, [*starts, start])
            for start in range(max(0, end - _LONGEST_NAME), end - 1)
            if words[start] in _surnames()
            for cost, starts in best[start]
        ]
        best.append(sorted(options)[:_MOST_SIGNATURES])
    whole = [starts for _, starts in best[-1] if abreast < 2 or len(starts) == abreast]
    return whole[0] if whole and len(best) > len(words) else []


@cache
def _honorifics() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('honorifics').pattern})(?:\.\s*|,\s*|\s*-\s*|\s+)")


def has_surname(name: Piece) -> bool:
    """Whether a name begins with a Vietnamese surname."""
    return name.folded.split()[0].rstrip(".") in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return folded_words("letterhead", "surnames")


def person(printed: str) -> str:
    """A name in natural case: "NGUYỄN VĂN A" -> "Nguyễn Văn A"."""
    return titled(printed) if is_capitals(printed) else " ".join(printed.split())
