"""Two languages: every text has its English, Vietnamese pages have none of Datasette's words, English pages none of ours."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po
from selectolax.lexbor import LexborHTMLParser

from publish.pages.language import COOKIE, english
from publish.serve import SITE
from publish.tables import TABLES
from scripts import untranslated
from tests.crawling import crawl
from tests.site import Site

GIVEN = yaml.safe_load((SITE / "metadata.yaml").read_text("utf-8"))["databases"]["plans"]
PLAN = "2063c9aba96fa48d"  # mau-17
TASK = f"{PLAN}-N001"
TABLE_PAGES = [f"/plans/{name}" for name in (*(table.name for table in TABLES), *GIVEN["tables"])]
PAGES = [
    "/plans",
    "/plans?_show_hidden=1",
    *dict.fromkeys(TABLE_PAGES),
    *(f"/plans/{name}?_show_sql=1" for name in GIVEN["queries"]),
    "/plans/tim_kiem?tu_khoa=chuyen+doi",
    "/plans/tasks?_facet=plan_id&_facet_date=deadline_end&quarter=2026-Q2&text__contains=a&_sort_desc=position&_size=2",
    "/plans/tasks?_search=khongcochunayodau&_where=position>1&section_id__isnull=1",
    f"/plans/tasks/{TASK}",
    f"/plans/plans/{PLAN}",
    "/plans/roles/lead",
    "/plans?sql=select+plan_id,+count(*)+as+n+from+tasks+where+id+<>+:key+group+by+1&key=x",
    "/plans?sql=select+1&_hide_sql=1",
    "/plans?sql=selec",
    "/plans?sql=select+*+from+nowhere",
    "/plans?sql=delete+from+plans",
    "/plans/tasks?_sort=nowhere",
    "/plans/tasks?_col=nowhere",
    "/plans/nowhere",
    "/plans/tasks/nowhere",
    "/nowhere",
    "/-/versions",
    "/-/patterns",
    "/-/permissions",
    "/-/messages",
    "/-/allow-debug",
]
# What Datasette's own templates and filters say, as words of a page.
DATASETTES = re.compile(
    r"""\b(run\ sql | rows? | advanced | view\ and\ edit | next\ page | powered\ by | suggested | links\ from
    | custom\ sql | query\ parameters? | download | hidden | queries | tables? | views? | columns? | contains
    | starts\ with | ends\ with | is\ (not\ )?(null|blank) | not\ in | apply | sort(ed)? | descending | where | file
    | expand | labels | stream | export | log\ out | format\ sql | edit\ sql | hide | show | returning | errors?
    | invalid | not\ found | remove | this\ data | records? | results? | default | array | object | newline | home
    | search | facets? | menu | permissions? | debug | messages? | settings | statement | syntax)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Where a page shows what is in the database, in a document or in SQL, and not words of its own.
DATA = "td, tbody th, code, pre, textarea, mark, q, .facets li, .conditions li, a[lang=vi], div[lang=vi], script, input[type=hidden]"
# Vietnamese in the code that is looked for, typed as an example or meant for programs.
NOT_SAID = {"đ", "tỉnh ", "thành phố ", "chuyển đổi số", '"tổ công nghệ số"', "PRODID:-//kehoach//Lịch nhiệm vụ//VI"}
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)


def words_of(html: str, *, without: str = DATA) -> Iterator[str]:
    """What a reader sees or is told of a page: texts, and what attributes say."""
    page = LexborHTMLParser(html)
    for node in page.css(without):
        node.decompose()
    texts = (page.root.text(separator="\n") if page.root else "").split("\n")
    yield from (re.sub(r" \(\w+\)$", "", text.strip()) for text in texts)  # an option: "Chi tiết (message)"
    for name in ("title", "aria-label", "alt", "placeholder"):
        yield from (node.attributes.get(name) or "" for node in page.css(f"[{name}]"))


def test_no_page_says_in_vietnamese_what_has_its_english(sample_site: Site):
    ours = {said for said, english_text in english().items() if said != english_text and VIETNAMESE.search(said)}
    pages = [
        page
        for page in crawl(sample_site, "/", Cookie=f"{COOKIE}=en")
        if page.html and not re.search("_lang=|/nguon|/trang/", page.path)
    ]
    said = {(page.path, word) for page in pages for word in words_of(page.html) if word.strip(" .,:;·→←–()") in ours}
    assert len(pages) > 30
    assert said == set()


def test_every_text_has_its_english():
    assert [str(text) for text in untranslated.missing()] == []


def test_no_template_says_vietnamese_past_the_catalogues():
    assert [str(text) for text in untranslated.unmarked()] == []


def test_no_module_says_vietnamese_past_the_catalogues():
    assert [str(text) for text in untranslated.unmarked_in_modules() if text.said not in NOT_SAID] == []


def test_english_fills_in_what_the_vietnamese_fills_in():
    assert untranslated.damaged() == []


def test_a_text_is_said_the_same_in_every_catalogue():
    said: dict[str, dict[str, str]] = {}
    for path in sorted((SITE / "locale" / "en").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale="en"):
                if message.id:
                    said.setdefault(str(message.id), {})[path.name] = str(message.string)
    assert {text: forms for text, forms in said.items() if len(set(forms.values())) > 1} == {}


def test_the_check_finds_what_is_not_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "one.html").write_text(
        '<p>Chữ trần</p>{{ _("Chưa dịch câu này") }}{{ "Chữ trong dấu" }}<a lang="vi">Tiếng Việt</a>', "utf-8"
    )
    monkeypatch.setattr(untranslated, "TEMPLATES", tmp_path)
    monkeypatch.setattr(untranslated, "ROOT", tmp_path)
    monkeypatch.setattr(untranslated, "_of_modules", lambda: iter(()))
    monkeypatch.setattr(untranslated, "_of_metadata", lambda: iter(()))
    assert [text.said for text in untranslated.missing()] == ["Chưa dịch câu này"]
    assert [text.said for text in untranslated.unmarked()] == ["<p>Chữ trần</p>", "Chữ trong dấu"]


@pytest.mark.parametrize("path", PAGES)
def test_a_vietnamese_page_has_none_of_datasettes_words(sample_site: Site, path: str):
    html = sample_site.get(path)[2].decode()
    assert '<html lang="vi">' in html
    data = f"{DATA}, title" if "sql=" in path else DATA
    assert [word for word in words_of(html, without=data) if DATASETTES.search(word)] == []


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_has_no_vietnamese_words_of_ours(sample_site: Site, path: str):
    html = sample_site.get(f"{path}{'&' if '?' in path else '?'}_lang=en")[2].decode()
    assert '<html lang="en">' in html
    data = f"{DATA}, title, h1" if re.match(r"/plans/\w+/", path) else DATA
    assert [word for word in words_of(html, without=data) if VIETNAMESE.search(word)] == []
