"""Whether a printed line goes on with the one before it: how a text is wrapped, read off the text itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise

from extract.lexicon import every, first, load, phrases
from extract.model import Line
from extract.normalize.labels import ends_with_label, opens_with_label
from extract.normalize.numbering import Marker, marker_of
from extract.normalize.units import is_unit_list
from extract.text import LOWER, UPPER, fold


class Wrap(Enum):
    """How lines end: with the paragraph, at the page's right edge, or anywhere (a converter broke them)."""

    NONE = "none"
    FULL = "full"
    RAGGED = "ragged"


@dataclass(frozen=True, slots=True)
class Layout:
    """`width` is the usual length of a full line in characters; `gaps` says that blank lines part paragraphs."""

    wrap: Wrap = Wrap.NONE
    width: int = 0
    gaps: bool = False


_ENDED = re.compile(r"(?:[.;:!?…]|\./\.|/\.)[\"”’)\]]*\s*$")
_LOWER_START = re.compile(rf"\s*[\"“‘'(\[]?[{LOWER}]")
_CAPS_ONLY = re.compile(rf"[^{LOWER}]*[{UPPER}][^{LOWER}]*")
_LINK_START = re.compile(r"\s*<?(?:https?://|www\.)")
_TAIL = re.compile(r"[^;:.,()]*$")
_DOCUMENT_NUMBER = re.compile(rf"\d{{1,5}}/[{UPPER}][{UPPER}{LOWER}]{{0,8}}[-–/][{UPPER}]")  # "số" / "34/CTr-UBND"
_SYLLABLES = re.compile(r"[^\W\d_]+")
_LONGEST_MARK = 6  # characters of an ordinal and its blanks
_LONGEST_HEAD = 80  # characters of a heading's first line
_FEWEST_BEFORE_CITATION = 6  # words of a numbered item that a citation may go on with
_FIGURE_START = re.compile(r"\s*(?:\d|[IVX]{1,4}\b)")
_YEAR_END = re.compile(r"\b(?:19|20)\d\d\s*$")
_NUMBER_RANGE = re.compile(r"\s*[-–]\s*\d+(?:,\d+)?\s*%")
_YEAR_RANGE = re.compile(r"\s*[-–]\s*(?:19|20)\d\d\b")


def layout_of(lines: Sequence[Line]) -> Layout:
    """How the lines of a document are wrapped."""
    texts = [line for line in lines if line.text.strip()]
    lengths = sorted(len(line.text.strip()) for line in texts if not line.whole)
    if len(lengths) < 8 or lengths[int(len(lengths) * 0.97)] > 170:
        return Layout(gaps=_gaps_matter(texts))
    width = lengths[int(len(lengths) * 0.9)]
    continued = [(a, b) for a, b in pairwise(texts) if not a.whole and _goes_on(a.text, b.text)]
    if len(continued) < max(3, len(texts) * 0.08):
        return Layout(gaps=_gaps_matter(texts))
    short = sum(len(a.text.strip()) < 0.75 * width for a, _ in continued)
    wrap = Wrap.RAGGED if short > 0.25 * len(continued) else Wrap.FULL
    return Layout(wrap, width, _gaps_matter(texts))


def _goes_on(text: str, following: str) -> bool:
    """The plain case: an unfinished line, and a small letter after it."""
    return not _ENDED.search(text[-8:]) and bool(_LOWER_START.match(following)) and marker_of(following) is None


def _gaps_matter(lines: Sequence[Line]) -> bool:
    """Blank lines stand between paragraphs, and hardly ever inside one."""
    pairs = list(pairwise(lines))
    gaps = sum(b.gap for _, b in pairs)
    if not gaps or gaps > 0.9 * len(pairs):
        return False
    opening = [b.gap for _, b in pairs if marker_of(b.text) is not None]
    if sum(opening) < 0.5 * len(opening):
        return False
    inside = [b.gap for a, b in pairs if _goes_on(a.text, b.text)]
    return len(inside) >= 5 and sum(inside) < 0.2 * len(inside)


def joins(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether `line` goes on with the paragraph that `group` is so far."""
    last, text = group[-1].text.rstrip(), line.text
    if len(group) == 1 and text.isupper() and last.isupper() and _breaks_inside_word(group[-1], line):
        return True
    if group[-1].whole or not last or last.endswith("|") or _begins(group, text):
        return False
    if len(group) == 1 and _completes_heading(group[-1], line):
        return True
    ended = bool(_ENDED.search(last[-8:]))
    if text.startswith("(") and (marker := marker_of(text)) is not None and _counts_on(group, text, marker):
        return True
    small = _LOWER_START.match(text) and (not ended or (last.endswith(";") and layout.wrap is not Wrap.NONE))
    if small or (_LINK_START.match(text) and (not ended or last.endswith(":"))):
        return True
    return (not ended and _opens(last, text)) or _unclear(group, line, layout, ended=ended)


def _completes_heading(heading: Line, line: Line) -> bool:
    """Below "Phần I" its name, or below "I. QUAN ĐIỂM" what its name goes on with, both in capitals."""
    marker = marker_of(heading.text) if len(heading.text) < _LONGEST_HEAD else None
    if marker is None or marker.is_bullet or not _CAPS_ONLY.fullmatch(line.text):
        return False
    if marker.style == "part" and marker.end == len(heading.text):
        return True
    goes_on = first(phrases("lines", "heading_goes_on"), fold(line.text[:40]))
    return goes_on is not None and bool(_CAPS_ONLY.fullmatch(heading.text))


def _breaks_inside_word(heading: Line, line: Line) -> bool:
    """Whether a numbered heading in capitals is broken between two syllables of a word: "NHIỆM" / "VỤ, GIẢI PHÁP"."""
    marker = marker_of(heading.text)
    if marker is None or marker.is_bullet or marker_of(line.text) is not None:
        return False
    before, behind = _SYLLABLES.findall(fold(heading.text)), _SYLLABLES.findall(fold(line.text))
    return bool(before and behind) and (before[-1], behind[0]) in _words_of_headings()


@cache
def _words_of_headings() -> frozenset[tuple[str, str]]:
    """Syllables that follow one another in the words that sections are called by."""
    return frozenset(pair for word in load("lines")["words_of_headings"] for pair in pairwise(fold(word).split()))


def _begins(group: Sequence[Line], text: str) -> bool:
    """A line that has a marker or a label begins a paragraph, unless what looks like a marker is the sentence's."""
    last, marker = group[-1].text.rstrip(), marker_of(text)
    if marker is not None:
        return not (_broken_inside(last, text, marker) or _counts_on(group, text, marker))
    if last.endswith(".") and opens_with_label(text):
        return True
    return opens_with_label(text) and not opens_with_label(f"{_TAIL.search(last)[0]} {text.strip()}")  # type: ignore[index]


def _unclear(group: Sequence[Line], line: Line, layout: Layout, *, ended: bool) -> bool:
    """Whether a line with a capital, a figure or a quotation mark goes on with the sentence before it."""
    last, text = group[-1].text.rstrip(), line.text.strip()
    if (layout.gaps and line.gap) or first(phrases("lines", "begins"), fold(text[:30])) is not None:
        return False
    if layout.wrap is Wrap.NONE:
        return not ended and text[:1] in '“"(' and not _headlike(group)
    if _headlike(group) or last.endswith(":"):
        if not ended and _breaks_before_citation(group, text):
            return True
        return (last.endswith(":") and ends_with_label(last)) or _both_caps(group, line, layout)
    if layout.wrap is Wrap.RAGGED:
        return not ended or (layout.gaps and not line.gap)
    return _fills(group, last, text, layout, ended=ended)


def _fills(group: Sequence[Line], last: str, text: str, layout: Layout, *, ended: bool) -> bool:
    """In lines filled to a width, one that had room for the next word ends its paragraph."""
    below_name = _opens_duty_below_name(group, text)
    indent = 0.1 * layout.width if len(group) == 1 and not below_name else 0
    reach = len(last) + indent + len(text.split(maxsplit=1)[0]) + 1
    voluntary = reach < (0.92 if ended or below_name else 0.85) * layout.width
    if layout.gaps:
        return not (voluntary and ended)
    if ended:
        if _CAPS_ONLY.fullmatch(text):
            return False
        return not voluntary and marker_of(group[0].text) is not None and len(last) >= 0.97 * layout.width
    return not voluntary


def _opens_duty_below_name(group: Sequence[Line], text: str) -> bool:
    """A line that begins with what is to be done, below a numbered one that is nothing but who does it."""
    marker = marker_of(group[0].text)
    if marker is None or marker.is_bullet or len(group) > 1 or not text[:1].isupper():
        return False
    return first(phrases("verbs", "actions"), fold(text[:24])) is not None and is_unit_list(group[0].text[marker.end :])


def _broken_inside(last: str, text: str, marker: Marker) -> bool:
    """The mark is no mark: the line before breaks off inside a name or a number ("Lao động" / "- Thương binh")."""
    if marker.is_bullet:
        return _is_dash(last, text)
    if text[:1].isdigit() and _DOCUMENT_NUMBER.match(text):
        return True
    if marker.style == "roman":  # "quý" / "III-2026"
        return first(phrases("lines", "open_before_figure"), fold(last[-24:])) is not None
    return last.endswith(",") and text[marker.end : marker.end + 1].islower()


def _is_dash(last: str, text: str) -> bool:
    """Whether a bullet is the dash of a range of years or shares, or inside a name."""
    if _YEAR_END.search(last[-12:]) and _YEAR_RANGE.match(text):
        return True
    if last[-1:].isdigit() and _NUMBER_RANGE.match(text):
        return True
    if _ENDED.search(last[-8:]):
        return False
    joint = fold(last[-30:] + " " + text.lstrip()[:30])
    seam = len(last[-30:]) + 1
    return any(m.start() < seam < m.end() for m in every(phrases("lines", "dashed_names"), joint))


def _counts_on(group: Sequence[Line], text: str, marker: Marker) -> bool:
    """The mark goes on with those inside the sentence: after "…, gồm: (1) rà soát;" a line that begins with "(2)".

    So does one whose own line goes on to "(2)", below "…, gồm:".
    """
    if marker.style != "paren" or not marker.label.isdigit() or group[-1].text.rstrip().endswith("."):
        return False
    if marker.number == 1:
        return group[-1].text.rstrip().endswith(":") and "(2)" in text and "(1)" not in text[_LONGEST_MARK:]
    before = f"({marker.number - 1})"
    return any(before in line.text[_LONGEST_MARK if i == 0 else 0 :] for i, line in enumerate(group))


def _opens(last: str, text: str) -> bool:
    """The line ends with a word that nothing ends with, or that a figure must follow where one does."""
    if last.endswith((",", "(", "-", "–", "/")):
        return True
    folded = fold(last[-24:])
    if first(phrases("lines", "open_ends"), folded) is not None:
        return True
    return _FIGURE_START.match(text) is not None and first(phrases("lines", "open_before_figure"), folded) is not None


def _headlike(group: Sequence[Line]) -> bool:
    """Heading level, capitals or bold all through, or an ordinal with few words."""
    whole = " ".join(line.text.strip() for line in group)
    if group[0].level or all(line.bold for line in group) or _CAPS_ONLY.fullmatch(whole):
        return True
    marker = marker_of(whole)
    return marker is not None and not marker.is_bullet and marker.style != "paren" and len(whole) < 60


def _breaks_before_citation(group: Sequence[Line], text: str) -> bool:
    """A numbered item of a few words that goes on with "Chỉ thị số …" or "Nghị quyết số …" is a sentence."""
    marker = marker_of(group[0].text)
    if marker is None or not marker.style.startswith("dot") or any(line.bold or line.level for line in group):
        return False
    words = group[0].text[marker.end :].split()
    return len(words) >= _FEWEST_BEFORE_CITATION and first(phrases("lines", "cited"), fold(text[:40])) is not None


def _both_caps(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """A heading in capitals, or in bold, that runs over the line's end."""
    last = group[-1].text.rstrip()
    if last.endswith((":", ".")) or (line.gap and not group[-1].gap and layout.gaps):
        return False
    caps = all(_CAPS_ONLY.fullmatch(part.text) for part in (*group, line))
    bold = all(part.bold for part in (*group, line))
    full = layout.wrap is Wrap.RAGGED or len(last) + len(line.text.split(maxsplit=1)[0]) + 1 >= 0.8 * layout.width
    return (caps and marker_of(group[0].text) is not None and (full or len(last) > 30)) or (bold and full)
