"""Nguồn: the permalinks of targets and tasks, and any place of a plan, with the page or the words that were read."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from publish.marks import Mark, marks_of
from publish.marks.found import marks_of_target, marks_of_task
from publish.marks.kinds import KINDS
from publish.marks.laid import Lines
from publish.pages import asked, evidence
from publish.pages.addresses import TARGETS, TASKS, Addresses
from publish.pages.citing import Citation, cite
from publish.pages.evidence import Document, Item
from publish.pages.language import later, meaning, translated
from publish.pages.page import Missing, ask, show
from publish.pages.passages import PASSAGE, excerpt, marks_at, titles, whole
from publish.pages.progress_chart import SIZES
from publish.pages.progress_item import as_data, target_progress, task_progress
from publish.pages.progress_scope import DAY
from publish.pages.recurrence import in_words
from publish.pages.seen import seen
from schemas import Span, Target

_OF_PLAN = ("id", "title", "kind", "number", "issuer", "issued_date", "locality_id")
_OF_FILE = ("filename", "sha256", "media_type", "pages", "text_source", "extractor")
# What the templates call.
_WORDS = {
    "in_words": in_words,
    "meaning": meaning,
    "kind_names": {name: kind.title for name, kind in KINDS.items()},
}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """A record's page and its data; a plan's whole text or a place in it; a page with all that was read there."""
    return [
        (rf"/{TARGETS}/(?P<key>[^/]+?)(?P<data>\.json)?$", target),
        (rf"/{TASKS}/(?P<key>[^/]+?)(?P<data>\.json)?$", task),
        (r"/ke-hoach/(?P<plan>[^/]+)/nguon$", source),
        (r"/ke-hoach/(?P<plan>[^/]+)/trang/(?P<page>[^/.]+)$", page),
    ]


async def target(datasette: Datasette, request: Request) -> Response:
    """A target."""
    return await _item(datasette, request, evidence.TARGETS, later("Không có chỉ tiêu nào mang mã %(key)s."))


async def task(datasette: Datasette, request: Request) -> Response:
    """A task."""
    return await _item(datasette, request, evidence.TASKS, later("Không có nhiệm vụ nào mang mã %(key)s."))


async def _item(datasette: Datasette, request: Request, table: str, missing: str) -> Response:
    key = unquote(request.url_vars["key"])
    found = await ask(datasette, evidence.item, table, key)
    if found is None:
        raise Missing(missing, key=key)
    citation = _citation(datasette, request, found)
    progress_of = target_progress if table == evidence.TARGETS else task_progress
    progress = await ask(datasette, progress_of, key, asked.word(request, DAY))
    if request.url_vars["data"]:
        data = json.dumps({**_as_data(found, citation), "progress": as_data(progress)}, ensure_ascii=False, indent=2)
        return Response(data, headers={"Cache-Control": "max-age=5"}, content_type="application/json; charset=utf-8")
    of = marks_of_target(found.own) if isinstance(found.own, Target) else marks_of_task(found.own)
    main = [mark for mark in of if mark.kind.name == table]
    others = [mark for mark in of if mark.kind.name != table]
    context = {
        **_WORDS,
        "found": found,
        "plan": found.plan,
        "table": table,
        "progress": progress,
        "sizes": SIZES,
        "seen": await seen(datasette, found.document, main, others),
        "excerpt": excerpt(found.document.record.text, main, others, titles(found.document)),
        "citation": citation,
    }
    return await show(datasette, request, "ban_ghi.html", context)


def _citation(datasette: Datasette, request: Request, found: Item) -> Citation:
    to = Addresses(datasette.urls.path)
    own = found.row
    address = to.target(own["id"]) if found.table == evidence.TARGETS else to.task(own["id"])
    name = translated("Chỉ tiêu %(n)s") if found.table == evidence.TARGETS else translated("Nhiệm vụ %(n)s")
    section = f"{translated('mục')} {own['section_path']}" if own["section_path"] else ""
    printed = translated("trang %(n)s") % {"n": own["page"]} if own["page"] else ""
    place = ", ".join(part for part in (section, printed) if part)
    return cite(found.plan, datasette.absolute_url(request, address), name % {"n": own["position"]}, place)


def _as_data(found: Item, citation: Citation) -> dict[str, Any]:
    return {
        "id": found.row["id"],
        "table": found.table,
        "position": found.row["position"],
        "address": citation.csl["URL"],
        "record": found.own.model_dump(mode="json"),
        "section": [{name: one[name] for name in ("path", "label", "heading", "kind")} for one in found.headings],
        "plan": {name: found.plan[name] for name in _OF_PLAN},
        "source": {name: found.plan[name] for name in _OF_FILE},
        "citation": {"text": citation.text, "bibtex": citation.bibtex, "csl": citation.csl},
    }


async def _document(datasette: Datasette, request: Request) -> Document:
    given = unquote(request.url_vars["plan"])
    found = await ask(datasette, evidence.document, given)
    if found is None:
        raise Missing("Không có kế hoạch nào mang mã %(key)s.", key=given)
    return found


async def source(datasette: Datasette, request: Request) -> Response:
    """The place from `tu` to `den`, in characters of the plan's text; all of it where neither is given."""
    document = await _document(datasette, request)
    if not asked.word(request, "tu") and not asked.word(request, "den"):
        return await _whole(datasette, request, document)
    start, end = _range(request, len(document.record.text))
    marks = marks_of(document.record)
    here = marks_at(marks, start, end)
    exact = [mark for mark in here if mark.span is not None and (mark.span.start, mark.span.end) == (start, end)]
    passage = exact or [Mark(PASSAGE, "", "", Span(start=start, end=end))]
    context = {
        **_WORDS,
        "document": document,
        "plan": document.plan,
        "start": start,
        "end": end,
        "said": document.record.text[start:end],
        "line": Lines.of(document.record.text).starting(start),
        "read": _named(datasette, document, here),
        "seen": await seen(datasette, document, here),
        "excerpt": excerpt(document.record.text, passage, [], titles(document)),
    }
    return await show(datasette, request, "nguon.html", context)


def _range(request: Request, length: int) -> tuple[int, int]:
    """A range within the text. Raises Missing where what is given is no number, or lies behind the text's end."""
    given = [asked.word(request, name) for name in ("tu", "den")]
    if not all(one.isascii() and one.isdigit() for one in given if one):
        raise Missing("Vị trí trong văn bản phải là số, ví dụ ?tu=120&den=180.")
    start, end = sorted(int((one or given[0] or given[1])[:18]) for one in given)
    if start >= length:
        raise Missing("Văn bản này chỉ có %(length)s ký tự, không có vị trí %(start)s.", length=length, start=start)
    return start, min(end, length)


async def _whole(datasette: Datasette, request: Request, document: Document) -> Response:
    marks = [mark for mark in marks_of(document.record) if mark.kind.name != "problems"]
    lines = whole(document, marks, {own: to for own, (to, _) in _addresses(datasette, document).items()})
    kinds = {mark.kind.name: mark.kind for mark in marks if mark.span is not None}
    text = Lines.of(document.record.text)
    sections = [(one, text.starting(one.span.start)) for one in document.record.sections]
    context = {"plan": document.plan, "lines": lines, "kinds": kinds.values(), "sections": sections}
    return await show(datasette, request, "toan_van.html", context)


async def page(datasette: Datasette, request: Request) -> Response:
    """A page's picture with all that was read on it."""
    document = await _document(datasette, request)
    given, last = unquote(request.url_vars["page"]), document.plan["pages"] or 0
    if not (len(given) < 10 and given.isascii() and given.isdigit() and 1 <= int(given) <= last):
        raise Missing("Văn bản này có %(last)s trang, không có trang %(page)s.", last=last, page=given)
    number = int(given)
    marks = [m for m in marks_of(document.record) if m.span is not None and m.span.page == number]
    context = {
        **_WORDS,
        "document": document,
        "plan": document.plan,
        "number": number,
        "seen": await seen(datasette, document, [], marks, number),
        "read": _named(datasette, document, [mark for mark in marks if mark.kind.name in {"targets", "tasks"}]),
        "addresses": {own: to for own, (to, _) in _addresses(datasette, document).items()},
    }
    return await show(datasette, request, "trang.html", context)


def _named(datasette: Datasette, document: Document, marks: Sequence[Mark]) -> list[dict[str, str]]:
    """What lies at a place, each once: what it is called, its colour's name, and the record it is of."""
    title, addresses = titles(document), _addresses(datasette, document)
    named = {}
    for mark in marks:
        to, text = addresses.get(mark.item, ("", ""))
        named[title(mark)] = {"title": title(mark), "kind": mark.kind.name, "to": to, "text": text}
    return list(named.values())


def _addresses(datasette: Datasette, document: Document) -> dict[str, tuple[str, str]]:
    """The permalink and the text of each target and task, by its id in the record.

    Plain strings: Datasette's own are so slow that a long plan's would take longer than the rest of the page.
    """
    to = Addresses(datasette.urls.path)
    address = {evidence.TARGETS: to.target, evidence.TASKS: to.task}
    texts = {one.id: one.text for one in document.record.targets} | {one.id: one.text for one in document.record.tasks}
    return {own: (str(address[table](key)), texts[own]) for own, (table, _, key) in document.items.items()}
