"""Running it day after day: backup and restore as docs/operations.md says, systemd's units, the container."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from publish.backup.copying import BackupFailed, back_up, outdated
from publish.database import build
from publish.ours import NotOurDatabase
from publish.progress.facts import ActualValue
from publish.progress.store import Recorded, store
from tests.conftest import ROOT
from tests.records import COMMUNE_TEXT, WARD_TEXT
from tests.site import serving

KEHOACH = Path(sys.executable).with_name("kehoach")
OPERATIONS = ROOT / "docs" / "operations.md"
UNITS = sorted((ROOT / "packaging" / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
CONTAINER = ROOT / "packaging" / "container"
CONTAINERFILE = (CONTAINER / "Containerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((CONTAINER / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of two plans, with a value that was entered."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "plans").mkdir()
    (folder / "plans" / "an-dinh.txt").write_text(WARD_TEXT, "utf-8")
    (folder / "plans" / "bình thuận.txt").write_text(COMMUNE_TEXT, "utf-8")
    build([folder / "plans"], folder / "plans.db")
    enter(folder / "plans.db", 1)
    return folder / "plans.db"


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(made, tmp_path / "plans.db"))


def enter(db: Path, *values: float) -> None:
    with closing(sqlite3.connect(db)) as connection:
        (target,) = connection.execute("select min(id) from targets").fetchone()
    facts = [
        ActualValue(target, one, "%", None, None, f"2026-06-{day:02}", None, None, None, None)
        for day, one in enumerate(values, 1)
    ]
    store(db, facts, Recorded("2026-07-01T08:00:00", "Nguyễn Thị Hạnh"))


def entered(db: Path) -> list[float]:
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return [value for (value,) in connection.execute("select value from actuals order by as_of")]


def content(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return list(connection.iterdump())


def test_a_copy_holds_all_that_the_database_holds(db: Path, tmp_path: Path):
    back_up(db, tmp_path / "copies" / "copy.db")
    assert content(tmp_path / "copies" / "copy.db") == content(db)
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy.db"]


def test_a_copy_is_of_one_moment_while_imports_go_on(db: Path, tmp_path: Path):
    importing = """
import sys
from pathlib import Path
from tests.test_operations import enter
print("started", flush=True)
for upto in range(2, 28):
    enter(Path(sys.argv[1]), *range(1, upto))
"""
    lengths = []
    with subprocess.Popen(
        [sys.executable, "-c", importing, db], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        while process.poll() is None or not lengths:
            back_up(db, tmp_path / "copy.db")
            values = entered(tmp_path / "copy.db")
            assert values == list(range(1, len(values) + 1))
            lengths.append(len(values))
    assert process.returncode == 0
    assert lengths == sorted(lengths)
    assert len(entered(db)) == 26


def test_a_damaged_database_is_not_copied_over_a_good_copy(db: Path, tmp_path: Path):
    back_up(db, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    pages = db.stat().st_size // 4096
    with db.open("r+b") as file:
        for page in range(pages // 2, pages - 1, 2):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)
    with pytest.raises(BackupFailed, match=r"hỏng|malformed"):
        back_up(db, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before
    back_up(tmp_path / "copy.db", db)
    assert db.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "plans.db"]


def test_a_copy_replaces_no_file_of_another_kind_and_not_itself(db: Path, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(NotOurDatabase):
        back_up(db, tmp_path / "notes.txt")
    with pytest.raises(NotOurDatabase):
        back_up(tmp_path / "gone.db", tmp_path / "copy.db")
    with pytest.raises(BackupFailed):
        back_up(db, tmp_path / "." / "plans.db")
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


def kill_while_writing(db: Path) -> None:
    """Leave the half of a write in the file, and beside it what takes it back."""
    killed = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("pragma cache_size = 2")
connection.execute("begin immediate")
connection.execute("update plans set text = text || text, title = 'x'")
connection.execute("create table more as select * from plans, targets, tasks")
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", killed, db], check=False)
    assert done.returncode == -signal.SIGKILL
    assert db.with_name("plans.db-journal").stat().st_size > 0


def test_a_copy_of_a_half_written_database_is_of_what_was_before(db: Path, tmp_path: Path, made: Path):
    kill_while_writing(db)
    back_up(db, tmp_path / "copy.db")
    assert content(tmp_path / "copy.db") == content(db) == content(made)


def test_what_a_killed_write_left_beside_the_old_file_does_not_spoil_what_is_restored(db: Path, tmp_path: Path):
    back_up(db, tmp_path / "copy.db")
    kill_while_writing(db)
    db.rename(tmp_path / "plans.db.hong")  # and its journal stays
    back_up(tmp_path / "copy.db", db)
    assert content(db) == content(tmp_path / "copy.db")


def test_of_a_folder_of_copies_only_the_oldest_beyond_those_to_keep_go(tmp_path: Path):
    names = [f"plans-2026-01-{day:02}.db" for day in range(1, 6)]
    for name in [*names, "plans-tay.db", "other-2026-01-01.db", "plans-2026-01-01.db.hong"]:
        (tmp_path / name).touch()
    assert [path.name for path in outdated(Path("a/plans.db"), tmp_path, 3)] == names[:2]
    assert list(outdated(Path("a/plans.db"), tmp_path, 9)) == []


def test_the_command_names_a_days_copy_and_keeps_as_many_as_are_asked_for(db: Path, tmp_path: Path):
    folder = tmp_path / "copies"
    for _ in range(2):
        done = subprocess.run(
            [KEHOACH, "backup", db, "--to", f"{folder}/", "--keep", "2"], capture_output=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, b"")
    (folder / "plans-2020-01-01.db").touch()
    (folder / "plans-2020-01-02.db").touch()
    done = subprocess.run(
        [KEHOACH, "backup", db, "--to", folder, "--keep", "2"], capture_output=True, text=True, check=False
    )
    assert "bỏ 1 bản cũ" in done.stderr
    assert len(list(folder.iterdir())) == 2
    wrong = subprocess.run(
        [KEHOACH, "backup", db, "--to", tmp_path / "x.db", "--keep", "2"], capture_output=True, check=False
    )
    assert wrong.returncode == 2


def commands(*headings: str) -> list[str]:
    """The blocks of commands below headings of the document, each to be run as it stands."""
    text = OPERATIONS.read_text("utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    wanted = [part for part in parts if part.partition("\n")[0] in headings]
    assert len(wanted) == len(headings)
    return [block for part in wanted for block in re.findall(r"^```bash\n(.*?)^```", part, re.MULTILINE | re.DOTALL)]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="no sqlite3 program")
def test_the_documents_commands_back_up_and_restore(made: Path, tmp_path: Path):
    places = {
        name: tmp_path / name.strip("/").replace("/", "-") for name in ("/var/lib/kehoach", "/var/backups/kehoach")
    }
    for place in places.values():
        place.mkdir()
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, does in {"sudo": '[ "$1" = -u ] && shift 2; exec "$@"', "systemctl": "exit 0"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        (programs / name).chmod(0o755)
    db = places["/var/lib/kehoach"] / "plans.db"
    shutil.copy(made, db)
    backing_up, restoring = commands("Sao lưu"), commands("Khôi phục")
    assert len(backing_up) == 2
    assert len(restoring) == 1
    for step, script in enumerate([*backing_up, *restoring]):
        if step == len(backing_up):
            db.write_bytes(b"broken" * 1000)
        for name, place in places.items():
            script = script.replace(name, str(place))  # noqa: PLW2901
        script = script.replace("/opt/kehoach/.venv/bin/kehoach", str(KEHOACH))  # noqa: PLW2901
        environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-eu", "-c", script], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (script, done.stdout, done.stderr)
    copies = sorted(path.name for path in places["/var/backups/kehoach"].iterdir())
    assert len(copies) == 3
    assert {"gon.db", "tay.db"} < {*copies}
    assert db.with_name("plans.db.hong").exists()
    assert content(db) == content(made)
    assert entered(db) == [1]


def test_every_file_and_every_command_that_the_document_names_exists():
    text = OPERATIONS.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert [link for link in links if not (OPERATIONS.parent / link).exists()] == []
    named = set(re.findall(r"\b((?:packaging|scripts|publish)/[\w./*-]*[\w*])", text))
    assert [path for path in named if not any(ROOT.glob(path))] == []
    listed = subprocess.run([KEHOACH, "--help"], capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))
    assert set(re.findall(r"(?:^|/|`)kehoach ([a-z]+)", text, re.MULTILINE)) <= known
    for unit in set(re.findall(r"kehoach-\w+\.(?:service|timer)", text)):
        assert (ROOT / "packaging" / "systemd" / unit).exists(), unit


def settings(unit: Path) -> ConfigParser:
    """What a unit says; where a setting stands several times, all of it."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit, "utf-8")
    return parser


def started(unit: Path) -> list[str]:
    """The command lines that a unit runs, without systemd's prefixes."""
    lines = re.findall(r"^Exec\w+=[+-]*(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    assert lines
    return lines


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_unit_calls_the_program_as_it_can_be_called(unit: Path):
    for line in started(unit):
        program, *arguments = line.split()
        if program.endswith("/systemctl"):
            continue
        assert program == "/opt/kehoach/.venv/bin/kehoach"
        said = subprocess.run([KEHOACH, arguments[0], "--help"], capture_output=True, text=True, check=True).stdout
        for option in (one for one in arguments if one.startswith("--")):
            assert option in said


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_unit_may_do_no_more_than_it_must(unit: Path):
    service = settings(unit)["Service"]
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelModules"):
        assert service[name] == "yes", name
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["User"] == "kehoach"
    assert re.fullmatch(r"\d+[MG]", service["MemoryMax"])
    written = {argument for line in started(unit) for argument in re.findall(r"(?:--db|--to) (/[\w/]+)", line)}
    for place in written:
        assert any(Path(place).is_relative_to(one) for one in service["ReadWritePaths"].split()), place
    if not written:
        assert "ReadWritePaths" not in service


def test_every_unit_that_another_names_is_there():
    names = {path.name for path in UNITS}
    for path in UNITS:
        assert set(re.findall(r"kehoach-\w+\.(?:service|timer)", path.read_text("utf-8"))) <= names
    timer = settings(ROOT / "packaging" / "systemd" / "kehoach-build.timer")
    assert timer["Timer"]["Persistent"] == "yes"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_finds_no_fault_in_a_unit(unit: Path, tmp_path: Path):
    for path in UNITS:  # each is looked for beside the others, with a program that is there
        text = path.read_text("utf-8").replace("/opt/kehoach/.venv/bin/kehoach", str(KEHOACH))
        (tmp_path / path.name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "kehoach" in line]
    assert ours == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_systemd_holds_a_unit_for_safe(unit: Path):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in done.stderr:
        pytest.skip("a systemd-analyze before 250")
    assert done.returncode == 0, done.stdout[-400:]


def test_the_container_copies_and_calls_only_what_is_there():
    ignored = (CONTAINER / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*"
    sent = {line.strip("!/") for line in ignored if line.startswith("!")}
    copied = {
        source.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.*)$", CONTAINERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert copied == sent
    assert [path for path in copied if not (ROOT / path).exists()] == []
    brought = {Path(path).name for path in copied}
    asked = re.findall(r"/usr/local/share/kehoach/([\w.-]+)", CONTAINERFILE + str(COMPOSE))
    assert {*asked} <= brought
    command = re.search(r"^CMD \[(.*)\]$", CONTAINERFILE, re.MULTILINE)
    assert command is not None
    said = subprocess.run([KEHOACH, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"--[a-z-]+", command[1])) <= set(re.findall(r"--[a-z-]+", said))


def test_the_containers_python_is_one_that_the_versions_are_pinned_for():
    images = set(re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE))
    assert len(images) == 1
    assert "python:3.11-slim" in images.pop()
    last_user = re.findall(r"^USER (\S+)", CONTAINERFILE, re.MULTILINE)[-1]
    assert last_user.partition(":")[0] not in {"root", "0"}


def test_the_system_programs_of_the_container_are_features_of_the_script():
    features = re.findall(r"install-system\.sh (?:--check )?([a-z ]+?)(?: \\|\)|$)", CONTAINERFILE, re.MULTILINE)
    assert features
    for words in features:
        done = subprocess.run(
            [ROOT / "scripts/install-system.sh", "--check", *words.split()], capture_output=True, check=False
        )
        assert done.returncode == 0


def services() -> Iterator[tuple[str, dict[str, object]]]:
    yield from COMPOSE["services"].items()


def test_compose_names_what_is_there_and_lets_nothing_be_more_than_it_must():
    site = COMPOSE["services"]["site"]
    build_from = (CONTAINER / site["build"]["context"]).resolve()
    assert build_from == ROOT
    assert (ROOT / site["build"]["dockerfile"]).is_file()
    for name, service in services():
        assert service["cap_drop"] == ["ALL"], name
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "mem_limit" in service
        for volume in map(str, service["volumes"]):  # type: ignore[call-overload]
            source = volume.partition(":")[0]
            if source.startswith("./"):
                assert (CONTAINER / source).is_file()
            elif not source.startswith("$"):
                assert source in COMPOSE["volumes"]
    assert COMPOSE["services"]["nightly"]["network_mode"] == "none"
    assert "ports" not in site
    assert COMPOSE["networks"]["inside"]["internal"] is True
    port = re.findall(r"^EXPOSE (\d+)", CONTAINERFILE, re.MULTILINE)[0]
    assert f"reverse_proxy site:{port}" in (CONTAINER / "Caddyfile").read_text("utf-8")


def test_the_containers_script_reads_once_backs_up_and_reads_again(tmp_path: Path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.txt").write_text(WARD_TEXT, "utf-8")
    places = {f"KEHOACH_{name.upper()}": str(tmp_path / name) for name in ("plans", "backups")}
    environment = {
        **os.environ,
        **places,
        "KEHOACH_DB": str(tmp_path / "plans.db"),
        "PATH": f"{KEHOACH.parent}:{os.environ['PATH']}",
    }
    for copies in (0, 1):
        done = subprocess.run(
            [CONTAINER / "nightly.sh", "02:00", "once"], env=environment, capture_output=True, text=True, check=False
        )
        assert '"event": "built"' in done.stderr, done.stderr
        assert len(list((tmp_path / "backups").glob("*.db"))) == copies
    waiting = subprocess.Popen([CONTAINER / "nightly.sh", "02:00"], env=environment, stderr=subprocess.DEVNULL)
    with pytest.raises(subprocess.TimeoutExpired):  # there is a database: nothing to do before the night
        waiting.wait(timeout=1)
    waiting.terminate()
    assert waiting.wait(timeout=10) == 0


def test_the_containers_health_is_what_the_site_answers(db: Path):
    check = [sys.executable, CONTAINER / "healthcheck.py"]
    with serving(db) as site:
        assert subprocess.run([*check, f"{site.address}/"], check=False).returncode == 0
        assert subprocess.run([*check, f"{site.address}/nowhere"], capture_output=True, check=False).returncode == 1
    assert subprocess.run([*check, f"{site.address}/"], capture_output=True, check=False).returncode == 1
