"""Text to comparable text, one character for one, so that a place in the folded text is a place in the original."""

import re
import unicodedata
from functools import lru_cache

# For character classes: a range such as à-ỹ would take in capitals, since the two cases alternate up there.
UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = "a-zà-öø-ýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"

_DASHES = "‐‑‒–—−"
_DOUBLE_QUOTES = "“”„«»″"
_SINGLE_QUOTES = "‘’‚′`´"
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"


_ONE_KIND = tuple(
    (letter, plain)
    for kind, plain in ((_DASHES, "-"), (_DOUBLE_QUOTES, '"'), (_SINGLE_QUOTES, "'"), (_BLANKS, " "))
    for letter in kind
)
_OF_A_KIND = re.compile("[" + re.escape("".join(letter for letter, _ in _ONE_KIND)) + "]")
# The tone of an open syllable in oa, oe, uy stands on either vowel: "hoà" and "hòa", "thuỷ" and "thủy".
_NEW_TONES = {
    old: new
    for olds, news in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}
# "kĩ" and "kỹ", "tỉ lệ" and "tỷ lệ", "qui" and "quy": after these consonants a final i and y are one sound.
_TWO_SPELLINGS = re.compile(r"(?:[ou][àáảãạèéẻẽẹỳýỷỹỵ]|[hklmstvu][iíìỉĩị])(?![^\W\d_])")
_FINAL_I = "iíìỉĩị"
_I_TO_Y = str.maketrans(_FINAL_I, "yýỳỷỹỵ")
_MARKS = dict.fromkeys(range(768, 880))


def nfc(text: str) -> str:
    """Composed characters, as Vietnamese is printed; the one form every later stage expects."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Case, tone placement, final i/y, dashes, quotes and blanks made one; same length as `text`.

    >>> fold("Hoà Bình – Tỉ lệ")
    'hòa bình - tỷ lệ'
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    if _OF_A_KIND.search(lowered):
        for letter, plain in _ONE_KIND:  # many times as fast as str.translate, which looks every letter up
            lowered = lowered.replace(letter, plain)
    return _TWO_SPELLINGS.sub(_one_spelling, lowered)


def _one_spelling(match: re.Match[str]) -> str:
    return _with_y(match) if match[0][1] in _FINAL_I else _new_tone(match)


def _new_tone(match: re.Match[str]) -> str:
    """The open syllable with its tone where the newer spelling puts it; "quý" is no such syllable."""
    printed = match[0]
    after_q = match.start() > 0 and match.string[match.start() - 1] == "q"
    return printed if after_q else _NEW_TONES.get(printed, printed)


def _with_y(match: re.Match[str]) -> str:
    """The syllable's i as y, where one of these consonants (qu among them) begins the syllable."""
    start = match.start()
    before = match.string[start - 1] if start else " "
    if match[0][0] == "u":
        begins = before == "q" and not (start > 1 and match.string[start - 2].isalpha())
    else:
        begins = not before.isalpha()
    return match[0][0] + match[0][1].translate(_I_TO_Y) if begins else match[0]


def unaccented(text: str) -> str:
    """Folded text without its marks, đ as d: what a keyboard without accents types. Lengths may differ from `text`.

    >>> unaccented("Tổ công nghệ số cộng đồng")
    'to cong nghe so cong dong'
    """
    decomposed = unicodedata.normalize("NFD", fold(text))
    return decomposed.translate(_MARKS).replace("đ", "d")


def squeezed(text: str) -> str:
    """Runs of white space made one blank, none at the ends."""
    return " ".join(text.split())
