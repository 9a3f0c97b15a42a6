"""Facts of a plan -> its report, whole: letterhead, title, parts, recipients, signature, appendix."""

from publish.progress_report.content import Appendix, Blank, Block, Paragraph, Piece, Report
from publish.progress_report.facts import Facts
from publish.progress_report.letterhead import letterhead, signing
from publish.progress_report.parts import APPENDIX, parts
from publish.progress_report.period import Period
from publish.progress_report.tables import list_of_tasks
from publish.progress_report.wording import day, printable
from schemas.codelists import by_code

# "Như mục V" names a section of the plan, which the report does not have; "(b/c)" is the rest of a line.
_ELSEWHERE, _KEPT = ("như ", "("), "lưu"


def progress_report(facts: Facts, period: Period) -> Report:
    """The report of a plan for a period, as of its last day."""
    head = letterhead(facts.body, facts.printed)
    plan = _cited(facts)
    until = " ".join(filter(None, (period.name, f"(tính đến ngày {day(period.end)})")))
    return Report(
        name=f"bao-cao-tien-do-{facts.slug}-{period.end.isoformat()}",
        as_of=period.end,
        letterhead=head,
        about=Paragraph(("Kết quả thực hiện ", *plan, f" {until}")),
        addressee=Paragraph(("Kính gửi: ", Blank("cơ quan cấp trên nhận báo cáo"))),
        blocks=(_opening(facts, period), *parts(facts, period), _closing(plan, period)),
        attached=_attached(facts, head.number[1:]),
        recipients=_recipients(facts),
        signing=signing(facts.body, facts.printed),
        appendices=(Appendix(APPENDIX, list_of_tasks(facts.tasks)),) if facts.tasks else (),
    )


def _cited(facts: Facts) -> tuple[Piece, ...]:
    """The plan as other documents cite it: kind, number, day, issuer."""
    kind = by_code("document_kinds").get(facts.kind, {}).get("label_vi") or "Kế hoạch"
    symbol = printable(facts.body.symbol)
    number: tuple[Piece, ...] = (Blank(), f"/{symbol}" if symbol else "")
    if facts.number:
        number = (printable(facts.number),)
    return (f"{kind} số ", *number, " ngày ", day(facts.issued) or Blank(), " của ", _issuer(facts))


def _issuer(facts: Facts) -> Piece:
    return printable(facts.issuer) or Blank()


def _opening(facts: Facts, period: Period) -> Block:
    time = f"{period.name} ({period.said})" if period.name else period.said
    title = f"{_about(facts.title)}, "
    told = f" báo cáo kết quả thực hiện {time} như sau:"
    return Paragraph(("Thực hiện ", *_cited(facts), title, _issuer(facts), told))


def _about(title: str) -> str:
    """The plan's title inside a sentence; one in capitals is quoted, since its names can't be told from other words.

    >>> _about("Chuyển đổi số xã Khe Vàng năm 2026"), _about("VỀ CHUYỂN ĐỔI SỐ"), _about("về chuyển đổi số")
    (' về chuyển đổi số xã Khe Vàng năm 2026', ' “VỀ CHUYỂN ĐỔI SỐ”', ' về chuyển đổi số')
    """
    said = printable(title).rstrip(" .;")
    if not said:
        return ""
    if said.isupper():
        return f" “{said}”"
    begins = said if said[1:2].isupper() else said[0].lower() + said[1:]
    return f" {begins}" if begins.startswith("về ") else f" về {begins}"


def _closing(plan: tuple[Piece, ...], period: Period) -> Block:
    told = f", tính đến ngày {day(period.end)}./."
    return Paragraph(("Trên đây là báo cáo kết quả thực hiện ", *plan, told))


def _recipients(facts: Facts) -> tuple[Piece, ...]:
    """Those of the plan that the report can go to as well, the file copy last."""
    given = [printable(one).strip(" .;,") for one in facts.recipients]
    others = [one for one in given if one and not one.lower().startswith((*_ELSEWHERE, _KEPT))]
    kept = [one for one in given if one.lower().startswith(_KEPT)]
    return ("Như trên", *others, kept[-1] if kept else Blank("nơi nhận khác; dòng cuối là nơi lưu"))


def _attached(facts: Facts, number: tuple[Piece, ...]) -> Paragraph:
    day_said: tuple[Piece, ...] = (" ngày ", Blank(), " tháng ", Blank(), " năm ", Blank())
    return Paragraph(("(Kèm theo Báo cáo số ", *number, *day_said, " của ", _issuer(facts), ")"))
