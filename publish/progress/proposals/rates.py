"""What numbers are counted per: "150.000 đồng/hội viên/năm", "mỗi thôn ít nhất 02 buổi", "4,2 phút/vụ"."""

from enum import StrEnum

from extract.text import fold
from publish.progress.proposals.candidates import Level
from publish.progress.quantities import dimension, same_noun
from schemas import Actual

_DURATION, _SHARE = dimension("ngày"), dimension("%")
_STRETCHES = frozenset({"năm", "năm học", "học kỳ", "quý", "tháng", "tuần", "ngày"})  # of the calendar, none is a noun


class PerFit(StrEnum):
    """How what a value is counted per stands to what the target's number is."""

    SAME = "same"
    TIME = "time"  # one of them says a stretch of time, "lần/năm", the other nothing
    AVERAGE = "average"  # one of two durations says of what each it is the mean
    UNSAID = "unsaid"  # the value says nothing: "26 buổi" of "mỗi thôn 02 buổi"
    OTHER = "other"


def per_fit(actual: Actual, level: Level) -> PerFit:
    """How a value's "per" stands to a level's; a stretch of time may go unsaid beside a noun.

    >>> from schemas import Comparator
    >>> fund = Level(Comparator.AT_LEAST, 150_000, "đồng", per="hội viên/năm")
    >>> per_fit(Actual(id="a", text="", subject="", value=165_000, unit="đồng", per="hội viên"), fund).value
    'same'
    """
    mine, theirs = _parts(actual.per), _parts(level.per)
    nouns, asked = ([part for part in parts if part not in _STRETCHES] for parts in (mine, theirs))
    if len(nouns) == len(asked) and all(map(same_noun, nouns, asked)):
        return PerFit.SAME if nouns or mine == theirs else PerFit.OTHER if mine and theirs else PerFit.TIME
    if nouns and asked:
        return PerFit.OTHER
    if dimension(level.unit) == _DURATION:
        return PerFit.AVERAGE
    return PerFit.OTHER if nouns else PerFit.UNSAID


def _parts(per: str | None) -> list[str]:
    return [part.strip() for part in fold(per or "").split("/") if part.strip()]


def is_of_each(actual: Actual, level: Level) -> bool:
    """Whether a target asks for so many of each, and the value says how many of these have them.

    >>> from schemas import Comparator
    >>> level = Level(Comparator.AT_LEAST, 1, "mô hình", per="chi hội")
    >>> is_of_each(Actual(id="a", text="", subject="chi hội có mô hình", value=13, unit="chi hội", of=14), level)
    True
    """
    nouns = [part for part in _parts(level.per) if part not in _STRETCHES]
    if len(nouns) != 1 or actual.per:
        return False
    if dimension(actual.unit) == _SHARE:  # its noun may be said shortly: "hộ" of "hộ gia đình"
        return dimension(level.unit) != _SHARE and nouns[0].split()[0] in fold(actual.subject).split()
    return same_noun(fold(actual.unit), nouns[0]) and not same_noun(fold(actual.unit), fold(level.unit))
