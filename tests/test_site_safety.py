"""The site against somebody who means harm: odd addresses, markup and SQL in every word that a page takes, and writing."""

import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.exploring import Explored, explore, kind
from tests.site import HARMFUL, Site

SECRETS = (b"root:", b"hookimpl", b"databases:", b"Traceback", b'File "/', b"APPLICATION_ID")
SQL_ERRORS = re.compile(
    r"no such (table|column|function)|syntax error|OperationalError|fts5:|malformed|unrecognized token"
)
DATASETTES = re.compile(r"/(plans|-|static)(/|\.|$)")
LONGEST = 10  # seconds for a question; the site's limit is 2, of a busy machine's time
# Each leaves an element <hurt>, an attribute onhurt or an address javascript:hurt where a page does not escape it.
MARKUP = (
    "<hurt>",
    '"><hurt onhurt=1>',
    "'><hurt onhurt=1>",
    '" onhurt="1',
    "' onhurt='1",
    "</title></script></style></textarea><hurt>",
    "javascript:hurt",
    "{{ 7919*7907 }}<hurt>{% raw %}",
)
INJECTED = (
    "' or 1=1 --",
    '" or ""="',
    "1); drop table plans; --",
    "%' union select sql from sqlite_master --",
    "x' and randomblob(1000000000) --",
    "NEAR(a b) * ^ - AND OR NOT",
    "0x7fffffff",
    "1e999",
    "-1",
    "9" * 30,
    "NaN",
    "\x00",
    "\x1b[31m",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "a" * 5000,
    "٣",  # a digit for str.isdigit and int, though not one of ours
    "²",  # a digit for str.isdigit only
    "2026-13-45",
    "2026-Q9",
)


@pytest.fixture(scope="module")
def found(sample_site: Site) -> Explored:
    """The site's addresses by kind, found from its first page and from the pages of two plans."""
    return explore(sample_site, each=2)


@pytest.fixture(scope="module")
def questions(found: Explored) -> dict[str, set[str]]:
    """The names that each path of our own pages takes after its "?", as its links and forms show."""
    names: dict[str, set[str]] = defaultdict(set)
    for one in found.all:
        if one.status == 200 and not DATASETTES.match(one.address):
            path, _, query = one.address.partition("?")
            names[path] |= {name for name, _ in parse_qsl(query)} | ({"trang", "_lang"} if one.is_page else set())
            for form in LexborHTMLParser(one.html).css("form"):
                to = urlsplit(form.attributes.get("action") or path).path
                names[to] |= {node.attributes.get("name") or "" for node in form.css("[name]")}
    by_kind: dict[str, tuple[str, set[str]]] = {}
    for path, own in names.items():
        by_kind.setdefault(kind(path), (path, set()))[1].update(own)
    return {path: own - {""} for path, own in by_kind.values() if own and not DATASETTES.match(path)}


def asked(questions: dict[str, set[str]], everywhere: str, values: tuple[str, ...]) -> Iterator[str]:
    """Every name of every path with `everywhere`, and every path with each of the values under all of its names."""
    for path, names in questions.items():
        for name in sorted(names):
            yield f"{path}?{urlencode({name: everywhere})}"
        for value in values:
            yield f"{path}?{urlencode(dict.fromkeys(sorted(names), value))}"


def markup_of_ours(body: bytes) -> list[str]:
    """The elements, attributes and addresses of MARKUP that became part of a page."""
    tree = LexborHTMLParser(body.decode("utf-8", "replace"))
    faults = [node.html or "" for node in tree.css("hurt, [onhurt]")]
    return faults + [
        node.html or ""
        for name in ("href", "src", "action", "formaction")
        for node in tree.css(f"[{name}]")
        if (node.attributes.get(name) or "").strip().lower().startswith("javascript:")
    ]


def test_there_are_pages_to_attack(questions: dict[str, set[str]]):
    assert "tu_khoa" in questions["/tim-kiem"]
    assert len(questions) >= 12


def test_markup_in_any_word_of_any_page_stays_text(sample_site: Site, questions: dict[str, set[str]]):
    faults = []
    for address in asked(questions, "\"'><hurt onhurt=1>", MARKUP):
        status, headers, body = sample_site.raw(address)
        if status >= 500 or (headers["content-type"].startswith("text/html") and markup_of_ours(body)):
            faults.append((address, status, markup_of_ours(body)[:2]))
        if b"62615533" in body:
            faults.append((address, status, ["a template was run"]))
    assert faults == []


def test_sql_and_odd_words_in_any_place_are_no_error_and_tell_nothing(
    sample_site: Site, questions: dict[str, set[str]]
):
    faults = []
    for address in asked(questions, "' \" ) ; -- % * ( NEAR union select \x00", INJECTED):
        status, _, body = sample_site.raw(address)
        if status not in {200, 400, 404} or SQL_ERRORS.search(unescape(body.decode("utf-8", "replace"))):
            faults.append((address[:200], status))
    assert faults == []


@pytest.mark.parametrize("value", [*MARKUP, *INJECTED, "..", "%2e%2e", "a/b", "a\\b", "%", "%zz", "%ff", "..%2f..%2f"])
def test_any_key_in_any_address_is_a_page_or_a_helpful_404(sample_site: Site, found: Explored, value: str):
    faults = []
    starred = {name.partition("?")[0] for name in found.kinds if "*" in name and not name.startswith("/plans")}
    for pattern in sorted(starred):
        path = pattern.replace("*", quote(value, safe="%") or "-")
        status, headers, body = sample_site.raw(path)
        if status not in {200, 301, 302, 400, 404} or not safe_redirect(sample_site, headers):
            faults.append((path[:200], status, headers.get("location")))
        if headers.get("content-type", "").startswith("text/html") and markup_of_ours(body):
            faults.append((path[:200], status, "markup"))
        if any(secret in body for secret in SECRETS):
            faults.append((path[:200], status, "secret"))
    assert faults == []


@pytest.mark.parametrize(
    "number", ["0", "-1", "1.5", "0000000019", "000000001" + "0" * 5000, "9" * 5000, "١", "1e3", "0x1"]
)
@pytest.mark.parametrize("address", ["/ke-hoach/{}/trang/{}", "/ke-hoach/{}/trang/{}.png"])
def test_any_page_number_is_a_page_or_a_404(sample_site: Site, sample_db: Path, address: str, number: str):
    with closing(sqlite3.connect(sample_db)) as connection:
        (key,) = connection.execute("select id from plans where pages > 0 limit 1").fetchone()
    assert sample_site.raw(address.format(key, quote(number)))[0] in {200, 404}


def safe_redirect(site: Site, headers: dict[str, str]) -> bool:
    """Whether an answer leads on, if it does, to the same site."""
    to = headers.get("location", "/")
    return to.startswith(f"{site.address}/") or (to.startswith("/") and not to.startswith(("//", "/\\")))


PATHS = [
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/%252e%252e%252f%252e%252e%252fetc/passwd",
    "/static/../metadata.yaml",
    "/static/..%2fmetadata.yaml",
    "/static/%2e%2e/metadata.yaml",
    "/static/%2e%2e%2fplugins%2fsafety.py",
    "/static/..%5cmetadata.yaml",
    "/static//etc/passwd",
    "/static/%00",
    "/static/kehoach.css%00.html",
    "/-/static/../../app.py",
    "/-/static/..%2f..%2fapp.py",
    "/-/static-plugins/charts.py/..%2f..%2fmetadata.yaml",
    "/metadata.yaml",
    "/settings.json",
    "/plugins/safety.py",
    "/tai-ve/../plans.db",
    "/tai-ve/..%2f..%2fmetadata.yaml",
    "/tai-ve/%2fetc%2fpasswd",
    "/tai-ve/.",
    "/tai-ve/..",
    "/ke-hoach/..%2f..%2fetc%2fpasswd",
    "/ke-hoach/%00",
    "/ke-hoach/" + "a" * 8000,
    "/ke-hoach/" + "-" * 8000,
    "/ke-hoach/" + "%2f" * 2000,
    "//evil.example/",
    "//evil.example/%2f..",
    "/%5cevil.example/",
    "/\\evil.example/",
    "/ke-hoach//evil.example/",
    "/plans//evil.example/",
    "/plans/tasks//evil.example",
    "/.git/config",
    "/.env",
    "/%0d%0aX-Hurt:%201",
    "/ke-hoach/x%0d%0aX-Hurt:%201",
    "/plans.db/..%2f..%2fmetadata.yaml",
    "/;/etc/passwd",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_site(sample_site: Site, path: str):
    status, headers, body = sample_site.raw(path)
    assert status in {200, 301, 302, 400, 404, 414, 431}
    assert safe_redirect(sample_site, headers)
    assert "x-hurt" not in headers
    assert not any(secret in body for secret in SECRETS)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "kehoach_lang=en; kehoach_lang=<hurt>"},
        {"Cookie": "kehoach_lang=en\xff\xfe"},
        {"Cookie": "kehoach_lang=../../en"},
        {"Cookie": "=;;;=\x01"},
        {"Cookie": "ds_actor=abc; ds_messages=abc"},
        {"X_Forwarded_Host": "evil.example"},
        {"X_Forwarded_Prefix": "//evil.example"},
        {"Forwarded": "host=evil.example"},
        {"Referer": "http://evil.example/<hurt>"},
        {"Accept_Language": "<hurt>"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/ke-hoach", "/tim-kiem?tu_khoa=tre+em", "/lich", "/tai-ve", "/khong-co"])
def test_no_header_puts_anything_into_a_page(sample_site: Site, path: str, headers: dict[str, str]):
    status, _, body = sample_site.raw(path, **headers)
    assert status in {200, 400, 404}
    assert markup_of_ours(body) == []
    assert b"evil.example" not in body


@pytest.mark.parametrize(
    "asked", ["en%0d%0aX-Hurt:%201", "en%0d%0aSet-Cookie:%20a=b", "en;%20Path=/x", "en%00", "<hurt>", "vi,en"]
)
def test_a_language_that_the_site_has_not_sets_no_cookie(sample_site: Site, asked: str):
    _, headers, body = sample_site.raw(f"/?_lang={asked}")
    assert "set-cookie" not in headers
    assert "x-hurt" not in headers
    assert b'lang="vi"' in body


@pytest.mark.parametrize(
    "address",
    [
        "/tim-kiem?" + "&".join(f"x{i}=1" for i in range(2000)),
        "/tim-kiem?" + "&".join(["tu_khoa=a"] * 2000),
        "/so-sanh?" + "&".join(f"dia_phuong={i}" for i in range(2000)),
        "/lich?" + "&".join(f"don_vi={i}" for i in range(2000)),
        "/tim-kiem?tu_khoa=" + "a+" * 10000,
        "/tim-kiem?tu_khoa=" + "%22" * 5000,
        "/?" + "a" * 60000,
    ],
)
def test_many_and_long_words_are_no_error(sample_site: Site, address: str):
    status, _, _ = sample_site.raw(address)
    assert status in {200, 400, 404, 414, 431}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/", "/ke-hoach", "/tim-kiem?tu_khoa=a", "/lich", "/plans", "/plans/tasks", "/plans.db", "/khong-co"]
)
def test_pages_take_questions_only(sample_site: Site, method: str, path: str):
    status, _, body = sample_site.raw(path, method)
    assert status in {200, 400, 403, 404, 405}
    assert not any(secret in body for secret in SECRETS)


@pytest.mark.parametrize("path", ["/", "/ke-hoach", "/plans/tasks", "/tai-ve", "/khong-co", "/static/kehoach.css"])
def test_head_answers_as_get_does_without_a_body(sample_site: Site, path: str):
    status, headers, body = sample_site.raw(path, "HEAD")
    assert (status, body) == (sample_site.raw(path)[0], b"")
    assert "default-src 'none'" in headers["content-security-policy"]


WRITING = [
    "delete from plans",
    "update plans set title = 'x'",
    "insert into plans (id) values ('x')",
    "replace into plans (id) values ('x')",
    "drop table plans",
    "create table x (y)",
    "create temp table x (y)",
    "create temp trigger x after insert on plans begin select 1; end",
    "alter table plans rename to x",
    "with x as (select 1) delete from plans",
    "with x as (select 1) insert into plans (id) select 'x'",
    "explain delete from plans",
    "attach database '/tmp/x.db' as x",
    "detach database plans",
    "vacuum into '/tmp/x.db'",
    "vacuum",
    "reindex",
    "analyze",
    "pragma writable_schema = 1",
    "pragma journal_mode = delete",
    "pragma query_only = 0",
    "pragma user_version = 9",
    "select 1; delete from plans",
    "select load_extension('/tmp/x')",
    "select writefile('/tmp/x', 'x')",
    "select readfile('/etc/passwd')",
    "select edit('x')",
    "select * from pragma_journal_mode('delete')",
    "insert into plans_fts(plans_fts) values('rebuild')",
    "begin immediate",
    "/* x */ delete from plans",
    "select zeroblob(2000000000)",
]


@pytest.mark.parametrize("sql", WRITING)
def test_sql_that_does_more_than_read_is_refused(sample_site: Site, sql: str):
    before = sample_site.raw("/plans/plans.json?_shape=array&_col=id&_sort=id")[2]
    status, _, body = sample_site.raw(f"/plans.json?{urlencode({'sql': sql})}")
    assert status == 400 or b'"ok": false' in body, body[:300]
    assert not any(secret in body for secret in SECRETS)
    assert sample_site.raw("/plans/plans.json?_shape=array&_col=id&_sort=id")[2] == before


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n)"


LONG = "replace(hex(zeroblob(2000000)), '0', 'a')"


@pytest.mark.parametrize(
    "sql",
    [
        f"{ENDLESS} select max(i) from n",
        f"{ENDLESS} select group_concat(i) from n",
        "select count(*) from tasks a, tasks b, tasks c, tasks d",
        "select length(replace(hex(zeroblob(30000000)), '0', 'aaaaaaaa'))",
        # One call of a function: SQLite looks at the time only between steps.
        "select printf('%.*c', 2000000000, 'x')",
        "select format('%.*c', 2000000000, 'x')",
        "select printf('%2000000000d', 1)",
        f"select instr({LONG}, {LONG} || 'b')",
        "select instr(zeroblob(10000000), zeroblob(5000000) || x'01')",
        f"select length(trim({LONG}, replace(hex(zeroblob(1000000)), '0', 'bcdefgh')))",
        f"select {LONG} like '%a%a%a%a%a%a%a%a%b'",
        f"select {LONG} glob '*a*a*a*a*a*a*a*a*b'",
    ],
)
def test_sql_without_end_is_stopped_and_the_site_goes_on(sample_site: Site, sql: str):
    start = time.monotonic()
    status, _, _ = sample_site.raw(f"/plans.json?{urlencode({'sql': sql})}")
    assert time.monotonic() - start < LONGEST
    assert status in {200, 400}
    assert sample_site.raw("/")[0] == 200


def test_no_function_tells_where_the_program_lies_in_memory(sample_site: Site):
    _, _, body = sample_site.raw("/plans.json?_shape=arrays&sql=select+fts3_tokenizer('simple')")
    assert b"base64" not in body


def test_what_the_site_runs_on_is_not_told(sample_site: Site, sample_db: Path):
    folder = str(sample_db.parent).encode()
    for path in (
        "/",
        "/plans",
        "/plans.json",
        "/plans/sources.json",
        "/-/databases.json",
        "/-/metadata.json",
        "/khong-co",
    ):
        assert folder not in sample_site.raw(path)[2], path


def test_the_plan_that_means_harm_is_there():
    assert "<script>" in HARMFUL
