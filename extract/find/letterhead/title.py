"""The front's pieces -> the heading KẾ HOẠCH and the title under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from extract.find.letterhead.front import Piece, either
from extract.lexicon import Phrase, is_in, phrases
from extract.text import unaccented

_LETTERS = re.compile(r"[\W\d_]+")
_PLAN = re.compile(r"kế\s*hoạch(?!\w)")
_LONGEST_HEADING = 24  # characters, with blanks between all letters
# "I.", "1.", "A.", "1.1", "Phần I", "Điều 1"
_NUMBERED = re.compile(
    r"\s*(?!v/v)(?:[ivx]{1,5}|\d{1,2}|[a-h])\s*[.)/]\s*(?!\d*/)|(?:phần|điều|mục|chương)\s+(?:thứ\s|[ivx\d])"
)
_SENTENCE_END = (".", ";", ":", "./.")
_CITES = re.compile(r"\d\s?[-/]\s?[^\W\d_]{2}")
_MOST_LINES = 9
_FEWEST_WORDS = 3  # of a title without KẾ HOẠCH
_LONGEST_TITLE = 400  # characters
_FULL_LINE = 55  # characters; a shorter line was ended on purpose


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a document says what it is: the piece, where its words end in it, and whether several bodies sign."""

    kind: str
    index: int
    tail: int
    joint: bool = False


def find_heading(front: Sequence[Piece]) -> Heading | None:
    """The plan's heading: the last line of only KẾ HOẠCH in capitals, else a weaker form of it, else another kind's."""
    letters = [_letters(p.text) if len(p.text) < _LONGEST_HEADING else "" for p in front]
    alone = [
        i
        for i, word in enumerate(letters)
        if word == "kehoach" or (word == "hoach" and "ke" in letters[max(0, i - _MOST_LINES) : i])
    ]  # wide between its letters, it may stand in two columns
    capital = [i for i in alone if front[i].capitals]
    begins = [i for i, p in enumerate(front) if _PLAN.match(p.folded) and p.text[:8].isupper()]
    if capital or begins or alone:
        index = (capital or [_last_alike(front, i) for i in begins[:1]] or alone)[-1]
        return _plan(front, index)
    for i, piece in enumerate(front):
        other = _other(piece)
        if other is not None:
            return Heading(other.means["code"], i, len(piece.text))
        if (run_on := _run_on(piece)) is not None:
            return Heading(run_on[0].means["code"], i, run_on[1])
    loose = [
        i for i, p in enumerate(front) if _PLAN.match(p.folded) and p.text[:1].isupper() and not _CITES.search(p.text)
    ]
    return _plan(front, _last_alike(front, loose[0])) if loose else None


def _last_alike(front: Sequence[Piece], index: int) -> int:
    """The last line with the same words; a page's headline stands over its menus and again over the text."""
    return max(i for i, p in enumerate(front) if p.folded == front[index].folded)


def whole_heading(front: Sequence[Piece]) -> list[Piece]:
    """The pieces with KẾ and HOẠCH in one, where a narrow column broke them over two lines."""
    found: list[Piece] = []
    for piece in front:
        last = found[-1] if found else None
        if (
            last
            and len(last.text) + len(piece.text) < _LONGEST_HEADING
            and _letters(last.text + piece.text) == "kehoach"
        ):
            gap = " " * (piece.start - last.end)
            found[-1] = replace(
                last, end=piece.end, text=last.text + gap + piece.text, folded=last.folded + gap + piece.folded
            )
        else:
            found.append(piece)
    return found


def _letters(text: str) -> str:
    """The letters without marks, which a scan loses, and without blanks, which some headings have between them."""
    return _LETTERS.sub("", unaccented(text))


def decision_before(front: Sequence[Piece], heading: Heading | None) -> int | None:
    """The index of QUYẾT ĐỊNH above the plan's heading, where the plan came with a decision."""
    if heading is None or heading.kind != "KH":
        return None
    return next((i for i in range(heading.index) if (o := _other(front[i])) and o.means["code"] == "QĐ"), None)


def _other(piece: Piece) -> Phrase | None:
    if not piece.capitals or len(piece.text) > 60:
        return None
    return next((p for p in phrases("letterhead", "other_headings") if p.find(piece.folded)), None)


def _run_on(piece: Piece) -> tuple[Phrase, int] | None:
    """Another kind's heading in capitals with the title behind it on its line, and where the heading ends."""
    if piece.capitals or not piece.text[:4].isupper():
        return None
    found = ((p, m.end()) for p in phrases("letterhead", "other_headings") if (m := p.find(piece.folded)))
    return next(((p, end) for p, end in found if piece.text[:end].isupper()), None)


def _plan(front: Sequence[Piece], index: int) -> Heading:
    piece = front[index]
    match = _PLAN.match(piece.folded)
    end = match.end() if match else len(piece.text)
    tail = _tails().match(piece.folded, end)
    return Heading("KH", index, tail.end() if tail else end, joint=tail is not None)


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{either('plan_tails').pattern})(?=\W*\Z)")


def find_title(front: Sequence[Piece], heading: Heading) -> tuple[Piece, ...]:
    """The pieces of the title: the rest of the heading's line, and the lines under it to the preamble."""
    first = front[heading.index].part(heading.tail, len(front[heading.index].text))
    title = [first] if first and any(c.isalpha() for c in first.text) else []
    for piece in front[heading.index + 1 : heading.index + 1 + _MOST_LINES]:
        if _ends_before(piece, title, front, heading):
            break
        whole = _before_attachment(piece)
        if whole is not None:
            title.append(whole)
        if whole is None or whole.end != piece.end:
            break
    return tuple(title)


def capitals_from(front: Sequence[Piece]) -> tuple[Piece, ...]:
    """The lines in capitals that the pieces begin with, rules and stamps left out: a title without its KẾ HOẠCH."""
    lines = [p for p in front if any(c.isalpha() for c in p.text) and not _is_stamp(p)]
    title = list(takewhile(lambda p: p.capitals and not _NUMBERED.match(p.folded), lines))[:_MOST_LINES]
    return tuple(title) if sum(len(p.text.split()) for p in title) >= _FEWEST_WORDS else ()


def _is_stamp(piece: Piece) -> bool:
    return is_in(phrases("letterhead", "stamps"), piece.folded)


def _before_attachment(piece: Piece) -> Piece | None:
    """The piece up to "(Ban hành kèm theo …", None where it begins so."""
    match = either("attached").search(piece.folded)
    if match is None:
        return piece
    bracket = piece.text.rfind("(", 0, match.start() + 1)
    if bracket < 0 and match.start() > 0:
        return piece
    return piece.part(0, max(bracket, 0))


def _ends_before(piece: Piece, title: Sequence[Piece], front: Sequence[Piece], heading: Heading) -> bool:
    """Whether the title is over before this line."""
    if not any(c.isalnum() for c in piece.text) or _NUMBERED.match(piece.folded):
        return True
    if piece.text[0] == "(" and _is_stamp(piece):
        return True
    opener = _opener(piece)
    if not title:
        return opener is not None and opener.means["always"] and _is_paragraph(piece, front)
    last = title[-1]
    if last.end <= front[heading.index].end:  # so far only what stood beside KẾ HOẠCH
        opens = opener is not None or (last.capitals and not piece.capitals and not _breaks_off(last))
        return opens and _is_paragraph(piece, front)
    # a report's title goes on with what comes next: "… năm 2025;", "phương hướng, nhiệm vụ năm 2026"
    parted = heading.kind == "BC" and last.text.endswith(";") and not _is_paragraph(piece, front)
    over = (last.text.endswith(_SENTENCE_END) and not parted) or (last.bold and title[0].bold and not piece.bold)
    if over or (_is_authority(piece, heading) and not _breaks_off(last)):
        return True
    return not _goes_on(last, piece, opener, front)


def _is_authority(piece: Piece, heading: Heading) -> bool:
    """Whether a line is who decides, as it stands under a decision's title: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …"."""
    if heading.kind == "KH" or not piece.capitals:
        return False
    return (either("authorities").match(piece.folded) or either("positions").match(piece.folded)) is not None


def _goes_on(last: Piece, piece: Piece, opener: Phrase | None, front: Sequence[Piece]) -> bool:
    """Whether a line is the title's next: by case, by the last line's last word, else if no paragraph begins there."""
    if opener is not None and opener.means["always"] and piece.text[:1].isupper() and not piece.capitals:
        return False
    if piece.capitals and last.capitals:
        return True
    if opener is not None and _is_paragraph(piece, front) and not piece.capitals:
        return False
    if _breaks_off(last) or (piece.text[:1].islower() and not _is_paragraph(piece, front)):
        return True
    return not _is_paragraph(piece, front)


def _breaks_off(piece: Piece) -> bool:
    """Whether a line ends in a word that something has to follow: "của", "số", a comma."""
    return either("goes_on", anchored=True).search(piece.folded) is not None


def _is_paragraph(piece: Piece, front: Sequence[Piece]) -> bool:
    """Whether running text begins here: its lines go on to an end mark, or are many, or cite a document."""
    run = _run(piece, front)
    return (
        run[-1].text.endswith(_SENTENCE_END)
        or sum(len(p.text) for p in run) > _LONGEST_TITLE
        or bool(_CITES.search(piece.text) and piece.text[:1].isupper())
    )


def _run(piece: Piece, front: Sequence[Piece]) -> list[Piece]:
    """The lines of the paragraph that begins here: full ones are followed by its next, to an end mark."""
    run = [piece]
    for following in front[front.index(piece) + 1 :]:
        wrapped = following.text[:1].islower() or (
            (len(run[-1].text) > _FULL_LINE or _breaks_off(run[-1])) and _opener(following) is None
        )
        if run[-1].text.endswith(_SENTENCE_END) or not wrapped or _NUMBERED.match(following.folded):
            break
        run.append(following)
    return run


def _opener(piece: Piece) -> Phrase | None:
    return next((p for p in _openers() if p.find(piece.folded)), None)


@cache
def _openers() -> tuple[Phrase, ...]:
    return phrases("letterhead", "preamble")
