"""The parts of a plan around its body: letterhead, title and grounds above it, the closing paragraph and the foot."""

from collections.abc import Sequence

from corpus.generate.due import Json
from corpus.generate.facts import Facts
from corpus.generate.forms import Form
from corpus.generate.plan import Grid, Line, Written, lowered

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_MOTTO_OF_THE_PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


def document(facts: Facts, form: Form) -> Json:
    """The plan's own fields as gold has them."""
    body, day = facts.issuer, facts.issued
    attached, given = is_attached(facts, form), form["number"] == "given"
    return {
        "number": number(facts) if given and not attached else None,
        "symbol": None if attached else body.symbol,
        "issuer": body.short,
        "issuer_level": body.level,
        "locality": {**body.locality, "province": _province(facts)},
        "place": None if attached else body.place,
        "issued": {"year": day.year, "month": day.month if given else None, "day": day.day if given else None},
        "title": " ".join(_title(facts, form)),
        "period": {
            "start": f"{facts.year}-{'02' if form['opening'] == 'section of time' else '01'}-01",
            "end": f"{facts.year}-12-31",
        },
        "signer": {"name": facts.signer, "position": body.position},
    }


def _province(facts: Facts) -> str | None:
    """The province; where the letterhead leaves it open, a ground that names it tells."""
    told = facts.issuer.kind != "school" or any(facts.province in basis.text for basis in facts.bases)
    return facts.province if told else None


def number(facts: Facts) -> str:
    """The plan's number; a Party body's parts it from the symbol by a dash."""
    return f"{facts.number:02d}{_joint(facts)}{facts.issuer.symbol}"


def _joint(facts: Facts) -> str:
    return "-" if facts.issuer.kind == "party" else "/"


def _title(facts: Facts, form: Form) -> tuple[str, ...]:
    """The lines of the title."""
    if form["title"] == "one line":
        return (f"{facts.about} năm {facts.year}",)
    where = facts.issuer.locality
    return (facts.about, f"trên địa bàn {where['type']} {where['name']} năm {facts.year}")


def is_attached(facts: Facts, form: Form) -> bool:
    """Whether a decision of a committee puts the plan into force, so that it has no number of its own."""
    return form["letterhead"] == "attached to a decision" and facts.issuer.symbol == "KH-UBND"


def write_top(plan: Written) -> None:
    """Letterhead, title, grounds."""
    facts, form = plan.facts, plan.form
    if form["top"] == "portal":
        plan.add("Trang chủ | Văn bản | Tra cứu")
    plan.blocks.append(Grid(_letterhead(facts, form), ruled=False))
    if form["top"] == "draft":
        plan.add("DỰ THẢO")
    plan.blocks += [Line(text, title=True) for text in ("KẾ HOẠCH", *_title(facts, form))]
    if is_attached(facts, form):
        day = f"{facts.issued.day:02d}/{facts.issued.month:02d}/{facts.issued.year}"
        by = f"(Ban hành kèm theo Quyết định số {facts.number:02d}/QĐ-UBND ngày {day} của {facts.issuer.short})"
        plan.blocks.append(Line(by, title=True))
    _write_grounds(plan)


def _letterhead(facts: Facts, form: Form) -> list[tuple[str, str]]:
    body, party = facts.issuer, facts.issuer.kind == "party"
    motto = _MOTTO_OF_THE_PARTY if party else _MOTTO
    left = [*([body.above] if body.above else []), body.name, *(["*"] if party else [])]
    right = list(motto)
    if not is_attached(facts, form):
        left.append(_number_line(facts, form["number"]))
        right.append(f"{body.place}, {_dated(facts, form['number'])}")
    rows = max(len(left), len(right))
    return [(_at(left, at - rows + len(left)), _at(right, at)) for at in range(rows)]


def _number_line(facts: Facts, way: str) -> str:
    before = "Số " if facts.issuer.kind == "party" else "Số: "
    blank = {"blank": "      ", "dots": "....."}.get(way)
    return before + (number(facts) if blank is None else f"{blank}{_joint(facts)}{facts.issuer.symbol}")


def _dated(facts: Facts, way: str) -> str:
    day = facts.issued
    blank = {"blank": "    ", "dots": " ..... "}.get(way)
    if blank is None:
        return f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    return f"ngày{blank}tháng{blank}năm {day.year}"


def _at(lines: Sequence[str], at: int) -> str:
    return lines[at] if 0 <= at < len(lines) else ""


def _write_grounds(plan: Written) -> None:
    facts, way = plan.facts, plan.form["grounds"]
    short = facts.issuer.short
    leads = f"ban hành Kế hoạch về {facts.topic} năm {facts.year} với các nội dung sau:"
    if way == "one paragraph":
        bases = "; ".join(f"{'Căn cứ ' if not at else ''}{basis.text}" for at, basis in enumerate(facts.bases))
        plan.add(f"{bases}; {lowered(short) if short[:4] != 'UBND' else short} {leads}")
        return
    if way == "nested":
        _write_nested(plan, leads)
        return
    opening = "Thực hiện" if way == "thực hiện" else "Căn cứ"
    for basis in facts.bases:
        plan.add(f"{opening} {basis.text};")
    plan.add(f"{short} {leads}")


def _write_nested(plan: Written, leads: str) -> None:
    """The first of the grounds carries out the others: "Thực hiện Kế hoạch số … về triển khai Nghị quyết số …"."""
    first, *others = plan.facts.bases
    inside = f"; triển khai {'; '.join(basis.text for basis in others)}" if others else ""
    plan.add(f"Thực hiện {first.text}{inside}.")
    plan.add(f"{plan.facts.issuer.short} {leads}")


def write_end(plan: Written) -> None:
    """The closing paragraph, which may set a report's day, and the foot."""
    facts = plan.facts
    closing = f"Trên đây là Kế hoạch về {facts.topic} năm {facts.year}"
    if plan.form["closing"] == "report day":
        sentence = (
            f"Đề nghị các đơn vị báo cáo kết quả về {facts.issuer.short} trước ngày 20/11/{facts.year} để tổng hợp./."
        )
        plan.add(f"{closing}. {sentence}")
        units = [{"name": "các đơn vị", "role": "implement"}]
        due = {"kind": "by", "end": f"{facts.year}-11-20"}
        plan.tasks.append(
            {
                "text": sentence,
                "kind": "assignment",
                "group": "closing",
                "units": units,
                "deadline": due,
                "way": "closing",
            }
        )
    else:
        plan.add(f"{closing}, yêu cầu các đơn vị nghiêm túc thực hiện./.")
    _write_foot(plan)


def _write_foot(plan: Written) -> None:
    body, stamps = plan.facts.issuer, plan.form["stamps"]
    right = [line for line in (body.acts_for, body.deputy_of, body.position) if line]
    left = ["Nơi nhận:", "- Như trên;" if body.kind == "party" else "- Các đơn vị liên quan;", "- Lưu: VT."]
    rows = [(_at(left, at), _at(right, at)) for at in range(max(len(left), len(right)))]
    plan.blocks.append(Grid([*rows, ("", plan.facts.signer)], ruled=False))
    if stamps == "signing time":
        plan.add(f"{plan.facts.issued.isoformat()}T14:13:11+07:00")
    elif stamps == "signer's lines":
        plan.blocks += [
            Line(f"Người ký: {body.short}"),
            Line(f"Thời gian ký: {plan.facts.issued:%d.%m.%Y} 09:15:40 +07:00"),
        ]
