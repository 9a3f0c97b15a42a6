"""Text -> the documents it cites by number, each once, with what any of its mentions gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest

from extract.lexicon import load
from extract.model import Reading
from extract.normalize.wordlists import either, either_of, folded_words, words
from extract.text import UPPER, fold, squeezed
from schemas import Citation

# "KH-UBND", "SKHCN-CNTT&CĐS", "TT-BGDĐT", "HD/VPTW"; blanks come in at line ends, beside a dash or slash.
_LETTERS = rf"[{UPPER}][\w&]*(?:\.[{UPPER}][\w&]*)*"
_CAPITALS = rf"[{UPPER}][{UPPER}\d&]+(?![^\W\d_])"
_JOINT = rf"(?:[-–/](?={_LETTERS})|[-–/]\s{{1,3}}(?={_CAPITALS})|\s[-–/](?={_CAPITALS}))"
_NUMBER = re.compile(
    rf"""(?P<figures>\d(?<![\d/.,-]\d)\d{{0,4}}[a-zA-ZđĐ]?)
    (?: \s?/\s?(?P<year>(?:19|20)\d\d)\s?/\s?      # 80/2015/QH13
      | \s?[-–/]\s?                                 # 25/KH-UBND, 57-NQ/TW, 02- KH/BCĐTW
      | (?P<lost>\s)(?={_CAPITALS}\s?[-–/]\s?{_LETTERS}) # 298 KH/TWĐTN
    )
    (?P<letters>{_LETTERS}(?:{_JOINT}{_LETTERS})*)
    """,
    re.VERBOSE,
)
_BLANKS = re.compile(r"\s+")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_FIGURES = re.compile(r"^\d{1,5}[a-zđ]?(?:/(?:19|20)\d\d)?[-/]", re.IGNORECASE)
# "ngày 29/01/2026", ", ngày 29 tháng 4 năm 2021", "(ngày 8.1.2026)", "của Bộ Y tế ngày 12-3-2024"
_DATE = re.compile(
    r"""[\s,;(]{0,3}(?:ban\s+hành\s+|ký\s+)?
    (?:của\s+(?P<issuer>[^;.():\d]{3,90}?)[\s,]+)?
    (?:(?:ban\s+hành\s+|ký\s+)?ngày\s*)
    (?P<day>\d{1,2})\s*(?:[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>[12][\do]{3})
                       |\s*tháng\s*(?P<month2>\d{1,2})\s*năm\s*(?P<year2>[12][\do]{3}))(?!\d)
    """,
    re.VERBOSE,
)
_ISSUER = re.compile(r"[\s,)]{0,3}của\s+([^;.():\d]{3,160})")
_OWN = re.compile(r"[\s|*]*S[ốỐổỔ]\s*:?\s*")
_NEXT_WORD = re.compile(r"(?<=[^\W\d_a-z])(?:ngày|của|về|và)\Z")
_BEFORE = 40  # characters before a number in which its kind stands
_AFTER = 260  # and after it, in which its day, issuer and subject stand


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place where a number stands."""

    start: int
    end: int
    number: str
    kind: str | None


def find_citations(
    reading: Reading, start: int = 0, end: int | None = None, *, relation: str = "reference"
) -> tuple[Citation, ...]:
    """The documents cited by number in `reading.text[start:end]`, in the order of their first mention.

    A number with two different days is two documents. `span` is the first mention, its kind and day included.
    """
    end = len(reading.text) if end is None else end
    mentions = list(_mentions(reading, start, end))
    found: list[Citation] = []
    for mention, following in zip_longest(mentions, mentions[1:]):
        limit = min(end, following.start if following else end, mention.end + _AFTER)
        _add(found, _citation(reading, mention, limit, relation))
    return tuple(found)


def _number(match: re.Match[str], printed: str) -> str:
    """The number as it should be printed; a sign lost before the letters is the one their kind of body writes."""
    if match["lost"]:
        figures = match["figures"]
        printed = f"{figures}{'-' if '/' in match['letters'] else '/'}{printed[len(figures) :]}"
    return normal_number(printed)


def normal_number(printed: str) -> str:
    """A number without its stray blanks, dashes made plain: "162/SKHHCN- CDS" -> "162/SKHHCN-CDS"."""
    return _BLANKS.sub("", printed).translate(_DASHES)


def symbol_of(number: str) -> str:
    """A number's letters: "KH-UBND" of "25/KH-UBND", "KH/ĐU" of "18-KH/ĐU"."""
    return _FIGURES.sub("", number)


def _add(found: list[Citation], new: Citation) -> None:
    """Append a citation, or give what it adds to an earlier one of the same document."""
    for i, old in enumerate(found):
        same_day = old.date is None or new.date is None or old.date == new.date
        if old.number == new.number and same_day:
            found[i] = old.model_copy(
                update={f: getattr(new, f) for f in ("kind", "date", "issuer", "title") if getattr(old, f) is None}
            )
            return
    found.append(new)


def _mentions(reading: Reading, start: int, end: int) -> Iterator[_Mention]:
    """Every number of a document, with the kind before it or, in a list, before the ones before it."""
    listed: tuple[int, str] | None = None
    for match in _NUMBER.finditer(reading.text, start, end):
        before = reading.folded[max(start, match.start() - _BEFORE) : match.start()]
        named = _kind_before().search(before)
        kind = _kinds()[_BLANKS.sub("", named[1])] if named and named[1] else None
        if not _plausible(match, named is not None, kind) or _heads(reading, match):
            continue
        if match["lost"] and not (kind and before.rstrip(" :").endswith(_number_words())):
            continue
        begin = match.start() - (len(named[0]) if named else 0)
        kind = kind or _kind_by_symbol(match["letters"]) or _carried(reading, listed, begin)
        if kind is not None and named and named[1]:
            listed = (match.end(), kind)
        end = match.end() - _stuck(match[0])
        yield _Mention(begin, end, _number(match, reading.text[match.start() : end]), kind)


def _stuck(printed: str) -> int:
    """How many letters of the next word a lost blank has joined to a number: "25/KH-UBNDngày"."""
    word = _NEXT_WORD.search(printed)
    return len(word[0]) if word else 0


def _plausible(match: re.Match[str], named: bool, kind: str | None) -> bool:
    """Letters in two parts or a year make a number a document's; letters in one only with its kind.

    "Đề án 06/CP" is a name all the same.
    """
    letters = match["letters"]
    whole = bool(match["year"]) or "/" in letters or "-" in letters
    if not named:
        alone = match.start() == 0 or not match.string[match.start() - 1].isalpha()
        return alone and whole and letters[:2] == letters[:2].upper()
    return whole or kind != "ĐA"


def _heads(reading: Reading, match: re.Match[str]) -> bool:
    """Whether it is a letterhead's own number: "Số: 41/KH-UBND" at a line's start and no day of its own after it."""
    line = reading.text.rfind("\n", 0, match.start()) + 1
    return bool(_OWN.fullmatch(reading.text, line, match.start())) and not _DATE.match(reading.folded, match.end())


def _carried(reading: Reading, listed: tuple[int, str] | None, begin: int) -> str | None:
    """In "các Kế hoạch số 254/… ngày …; số 153/…" the kind of the number before holds on."""
    if listed is None or begin - listed[0] > 2 * _AFTER or "\n" in reading.text[listed[0] : begin]:
        return None
    return listed[1]


def _citation(reading: Reading, mention: _Mention, limit: int, relation: str) -> Citation:
    folded, text = reading.folded, reading.text
    day = _DATE.match(folded, mention.end, limit)
    if day and day["issuer"] and _subject().search(day["issuer"]):
        day = None  # the day is of something in the subject
    when = _date(day) if day else None
    end = day.end() if day and when else mention.end
    issuer, after = None, end
    if day and when and day["issuer"]:
        issuer = squeezed(text[day.start("issuer") : day.end("issuer")])
    elif by := _ISSUER.match(folded, end, limit):
        issuer_end = _subject_start(folded, by.start(1), by.end(1))
        issuer, after = squeezed(text[by.start(1) : issuer_end]).rstrip(" ,-"), issuer_end
    return Citation(
        kind=mention.kind, number=mention.number, date=when, issuer=issuer or None,
        title=_title(text, folded, after, limit), relation=relation, span=reading.span(mention.start, end),
    )  # fmt: skip


def _date(match: re.Match[str]) -> date | None:
    try:
        year = (match["year"] or match["year2"]).replace("o", "0")  # as a scan has it: "2O26"
        return date(int(year), int(match["month"] or match["month2"]), int(match["day"]))
    except ValueError:
        return None


def _subject_start(folded: str, start: int, end: int) -> int:
    """Where an issuer's name ends: at its subject's first word, a comma or the line's end."""
    stop = _after_issuer().search(folded, start, end)
    return stop.start() if stop else end


def _title(text: str, folded: str, start: int, limit: int) -> str | None:
    """The subject after number, day and issuer, to the next semicolon or the sentence's end."""
    subject = _subject().match(folded, start, limit) or re.compile(r"[\s,]*").match(folded, start, limit)
    at = subject.end() - len(subject[0].lstrip(" ,\n")) if subject else start
    if not _subject().match(folded, at, limit):
        return None
    stop = re.compile(r"[;\n]|\.(?!\w)|$").search(text, at, limit)
    return squeezed(text[at : stop.start() if stop else limit]).rstrip(" ,:") or None


@cache
def _after_issuer() -> re.Pattern[str]:
    """What ends an issuer's name: a comma, its document's subject, "và" with the next document's kind."""
    return re.compile(rf",|{_subject().pattern}|\s+và\s+{either('citations', 'kinds').pattern}")


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(rf"[\s,]*{either('citations', 'subject_words').pattern}")


@cache
def _kinds() -> dict[str, str]:
    return {fold(word).replace(" ", ""): entry["code"] for word, entry in words("citations", "kinds")}


@cache
def _kind_before() -> re.Pattern[str]:
    """The kind and "số" right before a number; blanks may be lost: "Chỉ thịsố"."""
    kinds = either_of(folded_words("citations", "kinds"), blanks=False, ends=False)
    number = either_of(folded_words("citations", "number_words"), begins=False, ends=False)
    return re.compile(rf"(?:({kinds})\s*:?\s*(?:{number}\s*:?\s*)?|(?<!\w){number}\s*:?\s*)\Z")


@cache
def _number_words() -> tuple[str, ...]:
    return tuple(folded_words("citations", "number_words"))


@cache
def _symbols() -> dict[str, str]:
    return {symbol: entry["code"] for entry in load("citations")["kinds"] for symbol in entry.get("symbols", ())}


def _kind_by_symbol(letters: str) -> str | None:
    """The kind that a number's first letters stand for: "KH-UBND" is a plan's."""
    return _symbols().get(re.split(r"[-/\s]", letters, maxsplit=1)[0])
