"""The element and attribute names of WordprocessingML (ECMA-376 part 1) that are read."""

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = "{" + NAMESPACE + "}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VAL = W + "val"
ID = W + "id"
P = W + "p"
PPR = W + "pPr"
R = W + "r"
RPR = W + "rPr"
T = W + "t"
TBL = W + "tbl"
TR = W + "tr"
TC = W + "tc"
TEXT_BOX = W + "txbxContent"
ALTERNATE = MC + "AlternateContent"
CHOICE = MC + "Choice"
FALLBACK = MC + "Fallback"

# What only wraps what is printed: content controls, links, smart tags, insertions and moves that are accepted.
WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo",
    )
)  # fmt: skip

_MOST_DIGITS = 6
_OFF = frozenset({"0", "false", "off", "none"})


def integer(text: str | None) -> int | None:
    """The number of an attribute, None where it is none or past any that Word writes."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else None


def is_on(value: str | None) -> bool:
    """Whether a toggle with that `w:val` is on; one without a value is.

    >>> is_on(None), is_on("0")
    (True, False)
    """
    return value is None or value.lower() not in _OFF
