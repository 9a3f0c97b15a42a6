"""Our own elements beside those of a standard, where it lets others stand: JSON of what it has no place for."""

import json
from typing import Any

from lxml import etree

from publish.exchange.carried import Json, json_pieces, pieces
from publish.exchange.content import NotAsWritten

NAMESPACE = "urn:kehoach:exchange:1"
_TAG = "{" + NAMESPACE + "}"
PREFIX = {"kehoach": NAMESPACE}


def add_own(parent: etree._Element, name: str, value: object) -> None:
    """Put JSON at the end of an element."""
    for piece in json_pieces(value):
        etree.SubElement(parent, _TAG + name, nsmap=PREFIX).text = piece


def add_own_text(parent: etree._Element, name: str, text: str) -> None:
    """Put text as it is at the end of an element; it must be such as XML holds."""
    for piece in pieces(text):
        etree.SubElement(parent, _TAG + name, nsmap=PREFIX).text = piece


def own(parent: etree._Element, name: str) -> Json | None:
    """The JSON object that `add_own` put there, None where there is none."""
    text = own_text(parent, name)
    return None if text is None else parsed(text)


def own_all(parent: etree._Element, name: str) -> list[Json]:
    """The objects that several calls of `add_own` put there, none of which is long."""
    return [parsed(element.text or "") for element in parent.findall(_TAG + name)]


def own_text(parent: etree._Element, name: str) -> str | None:
    """The text that `add_own_text` put there, None where there is none."""
    found = [element.text or "" for element in parent.findall(_TAG + name)]
    return "".join(found) if found else None


def parsed(text: str) -> Json:
    """A JSON object. Raises NotAsWritten."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAsWritten(f"phần JSON của kehoach bị hỏng: {text[:40]!r}") from error
    if not isinstance(value, dict):
        raise NotAsWritten(f"phần JSON của kehoach không phải một đối tượng: {text[:40]!r}")
    return value
