"""Runs in the eight-bit fonts of old (.VnTime, VNI-Times, VPS) -> runs in Unicode."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.normalize.legacy import (
    charset_of_font,
    decode_legacy,
    looks_legacy,
    share_of_syllables,
    with_capitals,
)
from extract.read.pdf.run import Run

_OLD = re.compile("[\u00a1-\u00ff]")
_MODERN = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")
# ư in TCVN3 has the code of a soft hyphen, for which pdfium has characters of its own at a line's end.
_SOFT = str.maketrans("\x02\ufffe", "\u00ad\u00ad")


def in_unicode(runs: Sequence[Run]) -> list[Run]:
    """The runs with what is set in such a font decoded; the font's name or the text's syllables say which it is."""
    texts: dict[str, list[str]] = {}
    for run in runs:
        texts.setdefault(run.font, []).append(run.text)
    charsets = {font: charset for font, parts in texts.items() if (charset := _charset(font, " ".join(parts)))}
    return [_decoded(run, charsets[run.font]) if run.font in charsets else run for run in runs]


def _charset(font: str, text: str) -> str | None:
    """The character set of a font's text, None for Unicode."""
    named = charset_of_font(font)
    if named is None:
        return looks_legacy(text.translate(_SOFT)) if _OLD.search(text) and not _MODERN.search(text) else None
    decoded = decode_legacy(text.translate(_SOFT), named)
    return named if not _MODERN.search(text) or share_of_syllables(decoded) > share_of_syllables(text) else None


def _decoded(run: Run, charset: str) -> Run:
    text = decode_legacy(run.text.translate(_SOFT) if charset.startswith("tcvn3") else run.text, charset)
    return replace(run, text=with_capitals(text) if charset == "tcvn3" else text)
