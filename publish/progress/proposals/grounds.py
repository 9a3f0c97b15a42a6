"""What speaks for and against a value's being of a target, in words; `matching` says what follows from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.text import fold
from publish.progress.proposals.amounts import Figure, PlannedFigure, Way
from publish.progress.proposals.candidates import Plan, Wanted
from publish.progress.proposals.review_columns import number_text
from schemas import Actual, Confidence, Record


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that speaks for or against a proposal, in words.

    `doubts` below 0 is a proof, which settles a doubt unless that is a `lasting` one.
    """

    said: str
    doubts: int = 0
    lasting: bool = False


OTHER = "other"  # the indicator of what no indicator of the codelist covers
STRONG, FAIR = 0.7, 0.5  # likeness
WAYS = {
    Way.AS_SAID: Ground("cùng đơn vị tính"),
    Way.SHARE: Ground("lấy tỷ lệ % đi kèm"),
    Way.SHARE_RECKONED: Ground("tỷ lệ % tính từ số đạt và tổng số"),
    Way.SHARE_OF_PLANNED: Ground("tỷ lệ % tính với số kế hoạch, coi là toàn bộ", 1),
    Way.CHANGE: Ground("lấy mức tăng, giảm; hãy xem có cùng gốc so sánh", 1),
    Way.OTHER_NOUN: Ground("đơn vị tính có tên khác; hãy sửa cột Đơn vị tính nếu là một", 1),
    Way.NO_SHARE: Ground("chỉ tiêu tính theo %, báo cáo không nêu tỷ lệ; hãy ghi tỷ lệ", 2),
    Way.OTHER_KIND: Ground("chỉ tiêu tính bằng số đếm, báo cáo tính bằng %; chỉ nhập được khi đổi đơn vị", 2),
    Way.OF_EACH: Ground("chỉ tiêu tính cho mỗi đơn vị, báo cáo nêu số đơn vị đạt; chỉ nhập được khi đổi đơn vị", 2),
    Way.OVER_TIME: Ground("chỉ một bên nêu số tính cho khoảng thời gian nào; hãy xem có so được với nhau", 1),
    Way.AVERAGE: Ground("chỉ một bên nêu thời gian bình quân tính cho việc gì", 1),
    Way.PER_UNSAID: Ground("chỉ tiêu tính bình quân; nếu báo cáo nêu tổng số, hãy ghi số bình quân", 2),
    Way.NO_CHANGE: Ground("chỉ tiêu là mức tăng, giảm; báo cáo không nêu mức ấy", 2),
}
_SMALL = re.compile(r"(?<![\d.,/])0?(\d{1,2})(?![\d.,/]*[\d%])")


def worded(like: float) -> Ground:
    """What a likeness from 0 to 1 comes to."""
    if like >= STRONG:
        return Ground("lời văn rất giống")
    return Ground("lời văn giống một phần", 1) if like >= FAIR else Ground("lời văn ít giống", 2)


def about_indicator(actual: Actual, target: Wanted) -> Iterator[Ground]:
    """Whether both are of one indicator of the codelist."""
    if OTHER in {actual.indicator, target.indicator}:
        return
    if actual.indicator == target.indicator:
        yield Ground("cùng chỉ số")
    else:
        yield Ground("khác chỉ số", 2)


def about_figure(figure: Figure) -> Iterator[Ground]:
    """The plan's figure proves nothing where several targets of the plan ask for as much: 100 % often is."""
    if figure.said is PlannedFigure.AGREES:
        yield Ground("số kế hoạch trong báo cáo đúng bằng mức của chỉ tiêu", -1 if figure.alone else 0)
    elif figure.said is PlannedFigure.DIFFERS:
        yield Ground("số kế hoạch trong báo cáo khác mức của chỉ tiêu", 2)


def about_issuer(report: Record, plan: Plan) -> Iterator[Ground]:
    """A plan of another body of the same place is doubtful unless the report names it."""
    issuer = report.document.issuer
    if not plan.named and issuer and plan.issuer and fold(issuer) != fold(plan.issuer):
        yield Ground("kế hoạch do cơ quan khác ban hành", 1)


def about_reading(actual: Actual) -> Iterator[Ground]:
    """Whether the value itself may have been misread."""
    if actual.confidence is Confidence.LOW:
        yield Ground("số liệu được đọc với độ tin cậy thấp", 1)


def about_level(target: Wanted, at: int) -> Iterator[Ground]:
    """A target is judged by the first thing that it asks for; a value of another one would be taken for that."""
    level = target.levels[at]
    if at and level.subject != target.levels[0].subject:
        asked = f"{number_text(level.value)} {level.unit}"
        said = f"ứng với mức thứ {at + 1} của chỉ tiêu ({asked}), tiến độ thì xét theo mức đầu"
        yield Ground(said, 1, lasting=True)


def about_numbers(actual: Actual, target: Wanted) -> Iterator[Ground]:
    """Small numbers that name things, "dưới 5 tuổi", "mức độ 2", must not be others."""
    mine = set(_SMALL.findall(actual.subject))
    levels = {f"{level.value:g}" for level in target.levels} | {f"{level.of:g}" for level in target.levels if level.of}
    theirs = set(_SMALL.findall(target.text)) - levels
    if mine and theirs and not mine & theirs:
        yield Ground("khác con số trong tên gọi", 2)
