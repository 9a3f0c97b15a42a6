"""The lines after the body -> who signs, and who gets it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.find.letterhead.front import Piece, either
from extract.lexicon import load
from extract.normalize.casing import is_capitals
from extract.normalize.places import titled
from extract.text import fold

_BULLET = re.compile(r"^\s*(?:[-–+•*·]|\d{1,2}[.)])\s*")
_COLON = re.compile(r"^[\s:.;-]*")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?")
_APPENDIX = re.compile(r"\W*(?:phụ\s*lục|biểu\s+mẫu|mẫu\s+số)\b")
_MOST_LINES = 90
_LONGEST_NAME = 5  # words
_LONGEST_POSITION = 70  # characters


@dataclass(frozen=True, slots=True)
class Closing:
    """The signature block and the recipients, each part as the piece that it was read from."""

    name: Piece | None = None
    position: Piece | None = None
    capacity: Piece | None = None
    recipients: tuple[tuple[Piece, ...], ...] = ()


def find_closing(after: Sequence[Piece]) -> Closing:
    """The first signature in the lines after the body and the list under "Nơi nhận", also where columns ran together."""
    left: list[list[Piece]] = []
    right: list[Piece] = []
    listing = False
    for piece in after[:_MOST_LINES]:
        if right and _APPENDIX.match(piece.folded):
            break
        heading = either("recipients_heading", blanks=False).match(piece.folded)
        line = _beside(piece, heading.end()) if heading else piece
        listing = listing or heading is not None
        if line is None:
            continue
        if left and not right and line.text[:1].islower():
            left[-1].append(line)
        elif heading or (listing and _is_recipient(line, started=bool(right))):
            mine, theirs = _split(line)
            left.extend([mine] for mine in (mine,) if mine)
            right.extend(filter(None, [theirs]))
        else:
            right.append(line)
    return _signed(right, _recipients(left))


def opens_closing(piece: Piece) -> bool:
    """Whether a line begins the recipients' list or a signature ("TM. ỦY BAN NHÂN DÂN")."""
    if either("recipients_heading", blanks=False).match(piece.folded):
        return True
    capacity = either("capacities").match(piece.folded)
    return capacity is not None and is_capitals(piece.text[: max(capacity.end(), 2)]) and len(piece.text) < 80


def _beside(piece: Piece, at: int) -> Piece | None:
    """What stands on the line of "Nơi nhận:"."""
    colon = _COLON.match(piece.text[at:])
    return piece.part(at + (colon.end() if colon else 0), len(piece.text))


def _is_recipient(piece: Piece, *, started: bool) -> bool:
    """A line with a bullet, or before the signature one with a list's end mark."""
    return bool(_BULLET.match(piece.text)) or (not started and piece.text.endswith((";", ",", ".")) and not piece.capitals)


def _split(piece: Piece) -> tuple[Piece | None, Piece | None]:
    """A line of the list and what ran into it from the signature: "- Lưu: VT. Nguyễn Văn A"."""
    for match in _signature_start().finditer(piece.folded):
        if match.start() == 0 and not is_capitals(piece.text[:12]):
            continue
        begun = piece.text[match.start() : match.end()]
        if is_capitals(begun):
            return piece.part(0, match.start()), piece.part(match.start(), len(piece.text))
    for mark in re.finditer(r"(?<=[.;)])\s+(?=[^\W\d_])", piece.text):
        rest = piece.part(mark.end(), len(piece.text))
        if rest and (name := _name(rest)) and _surname(name):
            return piece.part(0, mark.start()), rest
    return piece, None


@cache
def _signature_start() -> re.Pattern[str]:
    return re.compile(f"{either('capacities').pattern}|{either('positions').pattern}")


def _recipients(left: Sequence[Sequence[Piece]]) -> tuple[tuple[Piece, ...], ...]:
    """The list's items without bullets, each with the lines it goes on over."""
    found: list[tuple[Piece, ...]] = []
    for first, *others in left:
        bullet = _BULLET.match(first.text)
        bare = first.part(bullet.end() if bullet else 0, len(first.text))
        if bare is not None and any(c.isalpha() for c in bare.text):
            found.append((bare, *others))
    return tuple(found)


def _signed(right: Sequence[Piece], recipients: tuple[tuple[Piece, ...], ...]) -> Closing:
    """The last position before the first name, and that name."""
    capacity: Piece | None = None
    position: Piece | None = None
    loose: Piece | None = None
    for piece in right:
        if _marked(piece):
            continue
        start = either("capacities").match(piece.folded)
        held = _position(piece)
        if start and is_capitals(piece.text[: max(start.end(), 2)]):
            capacity = capacity or piece
            position = held or position
        elif held is not None:
            position = held
        elif position is not None or capacity is not None:
            name = _name(piece)
            if name is not None and _surname(name):
                return Closing(name, position, capacity, recipients)
            loose = loose or name
    return Closing(loose if position else None, position, capacity, recipients)


def _marked(piece: Piece) -> bool:
    """A note on the signing, a time stamp, a rule: no part of the signature's words."""
    return not any(c.isalpha() for c in piece.text) or bool(_marks().match(piece.folded)) or bool(_STAMP.search(piece.text))


_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d")


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
    return _one_column(piece)


def _one_column(piece: Piece) -> Piece:
    """The position without a second column's copy of it ("GIÁM ĐỐC GIÁM ĐỐC")."""
    half = len(piece.folded) // 2
    same = piece.folded[:half].strip() == piece.folded[half:].strip()
    return (piece.part(0, half) if same else None) or piece


def _name(piece: Piece) -> Piece | None:
    """A person's name: two to five words, each with a capital, ranks and degrees before it left out."""
    at = 0
    while title := _honorifics().match(piece.folded, at):
        at = title.end()
    bare = piece.part(at, len(piece.text))
    if bare is None:
        return None
    words = bare.text.split()
    second = next((i for i in range(3, len(words) - 1) if fold(words[i]) in _surnames()), None)
    if len(words) > _LONGEST_NAME and second is not None:  # two names side by side
        bare = bare.part(0, bare.text.index(words[second], len(" ".join(words[:second])))) or bare
        words = words[:second]
    if not 2 <= len(words) <= _LONGEST_NAME or not all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in words):
        return None
    return None if either("bodies").match(bare.folded) or either("positions").search(bare.folded) else bare


@cache
def _honorifics() -> re.Pattern[str]:
    words = [fold(p) for e in load("letterhead")["honorifics"] for p in e["phrases"]]
    ordered = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{ordered})(?:\.\s*|,\s*|\s*-\s*|\s+)")


def _surname(name: Piece) -> bool:
    return name.folded.split()[0].rstrip(".") in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(p) for e in load("letterhead")["surnames"] for p in e["phrases"])


def person(printed: str) -> str:
    """A name in natural case: "NGUYỄN VĂN A" -> "Nguyễn Văn A"."""
    return titled(printed) if is_capitals(printed) else " ".join(printed.split())
