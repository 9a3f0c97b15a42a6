"""HTML -> a tree of what is printed: scripts, form controls and hidden parts out, the few styles that matter read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNPRINTED = frozenset({
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe",
    "input", "link", "map", "meta", "meter", "noembed", "noframes", "noscript", "object", "optgroup", "option",
    "picture", "progress", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track",
    "video",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_DEEPEST = 120  # levels; what is nested deeper is taken up to this one, and tables near it are no tables
_TABLE_TAGS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(
    r"font-weight\s*:\s*(?:(?P<bold>bold|[6-9]00)|normal|[1-5]00)|\bfont\s*:[^;]*\b(?P<short>bold)\b", re.IGNORECASE
)
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(?P<kind>none|decimal|(?:lower|upper)-(?:alpha|latin|roman)|disc|circle|square)",
    re.IGNORECASE,
)
# ".hidden{display:none}" in a page's own style sheet
_RULE = re.compile(r"\.(?P<name>[\w-]{1,60})\s*\{(?P<body>[^{}]{0,400})\}")
_SHEET = re.compile(r"<style\b[^>]*>(?P<sheet>[^<]*)", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    """An element as printed. `bold` is None where it is as its surroundings are; `list_style` as CSS names it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    bold: bool | None = None
    list_style: str = ""
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it begins and ends a line."""
        return self.tag in _BLOCKS

    def elements(self) -> "Iterator[Element]":
        """Its child elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> "Iterator[Element]":
        """It and every element below it, in order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def has(self, tag: str) -> bool:
        """Whether an element of that tag stands below it."""
        return any(e.tag == tag for e in self.walk() if e is not self)

    def text(self) -> str:
        """All of its text, blanks as in the file."""
        return "".join(child if isinstance(child, str) else f" {child.text()} " for child in self.children)


def tree_of(html: str) -> Element:
    """The page's body."""
    body = Element("body")
    root = LexborHTMLParser(html).body
    if root is None:
        return body
    sheet = _sheet_of(html)
    stack = [body]
    node = root.child
    while node is not None:
        element = _entered(node, stack[min(len(stack), _DEEPEST) - 1], sheet)
        if element is not None and len(stack) > _DEEPEST - 6 and element.tag in _TABLE_TAGS:
            element.tag = "div"
        below = node.child if element is not None else None
        if element is not None and below is not None:
            stack.append(element)
            node = below
            continue
        following = node.next
        while following is None:
            parent = node.parent
            if parent is None or len(stack) == 1:
                return body
            node = parent
            stack.pop()
            following = node.next
        node = following
    return body


def _entered(node: LexborNode, parent: Element, sheet: dict[str, str]) -> Element | None:
    """The node's element, hung under its parent; None where it has nothing to enter."""
    tag = node.tag or ""
    if tag == "-text":
        parent.children.append(node.text_content or "")
        return None
    if tag.startswith("-") or tag in _UNPRINTED:
        return None
    given = node.attributes
    if not given:
        element = Element(tag, bold=True if tag in _BOLD_TAGS else None)
    else:
        attributes = {name.lower(): value or "" for name, value in given.items()}
        style = _style(attributes, sheet)
        if "hidden" in attributes or (style and _HIDDEN.search(style)):
            return None
        element = Element(tag, attributes, _bold(tag, style), _list_style(style))
    parent.children.append(element)
    return element


def _style(attributes: dict[str, str], sheet: dict[str, str]) -> str:
    """The style of the element's classes, then its own, which wins by standing last."""
    own = attributes.get("style", "")
    if not sheet or "class" not in attributes:
        return own
    return ";".join([*(sheet.get(name, "") for name in attributes["class"].split()), own])


def _bold(tag: str, style: str) -> bool | None:
    weights = list(_WEIGHT.finditer(style)) if "font" in style.lower() else []
    if weights:
        return bool(weights[-1]["bold"] or weights[-1]["short"])
    return True if tag in _BOLD_TAGS else None


def _list_style(style: str) -> str:
    found = _LIST_STYLE.findall(style) if "list-style" in style.lower() else []
    return found[-1].lower() if found else ""


def _sheet_of(html: str) -> dict[str, str]:
    """What the page's own style sheet says of a class alone, where it hides, makes bold or sets a list's numbers."""
    rules: dict[str, str] = {}
    for sheet in _SHEET.finditer(html):
        for rule in _RULE.finditer(sheet["sheet"]):
            if any(word in rule["body"] for word in ("display", "visibility", "font", "list-style")):
                rules[rule["name"]] = rules.get(rule["name"], "") + ";" + rule["body"]
    return rules
