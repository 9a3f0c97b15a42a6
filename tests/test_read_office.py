"""Word's other formats: what a file is by its bytes, LibreOffice in batches, and text in old character sets."""

import shutil
import unicodedata
from pathlib import Path

import pytest

from extract import UnreadableFile, extract_plan
from extract.lines import clean
from extract.normalize.legacy import charset_of_font, decode_legacy, looks_legacy, with_capitals
from extract.read import libreoffice
from extract.read.decode import decoded
from extract.read.office import kind_of, needs_libreoffice, read_office
from extract.read.plain import read_plain
from tests.data.make_docx import docx, old_text, paragraph
from tests.test_read_docx import FILES, PLAN, letters

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed (scripts/install-system.sh office)"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = "<html><head><meta charset='utf-8'></head><body><p>KẾ HOẠCH</p><p>Công tác năm 2026</p></body></html>"
MAIL = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
    f"Content-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
)


def text_of(path: Path) -> str:
    return clean(read_office(path, path.read_bytes())).text


# What a file is


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(paragraph("a")), "docx"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1\\ansi a}", "rtf"),
        (PAGE.encode(), "html"),
        (PAGE.encode("utf-16"), "html"),
        (b"\xef\xbb\xbf\n" + PAGE.encode(), "html"),
        (MAIL.encode(), "mail"),
        (("From: <Saved by Word>\nSubject: x\n" + MAIL).encode(), "mail"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "xml"),
        ("KẾ HOẠCH\nnăm 2026".encode(), "text"),
    ],
)
def test_a_file_is_what_its_bytes_are_whatever_its_name(data, kind):
    assert kind_of(Path("ke-hoach.doc"), data) == kind


@pytest.mark.parametrize(
    "data", [PAGE.encode(), MAIL.encode(), docx(paragraph("KẾ HOẠCH"), paragraph("Công tác năm 2026"))]
)
def test_a_page_or_a_newer_file_named_doc_is_read_without_libreoffice(data, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    found = clean(read_office(Path("ke-hoach.doc"), data)).text
    assert found.split("\n")[0] == "KẾ HOẠCH"


def test_a_doc_with_a_password_says_so():
    head = OLE + bytes(504)
    stream = b"\xec\xa5" + bytes(9) + b"\x01" + bytes(500)
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        read_office(Path("kin.doc"), head + stream + "WordDocument".encode("utf-16-le"))


def test_without_libreoffice_the_message_gives_the_command(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnreadableFile, match=r"apt-get install .*libreoffice-writer"):
        read_office(Path("a.rtf"), b"{\\rtf1 a}")


# By LibreOffice


@needs_office
def test_files_of_a_batch_are_converted_by_one_process_and_read_as_the_text_they_hold(monkeypatch):
    paths = [FILES / "mau-18.doc", FILES / "mau-18.odt", FILES / "mau-18.rtf", FILES / "tcvn3.doc"]
    files = {path: (kind, path.read_bytes()) for path in paths if (kind := needs_libreoffice(path, path.read_bytes()))}
    assert list(files) == paths
    expected = "".join(letters(clean(read_plain(PLAN, PLAN.read_bytes())).text.lower()))
    with libreoffice.batch(files):
        monkeypatch.setattr(libreoffice, "_run", lambda *_: pytest.fail("converted again"))
        found = ["".join(letters(text_of(path).lower())) for path in paths]
    assert [text == expected for text in found] == [True] * len(paths)
    assert libreoffice._held == {}


@needs_office
def test_a_broken_file_in_a_batch_fails_alone():
    good, bad = FILES / "mau-18.rtf", Path("hong.doc")
    broken = OLE + bytes(4000) + "WordDocument".encode("utf-16-le")
    found = libreoffice.convert_all({bad: ("doc", broken), good: ("rtf", good.read_bytes())})
    assert isinstance(found[good], bytes)
    assert isinstance(found[bad], UnreadableFile)


@needs_office
def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(libreoffice, "_START_SECONDS", 0.05)
    monkeypatch.setattr(libreoffice, "_FILE_SECONDS", 0)
    with pytest.raises(UnreadableFile, match="đã dừng"):
        read_office(FILES / "mau-18.rtf", (FILES / "mau-18.rtf").read_bytes())


@needs_office
def test_a_doc_gives_the_records_of_its_text():
    found, expected = extract_plan(FILES / "mau-18.doc"), extract_plan(PLAN)
    assert [task.text for task in found.tasks] == [task.text for task in expected.tasks]
    assert [target.text for target in found.targets] == [target.text for target in expected.targets]
    assert (found.source.media_type, found.source.text_source) == ("application/msword", "native")


def test_a_file_saved_by_libreoffice_reads_as_its_text():
    assert letters(text_of(FILES / "mau-18-libreoffice.docx")) == letters(
        clean(read_plain(PLAN, PLAN.read_bytes())).text
    )


# Old character sets

TCVN3 = "ñy ban nh©n d©n x· Hoµ B×nh x©y dùng kÕ ho¹ch thùc hiÖn ®Ò ¸n n¨m 2010, giao c¸c ®¬n vÞ tr­íc ngµy 15/6"
VNI = "UÛY BAN NHAÂN DAÂN xaõ Hoøa Bình xaây döïng keá hoaïch thöïc hieän ñeà aùn naêm 2010, tröôùc ngaøy 15/6"
VIETNAMESE = "Ủy ban nhân dân xã Hòa Bình xây dựng kế hoạch thực hiện đề án năm 2010, trước ngày 15/6"


@pytest.mark.parametrize(
    ("text", "charset", "expected"),
    [
        (TCVN3, "tcvn3", "ủy ban nhân dân xã Hoà Bình xây dựng kế hoạch thực hiện đề án năm 2010, giao các đơn vị trước ngày 15/6"),
        (VNI, "vni", "ỦY BAN NHÂN DÂN xã Hòa Bình xây dựng kế hoạch thực hiện đề án năm 2010, trước ngày 15/6"),
        ("ñy ban nh©n d©n", "tcvn3-capitals", "ỦY BAN NHÂN DÂN"),
        ("cuûa Quoác hoäi, nghóa vuï quaân söï, kyõ thuaät, yù kieán, chöõ Vieät", "vni", "của Quốc hội, nghĩa vụ quân sự, kỹ thuật, ý kiến, chữ Việt"),
        ("\xd1y ban nh\xe2n d\xe2n, k\x89 ho\xe5ch th\xbfc hi\x8cn", "vps", "Ủy ban nhân dân, kế hoạch thực hiện"),
        ("kế hoạch", "tcvn3", "kế hoạch"),
    ],
)  # fmt: skip
def test_old_text_is_decoded(text, charset, expected):
    assert decode_legacy(text, charset) == expected


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (TCVN3, "tcvn3"),
        (VNI, "vni"),
        (old_text(VIETNAMESE, "vps"), "vps"),
        (VIETNAMESE, None),
        ("Le café où l'été s'achève à Nîmes, déjà très fréquenté", None),
        ("Plan 2026", None),
        ("", None),
    ],
)
def test_an_old_character_set_is_known_by_the_syllables_it_makes(text, charset):
    assert looks_legacy(text) == charset


@pytest.mark.parametrize(
    ("font", "charset"),
    [
        (".VnTime", "tcvn3"), (".VnTimeH", "tcvn3-capitals"), ("ABCDEF+.VnArial NarrowH", "tcvn3-capitals"),
        ("VNI-Times", "vni"), ("VPS Long An", "vps"), ("Times New Roman", None), ("VnExpress Sans", None),
    ],
)  # fmt: skip
def test_an_old_font_is_known_by_its_name(font, charset):
    assert charset_of_font(font) == charset


def test_capitals_that_had_no_code_come_back_where_the_word_shows_them():
    assert with_capitals("CộNG HOà Xã HộI CHủ NGHĩA VIệT NAM, Hà Nội") == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM, Hà Nội"
    assert with_capitals("UBND xã Hà Bắc") == "UBND xã Hà Bắc"


@pytest.mark.parametrize("charset", ["tcvn3", "vni", "vps"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_text_file_in_an_old_set_reads_as_its_text(charset, encoding):
    text = decoded(PLAN, PLAN.read_bytes()).translate(str.maketrans("–“”’…", '-""\'.'))
    old = old_text(text, charset).encode(encoding)
    assert decoded(Path("cu.txt"), old).lower() == text.lower()


def test_windows_1258_is_read():
    text = "Kế hoạch thực hiện nhiệm vụ của Ủy ban nhân dân huyện, thị xã. " * 3
    assert decoded(Path("cu.txt"), "".join(map(toned, text)).encode("cp1258")) == text


def toned(letter: str) -> str:
    """A letter as Windows-1258 writes it: the vowel, then its tone."""
    if letter.isascii() or letter in "âêôăơưđ":
        return letter
    parts = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + "".join(tones)
