"""The benches' own logic: what they make, how they time, what they write; each bench runs once in small."""

import sys
from pathlib import Path

import pytest

from bench import country, readers
from bench.country import ADDED, ALONE, CHANGED, NOTHING, REMOVED, WORKED, Measured, Whole
from bench.page import keep, markers
from bench.peers import RECORD, Given
from bench.pile import Pile, kind
from bench.run import CommandFailed, Run, run
from bench.samples import PLANS, plans, printed, scans
from bench.timing import in_turns, ratio
from tests.conftest import ROOT

MB = 1 << 20


def test_a_part_of_the_page_is_written_between_its_markers_and_nothing_else(tmp_path):
    begin, end = markers("pdf", "readers")
    (page := tmp_path / "page.md").write_text(f"# Page\n{begin}\nold\n{end}\nrest\n")
    for _ in range(2):
        keep("pdf", "readers", "new", page)
    assert page.read_text() == f"# Page\n{begin}\nnew\n{end}\nrest\n"
    with pytest.raises(ValueError, match=r"docx: written by python -m bench\.readers"):
        keep("docx", "readers", "new", page)


def test_the_page_has_a_place_for_every_bench_that_writes():
    text = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    for name, bench in [
        ("pdf", "readers"), ("docx", "readers"), ("country", "country"), ("ocr", "ocr"), ("speed", "speed"),
        ("progress", "progress"), ("site", "site"), ("parallel", "parallel"),
    ]:  # fmt: skip
        begin, end = markers(name, bench)
        assert text.count(begin) == 1, begin
        assert text.count(end) == 1, end


def test_a_machine_that_is_slow_for_a_while_moves_no_ratio():
    """In the second round everything takes five times as long, in the third the half."""
    pace = iter([1, 1, 5, 5, 0.5, 0.5])
    times = in_turns({"ours": lambda: 2, "theirs": lambda: 1}, 3, clock=lambda work: work() * next(pace))
    assert times == {"ours": [2, 10, 1], "theirs": [1, 5, 0.5]}
    assert ratio(times["ours"], times["theirs"]) == 2


def test_words_that_a_reader_loses_or_tears_apart_are_missed():
    source = readers.words("| **Số: 26/2025/NQ-HĐND** | ngày 07 |\n- Tỷ lệ 95%")
    assert readers.share_found([source], ["Số: 26/2025/NQ-HĐND ngày 07 Tỷ lệ 95%"]) == 1
    assert readers.share_found([source], ["Số: 26/2025/NQHĐND ngày 07 Tỷ lệ 95%"]) == pytest.approx(1 - 1 / len(source))
    assert readers.share_found([source], ["<p>Số: 26/2025/NQ-HĐND</p> ngày 07 Tỷ lệ 95%"]) == 1


def test_the_readers_are_compared_on_samples_whose_text_is_known():
    for suffix in (".pdf", ".docx"):
        own = [path for path in plans(suffix) if path.parent == PLANS]
        assert own
        assert all(printed(path) for path in own)
    assert scans()[0].parent == PLANS


def test_a_library_that_is_missing_is_named_and_the_others_are_compared(monkeypatch):
    monkeypatch.setitem(sys.modules, "kreuzberg", None)  # an import of it fails
    path = PLANS / "mau-34-chuyen-doi-so-phuong.docx"
    text, limits = readers.compared(".docx", [path], 1)
    assert "not installed: " in text
    assert "kreuzberg" in text.splitlines()[0]
    assert "| python-docx |" in text
    assert "| kreuzberg |" not in text
    assert any(limit.said.startswith("record / ") for limit in limits)


def test_what_each_reader_gives_stands_beside_its_time():
    took = {"kehoach, reading": [1.0], RECORD: [2.0], "slow": [4.0]}
    given = {"kehoach, reading": [Given("một", 2, boxes=True)], RECORD: [Given("một", records=7)], "slow": [Given("")]}
    rows = readers.report([Path("nowhere.pdf")], took, given).splitlines()[2:]
    assert rows == [
        "| kehoach, reading | 1.00 | — | 2 | yes | — |",
        "| kehoach, record | 2.00 | — | — | — | 7 |",
        "| slow | 4.00 | — | — | — | — |",
    ]


def test_a_limit_is_missed_only_above_it():
    assert readers.Limit("a", 2.0, 2.0).kept
    assert "MISSED" in str(readers.Limit("a", 2.01, 2.0))


def held(megabytes: int) -> str:
    return f"x = bytearray({megabytes * MB}); import time; time.sleep(0.9)"


def test_the_memory_of_a_run_is_its_own_and_that_of_its_processes(tmp_path):
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held(80)!r}])"
    alone, above = run([sys.executable, "-c", held(80)]), run([sys.executable, "-c", child])
    assert 80 * MB < alone.main < 140 * MB
    assert above.main < 80 * MB < above.tree
    assert alone.passed > 0.9


def test_a_run_that_fails_says_what_it_said():
    with pytest.raises(CommandFailed, match="why"):
        run([sys.executable, "-c", "import sys; sys.exit('w' + 'hy')"])


def test_a_pile_is_the_same_each_time_and_is_not_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr("bench.pile.kind", lambda at: "docx" if at % 10 == 3 else "text")  # PDF takes LibreOffice
    monkeypatch.setattr("bench.pile.IN_A_FOLDER", 6)
    one, other = Pile(tmp_path / "a"), Pile(tmp_path / "b")
    first = one.documents(10)
    assert [path.suffix for path in first].count(".docx") == 1
    assert [path.read_bytes() for path in first if path.suffix == ".txt"] == [
        path.read_bytes() for path in other.documents(10) if path.suffix == ".txt"
    ]
    made = [path.stat().st_mtime_ns for path in first]
    more = one.documents(18)
    assert more[:10] == first
    assert [path.stat().st_mtime_ns for path in more[:10]] == made
    folder = one.laid_out(10, tmp_path / "linked")
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 10
    assert len({path.read_bytes() for path in more}) == 18


def test_most_of_a_pile_is_text():
    kinds = [kind(at) for at in range(1000)]
    assert kinds.count("docx") == 100
    assert kinds.count("pdf") in {0, 40}  # none without LibreOffice


def measured(*, added: float, nothing: float, memory: int) -> Measured:
    def changes(own: float, idle: float) -> dict[str, list[float]]:
        return {ALONE: [1.0], ADDED: [own], NOTHING: [idle], WORKED: [idle / 2], CHANGED: [1.0], REMOVED: [1.0]}

    wholes = [Whole(100, Run(10, 20, 100 * MB, 200 * MB), 100 << 10), Whole(1000, Run(50, 90, memory, 1), 3 << 20)]
    return Measured(wholes, {100: changes(1, 1), 1000: changes(added, nothing)})


@pytest.mark.parametrize(
    ("found", "past"),
    [
        (measured(added=2.9, nothing=2.0, memory=119 * MB), []),
        (measured(added=3.1, nothing=2.0, memory=119 * MB), ["one added to 1,000, times alone: 3.10 (at most 3)"]),
        (measured(added=1, nothing=4.2, memory=MB), ["nothing new at 1,000, of what is allowed: 2.00 (at most 1)"]),
        (measured(added=1, nothing=1, memory=130 * MB), ["main process's memory at 1,000: 1.30 (at most 1.2)"]),
    ],
)
def test_the_limits_of_a_country(found: Measured, past: list[str]):
    assert country.missed(found) == past


def test_a_country_is_told_in_times_of_the_smallest():
    said = country.report(measured(added=2, nothing=1.05, memory=110 * MB), 1)
    assert "| 1,000 | 0.50 | 0.45 | 1.10 | 0.00 | 3 |" in said
    assert "| 1,000 | 2.00 | 1.00 | 1.00 | 0.50 | 0.25 |" in said


def test_small_changes_are_those_of_the_command(tmp_path):
    (folder := tmp_path / "plans").mkdir()
    for path in sorted(PLANS.glob("mau-0[1-3]*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    whole = country.from_nothing(folder, tmp_path / "plans.db", 3)
    took = country.small_changes(folder, tmp_path / "plans.db", 3, 1)
    assert whole.size > 100_000
    assert {len(times) for times in took.values()} == {1}
