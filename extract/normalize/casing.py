"""A body's name in capitals -> the name as people write it."""

import re
from functools import cache

from extract.normalize.territories import natural_name, territories
from extract.normalize.wordlists import words
from extract.text import fold, squeezed

_WORD = re.compile(r"\S+")
_VOWELS = frozenset("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ")


def is_capitals(text: str) -> bool:
    """Whether a text has letters and none of them is small."""
    return text == text.upper() and text != text.lower()


def natural(printed: str, text: str = "", folded: str = "") -> str:
    """The name in natural case: as `text` itself has it elsewhere, else by the lexicon, proper names with capitals.

    >>> natural("ỦY BAN NHÂN DÂN XÃ RẠCH KIẾN")
    'Ủy ban nhân dân xã Rạch Kiến'
    """
    printed = squeezed(printed)
    if not is_capitals(printed):
        return printed
    territory = next(iter(territories(printed, fold(printed))), None)
    if territory is not None and territory.start > 0:
        head, tail = printed[: territory.start], printed[territory.start :]
        return f"{_body(head.strip(), text, folded)} {_territory(tail)}"
    return _body(printed, text, folded)


def _territory(printed: str) -> str:
    """As in "TỈNH KIÊN GIANG" -> "tỉnh Kiên Giang", and what follows by the lexicon."""
    found = next(iter(territories(printed, fold(printed))), None)
    if found is None:
        return _by_lexicon(printed)
    word = printed[: len(printed[: found.end]) - len(found.value.name)].rstrip()
    name = natural_name(found.value.type, printed[len(word) : found.end])
    rest = printed[found.end :].strip(" ,")
    word = word if "." in word else word.lower()
    return " ".join(filter(None, (word, name, natural(rest) if rest else "")))


def _body(printed: str, text: str, folded: str) -> str:
    """As the document writes it in running text, else by the lexicon."""
    wanted = fold(printed)
    at = folded.find(wanted)
    while at >= 0:
        as_written = text[at : at + len(wanted)]
        whole = not folded[at + len(wanted) : at + len(wanted) + 1].isalpha()
        if whole and not is_capitals(as_written) and as_written != as_written.lower():
            return _like(printed, as_written[0].upper() + as_written[1:])
        at = folded.find(wanted, at + 1)
    return _by_lexicon(printed)


@cache
def _cased() -> dict[str, tuple[str, ...]]:
    return {fold(name): tuple(name.split()) for name, _ in words("letterhead", "cased")}


def _by_lexicon(printed: str) -> str:
    """The longest runs of words the lexicon has, as it writes them; other words as proper names."""
    words = printed.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(8, len(words) - at), 0, -1):
            known = _cased().get(fold(" ".join(words[at : at + size])))
            if known:
                out.extend(_like(word, model) for word, model in zip(words[at : at + size], known, strict=True))
                at += size
                break
        else:
            out.append(_proper(words[at]))
            at += 1
    joined = " ".join(out)
    return joined[:1].upper() + joined[1:]


def _like(word: str, model: str) -> str:
    """The printed letters with the model's capitals."""
    return "".join(c.upper() if m.isupper() else c.lower() for c, m in zip(word, model, strict=True))


def _proper(word: str) -> str:
    """A name's syllable with one capital; an abbreviation as it is."""
    if not _VOWELS & set(word.lower()) or "&" in word or "." in word:
        return word
    return word[:1].upper() + word[1:].lower()
