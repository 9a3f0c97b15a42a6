"""A reading -> the document's own fields: number, title, issuer, day, period, signer, recipients, locality."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.find.letterhead import issuer as bodies
from extract.find.letterhead.closing import Closing, Signature, find_closing, opens_closing, person
from extract.find.letterhead.front import Piece, lines, national, outside, pieces, without_national
from extract.find.letterhead.issuer import Issuer
from extract.find.letterhead.stamp import (
    Issued,
    Number,
    attached_day,
    find_issued,
    find_issued_line,
    find_number,
    is_joint_number,
    is_plan_number,
)
from extract.find.letterhead.title import Heading, decision_before, find_heading, find_title
from extract.model import Mention, Reading
from extract.normalize.periods import period_of
from extract.normalize.places import Territory, levels, resolve_locality, territories
from extract.text import fold, squeezed
from schemas import Head, Locality, PartialDate, Period, Signer, Span

__all__ = ["find_head"]

_LONGEST_FRONT = 6000  # characters searched where no body was found
_LONGEST_BLOCK = 1500  # characters of a signature with its recipients


@dataclass(frozen=True, slots=True)
class _Front:
    """What the front gives before its parts are put together."""

    heading: Heading | None
    title: tuple[Piece, ...]
    number: Number | None
    issued: Issued | None
    letterhead: list[Piece]
    anchor: int | None
    number_at: int | None
    lead: tuple[int, int]
    decided: bool


def find_head(reading: Reading, *, body_start: int, body_end: int) -> Head:
    """The document's own fields, each value with its spans by field name.

    `body_start` is where the first heading of the body begins, `body_end` the end of the body's last paragraph.
    """
    size = len(reading.text)
    body_start = body_start if 0 < body_start <= size else min(size, _LONGEST_FRONT)
    body_end = min(max(body_end, 0), size)
    front = _front(reading, body_start)
    if front.issued is None:
        end = min(size, body_end + _LONGEST_FRONT)
        day = attached_day(reading.folded, front.lead[0], body_start)
        front = replace(front, issued=day or find_issued_line(reading.text, reading.folded, body_end, end))
    closing = _closing(reading, body_end, front)
    issuer, territory = _issuer(reading, front, closing)
    signature = closing.of(issuer.partner if issuer else None)
    title = " ".join(squeezed(p.text) for p in front.title) or None
    period = _period(front, reading)
    issued = front.issued.day if front.issued else PartialDate()
    locality = _locality(reading, front, issuer, territory, issued, period.value if period else Period())
    return Head(
        kind=_kind(front),
        number=front.number.number if front.number else None,
        symbol=front.number.symbol if front.number else None,
        title=title,
        issuer=issuer.name if issuer else None,
        issuer_level=issuer.level if issuer else None,
        place=front.issued.place if front.issued else None,
        issued=issued,
        period=period.value if period else Period(),
        signer=_signer(signature),
        recipients=tuple(squeezed(" ".join(p.text for p in item)).rstrip(" ;.") for item in closing.recipients),
        locality=locality,
        spans=_spans(reading, front, closing, signature, issuer, territory, period),
    )


def _front(reading: Reading, body_start: int) -> _Front:
    """The heading, what stands over it and what stands under it."""
    found = pieces(reading, 0, body_start)
    heading = find_heading(found)
    decision = decision_before(found, heading)
    decided = decision is not None
    top = found[heading.index].start if heading else body_start
    under = found[heading.index].start + heading.tail if heading else 0
    text, folded = without_national(reading, body_start)
    number = find_number(text, 0, top)
    if number is None and not decided:
        number = find_number(text, under, body_start)
    if decided and number and not is_plan_number(number.symbol):
        taken, number = number, None
    else:
        taken = number
    issued = find_issued(text, folded, 0, top, taken.place if taken else (0, 0))
    issued = issued or find_issued_line(text, folded, under, body_start)
    ranges = [r for r in (taken and taken.place, *_issued_ranges(issued)) if r]
    rest = outside(found, ranges)
    index = next((i for i, p in enumerate(rest) if heading and p.start == found[heading.index].start), None)
    heading = Heading(heading.kind, index, heading.tail, heading.joint) if heading and index is not None else None
    title = find_title(rest, heading) if heading else ()
    above = top if decision is None else found[decision].start
    over = [p for p in rest if p.start < above] if heading or ranges else []
    lead = (title[-1].end if title else under, body_start)
    return _Front(heading, title, number, issued, over, _anchor(reading, taken, top), taken and taken.place[0], lead, decided)


def _issued_ranges(issued: Issued | None) -> list[tuple[int, int]]:
    if issued is None:
        return []
    start = issued.place_range[0] if issued.place_range else issued.day_range[0]
    return [(start, issued.day_range[1])]


def _anchor(reading: Reading, number: Number | None, top: int) -> int | None:
    """Where the letterhead is known to be: the first quốc hiệu or the number."""
    motto = national().search(reading.folded, 0, top)
    places = [p for p in (motto and motto.start(), number and number.place[0]) if p is not None]
    return min(places, default=None)


def _kind(front: _Front) -> str | None:
    if front.heading is not None:
        return front.heading.kind
    return "KH" if front.number and is_plan_number(front.number.symbol) else None


def _closing(reading: Reading, body_end: int, front: _Front) -> Closing:
    """The lines after the body; of a plan that came with a decision and is itself unsigned, the decision's."""
    after = find_closing(pieces(reading, body_end, len(reading.text)))
    if after.of().name is None and (block := _last_block(reading, body_end)):
        after = find_closing(block)
    if after.of().name is None and front.decided:
        top = reading.text.rfind("\n", 0, front.title[0].start if front.title else body_end)
        decision = find_closing(pieces(reading, front.letterhead[-1].end if front.letterhead else 0, max(top, 0)))
        return decision if decision.of().name else after
    return after


def _last_block(reading: Reading, body_end: int) -> list[Piece]:
    """The signature's lines where they were taken for the body's last."""
    last = pieces(reading, max(0, body_end - _LONGEST_BLOCK), body_end)
    return next((last[i:] for i, p in enumerate(last) if opens_closing(p)), [])


def _signer(signature: Signature) -> Signer:
    return Signer(
        name=person(signature.name.text) if signature.name else None,
        position=squeezed(signature.position.text).rstrip(" ,;:") if signature.position else None,
    )


def _period(front: _Front, reading: Reading) -> Mention[Period] | None:
    """The title's period, else the lead paragraph's; its place is in the reading's text."""
    if front.title:
        start, end = front.title[0].start, front.title[-1].end
        found = period_of(" ".join(reading.text[start:end].split("\n")))
        if found is not None:
            return found.moved(start)
    start, end = front.lead
    for part in _lead_parts(reading, start, end):
        found = period_of(reading.text[part[0] : part[1]].replace("\n", " "))
        if found is not None:
            return found.moved(part[0])
    return None


def _lead_parts(reading: Reading, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Where the lead paragraph says what is planned: after "… xây dựng", then all of its last sentence."""
    issuer = bodies.of_lead(reading, start, end)
    if issuer is not None:
        yield issuer[1][1], end
        clause = max(reading.text.rfind(mark, start, issuer[1][0]) for mark in (";", ". ", ".\n"))
        yield max(clause, start), end
    else:
        last = [p for p in lines(reading, start, end) if "kế hoạch" in p.folded][-1:]
        yield from ((p.start, p.end) for p in last)


def _issuer(
    reading: Reading, front: _Front, closing: Closing
) -> tuple[Issuer | None, Mention[Territory] | None]:
    """The issuer by the letterhead, else the lead paragraph, else the signature, with the plan's territory."""
    found = bodies.bodies(front.letterhead, front.anchor, front.number_at)
    joint = bool(front.heading and front.heading.joint) or is_joint_number(front.number and front.number.symbol)
    by_head = bodies.of_letterhead(found, reading, joint=joint)
    if by_head is not None and (by_head.territory is not None or by_head.level == "central"):
        return by_head, None
    lead = bodies.of_lead(reading, *front.lead)
    body = found[-1] if found else lead[0] if lead else bodies.of_signature(closing.of().capacity)
    if body is None:
        return by_head, _plan_territory(reading, front, None)
    territory = _plan_territory(reading, front, body)
    return bodies.completed(body, territory, reading), territory


def _plan_territory(reading: Reading, front: _Front, body: bodies.Body | None) -> Mention[Territory] | None:
    """The territory that title, lead paragraph, place line or the whole text name, of the kind the body is of."""
    kind = _kind_of(body) if body else None
    ranges = [(p.start, p.end) for p in front.title[:1]]
    if front.title:
        ranges = [(front.title[0].start, front.title[-1].end)]
    ranges += [front.lead, (0, len(reading.text))]
    place = fold(front.issued.place) if front.issued and front.issued.place else None
    for start, end in ranges:
        named = [t for t in territories(reading.text, reading.folded, start, end) if _fits(t.value, kind)]
        if place is not None and end == len(reading.text):
            named = [t for t in named if fold(t.value.name) == place] or named
        if named:
            counts = Counter((t.value.type, fold(t.value.name)) for t in named)
            best = max(counts, key=lambda c: counts[c])
            return next(t for t in named if (t.value.type, fold(t.value.name)) == best)
    return None


def _fits(territory: Territory, kind: str | None) -> bool:
    return territory.type == kind if kind else levels()[territory.type] == "commune"


def _kind_of(body: bodies.Body) -> str | None:
    """The kind of territory a body's name ends in: "UBND phường"."""
    last = fold(body.printed)
    return next((k for k in sorted(levels(), key=len, reverse=True) if last.endswith(f" {k}")), None)


def _locality(
    reading: Reading,
    front: _Front,
    issuer: Issuer | None,
    territory: Mention[Territory] | None,
    issued: PartialDate,
    period: Period,
) -> Locality:
    """The issuer's territory in the national lists of the plan's time."""
    unit = (issuer.territory if issuer else None) or (territory.value if territory else None)
    if unit is None:
        return Locality()
    years = [y for y in (issued.year, period.start and period.start.year) if y]
    year = max(years, default=None)
    month = issued.month if year == issued.year else None
    province = issuer.province if issuer else None
    return resolve_locality(unit.type, unit.name, province, text=reading.text, folded=reading.folded, year=year, month=month)


def _spans(
    reading: Reading,
    front: _Front,
    closing: Closing,
    signature: Signature,
    issuer: Issuer | None,
    territory: Mention[Territory] | None,
    period: Mention[Period] | None,
) -> dict[str, tuple[Span, ...]]:
    """Where each field was read; fields without a value have no entry."""
    places: dict[str, Sequence[tuple[int, int]]] = {
        "title": [(p.start, p.end) for p in front.title],
        "issuer": issuer.places if issuer else (),
        "period": [(period.start, period.end)] if period else (),
        "signer.name": [(signature.name.start, signature.name.end)] if signature.name else (),
        "signer.position": [(signature.position.start, signature.position.end)] if signature.position else (),
        "recipients": [(item[0].start, item[-1].end) for item in closing.recipients],
        "locality": [(territory.start, territory.end)] if territory else issuer.places if issuer else (),
    }
    if front.number:
        places["symbol"] = [front.number.place]
        places["number"] = [front.number.place] if front.number.number else ()
    if front.issued:
        places["issued"] = [front.issued.day_range]
        places["place"] = [front.issued.place_range] if front.issued.place_range else ()
    return {name: tuple(reading.span(a, b) for a, b in found) for name, found in places.items() if found}
