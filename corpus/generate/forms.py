"""The form of a plan: one choice of each of the ways in which plans vary. The facts stay the same whatever the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

# By what varies, the ways it varies in; the first is the form of NĐ 30/2020, or the plainest one.
WAYS: Mapping[str, Sequence[str]] = {
    "letterhead": ("left column first", "right column first", "columns merged", "attached to a decision"),
    "number": ("given", "blank", "dots"),
    "title": ("one line", "two lines"),
    "top": ("nothing", "draft", "portal"),
    "stamps": ("none", "signing time", "signer's lines"),
    "opening": ("goals", "look back", "section of time"),
    "grounds": ("a paragraph each", "one paragraph", "thực hiện", "nested"),
    "numbering": ("I. 1.", "A. I.", "1. 1.1.", "Phần I.", "I- 1-", "I/ 1/", "capitals only"),
    "count": ("anew", "on"),
    "ordinals": ("right", "repeated", "one left out"),
    "heads": ("plain", "colon"),
    "items": ("- ", "a) ", "+ ", "* ", "• ", "(1) ", "1) ", "a. ", "paragraphs"),
    "goals": (
        "general and specific", "specific only", "with purpose", "purpose with a target", "parted by time", "run on",
        "table", "table by year", "table by commune", "table with a base",
    ),
    "depth": ("groups", "groups within groups", "lead-ins", "none"),
    "attributes": (
        "bulleted lines", "plain lines", "one line", "brackets", "short brackets", "sentence", "after a run", "table",
        "none",
    ),
    "names": ("commas", "và", "semicolons", "everybody"),
    "labels": ("Đơn vị", "Cơ quan", "bare", "Giao", "Bộ phận"),
    "columns": (
        "who and when", "with product", "when before who", "one column of units", "two-row head", "merged cells",
        "column numbers", "spanning groups",
    ),
    "assignments": ("headings", "duties on the line", "bullets by unit", "charges", "table", "none"),
    "unit heads": ("plain", "two units", "asked"),
    "funding": ("none", "section"),
    "closing": ("plain", "report day"),
    "appendix": ("none", "table of tasks"),
    "tables": ("tabs", "pipes", "html"),
    "lines": ("whole", "wrapped", "wrapped, blank between"),
    "markup": ("none", "markdown", "html"),
    "damage": (
        "none", "old tone marks", "decomposed", "hard blanks", "doubled blanks", "blanks lost", "page numbers",
        "slips of OCR",
    ),
}  # fmt: skip
LABELS: Mapping[str, Sequence[str]] = {
    "Đơn vị": ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Kết quả"),
    "Cơ quan": ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Sản phẩm"),
    "bare": ("Chủ trì", "Phối hợp", "Tiến độ", "Kết quả đầu ra"),
    "Giao": ("Đơn vị thực hiện", "Đơn vị phối hợp", "Thời gian", "Sản phẩm dự kiến"),
    "Bộ phận": ("Bộ phận tham mưu", "Bộ phận phối hợp", "Thời gian hoàn thành", "Kết quả dự kiến"),
}
_LIST_OF_A_RUN = ("- ", "(1) ", "+ ", "• ")  # what attribute lines close together; a letter is closed alone
_HTML_TAKES_NO = {"lines": "whole", "damage": "none"}


_LABELLED = ("bulleted lines", "plain lines", "one line", "brackets", "after a run")
# What shows only where another choice is one of these, or begins so.
_SHOWN_BY: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    "columns": (("attributes", ("table",)), ("appendix", ("table",))),
    "tables": (
        ("attributes", ("table",)),
        ("appendix", ("table",)),
        ("goals", ("table",)),
        ("assignments", ("table",)),
    ),
    "labels": (("attributes", _LABELLED),),
    "names": (("attributes", (*_LABELLED, "short brackets", "sentence", "table")), ("assignments", ("charges",))),
    "depth": (("attributes", (*_LABELLED, "short brackets", "sentence", "none")),),
    "unit heads": (("assignments", ("headings",)),),
}


@dataclass(frozen=True, slots=True)
class Form:
    """A choice of each way."""

    chosen: Mapping[str, str]

    def __getitem__(self, what: str) -> str:
        return self.chosen[what]

    def shown(self) -> Iterator[tuple[str, str]]:
        """The choices that show: how tables are set does not where a plan has none."""
        for what, way in self.chosen.items():
            if what not in _SHOWN_BY or any(self.chosen[other].startswith(ways) for other, ways in _SHOWN_BY[what]):
                yield what, way


def form(rng: Random, *, laid_out: bool = False) -> Form:
    """A random form; one that is `laid_out` is for a file that sets its lines by itself and is not damaged."""
    chosen = {what: rng.choice(ways) for what, ways in WAYS.items()}
    if laid_out:
        chosen |= {"lines": "whole", "damage": "none", "markup": "none", "tables": "pipes", "stamps": "none"}
        if chosen["letterhead"] in {"right column first", "columns merged"}:
            chosen["letterhead"] = "left column first"
    return Form(_agreeing(chosen, rng))


def _agreeing(chosen: dict[str, str], rng: Random) -> dict[str, str]:
    """The choices with those undone that would leave nobody able to tell what a line is."""
    if chosen["attributes"] == "after a run" and chosen["items"] not in _LIST_OF_A_RUN:
        chosen["items"] = rng.choice(_LIST_OF_A_RUN)
    if chosen["numbering"] == "capitals only":
        chosen |= {"depth": "none", "ordinals": "right", "heads": "plain"}
        if chosen["attributes"] == "after a run":
            chosen["attributes"] = "one line"
        if chosen["goals"] == "parted by time":
            chosen["goals"] = "specific only"
        if chosen["items"] == "paragraphs":  # nothing at all would tell a heading from an item
            chosen["items"] = "- "
    if chosen["numbering"] == "I- 1-" and chosen["items"] in {"a) ", "a. ", "paragraphs"}:
        chosen["items"] = "- "  # letters are this numbering's third level
    if chosen["letterhead"] == "attached to a decision":
        chosen["number"] = "given"
    if chosen["markup"] == "html":
        chosen |= {**_HTML_TAKES_NO, "tables": "html"}
    if chosen["markup"] == "markdown":
        chosen |= {"lines": "whole", "tables": "pipes"}
    return chosen
