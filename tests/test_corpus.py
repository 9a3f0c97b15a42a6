"""Our own documents and their gold: complete, marked as samples, about invented places, and well formed."""

import csv
import io
import json
import re
import unicodedata
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from pypdfium2 import PdfDocument

from corpus.gold import GOLD, HERE, PLANS, TEXTS, compile_gold, compiled_files, text_at, text_of
from corpus.layouts import made, table_of
from extract.text import fold
from schemas import Actual, Deadline, Measure, Role, Scope, TaskKind

CODELISTS = Path(__file__).parents[1] / "schemas" / "codelists"
SAMPLE = "(Văn bản mẫu – địa phương, số liệu hư cấu)"
GROUP = re.compile(r"closing|PL(\.\w+)*|\w+(\.\w+)*")
RULE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=\d+)?(;BYMONTH=\d+)?(;BYMONTHDAY=\d+)?")
NAMES = sorted(path.name for path in PLANS.iterdir())
PRINTED = [path for path in sorted(TEXTS.glob("*.pdf.md")) if "-scan." not in path.name]
GOLD_FILES = sorted(GOLD.glob("*.yaml"), key=lambda path: path.name)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gold_of(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


def compiled(path: Path) -> dict[str, Any]:
    return json.loads((GOLD / "json" / f"{gold_of(path)['doc']}.json").read_text("utf-8"))


def letters(text: str) -> str:
    """Letters and figures alone, those that OCR takes for one another made one."""
    plain = re.sub(r"<[^>]+>", " ", unescape(unicodedata.normalize("NFC", text)))
    return re.sub(r"[\W_]+", "", fold(plain)).translate(str.maketrans("lo", "10"))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def test_each_plan_that_is_no_text_has_one_that_it_is_made_of():
    assert sorted(path.stem for path in TEXTS.iterdir()) == [name for name in NAMES if name.endswith((".docx", ".pdf"))]


@pytest.mark.parametrize("text", PRINTED, ids=lambda path: path.stem)
def test_a_printed_plan_says_what_its_text_says(text):
    with closing(PdfDocument(PLANS / text.stem)) as plan:
        printed = words(" ".join(page.get_textpage().get_text_range() for page in plan))
        numbers = {str(number) for number in range(2, len(plan) + 1)}
    assert printed == words(text.read_text("utf-8").replace("<br>", " ")) | numbers


@pytest.mark.parametrize("text", sorted(TEXTS.glob("*.docx.md")), ids=lambda path: path.stem)
def test_a_word_file_is_what_its_text_makes(text):
    kept, now = (ZipFile(io.BytesIO(data)) for data in ((PLANS / text.stem).read_bytes(), made(text)))
    assert {name: kept.read(name) for name in kept.namelist()} == {name: now.read(name) for name in now.namelist()}


def test_a_table_of_a_text_spans_columns_and_rows():
    table = table_of(
        ["| STT | Việc | Chủ trì |", "|---|---|---|", "| I | Nhóm việc ||", "| 1 | a | Sở |", "| 2 | b | ^^ |"]
    )
    assert table.ruled
    assert [[(cell.span, cell.merge) for cell in row] for row in table.rows[1:]] == [
        [(1, ""), (2, "")],
        [(1, ""), (1, ""), (1, "restart")],
        [(1, ""), (1, ""), (1, "continue")],
    ]
    assert not table_of(["| Nơi nhận: | CHỦ TỊCH |"]).ruled


def test_no_document_is_large():
    assert max(path.stat().st_size for path in PLANS.iterdir()) < 600_000


def test_the_compiled_gold_is_current():
    written = {path.name: path.read_text("utf-8") for path in (GOLD / "json").glob("*.json")}
    assert dict(compiled_files()) == written


def test_the_manifest_has_one_row_for_each_document():
    manifest = rows(HERE / "manifest.csv")
    assert sorted(row["file"] for row in manifest) == NAMES
    assert {row["kind"] for row in manifest} == {"plan", "report"}
    assert all(all(row.values()) for row in manifest)


def test_every_document_has_gold_and_a_report_alone_has_actual_values():
    gold = {gold_of(path)["doc"]: gold_of(path) for path in GOLD_FILES}
    for row in rows(HERE / "manifest.csv"):
        assert (row["file"] in gold) == (row["gold"] == "yes") is True, row["file"]
        assert ("actuals" in gold[row["file"]]) == (row["kind"] == "report"), row["file"]
        assert ("tasks" in gold[row["file"]]) == (row["kind"] == "plan"), row["file"]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_that_it_is_a_sample(name):
    text = text_of(PLANS / name).read_text("utf-8")
    lines = unicodedata.normalize("NFC", text).replace("\u00ad", "").strip().splitlines()
    assert SAMPLE in " ".join(lines[0].split()) or SAMPLE in " ".join(lines[-1].split())


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_a_documents_place_is_invented(path):
    locality = gold_of(path)["document"]["locality"]
    real = {
        fold(row["name"]) for name in ("localities", "former_localities") for row in rows(CODELISTS / f"{name}.csv")
    }
    real |= {fold(row["province"]) for row in rows(CODELISTS / "localities.csv")}
    assert not real & {fold(place) for place in (locality["name"], locality["province"]) if place}


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_every_target_of_gold_is_well_formed(path):
    indicators = {row["code"] for row in rows(CODELISTS / "indicators.csv")}
    for target in compiled(path)["targets"]:
        assert target["scope"] in set(Scope), target
        assert target["indicator"] in indicators, target
        assert all(Measure.model_validate(measure).unit for measure in target["measures"]), target
        assert is_deadline(target.get("due")), target


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_every_task_of_gold_is_well_formed(path):
    for task in compiled(path)["tasks"]:
        assert task["kind"] in set(TaskKind), task
        assert {unit["role"] for unit in task.get("units", [])} <= set(Role), task
        assert task["group"] == "" or GROUP.fullmatch(task["group"]), task
        assert is_deadline(task.get("deadline")), task


REPORTS = [path for path in GOLD_FILES if path.stem.startswith("baocao-")]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_actual_value_of_gold_is_well_formed(path):
    indicators = {row["code"] for row in rows(CODELISTS / "indicators.csv")}
    for item in compiled(path)["actuals"]:
        fields = {name: value for name, value in item.items() if name not in {"at", "target"}}
        actual = Actual.model_validate({"id": "", "subject": "", **fields})
        assert actual.indicator in indicators, item
        assert (actual.percent is None) == (actual.percent_of is None), item
        assert actual.start is None or actual.end is None or actual.start <= actual.end, item
        assert actual.as_of in {None, actual.end}, item


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_number_of_an_actual_value_is_printed(path):
    record = compiled(path)
    printed = numbers_of(text_of(PLANS / record["doc"]).read_text("utf-8"))
    for item in record["actuals"]:
        parts = [item.get("planned"), item.get("difference")]
        given = {item["value"], item.get("of"), item.get("percent"), *(part["value"] for part in parts if part)}
        assert given - {None} <= printed, item


def numbers_of(text: str) -> set[float]:
    """Every number of a text, a stop between thousands, a comma before decimals."""
    return {float(n.replace(".", "").replace(",", ".")) for n in re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", text)}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_an_actual_value_belongs_to_a_target_that_there_is(path):
    for item in compiled(path)["actuals"]:
        if link := item.get("target"):
            targets = compiled(GOLD / f"{link['plan']}.yaml")["targets"]
            assert len([target for target in targets if target["text"].startswith(link["starts"])]) == 1, item


def test_reports_link_to_the_targets_of_several_plans():
    links = [item["target"]["plan"] for path in REPORTS for item in compiled(path)["actuals"] if "target" in item]
    assert len(set(links)) > 1


def is_deadline(value: dict[str, Any] | None) -> bool:
    """No deadline, or one whose dates are in order and whose rules are of the forms that the guide gives."""
    if value is None:
        return True
    due = Deadline.model_validate(value)
    in_order = due.start is None or due.end is None or due.start <= due.end
    return in_order and all(RULE.fullmatch(rule) for rule in (due.rrule or "").split())


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_gold_is_found_in_its_document(path):
    record = compiled(path)
    source = letters(text_of(PLANS / record["doc"]).read_text("utf-8"))
    for item in record["targets"] + record["tasks"] + record.get("actuals", []):
        text = item.get("text") or item["starts"]
        assert letters(text)[:12] in source, item  # a cell's lines may stand apart, with other cells' between them
        assert all(letters(word) in source for word in text.split()), item


LINES = ["- **Phấn đấu** 100% hộ dân", "", "  có  nước sạch;", "1.2. a) Rà soát <br> sổ", "(3) Tập huấn"]


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("1,3", "Phấn đấu 100% hộ dân có nước sạch;"),
        ("1-3", "Phấn đấu 100% hộ dân có nước sạch;"),
        (4, "Rà soát sổ"),
        ("5", "Tập huấn"),
    ],
)
def test_an_items_text_is_that_of_its_lines_without_marker_and_markup(at, text):
    assert text_at(LINES, at) == text


def test_gold_brings_its_own_text_where_lines_hold_more():
    gold = {
        "doc": "mot.txt",
        "document": {"title": {"at": "1,3"}},
        "tasks": [{"at": "5", "text": "*Tập huấn* cho tổ"}, {"starts": "Rà soát"}],
    }
    record = compile_gold(gold, LINES)
    assert record["document"]["title"] == "Phấn đấu 100% hộ dân có nước sạch;"
    assert record["tasks"] == [{"at": "5", "text": "Tập huấn cho tổ"}, {"starts": "Rà soát"}]
    assert record["targets"] == []


def test_an_actual_value_is_counted_over_the_reports_period_unless_it_says_another():
    gold = {
        "document": {"period": {"start": "2026-01-01", "end": "2026-06-30"}},
        "actuals": [{"at": "5"}, {"at": "5", "start": "2026-06-01", "end": "2026-06-30"}, {"at": "5", "end": None}],
    }
    assert [(item.get("start"), item.get("end")) for item in compile_gold(gold, LINES)["actuals"]] == [
        ("2026-01-01", "2026-06-30"),
        ("2026-06-01", "2026-06-30"),
        (None, None),
    ]


def test_the_shared_gold_compiles_to_the_shared_records(shared):
    mine = {name: json.loads(content) for name, content in compiled_files(shared / "gold", shared / "corpus")}
    theirs = {path.name: json.loads(path.read_text("utf-8")) for path in (shared / "gold" / "json").glob("*.json")}
    assert mine == theirs


def test_a_place_without_text_is_refused():
    with pytest.raises(ValueError, match="dòng 2"):
        compile_gold({"document": {}, "tasks": [{"at": 2}]}, LINES)
