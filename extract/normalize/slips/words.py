"""Words that recognition took for others -> what the lexicon, or the rest of the text, says they are."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from extract.lexicon import Phrase, phrases
from extract.normalize.slips.slip import in_case_of
from extract.text import fold, nfc, unaccented

_WORD = re.compile(r"[^\W\d_]+")
_MIXED_UP = tuple(map(set, ("ôốổỗ", "êếểễ", "âấẩẫ", "ăắẳẵ", "ơớởỡ", "ưứửữ")))
_SHORTEST = 3  # letters of a syllable that can be told from a unit or an abbreviation
_Place = tuple[int, int, int, str]  # line, range, the word in small letters
_LEAST = 3  # times that a text has words in another spelling, for the one that it has once to be a slip


def word_slips(text: str) -> Iterator[tuple[int, int, str]]:
    """The ranges of a line's damaged words, with what was meant."""
    folded = fold(text)
    done = 0
    for start, end, right in sorted(_damaged(folded)):
        if start >= done:
            yield start, end, in_case_of(text[start:end], right)
            done = end


def _damaged(folded: str) -> Iterator[tuple[int, int, str]]:
    for phrase in (*phrases("slips", "words"), *phrases("checks", "damaged")):
        for match in phrase.find_all(folded):
            right = str(phrase.means["right"])
            start, end = _words_of(match[0], right)
            start, end = match.start() + start, match.start() + end
            sounds = (*phrases("slips", "undamaged"), *phrases("checks", "undamaged"))
            if not any(_overlaps(sound, folded, start, end) for sound in sounds):
                yield start, end, right


def _overlaps(sound: Phrase, folded: str, start: int, end: int) -> bool:
    return any(m.start() < end and start < m.end() for m in sound.find_all(folded))


@lru_cache(maxsize=1024)
def _words_of(matched: str, right: str) -> tuple[int, int]:
    """Which words of what a phrase matched are the ones to be replaced: the most like what is right."""
    words = list(re.finditer(r"[^\s,]+", matched))
    count = len(re.findall(r"[^\s,]+", right))
    runs = [(words[i].start(), words[i + count - 1].end()) for i in range(len(words) - count + 1)]
    plain = unaccented(right)
    return max(runs, key=lambda run: SequenceMatcher(None, unaccented(matched[run[0] : run[1]]), plain).ratio())


def unknown_syllables(text: str) -> Iterator[tuple[int, int, str]]:
    """Syllables that are in no Vietnamese word, where other marks make one with the word beside them: "hảnh chính"."""
    words, syllables, by_letters = _vocabulary()
    found = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    for i, (start, end, printed) in enumerate(found):
        word = fold(printed)
        if word in syllables or not printed.islower() or word.isascii() or len(word) < _SHORTEST:
            continue
        before = fold(found[i - 1][2]) if i and text[found[i - 1][1] : start] == " " else ""
        after = fold(found[i + 1][2]) if i + 1 < len(found) and text[end : found[i + 1][0]] == " " else ""
        meant = {w for w in by_letters[_plain(word)] if f"{before} {w}" in words or f"{w} {after}" in words}
        if len(meant) == 1:
            yield start, end, meant.pop()


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str], dict[str, tuple[str, ...]]]:
    """Underthesea's words, their syllables, and these by their letters without marks."""
    listed = files("underthesea").joinpath("corpus", "data", "Viet39K.txt").read_text("utf-8")
    words = frozenset(fold(nfc(listed)).splitlines())
    syllables = frozenset(syllable for word in words for syllable in word.split())
    by_letters: defaultdict[str, list[str]] = defaultdict(list)
    for syllable in sorted(syllables):
        by_letters[_plain(syllable)].append(syllable)
    return words, syllables, defaultdict(tuple, {letters: tuple(same) for letters, same in by_letters.items()})


def outvoted(texts: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """Words that stand once beside two others, where the text has one of other marks there time and again.

    Line, range, and the word that was meant: "Tố công nghệ" in a text that says "Tổ công nghệ" everywhere else,
    "XÃ HÒA LỘC TRƯNG" where "trưng" is nowhere else.
    """
    leading: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
    closing: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for i, text in enumerate(texts):
        words = [(i, m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text)]
        counts.update(word for *_, word in words)
        for a, b, c in zip(words, words[1:], words[2:], strict=False):
            leading[_plain(a[3]), f"{b[3]} {c[3]}"].append(a)
            closing[_plain(c[3]), f"{a[3]} {b[3]}"].append(c)
    alone = (found for places in closing.values() for found in _odd_ones(places) if counts[found[0][3]] == 1)
    alike = (found for places in leading.values() for found in _odd_ones(places) if _is_alike(found[0][3], found[1]))
    meant = {(line, start, end): word for (line, start, end, _), word in (*alone, *alike)}
    for (line, start, end), word in meant.items():
        yield line, start, end, in_case_of(texts[line][start:end], word)


def _odd_ones(places: Sequence[_Place]) -> Iterator[tuple[_Place, str]]:
    """The places of a word that stands there once, with the one word that stands there otherwise."""
    if len(places) <= _LEAST:
        return
    counts = Counter(word for _, _, _, word in places)
    (usual, times), *others = counts.most_common()
    if times >= _LEAST and others and times == len(places) - len(others):
        for place in places:
            if place[3] != usual:
                yield place, usual


def _is_alike(word: str, other: str) -> bool:
    """Whether they differ by the marks of one letter that recognition mixes up: ổ, ố and ô."""
    if len(word) != len(other):
        return False
    pairs = [pair for pair in zip(word, other, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and any(set(pairs[0]) <= letters for letters in _MIXED_UP)


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    return unaccented(word)
