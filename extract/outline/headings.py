"""How a paragraph's words and type make it a heading; shared by the parts of the outline."""

import re

from extract.lexicon import Phrase, first, phrases
from extract.model import Paragraph
from extract.text import LOWER, UPPER

LONGEST_HEADING = 160  # characters
_CAPS = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*")
_FULL_STOP = re.compile(r"[.;]\s*$")
_STOPPED = re.compile(r"[.;:,!…]\s*$")


def is_capitals(text: str) -> bool:
    """Whether a text is in capitals all through."""
    return _CAPS.fullmatch(text) is not None


def ends_with_stop(text: str, *, any_mark: bool = False) -> bool:
    """Whether a text ends with a full stop or a semicolon; with `any_mark`, a comma or colon too."""
    return (_STOPPED if any_mark else _FULL_STOP).search(text[-4:]) is not None


def section_phrase(folded: str) -> Phrase | None:
    """The lexicon's heading that folded text opens with."""
    found = first(phrases("headings", "sections"), folded)
    return found[0] if found else None


def after_phrase(phrase: Phrase, folded: str) -> str:
    """What a heading says after the phrase that it opens with."""
    match = phrase.find(folded)
    return folded[match.end() :] if match else folded


def named_heading(block: Paragraph) -> Phrase | None:
    """The section heading that an unnumbered, short paragraph is by its words."""
    if len(block.text) > 70 or ends_with_stop(block.text):
        return None
    phrase = section_phrase(block.folded)
    if phrase is None:
        return None
    set_off = block.bold or block.level or is_capitals(block.text)
    return phrase if set_off or len(after_phrase(phrase, block.folded)) < 25 else None
