"""The marks that a browser prints before the items of <ol> and <ul>, written out."""

from dataclasses import dataclass

from extract.read.tree import Element

_BULLETS = ("- ", "+ ", "* ")
_DECIMALS = ("{}. ", "{}) ", "({}) ")  # a list inside a list of the same kind: marks that keep the levels apart
_KINDS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Listing:
    """A list as it is being printed: how its items are marked, and the next item's number."""

    kind: str
    depth: int
    number: int = 1

    def mark(self, item: Element) -> str:
        """The mark before an item, "" where the list shows none."""
        if self.kind == "none":
            return ""
        if self.kind == "bullet":
            return _BULLETS[min(self.depth, len(_BULLETS) - 1)]
        number = _integer(item.attributes.get("value", "")) or self.number
        self.number = number + 1
        return _numbered(self.kind, number, self.depth)


def listing_of(element: Element, around: "list[Listing]") -> Listing:
    """How a list is marked inside those around it."""
    style = element.list_style.replace("latin", "alpha")
    if element.tag != "ol":
        kind = "none" if style == "none" else "bullet"
    else:
        kind = _KINDS.get(element.attributes.get("type", ""), "decimal")
        kind = style if style and style not in {"disc", "circle", "square"} else kind
    depth = sum(listing.kind == kind for listing in around)
    return Listing(kind, depth, _integer(element.attributes.get("start", "")) or 1)


def _integer(text: str) -> int:
    """The number written there, 0 for none that a list could start with."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _numbered(kind: str, number: int, depth: int) -> str:
    """The mark as documents print it: letters with a bracket, small Roman numerals in brackets."""
    if kind.endswith("alpha"):
        letter = _letters(number)
        return f"{letter.upper()}. " if kind.startswith("upper") else f"{letter}) "
    if kind.endswith("roman"):
        numeral = _roman(number)
        return f"{numeral.upper()}. " if kind.startswith("upper") else f"({numeral}) "
    return _DECIMALS[min(depth, len(_DECIMALS) - 1)].format(number)


def _letters(number: int) -> str:
    """A … z, aa, ab …, as browsers count.

    >>> _letters(3), _letters(27)
    ('c', 'aa')
    """
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def _roman(number: int) -> str:
    """Small Roman numerals.

    >>> _roman(14)
    'xiv'
    """
    out = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        out += numeral * count
    return out
