"""Rows that plans share, each under one key: localities, units, and the codelists."""

from extract.text import unaccented
from publish.cells import as_json, slug
from publish.tables import Row
from publish.unit_kinds import unit_kind
from schemas import Locality, Record, UnitRole
from schemas.codelists import codelist

UNIT_COUNTS = ("tasks_lead", "tasks_coordinate", "tasks_implement", "tasks_count", "plans_count", "localities_count")


def locality_key(locality: Locality) -> str | None:
    """The official code, else a name made of kind, name and province; None where the plan names no place."""
    if locality.code:
        return locality.code
    if not locality.name:
        return None
    return slug(" ".join(filter(None, (locality.type, locality.name, locality.province))))


def number_key(number: str | None) -> str | None:
    """One key for all spellings of a document's number; of another year and issuer it may be another document's.

    >>> number_key("05 /KH-UBND"), number_key("5/kh-ubnd"), number_key(None)
    ('5/kh-ubnd', '5/kh-ubnd', None)
    """
    return "".join(unaccented(number or "").split()).lstrip("0") or None


def locality_rows(locality: Locality) -> list[Row]:
    """The plan's territory, if it names one."""
    key = locality_key(locality)
    if key is None:
        return []
    own_name = " ".join(filter(None, (locality.type, locality.name)))
    province = locality.province if locality.province != locality.name else None
    full_name = ", ".join(filter(None, (own_name[:1].upper() + own_name[1:], province)))
    return [
        {
            "id": key,
            "full_name": full_name,
            "type": locality.type,
            "name": locality.name,
            "province": locality.province,
            "code": locality.code,
            "successor": locality.successor,
            "successor_code": locality.successor_code,
            "candidates": as_json([candidate.model_dump() for candidate in locality.candidates]),
            "plans_count": None,
            "search_text": unaccented(full_name),
        }
    ]


def unit_key(unit: UnitRole) -> str:
    """One key for all spellings of a unit.

    >>> unit_key(UnitRole(name="Công an", canonical="Công an phường", role="lead"))
    'công-an-phường'
    """
    return slug(unit.canonical or unit.name)


def unit_rows(record: Record) -> list[Row]:
    """The bodies that take part in a plan's tasks."""
    named: dict[str, str] = {}
    for unit in (unit for task in record.tasks for unit in task.units):
        named.setdefault(unit_key(unit), unit.canonical or unit.name)
    return [unit_row(key, name) for key, name in named.items()]


def unit_row(key: str, name: str) -> Row:
    """A body that takes part in tasks; what it has to do is counted later."""
    return {
        "id": key,
        "name": name[:1].upper() + name[1:],
        "kind": unit_kind(name),
        **dict.fromkeys(UNIT_COUNTS),
        "search_text": unaccented(name),
    }


def codelist_rows(name: str) -> list[Row]:
    """A codelist as a table's rows; "" becomes null."""
    rows: list[Row] = []
    for entry in codelist(name):
        row: Row = {
            "code": entry["code"],
            "label_vi": entry["label_vi"],
            "label_en": entry.get("label_en") or None,
            "definition_vi": entry.get("definition_vi") or entry.get("explanation_vi") or None,
        }
        if name == "indicators":
            row |= {
                "indicator_group": entry["group"],
                "targets_count": 0,
                "localities_count": 0,
                "search_text": unaccented(entry["label_vi"]),
            }
        rows.append(row)
    return rows
