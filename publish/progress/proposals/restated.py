"""What a report says of a value elsewhere: in the clause that it goes on from, or where it gives the number again.

"Vận động 31 người tham gia mới; cộng dồn từ đầu năm có 227 người" says only at first which people. A table says
"14.876" of the insured, and a sentence before it that these are 95,1 % of the inhabitants.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.text import fold
from publish.pages.likeness import content_words
from publish.progress.proposals.grounds import FAIR, Ground
from publish.progress.proposals.wording import Wording
from publish.progress.quantities import converted
from schemas import Actual, PercentOf, Record

_MOST_NEW = 3.5  # weight of what a clause without a subject may say besides: "riêng quý III có" is three rare words
_GOES_ON = Ground("nội dung lấy từ số liệu đứng ngay trước", 1)
_AGAIN = Ground("báo cáo nêu lại số này ở chỗ khác, rõ hơn", 1, lasting=True)


@dataclass(frozen=True, slots=True)
class Said:
    """A value as the report's words let it be understood, and what is to be said of these."""

    actual: Actual
    grounds: tuple[Ground, ...] = ()


def understood(report: Record, wording: Wording) -> Iterator[tuple[Said, ...]]:
    """For each value of a report the ways to understand it, the first as it stands."""
    before: Actual | None = None
    for actual in report.actuals:
        whole = before and _gone_on(report, before, actual, wording)
        again = _again(report.actuals, actual, wording)
        yield (Said(actual), *([Said(whole, (_GOES_ON,))] if whole else []), *(Said(one, (_AGAIN,)) for one in again))
        before = whole or actual


def _gone_on(report: Record, before: Actual, actual: Actual, wording: Wording) -> Actual | None:
    """A value whose clause names nothing but the noun, as one of what is counted before it, at another time."""
    noun, own = fold(actual.unit), fold(actual.subject)
    if converted(1, actual.unit, before.unit) is None or not f" {own}".endswith(f" {noun}"):
        return None
    if not _in_one_line(report, before, actual):
        return None
    head, sums_up = _without_sum(own.removesuffix(noun))
    if not sums_up and (actual.start, actual.end) == (before.start, before.end):
        return None
    new = set(content_words(head)) - set(content_words(before.text))
    if sum(map(wording.weight, new)) > _MOST_NEW:
        return None
    return actual.model_copy(update={"subject": before.subject, "text": before.text, "indicator": before.indicator})


def _in_one_line(report: Record, before: Actual, actual: Actual) -> bool:
    if before.group != actual.group or before.text == actual.text:
        return False
    return not (before.span and actual.span) or "\n" not in report.text[before.span.end : actual.span.start]


def _without_sum(folded: str) -> tuple[str, bool]:
    """The words without those for a sum since the year began, and whether there are any."""
    from extract.actuals.words import all_in  # noqa: PLC0415  (seldom asked, and slow to load)

    found = [(start, end) for start, end, _ in all_in("cumulative", folded, 0, len(folded))]
    for start, end in reversed(found):
        folded = folded[:start] + folded[end:]
    return folded, bool(found)


def _again(actuals: Sequence[Actual], actual: Actual, wording: Wording) -> Iterator[Actual]:
    """The value with what other places say of the same number: its whole or share, what it is counted per."""
    for other in actuals:
        if other.value == actual.value and _says_more(other, actual) and _of_one_year(other, actual):
            alike = max(wording.found(actual.subject, other.text), wording.found(other.subject, actual.text))
            if alike >= FAIR and converted(1, actual.unit, other.unit) is not None:
                told = ("subject", "text", "indicator", "of", "per", "percent", "percent_of")
                more = {name: getattr(other, name) for name in told}
                yield actual.model_copy(update=more | {"planned": other.planned or actual.planned})


def _of_one_year(one: Actual, other: Actual) -> bool:
    return not (one.end and other.end) or one.end.year == other.end.year


def _says_more(other: Actual, actual: Actual) -> bool:
    share = _has_share(other) and not _has_share(actual)
    return share or (other.per is not None and actual.per is None)


def _has_share(actual: Actual) -> bool:
    return actual.of is not None or (actual.percent is not None and actual.percent_of is PercentOf.WHOLE)
