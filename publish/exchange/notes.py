"""Processing instructions for what a standard has no place for and lets no other elements stand beside its own.

`<?kehoach target {"id": …}?>`: the word says what the JSON is of. Who knows only the standard passes over them.
"""

from lxml import etree

from publish.exchange.carried import Json, json_pieces
from publish.exchange.own import parsed

_TARGET = "kehoach"


def add_note(parent: etree._Element, name: str, value: object) -> None:
    """Put JSON at the end of an element."""
    for piece in json_pieces(value):
        parent.append(etree.ProcessingInstruction(_TARGET, f"{name} {piece}"))


def note(parent: etree._Element, name: str) -> Json | None:
    """The JSON object that `add_note` put there, None where there is none."""
    found = _texts(parent, name)
    return parsed("".join(found)) if found else None


def notes(parent: etree._Element, name: str) -> list[Json]:
    """The objects that several calls of `add_note` put there, none of which is long."""
    return [parsed(text) for text in _texts(parent, name)]


def _is_ours(child: etree._Element) -> bool:
    return isinstance(child, etree._ProcessingInstruction) and child.target == _TARGET


def _texts(parent: etree._Element, name: str) -> list[str]:
    told = ((child.text or "").partition(" ") for child in parent.iterchildren(etree.PI) if _is_ours(child))
    return [text for said, _, text in told if said == name]
