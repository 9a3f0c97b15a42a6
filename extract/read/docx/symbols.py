"""Characters of symbol fonts -> the characters that they print."""

# Where the fonts differ from each other the bullet that official lists use stands in: the dash, or the round bullet.
_SYMBOL = {
    0x20: " ", 0x2A: "*", 0x2B: "+", 0x2D: "-", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xBE: "-", 0xDE: "→",
}  # fmt: skip
_DINGBATS = {
    0x20: " ", 0x6C: "●", 0x6E: "■", 0x71: "◦", 0x73: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "•", 0x9F: "•",
    0xA0: "▪", 0xA7: "▪", 0xA8: "◦", 0xB2: "◆", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "→", 0xFC: "✓", 0xFE: "✓",
}  # fmt: skip
_PRIVATE = 0xF000
_FEW = 2  # characters that may be symbols written without their private codes; more are words in a wrong font
_SYMBOL_TABLE = {_PRIVATE + code: text for code, text in _SYMBOL.items()}
_DINGBATS_TABLE = {_PRIVATE + code: text for code, text in _DINGBATS.items()}
_EITHER_TABLE = dict.fromkeys(range(_PRIVATE + 0x21, _PRIVATE + 0x100), "•") | _DINGBATS_TABLE | _SYMBOL_TABLE
_FONTS = ("symbol", "wingdings", "webdings", "zapf dingbats", "opensymbol", "starsymbol")


def is_symbol_font(font: str | None) -> bool:
    """Whether a font's characters are not letters."""
    return font is not None and font.lower().startswith(_FONTS)


def printed(text: str, font: str | None = None) -> str:
    r"""The text with the private characters of symbol fonts as what they print; an unknown one is a bullet.

    >>> printed("\uf0b7", "Symbol"), printed("\uf0d8", "Wingdings")
    ('•', '➢')
    """
    if is_symbol_font(font) and len(text.strip()) <= _FEW:
        text = "".join(chr(_PRIVATE + ord(c)) if " " < c <= "\xff" else c for c in text)
    if font is not None and font.lower().startswith("wingdings"):
        text = text.translate(_DINGBATS_TABLE)
    return text.translate(_EITHER_TABLE)


def symbol(code: str, font: str | None) -> str:
    """What `w:sym` prints: its code in hexadecimal, "F0B7" or "B7"."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not is_symbol_font(font):
        return printed(chr(number)) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    return printed(chr(_PRIVATE | number & 0xFF), font)
