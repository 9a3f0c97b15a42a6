"""Marks -> what shows them: boxes over pictures of pages, and lines of the text with the words marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from publish.marks import Mark
from publish.marks.found import places_of
from publish.marks.kinds import Kind
from publish.marks.laid import Lines, laid
from publish.pages.evidence import Document
from publish.pages.language import label, later, translated
from publish.pages.pictures import Sheet
from publish.pages.words import Letter, narrowed
from schemas import Box

_AROUND = 3  # lines shown before and after what is marked
_LEAST_WIDE, _LEAST_HIGH = 260.0, 60.0  # points, of a close-up: words large enough to read on a phone
_BESIDE, _ABOVE = 18.0, 30.0  # points about the boxes of a close-up
_CLOSE = 0.6  # of a page: what is higher needs no close-up
_PAD = 1.5  # points about the words, so that an outline does not touch them

# A place that somebody asks for, whatever was read there.
PASSAGE = Kind("passage", later("Đoạn được hỏi"), (176, 125, 0))

# What the places in `plans.spans` are called where each is named.
_FIELDS = {
    "kind": later("loại văn bản"),
    "number": later("số, ký hiệu"),
    "symbol": later("ký hiệu"),
    "title": later("tên kế hoạch"),
    "issuer": later("nơi ban hành"),
    "place": later("địa danh"),
    "issued": later("ngày ban hành"),
    "period": later("thời gian thực hiện"),
    "recipients": later("nơi nhận"),
    "signer.name": later("người ký"),
    "signer.position": later("chức vụ người ký"),
    "locality": later("địa phương"),
}


class Rectangle(NamedTuple):
    """In points from the top left corner of the page as it is seen."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """The boxes of a mark on one page; `main` for what is shown, false for what belongs to it."""

    kind: str
    title: str
    boxes: tuple[Rectangle, ...]
    main: bool
    item: str


@dataclass(frozen=True, slots=True)
class View:
    """A page with its shapes; `close` is the part of it about the main ones, None where that is most of the page."""

    sheet: Sheet
    shapes: tuple[Shape, ...]
    close: Rectangle | None

    @property
    def number(self) -> int:
        """The page's, from 1."""
        return self.sheet.number


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text as HTML; `after_gap` where lines before it are left out, `page` where a new page begins."""

    html: Markup
    offset: int
    after_gap: bool = False
    page: int | None = None


def titles(document: Document) -> Callable[[Mark], str]:
    """What each mark is called: "Nhiệm vụ 12", "Đơn vị: Công an xã · Nhiệm vụ 12"."""
    items = document.items

    def title(mark: Mark) -> str:
        kind = translated(mark.kind.title)
        owner = _owner(items.get(mark.item))
        match mark.kind.name:
            case "targets" | "tasks":
                return owner or kind
            case "document":
                said = translated(_FIELDS.get(mark.label, mark.label))
            case "problems":
                said = label(mark.label, "problem_codes")
            case "units" | "legal_bases" | "references":
                said = mark.said
            case "sections":
                said = mark.label
            case _:
                said = ""
        return " · ".join(part for part in (f"{kind}: {said}" if said else kind, owner) if part)

    return title


def _owner(item: tuple[str, int, str] | None) -> str:
    if item is None:
        return ""
    table, number, _ = item
    return (translated("Chỉ tiêu %(n)s") if table == "targets" else translated("Nhiệm vụ %(n)s")) % {"n": number}


def pages(marks: Iterable[Mark]) -> list[int]:
    """The pages that marks lie on, in the marks' order."""
    return list(dict.fromkeys(mark.span.page for mark in marks if mark.span is not None and mark.span.page))


def views(
    sheets: Iterable[tuple[Sheet, Sequence[Letter]]], document: Document, main: Sequence[Mark], others: Sequence[Mark]
) -> list[View]:
    """Each page with what of the marks lies on it, by the page's letters; pages that can't be drawn have none."""
    title, text = titles(document), document.record.text
    found = []
    for sheet, letters in sheets:
        drawable = [] if sheet.trouble else [*((m, True) for m in main), *((m, False) for m in others)]
        shapes = [
            Shape(mark.kind.name, title(mark), _boxes(narrowed(text, mark.span, letters)), is_main, mark.item)
            for mark, is_main in drawable
            if mark.span is not None and mark.span.page == sheet.number and mark.span.bboxes
        ]
        found.append(View(sheet, tuple(shapes), _close_up(sheet, shapes)))
    return found


def _boxes(boxes: Iterable[Box]) -> tuple[Rectangle, ...]:
    padded = ((x0 - _PAD, top - _PAD, x1 - x0 + 2 * _PAD, bottom - top + 2 * _PAD) for x0, top, x1, bottom in boxes)
    return tuple(Rectangle(*(round(side, 2) for side in box)) for box in padded)


def _close_up(sheet: Sheet, shapes: Sequence[Shape]) -> Rectangle | None:
    """The part of the page about the main boxes, within the page."""
    boxes = [box for shape in shapes if shape.main for box in shape.boxes]
    if not boxes:
        return None
    left, width = _stretch(
        min(b.x for b in boxes) - _BESIDE, max(b.x + b.width for b in boxes) + _BESIDE, _LEAST_WIDE, sheet.width
    )
    top, height = _stretch(
        min(b.y for b in boxes) - _ABOVE, max(b.y + b.height for b in boxes) + _ABOVE, _LEAST_HIGH, sheet.height
    )
    return Rectangle(left, top, width, height) if height < _CLOSE * sheet.height else None


def _stretch(first: float, last: float, least: float, most: float) -> tuple[float, float]:
    """Where a range begins and how long it is, at least `least` long and within 0 and `most`."""
    more = max(0.0, least - (last - first)) / 2
    begin, end = max(0.0, first - more), min(most, last + more)
    begin, end = max(0.0, min(begin, most - least)), min(most, max(end, begin + least))
    return round(begin, 2), round(max(end - begin, 1.0), 2)


def excerpt(text: str, main: Sequence[Mark], others: Sequence[Mark], title: Callable[[Mark], str]) -> list[Line]:
    """The lines about the main marks, and those that hold the others, with all of them marked."""
    lines = Lines.of(text)
    marks = [*main, *others]
    places = places_of(marks)
    wanted: set[int] = set()
    for place in places:
        touched = lines.touched(place.start, place.end)
        around = _AROUND if place.number < len(main) else 0
        wanted.update(range(max(0, touched.start - around), min(len(lines.starts), touched.stop + around)))

    def opening(number: int, goes_on: bool) -> str:
        mark = marks[number]
        name = "" if goes_on else f' id="doan-{number + 1}"'
        kind = f"{mark.kind.name} main" if number < len(main) else mark.kind.name
        return f'<mark{name} class="{kind}" title="{escape(title(mark))}">'

    shown = sorted(wanted)
    html = laid(lines, places, opening, shown)
    return [
        Line(Markup(one), lines.starts[number], after_gap=number > 0 and number - 1 not in wanted)  # noqa: S704 (escaped)
        for number, one in zip(shown, html, strict=True)
    ]


def whole(document: Document, marks: Sequence[Mark], addresses: Mapping[str, str]) -> list[Line]:
    """All lines with every mark; before a target or task stands a link to it, by `addresses` of ids in the record."""
    lines = Lines.of(document.record.text)
    title = titles(document)
    items = document.items
    begins = _page_starts(lines, marks)

    def opening(number: int, goes_on: bool) -> str:
        mark = marks[number]
        said = escape(title(mark))
        tag = f'<mark class="{mark.kind.name}" title="{said}">'
        if goes_on or mark.kind.name not in {"targets", "tasks"}:
            return tag
        link = f'<a class="source {mark.kind.name}" href="{escape(addresses[mark.item])}">'
        link += f'<span class="unseen">{said}</span></a>'
        own = escape(items[mark.item][2])
        return f'{link}<mark id="{own}" class="{mark.kind.name}" title="{said}">' if number in first else link + tag

    first = {number for number, mark in enumerate(marks) if number == 0 or marks[number - 1].item != mark.item}
    return [
        Line(Markup(html), lines.starts[number], page=begins.get(number))  # noqa: S704 (escaped by `laid`)
        for number, html in enumerate(laid(lines, places_of(marks), opening))
    ]


def _page_starts(lines: Lines, marks: Iterable[Mark]) -> dict[int, int]:
    """The lines at which a page's first mark stands, and that page."""
    starts: dict[int, int] = {}
    reached = 0
    for span in sorted((m.span for m in marks if m.span is not None and m.span.page), key=lambda s: s.start):
        if span.page is not None and span.page > reached:
            reached = span.page
            starts.setdefault(0 if reached == 1 else lines.at(span.start), reached)
    return starts


def marks_at(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks of exactly this range; else those that it touches, the shortest first."""
    placed = [(mark, mark.span) for mark in marks if mark.span is not None]
    exact = [mark for mark, span in placed if (span.start, span.end) == (start, end)]
    if exact:
        return exact
    touched = [(span.end - span.start, mark) for mark, span in placed if span.start < end and start < span.end]
    return [mark for _, mark in sorted(touched, key=lambda one: one[0])]
