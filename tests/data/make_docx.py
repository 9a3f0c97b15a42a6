"""Makes Word files for the tests and the bench: a plan's text with its ordinals automatic, in each of Word's ways.

    python tests/data/make_docx.py FOLDER [PLAN.txt ...]

writes NAME-SCHEME.docx into FOLDER for every plan; without plans, the files committed in tests/data/docx, whose
.doc, .odt and .rtf need LibreOffice.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SCHEMES = ("multilevel", "lists", "styles")

# What each level of the one list prints: its format and text.
LEVELS = (
    ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"), ("bullet", "-"), ("bullet", "+"),
    ("decimal", "(%7)"), ("decimal", "%8)"), ("upperLetter", "%9."),
)  # fmt: skip
STYLE_LEVELS = {"roman": 0, "dot1": 1, "dot2": 2, "letter": 3, "-": 4, "+": 5, "paren": 6, "close": 7, "upper": 8}


def run(text: str, *, bold: bool = False, font: str = "", extra: str = "") -> str:
    """A w:r; line ends are breaks, tabs tabs."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    properties = f"<w:rPr>{fonts}{'<w:b/>' if bold else ''}{extra}</w:rPr>"
    parts = re.split(r"([\n\t])", text)
    body = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in parts
        if part
    )
    return f"<w:r>{properties}{body}</w:r>"


def paragraph(
    *content: str, num: int | None = None, level: int | None = None, style: str = "", bold: bool = False, extra: str = ""
) -> str:
    """A w:p of runs, or of texts, which become runs."""
    runs = "".join(part if part.startswith("<w:") or part.startswith("<mc:") else run(part, bold=bold) for part in content)
    listed = "".join(
        [
            f'<w:ilvl w:val="{level}"/>' if level is not None else "",
            f'<w:numId w:val="{num}"/>' if num is not None else "",
        ]
    )
    properties = "".join(
        [f'<w:pStyle w:val="{style}"/>' if style else "", f"<w:numPr>{listed}</w:numPr>" if listed else "", extra]
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*paragraphs: str, span: int = 1, merge: str = "", extra: str = "") -> str:
    """A w:tc; `merge` is restart or continue."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(p if p.startswith("<w:") else paragraph(p) for p in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{spanned}{merged}{extra}</w:tcPr>{inside}</w:tc>"


def table(*rows: Sequence[str], before: str = "") -> str:
    """A w:tbl of rows of cells."""
    body = "".join(f"<w:tr>{before}{''.join(c if c.startswith('<w:') else cell(c) for c in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def level(index: int, kind: str, text: str, *, extra: str = "", style: str = "", start: int = 1) -> str:
    """A w:lvl."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{named}'
        f'{extra}<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(key: int, *levels: str, extra: str = "") -> str:
    """A w:abstractNum."""
    return f'<w:abstractNum w:abstractNumId="{key}">{extra}<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, *, starts: dict[int, int] | None = None, override: str = "") -> str:
    """A w:num, starting anew where `starts` says."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="{n}"/></w:lvlOverride>' for i, n in (starts or {}).items()
    )
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{anew}{override}</w:num>'


def style(key: str, *, name: str = "", kind: str = "paragraph", on: str = "", properties: str = "", look: str = "") -> str:
    """A w:style; `properties` of paragraphs, `look` of runs."""
    based = f'<w:basedOn w:val="{on}"/>' if on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name or key}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def docx(*body: str, numbering: str = "", styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A Word file. `parts` are more XML parts by their kind: footnotes, endnotes, header1."""
    parts = {"numbering": numbering, "styles": styles, **(parts or {})}
    parts = {name: xml for name, xml in parts.items() if xml}
    spaces = (
        f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    roots = {"header1": "hdr"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def write(name: str, xml: str) -> None:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0)), head + xml, zipfile.ZIP_DEFLATED)

        kinds = {name: re.sub(r"\d", "", name) for name in parts}
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
        )
        write(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>{overrides}</Types>',
        )
        relations = 'Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
        write("_rels/.rels", f'<{relations}><Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>')
        linked = "".join(
            f'<Relationship Id="r{i}" Type="{R}/{kinds[name]}" Target="{name}.xml"/>' for i, name in enumerate(parts)
        )
        write("word/_rels/document.xml.rels", f"<{relations}>{linked}</Relationships>")
        for name, xml in parts.items():
            write(f"word/{name}.xml", f"<w:{roots.get(name, name)} {spaces}>{xml}</w:{roots.get(name, name)}>")
        write("word/document.xml", f"<w:document {spaces}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>")
    return out.getvalue()


@dataclass
class Counter:
    """Counts as a multilevel list does, to see which ordinals can be automatic."""

    counts: list[int] = field(default_factory=lambda: [0] * len(LEVELS))

    def take(self, at: int, label: str) -> bool:
        """Whether the list's next ordinal at that level is `label`; then it counts."""
        counts = [*self.counts[: at + 1], *[0] * (len(LEVELS) - at - 1)]
        counts[at] += 1
        shown = re.sub(r"%(\d)", lambda m: self._shown(int(m[1]) - 1, max(counts[int(m[1]) - 1], 1)), LEVELS[at][1])
        if shown != label:
            return False
        self.counts = counts
        return True

    @staticmethod
    def _shown(at: int, number: int) -> str:
        kind = LEVELS[at][0]
        if kind == "upperRoman":
            return ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][number] if number < 13 else "?"
        if kind.endswith("Letter"):
            letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
            return letter.upper() if kind == "upperLetter" else letter
        return str(number)


def of_plan(path: Path, scheme: str) -> bytes:
    """A plan of the corpus as a Word file whose ordinals are automatic where Word's lists can count them so."""
    from extract.lines import clean
    from extract.model import Paragraph
    from extract.read import read

    counter, nums, body = Counter(), [num(1, 1)], []
    for block in clean(read(path)[1]).blocks:
        if not isinstance(block, Paragraph):
            body.append(
                table(*([cell(*(p.text for p in c.paragraphs), span=c.colspan) for c in row] for row in _unspanned(block.rows)))
            )
            continue
        body.append(_paragraph_of(block.text, block.bold, counter, nums, scheme))
    return docx(*body, numbering=_numbering(scheme) + "".join(nums), styles=_styles(scheme))


def _unspanned(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield from rows


def _paragraph_of(text: str, bold: bool, counter: Counter, nums: list[str], scheme: str) -> str:
    from extract.normalize.numbering import marker_of

    marker = marker_of(text)
    at = STYLE_LEVELS.get(marker.style) if marker else None
    if marker is None or at is None:
        return paragraph(text, bold=bold)
    label, rest = text[: marker.end].strip(), text[marker.end :]
    if LEVELS[at][0] == "bullet":
        if label != LEVELS[at][1]:
            return paragraph(text, bold=bold)
    elif scheme == "lists" and at != 2 and label == LEVELS[at][1].replace(f"%{at + 1}", Counter._shown(at, marker.number)):
        nums.append(num(len(nums) + 1, 1, starts={at: marker.number}))
        return paragraph(rest, num=len(nums), level=at, bold=bold)
    elif not counter.take(at, label):
        return paragraph(text, bold=bold)
    if scheme == "styles":
        return paragraph(rest, style=f"Cap{at}", bold=bold)
    return paragraph(rest, num=1, level=at, bold=bold)


def _numbering(scheme: str) -> str:
    return abstract(
        1, *(level(i, kind, text, style=f"Cap{i}" if scheme == "styles" else "") for i, (kind, text) in enumerate(LEVELS))
    )


def _styles(scheme: str) -> str:
    if scheme != "styles":
        return style("Normal")
    listed = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    return style("Normal") + "".join(style(f"Cap{i}", on="Normal", properties=listed.format(i)) for i in range(len(LEVELS)))


def main() -> int:
    """Write the files of the plans given, else those that are committed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "docx"
    folder.mkdir(parents=True, exist_ok=True)
    for plan in map(Path, sys.argv[2:]):
        for scheme in SCHEMES:
            (folder / f"{plan.stem}-{scheme}.docx").write_bytes(of_plan(plan, scheme))
    return 0


if __name__ == "__main__":
    sys.exit(main())
