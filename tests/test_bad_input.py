"""Whatever is handed in: a clear message or a problem in the record; the good ones are written; nothing raises."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract import UnreadableFile, extract_plan
from tests.plans import FOOT, HEAD, record

GOOD = HEAD + "I. NHIỆM VỤ\n1. Tổ chức tuyên truyền.\n" + FOOT
POEM = "Sông Khê uốn khúc quanh làng\nLúa chiêm trổ muộn, nắng vàng đồng xa\nMẹ ngồi bậc cửa trông ra\n"


def codes(text: str) -> set[str]:
    return {problem.code for problem in record(text).problems}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("anh.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("may.txt", b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 500),
    ],
)
def test_a_binary_file_is_refused_with_its_name_and_a_remedy(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=name):
        extract_plan(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match="không tìm thấy"):
        extract_plan(tmp_path / "khong-co.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads any file")
def test_a_file_without_permission_is_named(tmp_path):
    path = tmp_path / "mat.txt"
    path.write_text(GOOD, "utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="quyền"):
        extract_plan(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le"])
def test_other_unicode_encodings_give_the_same_tasks(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.encode(encoding))
    assert [task.text for task in extract_plan(path).tasks] == ["Tổ chức tuyên truyền."]


def test_an_empty_document_says_so():
    assert "empty_document" in codes("")
    assert "empty_document" in codes(" \n\n\t\n")


def test_a_document_that_is_no_plan_says_so():
    assert "not_a_plan" in codes(POEM)
    assert "not_a_plan" in codes(GOOD.replace("KẾ HOẠCH\n", "BÁO CÁO\n").replace("/KH-", "/BC-"))
    assert "not_a_plan" not in codes(GOOD)


def test_a_plan_cut_in_the_middle_keeps_what_is_there():
    long = HEAD + "I. NHIỆM VỤ\n" + "".join(f"{i}. Tổ chức lớp tập huấn số {i} cho các thôn.\n" for i in range(1, 60))
    cut = record(long)
    assert len(cut.tasks) == 59
    assert "text_truncated" in {problem.code for problem in cut.problems}


def test_a_line_of_five_megabytes_is_read_in_time():
    start = time.perf_counter()
    record(HEAD + "I. NHIỆM VỤ\n1. " + "Tổ chức tuyên truyền, vận động. " * 160_000 + FOOT)
    assert time.perf_counter() - start < 60


def test_a_text_too_large_to_be_a_plan_is_refused(tmp_path):
    path = tmp_path / "lon.txt"
    path.write_text(HEAD + "I. NHIỆM VỤ\n" + "1. Tổ chức tuyên truyền, vận động Nhân dân.\n" * 400_000, "utf-8")
    with pytest.raises(UnreadableFile, match=r"lon\.txt: .*lớn hơn 16 MB"):
        extract_plan(path)


def test_a_folder_of_good_and_bad_files_writes_the_good_ones(tmp_path):
    plans, out = tmp_path / "plans", tmp_path / "out"
    plans.mkdir()
    (plans / "tot.txt").write_text(GOOD, "utf-8")
    (plans / "rong.txt").write_text("", "utf-8")
    (plans / "tho.txt").write_text(POEM, "utf-8")
    (plans / "nhi-phan.txt").write_bytes(b"\x00\x01\x02" * 2000)
    done = subprocess.run(
        [Path(sys.executable).parent / "kehoach", "extract", plans, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "nhi-phan.txt" in done.stderr
    assert {p.name for p in out.iterdir()} >= {"tot.txt.json", "rong.txt.json", "tho.txt.json"}
