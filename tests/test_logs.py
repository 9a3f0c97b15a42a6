"""The log: lines that parse, nothing that a document says, and today's messages where nobody asked for a log."""

import json
import logging
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from publish.logs.events import LOGGER, event, fault
from publish.logs.lines import JsonLines, TextLines
from tests.conftest import ROOT
from tests.records import WARD_TEXT

KEHOACH = Path(sys.executable).with_name("kehoach")
SECRET = "Nguyễn Thị Bí Mật"
# The program with an address whose page fails while it holds words of a document.
FAILING = f"""
import sys
from types import ModuleType
from datasette import hookimpl
from datasette.plugins import pm
from publish.cli import main

@hookimpl
def register_routes():
    def fail(request):
        text = "{SECRET}"
        raise RuntimeError(text)
    return [(r"^/fail$", fail)]

failing = ModuleType("failing")
failing.register_routes = register_routes
pm.register(failing)
main()
"""


def kehoach(*arguments: object, code: str | None = None) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", code] if code else [KEHOACH]
    return subprocess.run([*program, *map(str, arguments)], capture_output=True, text=True, check=False)


def events(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def named(name: str, lines: str) -> dict[str, Any]:
    return next(one for one in events(lines) if one["event"] == name)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with a plan and with a file that can't be read, under a name of every kind of letter."""
    folder = tmp_path / "kế hoạch"
    folder.mkdir()
    (folder / "an-dinh.txt").write_text(WARD_TEXT, "utf-8")
    (folder / 'hỏng "1"\n.pdf').write_text(SECRET, "utf-8")
    return folder


def test_every_line_of_a_build_is_json_with_time_level_and_event(plans: Path, tmp_path: Path):
    done = kehoach("build", plans, "--db", tmp_path / "plans.db", "--log-format", "json", "--log-level", "debug")
    assert (done.returncode, done.stdout) == (1, "")
    told = events(done.stderr)
    for one in told:
        assert datetime.fromisoformat(one["time"]).tzinfo
        assert one["level"] in {"debug", "info", "warning"}
    assert [one["event"] for one in told if one["event"] != "message"] == [
        "started",
        "file",
        "file",
        "built",
        "unread",
        "finished",
    ]
    assert named("unread", done.stderr)["file"].endswith('hỏng "1"\n.pdf')
    built = named("built", done.stderr)
    assert (built["plans"], built["extracted"], built["reused"], built["failures"]) == (1, 1, 0, 1)
    finished = named("finished", done.stderr)
    assert (finished["command"], finished["code"], finished["level"]) == ("build", 1, "warning")
    assert 0 < finished["seconds"] < 600


def test_the_log_holds_no_word_of_the_documents(plans: Path, tmp_path: Path):
    done = kehoach("build", plans, "--db", tmp_path / "plans.db", "--log-format", "json", "--log-level", "debug")
    assert SECRET not in done.stderr
    for line in filter(None, (line.strip() for line in WARD_TEXT.splitlines())):
        assert len(line) < 12 or line not in done.stderr


def test_without_the_options_people_see_what_they_always_saw(plans: Path, tmp_path: Path):
    plain = kehoach("build", plans, "--db", tmp_path / "a.db")
    assert re.fullmatch(r"\S+/a\.db: 1 kế hoạch \(1 mới đọc, 0 dùng lại\)\.\nLỗi: .*\n\.pdf: .*\n", plain.stderr)


def test_a_text_log_comes_beside_the_messages(plans: Path, tmp_path: Path):
    done = kehoach("build", plans / "an-dinh.txt", "--db", tmp_path / "b.db", "--log-level", "info")
    said = [line for line in done.stderr.splitlines() if not re.match(r"\d{4}-\d\d-\d\dT\S+ INFO \w+ \w+=", line)]
    assert said == [f"{tmp_path / 'b.db'}: 1 kế hoạch (1 mới đọc, 0 dùng lại)."]


def test_a_level_leaves_out_what_is_below_it(plans: Path, tmp_path: Path):
    done = kehoach("build", plans, "--db", tmp_path / "c.db", "--log-format", "json", "--log-level", "warning")
    assert {one["event"] for one in events(done.stderr)} == {"unread", "finished"}


def test_results_on_stdout_stay_as_they_are(plans: Path):
    plain = kehoach("extract", plans / "an-dinh.txt", "--out", "-")
    logged = kehoach("extract", plans / "an-dinh.txt", "--out", "-", "--log-format", "json")
    assert json.loads(plain.stdout)["source"]["filename"] == "an-dinh.txt"
    assert logged.stdout == plain.stdout
    assert {one["event"] for one in events(logged.stderr)} == {"started", "message", "finished"}


def test_a_mistake_of_the_user_is_told_with_its_reason(plans: Path):
    done = kehoach("build", plans, "--db", plans / "an-dinh.txt", "--log-format", "json")
    failed = named("failed", done.stderr)
    assert done.returncode == 1
    assert (failed["error"], failed["level"]) == ("NotOurDatabase", "error")
    assert "không phải cơ sở dữ liệu" in failed["reason"]


def test_a_bug_is_told_by_its_place_and_not_by_its_words(plans: Path, tmp_path: Path):
    code = f"import publish.database, publish.cli\ndef build(*_, **__):\n    raise RuntimeError('{SECRET}')\n"
    code += "publish.database.build = build\npublish.cli.main()"
    done = kehoach("build", plans, "--db", tmp_path / "d.db", "--log-format", "json", code=code)
    crashed = named("crashed", done.stderr)
    assert done.returncode == 1
    assert crashed["error"] == "RuntimeError"
    assert crashed["where"][-1].endswith(" build")
    assert SECRET not in done.stderr
    assert "Traceback" in kehoach("build", plans, "--db", tmp_path / "d.db", code=code).stderr


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The log of a site that was asked for a page, with a search, for nothing, and for a page that fails."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "an-dinh.txt").write_text(WARD_TEXT, "utf-8")
    assert kehoach("build", folder / "an-dinh.txt", "--db", folder / "plans.db").returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-c", FAILING, "serve", folder / "plans.db", "--port", "0", "--log-format", "json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    for path in ("/", "/tim-kiem?q=bi+mat", "/nowhere", "/fail"):
        try:
            urlopen(address + path, timeout=60).close()
        except HTTPError as error:
            error.close()
    process.terminate()
    rest, lines = process.communicate(timeout=60)
    assert (rest, process.returncode) == ("", 0)
    return events(lines)


def test_each_request_is_told_with_its_seconds_but_not_what_was_searched_for(served: list[dict[str, Any]]):
    requests = [one for one in served if one["event"] == "request"]
    assert [(one["method"], one["path"], one["status"]) for one in requests] == [
        ("GET", "/", 200),
        ("GET", "/tim-kiem", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/fail", 500),
    ]
    assert all(one["seconds"] > 0 and one["client"] == "127.0.0.1" for one in requests)
    assert "bi+mat" not in json.dumps(served)


def test_a_page_that_fails_is_told_by_its_place_and_not_by_what_it_held(served: list[dict[str, Any]]):
    (failed,) = (one for one in served if one["event"] == "page-failed")
    assert (failed["path"], failed["error"], failed["level"]) == ("/fail", "RuntimeError", "error")
    assert failed["where"][-1].endswith(" fail")
    assert SECRET not in json.dumps(served, ensure_ascii=False)


def test_the_web_server_speaks_in_the_same_log(served: list[dict[str, Any]]):
    assert {one["logger"] for one in served if one["event"] == "log"} == {"uvicorn.error"}
    assert {"started", "serving", "finished"} <= {one["event"] for one in served}


def record(name: str, message: str, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.WARNING, "/lib/x.py", 7, message, None, None)
    made.__dict__.update(extra)
    return made


def test_a_library_is_named_but_what_it_says_is_not_repeated():
    told = json.loads(JsonLines().format(record("pdfminer.font", SECRET)))
    assert (told["event"], told["logger"], told["where"]) == ("log", "pdfminer.font", "/lib/x.py:7")
    assert SECRET not in str(told)


FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"file": Path("a.txt")}, "file=a.txt"),
    ({"file": Path("a b.txt")}, 'file="a b.txt"'),
    ({"file": 'a\n"b"'}, 'file="a\\n\\"b\\""'),
    ({"seconds": 1.23456}, "seconds=1.235"),
    ({"where": ["a:1 f", "b:2 g"]}, 'where="b:2 g < a:1 f"'),
]


@pytest.mark.parametrize(("fields", "said"), FIELDS)
def test_a_text_line_is_one_line_that_can_be_parted_again(fields: dict[str, Any], said: str):
    line = TextLines().format(record(LOGGER.name, "read", fields=fields))
    assert line.partition(" WARNING read ")[2] == said
    assert "\n" not in line


def test_a_name_that_is_no_unicode_is_still_json(tmp_path: Path):
    code = """
import sys
from publish.logs.setting import set_up
from publish.logs import event
set_up("json", "info")
event("read", file="a\\udce1")
print("half a line, ", end="", file=sys.stderr)
print("and the rest", file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    first, second = (json.loads(line) for line in done.stderr.splitlines())
    assert first["file"] == "a\udce1"
    assert second["message"] == "half a line, and the rest"


def test_an_event_without_a_log_goes_nowhere(capsys: pytest.CaptureFixture[str]):
    event("read", logging.ERROR, file="a")
    assert capsys.readouterr() == ("", "")


def test_an_error_is_told_by_type_and_place():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        told = fault(error)
    assert told["error"] == "ValueError"
    assert SECRET not in str(told)
    assert "test_an_error_is_told_by_type_and_place" in str(told["where"])
