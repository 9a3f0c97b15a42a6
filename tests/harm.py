"""A record whose every word tries to be markup, as a hostile or broken file might make it."""

from typing import Any

from schemas import Record

# Closes any attribute, title, script or comment that it may have come into.
PAYLOAD = "{n}</title></script>--><img src=x onerror=\"window.hurt='{n}'\"><script>window.hurt='{n}'</script>\"' onmouseover=hurt()"
# What a word of the record is looked up by, or a word of a closed list.
_KEPT = {
    "id", "schema_version", "sha256", "text_source", "comparator", "change", "role", "scope", "modality", "kind",
    "severity", "issuer_level", "confidence", "relation", "path", "group", "start", "end", "date", "rrule", "extracted_at",
    "signed_at",
}  # fmt: skip


def poisoned(record: Record) -> Record:
    """The record with PAYLOAD in place of every word that a document can bring in, each time with its field's name."""
    return Record.model_validate(_poisoned(record.model_dump(mode="json"), ""))


def _poisoned(node: Any, name: str) -> Any:
    match node:
        case dict():
            return {key: _poisoned(one, key) for key, one in node.items()}
        case list():
            return [_poisoned(one, name) for one in node]
        case str() if name == "text" and "\n" in node:
            return node + PAYLOAD.format(n="whole text")
        case str() if name not in _KEPT:
            return PAYLOAD.format(n=name)
        case _:
            return node
