"""Rebuilds localities.csv and former_localities.csv: `python -m schemas.codelists.make_localities`.

Source: the data files in the PyPI package vietnamadminunits 1.0.4 (MIT): the 34 provinces and 3,321 communes since
2025-07-01 with their codes, the units before that day, and which became which. A unit that was divided has the part
that the package marks as its default as successor. The package is needed to rebuild only, never at run time.

localities.csv          code, name, type, province
former_localities.csv   code, name, type, district_type, district, province, successor_code
"""

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Row = tuple[str, ...]


def main() -> None:
    """Write both files beside this one."""
    data = _package_data()
    with sqlite3.connect(data / "dataset.db") as database:
        current = list(_current(database))
        former = list(_former(database, json.loads((data / "converter_2025.json").read_text("utf-8"))))
    _write("localities.csv", ("code", "name", "type", "province"), current)
    header = ("code", "name", "type", "district_type", "district", "province", "successor_code")
    _write("former_localities.csv", header, former)


def _package_data() -> Path:
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("Cần gói vietnamadminunits 1.0.4: pip install vietnamadminunits==1.0.4")
    return Path(spec.origin).parent / "data"


def _write(name: str, header: Row, rows: Iterable[Row]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(set(rows)))


def _split(full: str) -> tuple[str, str]:
    """("phường", "Hồng Gai") of "Phường Hồng Gai"."""
    for kind in ("Thị trấn", "Thị xã", "Thành phố", "Đặc khu", "Phường", "Quận", "Huyện", "Tỉnh", "Xã"):
        if full.lower().startswith(kind.lower() + " "):
            return kind.lower(), " ".join(full[len(kind) :].split())
    raise ValueError(f"{full!r} begins with no kind of unit")


def _current(database: sqlite3.Connection) -> Iterator[Row]:
    query = "select province, provinceCode, ward, wardCode from admin_units"
    for province, province_code, ward, ward_code in database.execute(query):
        province_type, province_name = _split(province)
        yield province_code, province_name, province_type, province_name
        kind, name = _split(ward)
        yield ward_code, name, kind, province_name


def _former(database: sqlite3.Connection, converter: dict[str, Any]) -> Iterator[Row]:
    successors = _successors(database, converter)
    parts: dict[Row, set[str]] = {}
    columns = "province, provinceKey, provinceCode, district, districtKey, districtCode, ward, wardKey, wardCode"
    for row in database.execute(f"select {columns} from admin_units_legacy"):  # noqa: S608  (our own constant)
        province, province_key, province_code, district, district_key, district_code, ward, ward_key, ward_code = row
        province_type, province_name = _split(province)
        yield province_code, province_name, province_type, "", "", province_name, successors.get(province_key, "")
        district_type, district_name = _split(district)
        successor = successors.get(f"{province_key}_{district_key}_{ward_key or ''}", "")
        parts.setdefault((district_code, district_name, district_type, "", "", province_name), set()).add(successor)
        if ward:
            kind, name = _split(ward)
            yield ward_code, name, kind, district_type, district_name, province_name, successor
    for unit, became in parts.items():  # a district became one unit only where all its parts did
        yield *unit, became.pop() if len(became) == 1 else ""


def _successors(database: sqlite3.Connection, converter: dict[str, Any]) -> dict[str, str]:
    """The code of the unit that a former one became, by the package's keys."""
    query = "select provinceKey, provinceCode, wardKey, wardCode from admin_units"
    codes: dict[tuple[str, str], str] = {}
    found: dict[str, str] = {}
    for province_key, province_code, ward_key, ward_code in database.execute(query):
        codes[province_key, ward_key] = ward_code
        found.update(dict.fromkeys(converter["DICT_PROVINCE"][province_key], province_code))
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            found.update(dict.fromkeys(olds, codes.get((province, ward), "")))
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in olds.items():
            main_part = next((n["newWardKey"] for n in news if n["isDefaultNewWard"]), "")
            found[old] = codes.get((province, main_part), "")
    return found


if __name__ == "__main__":
    main()
