"""Record models -> JSON Schema files in `schemas/json/`: `python -m schemas.json_schema` writes them.

They are what other programs check a record against; a test holds them to the models.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.actual import Actual
from schemas.deadline import Deadline
from schemas.measure import Measure
from schemas.plan import SCHEMA_VERSION, Citation, Head, Record, Section
from schemas.problem import Problem
from schemas.span import Span
from schemas.strict import Strict
from schemas.target import Target
from schemas.task import Task
from schemas.unit import UnitRole

FOLDER = Path(__file__).with_name("json")
MODELS: dict[str, type[Strict]] = {
    "record": Record,
    "document": Head,
    "citation": Citation,
    "section": Section,
    "target": Target,
    "task": Task,
    "measure": Measure,
    "deadline": Deadline,
    "actual": Actual,
    "unit": UnitRole,
    "problem": Problem,
    "span": Span,
}


def json_schema(name: str) -> dict[str, Any]:
    """The schema of one model of `MODELS`, JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kehoach:schema:{SCHEMA_VERSION}:{name}",
        **MODELS[name].model_json_schema(),
    }


def schema_files() -> Iterator[tuple[Path, str]]:
    """Each schema's path and what the file should hold."""
    for name in MODELS:
        yield FOLDER / f"{name}.schema.json", json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    """Write all schema files anew."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in schema_files():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    write()
