"""The tables as a Data Package (Frictionless, version 1): CSV, and a description that programs check them by."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import yaml

from publish.export.comma_separated import plain_csv
from publish.export.files import File
from publish.export.normalized import TABLES_EXPORTED, columns_of, table_rows
from publish.export.source import Source
from publish.tables import BY_NAME, CODELISTS, LAYOUT_VERSION, TABLES, Table

Json = dict[str, Any]

NAME = "ke-hoach-co-quan-nha-nuoc"
_TYPES = {str: "string", int: "integer", float: "number"}
_DATES = {
    "plans": ("period_start", "period_end", "issued_date"),
    "targets": ("due_start", "due_end"),
    "tasks": ("deadline_start", "deadline_end", "active_from", "active_to"),
    "task_days": ("day",),
    "task_quarters": ("deadline_end",),
    "legal_bases": ("date",),
    **{
        table.name: tuple(
            name for name in ("as_of", "period_start", "period_end", "baseline_as_of") if name in table.columns
        )
        for table in TABLES
        if "as_of" in table.columns
    },
}
_LISTS = frozenset({"signatures", "recipients", "funding_sources", "candidates", "bboxes", "spans"})
_OBJECTS = frozenset({"json"})
# Beside the tables, what `kehoach build` makes the same database of again: all that was entered, and the records.
_BESIDE = tuple(table for table in TABLES if table.name == "records" or (table.kept and table not in TABLES_EXPORTED))
_TABLES = (*TABLES_EXPORTED, *_BESIDE)
# A record without its text, which is in `plans`.
_RECORDS = """
    select plan_id, schema_version, sha256, extractor, json_remove(json, '$.text') from records order by plan_id
"""
_QUARTER = r"\d{4}-Q[1-4]"


def data_package(source: Source) -> Iterator[File]:
    """`data/<table>.csv` each, then `datapackage.json`, which knows their sizes and hashes."""
    measured: dict[str, Json] = {}
    for table in _TABLES:
        columns = columns_of(table.name)
        pieces = plain_csv(columns, _rows(source, table, columns))
        yield File(_path(table), _measuring(pieces, measured.setdefault(table.name, {})))
    described = json.dumps(description(source, measured), ensure_ascii=False, indent=2)
    yield File("datapackage.json", [described.encode() + b"\n"])


def _rows(source: Source, table: Table, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    if table.name == "records":
        return iter(source.connection.execute(_RECORDS))
    return table_rows(source, table.name, columns)


def description(source: Source, measured: dict[str, Json]) -> Json:
    """The package's descriptor; `measured` has what is known of each table's file."""
    told = _metadata()
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": told["title"],
        "description": _ABOUT,
        "version": f"{LAYOUT_VERSION}.0.0",
        **({"homepage": source.site} if source.site else {}),
        "licenses": [{"name": told["license"], "path": told["license_url"]}],
        "sources": [{"title": told["source"], **({"path": source.site} if source.site else {})}],
        "contributors": [{"title": f"kehoach {version('kehoach')}", "role": "wrangler"}],
        "extractors": [row["extractor"] for row in source.rows(_EXTRACTORS)],
        "resources": [_resource(source, table, measured[table.name]) for table in _TABLES],
    }


_EXTRACTORS = "select distinct extractor from plans where extractor is not null order by extractor"
_ABOUT = (
    "Chỉ tiêu, nhiệm vụ, đơn vị, thời hạn, căn cứ trong kế hoạch của cơ quan nhà nước, đọc tự động từ văn bản gốc. "
    "span_start và span_end là chỗ đã đọc trong plans.text, đếm ký tự từ 0. Ô trống là không có giá trị."
)


def _measuring(pieces: Iterator[bytes], into: Json) -> Iterator[bytes]:
    """The same pieces; at their end `bytes` and `hash` are known."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
        yield piece
    into.update(bytes=size, hash=f"sha256:{digest.hexdigest()}")


def _resource(source: Source, table: Table, measured: Json) -> Json:
    told = _metadata()["databases"]["plans"]["tables"].get(table.name, {})
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": _path(table),
        "title": told.get("title", table.name),
        **({"description": told["description"]} if "description" in told else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **measured,
        "schema": _schema(source, table, told.get("columns", {})),
    }


def _path(table: Table) -> str:
    return f"data/{table.name}.csv"


def _schema(source: Source, table: Table, told: dict[str, str]) -> Json:
    names = columns_of(table.name)
    keys = [
        {"fields": column, "reference": {"resource": "" if to == table.name else to, "fields": BY_NAME[to].key}}
        for column, to in table.links.items()
    ]
    return {
        "fields": [_field(source, table, name, told.get(name, "")) for name in names],
        "missingValues": [""],
        "primaryKey": table.key,
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(source: Source, table: Table, name: str, told: str) -> Json:
    kind = _TYPES[table.columns[name]]
    if name in _DATES.get(table.name, ()):
        kind = "date"
    elif name in _LISTS:
        kind = "array"
    elif name in _OBJECTS:
        kind = "object"
    limits: Json = {"required": True, "unique": True} if name == table.key else {}
    if name == "quarter":
        limits["pattern"] = _QUARTER
    if table.links.get(name) in CODELISTS:
        limits["enum"] = [row["code"] for row in source.rows(f"select code from {table.links[name]} order by code")]  # noqa: S608
    return {"name": name, "type": kind, "description": told, **({"constraints": limits} if limits else {})}


@cache
def _metadata() -> Json:
    """What the site says of its tables."""
    told: Json = yaml.safe_load(files("publish").joinpath("site/metadata.yaml").read_text("utf-8"))
    return told
