"""Rows that plans share, each under one key: localities, units, and the codelists."""

from collections.abc import Iterable

from extract.text import unaccented
from publish.cells import as_json, slug
from publish.tables import CODELISTS, TABLES, Row, Rows, Value
from publish.unit_kinds import unit_kind
from schemas import Locality, UnitRole
from schemas.codelists import codelist


def locality_key(locality: Locality) -> str | None:
    """The official code, else a name made of kind, name and province; None where the plan names no place."""
    if locality.code:
        return locality.code
    if not locality.name:
        return None
    return slug(" ".join(filter(None, (locality.type, locality.name, locality.province))))


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


def unit_row(unit: UnitRole) -> Row:
    """A body that takes part in tasks."""
    name = unit.canonical or unit.name
    return {
        "id": unit_key(unit),
        "name": name[:1].upper() + name[1:],
        "kind": unit_kind(name),
        "tasks_lead": None,
        "tasks_coordinate": None,
        "tasks_implement": None,
        "tasks_count": None,
        "plans_count": None,
        "localities_count": None,
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
                "targets_count": None,
                "localities_count": None,
                "search_text": unaccented(entry["label_vi"]),
            }
        rows.append(row)
    return rows


def merged(rows: Iterable[Row]) -> list[Row]:
    """One row a key, sorted; where rows of a key differ, the first value that says something stands."""
    by_key: dict[Value, Row] = {}
    for row in rows:
        kept = by_key.setdefault(row["id"], dict(row))
        kept.update({name: value for name, value in row.items() if kept[name] in (None, "[]")})
    return [by_key[key] for key in sorted(by_key, key=str)]


def name_unlisted_codes(found: Rows) -> None:
    """A code that no codelist knows gets a row that bears its own name, so that every link leads somewhere."""
    for table in TABLES:
        for column, listed in table.links.items():
            if listed not in CODELISTS and listed != "indicators":
                continue
            known = {row["code"] for row in found[listed]}
            used = {row[column] for row in found[table.name]} - {None}
            blank: Row = dict.fromkeys(found[listed][0])
            found[listed] += [{**blank, "code": code, "label_vi": code} for code in sorted(used - known, key=str)]
