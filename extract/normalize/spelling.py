"""Blanks that a converter lost between syllables, put back; Vietnamese spelling says where a syllable may end."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from extract.text import fold, nfc

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_NUCLEI = "uyê|uya|uâ|uô|uơ|uê|uy|uă|oă|oe|oa|oo|iê|yê|ia|ya|ươ|ưa|ua|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
_CODAS = "ch|ng|nh|c|m|n|p|t|i|o|u|y"
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_NUCLEI})(?:{_CODAS})?")
# A tone mark taken off the vowel it stands on, with the tone's name.
_BARE = {
    ord(accented): base
    for base, tones in {
        "a": "áàảãạ", "ă": "ắằẳẵặ", "â": "ấầẩẫậ", "e": "éèẻẽẹ", "ê": "ếềểễệ", "i": "íìỉĩị", "o": "óòỏõọ", "ô": "ốồổỗộ",
        "ơ": "ớờởỡợ", "u": "úùủũụ", "ư": "ứừửữự", "y": "ýỳỷỹỵ",
    }.items()
    for accented in tones
}  # fmt: skip
_TONED = re.compile("[" + "".join(map(chr, _BARE)) + "]")
_MARKED = re.compile("[ăâđêôơư" + "".join(map(chr, _BARE)) + "]")
_STOPPED = ("c", "ch", "p", "t")
_VOWELS = "aăâeêioôơuưy" + "".join(map(chr, _BARE))
# A syllable has one run of vowels: a consonant between two of them says that there are two syllables.
_VOWELS += _VOWELS.upper()
_TWO_SYLLABLES = re.compile(rf"[{_VOWELS}][^\W\d_{_VOWELS}]+[{_VOWELS}]")
_WORD = re.compile(rf"[^\W\d_]*{_TWO_SYLLABLES.pattern}[^\W\d_]*")
_GLUED_NUMBER = re.compile(r"(?P<word>[^\W\d_]{2,7})(?=\d)")
_LONGEST_SYLLABLE = 7


def has_lost_blanks(text: str) -> bool:
    """Whether any word of a text is two run together, or runs into a figure."""
    words = set(text.split())
    glued = _WORD.findall(
        "\n".join(word for word in words if len(word) > 3 and not word.isascii() and _TWO_SYLLABLES.search(word))
    )
    figures = _GLUED_NUMBER.findall("\n".join(word for word in words if not word.isalpha()))
    return any(map(_is_glued, glued)) or any(map(_is_marked_syllable, figures))


def restored(line: str) -> str:
    """The line with lost blanks put back; a line with none lost comes back as it is.

    >>> restored("Chỉ thịsố46-CT/TW vềlãnh đạo")
    'Chỉ thị số 46-CT/TW về lãnh đạo'
    """
    if any(_is_glued(word) for word in _WORD.findall(line)):
        line = _WORD.sub(lambda m: _parted(m[0]), line)
    return _GLUED_NUMBER.sub(lambda m: m["word"] + " " * _is_marked_syllable(m["word"]), line)


def _is_marked_syllable(word: str) -> bool:
    """A Vietnamese word for sure: "kỳ" and "số", not "CO" and "m"."""
    return _MARKED.search(word.lower()) is not None and is_syllable(word)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word is spelt as one Vietnamese syllable: onset, vowel, coda, at most one tone."""
    if len(word) > _LONGEST_SYLLABLE:
        return False
    lowered = word.lower()
    return len(_TONED.findall(lowered)) <= 1 and _SYLLABLE.fullmatch(lowered.translate(_BARE)) is not None


@lru_cache(maxsize=65536)
def _is_glued(word: str) -> bool:
    """Vietnamese letters, not one syllable, and not a foreign name or an abbreviation."""
    if is_syllable(word) or not _MARKED.search(word.lower()):
        return False
    return _parted(word) != word


@lru_cache(maxsize=16384)
def _parted(word: str) -> str:
    """A word parted into syllables, the reading that makes known words; as it is where none parts it."""
    if is_syllable(word) or not _MARKED.search(word.lower()):
        return word
    ways = [way for way in _ways(word, 4) if _plausible(way)]
    if not ways:
        return word
    fewest = min(len(way) for way in ways)
    ways = [way for way in ways if len(way) == fewest]
    return " ".join(ways[0] if len(ways) == 1 else _likeliest(tuple(ways)))


def _ways(word: str, most: int) -> list[tuple[str, ...]]:
    if is_syllable(word):
        return [(word,)]
    if most == 1:
        return []
    found = []
    for cut in range(1, min(len(word), _LONGEST_SYLLABLE + 1)):
        if is_syllable(word[:cut]):
            found += [(word[:cut], *rest) for rest in _ways(word[cut:], most - 1)]
    return found


def _plausible(way: tuple[str, ...]) -> bool:
    """No piece that is a vowel alone or a syllable that a stop closes without the tone it must have."""
    return all(len(piece) > 1 or fold(piece) in "ở ý u ô à" for piece in way) and all(_has_due_tone(p) for p in way)


def _has_due_tone(syllable: str) -> bool:
    """A syllable that ends in c, ch, p or t bears a sharp or a heavy tone."""
    folded = fold(syllable)
    return not folded.endswith(_STOPPED) or any(letter in "áắấéếíóốớúứýạặậẹệịọộợụựỵ" for letter in folded)


def _likeliest(ways: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Of several readings the one of syllables in use, then the one that segmentation finds the fewest words in."""
    from underthesea import word_tokenize  # noqa: PLC0415  (slow to load, and needed only here)

    words, syllables = _words()

    def unlikely(way: tuple[str, ...]) -> tuple[int, bool, int]:
        text = " ".join(way)
        unused = sum(fold(piece) not in syllables for piece in way)
        return unused, fold(text) not in words, len(word_tokenize(text, use_token_normalize=False))

    return min(ways, key=unlikely)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Underthesea's word list, and the syllables of its words."""
    words = fold(nfc(files("underthesea").joinpath("corpus", "data", "Viet39K.txt").read_text("utf-8")))
    return frozenset(words.splitlines()), frozenset(words.split())
