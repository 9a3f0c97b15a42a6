"""A reading -> the document's own fields: number, title, issuer, day, period, signer, recipients, locality."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.find.letterhead.bodies import letterhead_bodies, of_attachment, of_lead, of_signature
from extract.find.letterhead.closing import Closing, find_closing, opens_closing
from extract.find.letterhead.front import Piece, Range, lines, pieces
from extract.find.letterhead.issuer import Issuer, completed, of_letterhead
from extract.find.letterhead.signatures import Signature, person
from extract.find.letterhead.stamp import is_plan_number, partners_in
from extract.find.letterhead.top import Top, read_top
from extract.model import Mention, Reading
from extract.normalize.gazetteer import is_listed, key, province_types
from extract.normalize.periods import period_of
from extract.normalize.places import resolve_locality
from extract.normalize.territories import Territory, levels, natural_name, territories
from extract.text import fold, squeezed
from schemas import Head, IssuerLevel, Locality, PartialDate, Period, Signer, Span

__all__ = ["find_head"]

_LONGEST_FRONT = 6000  # characters searched where no body was found
_LONGEST_BLOCK = 1500  # characters of a signature with its recipients


@dataclass(frozen=True, slots=True)
class _Found:
    """The parts of a head before they are values; `territory` is the plan's where the issuer's name lacks one."""

    top: Top
    closing: Closing
    signature: Signature
    issuer: Issuer | None
    territory: Mention[Territory] | None
    period: Mention[Period] | None

    @property
    def issued(self) -> PartialDate:
        """The day of issue, its parts None where there is none."""
        return self.top.issued.day if self.top.issued else PartialDate()


def find_head(reading: Reading, *, body_start: int, body_end: int) -> Head:
    """The document's own fields, each value with its spans by field name.

    `body_start` is where the first heading of the body begins, `body_end` the end of the body's last paragraph.
    """
    found = _found(reading, body_start, body_end)
    top, issuer = found.top, found.issuer
    return Head(
        kind=_kind(top),
        number=top.number.number if top.number else None,
        symbol=top.number.symbol if top.number else None,
        title=" ".join(squeezed(p.text) for p in top.title) or None,
        issuer=issuer.name if issuer else None,
        issuer_level=issuer.level if issuer else None,
        place=top.issued.place if top.issued else None,
        issued=found.issued,
        period=found.period.value if found.period else Period(),
        signer=_signer(found.signature),
        recipients=tuple(_joined(item).rstrip(" ;.,") for item in found.closing.recipients),
        locality=_locality(reading, found),
        spans=_spans(reading, found),
    )


def _found(reading: Reading, body_start: int, body_end: int) -> _Found:
    size = len(reading.text)
    body_start = body_start if 0 < body_start <= size else min(size, _LONGEST_FRONT)
    body_end = min(max(body_end, 0), size)
    top = read_top(reading, body_start, body_end)
    closing = _closing(reading, body_end, top)
    issuer, territory = _issuer(reading, top, closing)
    signature = closing.of(issuer.partner if issuer else None)
    return _Found(top, closing, signature, issuer, territory, _period(top, reading))


def _joined(found: Sequence[Piece]) -> str:
    return squeezed(" ".join(p.text for p in found))


def _kind(top: Top) -> str | None:
    if top.heading is not None:
        return top.heading.kind
    return "KH" if top.number and is_plan_number(top.number.symbol) else None


def _signer(signature: Signature) -> Signer:
    return Signer(
        name=person(signature.name.text) if signature.name else None,
        position=squeezed(signature.position.text).rstrip(" ,;:") if signature.position else None,
    )


def _closing(reading: Reading, body_end: int, top: Top) -> Closing:
    """The lines after the body, or its last where they are the signature's, or those of the plan's decision."""
    after = find_closing(pieces(reading, body_end, len(reading.text), by_column=True))
    if after.of().name is not None:
        return after
    block = _last_block(reading, body_end)
    if not block and top.decided and top.title:
        start = top.above[-1].end if top.above else 0
        block = pieces(reading, start, reading.text.rfind("\n", 0, top.title[0].start), by_column=True)
    earlier = find_closing(block)
    if earlier.of().name is None and (after.signatures or not earlier.signatures):
        return after
    return replace(earlier, recipients=earlier.recipients or after.recipients)


def _last_block(reading: Reading, body_end: int) -> list[Piece]:
    """The body's last lines, from its end mark or from the first that begins a signature."""
    start = max(0, body_end - _LONGEST_BLOCK)
    mark = reading.text.rfind("./.", start, body_end - len("./."))
    last = pieces(reading, mark + 3 if mark >= 0 else start, body_end, by_column=True)
    return last if mark >= 0 else next((last[i:] for i, p in enumerate(last) if opens_closing(p)), [])


def _period(top: Top, reading: Reading) -> Mention[Period] | None:
    """The title's period, else the lead paragraph's; its place is in the reading's text."""
    title = [(top.title[0].start, top.title[-1].end)] if top.title else []
    for start, end in (*title, *_lead_parts(reading, *top.lead)):
        found = period_of(reading.text[start:end].replace("\n", " "))
        if found is not None:
            return found.moved(start)
    return None


def _lead_parts(reading: Reading, start: int, end: int) -> Iterator[Range]:
    """Where the lead paragraph says what is planned: after "… xây dựng", then all of its last sentence."""
    body = of_lead(reading, start, end)
    if body is not None:
        first, last = body.pieces[0].start, body.pieces[-1].end
        yield last, end
        clause = max(reading.text.rfind(mark, start, first) for mark in (";", ". ", ".\n"))
        yield max(clause, start), end
    else:
        last_lines = [p for p in lines(reading, start, end) if "kế hoạch" in p.folded][-1:]
        yield from ((p.start, p.end) for p in last_lines)


def _issuer(reading: Reading, top: Top, closing: Closing) -> tuple[Issuer | None, Mention[Territory] | None]:
    """The issuer by the letterhead, else the lead paragraph, else the signature, with the plan's territory."""
    found = letterhead_bodies(top.above, top.anchor, top.numbered)
    partners = partners_in(top.number.symbol if top.number else None)
    joint = partners > 0 or bool(top.heading and top.heading.joint)
    by_head = of_letterhead(found, reading, joint=joint, partners=partners)
    if by_head is not None and (by_head.territory is not None or by_head.level is IssuerLevel.CENTRAL):
        return by_head, None
    lead = of_lead(reading, *top.lead)
    body = found[-1] if found else lead or of_signature(closing.of().capacity) or of_attachment(reading, *top.lead)
    if body is not None and body.bare and lead is not None and lead.kind == body.kind and lead.territory() is not None:
        body = lead
    if body is not None and body.territory() is not None:
        return completed(body, None, reading), None
    kind = next((k for b in (body, *reversed(found), lead) if b and (k := b.open_kind())), None)
    placed = _placed_territory(reading, top) if kind is None and body is not None and body.bare else None
    territory = placed or _plan_territory(reading, top, kind)
    parent = found[-2] if len(found) > 1 else None
    return completed(body, territory, reading, parent=parent) if body else None, territory


def _plan_territory(reading: Reading, top: Top, kind: str | None) -> Mention[Territory] | None:
    """The territory that title, lead paragraph or the whole text name most, of the issuer's kind; else the place."""
    place = fold(top.issued.place) if top.issued and top.issued.place else None
    title = [(top.title[0].start, top.title[-1].end)] if top.title else []
    whole = (0, len(reading.text))
    for start, end in (*title, top.lead, whole):
        if (start, end) == whole and (at_place := _at_place(top, kind)):
            return at_place
        named = [t for t in territories(reading.text, reading.folded, start, end) if _fits(t.value, kind)]
        if place is not None and (start, end) == whole:
            named = [t for t in named if fold(t.value.name) == place] or named
        counts = Counter((t.value.type, fold(t.value.name)) for t in named)
        for most, _ in counts.most_common(1):
            return next(t for t in named if (t.value.type, fold(t.value.name)) == most)
    return None


def _placed_territory(reading: Reading, top: Top) -> Mention[Territory] | None:
    """The territory that the place of issue is called after: with its kind, as the text names it, or a province."""
    issued = top.issued
    if issued is None or not issued.place or not issued.place_range:
        return None
    own = next(territories(issued.place, fold(issued.place)), None)
    if own is not None:
        return Mention(*issued.place_range, own.value)
    place = key(issued.place)
    title = [(top.title[0].start, top.title[-1].end)] if top.title else []
    for start, end in (*title, top.lead, (0, len(reading.text))):
        named = [t for t in territories(reading.text, reading.folded, start, end) if key(t.value.name) == place]
        if named:
            return named[0]
    kinds = sorted(province_types().get(place, ()))
    return Mention(*issued.place_range, Territory(kinds[0], issued.place)) if len(kinds) == 1 else None


def _at_place(top: Top, kind: str | None) -> Mention[Territory] | None:
    """The territory of the issuer's kind that the place of issue is called after: "UBND tỉnh", "Bắc Kạn, ngày …"."""
    issued = top.issued
    if (
        kind is None
        or issued is None
        or not issued.place
        or not issued.place_range
        or not is_listed(kind, issued.place)
    ):
        return None
    return Mention(*issued.place_range, Territory(kind, natural_name(kind, issued.place)))


def _fits(territory: Territory, kind: str | None) -> bool:
    return territory.type == kind if kind else levels()[territory.type] == "commune"


def _locality(reading: Reading, found: _Found) -> Locality:
    """The issuer's territory in the national lists of the plan's time."""
    issuer, territory, period = found.issuer, found.territory, found.period
    unit = (issuer.territory if issuer else None) or (territory.value if territory else None)
    if unit is None:
        return Locality()
    planned = period.value.start.year if period and period.value.start else None
    year = max((y for y in (found.issued.year, planned) if y), default=None)
    month = found.issued.month if year == found.issued.year else None
    province = issuer.province if issuer else None
    return resolve_locality(
        unit, province, text=reading.text, folded=reading.folded, when=PartialDate(year=year, month=month)
    )


def _spans(reading: Reading, found: _Found) -> dict[str, tuple[Span, ...]]:
    """Where each field was read; fields without a value have no entry."""
    top, issuer, territory = found.top, found.issuer, found.territory
    number, issued = top.number, top.issued
    places: dict[str, Sequence[Range | None]] = {
        "number": [number.place if number and number.number else None],
        "symbol": [number.place if number else None],
        "title": [_range(p) for p in top.title],
        "issuer": issuer.places if issuer else (),
        "place": [issued.place_range if issued else None],
        "issued": [issued.day_range if issued else None],
        "period": [(found.period.start, found.period.end) if found.period else None],
        "signer.name": [_range(found.signature.name)],
        "signer.position": [_range(found.signature.position)],
        "recipients": [(item[0].start, item[-1].end) for item in found.closing.recipients],
        "locality": [(territory.start, territory.end)] if territory else issuer.places if issuer else (),
    }
    spans = {name: tuple(reading.span(*r) for r in ranges if r) for name, ranges in places.items()}
    return {name: found_at for name, found_at in spans.items() if found_at}


def _range(piece: Piece | None) -> Range | None:
    return (piece.start, piece.end) if piece else None
