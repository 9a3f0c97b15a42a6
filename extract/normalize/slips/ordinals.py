"""Ordinals misread at the start of lines -> what the sequence says: after II, "HI." is III; after 4, "9." is 5."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from extract.lexicon import load
from extract.normalize.numbering import RANKS, marker_of
from extract.normalize.slips.slip import roman_by_strokes
from extract.text import LOWER, UPPER

# A line that begins as no sound one does: "HI. NHIỆM VỤ", "l. Mục đích", "s. Khen", "©) 100%"
_DAMAGED = re.compile(
    rf"""\s*(?:
        (?!\d+\s*\.)[IVX]*[HLl1|!TMNUYKÌÍĨỊÏ][IVXHLl1|!ÌÍĨỊÏ]*\s*\.\s*[{UPPER}]{{2}}
      | [lsSzZ|!íìï§$]\s?\.\s*[{UPPER}][{LOWER}]
      | [©€®@¢£&]\s?\)
      | \([lSsz|!]\)
    )""",
    re.VERBOSE,
)
# "HI. NHIỆM VỤ", "IL.MỤC ĐÍCH"
_ROMAN_LIKE = re.compile(
    rf"\s*(?P<label>[IVXHLl1|!TMNUYKJWÌÍĨỊÏ]{{1,6}})(?P<end>\s*[.,:]\s*|(?<=L)\s+)(?=[{UPPER}]{{2}})"
)
# "l. Mục đích", "9. Tập huấn", "s. Khen thưởng"
_ARABIC_LIKE = re.compile(rf"\s*(?P<label>[^\s.()\-–+*/\"“]{{1,2}})(?P<end>\s?[.,]\s*)(?=[{UPPER}][{LOWER}])")
# "©) 100%", "c) Gia cố", "(l) Tổ chức"
_LETTER_LIKE = re.compile(r"\s*(?P<label>[^\s.()\-–+*/\"“]{1,2})(?P<end>\s?\)\s*)(?=\S)")
_PAREN_LIKE = re.compile(r"\s*\((?P<label>[\dlISsz|!]{1,2})(?P<end>\)\s*)(?=\S)")
_ARABIC_IN_CAPITALS = re.compile(rf"\s*(?P<label>\d{{1,2}})\s*\.\s*(?=[{UPPER}]{{2}})")
_NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(slots=True)
class _Place:
    """How far each kind of list has come; a list ends where one above it goes on."""

    last: dict[str, int] = field(default_factory=dict)

    def take(self, style: str, number: int) -> None:
        """Note the ordinal of a line."""
        rank = RANKS[style]
        self.last = {s: n for s, n in self.last.items() if RANKS[s] <= rank}
        self.last[style] = number

    def next(self, style: str) -> int:
        """The ordinal that would go on with a list, or begin one."""
        return self.last.get(style, 0) + 1


def is_damaged_ordinal(text: str) -> bool:
    """Whether a line begins with what is no ordinal but was one, most likely."""
    return _DAMAGED.match(text) is not None


def ordinal_slips(texts: Sequence[str], *, doubtful: bool) -> Iterator[tuple[int, int, int, str]]:
    """The misread ordinals: line, the label's range in it, and the label that was meant.

    `doubtful` says that the text is known to be misread here and there: sound ordinals out of sequence are then put
    right too, where they look like the one that is due.
    """
    place = _Place()
    for i, text in enumerate(texts):
        found = _misread(texts, i, place, doubtful=doubtful)
        if found is not None:
            style, number, (start, end), label = found
            yield i, start, end, label
            place.take(style, number)
        elif (marker := marker_of(text)) is not None and not marker.is_bullet:
            place.take(marker.style, marker.number)


_Found = tuple[str, int, tuple[int, int], str]


def _misread(texts: Sequence[str], i: int, place: _Place, *, doubtful: bool) -> _Found | None:
    for read in (_roman, _arabic, _letter, _paren):
        found = read(texts, i, place, doubtful)
        if found is not None:
            return found
    return None


def _roman(texts: Sequence[str], i: int, place: _Place, doubtful: bool) -> _Found | None:
    match = _ROMAN_LIKE.match(texts[i])
    due = place.next("roman")
    if match is None or due >= len(_NUMERALS):
        return None
    label, meant = match["label"], _NUMERALS[due]
    if label == meant or not _may_be(label, due):
        return None
    if not _is_decided(texts, i, place, doubtful):
        return None
    dotless = not match["end"].strip()  # "L MỤC ĐÍCH": the dot went into the L
    return "roman", due, match.span("label"), meant + "." * dotless


def _may_be(label: str, due: int) -> bool:
    """Whether a label looks like the numeral that is due; where nothing came before, a III is none that lost its I."""
    strokes = roman_by_strokes(label)
    lost = due == 1 and strokes in _NUMERALS and strokes not in {"I", "II"}
    return not lost and _is_near(strokes, _NUMERALS[due])


def _is_decided(texts: Sequence[str], i: int, place: _Place, doubtful: bool) -> bool:
    """Whether nothing speaks against a label having been the Roman numeral that is due."""
    match = _ROMAN_LIKE.match(texts[i])
    label, due = match["label"] if match else "", place.next("roman")
    if label in _NUMERALS:
        return doubtful and due > 1 and _roman_follows(texts, i, due + 1)
    if label.isdigit():
        return doubtful and _is_among_romans(texts, i, due)
    return not place.last.get("upper") and (len(label) > 1 or label in "Hl|!TL")


def _roman_follows(texts: Sequence[str], i: int, number: int) -> bool:
    """Whether the next heading with a Roman numeral has this one, or there is none."""
    for text in texts[i + 1 :]:
        if match := _ROMAN_LIKE.match(text):
            return number < len(_NUMERALS) and roman_by_strokes(match["label"]) == _NUMERALS[number]
    return True


def _is_among_romans(texts: Sequence[str], i: int, due: int) -> bool:
    """Whether the next heading in capitals has the next Roman numeral, and no Arabic one."""
    for text in texts[i + 1 :]:
        if match := _ROMAN_LIKE.match(text) or _ARABIC_IN_CAPITALS.match(text):
            following = match["label"]
            return not following.isdigit() and roman_by_strokes(following) == _NUMERALS[due + 1]
    return False


def _is_near(strokes: str, meant: str) -> bool:
    """The same numeral, or one upright stroke more or less, as a dot or a gap makes of it."""
    if strokes == meant:
        return True
    longer, shorter = sorted((strokes, meant), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[k] == "I" and longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer))
    )


def _arabic(texts: Sequence[str], i: int, place: _Place, doubtful: bool) -> _Found | None:
    match = _ARABIC_LIKE.match(texts[i])
    if match is None:
        return None
    label, due = match["label"], place.next("dot1")
    if "," in match["end"]:
        sure = doubtful and label == str(due) and _fits_after(texts, i, "dot1", due)
        span = match.start("label"), match.end("label") + len(match["end"].rstrip())
        return ("dot1", due, span, f"{due}.") if sure else None
    if label.lstrip("0") == str(due) or label not in _readings("ordinals", str(due)):
        return None
    if label.isdigit():
        sure = doubtful and due > 1 and _fits_after(texts, i, "dot1", due)
    elif label.isalpha() and (label.lower() == "i" or place.last.get("letter", 0) + 1 == _number(label)):
        sure = (label == "l" or (label == "I" and doubtful)) and _is_first(texts, i, due)
    else:
        sure = True
    return ("dot1", due, match.span("label"), str(due)) if sure else None


def _is_first(texts: Sequence[str], i: int, due: int) -> bool:
    """A list begins here: 2 comes next."""
    return due == 1 and _next_number(texts, i, "dot1") == 2


def _fits_after(texts: Sequence[str], i: int, style: str, due: int) -> bool:
    """Whether what follows in the list goes on from the ordinal that is due, or the list ends with it."""
    following = _next_number(texts, i, style)
    return following in {None, 1, due + 1}


def _next_number(texts: Sequence[str], i: int, style: str) -> int | None:
    """The next ordinal of a style before a list above goes on; None where there is none."""
    for text in texts[i + 1 :]:
        marker = marker_of(text)
        if marker is None or marker.is_bullet:
            continue
        if marker.style == style:
            return marker.number
        if RANKS[marker.style] < RANKS[style]:
            return None
    return None


def _letter(texts: Sequence[str], i: int, place: _Place, doubtful: bool) -> _Found | None:
    match = _LETTER_LIKE.match(texts[i])
    due = place.next("letter")
    if match is None or due > len(_LETTERS):
        return None
    label, meant = match["label"], _LETTERS[due - 1]
    if label == meant or label not in _readings("letters", meant):
        return None
    if label.isdigit() and place.next("close") == int(label):
        return None
    known = label in _LETTERS or label.isdigit()
    if known and (not doubtful or due == 1 or not _fits_after(texts, i, "letter", due)):
        return None
    return "letter", due, match.span("label"), meant


def _paren(texts: Sequence[str], i: int, place: _Place, doubtful: bool) -> _Found | None:
    match = _PAREN_LIKE.match(texts[i])
    if match is None or match["label"].isdigit():
        return None
    due = place.next("paren")
    if match["label"] not in _readings("ordinals", str(due)) or (match["label"].isalpha() and not doubtful and due > 1):
        return None
    return "paren", due, match.span("label"), str(due)


def _number(letter: str) -> int:
    return _LETTERS.find(letter.lower()) + 1


@cache
def _readings(section: str, meant: str) -> frozenset[str]:
    """What an ordinal may be read for."""
    return frozenset(map(str, _lexicon()[section].get(meant, ())))


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    return dict(load("slips"))
