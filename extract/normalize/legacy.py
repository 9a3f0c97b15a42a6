"""Text of the eight-bit Vietnamese fonts (TCVN3, VNI, VPS) -> Unicode; which of them a text is in, by its syllables.

Such text comes as the characters that Windows shows where the font is missing: "ñy ban nh©n d©n", "UÛY BAN NHAÂN DAÂN".
"""

import re
import unicodedata
from functools import cache, lru_cache

# Each letter at the place of its code, from A0 (TCVN3) and from 80 (VPS) on; a blank where the code is no letter.
_TCVN3 = " ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    "Ế  ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    " ắằẳẵặỠớÙờởỡŨỨợỪ"
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    "ƯỦồốÔỏơÈừứÚũưÝẺß"
    "àáâãảạăçèéêẽìíîĩ"
    "ẴĐòóôõöƠụùúủüỶẼỳ"
)
_VPS_CONTROLS = dict(zip((2, 3, 4, 5, 6, 16, 17, 18, 19, 20, 21, 25, 28, 29), "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ", strict=True))
# VNI writes a vowel and then its marks as one character; letters of their own are ơ, ư, đ and i with a tone.
_VNI_MARKS = dict(
    zip(
        "ùøûõïâáàåãäêéèúüë",
        (
            "\u0301", "\u0300", "\u0309", "\u0303", "\u0323",
            "\u0302", "\u0302\u0301", "\u0302\u0300", "\u0302\u0309", "\u0302\u0303", "\u0302\u0323",
            "\u0306", "\u0306\u0301", "\u0306\u0300", "\u0306\u0309", "\u0306\u0303", "\u0306\u0323",
        ),
        strict=True,
    )
)  # fmt: skip
_VNI_LETTERS = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_VNI_ALONE = str.maketrans(_VNI_LETTERS)
_TONE_MARKS, _ROOF_MARKS, _BOWL_MARKS = "ùøûõïÙØÛÕÏ", "âáàåãäÂÁÀÅÃÄ", "êéèúüëÊÉÈÚÜË"
_VNI_PAIR = re.compile(
    f"([aA])([{_TONE_MARKS}{_ROOF_MARKS}{_BOWL_MARKS}])|([eoEO])([{_TONE_MARKS}{_ROOF_MARKS}])|([uyôöUYÔÖ])([{_TONE_MARKS}])"
)
_WINDOWS = {bytes((code,)).decode("cp1252", errors="ignore"): chr(code) for code in range(0x80, 0xA0)}

_TOKEN = re.compile(r"[^\s\x20-\x40\[-`{-~\u2026\u2013\u2014]+")
_MODERN = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSET = "ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdđghklmnprstvx]|"
_NUCLEUS = (
    "iêu|yêu|ươi|ươu|uôi|uyê|uây|oai|oay|oeo|oao|uya|uyu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})(?:{_NUCLEUS})(?:ch|ng|nh|[cmnpt])?")
_SAMPLE = 20_000  # characters looked at to tell a character set
_FIRST_LOOK = 2000  # characters that settle it for nearly every text
_FEWEST = 4  # words with marks, below which nothing is told
_LEAST_SHARE = 0.75  # of the words with marks that have to be syllables
_LEAST_GAIN = 0.25
_SHORT = 3  # letters of a word that its neighbours tell of: "Xã" between "CộNG HOà" and "HộI"
CHARSETS = ("tcvn3", "vni", "vps")


@lru_cache(maxsize=256)
def charset_of_font(font: str) -> str | None:
    """The character set of a font, by its name; "tcvn3-capitals" where its small letters print as capitals.

    >>> charset_of_font("ABCDEF+.VnTimeH"), charset_of_font("VNI-Times"), charset_of_font("Times New Roman")
    ('tcvn3-capitals', 'vni', None)
    """
    name = font.rpartition("+")[2].strip().lower().replace(" ", "")
    if name.startswith(".vn"):
        return "tcvn3-capitals" if name.split(",")[0].split("-")[0].endswith("h") else "tcvn3"
    if name.startswith(("vni-", "vnitimes", "vnihelve")):
        return "vni"
    return "vps" if name.startswith("vps") else None


def decode_legacy(text: str, charset: str) -> str:
    """The text in Unicode (NFC). A character that the set has no letter for stays; modern letters do too."""
    if charset == "vni":
        text = _VNI_PAIR.sub(_vni_letter, text)
        return unicodedata.normalize("NFC", text.translate(_VNI_ALONE))
    text = text.translate(_table("vps" if charset == "vps" else "tcvn3"))
    return text.upper() if charset == "tcvn3-capitals" else text


def looks_legacy(text: str) -> str | None:
    """The old character set that a text is in, None for Unicode and for text too short to tell."""
    for sample in (text[:_FIRST_LOOK], text[:_SAMPLE]):
        if len(_MODERN.findall(sample)) > len(sample) // 50:
            return None
    marked = [word for word in _TOKEN.findall(sample) if not word.isascii()]
    if len(marked) < _FEWEST:
        return None
    as_it_is = share_of_syllables(sample)
    best = max(CHARSETS, key=lambda charset: share_of_syllables(decode_legacy(sample, charset)))
    share = share_of_syllables(decode_legacy(sample, best))
    return best if share >= _LEAST_SHARE and share > as_it_is + _LEAST_GAIN else None


def share_of_syllables(text: str) -> float:
    """Of the words with marks, the share that could be Vietnamese; 0.0 where there are none.

    >>> share_of_syllables("Ủy ban nhân dân"), share_of_syllables("®¹t ®­îc c¸c")
    (1.0, 0.0)
    """
    marked = [word for word in _TOKEN.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, marked)) / len(marked) if marked else 0.0


def with_capitals(text: str) -> str:
    """Decoded text with the capitals back that TCVN3 has no codes for: "CộNG HOà Xã HộI" as "CỘNG HOÀ XÃ HỘI"."""
    words = re.split(r"(\s+)", text)
    raised = [_is_raised(word) for word in words]
    for i in range(0, len(words), 2):
        beside = raised[max(i - 2, 0) : i] + raised[i + 2 : i + 3]
        if raised[i] or (any(beside) and words[i][:1].isupper() and len(words[i]) <= _SHORT):
            words[i] = words[i].upper()
    return "".join(words)


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    plain = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)))


def _is_raised(word: str) -> bool:
    """A word whose plain letters are capitals, two or more, and whose marked ones are small."""
    plain = [c for c in word if c.isascii() and c.isalpha()]
    return len(plain) > 1 and all(map(str.isupper, plain)) and any(map(str.islower, word))


def _vni_letter(match: re.Match[str]) -> str:
    base, mark = match[0][0], match[0][1]
    return _VNI_LETTERS.get(base, base) + _VNI_MARKS[mark.lower()]


@cache
def _table(charset: str) -> dict[int, str]:
    """The letters of a set by code, both as Latin-1 and as Windows show it."""
    first, letters = (0x80, _VPS) if charset == "vps" else (0xA0, _TCVN3)
    table = {first + i: letter for i, letter in enumerate(letters) if letter != " "}
    if charset == "vps":
        table |= _VPS_CONTROLS
    shown = {ord(window): table[ord(code)] for window, code in _WINDOWS.items() if window and ord(code) in table}
    return table | shown
