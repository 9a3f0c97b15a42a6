"""What a standard's own elements show of an object is kept there; the rest of it goes beside them as JSON.

Who writes and who reads ask the same function what the elements show, so that nothing is said twice or lost.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from schemas.strict import Strict

Json = dict[str, Any]

# What XML 1.0 can't hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECE = 1_000_000  # letters of one text; XML parsers that are careful take ten times as many


def held(model: Strict, *always: str) -> Json:
    """The fields of a model that are not what they are by default, and the named ones whatever they are."""
    return model.model_dump(mode="json", exclude_defaults=True) | model.model_dump(mode="json", include=set(always))


def without(values: Mapping[str, Any], *names: str) -> Json:
    """The fields but for some."""
    return {name: value for name, value in values.items() if name not in names}


def rest_of(held: Mapping[str, Any], shown: Mapping[str, Any]) -> Json:
    """The fields that the shown values do not give; null where something is shown and nothing is held.

    >>> rest_of({"title": None, "number": "25/KH", "place": None}, {"title": "(không tên)", "number": "25/KH"})
    {'title': None}
    """
    return {
        name: value
        for name, value in held.items()
        if (value != shown[name] if name in shown else value is not None)
    }  # fmt: skip


def whole(rest: Mapping[str, Any], shown: Mapping[str, Any]) -> Json:
    """What `rest_of` was given.

    >>> whole({"title": None}, {"title": "(không tên)", "number": "25/KH"})
    {'number': '25/KH', 'title': None}
    """
    return {name: value for name, value in shown.items() if name not in rest and value is not None} | dict(rest)


def shown_text(text: str) -> str:
    """Text as an element of XML can show it: what it can't hold becomes a question mark."""
    return _NO_XML.sub("\ufffd", text)


def decimal(value: float) -> str:
    """A number without an exponent, as xsd:decimal asks; `float` reads it back.

    >>> decimal(85.0), decimal(1e16), decimal(0.1)
    ('85', '10000000000000000', '0.1')
    """
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def json_pieces(value: object) -> Iterator[str]:
    """JSON in letters that XML can hold, elements and instructions, in pieces that parsers take; to be put together."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return pieces(_NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text).replace("?>", r"?\u003e"))


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that parsers take, one at least."""
    return (text[at : at + _PIECE] for at in range(0, len(text) or 1, _PIECE))
