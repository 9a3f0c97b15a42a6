"""Markdown and HTML inside text -> plain lines."""

import re
from html import unescape

from extract.model import Cell, Line

# One mark at a time, from the left: an escaped character, an image, a link, an address in angle brackets, emphasis.
_MARK = re.compile(
    r"""\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|<>~%$&^=:,;/"'])
    | !\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])
    | (?<!!)\[(?P<text>[^\[\]\n]{1,1000})\]\((?P<url>[^()\s]{0,2000})(?:\s+["'][^"'\n]{0,300}["'])?\)
    | <(?P<address>(?:https?://|www\.|mailto:)[^<>\s]{1,2000})>
    | (?P<stars>\*{1,3}) | (?P<lows>(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)) | ~~ | `+""",
    re.VERBOSE,
)
_LEADING_STAR = re.compile(r"\s*\*\s+(?=\S)")
_UNDERSCORES = re.compile(r"[_\s]+")
# Only HTML's own tags: "<tên đơn vị>" is text to be filled in.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|body|br|caption|center|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|hr|html|i|img|ins"
    r"|label|li|mark|o:p|ol|p|pre|s|section|small|span|st1:\w+|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)"
    r"\b[^<>]*/?>",
    re.IGNORECASE,
)
# What ends a line inside a cell: a list item, a paragraph, a break, a row.
_BREAK = re.compile(r"</?(?:li|p|br|div|ul|ol|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b[^<>]*>|\n", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_STRONG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_BOLD_MARK = re.compile(r"(?<!\\)(?:\*\*|__(?=[^\s_]))|(?<=[^\s_\\])__(?![_\w])")
_FORMULA = re.compile(r"\$(?P<body>[^$\n]{1,120})\$")
_SIGNS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "times": "x",
    "rightarrow": "→", "to": "→", "cdot": ".", "quad": " ", "approx": "≈", "pm": "±", "div": ":",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?P<name>[a-zA-Z]+)")
_WRAPPING = frozenset({"text", "mathrm", "mathbf", "textbf", "textit", "mathit", "operatorname", "boldsymbol"})
_SPLIT_BULLET = re.compile(r"(?<=[.;:…])\s+(?=[-–+•]\s*[^\W_])")
_DOUBLED_DASH = re.compile(r"^\s*-\s+(?=[-–+•])")


def plain_of_markdown(text: str) -> str:
    r"""A line without emphasis, images and link marks; a star that is a bullet stays.

    >>> plain_of_markdown("- + **Quý II năm 2026:** Tổ chức")
    '- + Quý II năm 2026: Tổ chức'
    >>> plain_of_markdown("2\\.1\\. Số hóa \\* trang, xem [Cổng](https://a.vn)")
    '2.1. Số hóa * trang, xem Cổng'
    """
    if not any(mark in text for mark in "*_\\[<&`~$"):
        return text
    if "$" in text and "\\" in text:
        text = _FORMULA.sub(_of_formula, text)
    star = _LEADING_STAR.match(text)
    if star is None and _UNDERSCORES.fullmatch(text):
        return text
    head = "* " if star else ""
    body = text[star.end() :] if star else text
    if "<" in body:
        body = _TAG.sub("", _BREAK.sub(" ", body))
    body = _MARK.sub(_unmarked, body)
    return head + (unescape(body) if "&" in body else body)


def _unmarked(match: re.Match[str]) -> str:
    return (
        match["escaped"]
        or (match["text"] and plain_of_markdown(match["text"]))
        or match["url"]
        or match["address"]
        or ""
    )


def _of_formula(match: re.Match[str]) -> str:
    r"""A figure that a converter took for mathematics: "$\ge 90\%$"."""
    if "\\" not in match["body"]:
        return match[0]
    body = match["body"].replace("\\%", "%").replace("\\_", "_").replace("\\,", "").replace("\\ ", " ")
    body = _COMMAND.sub(lambda m: _SIGNS.get(m["name"], "" if m["name"] in _WRAPPING else m[0]), body)
    return body.replace("{", "").replace("}", "").strip()


def is_bold(text: str, *, bold: bool = False) -> bool:
    """Whether every letter of a line stands between bold marks; `bold` says that they were opened before it."""
    if "**" not in text and "__" not in text and "<" not in text:
        return bold and any(map(str.isalnum, text))
    parts = _BOLD_MARK.split(_STRONG.sub("**", text) if "<" in text else text)
    if any((i % 2 == 1) == bold and any(map(str.isalnum, part)) for i, part in enumerate(parts)):
        return False
    return any(map(str.isalnum, text))


def turns_bold(text: str) -> bool:
    """Whether a line opens or closes a bold run that it does not close or open itself."""
    return ("**" in text or "__" in text) and len(_BOLD_MARK.findall(text)) % 2 == 1


def cell_of(text: str) -> Cell:
    """A table cell's lines, of Markdown or of HTML."""
    if not text.strip():
        return Cell()
    if "<" in text and _BREAK.search(text) and not _LINE_BREAK.fullmatch(_only_tags(text)):
        return Cell(cell_of_html(text))
    pieces = [piece for piece in _LINE_BREAK.split(text) if piece.strip()]
    lines = [
        Line(plain, bold=is_bold(piece), whole=i == len(pieces) - 1)
        for i, piece in enumerate(pieces)
        if (plain := plain_of_markdown(piece).strip())
    ]
    return Cell(tuple(lines))


def _only_tags(text: str) -> str:
    """The breaking tags of a cell, "<br>" where those are its only kind."""
    tags = {match[0].lower().rstrip("/> ") for match in _BREAK.finditer(text)}
    return "<br>" if tags <= {"<br", "</br"} else "".join(tags)


def cell_of_html(text: str) -> tuple[Line, ...]:
    """The lines of a cell that holds HTML; list items get a dash where they have no mark of their own."""
    lines: list[Line] = []
    for part in _BREAK.sub("\n", _ITEM.sub("\n- ", text)).split("\n"):
        plain = _DOUBLED_DASH.sub("", plain_of_markdown(part)).strip()
        if plain:
            lines += [Line(piece.strip(), bold=is_bold(part), whole=True) for piece in split_bullets(plain)]
    return tuple(lines)


def split_bullets(text: str) -> list[str]:
    """A cell's line parted at the bullets that run on in it.

    >>> split_bullets("- Rà soát thành viên Tổ. - Thành lập nhóm Zalo.")
    ['- Rà soát thành viên Tổ. ', '- Thành lập nhóm Zalo.']
    """
    if not re.match(r"\s*[-–+•]", text):
        return [text]
    pieces = [piece for piece in _SPLIT_BULLET.split(text) if piece.strip()]
    return [piece + " " if i < len(pieces) - 1 else piece for i, piece in enumerate(pieces)]
