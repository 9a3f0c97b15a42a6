"""Markdown and HTML inside text -> plain lines."""

import re
from html import unescape

from extract.model import Line

_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINKED = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]*)\)")
_AUTOLINK = re.compile(r"<(?P<url>(?:https?://|www\.|mailto:)[^>\s]+)>")
_LEADING_STAR = re.compile(r"\s*\*\s+(?=\S)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# What ends a line inside a cell: a list item, a paragraph, a break, a row.
_BREAK = re.compile(r"</?(?:li|p|br|div|ul|ol|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
# "- A. - B.": bullets run together in one cell, each after the end of a sentence or of a clause
_RUN_ON_BULLET = re.compile(r"(?:(?<=[.;:…,])|(?<=\w\s))\s*(?=[-–+•]\s+[^\W_a-z])|(?<=[.;:…])\s+(?=[-–+•][^\W_a-z])")
_STRONG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.IGNORECASE)


def plain_of_markdown(text: str) -> str:
    """A line without emphasis, images and link marks; a star that is a bullet stays.

    >>> plain_of_markdown("- + **Quý II năm 2026:** Tổ chức")
    '- + Quý II năm 2026: Tổ chức'
    """
    if not any(mark in text for mark in "*_\\[<&"):
        return text
    text = _AUTOLINK.sub(lambda m: m["url"], _LINKED.sub(lambda m: m["text"], _IMAGE.sub("", text)))
    star = _LEADING_STAR.match(text)
    head = "* " if star else ""
    body = _EMPHASIS.sub("", text[star.end() :] if star else text)
    body = _BREAK.sub(" ", body) if "<" in body else body
    return head + unescape(_ESCAPED.sub(r"\1", _TAG.sub("", body)))


def cell_of_html(text: str) -> tuple[Line, ...]:
    """The lines of a cell that holds HTML; list items get a dash where they have no mark of their own."""
    marked = _ITEM.sub("\n- ", text)
    parts = (unescape(_TAG.sub("", part)) for part in _BREAK.sub("\n", marked).split("\n"))
    lines = (re.sub(r"^\s*-\s+(?=[-–+•])", "", plain_of_markdown(part)).strip() for part in parts)
    return tuple(Line(piece.strip(), whole=True) for line in lines if line for piece in split_bullets(line))


def split_bullets(text: str) -> list[str]:
    """A cell's line parted at the bullets that run on in it.

    >>> split_bullets("- Rà soát thành viên Tổ. - Thành lập nhóm Zalo.")
    ['- Rà soát thành viên Tổ. ', '- Thành lập nhóm Zalo.']
    """
    if not re.match(r"\s*[-–+•]", text):
        return [text]
    pieces = [piece for piece in re.split(r"(?<=[.;:…])\s+(?=[-–+•]\s*[^\W_])", text) if piece.strip()]
    return [piece + " " if i < len(pieces) - 1 else piece for i, piece in enumerate(pieces)]
