"""What a number of a report counts or measures, in the report's words."""

import re

from extract.actuals.amounts import Amount
from extract.actuals.words import opening, right_before
from extract.normalize.quantities import longest, wordings
from extract.text import fold, squeezed

_MOST_WORDS = 16
_BLANKS = " \t\u00a0"
_MARKS = " ,.;:–-"
_FROM_BASE = re.compile(r"(?:\s(?:tăng|giảm|nâng|hạ))?\stừ\s(?:mức\s)?\d")
_JOINT = re.compile(r"\s(?:với|tại|cho|ở|của|trên|từ|và|đến|tới)\s")
_WORD = re.compile(r"\w")
_TRAILING = re.compile(r"[\s,;:.\-–(]+\Z")
_DATED = re.compile(
    r"(?:lũy kế\s+|tính\s+)?(?:đến|trong|từ)\s+(?:(?:hết|ngày|tháng|quý|năm)\s+)*"
    r"[\divx/.\- ]+(?:năm\s+\d{4})?\s*,\s*"
)


def words_behind(text: str, amount: Amount, end: int, limit: int) -> str:
    """The words behind a number, up to `end` or to what leads to the next number at `limit`."""
    return _first_words(_before_next(text[amount.end : min(end, limit)]) if limit < end else text[amount.end : end])


def subject_of(text: str, folded: str, begin: int, amount: Amount, more: str) -> str:
    """The words of the thing: before "đạt", "là" or a colon, else the noun behind the number and `more` behind it."""
    begin = _after_openers(folded, begin, amount.start)
    colon = folded.rfind(": ", begin, amount.start)
    if colon >= 0 and _WORD.search(folded, colon, _stripped(folded, colon, amount.start)):
        begin = _after_openers(folded, colon + 1, amount.start)
    head = _stripped(folded, begin, amount.start)
    noun = squeezed(text[slice(*amount.noun)]) if amount.noun else ""
    if amount.noun and opening("plans").end_at(fold(more).lstrip("/"), 0) is not None:
        more = ""
    leveled = head < len(folded[: amount.start].rstrip(_BLANKS)) and (not more or folded[head] != ":")
    share = not noun and (not more or wordings("shares_of").are_in(folded, begin, amount.start))
    if (leveled or share) and _WORD.search(folded, begin, head):
        base = _FROM_BASE.search(folded, begin, head)
        return squeezed(text[begin : base.start() if base else head])
    before = squeezed(text[begin : _without_faint(folded, begin, amount.start)])
    for_whom = right_before("for_whom", folded, amount.start, begin)
    if for_whom is not None and _WORD.search(folded, begin, for_whom[0]):
        return f"{squeezed(text[begin : for_whom[0]])} {noun}".strip(_MARKS)
    if before and (not more or _is_generic(folded, amount)):
        measured = amount.noun is not None and longest("units", folded, amount.noun[0]) is not None
        said = measured or noun.lower() in before.lower()
        return before if said else f"{before} {noun} {more}".strip(_MARKS)
    return f"{noun} {more}".strip(_MARKS) or before or amount.unit


def _is_generic(folded: str, amount: Amount) -> bool:
    return amount.noun is not None and opening("generic").end_at(folded, amount.noun[0]) == amount.noun[1]


def _without_faint(folded: str, begin: int, at: int) -> int:
    found = right_before("faint", folded, at, begin)
    return found[0] if found else at


def _before_next(words: str) -> str:
    """The words before the next number, without the preposition that leads to it."""
    if (comma := words.rfind(",")) >= 0:
        return words[:comma]
    joints = [m.start() for m in _JOINT.finditer(words)]
    return words[: joints[-1]] if joints else words


def is_headless(folded: str, begin: int, at: int) -> bool:
    """Whether no thing of its own stands between: only words such as "đạt", "chiếm", "và"."""
    begin = _after_openers(folded, begin, at)
    return _WORD.search(folded, begin, _stripped(folded, begin, at, faint=True)) is None


def has_level(folded: str, begin: int, at: int) -> bool:
    """Whether a verb such as "đạt" stands right before a place."""
    return right_before("levels", folded, at, begin) is not None


def _after_openers(folded: str, begin: int, at: int) -> int:
    """Where a clause's own words begin."""
    while begin < at:
        if not folded[begin].isalnum():
            begin += 1
        elif dated := _DATED.match(folded, begin, at):
            begin = dated.end()
        elif (end := opening("openers").end_at(folded, begin)) is not None and end <= at:
            begin = end
        else:
            break
    return min(begin, at)


def _stripped(folded: str, begin: int, at: int, *, faint: bool = False) -> int:
    """Where the words end once "đạt", "là", a colon and the like are taken off."""
    end, firm = at, faint
    while end > begin:
        if trailing := _TRAILING.search(folded, begin, end):
            end = trailing.start()
        found = right_before("levels", folded, end, begin)
        if found is None or (not firm and _is_faint(folded, begin, end)):
            break
        end, firm = found[0], True
    return end


def _is_faint(folded: str, begin: int, end: int) -> bool:
    """Whether a word such as "được" stands there, behind no firm one."""
    found = right_before("faint", folded, end, begin)
    return found is not None and right_before("levels", folded, found[0], begin) is None


def _first_words(text: str) -> str:
    return " ".join(text.split()[:_MOST_WORDS]).strip(_MARKS)
